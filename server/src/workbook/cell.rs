//! What stands in a cell, as an answer.

use shared::questionnaire::{Choice, Question, QuestionKind};
use shared::response::answer::{ACKNOWLEDGED, RawAnswer};
use shared::response::{AnswerValue, InvalidAnswer};

use super::grid::{Content, day};
use super::layout;

/// Marks that officials put for 「あてはまる」.
const TICKS: [&str; 16] = ["○", "〇", "◯", "◎", "●", "✓", "✔", "☑", "レ", "v", "V", "o", "O", "1", "はい", "TRUE"];
/// Marks for 「あてはまらない」.
const CROSSES: [&str; 8] = ["×", "✕", "✗", "x", "X", "-", "ー", "FALSE"];

/// A cell's content as text: numbers as they are shown, up to 15 digits.
pub fn plain(content: &Content) -> String {
    match content {
        Content::Text(text) | Content::Date(text) => text.clone(),
        Content::Number(number) => number_text(*number),
        Content::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Content::Error => "（エラー値）".to_owned(),
    }
}

/// Whether the cell counts as empty.
pub fn is_blank(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.trim().is_empty())
}

/// The answer of a question whose choices have no rows of their own.
pub fn answer(question: &Question, content: Option<&Content>) -> Result<Option<AnswerValue>, String> {
    let Some(content) = content.filter(|content| !is_blank(content)) else { return Ok(None) };
    let complaint = |error: InvalidAnswer| format!("{error}（セルの内容：「{}」）", shown(content));
    let parse = |values: Vec<String>| {
        let raw = RawAnswer { values, unknown: false };
        AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).map_err(complaint)
    };
    if *content == Content::Error {
        return Err("計算式の結果がエラーになっています。値を直接入力してください。".to_owned());
    }
    if question.may_be_unknown && plain(content).trim() == layout::UNKNOWN {
        let raw = RawAnswer { values: Vec::new(), unknown: true };
        return AnswerValue::parse(&question.kind, true, &raw).map_err(complaint);
    }
    match &question.kind {
        QuestionKind::Integer | QuestionKind::Decimal if matches!(content, Content::Date(_)) => {
            Err("日付になっています。セルの表示形式を「標準」にして、数値を入力し直してください。".to_owned())
        }
        QuestionKind::Integer | QuestionKind::Decimal => {
            parse(vec![without_unit(&plain(content), question.unit.as_deref())])
        }
        QuestionKind::Date => parse(vec![date_text(content)]),
        QuestionKind::SelectOne { choices } => {
            parse(vec![choice_name(choices, &plain(content)).ok_or_else(|| complaint(InvalidAnswer::NotAChoice))?])
        }
        QuestionKind::Acknowledge => {
            let text = narrow(&plain(content));
            let given = text == narrow(layout::ACKNOWLEDGED) || text == ACKNOWLEDGED || TICKS.contains(&text.as_str());
            if given { parse(vec![ACKNOWLEDGED.to_owned()]) } else { Err(not_acknowledged(content)) }
        }
        QuestionKind::Text { .. }
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Rank { .. }
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => parse(vec![plain(content)]),
    }
}

/// The answer of a question whose choices have rows: what stands in each, in the questionnaire's order.
///
/// An error names the place of the choice that is to blame, where it is one.
pub fn of_choices(
    question: &Question,
    contents: &[Option<&Content>],
) -> Result<Option<AnswerValue>, (Option<usize>, String)> {
    let names = match &question.kind {
        QuestionKind::Rank { choices } => ranked(choices, contents)?,
        kind => ticked(kind.choices(), contents)?,
    };
    let raw = RawAnswer { values: names, unknown: false };
    AnswerValue::parse(&question.kind, false, &raw).map_err(|error| (None, error.to_string()))
}

fn ticked(choices: &[Choice], contents: &[Option<&Content>]) -> Result<Vec<String>, (Option<usize>, String)> {
    let mut names = Vec::new();
    for (place, (choice, content)) in choices.iter().zip(contents).enumerate() {
        let Some(content) = content else { continue };
        let text = narrow(&plain(content));
        if TICKS.contains(&text.as_str()) {
            names.push(choice.name.clone());
        } else if !text.is_empty() && !CROSSES.contains(&text.as_str()) {
            let what = format!(
                "あてはまるときは「○」、あてはまらないときは空欄にしてください。（セルの内容：「{}」）",
                shown(content)
            );
            return Err((Some(place), what));
        }
    }
    Ok(names)
}

fn ranked(choices: &[Choice], contents: &[Option<&Content>]) -> Result<Vec<String>, (Option<usize>, String)> {
    let mut places: Vec<(i64, usize, &Choice)> = Vec::new();
    for (place, (choice, content)) in choices.iter().zip(contents).enumerate() {
        let Some(content) = content.filter(|content| !is_blank(content)) else { continue };
        let raw = RawAnswer { values: vec![without_unit(&plain(content), Some("位"))], unknown: false };
        let Ok(Some(AnswerValue::Integer(rank))) = AnswerValue::parse(&QuestionKind::Integer, false, &raw) else {
            let what = format!("順位を1からの整数で入力してください。（セルの内容：「{}」）", shown(content));
            return Err((Some(place), what));
        };
        places.push((rank, place, choice));
    }
    places.sort_by_key(|(rank, place, _)| (*rank, *place));
    for (expected, (rank, place, _)) in (1_i64..).zip(&places) {
        if *rank != expected {
            let what = format!(
                "順位は1から順に、同じ順位がないように入力してください。（{expected}位が1つになるように直してください。）"
            );
            return Err((Some(*place), what));
        }
    }
    Ok(places.into_iter().map(|(.., choice)| choice.name.clone()).collect())
}

