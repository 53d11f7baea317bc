//! Accounts and their sessions.

use std::collections::BTreeSet;

use shared::email::EmailAddress;
use shared::invitation::Standing;
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
    /// argon2id, PHC string; empty until an invitation is accepted.
    pub password_hash: String,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// Who adds it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What may be changed of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChange {
    /// Name shown.
    pub display_name: String,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
}

/// An invitation to set a password. Its code is kept hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Whose password it sets.
    pub account: AccountId,
    /// SHA-256 of the code.
    pub code_hash: Vec<u8>,
    /// Until when it is valid.
    pub expires_at: Timestamp,
    /// Who invites.
    pub by: Author,
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
    /// argon2id, PHC string; empty where an invitation has yet to set a password.
    pub password_hash: String,
    /// Where mail to it goes.
    pub email: Option<EmailAddress>,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// Last successful login.
    pub last_login_at: Option<Timestamp>,
    /// The one before.
    pub previous_login_at: Option<Timestamp>,
    /// Until when its invitation that is neither used nor withdrawn is valid.
    pub invited_until: Option<Timestamp>,
    /// Since when nobody may use it.
    pub disabled_at: Option<Timestamp>,
    /// The account it was handed over to.
    pub successor: Option<AccountId>,
    /// Since when it has a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Changes with everything that ends its sessions.
    pub session_stamp: [u8; 8],
}

impl AccountRecord {
    /// Whether it can be used now.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.invited_until {
            _ if self.disabled_at.is_some() => Standing::Disabled,
            _ if !self.password_hash.is_empty() => Standing::Active,
            Some(until) if until > now => Standing::Invited(until),
            Some(_) | None => Standing::Uninvited,
        }
    }
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
