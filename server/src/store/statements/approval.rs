//! Whether a municipality has its response approved before it is handed in. Every setting stays; the last one holds.

use shared::audit::{Act, Chain};
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use super::{Connection, audit, author_account, changed};
use crate::store::{Author, Changed, NewAudit, Result, StoreError};

pub(super) async fn get(connection: &mut Connection, code: MunicipalityCode) -> Result<Option<bool>> {
    let required: Option<i64> =
        sqlx::query_scalar("SELECT required FROM approval_setting WHERE municipality = $1 ORDER BY id DESC LIMIT 1")
            .bind(code.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(required.map(|required| required != 0))
}

pub(super) async fn set(
    connection: &mut Connection,
    code: MunicipalityCode,
    required: bool,
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let before = get(connection, code).await?;
    let added = sqlx::query(
        "INSERT INTO approval_setting (municipality, required, author_account, author_name, at)
         SELECT code, $1, $2, $3, $4 FROM municipality WHERE code = $5",
    )
    .bind(i64::from(required))
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .bind(code.as_str())
    .execute(&mut *connection)
    .await?;
    let recorded = NewAudit {
        chain: Chain::Municipality(code),
        act: Act::Approval,
        object: String::new(),
        from: before.map(|required| required.to_string()),
        to: Some(required.to_string()),
    };
    match changed(&added) {
        Changed::Yes => audit::add(connection, recorded, by, at).await,
        Changed::No => Err(StoreError::NotFound(format!("市町村 {code}"))),
    }
}
