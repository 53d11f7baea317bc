//! The exhibits of a question, each also for its own address.

use app::exhibit::Exhibit;
use app::results::Name;
use shared::fiscal_year::FiscalYear;
use shared::tabulation::Crossing;

use super::asked::Asked;
use super::seen::Seen;
use crate::http::refusal::Refusal;
use crate::service::{Error, Service};
use crate::store::AccountRecord;

/// The exhibit of `/pictures/results/{year}/{concept}/{name}` with the query of that address.
pub async fn exhibit(
    service: &Service,
    account: Option<&AccountRecord>,
    (year, concept, name): (FiscalYear, &str, &str),
    query: &str,
) -> Result<Exhibit, Refusal> {
    let seen = Seen::by(service, account).await?;
    let year = seen.year(year).ok_or(Error::NotFound)?;
    let variable = seen.variable(concept)?;
    let name = Name::of_code(name).ok_or(Error::NotFound)?;
    let asked = Asked::read(query);
    if let Some(invalid) = &asked.invalid {
        return Err(Refusal::BadRequest(invalid.to_string()));
    }
    let source = year.source();
    let mut scope = seen.asked(year, variable, &asked.filter, &source);
    scope.by = Crossing::parse(&seen.results.cube, asked.value("cross"));
    if !scope.names().contains(&name) {
        return Err(Error::NotFound.into());
    }
    Ok(scope.exhibit(name)?)
}
