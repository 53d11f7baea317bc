//! Second factors, their recovery codes, and whether officers must have one.

use shared::audit::{Act, Chain};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, accounts, audit, changed, settings};
use crate::store::{
    AccountId, Author, Changed, NewAudit, NewSecondFactor, Result, SECOND_FACTOR_REQUIRED, SecondFactorRecord,
    StoreError,
};

pub(super) async fn get(connection: &mut Connection, account: AccountId) -> Result<Option<SecondFactorRecord>> {
    let row = sqlx::query(
        "SELECT sealed, at,
                (SELECT count(*) FROM recovery_code
                 WHERE recovery_code.account = second_factor.account AND used_at IS NULL) AS recovery_codes
         FROM second_factor WHERE account = $1",
    )
    .bind(account.0)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(SecondFactorRecord {
            sealed: row.try_get("sealed")?,
            at: Timestamp(row.try_get("at")?),
            recovery_codes: row.try_get("recovery_codes")?,
        })
    })
    .transpose()
}

/// Sets it where there is none, and ends the account's sessions.
pub(super) async fn set(connection: &mut Connection, new: &NewSecondFactor) -> Result<Changed> {
    if accounts::get(connection, new.account).await?.is_none() {
        return Err(StoreError::NotFound(format!("アカウント番号 {}", new.account.0)));
    }
    let added = sqlx::query(
        "INSERT INTO second_factor (account, sealed, last_step, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account) DO NOTHING",
    )
    .bind(new.account.0)
    .bind(&new.sealed)
    .bind(new.step)
    .bind(new.at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&added) == Changed::No {
        return Ok(Changed::No);
    }
    add_recovery_codes(connection, new.account, &new.recovery_codes).await?;
    end_sessions(connection, new.account).await?;
    record(connection, new.account, Act::SecondFactorSet, &new.by, new.at).await?;
    Ok(Changed::Yes)
}

/// Removes it with its recovery codes, and ends the account's sessions.
pub(super) async fn remove(
    connection: &mut Connection,
    account: AccountId,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    sqlx::query("DELETE FROM recovery_code WHERE account = $1").bind(account.0).execute(&mut *connection).await?;
    let removed =
        sqlx::query("DELETE FROM second_factor WHERE account = $1").bind(account.0).execute(&mut *connection).await?;
    if changed(&removed) == Changed::No {
        return Ok(Changed::No);
    }
    end_sessions(connection, account).await?;
    record(connection, account, Act::SecondFactorRemoved, by, at).await?;
    Ok(Changed::Yes)
}

/// Uses the code of a step: once, and none before it any more.
pub(super) async fn use_step(connection: &mut Connection, account: AccountId, step: i64) -> Result<Changed> {
    let used = sqlx::query("UPDATE second_factor SET last_step = $1 WHERE account = $2 AND last_step < $3")
        .bind(step)
        .bind(account.0)
        .bind(step)
        .execute(connection)
        .await?;
    Ok(changed(&used))
}

pub(super) async fn use_recovery_code(
    connection: &mut Connection,
    account: AccountId,
    hash: &[u8; 32],
    at: Timestamp,
) -> Result<Changed> {
    let used =
        sqlx::query("UPDATE recovery_code SET used_at = $1 WHERE account = $2 AND hash = $3 AND used_at IS NULL")
            .bind(at.0)
            .bind(account.0)
            .bind(hash.as_slice())
            .execute(connection)
            .await?;
    Ok(changed(&used))
}

/// Puts others in the place of all recovery codes.
pub(super) async fn replace_recovery_codes(
    connection: &mut Connection,
    account: AccountId,
    hashes: &[[u8; 32]],
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    // Held until the end: of two who replace them at once, one set is left.
    let held = sqlx::query("UPDATE second_factor SET at = at WHERE account = $1")
        .bind(account.0)
        .execute(&mut *connection)
        .await?;
    if changed(&held) == Changed::No {
        return Ok(Changed::No);
    }
    sqlx::query("DELETE FROM recovery_code WHERE account = $1").bind(account.0).execute(&mut *connection).await?;
    add_recovery_codes(connection, account, hashes).await?;
    record(connection, account, Act::RecoveryCodes, by, at).await?;
    Ok(Changed::Yes)
}

/// Says whether officers must have one.
pub(super) async fn require(connection: &mut Connection, required: bool, by: &Author, at: Timestamp) -> Result<()> {
    let before = settings::get(connection, SECOND_FACTOR_REQUIRED).await?;
    let after = if required { "1" } else { "0" };
    settings::set(connection, SECOND_FACTOR_REQUIRED, after).await?;
    let (act, to) = (Act::SecondFactorRequired, Some(after.to_owned()));
    let recorded = NewAudit { chain: Chain::Installation, act, object: String::new(), from: before, to };
    audit::add(connection, recorded, by, at).await
}

async fn add_recovery_codes(connection: &mut Connection, account: AccountId, hashes: &[[u8; 32]]) -> Result<()> {
    for hash in hashes {
        sqlx::query("INSERT INTO recovery_code (account, hash) VALUES ($1, $2)")
            .bind(account.0)
            .bind(hash.as_slice())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn end_sessions(connection: &mut Connection, account: AccountId) -> Result<()> {
    let ended = sqlx::query("UPDATE account SET epoch = epoch + 1 WHERE id = $1")
        .bind(account.0)
        .execute(&mut *connection)
        .await?;
    accounts::found(account, &ended)
}

async fn record(connection: &mut Connection, account: AccountId, act: Act, by: &Author, at: Timestamp) -> Result<()> {
    let chain = Chain::Account(account.0);
    audit::add(connection, NewAudit { chain, act, object: String::new(), from: None, to: None }, by, at).await
}
