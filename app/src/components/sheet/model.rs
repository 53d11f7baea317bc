//! What a page must know about an answer.

use shared::questionnaire::{Question, SectionName};
use shared::response::AnswerValue;

/// Every section of a response, in the order of the paper form.
pub type Sheet = Vec<SheetSection>;

/// A section's answers.
#[derive(Debug, Clone)]
pub struct SheetSection {
    /// Part of the address.
    pub name: SectionName,
    /// Heading.
    pub title: String,
    /// Lead below the heading.
    pub lead: Option<String>,
    /// Its groups, in order; without those of which nothing is asked because they repeat another.
    pub groups: Vec<SheetGroup>,
}

/// A group's answers.
#[derive(Debug, Clone)]
pub struct SheetGroup {
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// The questions that take an answer, in order.
    pub questions: Vec<SheetQuestion>,
}

/// One question's answer.
#[derive(Debug, Clone)]
pub struct SheetQuestion {
    /// The question.
    pub question: Question,
    /// Whether it is asked at present.
    pub relevant: bool,
    /// Whether it must be answered at present.
    pub required: bool,
    /// The answer as it holds.
    pub answer: Option<AnswerValue>,
    /// The own answer of the year before, where the question continues one.
    pub last_year: Option<LastYearWords>,
    /// What prevents submission: a missing required answer, a broken constraint.
    pub problem: Option<String>,
    /// What should be looked at again; it prevents nothing.
    pub warning: Option<String>,
    /// Why the prefecture sent the question back.
    pub returned: Option<String>,
    /// Address of the input, e.g. `/answer/2026/industry?from=check#q-ind_1`; `None` when it cannot be changed.
    pub change_href: Option<String>,
}

/// The own answer of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastYearWords {
    /// 「令和7年度」
    pub year: String,
    /// The answer in the words of that year; 「未回答」 for a blank.
    pub words: String,
    /// The question was asked differently: the years must not be compared.
    pub changed: bool,
}

/// All questions of a sheet, in order.
pub fn questions(sheet: &[SheetSection]) -> impl Iterator<Item = &SheetQuestion> {
    sheet.iter().flat_map(|section| &section.groups).flat_map(|group| &group.questions)
}
