//! A municipality's rows against the questionnaire's own logic.

use std::collections::BTreeMap;

use shared::municipality::MunicipalityCode;
use shared::questionnaire::{Evaluation, Question, QuestionIndex};
use shared::response::{AnswerValue, Cell, cell_of};

use super::columns::STATE;
use super::said::{Said, Told};
use super::{Response, Wanted};
use crate::import::fault::Faults;

/// So many questions without a row are named.
const NAMED: usize = 5;

/// One municipality's response, or faults.
pub(super) fn response(
    wanted: &Wanted<'_>,
    code: MunicipalityCode,
    said: &BTreeMap<QuestionIndex, Said>,
    faults: &mut Faults,
) -> Option<Response> {
    let line = said.values().map(|said| said.line).min()?;
    let questions: Vec<(QuestionIndex, &Question)> =
        wanted.questionnaire.indexed().filter(|(_, question)| question.kind.takes_answer()).collect();
    if said.values().all(|said| said.told == Told::NotSubmitted) {
        return Some(Response { code, line, cells: vec![Cell::NotSubmitted; questions.len()], answers: None });
    }
    if let Some(other) = said.values().find(|said| said.told == Told::NotSubmitted) {
        let message = format!(
            "市町村 {code} は、ほかの行では提出しています。未提出なら、すべての設問を not_submitted にしてください。"
        );
        faults.cell(other.line, STATE, message);
        return None;
    }
    if !complete(code, line, &questions, said, faults) {
        return None;
    }
    let mut answers: BTreeMap<QuestionIndex, Option<AnswerValue>> = BTreeMap::new();
    for (index, question) in &questions {
        let said = said.get(index)?;
        match said.answer(question) {
            Ok(answer) => drop(answers.insert(*index, answer)),
            Err((column, message)) => faults.cell(said.line, column, format!("{}: {message}", question.name)),
        }
    }
    if answers.len() < questions.len() {
        return None;
    }
    agrees(wanted, code, &questions, said, &answers, faults).then(|| {
        let cell = |(index, question): &(QuestionIndex, &Question)| said[index].cell(question, answers[index].as_ref());
        Response {
            code,
            line,
            cells: questions.iter().map(cell).collect(),
            answers: Some(stored(wanted, &questions, &answers)),
        }
    })
}

fn complete(
    code: MunicipalityCode,
    line: u64,
    questions: &[(QuestionIndex, &Question)],
    said: &BTreeMap<QuestionIndex, Said>,
    faults: &mut Faults,
) -> bool {
    let missing: Vec<&str> =
        questions.iter().filter(|(index, _)| !said.contains_key(index)).map(|(_, q)| q.name.as_str()).collect();
    if missing.is_empty() {
        return true;
    }
    let more = if missing.len() > NAMED { " ほか" } else { "" };
    let named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    let message = format!(
        "市町村 {code} には、{}問の行がありません（{named}{more}）。値がない設問も、状態を blank（無回答）や skipped（分岐により対象外）にして入れてください。",
        missing.len()
    );
    faults.row(line, message);
    false
}

/// Whether the questionnaire's logic on these answers says the same of every question.
fn agrees(
    wanted: &Wanted<'_>,
    code: MunicipalityCode,
    questions: &[(QuestionIndex, &Question)],
    said: &BTreeMap<QuestionIndex, Said>,
    answers: &BTreeMap<QuestionIndex, Option<AnswerValue>>,
    faults: &mut Faults,
) -> bool {
    let questionnaire = wanted.questionnaire;
    let value = |(index, question): (QuestionIndex, &Question)| match answers.get(&index) {
        Some(answer) => answer.clone(),
        None => question.default.clone(),
    };
    let values = questionnaire.indexed().map(value).collect();
    let previous = wanted.previous.get(&code).cloned().unwrap_or_default();
    let evaluation = Evaluation::new(&questionnaire.logic, values, previous);
    let mut agree = true;
    for (index, question) in questions {
        let said = &said[index];
        let told = said.cell(question, answers[index].as_ref());
        let found = cell_of(question, evaluation.is_relevant(*index), evaluation.value(*index));
        let message = match (&told, &found) {
            (told, found) if told == found => match evaluation.breach(*index) {
                None => continue,
                Some(breach) => breach.message(question.constraint_message.as_deref()).to_owned(),
            },
            (_, Cell::Skipped) => {
                "ほかの回答によれば、この設問は分岐により対象外です。状態を skipped にし、値を消してください。"
                    .to_owned()
            }
            (Cell::Skipped, _) => {
                "ほかの回答によれば、この設問は回答の対象です。値を入れるか、状態を blank にしてください。".to_owned()
            }
            (_, found) => format!("計算した値（{}）と合いません。", in_words(found)),
        };
        faults.cell(said.line, STATE, format!("市町村 {code} の {}: {message}", question.name));
        agree = false;
    }
    agree
}

/// What is kept of the answers: nothing that is worked out, and no blank but one that holds against a default.
fn stored(
    wanted: &Wanted<'_>,
    questions: &[(QuestionIndex, &Question)],
    answers: &BTreeMap<QuestionIndex, Option<AnswerValue>>,
) -> Vec<(shared::questionnaire::QuestionName, Option<AnswerValue>)> {
    let rules = &wanted.questionnaire.logic.rules;
    let typed = questions
        .iter()
        .filter(|(index, _)| rules.get(usize::from(index.0)).is_none_or(|rules| rules.calculation.is_none()));
    let kept = typed.filter_map(|(index, question)| {
        let answer = answers.get(index)?.clone();
        (answer.is_some() || question.default.is_some()).then(|| (question.name.clone(), answer))
    });
    kept.collect()
}

fn in_words(cell: &Cell) -> String {
    match cell {
        Cell::Value(value) => value.raw().values.join("、"),
        other => other.label().to_owned(),
    }
}
