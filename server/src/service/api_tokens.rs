//! Personal tokens for the API: made, shown once, found again by their hash.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use super::{Error, Result, Service};
use crate::access::{Role, Scope};
use crate::store::{AccountRecord, ApiTokenId, ApiTokenRecord, Changed, NewApiToken, StoreError};

/// What every token begins with, so that people and scanners recognise one.
pub const PREFIX: &str = "shirabe_";
/// How long a token may live, in days.
pub const LIFETIMES: [u16; 3] = [30, 90, 365];
/// Tokens of one account at a time.
const MOST: usize = 20;
/// Use is noted at most so often, in milliseconds.
const TOUCH: i64 = 60 * 1000;
/// A day in milliseconds.
const DAY: i64 = 24 * 3600 * 1000;

/// A token as it is shown once: the prefix and 256 random bits in base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    fn of(random: [u8; 32]) -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random)))
    }

    /// The token itself.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// SHA-256 of the token's 256 bits; `None` for what cannot be a token.
fn hash_of(token: &str) -> Option<[u8; 32]> {
    let random = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
    let random: [u8; 32] = random.try_into().ok()?;
    Some(Sha256::digest(random).into())
}

/// A token that its owner asks for, as typed.
#[derive(Debug, Clone)]
pub struct ApiTokenRequest {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// How long it lives, in days: one of [`LIFETIMES`].
    pub days: u16,
}

/// Whoever shows a token.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The token.
    pub token: ApiTokenId,
    /// Its account.
    pub account: AccountRecord,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
}

/// Whether a token can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiTokenState {
    /// It can.
    Valid,
    /// Its time is over.
    Expired,
    /// Password, roles or municipality of the account changed since.
    AccountChanged,
}

impl AccountRecord {
    /// The scopes that the account may give to a token.
    pub fn scopes(&self) -> Vec<Scope> {
        let allowed = |scope: &Scope| match scope {
            Scope::Read => true,
            Scope::Answer => self.answers_for().is_some(),
            Scope::Review => self.is(Role::Officer),
        };
        Scope::ALL.into_iter().filter(allowed).collect()
    }

    /// Changes with password, roles and municipality: a token of what the account was before is none.
    fn credential(&self) -> [u8; 32] {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.code()).collect();
        let municipality = self.municipality.as_ref().map_or("", MunicipalityCode::as_str);
        Sha256::digest(format!("{}\n{municipality}\n{}", self.password_hash, roles.join(" "))).into()
    }
}

impl ApiTokenRecord {
    /// Whether it can be used by that account now.
    pub fn state(&self, account: &AccountRecord, now: Timestamp) -> ApiTokenState {
        if self.credential != account.credential() {
            ApiTokenState::AccountChanged
        } else if self.expires_at <= now {
            ApiTokenState::Expired
        } else {
            ApiTokenState::Valid
        }
    }
}

impl Service {
    /// The account's tokens, oldest first, each with its state.
    pub async fn api_tokens(&self, account: &AccountRecord) -> Result<Vec<(ApiTokenRecord, ApiTokenState)>> {
        let now = self.clock.now();
        let tokens = self.store.api_tokens(account.id).await?;
        let with_state = |token: ApiTokenRecord| {
            let state = token.state(account, now);
            (token, state)
        };
        Ok(tokens.into_iter().map(with_state).collect())
    }

