//! The generator: plausible answers from a seed, the same on every machine.
//!
//! Each municipality has a propensity that grows with the logarithm of its population and from year to year; each
//! question has a difficulty of its own. Nothing is taken from any real answer.

use shared::fiscal_year::FiscalYear;
use shared::municipality::Municipality;
use shared::questionnaire::{Choice, ChoiceState, Evaluation, Question, QuestionIndex, QuestionKind, Questionnaire};
use shared::random::{splitmix64, unit};
use shared::response::AnswerValue;
use shared::response::answer::ACKNOWLEDGED;

/// Answers of one municipality in one year.
pub struct Generator<'a> {
    questionnaire: &'a Questionnaire,
    municipality: &'a Municipality,
    year: FiscalYear,
}

impl<'a> Generator<'a> {
    /// The generator for one response.
    pub fn new(questionnaire: &'a Questionnaire, municipality: &'a Municipality, year: FiscalYear) -> Self {
        Self { questionnaire, municipality, year }
    }

    /// Answers in the questionnaire's order, complete enough to be handed in.
    pub fn answers(&self) -> Vec<(QuestionIndex, AnswerValue)> {
        let mut evaluation = Evaluation::new(&self.questionnaire.logic, Vec::new(), Vec::new());
        let mut answers = Vec::new();
        for (index, question) in self.questionnaire.indexed() {
            let asked = question.kind.takes_answer() && !question.readonly && evaluation.is_relevant(index);
            if !asked || !(evaluation.is_required(index) || self.answers_optional(question)) {
                continue;
            }
            let fitting = self.candidates(question).into_iter().find(|value| {
                evaluation.set(index, Some(value.clone()));
                !evaluation.breaks_constraint(index)
            });
            match fitting {
                Some(value) => answers.push((index, value)),
                None => drop(evaluation.set(index, None)),
            }
        }
        answers
    }

    /// A number in 0..1 that depends on the municipality, the question and, where given, the year.
    fn chance(&self, question: &Question, year: u16, salt: u64) -> f64 {
        let mut seed = salt.wrapping_add(u64::from(year));
        for byte in self.municipality.code.as_str().bytes().chain(question.concept.bytes()) {
            seed = splitmix64(seed ^ u64::from(byte));
        }
        unit(splitmix64(seed))
    }

    /// How far along the municipality is with what the question asks, about 0 (nothing) to 1 (in full operation).
    fn progress(&self, question: &Question) -> f64 {
        let population = f64::from(self.municipality.population.unwrap_or(10_000));
        let size = ((population.ln() - 7.0) / 5.6).clamp(0.0, 1.0);
        let years = f64::from(self.year.year().saturating_sub(2022)) * 0.07;
        let difficulty = question.concept.bytes().fold(17, |seed, byte| splitmix64(seed ^ u64::from(byte)));
        let own = self.chance(question, 0, 1);
        0.42 * size + 0.5 * own + years - 0.32 * unit(difficulty)
    }

    fn answers_optional(&self, question: &Question) -> bool {
        self.chance(question, self.year.year(), 2) < 0.72
    }

    /// Values to try in turn, until one keeps the constraint.
    fn candidates(&self, question: &Question) -> Vec<AnswerValue> {
        let progress = self.progress(question);
        let chance = self.chance(question, self.year.year(), 3);
        match &question.kind {
            QuestionKind::SelectOne { choices } => {
                vec![AnswerValue::Choice(one_of(question, choices, progress, chance))]
            }
            QuestionKind::SelectMultiple { choices } => vec![AnswerValue::Choices(some_of(choices, chance))],
            QuestionKind::Integer => {
                let population = i64::from(self.municipality.population.unwrap_or(10_000));
                let scale = match question.unit.as_deref() {
                    Some("人") => 2 + population / 30_000,
                    Some("千円") => 500 + population / 4,
                    Some("時間") => 20 + population / 100,
                    _ => 5 + population / 2_000,
                };
                let scaled = per_mille(progress.clamp(0.05, 1.0)) * scale / 500;
                vec![AnswerValue::Integer(scaled.max(1)), AnswerValue::Integer(1), AnswerValue::Integer(0)]
            }
            QuestionKind::Decimal if question.may_be_unknown && chance > 0.9 => {
                vec![AnswerValue::State(ChoiceState::Unknown)]
            }
            QuestionKind::Decimal => {
                let tenths = per_mille(progress.clamp(0.02, 0.98));
                let text = format!("{}.{}", tenths / 10, tenths % 10);
                text.parse().map(AnswerValue::Decimal).into_iter().collect()
            }
            QuestionKind::Text { .. } => vec![AnswerValue::Text(self.sentence(question))],
            QuestionKind::Date => vec![AnswerValue::Date(format!("{}-10-01", self.year.year()))],
            QuestionKind::Rank { choices } => {
                vec![AnswerValue::Choices(choices.iter().map(|choice| choice.name.clone()).collect())]
            }
            QuestionKind::Acknowledge => vec![AnswerValue::Choice(ACKNOWLEDGED.to_owned())],
            QuestionKind::Calculate | QuestionKind::Hidden | QuestionKind::Note => Vec::new(),
        }
    }

    fn sentence(&self, question: &Question) -> String {
        let name = &self.municipality.name;
        if question.concept.ends_with("url") {
            return "https://example.jp/".to_owned();
        }
        format!("{name}の架空の回答です（デモデータ）。")
    }
}

/// Which one: levels rise with progress; other lists are ordered from the most advanced choice down.
fn one_of(question: &Question, choices: &[Choice], progress: f64, chance: f64) -> String {
    // One in fifty has nothing of the kind (該当なし), one in a hundred does not know (不明).
    let mut without_value = choices.iter().filter(|c| c.state.is_some());
    let stated = match chance {
        c if c > 0.99 => without_value.next_back(),
        c if c > 0.97 => without_value.next(),
        _ => None,
    };
    let plain: Vec<&Choice> = choices.iter().filter(|c| c.state.is_none()).collect();
    let levels = plain.first().is_some_and(|c| c.name == "0");
    let ease = match question.concept.as_str() {
        "engaged.administration" => 0.42,
        "engaged.living" => 0.22,
        "engaged.industry" => 0.08,
        _ => 0.0,
    };
    let last = plain.len().saturating_sub(1);
    let rank = rank_of((progress + ease).clamp(0.0, 0.999), plain.len());
    let place = if levels { rank } else { last - rank.min(last) };
    stated.or(plain.get(place).copied()).or(choices.first()).map(|c| c.name.clone()).unwrap_or_default()
}

/// Which ones: one to three that may stand together; 「その他」 last in the list is left out.
fn some_of(choices: &[Choice], chance: f64) -> Vec<String> {
    let plain: Vec<&Choice> = choices.iter().filter(|c| !c.exclusive && c.label != "その他").collect();
    let first = rank_of(chance, plain.len());
    let wanted = 1 + first % 3;
    let picked: Vec<&str> =
        plain.iter().cycle().skip(first).step_by(2).take(wanted.min(plain.len())).map(|c| c.name.as_str()).collect();
    choices.iter().filter(|c| picked.contains(&c.name.as_str())).map(|c| c.name.clone()).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0..1")]
fn rank_of(share: f64, of: usize) -> usize {
    ((share * of as f64) as usize).min(of.saturating_sub(1))
}

#[expect(clippy::cast_possible_truncation, reason = "0..1")]
fn per_mille(share: f64) -> i64 {
    (share * 1000.0).round() as i64
}
