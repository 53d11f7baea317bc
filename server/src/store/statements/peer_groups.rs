//! 比較グループ that accounts keep: replaced and removed as a whole.

use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, changed};
use crate::store::{AccountId, Changed, PeerGroup, Result, StoreError};

pub(super) async fn of_account(connection: &mut Connection, account: AccountId) -> Result<Vec<PeerGroup>> {
    let rows =
        sqlx::query("SELECT name, municipality FROM peer_group_member WHERE account = $1 ORDER BY name, position")
            .bind(account.0)
            .fetch_all(connection)
            .await?;
    let mut groups: Vec<PeerGroup> = Vec::new();
    for row in &rows {
        let (name, code): (String, String) = (row.try_get("name")?, row.try_get("municipality")?);
        let code: MunicipalityCode = code.parse().map_err(|error| StoreError::Corrupt {
            place: "peer_group_member.municipality",
            reason: format!("{code}: {error}"),
        })?;
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.municipalities.push(code),
            None => groups.push(PeerGroup { name, municipalities: vec![code] }),
        }
    }
    Ok(groups)
}

pub(super) async fn save(
    connection: &mut Connection,
    account: AccountId,
    group: &PeerGroup,
    at: Timestamp,
) -> Result<()> {
    let saved = sqlx::query(
        "INSERT INTO peer_group (account, name, at) SELECT id, $1, $2 FROM account WHERE id = $3
         ON CONFLICT (account, name) DO UPDATE SET at = $4",
    )
    .bind(&group.name)
    .bind(at.0)
    .bind(account.0)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if changed(&saved) == Changed::No {
        return Err(StoreError::NotFound(format!("アカウント {}", account.0)));
    }
    remove_members(connection, account, &group.name).await?;
    for (position, code) in (1_i64..).zip(&group.municipalities) {
        let added = sqlx::query(
            "INSERT INTO peer_group_member (account, name, position, municipality)
             SELECT $1, $2, $3, code FROM municipality WHERE code = $4",
        )
        .bind(account.0)
        .bind(&group.name)
        .bind(position)
        .bind(code.as_str())
        .execute(&mut *connection)
        .await?;
        if changed(&added) == Changed::No {
            return Err(StoreError::NotFound(format!("市町村 {code}")));
        }
    }
    Ok(())
}

pub(super) async fn remove(connection: &mut Connection, account: AccountId, name: &str) -> Result<Changed> {
    remove_members(connection, account, name).await?;
    let removed = sqlx::query("DELETE FROM peer_group WHERE account = $1 AND name = $2")
        .bind(account.0)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(changed(&removed))
}

/// Gives another account, which keeps none, the same groups.
pub(super) async fn copy(connection: &mut Connection, from: AccountId, to: AccountId) -> Result<()> {
    sqlx::query("INSERT INTO peer_group (account, name, at) SELECT $1, name, at FROM peer_group WHERE account = $2")
        .bind(to.0)
        .bind(from.0)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO peer_group_member (account, name, position, municipality)
         SELECT $1, name, position, municipality FROM peer_group_member WHERE account = $2",
    )
    .bind(to.0)
    .bind(from.0)
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn remove_members(connection: &mut Connection, account: AccountId, name: &str) -> Result<()> {
    sqlx::query("DELETE FROM peer_group_member WHERE account = $1 AND name = $2")
        .bind(account.0)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}
