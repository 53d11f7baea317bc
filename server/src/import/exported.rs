//! A table that a dataset gave, filled in by somebody and read back.
//!
//! What cannot be changed must stand as it was given, or not at all, so that no change is lost without a word.

use super::fault::Faults;
use super::sheet::{Row, Sheet};
use crate::export::table::{Column, Held, Kind};
use crate::export::text::unescaped;

/// A line is at fault: what is wrong was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faulty;

/// The cells of one line, by heading, as they were before they were written to a file.
pub struct Line<'s> {
    /// The line's cells.
    pub row: Row,
    /// The file's headings.
    pub headings: &'s [String],
    /// The dataset's columns.
    pub columns: &'s [Column],
}

impl Line<'_> {
    /// The cell of that column; `None` where the file has no such column.
    pub fn cell(&self, name: &str) -> Option<String> {
        let place = self.headings.iter().position(|heading| heading == name)?;
        let text = self.row.cell(place);
        let kind = self.columns.iter().find(|column| column.name == name).map(|column| column.kind);
        Some(match kind {
            Some(Kind::Text | Kind::FreeText) => unescaped(text).trim().to_owned(),
            _ => text.to_owned(),
        })
    }

    /// The revision that the row follows: the file's, or the present one where the file says none.
    pub fn revision(&self, present: u32, faults: &mut Faults) -> Option<u32> {
        match self.cell("revision").as_deref() {
            None | Some("") => Some(present),
            Some(text) if text.parse() == Ok(present) => Some(present),
            Some(_) => {
                let message = format!(
                    "ファイルを作った後に変更されています（現在は第{present}版）。もう一度ダウンロードして、変更をやり直してください。"
                );
                faults.cell(self.row.line, "revision", message);
                None
            }
        }
    }

    /// Every column that cannot be changed must say what the ledger says.
    pub fn keeps(&self, expected: &[Held], changeable: &[&str], faults: &mut Faults) -> bool {
        let mut keeps = true;
        for (column, expected) in self.columns.iter().zip(expected) {
            let name = column.name.as_str();
            let Some(found) = self.cell(name).filter(|_| !changeable.contains(&name) && name != "revision") else {
                continue;
            };
            let expected = match expected {
                Held::Empty => String::new(),
                Held::Text(text) | Held::Decimal(text) => text.clone(),
                Held::Integer(number) => number.to_string(),
            };
            if !found.is_empty() && found != expected {
                let message = format!("この列はファイルでは変えられません（台帳では「{expected}」）。");
                faults.cell(self.row.line, name, message);
                keeps = false;
            }
        }
        keeps
    }
}

/// Whether the headings are ones that the dataset has, and those that are needed are there.
pub fn headings(sheet: &Sheet<'_>, columns: &[Column], needed: &[&str], faults: &mut Faults) -> bool {
    let mut known = true;
    for heading in &sheet.headings {
        if !columns.iter().any(|column| column.name == *heading) {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            faults.cell(1, heading, format!("知らない見出しです。見出しは {} のどれかです。", names.join("、")));
            known = false;
        }
    }
    for needed in needed {
        if !sheet.headings.iter().any(|heading| heading == needed) {
            faults.row(1, format!("見出し {needed} の列がありません。"));
            known = false;
        }
    }
    known
}
