//! An address below `/pictures/` to its exhibit. Whoever shows an exhibit on a page builds it here, too.

use app::exhibit::Exhibit;
use app::pages::home;

use crate::http::home::published;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// An exhibit and the page that it belongs to.
pub struct Found {
    /// The exhibit.
    pub exhibit: Exhibit,
    /// Address of the page.
    pub page: String,
}

/// The exhibit of that path (`home/fields`).
pub async fn find(state: &AppState, path: &str) -> Result<Found, Refusal> {
    let names: Vec<&str> = path.split('/').collect();
    match names.as_slice() {
        ["home", name] => {
            let exhibit = published(state).await?.and_then(|published| home::exhibit(&published, name));
            Ok(Found { exhibit: exhibit.ok_or(Error::NotFound)?, page: format!("/#{name}") })
        }
        _ => Err(Error::NotFound.into()),
    }
}
