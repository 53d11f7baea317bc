//! How cells look: what is to be filled is yellow and open, everything else is closed.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use shared::questionnaire::QuestionKind;

/// On every Windows since 2018; LibreOffice puts another Gothic in its place.
const FONT: &str = "BIZ UDPゴシック";
const INK: Color = Color::RGB(0x001A_1A1A);
const MUTED: Color = Color::RGB(0x0059_5959);
const RULE: Color = Color::RGB(0x00BF_BFBF);
const INPUT: Color = Color::RGB(0x00FF_F9D6);
const DORMANT: Color = Color::RGB(0x00ED_EDED);
const HEAD: Color = Color::RGB(0x00D9_E6FF);

/// What can be done with an answer cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// To be filled.
    Input,
    /// Not asked at present; may be filled when it comes to be asked.
    Dormant,
    /// Cannot be changed.
    Closed,
}

/// Body text.
pub fn body() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10).set_font_color(INK).set_align(FormatAlign::Top)
}

/// The first line of a sheet.
pub fn title() -> Format {
    body().set_bold().set_font_size(14)
}

/// What is good to know and need not be read.
pub fn muted() -> Format {
    body().set_font_color(MUTED).set_text_wrap()
}

/// A heading of a table.
pub fn head() -> Format {
    ruled(body().set_bold().set_background_color(HEAD).set_align(FormatAlign::VerticalCenter).set_text_wrap())
}

/// A cell of a table that is to be read.
pub fn cell() -> Format {
    ruled(body().set_text_wrap())
}

/// A cell that says less than its neighbours.
pub fn cell_muted() -> Format {
    cell().set_font_color(MUTED)
}

/// The words of a choice, below its question.
pub fn choice() -> Format {
    cell().set_indent(2)
}

/// The first row of a section.
pub fn begins_section(format: &Format) -> Format {
    format.clone().set_border_top(FormatBorder::Medium).set_border_top_color(MUTED)
}

/// An answer cell. Text and codes are of the text format, so that leading zeros live; numbers and dates are such.
pub fn answer(kind: &QuestionKind, is_choice: bool, look: Look) -> Format {
    let format = ruled(body().set_font_size(11));
    let format = match kind {
        QuestionKind::Integer => format.set_num_format("#,##0").set_align(FormatAlign::Right),
        QuestionKind::Decimal => format.set_align(FormatAlign::Right),
        QuestionKind::Date => format.set_num_format("yyyy/m/d").set_align(FormatAlign::Left),
        _ if is_choice => format.set_num_format("@").set_align(FormatAlign::Center),
        QuestionKind::Text { .. }
        | QuestionKind::SelectOne { .. }
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Rank { .. }
        | QuestionKind::Acknowledge
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => format.set_num_format("@").set_text_wrap(),
    };
    match look {
        Look::Input => format.set_background_color(INPUT).set_unlocked(),
        Look::Dormant => format.set_background_color(DORMANT).set_font_color(MUTED).set_unlocked(),
        Look::Closed => format,
    }
}

fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(RULE)
}
