//! Sections handed out inside a municipality (課・担当者への割り振り).

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::time::Timestamp;

use super::Author;

/// A section's task at its latest revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionTask {
    /// The section.
    pub section: SectionName,
    /// Counted from 1.
    pub revision: u32,
    /// 課名・氏名 of who fills it; may be empty.
    pub assignee: String,
    /// How far it is.
    pub state: SectionTaskState,
    /// What they tell one another.
    pub comment: String,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

impl SectionTask {
    /// Whether it was handed to whoever has that name. Names are typed by hand: spaces are no difference.
    pub fn is_assigned_to(&self, name: &str) -> bool {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        !name.trim().is_empty() && bare(&self.assignee) == bare(name)
    }
}

/// A revision of a section's task to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSectionTask {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The section.
    pub section: SectionName,
    /// Revision it was changed from; 0 when there was none.
    pub revision: u32,
    /// 課名・氏名 of who fills it; may be empty.
    pub assignee: String,
    /// How far it is.
    pub state: SectionTaskState,
    /// What they tell one another.
    pub comment: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
