//! What one question's row says.

use shared::questionnaire::{Question, QuestionKind, QuestionName};
use shared::visibility::{QuestionVisibility, Visibility};

use super::cells;
use super::choices::ChoiceLists;
use super::finding::Finding;
use super::workbook::Row;

/// Longest text where the author sets none, in characters.
const LINE: u32 = 200;
/// The same for a multiline text.
const LINES: u32 = 4000;
/// Longest text that an author may allow, in characters.
const LONGEST: u32 = 20_000;

/// What a `type` cell announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowType<'s> {
    BeginGroup,
    BeginRepeat,
    End,
    Note,
    Text,
    Integer,
    Decimal,
    Date,
    SelectOne(&'s str),
    SelectMultiple(&'s str),
}

impl<'s> RowType<'s> {
    /// Reads a `type` cell; `None` when the type is not supported.
    pub fn parse(cell: &'s str) -> Option<Self> {
        match cell.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["begin_group"] | ["begin", "group"] => Some(Self::BeginGroup),
            ["begin_repeat" | "begin_loop", ..] | ["begin", "repeat" | "loop", ..] => Some(Self::BeginRepeat),
            ["end_group" | "end_repeat" | "end_loop"] | ["end", "group" | "repeat" | "loop"] => Some(Self::End),
            ["note"] => Some(Self::Note),
            ["text"] => Some(Self::Text),
            ["integer" | "int"] => Some(Self::Integer),
            ["decimal"] => Some(Self::Decimal),
            ["date"] => Some(Self::Date),
            ["select_one", list] => Some(Self::SelectOne(list)),
            ["select_multiple", list] => Some(Self::SelectMultiple(list)),
            _ => None,
        }
    }

    /// The choice list, for selects.
    pub fn list(self) -> Option<&'s str> {
        match self {
            Self::SelectOne(list) | Self::SelectMultiple(list) => Some(list),
            _ => None,
        }
    }

    /// Columns that mean something to such a question, besides type, name, label, hint, `guidance_hint` and relevant.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["appearance", "parameters"],
            Self::Integer | Self::Decimal => &["unit", "may_be_unknown"],
            Self::Date => &["may_be_unknown"],
            _ => &[],
        }
    }
}

const OF_EVERY_ROW: [&str; 7] = ["type", "name", "label", "hint", "guidance_hint", "relevant", "disabled"];

const OF_EVERY_ANSWER: [&str; 9] = [
    "number",
    "concept",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "core",
    "aggregate_visibility",
    "named_visibility",
];

/// Reads a question's row. What cannot be read is a finding, and a harmless value in the result.
pub(super) fn read(row: &Row, kind: RowType, lists: &ChoiceLists, findings: &mut Vec<Finding>) -> Question {
    let note = kind == RowType::Note;
    let of_answers: &[&str] = if note { &[] } else { &OF_EVERY_ANSWER };
    warn_of_unused(row, &[&OF_EVERY_ROW, of_answers, kind.columns()], findings);
    let text = |column: &str| row.cell(column).map(str::to_owned);
    let (number, concept) = if note {
        (String::new(), text("concept").unwrap_or_default())
    } else {
        (
            cells::needed(row, "number", "調査票に印刷する番号がありません。", findings),
            cells::needed(row, "concept", "概念ID（年度をまたいで同じ質問を結ぶ名前）がありません。", findings),
        )
    };
    let label = cells::needed(row, "label", "質問の文がありません。", findings);
    for column in ["label", "hint", "guidance_hint", "required_message", "constraint_message"] {
        if row.cell(column).is_some_and(|text| text.contains("${")) {
            findings.push(row.error(column, "文の中の ${…} には対応していません。文を書き換えてください。"));
        }
    }
    Question {
        name: QuestionName(cells::name(row, findings)),
        number,
        concept,
        label,
        hint: text("hint"),
        definition: text("guidance_hint"),
        kind: question_kind(row, kind, lists, findings),
        unit: text("unit"),
        may_be_unknown: cells::yes(row, "may_be_unknown", findings) && kind.columns().contains(&"may_be_unknown"),
        required_message: text("required_message"),
        constraint_message: text("constraint_message"),
        visibility: visibility(row, note, findings),
        core: cells::yes(row, "core", findings),
    }
}

