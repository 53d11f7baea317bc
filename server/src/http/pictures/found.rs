//! An address below `/pictures/` to its exhibit. Whoever shows an exhibit on a page builds it here, too.

use app::exhibit::Exhibit;
use app::pages::home;
use app::results::encoded;

use crate::http::answer::receipt::get as receipt;
use crate::http::compare::{self, query::Query};
use crate::http::desk::round;
use crate::http::forms::parse_year;
use crate::http::home::published;
use crate::http::refusal::Refusal;
use crate::http::results::exhibits as results;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::AccountRecord;

/// An exhibit and the page that it belongs to.
pub struct Found {
    /// The exhibit.
    pub exhibit: Exhibit,
    /// Address of the page.
    pub page: String,
}

/// The exhibit of that path (`home/fields`), with what its address filters, as far as the viewer may see.
pub async fn find(state: &AppState, viewer: Option<&AccountRecord>, path: &str, query: &str) -> Result<Found, Refusal> {
    let names: Vec<&str> = path.split('/').collect();
    match names.as_slice() {
        ["home", name] => {
            let exhibit = published(state).await?.and_then(|published| home::exhibit(&published, name));
            Ok(Found { exhibit: exhibit.ok_or(Error::NotFound)?, page: format!("/#{name}") })
        }
        ["compare", name] => {
            let next = || format!("/pictures/{path}?{query}");
            let account = viewer.ok_or_else(|| Refusal::Unauthenticated { next: next() })?;
            let exhibit = compare::exhibit(state, account, query, name).await?;
            let page = Query::read(query).address("/compare");
            Ok(Found { exhibit: exhibit.ok_or(Error::NotFound)?, page: format!("{page}#{name}") })
        }
        ["answer", year, name] => {
            let account = viewer.ok_or_else(|| Refusal::Unauthenticated { next: format!("/pictures/{path}") })?;
            let year = parse_year(year)?;
            let exhibit = receipt::exhibit(state, account, year, name).await?;
            let page = format!("/answer/{}/receipt#{name}", year.year());
            Ok(Found { exhibit: exhibit.ok_or(Error::NotFound)?, page })
        }
        ["desk", year, "board"] => {
            let account =
                viewer.ok_or_else(|| Refusal::Unauthenticated { next: format!("/pictures/{path}?{query}") })?;
            let (exhibit, page) = round::exhibit(state, account, parse_year(year)?, query).await?;
            Ok(Found { exhibit, page })
        }
        ["results", year, concept @ .., name] => {
            // A concept may hold a slash.
            let (year, concept) = (parse_year(year)?, concept.join("/"));
            let exhibit = results::exhibit(&state.service, viewer, (year, &concept, name), query).await?;
            let filter = exhibit.address.as_ref().map_or("", |address| address.query.as_str());
            let filter = if filter.is_empty() { String::new() } else { format!("?{filter}") };
            let page = format!("/results/{}/{}{filter}#{name}", year.year(), encoded(&concept));
            Ok(Found { exhibit, page })
        }
        _ => Err(Error::NotFound.into()),
    }
}
