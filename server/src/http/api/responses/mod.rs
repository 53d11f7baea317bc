//! 回答
pub mod acceptance;
pub mod approval;
pub mod comparison;
pub mod corrections;
pub mod events;
pub mod get;
pub mod list;
pub mod returning;
pub mod sections;
pub mod standing;
pub mod submission;

use shared::municipality::MunicipalityCode;

use crate::http::refusal::Refusal;
use crate::service::Error;

/// The code in an address; one that is none answers like one that does not exist.
pub fn parse_code(text: &str) -> Result<MunicipalityCode, Refusal> {
    text.parse().map_err(|_| Error::NotFound.into())
}
