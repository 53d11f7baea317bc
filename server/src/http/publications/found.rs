//! One revision with the one that it corrects: its page and the API say the same of it.

use std::sync::Arc;

use app::components::question::in_words;
use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;
use shared::publication::difference::Differences;
use shared::questionnaire::Questionnaire;
use shared::response::Cell;
use shared::visibility::Visibility;

use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::{AccountRecord, PublishedRound};

/// A revision that was found.
pub struct Found {
    /// Every revision of every year.
    pub revisions: Vec<PublishedRound>,
    /// Itself.
    pub kept: PublishedRound,
    /// What it holds.
    pub publication: Publication,
    /// The revision before, unless it was taken back: then it is no reader's to compare with.
    pub before: Option<Publication>,
    /// What was asked.
    pub questionnaire: Arc<Questionnaire>,
}

impl Found {
    /// The revision at an address, if the account may see it.
    pub async fn at(
        state: &AppState,
        account: Option<&AccountRecord>,
        year: &str,
        revision: &str,
    ) -> Result<Self, Refusal> {
        let (year, revision): (FiscalYear, u32) = (parse_year(year)?, revision.parse().map_err(|_| Error::NotFound)?);
        let service = &state.service;
        let revisions = service.revisions().await?;
        let kept = |revision: u32| revisions.iter().find(|kept| (kept.year, kept.revision) == (year, revision));
        let itself = kept(revision).ok_or(Error::NotFound)?.clone();
        let publication = service.revision(account, &itself).await?;
        let (form_id, version) = &publication.snapshot.questionnaire;
        let questionnaire = service.questionnaire_version(form_id, version).await?;
        let before = match revision.checked_sub(1).and_then(kept) {
            None => None,
            Some(before) => match service.revision(account, before).await {
                Ok(before) => Some(before),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
        };
        Ok(Self { kept: itself, publication, before, questionnaire, revisions })
    }

    /// What it says differently from the revision before; `None` without one.
    pub fn differences(&self, reader: Visibility) -> Option<Differences<'_>> {
        let before = self.before.as_ref()?;
        Some(self.publication.snapshot.differences_from(&before.snapshot, reader))
    }

    /// What stands in a cell of the question of that name, in words.
    pub fn words(&self, question: &str, cell: &Cell) -> String {
        match (cell, self.questionnaire.find(question)) {
            (Cell::Value(value), Some(index)) => in_words(self.questionnaire.question(index), value),
            (state, _) => state.label().to_owned(),
        }
    }
}