    /// Makes a token of those random bits. It is returned once and kept nowhere.
    pub async fn add_api_token(
        &self,
        account: &AccountRecord,
        request: ApiTokenRequest,
        random: [u8; 32],
    ) -> Result<Secret> {
        let ApiTokenRequest { name, scopes, days } = request;
        let name = name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 50 || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "名前を1〜50文字で入力してください。"));
        }
        if scopes.is_empty() {
            return Err(Error::invalid("scope", "できることを1つ以上選んでください。"));
        }
        let allowed = account.scopes();
        if scopes.iter().any(|scope| !allowed.contains(scope)) {
            return Err(Error::invalid("scope", "このアカウントの役割でできることだけを選んでください。"));
        }
        if !LIFETIMES.contains(&days) {
            return Err(Error::invalid("days", "有効期間を選んでください。"));
        }
        if self.store.api_tokens(account.id).await?.len() >= MOST {
            let message = format!("トークンは1人{MOST}個までです。使わないものを取り消してください。");
            return Err(Error::invalid("name", message));
        }
        let secret = Secret::of(random);
        let hash = hash_of(&secret.0).ok_or_else(|| Error::Internal("a token without a hash".to_owned()))?;
        let at = self.clock.now();
        let expires_at = Timestamp(at.0 + i64::from(days) * DAY);
        let credential = account.credential();
        let new = NewApiToken { account: account.id, name, hash, scopes, credential, at, expires_at };
        match self.store.add_api_token(&new).await {
            Ok(_) => Ok(secret),
            Err(StoreError::Exists(_)) => {
                Err(Error::invalid("name", "同じ名前のトークンがあります。別の名前にしてください。"))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Ends a token of the account.
    pub async fn revoke_api_token(&self, account: &AccountRecord, id: ApiTokenId) -> Result<()> {
        match self.store.revoke_api_token(account.id, id, self.clock.now()).await? {
            Changed::Yes => Ok(()),
            Changed::No => Err(Error::NotFound),
        }
    }

    /// Who shows that token; `None` where it is none that can be used.
    pub async fn bearer(&self, token: &str) -> Result<Option<Bearer>> {
        let Some(hash) = hash_of(token) else { return Ok(None) };
        let Some(found) = self.store.api_token(&hash).await? else { return Ok(None) };
        let Some(account) = self.account(found.account).await? else { return Ok(None) };
        let now = self.clock.now();
        if found.state(&account, now) != ApiTokenState::Valid {
            return Ok(None);
        }
        if found.used_at.is_none_or(|used| now.0 - used.0 > TOUCH) {
            self.store.touch_api_token(found.id, now).await?;
        }
        Ok(Some(Bearer { token: found.id, account, scopes: found.scopes }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AccountId;

    fn account() -> AccountRecord {
        AccountRecord {
            id: AccountId(1),
            login_name: "officer".to_owned(),
            display_name: "県担当".to_owned(),
            password_hash: "hash".to_owned(),
            municipality: None,
            roles: BTreeSet::from([Role::Officer]),
            last_login_at: None,
            email: None,
            previous_login_at: None,
            invited_until: None,
            disabled_at: None,
            successor: None,
            second_factor_since: None,
            session_stamp: [0; 8],
        }
    }

    #[test]
    fn a_token_is_its_prefix_and_256_bits() {
        let token = Secret::of([0xff; 32]).into_text();
        assert_eq!((token.len(), token.starts_with("shirabe_")), (8 + 43, true));
        assert_eq!(hash_of(&token), Some(Sha256::digest([0xff; 32]).into()));
        for other in ["", "shirabe_", &token[..50], &token[8..], &format!("{token}A"), &format!("{}9", &token[..50])] {
            assert_eq!(hash_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_token_ends_with_its_time_and_with_what_its_account_was() {
        let officer = account();
        let token = ApiTokenRecord {
            id: ApiTokenId(1),
            account: officer.id,
            name: "集計".to_owned(),
            scopes: BTreeSet::from([Scope::Read]),
            credential: officer.credential(),
            created_at: Timestamp(0),
            expires_at: Timestamp(10),
            used_at: None,
        };
        assert_eq!(token.state(&officer, Timestamp(9)), ApiTokenState::Valid);
        assert_eq!(token.state(&officer, Timestamp(10)), ApiTokenState::Expired);
        let seen = AccountRecord { last_login_at: Some(Timestamp(5)), display_name: "新姓".to_owned(), ..account() };
        assert_eq!(token.state(&seen, Timestamp(9)), ApiTokenState::Valid);
        for changed in [
            AccountRecord { password_hash: "another".to_owned(), ..account() },
            AccountRecord { roles: BTreeSet::from([Role::Analyst]), ..account() },
            AccountRecord { municipality: Some("022012".parse().unwrap()), ..account() },
        ] {
            assert_eq!(token.state(&changed, Timestamp(9)), ApiTokenState::AccountChanged, "{changed:?}");
        }
    }

    #[test]
    fn an_account_gives_no_more_than_it_has() {
        assert_eq!(account().scopes(), [Scope::Read, Scope::Review]);
        let municipality = Some("022012".parse().unwrap());
        let respondent = AccountRecord { municipality, roles: BTreeSet::from([Role::Respondent]), ..account() };
        assert_eq!(respondent.scopes(), [Scope::Read, Scope::Answer]);
        let analyst = AccountRecord { roles: BTreeSet::from([Role::Analyst]), ..account() };
        assert_eq!(analyst.scopes(), [Scope::Read]);
    }
}
