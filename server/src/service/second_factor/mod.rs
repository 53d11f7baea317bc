//! 二要素認証: a code of an authenticator beside the password, recovery codes in its place, and who must have one.
//!
//! - [`totp`]: how codes are computed
//! - [`key_file`]: how secrets are kept

pub mod key_file;
pub mod totp;

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use shared::printed_code::PrintedCode;

use self::key_file::KeyFile;
use self::totp::{SECRET_LENGTH, Secret};
use super::accounts::confirm_password;
use super::rounds::{done, require};
use super::setup::system;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{
    AccountId, AccountRecord, Changed, NewSecondFactor, SECOND_FACTOR_REQUIRED, SecondFactorRecord, SignIn,
};

/// Recovery codes of an account.
const RECOVERY_CODES: usize = 10;

impl Service {
    /// Keeps the key of second factors in that file.
    #[must_use]
    pub fn with_second_factor_key(mut self, path: PathBuf) -> Self {
        self.second_factor_key = KeyFile::at(path);
        self
    }

    /// The account's second factor.
    pub async fn second_factor(&self, account: &AccountRecord) -> Result<Option<SecondFactorRecord>> {
        Ok(self.store.second_factor(account.id).await?)
    }

    /// Sets the second factor of an account, whose password and first code prove that it is its owner's; the recovery
    /// codes, which nobody gets to see again. Every session of the account ends.
    pub async fn set_second_factor(
        &self,
        account: &AccountRecord,
        present: String,
        secret: &Secret,
        typed: &str,
    ) -> Result<Vec<PrintedCode>> {
        confirm_password(account, present).await?;
        let at = self.clock.now();
        let Some(step) = secret.step_of(typed, at) else {
            let message = "確認コードが違います。認証アプリに表示されている6桁を入力してください。続けて違うときは、認証アプリの端末の時刻を合わせてください。";
            return Err(Error::invalid("code", message));
        };
        let codes = new_recovery_codes()?;
        let new = NewSecondFactor {
            account: account.id,
            sealed: self.second_factor_key.seal(account.id, secret)?,
            step,
            recovery_codes: codes.iter().map(hashed).collect(),
            by: account.author(),
            at,
        };
        done(self.store.set_second_factor(&new).await?)?;
        Ok(codes)
    }

    /// Takes away the own second factor.
    pub async fn remove_second_factor(&self, account: &AccountRecord, present: String) -> Result<()> {
        confirm_password(account, present).await?;
        done(self.store.remove_second_factor(account.id, &account.author(), self.clock.now()).await?)
    }

    /// Makes recovery codes in the place of all before.
    pub async fn renew_recovery_codes(&self, account: &AccountRecord, present: String) -> Result<Vec<PrintedCode>> {
        confirm_password(account, present).await?;
        let codes = new_recovery_codes()?;
        let hashes: Vec<_> = codes.iter().map(hashed).collect();
        done(self.store.replace_recovery_codes(account.id, &hashes, &account.author(), self.clock.now()).await?)?;
        Ok(codes)
    }

    /// Uses what was typed at the login as a code or a recovery code; `None` where it is neither, or was used before.
    pub async fn use_code(&self, account: &AccountRecord, typed: &str) -> Result<Option<SignIn>> {
        let now = self.clock.now();
        if let Some(code) = PrintedCode::parse(typed) {
            let used = self.store.use_recovery_code(account.id, &hashed(&code), now).await?;
            return Ok((used == Changed::Yes).then_some(SignIn::RecoveryCode));
        }
        let Some(factor) = self.store.second_factor(account.id).await? else { return Ok(None) };
        let secret = self.second_factor_key.open(account.id, &factor.sealed)?;
        let Some(step) = secret.step_of(typed, now) else { return Ok(None) };
        let used = self.store.use_step(account.id, step).await?;
        Ok((used == Changed::Yes).then_some(SignIn::Code))
    }

    /// Takes away somebody else's second factor: a lost device, or a successor's.
    pub async fn reset_second_factor(&self, by: &AccountRecord, id: AccountId) -> Result<()> {
        self.person(by, id).await?;
        if id == by.id {
            let message = "自分の二要素認証は「アカウント」の画面で解除してください。";
            return Err(Error::Refused(message.to_owned()));
        }
        done(self.store.remove_second_factor(id, &by.author(), self.clock.now()).await?)
    }

    /// The same as the installation itself, for the last officer; whether there was one.
    pub async fn reset_second_factor_of(&self, login_name: &str) -> Result<bool> {
        let account = self.store.account_by_login(login_name).await?.ok_or(Error::NotFound)?;
        let removed = self.store.remove_second_factor(account.id, &system(), self.clock.now()).await?;
        Ok(removed == Changed::Yes)
    }

    /// Whether officers must have one.
    pub async fn requires_second_factor(&self) -> Result<bool> {
        Ok(self.store.setting(SECOND_FACTOR_REQUIRED).await?.as_deref() == Some("1"))
    }

    /// Whether the account must have one and has none.
    pub async fn lacks_second_factor(&self, account: &AccountRecord) -> Result<bool> {
        let exempt = account.second_factor_since.is_some() || !account.is(Role::Officer);
        Ok(!exempt && self.requires_second_factor().await?)
    }

    /// Says whether officers must have one. Only who has one demands it: it has then been seen to work here.
    pub async fn require_second_factor(&self, by: &AccountRecord, required: bool) -> Result<()> {
        require(by, Role::Officer)?;
        if required && by.second_factor_since.is_none() {
            let message = "先に、自分のアカウントに二要素認証を設定してください。";
            return Err(Error::Refused(message.to_owned()));
        }
        if required != self.requires_second_factor().await? {
            self.store.require_second_factor(required, &by.author(), self.clock.now()).await?;
        }
        Ok(())
    }
}

/// A new secret from the operating system. Nothing is kept of it before it is confirmed.
pub fn new_secret() -> Result<Secret> {
    Ok(Secret::of(random::<SECRET_LENGTH>()?))
}

fn new_recovery_codes() -> Result<Vec<PrintedCode>> {
    (0..RECOVERY_CODES).map(|_| Ok(PrintedCode::of_bits(random::<10>()?))).collect()
}

/// They need no slow hash: nobody guesses 80 bits.
fn hashed(code: &PrintedCode) -> [u8; 32] {
    Sha256::digest(code.letters().as_bytes()).into()
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(bytes)
}
