//! Accounts and their roles. Each query gives one row a role; [`read`] puts an account's rows together.

use std::collections::BTreeSet;

use shared::audit::{Act, Chain};
use shared::email::EmailAddress;
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, QueryResult, Row, api_tokens, audit, changed, invitations, peer_groups, section_tasks};
use crate::access::Role;
use crate::store::values::{code, word};
use crate::store::{
    AccountChange, AccountId, AccountRecord, Author, Changed, NewAccount, NewAudit, Result, SignIn, StoreError,
};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, login_name, display_name, password_hash, email, municipality, last_login_at, previous_login_at,
                    disabled_at, successor, epoch, role,
                    (SELECT expires_at FROM invitation WHERE invitation.account = account.id
                     AND used_at IS NULL AND withdrawn_at IS NULL) AS invited_until,
                    (SELECT at FROM second_factor WHERE second_factor.account = account.id) AS second_factor_since
             FROM account LEFT JOIN account_role ON account_role.account = account.id ",
            $rest
        )
    };
}

pub(super) async fn add(connection: &mut Connection, account: &NewAccount) -> Result<AccountId> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO account (login_name, display_name, password_hash, email, municipality, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (login_name) DO NOTHING RETURNING id",
    )
    .bind(&account.login_name)
    .bind(&account.display_name)
    .bind(&account.password_hash)
    .bind(account.email.as_ref().map(EmailAddress::as_str))
    .bind(account.municipality.as_ref().map(MunicipalityCode::as_str))
    .bind(account.at.0)
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::Exists(format!("アカウント {}", account.login_name)))?;
    add_roles(connection, AccountId(id), &account.roles).await?;
    let NewAccount { display_name, email, municipality, roles, .. } = account.clone();
    let to = Some(words(&AccountChange { display_name, email, municipality, roles }));
    record(connection, AccountId(id), Act::AccountAdded, (None, to), &account.by, account.at).await?;
    Ok(AccountId(id))
}

/// Adds an entry to the account's chain.
async fn record(
    connection: &mut Connection,
    id: AccountId,
    act: Act,
    (from, to): (Option<String>, Option<String>),
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let chain = Chain::Account(id.0);
    audit::add(connection, NewAudit { chain, act, object: String::new(), from, to }, by, at).await
}

/// What may be changed of an account, in words.
fn words(account: &AccountChange) -> String {
    let roles: Vec<&str> = account.roles.iter().map(|role| role.code()).collect();
    let municipality = account.municipality.as_ref().map(MunicipalityCode::as_str).unwrap_or_default();
    let email = account.email.as_ref().map(EmailAddress::as_str).unwrap_or_default();
    format!("{}、{}、{municipality}、{email}", account.display_name, roles.join("・"))
}

pub(super) async fn add_all(connection: &mut Connection, accounts: &[NewAccount]) -> Result<()> {
    for account in accounts {
        add(connection, account).await?;
    }
    Ok(())
}

