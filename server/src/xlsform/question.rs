//! What one question's row says.

use shared::questionnaire::{Choice, Lineage, Question, QuestionKind, QuestionName, Threshold};
use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;
use shared::visibility::{QuestionVisibility, Visibility};

use super::cells;
use super::checks;
use super::choices::ChoiceLists;
use super::finding::Finding;
use super::parameters::{self, Range};
use super::row_type::{RowType, Select};
use super::workbook::Row;

/// Longest text where the author sets none, in characters.
pub(super) const LINE: u32 = 200;
/// The same for a multiline text.
pub(super) const LINES: u32 = 4000;

const OF_EVERY_ROW: [&str; 7] = ["type", "name", "label", "hint", "guidance_hint", "relevant", "disabled"];

const OF_RESULTS: [&str; 7] =
    ["number", "concept", "derived_from", "comparable", "core", "aggregate_visibility", "named_visibility"];

const OF_ANSWERS: [&str; 3] = ["constraint", "constraint_message", "readonly"];

const OF_TYPED_ANSWERS: [&str; 3] = ["required", "required_message", "default"];

const OF_UNUSUAL_ANSWERS: [&str; 2] = ["soft_constraint", "soft_message"];

/// What a row says of its question.
pub(super) struct Reading {
    pub question: Question,
    pub range: Option<Range>,
    pub threshold: Option<Threshold>,
}

/// Reads a question's row. What cannot be read is a finding, and a harmless value in the result.
pub(super) fn read(row: &Row, kind: RowType, lists: &ChoiceLists, findings: &mut Vec<Finding>) -> Reading {
    warn_of_unused(row, &used_columns(row, kind), findings);
    let text = |column: &str| row.cell(column).map(str::to_owned);
    let takes_answer = kind.takes_answer();
    let needed = |column: &str, missing: &str, findings: &mut Vec<Finding>| {
        if takes_answer { cells::needed(row, column, missing, findings) } else { text(column).unwrap_or_default() }
    };
    let number = needed("number", "調査票に印刷する番号がありません。", findings);
    let concept = needed("concept", "概念ID（年度をまたいで同じ質問を結ぶ名前）がありません。", findings);
    let is_shown = !matches!(kind, RowType::Calculate | RowType::Hidden);
    if !is_shown {
        warn_of_results(row, findings);
    }
    let label = if is_shown {
        cells::needed(row, "label", "質問の文がありません。", findings)
    } else {
        text("label").or_else(|| text("name")).unwrap_or_default()
    };
    for column in ["label", "hint", "guidance_hint", "required_message", "constraint_message", "soft_message"] {
        if row.cell(column).is_some_and(|text| text.contains("${")) {
            findings.push(row.error(column, "文の中の ${…} には対応していません。文を書き換えてください。"));
        }
    }
    let calculated = calculated(row, kind, findings);
    let range = (kind == RowType::Range).then(|| parameters::range(row, findings));
    let threshold = checks::threshold(row, kind, findings);
    let question_kind = question_kind(row, kind, range, lists, findings);
    let question = Question {
        name: QuestionName(cells::name(row, findings)),
        number,
        concept,
        label,
        hint: text("hint"),
        definition: text("guidance_hint"),
        unit: text("unit"),
        may_be_unknown: cells::yes(row, "may_be_unknown", findings) && (kind.is_number() || kind == RowType::Date),
        required_message: text("required_message"),
        constraint_message: text("constraint_message").or_else(|| range.map(Range::message)),
        visibility: visibility(row, kind, findings),
        core: cells::yes(row, "core", findings),
        default: if calculated { None } else { default(row, kind, &question_kind, findings) },
        readonly: cells::yes(row, "readonly", findings) && takes_answer || calculated,
        soft_message: if takes_answer { checks::message(row, threshold, findings) } else { None },
        reason_for: None,
        lineage: lineage(row, findings),
        kind: question_kind,
    };
    Reading { question, range, threshold }
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

/// Warns of a helper value whose row says who may see its results: it has none.
fn warn_of_results(row: &Row, findings: &mut Vec<Finding>) {
    for column in ["core", "aggregate_visibility", "named_visibility"] {
        if row.cell(column).is_some() {
            let message = "calculateとhiddenの値は、集計にもデータにも含めないため、使わない列です。結果に含めるなら、\
                           typeをinteger、decimal、date、textのどれかにしてcalculationを書いてください。";
            findings.push(row.warning(column, message));
        }
    }
}

/// Columns that mean something to such a question.
fn used_columns(row: &Row, kind: RowType) -> Vec<&'static [&'static str]> {
    let typed = || if row.cell("calculation").is_some() { &["calculation"][..] } else { &OF_TYPED_ANSWERS };
    let own: &[&str] = match kind {
        RowType::Note => return vec![&OF_EVERY_ROW, &["concept"]],
        RowType::Calculate => return vec![&OF_EVERY_ROW, &OF_RESULTS, &["calculation", "unit"]],
        RowType::Hidden => return vec![&OF_EVERY_ROW, &OF_RESULTS, &["calculation", "default"]],
        RowType::Text => &["appearance", "max_length"],
        // How a number is typed is the same for all: an appearance changes nothing.
        RowType::Integer | RowType::Decimal => &["unit", "may_be_unknown", "change_threshold"],
        RowType::Range => &["parameters", "unit", "may_be_unknown", "change_threshold"],
        RowType::Date => &["may_be_unknown"],
        RowType::Select { .. } => &["choice_filter"],
        RowType::Acknowledge | RowType::BeginGroup | RowType::BeginRepeat | RowType::EndGroup | RowType::EndRepeat => {
            &[]
        }
    };
    vec![&OF_EVERY_ROW, &OF_RESULTS, &OF_ANSWERS, typed(), &OF_UNUSUAL_ANSWERS, own]
}

