//! The year's report for 青森県DX推進本部.
pub mod get;
pub mod workbook;

use app::pages::report::Report;
use serde::{Deserialize, Serialize};
use shared::fiscal_year::FiscalYear;
use shared::publication::{GroupOutcome, Snapshot};
use shared::tabulation::Attribute;
use shared::visibility::Visibility;

use crate::access::Role;
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
    let publications = state.service.publications().await?;
    let Some(publication) = publications.iter().find(|publication| publication.year == year) else {
        let message = format!("{year}の結果はまだ公表されていません。年次報告は、結果を公表した後に作れます。");
        return Err(Error::Refused(message).into());
    };
    let Some(published) = published_of(state, Some(year)).await? else {
        let message =
            format!("{year}は、公開範囲の設定により公式の指標を一般に公開していません。年次報告は作れません。");
        return Err(Error::Refused(message).into());
    };
    let internal = asked.scope.as_deref() == Some("all");
    let reader = if internal { Visibility::Prefecture } else { Visibility::Public };
    let snapshot = &publication.snapshot;
    Ok(Report {
        regions: by(snapshot, Attribute::Region),
        bands: by(snapshot, Attribute::Band),
        published,
        ledger: ledger::categories(&state.service.ledger().await?, &publications),
        roadmap: roadmap::rows(state, reader).await?,
        internal,
        made: state.service.clock().now().date(),
    })
}

/// The official indicator by groups as everybody may see them; nothing where only one group has anybody.
fn by(snapshot: &Snapshot, attribute: Attribute) -> Vec<GroupOutcome> {
    let Some(official) = snapshot.official() else { return Vec::new() };
    let groups = snapshot.by_attribute(&official.definition, attribute, Visibility::Public);
    if groups.len() > 1 { groups } else { Vec::new() }
}
