//! 点検: what in the responses of a round should be looked at a second time.
//!
//! Nothing here knows what the survey asks. The rules are the questionnaire's own (constraints, soft checks, thresholds of
//! change, lineage); beside them stand the distance from all others and what was left blank. A finding is no fault: it
//! names the answer and what it was held against, and a person decides.
//!
//! - [`finding`]: what was found, and how much it weighs
//! - [`contradictions`]: an answer breaks a rule of the questionnaire, or an unusual one stands with or without its reason
//! - [`jumps`]: it changed by much since the year before
//! - [`outliers`]: it lies far from everybody else's
//! - [`blanks`]: there is none

pub mod blanks;
pub mod contradictions;
pub mod finding;
pub mod jumps;
pub mod outliers;
#[cfg(test)]
mod samples;

use crate::questionnaire::{Evaluation, Question, QuestionIndex, Questionnaire};
use crate::response::{AnswerValue, Decimal};

pub use finding::{Evidence, Finding, Kind, Related};
pub use outliers::{Outlier, Place, Values};

/// A response as it is looked through.
#[derive(Debug, Clone, Copy)]
pub struct Examined<'r> {
    /// What is asked.
    pub questionnaire: &'r Questionnaire,
    /// What was answered.
    pub evaluation: &'r Evaluation<'r>,
    /// What was answered the year before, by [`QuestionIndex`]: only where results of both years may be compared.
    pub previous: &'r [Option<Earlier<'r>>],
}

/// An answer of the year before.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'r> {
    /// The question as it was then.
    pub question: &'r Question,
    /// The answer.
    pub value: &'r AnswerValue,
}

impl<'r> Examined<'r> {
    /// All that the response says by itself, in the questionnaire's order: everything but [`outliers`].
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = contradictions::find(self);
        findings.extend(jumps::find(self));
        findings.extend(blanks::find(self));
        findings.sort_by_key(|finding| finding.question);
        findings
    }

    /// The answer that counts: given, and asked for at present.
    fn answer(&self, index: QuestionIndex) -> Option<&'r AnswerValue> {
        self.evaluation.value(index).filter(|_| self.evaluation.is_relevant(index))
    }

    fn then(&self, index: QuestionIndex) -> Option<&Earlier<'r>> {
        self.previous.get(usize::from(index.0))?.as_ref()
    }

    fn finding(&self, index: QuestionIndex, evidence: Evidence) -> Finding {
        Finding {
            question: index,
            now: self.answer(index).cloned(),
            then: self.then(index).map(|then| then.value.clone()),
            evidence,
        }
    }

    /// What was written to explain an unusual answer.
    fn reason(&self, index: QuestionIndex) -> Option<String> {
        let reason = self.questionnaire.logic.rules.get(usize::from(index.0))?.reason?;
        match self.answer(reason)? {
            AnswerValue::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// The number that was answered.
fn number(value: &AnswerValue) -> Option<f64> {
    match value {
        AnswerValue::Integer(number) => Some(Decimal::from(*number).to_f64()),
        AnswerValue::Decimal(number) => Some(number.to_f64()),
        AnswerValue::Text(_)
        | AnswerValue::Date(_)
        | AnswerValue::Choice(_)
        | AnswerValue::Choices(_)
        | AnswerValue::State(_) => None,
    }
}
