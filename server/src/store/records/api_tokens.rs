//! Personal tokens for the API.

use std::collections::BTreeSet;

use shared::time::Timestamp;

use super::AccountId;
use crate::access::Scope;

/// Key of a token. It says nothing of the token itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiTokenId(pub i64);

/// A token to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiToken {
    /// Whose.
    pub account: AccountId,
    /// What its owner calls it; unique among the account's tokens that are not revoked.
    pub name: String,
    /// SHA-256 of the token's 256 bits.
    pub hash: [u8; 32],
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// What the account is now (`AccountRecord::credential`).
    pub credential: [u8; 32],
    /// When.
    pub at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A token that is not revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRecord {
    /// Its key.
    pub id: ApiTokenId,
    /// Whose.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// What the account was when it was made.
    pub credential: [u8; 32],
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}