/// Warns of every cell in a column that means nothing to such a row.
pub(super) fn warn_of_unused(row: &Row, used: &[&[&str]], findings: &mut Vec<Finding>) {
    for column in super::columns::SURVEY {
        if row.cell(column).is_some() && !used.iter().any(|columns| columns.contains(&column)) {
            findings
                .push(row.warning(column, "この行の種類では使わない列です。値を消すか、行のtypeを確認してください。"));
        }
    }
}

fn question_kind(row: &Row, kind: RowType, lists: &ChoiceLists, findings: &mut Vec<Finding>) -> QuestionKind {
    match kind {
        RowType::Text => {
            let multiline = match row.cell("appearance") {
                None => false,
                Some("multiline") => true,
                Some(other) => {
                    findings.push(row.warning("appearance", format!("「{other}」は使いません。")));
                    false
                }
            };
            let max_length = max_length(row, findings).unwrap_or(if multiline { LINES } else { LINE });
            QuestionKind::Text { multiline, max_length }
        }
        RowType::Integer => QuestionKind::Integer,
        RowType::Decimal => QuestionKind::Decimal,
        RowType::Date => QuestionKind::Date,
        RowType::Note | RowType::BeginGroup | RowType::BeginRepeat | RowType::End => QuestionKind::Note,
        RowType::SelectOne(list) | RowType::SelectMultiple(list) => {
            let choices = lists.get(list).map(|list| list.choices.clone()).unwrap_or_default();
            if choices.is_empty() {
                let message = format!("選択肢リスト「{list}」がchoicesシートにありません。");
                findings.push(row.error("type", message));
            }
            if matches!(kind, RowType::SelectOne(_)) {
                if choices.iter().any(|choice| choice.exclusive) {
                    let message = format!(
                        "リスト「{list}」にexclusiveの選択肢があります。exclusiveはselect_multipleだけで使えます。"
                    );
                    findings.push(row.error("type", message));
                }
                QuestionKind::SelectOne { choices }
            } else {
                if choices.iter().any(|choice| choice.state.is_some()) {
                    let message =
                        format!("リスト「{list}」にstateのある選択肢があります。stateはselect_oneだけで使えます。");
                    findings.push(row.error("type", message));
                }
                QuestionKind::SelectMultiple { choices }
            }
        }
    }
}

/// `max_length=…` of the parameters.
fn max_length(row: &Row, findings: &mut Vec<Finding>) -> Option<u32> {
    let mut limit = None;
    let parameters = row.cell("parameters")?.split([' ', ',', ';']).filter(|parameter| !parameter.is_empty());
    for parameter in parameters {
        let length = parameter.strip_prefix("max_length=").and_then(|length| length.parse().ok());
        if length.is_some_and(|length| (1..=LONGEST).contains(&length)) {
            limit = length;
        } else {
            let message = format!("「{parameter}」は使えません。max_length=文字数（1〜{LONGEST}）と書いてください。");
            findings.push(row.error("parameters", message));
        }
    }
    limit
}

fn visibility(row: &Row, note: bool, findings: &mut Vec<Finding>) -> QuestionVisibility {
    if note {
        // A note has no results.
        return QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Public };
    }
    let mut of_column = |column: &str, meaning: &str| {
        if row.cell(column).is_none() {
            findings.push(row.error(column, format!("{meaning}の公開範囲がありません。")));
        }
        let known = "public（公開）、council（協議会まで）、prefecture（県まで）";
        cells::code(row, column, known, Visibility::of_code, findings)
    };
    let aggregate = of_column("aggregate_visibility", "集計値");
    let named = of_column("named_visibility", "市町村別の値");
    if let (Some(aggregate), Some(named)) = (aggregate, named)
        && named < aggregate
    {
        findings.push(row.error("named_visibility", "市町村別の値を、集計値より広く公開することはできません。"));
    }
    QuestionVisibility {
        aggregate: aggregate.unwrap_or(Visibility::Prefecture),
        named: named.unwrap_or(Visibility::Prefecture),
    }
}
