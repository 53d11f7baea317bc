//! Who is asking: the account of the token or else of the session.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum_login::{AuthUser, AuthnBackend, UserId};

use super::preview::SeenBy;
use super::refusal::Refusal;
use crate::service::api_tokens::Bearer;
use crate::service::{Error, Service};
use crate::store::{AccountId, AccountRecord};

/// The session with its account.
pub type AuthSession = axum_login::AuthSession<Backend>;

/// Finds accounts for axum-login.
#[derive(Clone)]
pub struct Backend(pub Arc<Service>);

/// Login name and password as typed.
#[derive(Clone)]
pub struct Credentials {
    /// Login name.
    pub login_name: String,
    /// Password.
    pub password: String,
}

impl AuthUser for AccountRecord {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id.0
    }

    /// A new password, an invitation and disabling end the account's sessions.
    fn session_auth_hash(&self) -> &[u8] {
        &self.session_stamp
    }
}

impl AuthnBackend for Backend {
    type User = AccountRecord;
    type Credentials = Credentials;
    type Error = Error;

    async fn authenticate(&self, typed: Credentials) -> Result<Option<AccountRecord>, Error> {
        self.0.authenticate(&typed.login_name, typed.password).await
    }

    async fn get_user(&self, id: &UserId<Self>) -> Result<Option<AccountRecord>, Error> {
        self.0.account(AccountId(*id)).await
    }
}

/// The signed-in account. As an extractor it refuses anonymous visitors; `Option<Account>` does not.
#[derive(Debug, Clone)]
pub struct Account(pub AccountRecord);

impl<S: Send + Sync> FromRequestParts<S> for Account {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        of_request(parts).ok_or_else(|| Refusal::Unauthenticated { next: address(parts) })
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Account {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(of_request(parts))
    }
}

fn of_request(parts: &Parts) -> Option<Account> {
    if let Some(seen_by) = parts.extensions.get::<SeenBy>() {
        return seen_by.account.clone().map(Account);
    }
    if let Some(bearer) = parts.extensions.get::<Bearer>() {
        return Some(Account(bearer.account.clone()));
    }
    parts.extensions.get::<AuthSession>()?.user.clone().map(Account)
}

/// Where to return after login: the page asked for, or for a form the page it stands on.
fn address(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}
