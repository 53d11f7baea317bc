//! `/api/v1/results`: every table of the results' pages. What a reader may not see is refused or suppressed as there.
//!
//! An `ETag` names the results and the class of the reader; `If-None-Match` saves sending them again.
//!
//! - [`index`], [`question`], [`values`], [`transition`]: the resources
//! - [`reading`]: what every request brings, and the answer
//! - [`lines`]: tables as JSON

pub mod index;
pub mod lines;
pub mod question;
pub mod reading;
pub mod transition;
pub mod values;

use shared::wire::ResultsEdition;

use crate::http::results::seen::{Seen, SeenYear};
use crate::service::results::Edition;

fn edition(seen: &Seen, year: SeenYear<'_>) -> ResultsEdition {
    let snapshot = &year.result.snapshot;
    let (revision, published_at, sha256) = match &year.result.edition {
        Edition::Published { revision, at, sha256 } => (Some(*revision), Some(at.rfc3339()), Some(sha256.clone())),
        Edition::Provisional => (None, None, None),
    };
    ResultsEdition {
        year: snapshot.year.year(),
        wareki: snapshot.year.wareki(),
        provisional: year.is_provisional(),
        revision,
        published_at,
        sha256,
        reader: seen.reader.cleared.code().to_owned(),
        demonstration: snapshot.demonstration,
    }
}