/// Whether the answer is worked out.
fn calculated(row: &Row, kind: RowType, findings: &mut Vec<Finding>) -> bool {
    let calculated = row.cell("calculation").is_some();
    if calculated && matches!(kind, RowType::Select { .. } | RowType::Acknowledge) {
        let message =
            "選択肢の質問は計算できません。計算する質問は、text、integer、decimal、dateかcalculateにしてください。";
        findings.push(row.error("calculation", message));
    }
    if !calculated && kind == RowType::Calculate {
        findings.push(row.error("calculation", "計算する式がありません。"));
    }
    calculated && kind != RowType::Note
}

fn question_kind(
    row: &Row,
    kind: RowType,
    range: Option<Range>,
    lists: &ChoiceLists,
    findings: &mut Vec<Finding>,
) -> QuestionKind {
    let appearance = row.cell("appearance");
    if let Some(other) = appearance.filter(|appearance| kind == RowType::Text && *appearance != "multiline") {
        findings.push(row.warning("appearance", format!("「{other}」は使いません。")));
    }
    match kind {
        RowType::Text => {
            let multiline = appearance == Some("multiline");
            let longest = parameters::max_length(row, findings).unwrap_or(if multiline { LINES } else { LINE });
            QuestionKind::Text { multiline, max_length: longest }
        }
        RowType::Integer => QuestionKind::Integer,
        RowType::Range if range.is_some_and(Range::is_whole) => QuestionKind::Integer,
        RowType::Decimal | RowType::Range => QuestionKind::Decimal,
        RowType::Date => QuestionKind::Date,
        RowType::Acknowledge => QuestionKind::Acknowledge,
        RowType::Calculate => QuestionKind::Calculate,
        RowType::Hidden => QuestionKind::Hidden,
        RowType::Note | RowType::BeginGroup | RowType::BeginRepeat | RowType::EndGroup | RowType::EndRepeat => {
            QuestionKind::Note
        }
        RowType::Select { how, list, or_other } => {
            let choices = choices(row, how, list, or_other, lists, findings);
            match how {
                Select::One => QuestionKind::SelectOne { choices },
                Select::Multiple => QuestionKind::SelectMultiple { choices },
                Select::Rank => QuestionKind::Rank { choices },
            }
        }
    }
}

fn choices(
    row: &Row,
    how: Select,
    list: &str,
    or_other: bool,
    lists: &ChoiceLists,
    findings: &mut Vec<Finding>,
) -> Vec<Choice> {
    let mut choices = lists.get(list).map(|list| list.choices.clone()).unwrap_or_default();
    let mut error = |message: String| findings.push(row.error("type", message));
    if choices.is_empty() {
        error(format!("選択肢リスト「{list}」がchoicesシートにありません。"));
    }
    if how != Select::Multiple && choices.iter().any(|choice| choice.exclusive) {
        error(format!("リスト「{list}」にexclusiveの選択肢があります。exclusiveはselect_multipleだけで使えます。"));
    }
    if how != Select::One && choices.iter().any(|choice| choice.state.is_some()) {
        error(format!("リスト「{list}」にstateのある選択肢があります。stateはselect_oneだけで使えます。"));
    }
    if or_other {
        if choices.iter().any(|choice| choice.name == "other") {
            error(format!(
                "リスト「{list}」に選択肢「other」がすでにあります。or_otherを消すか、選択肢を消してください。"
            ));
        }
        let (name, label) = ("other".to_owned(), "その他".to_owned());
        choices.push(Choice { name, label, short: None, exclusive: false, state: None });
    }
    choices
}

/// The `default`: a value, never an expression.
fn default(row: &Row, kind: RowType, question: &QuestionKind, findings: &mut Vec<Finding>) -> Option<AnswerValue> {
    let cell = row.cell("default")?;
    let is_call = cell.ends_with(')')
        && cell.split_once('(').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        });
    if cell.contains("${") || is_call {
        let message = "defaultには値だけを書けます。式で決まる値は、calculationに書いてください。";
        findings.push(row.error("default", message));
        return None;
    }
    let values: Vec<String> = match kind {
        RowType::Hidden => return Some(AnswerValue::Text(cell.to_owned())),
        RowType::Select { how: Select::Multiple | Select::Rank, .. } => {
            cell.split_whitespace().map(str::to_owned).collect()
        }
        _ if kind.takes_answer() => vec![cell.to_owned()],
        // The column is reported as unused.
        _ => return None,
    };
    AnswerValue::parse(question, false, &RawAnswer { values, unknown: false }).unwrap_or_else(|why| {
        findings.push(row.error("default", format!("「{cell}」はこの質問の回答になりません。{why}")));
        None
    })
}

/// How the question continues those of earlier years.
fn lineage(row: &Row, findings: &mut Vec<Finding>) -> Lineage {
    let derived_from = row.cell("derived_from").unwrap_or_default();
    let derived_from = derived_from.split([' ', ',', '、', '\n']).filter(|concept| !concept.is_empty());
    Lineage {
        derived_from: derived_from.map(str::to_owned).collect(),
        not_comparable: row.cell("comparable").is_some() && !cells::yes(row, "comparable", findings),
    }
}

fn visibility(row: &Row, kind: RowType, findings: &mut Vec<Finding>) -> QuestionVisibility {
    if kind == RowType::Note {
        // A note has no results.
        return QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Public };
    }
    let mut of_column = |column: &str, meaning: &str| {
        if row.cell(column).is_none() && kind.takes_answer() {
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
