//! What a round asks, and how that differs from the round before.

use serde::{Deserialize, Serialize};

/// A round's questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionnaireOfRound {
    /// Its title.
    pub title: String,
    /// Id of the form.
    pub form_id: String,
    /// Version of the form.
    pub version: String,
    /// Its sections, in order.
    pub sections: Vec<SectionOfQuestionnaire>,
    /// How it differs from the round before; null where there is none.
    pub differences: Option<DifferencesOfQuestionnaire>,
    /// Its questions that continue one whose answers nobody used in the round before.
    pub unused: Vec<UnusedQuestion>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectionOfQuestionnaire {
    /// Its title.
    pub title: String,
    /// How many questions it asks.
    pub questions: usize,
    /// Expected minutes to fill it.
    pub minutes: u16,
}

/// What is asked differently. Questions are told by number and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifferencesOfQuestionnaire {
    /// Fiscal year (西暦) of the round before.
    pub since: u16,
    /// Questions that continue none.
    pub added: Vec<String>,
    /// Questions that nothing continues.
    pub dropped: Vec<String>,
    /// Questions that are asked differently.
    pub changed: Vec<QuestionAskedDifferently>,
    /// What differs around the questions, one sentence each: their order, headings, leads and notes.
    pub form: Vec<String>,
    /// How many are asked as before.
    pub unchanged: usize,
    /// What else deserves a look, one sentence each.
    pub remarks: Vec<String>,
}

/// A question that is asked differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionAskedDifferently {
    /// The question as it is asked now.
    pub question: String,
    /// Those of the round before that it continues.
    pub earlier: Vec<String>,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
}

/// A question whose answers nobody used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnusedQuestion {
    /// The question.
    pub question: String,
    /// Whether rules of other questions mention it.
    pub mentioned: bool,
}
