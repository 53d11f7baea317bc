//! Invitations to set a password: of each account at most one is open.

use shared::audit::{Act, Chain};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, accounts, api_tokens, audit, author_account, changed};
use crate::store::{AccountId, Changed, NewAudit, NewInvitation, Result};

/// Takes the account's password, ends its sessions, tokens and any invitation before, and lets it be used again.
pub(super) async fn add(connection: &mut Connection, new: &NewInvitation) -> Result<()> {
    let opened = sqlx::query(
        "UPDATE account SET password_hash = '', disabled_at = NULL, epoch = epoch + 1
         WHERE id = $1 AND successor IS NULL",
    )
    .bind(new.account.0)
    .execute(&mut *connection)
    .await?;
    accounts::found(new.account, &opened)?;
    withdraw(connection, new.account, new.at).await?;
    api_tokens::revoke_all(connection, new.account, &new.by, new.at).await?;
    sqlx::query(
        "INSERT INTO invitation (account, code_hash, expires_at, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.account.0)
    .bind(&new.code_hash)
    .bind(new.expires_at.0)
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .execute(&mut *connection)
    .await?;
    let (chain, act) = (Chain::Account(new.account.0), Act::Invitation);
    let recorded = NewAudit { chain, act, object: String::new(), from: None, to: Some(new.expires_at.rfc3339()) };
    audit::add(connection, recorded, &new.by, new.at).await
}

pub(super) async fn add_all(
    connection: &mut Connection,
    request: &str,
    all: &[NewInvitation],
    at: Timestamp,
) -> Result<Changed> {
    let used = sqlx::query("INSERT INTO letter_request (request, at) VALUES ($1, $2) ON CONFLICT (request) DO NOTHING")
        .bind(request)
        .bind(at.0)
        .execute(&mut *connection)
        .await?;
    if changed(&used) == Changed::No {
        return Ok(Changed::No);
    }
    for new in all {
        add(connection, new).await?;
    }
    Ok(Changed::Yes)
}

/// Ends the open invitation, if there is one.
pub(super) async fn withdraw(connection: &mut Connection, account: AccountId, at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE invitation SET withdrawn_at = $1 WHERE account = $2 AND used_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(at.0)
    .bind(account.0)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn invited(connection: &mut Connection, code_hash: &[u8], at: Timestamp) -> Result<Option<AccountId>> {
    let row = sqlx::query(
        "SELECT account FROM invitation
         WHERE code_hash = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2",
    )
    .bind(code_hash)
    .bind(at.0)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get("account")).transpose()?.map(AccountId))
}

pub(super) async fn accept(
    connection: &mut Connection,
    code_hash: &[u8],
    password_hash: &str,
    at: Timestamp,
) -> Result<Option<AccountId>> {
    let row = sqlx::query(
        "UPDATE invitation SET used_at = $1
         WHERE code_hash = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3 RETURNING account",
    )
    .bind(at.0)
    .bind(code_hash)
    .bind(at.0)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let id = AccountId(row.try_get("account")?);
    let by = accounts::itself(connection, id).await?;
    accounts::set_password(connection, id, password_hash, &by, at).await?;
    Ok(Some(id))
}
