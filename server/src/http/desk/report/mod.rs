//! The year's report for 青森県DX推進本部.
pub mod get;
pub mod workbook;

use app::pages::home::GroupFigure;
use app::pages::report::Report;
use serde::{Deserialize, Serialize};
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, Region};
use shared::publication::Snapshot;
use shared::tabulation::PopulationBand;
use shared::visibility::Visibility;

use crate::access::Role;
use crate::http::figures;
use crate::http::home::published_of;
use crate::http::indicators::ledger;
use crate::http::refusal::Refusal;
use crate::http::roadmap;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::AccountRecord;

/// How much the report holds.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    /// `all`: also what of the roadmap is for the prefecture alone.
    scope: Option<String>,
}

/// The report of a published year.
async fn report(state: &AppState, account: &AccountRecord, year: FiscalYear, asked: &Asked) -> Result<Report, Refusal> {
    if !account.is(Role::Officer) {
        return Err(Error::Forbidden.into());
    }
    if !state.service.rounds().await?.iter().any(|round| round.year == year) {
        return Err(Error::NotFound.into());
    }
    let Some(published) = published_of(state, Some(year)).await? else {
        let message = format!("{year}の結果はまだ公表されていません。年次報告は、結果を公表した後に作れます。");
        return Err(Error::Refused(message).into());
    };
    let publications = state.service.publications().await?;
    let publication = publications.iter().find(|publication| publication.year == year).ok_or(Error::NotFound)?;
    let internal = asked.scope.as_deref() == Some("all");
    let reader = if internal { Visibility::Prefecture } else { Visibility::Public };
    let snapshot = &publication.snapshot;
    Ok(Report {
        regions: by(snapshot, Region::ALL.map(Region::label), |m| m.region.map(Region::label)),
        bands: by(snapshot, PopulationBand::ALL.map(PopulationBand::label), |m| {
            m.population.map(|people| PopulationBand::of(people).label())
        }),
        published,
        ledger: ledger::categories(&state.service.ledger().await?, &publications),
        roadmap: roadmap::rows(state, reader).await?,
        internal,
        made: state.service.clock().now().date(),
    })
}

/// The official indicator by groups as everybody may see it; nothing where only one group has anybody.
fn by<const N: usize>(
    snapshot: &Snapshot,
    labels: [&'static str; N],
    label: impl Fn(&Municipality) -> Option<&'static str>,
) -> Vec<GroupFigure> {
    let Some(official) = snapshot.official() else { return Vec::new() };
    let groups = labels.into_iter().map(Some).chain([None]);
    let figures = figures::by_group(snapshot, &official.definition, groups.collect(), label);
    let named = |(label, outcome): (Option<&str>, _)| GroupFigure {
        label: label.unwrap_or("区分なし").to_owned(),
        outcome,
    };
    let figures: Vec<GroupFigure> = figures.into_iter().map(named).collect();
    if figures.len() > 1 { figures } else { Vec::new() }
}
