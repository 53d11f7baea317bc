//! Personal tokens for the API, found by the hash of what was shown once.

use std::collections::BTreeSet;

use shared::audit::{Act, Chain};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, accounts, audit};
use crate::access::Scope;
use crate::store::values::{digest, word};
use crate::store::{AccountId, ApiTokenId, ApiTokenRecord, Author, Changed, NewApiToken, NewAudit, Result, StoreError};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account, name, scopes, credential, created_at, expires_at, used_at
             FROM api_token WHERE revoked_at IS NULL AND ",
            $rest
        )
    };
}

pub(super) async fn add(connection: &mut Connection, new: &NewApiToken) -> Result<ApiTokenId> {
    let account: Option<i64> = sqlx::query_scalar("SELECT id FROM account WHERE id = $1")
        .bind(new.account.0)
        .fetch_optional(&mut *connection)
        .await?;
    if account.is_none() {
        return Err(StoreError::NotFound(format!("アカウント番号 {}", new.account.0)));
    }
    let scopes: Vec<&str> = new.scopes.iter().map(|scope| scope.code()).collect();
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO api_token (account, name, hash, scopes, credential, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(new.account.0)
    .bind(&new.name)
    .bind(new.hash.as_slice())
    .bind(scopes.join(" "))
    .bind(new.credential.as_slice())
    .bind(new.at.0)
    .bind(new.expires_at.0)
    .fetch_optional(&mut *connection)
    .await?;
    let id = id.map(ApiTokenId).ok_or_else(|| StoreError::Exists(format!("APIトークン {}", new.name)))?;
    let to = Some(scopes.join(" "));
    let by = accounts::itself(connection, new.account).await?;
    record(connection, new.account, (Act::TokenAdded, &new.name, to), &by, new.at).await?;
    Ok(id)
}

pub(super) async fn of_account(connection: &mut Connection, account: AccountId) -> Result<Vec<ApiTokenRecord>> {
    let rows = sqlx::query(select!("account = $1 ORDER BY id")).bind(account.0).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub(super) async fn by_hash(connection: &mut Connection, hash: &[u8; 32]) -> Result<Option<ApiTokenRecord>> {
    let row = sqlx::query(select!("hash = $1")).bind(hash.as_slice()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn touch(connection: &mut Connection, id: ApiTokenId, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE api_token SET used_at = $1 WHERE id = $2").bind(at.0).bind(id.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn revoke(
    connection: &mut Connection,
    account: AccountId,
    id: ApiTokenId,
    at: Timestamp,
) -> Result<Changed> {
    let revoked: Option<String> = sqlx::query_scalar(
        "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND account = $3 AND revoked_at IS NULL RETURNING name",
    )
    .bind(at.0)
    .bind(id.0)
    .bind(account.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(name) = revoked else { return Ok(Changed::No) };
    let by = accounts::itself(connection, account).await?;
    record(connection, account, (Act::TokenRevoked, &name, None), &by, at).await?;
    Ok(Changed::Yes)
}

/// Ends every token of the account, together with whatever else it has.
pub(super) async fn revoke_all(
    connection: &mut Connection,
    account: AccountId,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let mut revoked: Vec<String> = sqlx::query_scalar(
        "UPDATE api_token SET revoked_at = $1 WHERE account = $2 AND revoked_at IS NULL RETURNING name",
    )
    .bind(at.0)
    .bind(account.0)
    .fetch_all(&mut *connection)
    .await?;
    // Databases return them in any order.
    revoked.sort();
    for name in revoked {
        record(connection, account, (Act::TokenRevoked, &name, None), by, at).await?;
    }
    Ok(())
}

/// Adds an entry to the chain of the account, whose token it is.
async fn record(
    connection: &mut Connection,
    account: AccountId,
    (act, name, to): (Act, &str, Option<String>),
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let chain = Chain::Account(account.0);
    audit::add(connection, NewAudit { chain, act, object: name.to_owned(), from: None, to }, by, at).await
}

fn read(row: &Row) -> Result<ApiTokenRecord> {
    let scopes: &str = row.try_get("scopes")?;
    let scope = |code| word("api_token.scopes", code, Scope::of_code);
    let used_at: Option<i64> = row.try_get("used_at")?;
    Ok(ApiTokenRecord {
        id: ApiTokenId(row.try_get("id")?),
        account: AccountId(row.try_get("account")?),
        name: row.try_get("name")?,
        scopes: scopes.split(' ').map(scope).collect::<Result<BTreeSet<_>>>()?,
        credential: digest("api_token.credential", row.try_get("credential")?)?,
        created_at: Timestamp(row.try_get("created_at")?),
        expires_at: Timestamp(row.try_get("expires_at")?),
        used_at: used_at.map(Timestamp),
    })
}
