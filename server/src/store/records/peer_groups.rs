//! 比較グループ that accounts keep.

use shared::municipality::MunicipalityCode;

/// Municipalities that an account compares with, under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroup {
    /// Its name, unique for the account.
    pub name: String,
    /// The municipalities, in the order chosen.
    pub municipalities: Vec<MunicipalityCode>,
}
