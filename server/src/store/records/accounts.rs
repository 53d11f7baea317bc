//! Accounts and their sessions.

use std::collections::BTreeSet;

use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use crate::access::Role;

/// Key of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Who did it, as it is kept with every change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account; `None` for the system itself (seeding, demonstration).
    pub account: Option<AccountId>,
    /// The name at that time.
    pub name: String,
}

/// An account to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Name to log in with.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its key.
    pub id: AccountId,
    /// Name to log in with.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// Last successful login.
    pub last_login_at: Option<Timestamp>,
}

/// A session. Its id is kept hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// SHA-256 of the id in the cookie.
    pub id_hash: Vec<u8>,
    /// What the session holds, as JSON.
    pub data: String,
    /// When it began: the absolute limit counts from here.
    pub created_at: Timestamp,
    /// When it was last used: the idle limit counts from here.
    pub used_at: Timestamp,
}
