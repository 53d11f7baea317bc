//! Invitations: a code that lets somebody set the password of an account, once.
//!
//! The same act serves the first time, a forgotten password and an account that comes back: whatever the account had
//! ends, and only who holds the code goes on.

use sha2::{Digest, Sha256};
use shared::invitation;
use shared::printed_code::PrintedCode;
use shared::time::Timestamp;

use super::accounts::{checked_password, hash};
use super::rounds::{drawn, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountId, AccountRecord, Changed, NewInvitation};

/// Most accounts invited at once.
const MOST: usize = 2000;

/// An invitation as it is handed out. Nobody gets to see its code again.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Whom.
    pub account: AccountRecord,
    /// The code.
    pub code: PrintedCode,
    /// Until when it is valid.
    pub expires_at: Timestamp,
}

impl Service {
    /// Invites accounts, in the order given, once for a request. Nobody invites the own account: it would be locked out.
    pub async fn invite(&self, by: &AccountRecord, request: &str, ids: &[AccountId]) -> Result<Vec<Invited>> {
        require(by, Role::Officer)?;
        drawn(request)?;
        if ids.is_empty() || ids.len() > MOST {
            return Err(Error::Refused(format!("アカウントを1〜{MOST}件選んでから、もう一度押してください。")));
        }
        let at = self.clock.now();
        let expires_at = invitation::expires(at);
        let (mut invited, mut new) = (Vec::new(), Vec::new());
        for id in ids {
            let account = self.store.account(*id).await?.ok_or(Error::NotFound)?;
            if account.id == by.id {
                let message = "自分のアカウントは招待できません。パスワードは「アカウント」の画面で変更できます。";
                return Err(Error::Refused(message.to_owned()));
            }
            if account.successor.is_some() {
                let message =
                    format!("「{}」は後任に引き継いだアカウントのため、招待できません。", account.display_name);
                return Err(Error::Refused(message));
            }
            let mut bits = [0_u8; 10];
            getrandom::fill(&mut bits).map_err(|e| Error::Internal(e.to_string()))?;
            let code = PrintedCode::of_bits(bits);
            new.push(NewInvitation { account: *id, code_hash: hashed(&code), expires_at, by: by.author(), at });
            invited.push(Invited { account, code, expires_at });
        }
        match self.store.invite(request, &new, at).await? {
            Changed::Yes => Ok(invited),
            Changed::No => Err(Error::Refused(
                "この招待状は作成済みです。印刷した招待状は、そのまま使えます。作り直すときは、「アカウント」の画面を開き直して、もう一度選んでください。"
                    .to_owned(),
            )),
        }
    }

    /// Whose valid invitation has that code.
    pub async fn invited(&self, code: &PrintedCode) -> Result<AccountRecord> {
        let id = self.store.invited(&hashed(code), self.clock.now()).await?.ok_or(Error::NotFound)?;
        self.store.account(id).await?.ok_or(Error::NotFound)
    }

    /// Sets the password; the invitation is used.
    pub async fn accept_invitation(&self, code: &PrintedCode, password: String) -> Result<()> {
        let password_hash = hash(checked_password(password)?).await?;
        let accepted = self.store.accept_invitation(&hashed(code), &password_hash, self.clock.now()).await?;
        accepted.map(|_| ()).ok_or(Error::NotFound)
    }
}

fn hashed(code: &PrintedCode) -> Vec<u8> {
    Sha256::digest(code.letters().as_bytes()).to_vec()
}
