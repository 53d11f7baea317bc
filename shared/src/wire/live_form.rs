//! What a section page hands to its island: the logic and the answers, without any text already on the page.

use serde::{Deserialize, Serialize};

use crate::questionnaire::logic::Logic;
use crate::questionnaire::{QuestionIndex, QuestionKind};
use crate::response::AnswerValue;

/// A section's form, ready to be evaluated in the browser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveForm {
    /// Where single answers are saved: this, a slash, the question's name. Empty when the form is read-only.
    pub save_to: String,
    /// Rules of the whole questionnaire.
    pub logic: Logic,
    /// The saved answer to every question of the questionnaire, by index.
    pub values: Vec<Option<AnswerValue>>,
    /// The section's own questions.
    pub questions: Vec<LiveQuestion>,
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
    pub may_be_unknown: bool,
    /// Revision of the answer on the screen; 0 without one.
    pub revision: u32,
    /// Message when the constraint fails.
    pub constraint_message: Option<String>,
}
