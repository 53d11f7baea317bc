//! Results of the years: what was published, and what stands since a round was closed.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use sha2::{Digest as _, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::indicator::ReferenceCount;
use shared::publication::{Publication, Snapshot};
use shared::questionnaire::Questionnaire;
use shared::round::RoundState;
use shared::tabulation::Cube;
use shared::time::Timestamp;
use tokio::sync::RwLock;

use super::answering::hex;
use super::{Error, Result, Service};
use crate::store::{AccountRecord, RoundRecord};

/// Results of several years, with the cube that their tables are counted from.
#[derive(Debug)]
pub struct Results {
    /// Every cell of every year.
    pub cube: Cube,
    /// The years of the cube, ascending.
    pub years: Vec<ResultYear>,
    /// SHA-256 in hexadecimal of what the results were built from: the same exactly as long as nothing changed.
    pub fingerprint: String,
}

/// One year's results.
#[derive(Debug, Clone)]
pub struct ResultYear {
    /// What they are.
    pub snapshot: Arc<Snapshot>,
    /// The questionnaire that was answered.
    pub questionnaire: Arc<Questionnaire>,
    /// How final they are.
    pub edition: Edition,
}

/// How final a year's results are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edition {
    /// Published.
    Published {
        /// Counted from 1.
        revision: u32,
        /// When.
        at: Timestamp,
        /// SHA-256 of the snapshot's JSON, in hexadecimal.
        sha256: String,
    },
    /// 速報: the time for answers is over, and the prefecture is still checking or has not published yet.
    Provisional,
}

/// What results were built from: nothing of it can change without a change of it.
#[derive(Debug, PartialEq, Eq)]
struct Origin {
    published: Vec<(FiscalYear, u32)>,
    provisional: BTreeMap<FiscalYear, ClosedRound>,
}

/// How a closed round stands.
#[derive(Debug, PartialEq, Eq)]
struct ClosedRound {
    state: RoundState,
    reference_date: Option<Timestamp>,
    /// Grows with every change of a response.
    changes: i64,
}

/// The results built last, each for its readers, with what they were built from.
#[derive(Default)]
pub struct KeptResults {
    published: Kept,
    closed: Kept,
}

type Kept = RwLock<Option<(Origin, Arc<Results>)>>;

impl Results {
    /// That year's results.
    pub fn year(&self, year: FiscalYear) -> Option<&ResultYear> {
        self.years.iter().find(|result| result.snapshot.year == year)
    }

    /// Whether that publication, by the hash of its snapshot, is among them.
    pub fn holds(&self, year: FiscalYear, sha256: &str) -> bool {
        let published = self.year(year).map(|result| &result.edition);
        matches!(published, Some(Edition::Published { sha256: known, .. }) if known == sha256)
    }
}

impl Service {
    /// The latest revision of every published round, by year, unless it was taken back.
    pub async fn publications(&self) -> Result<Arc<Vec<Publication>>> {
        let known = self.publications.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(publications) = known {
            return Ok(publications);
        }
        let publications = Arc::new(self.with_preview(self.store.publications().await?));
        *self.publications.write().unwrap_or_else(PoisonError::into_inner) = Some(publications.clone());
        Ok(publications)
    }

    /// The results that a reader may be shown tables of: published ones to everybody; to whoever is signed in also
    /// those of rounds whose time for answers is over. What of it they may see, `tabulation::release` decides.
    pub async fn results(&self, reader: Option<&AccountRecord>) -> Result<Arc<Results>> {
        let publications = self.publications().await?;
        let mut origin = Origin {
            published: publications.iter().map(|p| (p.year, p.revision)).collect(),
            provisional: BTreeMap::new(),
        };
        let kept = if reader.is_some() {
            origin.provisional = self.closed_rounds().await?;
            // What is published stands until its correction is.
            origin.provisional.retain(|year, _| publications.iter().all(|publication| publication.year != *year));
            &self.kept_results.closed
        } else {
            &self.kept_results.published
        };
        if let Some(results) = current(kept.read().await.as_ref(), &origin) {
            return Ok(results);
        }
        let mut kept = kept.write().await;
        // Somebody else may have built them while this one waited.
        if let Some(results) = current(kept.as_ref(), &origin) {
            return Ok(results);
        }
        let results = Arc::new(self.build_results(&publications, &origin).await?);
        *kept = Some((origin, results.clone()));
        Ok(results)
    }

