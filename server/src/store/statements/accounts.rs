//! Accounts and their roles. Each query gives one row a role; [`read`] puts an account's rows together.

use std::collections::BTreeSet;

use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, changed};
use crate::access::Role;
use crate::store::values::{code, word};
use crate::store::{AccountId, AccountRecord, Changed, NewAccount, Result, StoreError};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, login_name, display_name, password_hash, municipality, last_login_at, role
             FROM account LEFT JOIN account_role ON account_role.account = account.id ",
            $rest
        )
    };
}

pub(super) async fn add(connection: &mut Connection, account: &NewAccount) -> Result<AccountId> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO account (login_name, display_name, password_hash, municipality, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login_name) DO NOTHING RETURNING id",
    )
    .bind(&account.login_name)
    .bind(&account.display_name)
    .bind(&account.password_hash)
    .bind(account.municipality.as_ref().map(MunicipalityCode::as_str))
    .bind(account.at.0)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::Exists(format!("アカウント {}", account.login_name)))?;
    for role in &account.roles {
        sqlx::query("INSERT INTO account_role (account, role) VALUES ($1, $2)")
            .bind(id)
            .bind(role.code())
            .execute(&mut *connection)
            .await?;
    }
    Ok(AccountId(id))
}

pub(super) async fn add_all(connection: &mut Connection, accounts: &[NewAccount]) -> Result<()> {
    for account in accounts {
        add(connection, account).await?;
    }
    Ok(())
}

pub(super) async fn get(connection: &mut Connection, id: AccountId) -> Result<Option<AccountRecord>> {
    let rows = sqlx::query(select!("WHERE id = $1")).bind(id.0).fetch_all(connection).await?;
    Ok(read(&rows)?.pop())
}

pub(super) async fn by_login(connection: &mut Connection, login_name: &str) -> Result<Option<AccountRecord>> {
    let rows = sqlx::query(select!("WHERE login_name = $1")).bind(login_name).fetch_all(connection).await?;
    Ok(read(&rows)?.pop())
}

pub(super) async fn all(connection: &mut Connection) -> Result<Vec<AccountRecord>> {
    let rows = sqlx::query(select!("ORDER BY login_name")).fetch_all(connection).await?;
    read(&rows)
}

pub(super) async fn note_login(connection: &mut Connection, id: AccountId, at: Timestamp) -> Result<()> {
    let noted = sqlx::query("UPDATE account SET last_login_at = $1 WHERE id = $2")
        .bind(at.0)
        .bind(id.0)
        .execute(connection)
        .await?;
    match changed(&noted) {
        Changed::Yes => Ok(()),
        Changed::No => Err(StoreError::NotFound(format!("アカウント番号 {}", id.0))),
    }
}

/// Rows of one account must follow one another.
fn read(rows: &[Row]) -> Result<Vec<AccountRecord>> {
    let mut accounts: Vec<AccountRecord> = Vec::new();
    for row in rows {
        let id = AccountId(row.try_get("id")?);
        if accounts.last().is_none_or(|last| last.id != id) {
            accounts.push(account(id, row)?);
        }
        let role: Option<&str> = row.try_get("role")?;
        if let (Some(role), Some(last)) = (role, accounts.last_mut()) {
            last.roles.insert(word("account_role.role", role, Role::of_code)?);
        }
    }
    Ok(accounts)
}

fn account(id: AccountId, row: &Row) -> Result<AccountRecord> {
    let municipality: Option<&str> = row.try_get("municipality")?;
    let last_login_at: Option<i64> = row.try_get("last_login_at")?;
    Ok(AccountRecord {
        id,
        login_name: row.try_get("login_name")?,
        display_name: row.try_get("display_name")?,
        password_hash: row.try_get("password_hash")?,
        municipality: municipality.map(|text| code("account.municipality", text)).transpose()?,
        roles: BTreeSet::new(),
        last_login_at: last_login_at.map(Timestamp),
    })
}
