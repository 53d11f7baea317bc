//! Sheets from an `.xlsx` that somebody sent.
//!
//! Such a file is bounded before anything parses it, and its cells are read one by one: rxform's reader takes a sheet as
//! wide and as long as its farthest cell.

use std::collections::BTreeMap;

use super::columns;
use super::workbook::{Sheet, Sheets, empty, is_unread, row};
use crate::workbook::Refused;
use crate::workbook::bounds::{Limits, bounded};
use crate::workbook::cell::plain;
use crate::workbook::grid;

/// How much of an uploaded questionnaire is read. A questionnaire of 1,000 questions has a tenth of it.
pub const LIMITS: Limits = Limits::RESPONSE;

/// Reads the sheets of a workbook; an error says what the file is instead, and what to do.
pub fn read_uploaded(bytes: &[u8], file_name: &str) -> Result<Sheets, String> {
    let read = bounded(bytes, file_name, &LIMITS).and_then(|bounded| grid::sheets(bounded, &LIMITS));
    let sheets = read.map_err(|refused| words(&refused))?;
    let find = |wanted: &str| sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(wanted));
    let Some(survey) = find("survey") else {
        return Err("surveyシートがありません。XLSFormの調査票のブックを選んでください。".to_owned());
    };
    let or_empty = |name, sheet: Option<&grid::Sheet>| sheet.map_or_else(|| empty(name), |sheet| filled(name, sheet));
    Ok(Sheets {
        survey: filled("survey", survey),
        choices: or_empty("choices", find("choices").or_else(|| find("choices and columns"))),
        settings: or_empty("settings", find("settings")),
        unread: sheets.iter().map(|sheet| sheet.name.clone()).filter(|name| is_unread(name)).collect(),
    })
}

/// The first row with anything in it holds the headings. What stands below none is kept under an empty name, so that it is
/// found.
fn filled(name: &'static str, cells: &grid::Sheet) -> Sheet {
    let mut by_row: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for ((row, column), content) in &cells.cells {
        let text = plain(content);
        if !text.trim().is_empty() {
            by_row.entry(*row).or_default().push((*column, text));
        }
    }
    let mut rows = by_row.into_iter();
    let Some((_, headings)) = rows.next() else { return empty(name) };
    let headings: BTreeMap<u32, String> =
        headings.into_iter().map(|(column, heading)| (column, columns::canonical(&heading))).collect();
    let columns: Vec<String> = headings.values().cloned().collect();
    let width = columns.len();
    let rows = rows.map(|(at, cells)| {
        let heading = |column: &u32| headings.get(column).map_or("", String::as_str);
        row(name, at as usize + 1, width, cells.iter().map(|(column, text)| (heading(column), text.as_str())))
    });
    Sheet { name, rows: rows.collect(), columns }
}

/// Why a file is no questionnaire.
fn words(refused: &Refused) -> String {
    match refused {
        Refused::Empty => "ファイルが選ばれていないか、中身が空です。調査票のブック（.xlsx）を選んでください。".to_owned(),
        Refused::Foreign(kind) => format!("{kind}です。XLSFormの調査票のブック（.xlsx）を選んでください。"),
        Refused::Corrupt => "ファイルが壊れているため読めません。Excelで開いて保存し直してください。".to_owned(),
        Refused::Inflates => {
            "展開すると大きすぎるため読めません。使っていない行や列に書式が広く付いているときは、それを消して保存し直してください。"
                .to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;
    use crate::xlsform::{compile, export, read_embedded};

    const SURVEY: &str = "type,name,number,concept,label,aggregate_visibility,named_visibility,minutes\n\
        begin_group,all,,,全部,,,5\n\
        integer,staff,1,staff,担当の職員,public,public,\n\
        end_group,all,,,,,,\n";
    const SETTINGS: &str = "form_title,form_id,version\n調査,form,1.10\n";

    #[test]
    fn an_exported_questionnaire_comes_back_as_it_was() {
        let written = compile(&read_embedded(SURVEY, "list_name,name,label\n", SETTINGS).unwrap());
        let written = written.questionnaire.unwrap_or_else(|| panic!("{:?}", written.findings));
        let bytes = export::workbook(&written.source).unwrap();
        let read = compile(&read_uploaded(&bytes, "a.xlsx").unwrap());
        assert_eq!(read.questionnaire.unwrap_or_else(|| panic!("{:?}", read.findings)), written);
    }

    #[test]
    fn rows_keep_their_numbers_and_a_cell_far_out_costs_nothing() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Survey").unwrap();
        sheet.write_string(1, 0, "type").unwrap().write_string(1, 2, "name").unwrap();
        sheet.write_string(4, 0, "text").unwrap().write_number(4, 2, 12).unwrap();
        sheet.write_string(1_048_575, 16_383, "端").unwrap();
        book.add_worksheet().set_name("memo").unwrap();
        let read = read_uploaded(&book.save_to_buffer().unwrap(), "a.xlsx").unwrap();
        assert_eq!(read.survey.columns, ["type", "name"]);
        let rows: Vec<_> = read.survey.rows.iter().map(|row| (row.number, row.cell("name"))).collect();
        assert_eq!(rows, [(5, Some("12")), (1_048_576, None)]);
        assert!(compile(&read).findings.iter().any(|finding| finding.row == Some(1_048_576)), "below no heading");
        assert_eq!((read.unread.as_slice(), read.choices.columns.len()), (&["memo".to_owned()][..], 0));
    }

    #[test]
    fn what_is_no_questionnaire_says_what_it_is() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("回答").unwrap();
        let other = book.save_to_buffer().unwrap();
        for (bytes, said) in [
            (&b""[..], "選ばれていない"),
            (b"type,name,label\n", "CSVなどのテキストファイルです。XLSFormの"),
            (b"PK\x03\x04broken", "壊れている"),
            (other.as_slice(), "surveyシートがありません"),
        ] {
            let refused = read_uploaded(bytes, "a.xlsx").err().unwrap();
            assert!(refused.contains(said), "{said}: {refused}");
        }
    }
}
