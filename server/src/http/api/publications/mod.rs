//! 公表と訂正: what was published in which revision, and what each corrected.
//!
//! - [`list`](mod@list), [`get`](mod@get), [`corrections`]

pub mod corrections;
pub mod get;
pub mod list;

use shared::wire::{PublishedRevision, WithdrawnRevision};
use utoipa::IntoParams;

use crate::http::publications::is_current;
use crate::store::PublishedRound;

/// The revision in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it describes what handlers parse")]
struct Revision {
    /// 版（1から）
    #[param(minimum = 1, maximum = 1_000_000, example = 1)]
    revision: u32,
}

fn entry(kept: &PublishedRound, all: &[PublishedRound]) -> PublishedRevision {
    PublishedRevision {
        year: kept.year.year(),
        revision: kept.revision,
        published_at: kept.published_at.rfc3339(),
        reason: kept.reason.clone(),
        sha256: kept.sha256.clone(),
        current: is_current(kept, all),
        withdrawn: kept
            .withdrawal
            .as_ref()
            .map(|withdrawal| WithdrawnRevision { at: withdrawal.at.rfc3339(), reason: withdrawal.reason.clone() }),
        page: format!("/publications/{}/{}", kept.year.year(), kept.revision),
    }
}