/// The choice meant: by its label, its short label, its name, or name and label together.
fn choice_name(choices: &[Choice], typed: &str) -> Option<String> {
    let typed = narrow(typed);
    let is = |text: &str| narrow(text) == typed;
    let together = |choice: &Choice| {
        let rest = typed.strip_prefix(&narrow(&choice.name))?;
        let rest = rest.trim_start_matches(['.', ',', ':', ')', '-', '、', '。', '・']);
        (rest == narrow(&choice.label)).then_some(())
    };
    let ways: [&dyn Fn(&Choice) -> bool; 4] = [
        &|choice| is(&choice.label),
        &|choice| choice.short.as_deref().is_some_and(is),
        &|choice| is(&choice.name),
        &|choice| together(choice).is_some(),
    ];
    ways.into_iter().find_map(|way| {
        let mut found = choices.iter().filter(|choice| way(choice));
        let first = found.next()?;
        // What two choices answer to says nothing.
        found.next().is_none().then(|| first.name.clone())
    })
}

/// Without blanks, full-width letters, digits and signs as half-width: for comparing labels and marks only.
fn narrow(text: &str) -> String {
    let fold = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
}

/// Takes 「件」 off 「12件」.
fn without_unit(text: &str, unit: Option<&str>) -> String {
    let text = text.trim();
    let units = unit.into_iter().chain((unit == Some("％")).then_some("%")).filter(|unit| !unit.is_empty());
    units.fold(text, |text, unit| text.strip_suffix(unit).map_or(text, str::trim_end)).to_owned()
}

/// The date as `YYYY-MM-DD` where it is one in any of the ways that officials write it; else the text as it stands.
fn date_text(content: &Content) -> String {
    let text = match content {
        // The format was lost: the days since 1900.
        Content::Number(serial) => return day(*serial, false).unwrap_or_else(|| number_text(*serial)),
        other => narrow(&plain(other)),
    };
    let (era, rest) = ["令和", "R", "r"]
        .into_iter()
        .find_map(|era| Some((2018, text.strip_prefix(era)?)))
        .unwrap_or((0, text.as_str()));
    let rest = rest.replace("元年", "1年");
    let parts: Vec<&str> = rest.split(['年', '月', '日', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([year, month, day]) if *year < 9999 => format!("{:04}-{month:02}-{day:02}", era + year),
        _ => text,
    }
}

/// Up to 15 digits, as Excel shows them and as a double holds them, without exponent.
fn number_text(number: f64) -> String {
    if !number.is_finite() || number.abs() >= 1e15 {
        return number.to_string();
    }
    let whole_digits = format!("{:.0}", number.abs().trunc()).len();
    let text = format!("{number:.*}", 15_usize.saturating_sub(whole_digits));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn not_acknowledged(content: &Content) -> String {
    format!("「{}」か空欄にしてください。（セルの内容：「{}」）", layout::ACKNOWLEDGED, shown(content))
}

/// The beginning of a cell's content, for a complaint.
fn shown(content: &Content) -> String {
    let text = plain(content);
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_shown() {
        for (number, text) in [
            (12.0, "12"),
            (-3.5, "-3.5"),
            (0.1 + 0.2, "0.3"),
            (1_234_567.0, "1234567"),
            (999_999_999_999_999.0, "999999999999999"),
            (-0.0, "0"),
            (12.345_678, "12.345678"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn dates_are_read_as_officials_write_them() {
        let text = |text: &str| date_text(&Content::Text(text.to_owned()));
        for typed in
            ["2026-11-05", "2026/11/5", "２０２６年１１月５日", "令和8年11月5日", "R8.11.5", "令和 8 年 11 月 5 日"]
        {
            assert_eq!(text(typed), "2026-11-05", "{typed}");
        }
        assert_eq!(text("令和元年5月1日"), "2019-05-01");
        assert_eq!(date_text(&Content::Number(46_331.0)), "2026-11-05");
        assert_eq!(text("来月"), "来月");
    }

    #[test]
    fn a_choice_is_meant_by_label_or_name() {
        let choice = |name: &str, label: &str| Choice {
            name: name.to_owned(),
            label: label.to_owned(),
            short: Some(label.chars().take(2).collect()),
            exclusive: false,
            state: None,
        };
        let choices = [choice("0", "未着手（予定なし）"), choice("1", "検討中"), choice("11", "検 討中止")];
        for (typed, name) in [
            ("検討中", Some("1")),
            (" 検討中　", Some("1")),
            ("検 討 中", Some("1")),
            ("未着手(予定なし)", Some("0")),
            ("1", Some("1")),
            ("１", Some("1")),
            ("１．検討中", Some("1")),
            ("1 検討中", Some("1")),
            ("11：検討中止", Some("11")),
            ("未着", Some("0")),
            ("検討", Some("1")),
            ("実施", None),
            ("2", None),
        ] {
            assert_eq!(choice_name(&choices, typed).as_deref(), name, "{typed}");
        }
    }
}
