//! What the choices sheet says.

use std::collections::BTreeMap;

use shared::questionnaire::{Choice, ChoiceState};

use super::cells;
use super::finding::Finding;
use super::workbook::{Row, Sheet};

/// The choice lists by name.
pub(super) type ChoiceLists<'s> = BTreeMap<&'s str, ChoiceList<'s>>;

/// One list.
#[derive(Debug)]
pub(super) struct ChoiceList<'s> {
    /// The rows of the choices; the list begins at the first.
    pub rows: Vec<&'s Row>,
    /// In the order of the sheet, one a row.
    pub choices: Vec<Choice>,
}

/// Reads the choices sheet.
pub(super) fn read<'s>(sheet: &'s Sheet, findings: &mut Vec<Finding>) -> ChoiceLists<'s> {
    let mut lists = ChoiceLists::new();
    for row in &sheet.rows {
        let Some(list_name) = row.cell("list_name") else {
            findings.push(row.error("list_name", "選択肢リストの名前がありません。"));
            continue;
        };
        let choice = choice(row, findings);
        let list = lists.entry(list_name).or_insert_with(|| ChoiceList { rows: Vec::new(), choices: Vec::new() });
        if list.choices.iter().any(|other| !choice.name.is_empty() && other.name == choice.name) {
            let message = format!("選択肢「{}」がリスト「{list_name}」に2つあります。", choice.name);
            findings.push(row.error("name", message));
        }
        list.rows.push(row);
        list.choices.push(choice);
    }
    lists
}

fn choice(row: &Row, findings: &mut Vec<Finding>) -> Choice {
    let name = cells::needed(row, "name", "選択肢の値がありません。", findings);
    let label = cells::needed(row, "label", "選択肢の文がありません。", findings);
    if name.contains(char::is_whitespace) {
        findings.push(row.error("name", format!("選択肢の値「{name}」に空白があります。「_」などに変えてください。")));
    }
    let state = cells::code(row, "state", "unknown（不明）、not_applicable（該当なし）", state_of_code, findings);
    let exclusive = cells::yes(row, "exclusive", findings);
    Choice { name, label, short: row.cell("short").map(str::to_owned), exclusive, state }
}

fn state_of_code(code: &str) -> Option<ChoiceState> {
    match code {
        "unknown" => Some(ChoiceState::Unknown),
        "not_applicable" => Some(ChoiceState::NotApplicable),
        _ => None,
    }
}
