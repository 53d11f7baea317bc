//! Drop-downs, and warnings where a value is not of its kind.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, XlsxError};
use shared::questionnaire::{Question, QuestionKind};

use super::lists::Lists;
use crate::workbook::grid::cell_name;
use crate::workbook::layout::{self, Column, Line};

/// The rule of an answer cell, `None` where anything may stand. A warning can be overruled: the upload says exactly what
/// is wrong.
pub(super) fn validation(
    row: u32,
    line: Line,
    question: &Question,
    lists: &Lists,
) -> Result<Option<DataValidation>, XlsxError> {
    let cell = cell_name((row, u32::from(Column::Answer.place())));
    let or_unknown = |rule: String| {
        if question.may_be_unknown { format!("=OR({rule},{cell}=\"{}\")", layout::UNKNOWN) } else { format!("={rule}") }
    };
    let warn = |rule: String, message: &str| {
        DataValidation::new()
            .allow_custom(Formula::new(or_unknown(rule)))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("値を確かめてください")?
            .set_error_message(message)
    };
    let pick = |validation: DataValidation| {
        validation.set_error_title("選択肢にない値です")?.set_error_message("セルの▼を押して、一覧から選んでください。")
    };
    let number = format!("ISNUMBER({cell})");
    let validation = match (&question.kind, line.choice) {
        (QuestionKind::SelectOne { .. }, _) => match lists.get(&line.index) {
            Some(range) => pick(DataValidation::new().allow_list_formula(Formula::new(range)))?,
            None => return Ok(None),
        },
        (QuestionKind::SelectMultiple { .. }, _) => pick(DataValidation::new().allow_list_strings(&[layout::TICK])?)?,
        (QuestionKind::Acknowledge, _) => pick(DataValidation::new().allow_list_strings(&[layout::ACKNOWLEDGED])?)?,
        // The cells of ranks are text, as every cell of choices is.
        (QuestionKind::Rank { choices }, Some(_)) => {
            let ranks: Vec<String> = (1..=choices.len()).map(|rank| rank.to_string()).collect();
            pick(DataValidation::new().allow_list_strings(&ranks)?)?
        }
        (QuestionKind::Integer, _) => {
            warn(format!("AND({number},{cell}=INT({cell}))"), "整数ではありません。このまま入力しますか。")?
        }
        (QuestionKind::Decimal, _) => warn(number, "数値ではありません。このまま入力しますか。")?,
        (QuestionKind::Date, _) => {
            warn(number, "日付ではありません。2026/11/30 のように入力します。このまま入力しますか。")?
        }
        (
            QuestionKind::Text { .. }
            | QuestionKind::Rank { .. }
            | QuestionKind::Calculate
            | QuestionKind::Hidden
            | QuestionKind::Note,
            _,
        ) => return Ok(None),
    };
    Ok(Some(validation))
}
