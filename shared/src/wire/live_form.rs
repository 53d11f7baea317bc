//! What a section page hands to its island: the logic and the answers that the section needs, without any text already
//! on the page.

use serde::{Deserialize, Serialize};

use crate::questionnaire::logic::Logic;
use crate::questionnaire::{QuestionIndex, QuestionKind};
use crate::response::AnswerValue;

/// A section's form, ready to be evaluated in the browser.
///
/// Questions keep their place in the questionnaire; what the section does not depend on has no rules and no values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveForm {
    /// Where single answers are saved: this, a slash, the question's name, [`Self::query`].
    pub save_to: String,
    /// `?lang=en` where the page is read in another language, so that what is said of an answer is too.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// Rules of the section's questions and of all that those depend on.
    pub logic: Logic,
    /// The answers of the same questions.
    pub values: Sparse,
    /// Their answers of the year before.
    #[serde(default, skip_serializing_if = "Sparse::is_empty")]
    pub previous: Sparse,
    /// The section's own questions.
    pub questions: Vec<LiveQuestion>,
}

/// Answers by their question's place; most have none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sparse(pub Vec<(QuestionIndex, AnswerValue)>);

impl Sparse {
    /// No answers at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One entry a question.
    pub fn spread(&self, questions: usize) -> Vec<Option<AnswerValue>> {
        let mut values = vec![None; questions];
        for (index, value) in &self.0 {
            if let Some(place) = values.get_mut(usize::from(index.0)) {
                *place = Some(value.clone());
            }
        }
        values
    }
}

/// A question on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveQuestion {
    /// Its place in the questionnaire.
    pub index: QuestionIndex,
    /// Its name, also the input's name.
    pub name: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Whether 「不明」 stands beside the field.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may_be_unknown: bool,
    /// It cannot be typed here: worked out by the form, or locked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
    /// Revision of the answer on the screen; 0 without one.
    pub revision: u32,
    /// Message when the constraint fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint_message: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}
