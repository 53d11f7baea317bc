//! The second factor of an account, and how somebody signed in.

use shared::time::Timestamp;

use super::{AccountId, Author};

/// How somebody signed in, as the audit log says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// By password.
    Password,
    /// By password and a code of the authenticator.
    Code,
    /// By password and a recovery code.
    RecoveryCode,
    /// At the OpenID provider.
    Provider,
}

impl SignIn {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Password => "パスワード",
            Self::Code => "パスワードと確認コード",
            Self::RecoveryCode => "パスワードと予備コード",
            Self::Provider => "OpenID Connect",
        }
    }
}

/// The second factor of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactorRecord {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// Since when.
    pub at: Timestamp,
    /// Recovery codes that are not used.
    pub recovery_codes: i64,
}

/// A second factor to be set.
#[derive(Debug, Clone)]
pub struct NewSecondFactor {
    /// Whose.
    pub account: AccountId,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// The step of the code that confirmed it: used already.
    pub step: i64,
    /// SHA-256 of each recovery code.
    pub recovery_codes: Vec<[u8; 32]>,
    /// Who sets it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}
