//! The sheet with the choices: drop-downs take their lists from it, and whoever fills in on paper reads them there.
//!
//! It stands in sight. A hidden sheet is the first thing that a gateway takes out, and the drop-downs with it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{IgnoreError, Workbook, XlsxError};
use shared::questionnaire::{Choice, Question, QuestionIndex, QuestionKind, Questionnaire};

use super::{format, height};
use crate::workbook::layout;

/// Width of the labels' column, in characters of half width.
const WIDTH: u16 = 60;

/// The range of each single choice's list, as a drop-down's formula names it.
pub type Lists = BTreeMap<QuestionIndex, String>;

/// A list of choices with the questions that take it.
struct List<'q> {
    choices: &'q [Choice],
    questions: Vec<(QuestionIndex, &'q Question)>,
}

/// Adds the sheet; `None` where no question has a list.
pub fn add(book: &mut Workbook, questionnaire: &Questionnaire) -> Result<Lists, XlsxError> {
    let mut lists: Vec<List<'_>> = Vec::new();
    for (index, question) in questionnaire.indexed() {
        let QuestionKind::SelectOne { choices } = &question.kind else { continue };
        match lists.iter_mut().find(|list| list.choices == choices) {
            Some(list) => list.questions.push((index, question)),
            None => lists.push(List { choices, questions: vec![(index, question)] }),
        }
    }
    let sheet = book.add_worksheet().set_name(layout::LISTS)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
    sheet.set_footer("&C&P／&Nページ").set_freeze_panes(3, 0)?;
    for (column, width) in [(0, 36_u16), (1, 10), (2, WIDTH)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, "選択肢の一覧", &format::title())?;
    let lead = "「回答」シートのセルの▼に出る選択肢です。番号で入力しても読み取ります。";
    sheet.write_string_with_format(1, 0, lead, &format::body())?;
    for (column, heading) in [(0, "使う設問"), (1, "番号"), (2, "選択肢")] {
        sheet.write_string_with_format(2, column, heading, &format::head())?;
    }
    sheet.set_row_height(0, 24)?.set_row_height(1, 20)?.set_row_height(2, 20)?;
    let mut ranges = Lists::new();
    let mut row = 3;
    for list in &lists {
        let first = row;
        for choice in list.choices {
            sheet.set_row_height(row, height::of_text(&choice.label, f64::from(WIDTH)))?;
            let used = if row == first { used_by(list) } else { String::new() };
            let cell = if row == first { format::begins_section(&format::cell()) } else { format::cell() };
            sheet.write_string_with_format(row, 0, used, &cell)?;
            sheet.write_string_with_format(row, 1, &choice.name, &cell.clone().set_num_format("@"))?;
            sheet.write_string_with_format(row, 2, layout::choice_words(list.choices, choice), &cell)?;
            row += 1;
        }
        let range = format!("='{}'!$C${}:$C${row}", layout::LISTS, first + 1);
        ranges.extend(list.questions.iter().map(|(index, _)| (*index, range.clone())));
    }
    sheet.ignore_error_range(3, 1, row, 2, IgnoreError::NumberStoredAsText)?.protect();
    Ok(ranges)
}

/// 「体-1」, 「産-1、暮-1、行-1」, 「産-6-1 など67問」
fn used_by(list: &List<'_>) -> String {
    let numbers: Vec<&str> = list.questions.iter().map(|(_, question)| question.number.as_str()).collect();
    match numbers.as_slice() {
        [first, _, _, _, ..] => format!("{first} など{}問", numbers.len()),
        few => few.join("、"),
    }
}
