//! Measures how long it takes to work out what follows from one changed answer, question by question.
//!
//! `cargo run --release -p server --example logic_bench -- FOLDER…` prints one line of JSON for each folder of XLSForm
//! sheets; times are in milliseconds. Every question that takes an answer is changed to and fro, once with all others
//! answered one way and once with all answered another way, so that a question that is asked in either is measured.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::bail;
use serde_json::{Value, json};
use server::xlsform::{Compilation, Finding, compile, read};
use shared::questionnaire::{Evaluation, Question, QuestionIndex, QuestionKind, Questionnaire};
use shared::response::AnswerValue;
use shared::response::answer::{ACKNOWLEDGED, RawAnswer};

/// Changes of one question; their median is its time.
const CHANGES: usize = 25;

/// Two answers to each question.
type Answers = Vec<[Option<AnswerValue>; 2]>;

fn main() -> anyhow::Result<()> {
    for folder in std::env::args().skip(1) {
        let Compilation { questionnaire, findings } = compile(&read(Path::new(&folder))?);
        let Some(form) = questionnaire else {
            bail!("{}", findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n"));
        };
        println!("{}", measure(&form));
    }
    Ok(())
}

fn measure(form: &Questionnaire) -> Value {
    let answers: Answers = form.questions.iter().map(two_answers).collect();
    let all = |which: usize| answers.iter().map(|two| two[which].clone()).collect::<Vec<_>>();
    let asked = indices(form).filter(|index| form.question(*index).kind.takes_answer()).count();
    let calculations = form.logic.rules.iter().filter(|rules| rules.calculation.is_some()).count();

    let whole = median((0..CHANGES).map(|_| timed(|| Evaluation::new(&form.logic, all(0), Vec::new()))).collect());
    let (mut changes, mut readings, mut worst) = (Vec::new(), Vec::new(), 0.0_f64);
    for which in [0, 1] {
        let mut evaluation = Evaluation::new(&form.logic, all(which), Vec::new());
        for index in indices(form).filter(|index| form.question(*index).kind.takes_answer()) {
            let two = &answers[usize::from(index.0)];
            let (mut change, mut reading) = (Vec::new(), Vec::new());
            for turn in 1..=2 * CHANGES {
                let value = two[(which + turn) % 2].clone();
                change.push(timed(|| evaluation.set(index, value)));
                reading.push(timed(|| read_all(form, &evaluation)));
            }
            worst = change.iter().copied().fold(worst, f64::max);
            let (change, reading) = (median(change), median(reading));
            changes.push(change);
            readings.push(change + reading);
        }
    }
    json!({
        "title": form.title,
        "questions": asked,
        "calculations": calculations,
        "change_p50": median(changes.clone()),
        "change_max": changes.iter().copied().fold(0.0, f64::max),
        "change_worst_single": worst,
        "change_and_reading_max": readings.iter().copied().fold(0.0, f64::max),
        "from_scratch": whole,
        "check": check(form, &answers),
    })
}

/// The sum of all calculated numbers after the first question got its other answer: other engines must come to the same.
fn check(form: &Questionnaire, answers: &Answers) -> f64 {
    let first = answers.iter().map(|two| two[0].clone()).collect();
    let mut evaluation = Evaluation::new(&form.logic, first, Vec::new());
    evaluation.set(QuestionIndex(0), answers[0][1].clone());
    let calculated = indices(form).filter(|index| form.logic.rules[usize::from(index.0)].calculation.is_some());
    let number = |index| match evaluation.value(index) {
        Some(AnswerValue::Decimal(number)) => number.to_f64(),
        Some(AnswerValue::Integer(number)) => number.to_string().parse().unwrap_or(f64::NAN),
        _ => 0.0,
    };
    calculated.map(number).sum()
}

/// Everything that a page shows of the logic.
fn read_all(form: &Questionnaire, evaluation: &Evaluation) -> usize {
    let noticed = |index: &QuestionIndex| {
        let index = *index;
        let (required, unusual) = (evaluation.is_required(index), evaluation.is_unusual(index));
        evaluation.is_relevant(index) | required | unusual | evaluation.breach(index).is_some()
    };
    indices(form).filter(noticed).count()
}

fn indices(form: &Questionnaire) -> impl Iterator<Item = QuestionIndex> + use<> {
    (0..u16::try_from(form.questions.len()).unwrap_or(u16::MAX)).map(QuestionIndex)
}

/// Two different answers, both as if typed; none where none can be given.
fn two_answers(question: &Question) -> [Option<AnswerValue>; 2] {
    let choice =
        |place: usize| question.kind.choices().get(place).map(|choice| choice.name.clone()).unwrap_or_default();
    let last = question.kind.choices().len().saturating_sub(1);
    let typed = match question.kind {
        QuestionKind::Text { .. } => [vec!["あ".to_owned()], vec!["い".to_owned()]],
        QuestionKind::Integer | QuestionKind::Decimal => [vec!["1".to_owned()], vec!["2".to_owned()]],
        QuestionKind::Date => [vec!["2026-04-01".to_owned()], vec!["2027-03-31".to_owned()]],
        QuestionKind::SelectOne { .. } | QuestionKind::SelectMultiple { .. } => [vec![choice(0)], vec![choice(last)]],
        QuestionKind::Rank { .. } => [vec![choice(0), choice(1)], vec![choice(1), choice(0)]],
        QuestionKind::Acknowledge => [vec![ACKNOWLEDGED.to_owned()], Vec::new()],
        QuestionKind::Calculate | QuestionKind::Hidden | QuestionKind::Note => [Vec::new(), Vec::new()],
    };
    typed.map(|values| {
        AnswerValue::parse(&question.kind, question.may_be_unknown, &RawAnswer { values, unknown: false })
            .ok()
            .flatten()
    })
}

/// Milliseconds; what was made is dropped after the clock has stopped.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = black_box(work());
    let took = start.elapsed();
    drop(made);
    took.as_secs_f64() * 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
