//! Notes about the installation.

use shared::time::Timestamp;

use super::Connection;
use crate::store::{Result, StoreError};

pub(super) async fn get(connection: &mut Connection, key: &str) -> Result<Option<String>> {
    let value =
        sqlx::query_scalar("SELECT value FROM setting WHERE key = $1").bind(key).fetch_optional(connection).await?;
    Ok(value)
}

pub(super) async fn set(connection: &mut Connection, key: &str, value: &str) -> Result<()> {
    sqlx::query("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2")
        .bind(key)
        .bind(value)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn write_check(connection: &mut Connection, at: Timestamp) -> Result<()> {
    let written = at.0.to_string();
    set(connection, "write_check", &written).await?;
    let read = get(connection, "write_check").await?;
    if read.as_deref() == Some(written.as_str()) {
        Ok(())
    } else {
        let reason = format!("{written} と書いて {read:?} を読みました");
        Err(StoreError::Corrupt { place: "setting.value", reason })
    }
}
