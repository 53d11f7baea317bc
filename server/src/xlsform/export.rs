//! A questionnaire as an XLSForm workbook that every XLSForm tool opens.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use shared::questionnaire::{Source, SourceSheet};

/// Columns with whole sentences; the others hold names and short marks.
const WIDE: [&str; 7] =
    ["label", "hint", "guidance_hint", "relevant", "constraint", "required_message", "constraint_message"];

/// The sheets `survey`, `choices` and `settings` in one `.xlsx`.
///
/// Every cell is text, so that codes keep their zeros and expressions stay expressions. The same questionnaire gives
/// the same bytes.
pub fn workbook(source: &Source) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A file's time of making would make two exports of one questionnaire differ.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    for (name, sheet) in [("survey", &source.survey), ("choices", &source.choices), ("settings", &source.settings)] {
        fill(book.add_worksheet().set_name(name)?, sheet)?;
    }
    book.save_to_buffer()
}

fn fill(worksheet: &mut Worksheet, sheet: &SourceSheet) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@").set_text_wrap();
    let heading = Format::new().set_bold().set_num_format("@");
    for (place, column) in (0_u16..).zip(&sheet.columns) {
        let kind = column.split("::").next().unwrap_or_default();
        worksheet.set_column_width(place, if WIDE.contains(&kind) { 44 } else { 16 })?;
        worksheet.write_string_with_format(0, place, column, &heading)?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (place, cell) in (0_u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            worksheet.write_string_with_format(line, place, cell, &text)?;
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    Ok(())
}
