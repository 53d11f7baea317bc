//! Responses for tests.

use super::{Earlier, Examined};
use crate::questionnaire::logic::{Logic, Rules};
use crate::questionnaire::{Evaluation, Question, QuestionKind, Questionnaire, samples};
use crate::response::AnswerValue;

/// A questionnaire with its rules.
pub struct Sample {
    pub questionnaire: Questionnaire,
}

impl Sample {
    pub fn new(questions: Vec<Question>, rules: Vec<Rules>) -> Self {
        let logic = Logic::of(rules).expect("no circle");
        Self { questionnaire: Questionnaire { logic, ..samples::questionnaire(questions) } }
    }

    /// What `find` finds in those answers, by question, beside those of the year before.
    pub fn examine<T>(
        &self,
        values: &[Option<AnswerValue>],
        before: &[Option<AnswerValue>],
        find: impl FnOnce(&Examined<'_>) -> T,
    ) -> T {
        let evaluation = Evaluation::new(&self.questionnaire.logic, values.to_vec(), before.to_vec());
        let earlier = |(question, value)| Some(Earlier { question, value: Option::as_ref(value)? });
        let previous: Vec<Option<Earlier<'_>>> = self.questionnaire.questions.iter().zip(before).map(earlier).collect();
        find(&Examined { questionnaire: &self.questionnaire, evaluation: &evaluation, previous: &previous })
    }
}

/// A question of that kind.
pub fn question_of(name: &str, kind: QuestionKind) -> Question {
    Question { kind, ..samples::question(name, &[]) }
}

/// A whole number as an answer.
#[expect(clippy::unnecessary_wraps, reason = "answers stand beside blanks")]
pub fn integer(number: i64) -> Option<AnswerValue> {
    Some(AnswerValue::Integer(number))
}
