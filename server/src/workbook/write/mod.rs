//! The workbook of a response.
//!
//! - `rows`, `beside`, `validation`: the answer sheet's rows, the words beside an answer, drop-downs
//! - `notes`, `lists`: the sheets with the instructions and the choices
//! - `format`, `height`: how cells look

mod beside;
mod format;
mod height;
mod lists;
mod notes;
mod rows;
mod validation;

use app::shell::DEMONSTRATION;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};
use shared::questionnaire::Question;
use shared::time::Timestamp;

use self::rows::Rows;
use super::layout::{self, Column};
use super::stamp::Stamp;
use crate::service::answering::Form;

/// The heading's row; above it stand the title and a line of instruction.
const HEADING: u32 = 2;

/// What a workbook is made of.
pub struct Draft<'f> {
    /// The response.
    pub form: &'f Form,
    /// Now.
    pub at: Timestamp,
    /// The data were generated.
    pub demonstration: bool,
}

/// The workbook as `.xlsx`. What can be changed in the response can be filled in; a response that cannot be changed
/// makes a copy to keep.
pub fn write(draft: &Draft<'_>) -> Result<Vec<u8>, XlsxError> {
    let Draft { form, at, demonstration } = *draft;
    let (questionnaire, municipality) = (&form.questionnaire, &form.municipality);
    let stamp = Stamp {
        year: form.round.year,
        code: municipality.code,
        form_id: questionnaire.form_id.clone(),
        version: questionnaire.version.clone(),
        at,
        revision: form.response.revision,
    };
    let stamp = stamp.text(questionnaire);
    let title = format!("{}　{}", questionnaire.title, municipality.name);
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at.0.div_euclid(1000))?;
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made));
    // The sheet to fill stands first, but takes its lists from one behind it.
    book.add_worksheet().set_name(layout::ANSWERS)?;
    let said = demonstration.then_some(DEMONSTRATION);
    notes::add(&mut book, &format!("{title}（{} ダウンロード）", at.date_time()), &stamp, said)?;
    let lists = lists::add(&mut book, questionnaire)?;
    let sheet = book.worksheet_from_name(layout::ANSWERS)?;
    set_up(sheet, &title, draft)?;
    Rows::new(form, &lists, sheet).write(&stamp)?;
    revisions(&mut book, form, &stamp)?;
    book.save_to_buffer()
}

/// Everything of the answer sheet but its rows.
fn set_up(sheet: &mut Worksheet, title: &str, draft: &Draft<'_>) -> Result<(), XlsxError> {
    for column in Column::ALL {
        sheet.set_column_width(column.place(), column.width())?;
        if column.is_hidden() {
            sheet.set_column_hidden(column.place())?;
        }
    }
    sheet.write_string_with_format(0, 0, title, &format::title())?;
    let downloaded = draft.at.date_time();
    let lead = match draft.form.read_only() {
        Some(reason) => format!("控えです（{downloaded} 現在）。{reason}"),
        None => format!(
            "黄色のセルに回答を入力して、「Excelで入力」の画面からアップロードしてください（記入のしかたは次のシート）。{downloaded} ダウンロード"
        ),
    };
    let lead = if draft.demonstration { format!("{DEMONSTRATION} {lead}") } else { lead };
    sheet.write_string_with_format(1, 0, &lead, &format::body())?;
    sheet.set_row_height(0, 24)?.set_row_height(1, 20)?.set_row_height(HEADING, 24)?;
    sheet.set_freeze_panes(HEADING + 1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEADING, HEADING)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.2, 0.2);
    let municipality = &draft.form.municipality.name;
    sheet.set_footer(format!("&L{}　{municipality}&C&P／&Nページ&R{downloaded}", draft.form.round.year.wareki()));
    let free = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&free);
    sheet.set_active(true);
    Ok(())
}

/// The hidden sheet: the stamp, and every answer's revision once more.
fn revisions(book: &mut Workbook, form: &Form, stamp: &str) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(layout::REVISIONS)?;
    sheet.write_string(0, 0, stamp)?;
    sheet.write_string(1, 0, Column::Key.heading())?.write_string(1, 1, Column::Revision.heading())?;
    for (row, question) in (2_u32..).zip(form.questionnaire.questions.iter().filter(|q| q.kind.takes_answer())) {
        sheet.write_string(row, 0, question.name.as_str())?;
        sheet.write_number(row, 1, revision(form, question))?;
    }
    sheet.protect().set_very_hidden(true);
    Ok(())
}

fn revision(form: &Form, question: &Question) -> f64 {
    form.answers.get(&question.name).map_or(0.0, |stored| f64::from(stored.revision))
}
