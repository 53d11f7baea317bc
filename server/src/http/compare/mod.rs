//! `/compare`: a municipality among others. Everything that was chosen stands in the address.
//!
//! - [`query`]: the address, read and written
//! - [`words`]: groups and editions in words
//! - [`choices`]: what can be chosen, for the form
//! - [`exhibits`]: the findings as exhibits, for the page, for pictures and for files
//! - [`get`], [`handout`]: the page and its one sheet of paper
//! - [`method`]: how its figures are computed
//! - [`groups`]: keeping a selection under a name

pub mod choices;
pub mod exhibits;
pub mod get;
pub mod groups;
pub mod handout;
pub mod method;
pub mod query;
pub mod words;

use axum::http::Uri;

use self::query::Query;
use super::refusal::Refusal;
use super::state::AppState;
use crate::service::comparison::Compared;
use crate::store::AccountRecord;

/// Reads the address and asks for the comparison. Where others may be compared, the query then names whom and in which
/// year, so that the addresses on the page say the same to whoever they are passed on to.
pub async fn asked(state: &AppState, account: &AccountRecord, uri: &Uri) -> Result<(Query, Compared), Refusal> {
    understood(state, account, uri.query().unwrap_or_default()).await
}

async fn understood(state: &AppState, account: &AccountRecord, text: &str) -> Result<(Query, Compared), Refusal> {
    let mut query = Query::read(text);
    let compared = state.service.comparison(account, query.asked()).await?;
    if compared.may_choose {
        query.municipality = compared.own.as_ref().map(|own| own.code).or(query.municipality);
    }
    query.year = compared.year.as_ref().map(|year| year.year).or(query.year);
    Ok((query, compared))
}

/// The exhibit of that name for `/pictures/compare/{name}`: of a session, so it cannot be embedded elsewhere. `None` where
/// there is none of that name, or nothing to show.
pub async fn exhibit(
    state: &AppState,
    account: &AccountRecord,
    query: &str,
    name: &str,
) -> Result<Option<app::exhibit::Exhibit>, Refusal> {
    let (query, compared) = understood(state, account, query).await?;
    let exhibits = exhibits::all(&query, &compared);
    Ok(exhibits.into_iter().find(|exhibit| exhibit.id == name))
}
