//! Where a municipality stands, right after it has handed in.
//!
//! - [`position`]: its own place among municipalities of like size
//! - [`changes`]: what it answered otherwise than the year before
//!
//! How that is counted, and what of it a reader may see, is `shared::comparison`'s.
//!
//! Others' answers are taken from the last finalized round; from this round only once its time for answers is over,
//! and then as 速報.

pub mod changes;
pub mod position;
#[cfg(test)]
mod samples;

use shared::comparison::elsewhere::{Others, Own};
use shared::comparison::peers::nearest;
use shared::comparison::{Changes, Elsewhere, Wanted, elsewhere};
use shared::fiscal_year::FiscalYear;
use shared::indicator::FieldEngagement;
use shared::publication::{PublishedMunicipality, Snapshot};
use shared::response::{Cell, cell_of};
use shared::round::RoundState;
use shared::tabulation::SmallCells;
use shared::visibility::Visibility;

use super::answering::Form;
use super::publishing::published_questions;
use super::{Error, Result, Service};
use crate::store::{AccountRecord, RoundRecord};

pub use changes::changes;
pub use position::{NoPosition, Position, PositionRow, position};

/// Where a municipality stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Among the results of the last finalized round; `None` before the first.
    pub last: Option<Compared>,
    /// 速報: among this round's answers, between its closing and its finalization.
    pub provisional: Option<Compared>,
    /// Against its own answers of the year before; `None` where there are none.
    pub changes: Option<Changes>,
    /// What it plans, with who already did it in the last finalized round.
    pub planned: Vec<Elsewhere>,
}

/// A round's results and the own place among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The round.
    pub year: FiscalYear,
    /// The place, or why there is none.
    pub position: std::result::Result<Position, NoPosition>,
}

impl Service {
    /// Where the form's municipality stands, as far as the account may see.
    pub async fn standing(&self, account: &AccountRecord, form: &Form) -> Result<Standing> {
        let own = own_cells(form);
        let handed_in = self.own_snapshot(form).await?;
        let reader = account.clearance();
        let publications = self.publications().await?;
        let is_published = |year| publications.iter().any(|publication| publication.year == year);
        let (last, planned) = match self.last_finalized(&form.round, &is_published).await? {
            None => (None, Vec::new()),
            Some(round) => {
                let published = publications.iter().find(|publication| publication.year == round.year);
                let computed;
                let snapshot = if let Some(publication) = published {
                    &publication.snapshot
                } else {
                    computed = self.snapshot(&round).await?;
                    &computed
                };
                (Some(compared(&handed_in, snapshot, reader)), planned(&handed_in, snapshot, reader))
            }
        };
        let provisional = match form.round.state {
            // While a correction is under way, what is published stands.
            RoundState::Closed if !is_published(form.round.year) => {
                Some(compared(&handed_in, &self.snapshot(&form.round).await?, reader))
            }
            RoundState::Draft
            | RoundState::Open
            | RoundState::Closed
            | RoundState::Finalized
            | RoundState::Published => None,
        };
        Ok(Standing { last, provisional, changes: changes(&form.questionnaire, &own, &form.previous), planned })
    }

    /// The response alone, as a snapshot: what the municipality may take home as a file.
    pub async fn own_snapshot(&self, form: &Form) -> Result<Snapshot> {
        let questionnaire = &form.questionnaire;
        let reference_date = form.round.dates.map(|dates| dates.reference_date).ok_or(Error::NotFound)?;
        let questions = published_questions(questionnaire);
        let own = own_cells(form);
        let cell = |name: &str| questionnaire.find(name).and_then(|index| own.get(usize::from(index.0))).cloned();
        let cells = questions.iter().map(|question| cell(&question.name).unwrap_or(Cell::NotAsked)).collect();
        let (municipality, state) = (form.municipality.clone(), form.response.state);
        Ok(Snapshot {
            year: form.round.year,
            reference_date,
            questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
            questions,
            municipalities: vec![PublishedMunicipality { municipality, state, fields: FieldEngagement::new(), cells }],
            indicators: Vec::new(),
            demonstration: self.is_demonstration().await?,
            small_cells: SmallCells::default(),
        })
    }

    /// The last round whose results stood when this one was asked; this one itself once its own do.
    async fn last_finalized(
        &self,
        round: &RoundRecord,
        is_published: &(dyn Fn(FiscalYear) -> bool + Sync),
    ) -> Result<Option<RoundRecord>> {
        let rounds = self.store.rounds().await?.into_iter();
        let stands = |other: &RoundRecord| is_final(other.state) || is_published(other.year);
        Ok(rounds.filter(|other| other.year <= round.year && stands(other)).max_by_key(|other| other.year))
    }
}

fn is_final(state: RoundState) -> bool {
    matches!(state, RoundState::Finalized | RoundState::Published)
}

fn compared(handed_in: &Snapshot, snapshot: &Snapshot, reader: Visibility) -> Compared {
    Compared { year: snapshot.year, position: position(handed_in, snapshot, reader) }
}

/// What the response just handed in plans, with all others who did it in the snapshot's round; nearest in population
/// first, those of unknown size in the register's order.
fn planned(handed_in: &Snapshot, snapshot: &Snapshot, reader: Visibility) -> Vec<Elsewhere> {
    let Some(own) = handed_in.municipalities.first() else { return Vec::new() };
    let others = || snapshot.municipalities.iter().filter(|m| m.municipality.code != own.municipality.code);
    let near = nearest(&own.municipality, others()).unwrap_or_default();
    let far = others().filter(|m| near.iter().all(|n| n.municipality.code != m.municipality.code));
    let ordered: Vec<_> = near.iter().copied().chain(far).collect();
    let others = Others { round: snapshot, named: &ordered, counted: &ordered };
    elsewhere(Wanted::Planned, Own { round: handed_in, cells: &own.cells }, others, reader)
}

/// The form's answers, one cell a question in the questionnaire's order.
fn own_cells(form: &Form) -> Vec<Cell> {
    let evaluation = form.evaluation();
    let cells = form.questionnaire.indexed();
    cells.map(|(index, question)| cell_of(question, evaluation.is_relevant(index), evaluation.value(index))).collect()
}