async fn add_roles(connection: &mut Connection, id: AccountId, roles: &BTreeSet<Role>) -> Result<()> {
    for role in roles {
        sqlx::query("INSERT INTO account_role (account, role) VALUES ($1, $2)")
            .bind(id.0)
            .bind(role.code())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(super) async fn change(
    connection: &mut Connection,
    id: AccountId,
    change: &AccountChange,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let before = get(connection, id).await?;
    let changed = sqlx::query("UPDATE account SET display_name = $1, email = $2, municipality = $3 WHERE id = $4")
        .bind(&change.display_name)
        .bind(change.email.as_ref().map(EmailAddress::as_str))
        .bind(change.municipality.as_ref().map(MunicipalityCode::as_str))
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    found(id, &changed)?;
    sqlx::query("DELETE FROM account_role WHERE account = $1").bind(id.0).execute(&mut *connection).await?;
    add_roles(connection, id, &change.roles).await?;
    let from = before.map(|account| {
        let AccountRecord { display_name, email, municipality, roles, .. } = account;
        words(&AccountChange { display_name, email, municipality, roles })
    });
    record(connection, id, Act::AccountChanged, (from, Some(words(change))), by, at).await
}

pub(super) async fn set_password(
    connection: &mut Connection,
    id: AccountId,
    password_hash: &str,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let set =
        sqlx::query("UPDATE account SET password_hash = $1, epoch = epoch + 1 WHERE id = $2 AND disabled_at IS NULL")
            .bind(password_hash)
            .bind(id.0)
            .execute(&mut *connection)
            .await?;
    found(id, &set)?;
    record(connection, id, Act::Password, (None, None), by, at).await
}

pub(super) async fn disable(connection: &mut Connection, id: AccountId, by: &Author, at: Timestamp) -> Result<Changed> {
    let disabled = sqlx::query(
        "UPDATE account SET disabled_at = $1, password_hash = '', epoch = epoch + 1
         WHERE id = $2 AND disabled_at IS NULL",
    )
    .bind(at.0)
    .bind(id.0)
    .execute(&mut *connection)
    .await?;
    invitations::withdraw(connection, id, at).await?;
    api_tokens::revoke_all(connection, id, by, at).await?;
    if changed(&disabled) == Changed::Yes {
        record(connection, id, Act::Disabling, (None, None), by, at).await?;
    }
    Ok(changed(&disabled))
}

/// Adds the successor with the groups that the account keeps and the sections that are its own, and disables the account.
pub(super) async fn hand_over(
    connection: &mut Connection,
    id: AccountId,
    successor: &NewAccount,
) -> Result<Option<AccountId>> {
    // Taken before there is a successor: of two officials who hand over at once the second adds nothing.
    let taken = sqlx::query("UPDATE account SET successor = id WHERE id = $1 AND successor IS NULL")
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    if changed(&taken) == Changed::No {
        return Ok(None);
    }
    let new = add(connection, successor).await?;
    sqlx::query("UPDATE account SET successor = $1 WHERE id = $2")
        .bind(new.0)
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    peer_groups::copy(connection, id, new).await?;
    if let Some(AccountRecord { municipality: Some(code), display_name, .. }) = get(connection, id).await? {
        let NewAccount { display_name: name, by, at, .. } = successor;
        section_tasks::hand_over(connection, code, &display_name, name, by, *at).await?;
    }
    let to = Some(successor.login_name.clone());
    record(connection, id, Act::Succession, (None, to), &successor.by, successor.at).await?;
    // One that was disabled before stays so.
    let _ = disable(connection, id, &successor.by, successor.at).await?;
    Ok(Some(new))
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

pub(super) async fn note_login(
    connection: &mut Connection,
    id: AccountId,
    sign_in: SignIn,
    at: Timestamp,
) -> Result<()> {
    let noted = sqlx::query("UPDATE account SET previous_login_at = last_login_at, last_login_at = $1 WHERE id = $2")
        .bind(at.0)
        .bind(id.0)
        .execute(&mut *connection)
        .await?;
    found(id, &noted)?;
    let by = itself(connection, id).await?;
    record(connection, id, Act::Login, (None, Some(sign_in.words().to_owned())), &by, at).await
}

/// The account as author of what it does to itself.
pub(super) async fn itself(connection: &mut Connection, id: AccountId) -> Result<Author> {
    let name: String =
        sqlx::query_scalar("SELECT display_name FROM account WHERE id = $1").bind(id.0).fetch_one(connection).await?;
    Ok(Author { account: Some(id), name })
}

/// Refuses a change of an account that was not there to be changed.
pub(super) fn found(id: AccountId, result: &QueryResult) -> Result<()> {
    match changed(result) {
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
    let email: Option<&str> = row.try_get("email")?;
    let time =
        |column: &str| -> Result<Option<Timestamp>> { Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp)) };
    let successor: Option<i64> = row.try_get("successor")?;
    let epoch: i64 = row.try_get("epoch")?;
    Ok(AccountRecord {
        id,
        login_name: row.try_get("login_name")?,
        display_name: row.try_get("display_name")?,
        password_hash: row.try_get("password_hash")?,
        email: email.map(|text| word("account.email", text, |text| text.parse().ok())).transpose()?,
        municipality: municipality.map(|text| code("account.municipality", text)).transpose()?,
        roles: BTreeSet::new(),
        last_login_at: time("last_login_at")?,
        previous_login_at: time("previous_login_at")?,
        invited_until: time("invited_until")?,
        disabled_at: time("disabled_at")?,
        successor: successor.map(AccountId),
        second_factor_since: time("second_factor_since")?,
        session_stamp: epoch.to_be_bytes(),
    })
}
