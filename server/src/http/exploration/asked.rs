//! Who asks what of which year; the page and the API answer the same.

use std::sync::Arc;

use app::results::encoded;
use shared::exploration::{Exploration, Problem, Request, Sources, Subject, explore};
use shared::fiscal_year::FiscalYear;
use shared::publication::Snapshot;
use shared::visibility::Visibility;

use crate::access::Role;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::service::results::{ResultYear, Results};
use crate::service::{Error, Service};
use crate::store::AccountRecord;

/// Whether the account compares more than its own municipality.
pub fn is_open_to(account: &AccountRecord) -> bool {
    [Role::Member, Role::Analyst, Role::Officer].into_iter().any(|role| account.is(role))
}

/// The page's address, for whom it is open to; with a question, asked about that.
pub fn address(account: Option<&AccountRecord>, year: FiscalYear, concept: Option<&str>) -> Option<String> {
    account.filter(|account| is_open_to(account))?;
    let subject = concept.map(|concept| format!("?of={}", encoded(&Subject::Question(concept.to_owned()).code())));
    Some(format!("/results/{}/explore{}", year.year(), subject.unwrap_or_default()))
}

/// A request with the results that it is about.
pub struct Asked {
    /// Which year.
    pub year: FiscalYear,
    /// What was chosen.
    pub request: Request,
    /// The results that the account may see tables of.
    pub results: Arc<Results>,
    reader: Visibility,
}

impl Asked {
    /// Refuses accounts that compare nothing but their own municipality, and years without results.
    pub async fn of(
        service: &Service,
        account: &AccountRecord,
        year: &str,
        query: Option<&str>,
    ) -> Result<Self, Refusal> {
        if !is_open_to(account) {
            return Err(Error::Forbidden.into());
        }
        let year = parse_year(year)?;
        let results = service.results(Some(account)).await?;
        results.year(year).ok_or(Error::NotFound)?;
        let pairs: Vec<_> = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect();
        let request = Request::read(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
        Ok(Self { year, request, results, reader: account.clearance() })
    }

    /// The year's results.
    pub fn result(&self) -> Result<&ResultYear, Refusal> {
        self.results.year(self.year).ok_or_else(|| Error::NotFound.into())
    }

    /// Does something with what may be explored.
    pub fn with<T>(&self, act: impl FnOnce(&Sources<'_>) -> T) -> T {
        let snapshots: Vec<&Snapshot> = self.results.years.iter().map(|year| &*year.snapshot).collect();
        act(&Sources { cube: &self.results.cube, snapshots: &snapshots, year: self.year, reader: self.reader })
    }

    /// The findings, or what is missing.
    pub fn answer(&self) -> Result<Exploration, Vec<Problem>> {
        self.with(|sources| explore(&self.request, sources))
    }
}