    /// Rounds whose time for answers is over and that are under review or finalized, each with what changes when they do.
    async fn closed_rounds(&self) -> Result<BTreeMap<FiscalYear, ClosedRound>> {
        let rounds = self.store.rounds().await?;
        let closed = rounds.iter().filter(|r| matches!(r.state, RoundState::Closed | RoundState::Finalized));
        let closed_round = |round: &RoundRecord| ClosedRound {
            state: round.state,
            reference_date: round.dates.map(|dates| dates.reference_date),
            changes: 0,
        };
        let mut closed: BTreeMap<_, _> = closed.map(|round| (round.year, closed_round(round))).collect();
        if !closed.is_empty() {
            let changes = self.store.changes().await?;
            for (year, closed_round) in &mut closed {
                closed_round.changes = changes.get(year).copied().unwrap_or_default();
            }
        }
        Ok(closed)
    }

    async fn build_results(&self, publications: &[Publication], origin: &Origin) -> Result<Results> {
        let fingerprint = fingerprint(publications, origin);
        let mut years = Vec::new();
        for publication in publications {
            let (form_id, version) = &publication.snapshot.questionnaire;
            years.push(published(publication, self.questionnaire_version(form_id, version).await?));
        }
        for year in origin.provisional.keys() {
            let round = self.store.round(*year).await?.ok_or(Error::NotFound)?;
            let snapshot = Arc::new(self.snapshot(&round).await?);
            let questionnaire = self.questionnaire(round.questionnaire).await?;
            years.push(ResultYear { snapshot, questionnaire, edition: Edition::Provisional });
        }
        years.sort_by_key(|result| result.snapshot.year);
        let built = tokio::task::spawn_blocking(move || {
            let snapshots: Vec<&Snapshot> = years.iter().map(|result| &*result.snapshot).collect();
            let cube = Cube::from_snapshots(&snapshots)?;
            Ok(Results { cube, years, fingerprint })
        });
        let built: std::result::Result<Results, shared::tabulation::BuildError> =
            built.await.map_err(|e| Error::Internal(e.to_string()))?;
        built.map_err(|e| Error::Internal(e.to_string()))
    }

    /// Published counts of years before the platform.
    pub async fn reference_counts(&self) -> Result<Vec<ReferenceCount>> {
        Ok(self.store.reference_counts().await?)
    }

    /// Whether the database holds generated data.
    pub async fn is_demonstration(&self) -> Result<bool> {
        Ok(self.store.setting(super::setup::DEMONSTRATION).await?.is_some())
    }
}

fn current(kept: Option<&(Origin, Arc<Results>)>, origin: &Origin) -> Option<Arc<Results>> {
    kept.filter(|(built_from, _)| built_from == origin).map(|(_, results)| results.clone())
}

/// Names what results are built from.
fn fingerprint(publications: &[Publication], origin: &Origin) -> String {
    let published = publications.iter().map(|p| format!("{} {}\n", p.year.year(), p.sha256));
    let provisional = origin.provisional.iter().map(|(year, ClosedRound { state, reference_date, changes })| {
        let date = reference_date.map_or(0, |date| date.0);
        format!("{} {} {date} {changes}\n", year.year(), state.code())
    });
    hex(&Sha256::digest(published.chain(provisional).collect::<String>().as_bytes()))
}

fn published(publication: &Publication, questionnaire: Arc<Questionnaire>) -> ResultYear {
    ResultYear {
        snapshot: publication.snapshot.clone(),
        questionnaire,
        edition: Edition::Published {
            revision: publication.revision,
            at: publication.published_at,
            sha256: publication.sha256.clone(),
        },
    }
}
