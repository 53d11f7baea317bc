//! Shares.

use serde::{Deserialize, Serialize};

use crate::share::Share;

/// A share as exact ratio and rounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareValue {
    /// Counted.
    pub numerator: u32,
    /// Out of.
    pub denominator: u32,
    /// Tenths of a per cent, rounded half up; null for a denominator of 0.
    pub permille: Option<u32>,
}

impl From<Share> for ShareValue {
    fn from(share: Share) -> Self {
        Self { numerator: share.numerator, denominator: share.denominator, permille: share.permille() }
    }
}
