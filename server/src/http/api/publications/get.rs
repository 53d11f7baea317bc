//! `GET /api/v1/publications/{year}/{revision}`

use axum::Json;
use axum::extract::{Path, State};
use shared::publication::difference::Differences;
use shared::publication::{PublishedIndicator, ShownOutcome, Snapshot};
use shared::visibility::Visibility;
use shared::wire::{
    CorrectedByRevision, CorrectedFigure, FigureOfRevision, Problem, RevisionOfPublication, ShareValue,
};

use super::{Revision, entry};
use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::publications::found::Found;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AccountRecord;

/// One revision: its figures, and what it says differently from the one before, as far as the caller may see.
#[utoipa::path(
    get,
    path = "/api/v1/publications/{year}/{revision}",
    tag = "results",
    params(Year, Revision),
    responses(
        (status = OK, body = RevisionOfPublication),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    account: Option<Account>,
    Path((year, revision)): Path<(String, String)>,
) -> Result<Json<RevisionOfPublication>, Refusal> {
    let account = account.as_ref().map(|account| &account.0);
    let reader = account.map_or(Visibility::Public, AccountRecord::clearance);
    let found = Found::at(&state, account, &year, &revision).await?;
    let snapshot = &found.publication.snapshot;
    Ok(Json(RevisionOfPublication {
        revision: entry(&found.kept, &found.revisions),
        demonstration: snapshot.demonstration,
        figures: snapshot.indicators.iter().filter_map(|indicator| figure(snapshot, indicator, reader)).collect(),
        corrected: found.differences(reader).as_ref().map(corrected),
    }))
}

fn figure(snapshot: &Snapshot, indicator: &PublishedIndicator, reader: Visibility) -> Option<FigureOfRevision> {
    let shown = snapshot.shown(&indicator.definition, indicator.outcome, reader);
    (shown != ShownOutcome::Hidden).then(|| FigureOfRevision {
        id: indicator.definition.id.clone(),
        version: indicator.definition.version,
        title: indicator.definition.title.clone(),
        share: share(shown),
        upper: shown.counted().map(|outcome| outcome.upper().into()),
    })
}

fn corrected(differences: &Differences<'_>) -> CorrectedByRevision {
    let figures = differences.outcomes.iter().map(|one| CorrectedFigure {
        title: one.title.to_owned(),
        before: share(one.before),
        after: share(one.after),
    });
    CorrectedByRevision { figures: figures.collect(), answers: differences.cells.len(), hidden: differences.hidden }
}

fn share(shown: ShownOutcome) -> Option<ShareValue> {
    shown.counted().map(|outcome| outcome.share().into())
}
