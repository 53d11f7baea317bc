//! The words that stand beside an answer.

use app::components::question::earlier_in_words;
use shared::questionnaire::{Evaluation, Group, Question, QuestionIndex, QuestionKind, Section};

use crate::service::answering::Form;
use crate::workbook::layout;

/// The words beside an answer.
#[derive(Default)]
pub(super) struct Words {
    /// 設問
    pub text: String,
    /// 章・項目
    pub part: String,
    /// 単位
    pub unit: String,
    /// 前年度の回答
    pub previous: String,
    /// 必須・任意
    pub required: String,
    /// 説明・定義
    pub definition: String,
    /// 公開範囲
    pub visibility: String,
}

impl Words {
    /// What stands beside a question in that part of the questionnaire.
    pub fn of(form: &Form, evaluation: &Evaluation<'_>, index: QuestionIndex, part: &str) -> Self {
        let question = form.questionnaire.question(index);
        Self {
            text: question.label.clone(),
            part: part.to_owned(),
            unit: question.unit.clone().unwrap_or_default(),
            previous: previous(form, question),
            required: required(form, evaluation, index).to_owned(),
            definition: definition(form, index),
            visibility: visibility(question),
        }
    }
}

/// The column 必須・任意.
fn required(form: &Form, evaluation: &Evaluation<'_>, index: QuestionIndex) -> &'static str {
    let question = form.questionnaire.question(index);
    match question.kind {
        QuestionKind::Note => "説明",
        QuestionKind::Calculate => "自動計算",
        QuestionKind::Hidden => "記入不要",
        _ if question.readonly => "変更不可",
        _ if !evaluation.is_relevant(index) => "対象外\n（現在）",
        _ if form.locked(index).is_some() => "変更不可",
        _ if evaluation.is_required(index) => "必須",
        _ => "任意",
    }
}

fn previous(form: &Form, question: &Question) -> String {
    let Some(previous) = form.previous.get(&question.name) else { return String::new() };
    if question.reason_for.is_some() && previous.sources.iter().all(|source| source.value.is_none()) {
        return String::new();
    }
    let words = earlier_in_words(previous.answers());
    if previous.comparable { words } else { format!("{words}\n（設問が変わっています）") }
}

/// Why it was sent back or is locked, hint, definition, and how the answer is to be written.
fn definition(form: &Form, index: QuestionIndex) -> String {
    let question = form.questionnaire.question(index);
    let how = match &question.kind {
        QuestionKind::Text { max_length, .. } => Some(format!("{max_length}文字以内")),
        QuestionKind::Integer => Some("整数".to_owned()),
        QuestionKind::Date => Some("日付（例：2026/11/30）".to_owned()),
        QuestionKind::SelectOne { .. } => Some("1つ選ぶ（▼）".to_owned()),
        QuestionKind::Decimal
        | QuestionKind::SelectMultiple { .. }
        | QuestionKind::Rank { .. }
        | QuestionKind::Acknowledge
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => None,
    };
    let unknown = question.may_be_unknown.then(|| format!("分からないときは「{}」", layout::UNKNOWN));
    let how: Vec<String> = how.into_iter().chain(unknown).collect();
    let how = (!how.is_empty()).then(|| how.join("。"));
    let returned = form.returned.iter().find(|returned| returned.question == question.name);
    let returned = returned.map(|returned| format!("【差戻し】{}", returned.reason));
    let parts = [returned, form.locked(index), question.hint.clone(), question.definition.clone(), how];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// 「産業・しごと　農林水産業」, 「取組事例（2件目）」
pub(super) fn part(section: &Section, group: &Group) -> String {
    let title = group.title.as_deref().filter(|title| *title != section.title);
    let nth = group.instance.as_ref().map(|instance| format!("（{}件目）", instance.number)).unwrap_or_default();
    match title {
        Some(title) => format!("{}\n{title}{nth}", section.title),
        None => format!("{}{nth}", section.title),
    }
}

fn visibility(question: &Question) -> String {
    if !question.kind.takes_answer() {
        return String::new();
    }
    let (aggregate, named) = (question.visibility.aggregate.label(), question.visibility.named.label());
    format!("集計値：{aggregate}\n市町村別：{named}")
}
