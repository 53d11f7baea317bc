//! `/publications`: what was published, in which revision.

pub mod found;
pub mod get;
pub mod manifest;
pub mod revision;

use app::components::publication_history::RevisionRow;
use shared::fiscal_year::FiscalYear;

use crate::store::PublishedRound;

/// Whether it is what everybody sees of its year: the last revision, unless that was taken back.
pub fn is_current(kept: &PublishedRound, all: &[PublishedRound]) -> bool {
    let last = all.iter().filter(|other| other.year == kept.year).map(|other| other.revision).max();
    kept.withdrawal.is_none() && last == Some(kept.revision)
}

/// The revisions of a year, latest first; only officers are led to those that were taken back.
pub fn rows(revisions: &[PublishedRound], year: FiscalYear, is_officer: bool) -> Vec<RevisionRow> {
    let mut of_year: Vec<&PublishedRound> = revisions.iter().filter(|kept| kept.year == year).collect();
    of_year.sort_by_key(|kept| std::cmp::Reverse(kept.revision));
    let current = of_year.iter().find(|kept| is_current(kept, revisions)).map(|kept| kept.revision);
    let row = |kept: &PublishedRound| RevisionRow {
        href: (is_officer || kept.withdrawal.is_none())
            .then(|| format!("/publications/{}/{}", year.year(), kept.revision)),
        revision: kept.revision,
        at: kept.published_at,
        reason: kept.reason.clone(),
        sha256: kept.sha256.chars().take(12).collect(),
        is_current: current == Some(kept.revision),
        is_replaced: current.is_some_and(|current| current != kept.revision),
        withdrawn: kept.withdrawal.as_ref().map(|withdrawal| (withdrawal.at, withdrawal.reason.clone())),
    };
    of_year.into_iter().map(row).collect()
}
