//! Figures that others have published. Every import of a source is a revision of its own.

use shared::audit::{Act, Chain};
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed};
use crate::store::values::number;
use crate::store::{Changed, NewAudit, NewReferenceFigures, ReferenceFigure, ReferenceSource, Result, StoreError};

pub(super) async fn add(connection: &mut Connection, new: &NewReferenceFigures) -> Result<Changed> {
    // Needs no lock: of two imports of the same revision, the key lets only one in, and the other sees it when it looks
    // again.
    let revision = loop {
        let last = last(connection, &new.source).await?;
        if last.as_ref().is_some_and(|(_, sha256)| *sha256 == new.sha256) {
            return Ok(Changed::No);
        }
        let revision = last.map_or(1, |(revision, _)| revision + 1);
        if insert_source(connection, new, revision).await? == Changed::Yes {
            break revision;
        }
    };
    for (code, item, value) in &new.figures {
        let added = sqlx::query(
            "INSERT INTO reference_figure (municipality, source, revision, item, value)
             SELECT code, $1, $2, $3, $4 FROM municipality WHERE code = $5",
        )
        .bind(&new.source)
        .bind(revision)
        .bind(item)
        .bind(value)
        .bind(code.as_str())
        .execute(&mut *connection)
        .await;
        match added {
            Ok(added) if changed(&added) == Changed::No => return Err(StoreError::NotFound(format!("市町村 {code}"))),
            Ok(_) => {}
            Err(sqlx::Error::Database(refused)) if refused.is_unique_violation() => {
                return Err(StoreError::Exists(format!("{} の市町村 {code} の「{item}」", new.source)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let recorded = NewAudit {
        chain: Chain::Installation,
        act: Act::Import,
        object: new.source.clone(),
        from: None,
        to: Some(new.sha256.clone()),
    };
    audit::add(connection, recorded, &new.by, new.at).await?;
    Ok(Changed::Yes)
}

/// Revision and hash of a source's last import.
async fn last(connection: &mut Connection, source: &str) -> Result<Option<(i64, String)>> {
    let row = sqlx::query("SELECT revision, sha256 FROM reference_source WHERE id = $1 ORDER BY revision DESC LIMIT 1")
        .bind(source)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok((row.try_get("revision")?, row.try_get("sha256")?))).transpose()
}

async fn insert_source(connection: &mut Connection, new: &NewReferenceFigures, revision: i64) -> Result<Changed> {
    let added = sqlx::query(
        "INSERT INTO reference_source (id, revision, title, as_of, sha256, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id, revision) DO NOTHING",
    )
    .bind(&new.source)
    .bind(revision)
    .bind(&new.title)
    .bind(&new.as_of)
    .bind(&new.sha256)
    .bind(author_account(&new.by))
    .bind(&new.by.name)
    .bind(new.at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

pub(super) async fn sources(connection: &mut Connection) -> Result<Vec<ReferenceSource>> {
    let rows = sqlx::query(
        "SELECT id, revision, title, as_of, sha256, author_account, author_name, at FROM reference_source
         WHERE revision = (SELECT max(revision) FROM reference_source AS other WHERE other.id = reference_source.id)
         ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(source).collect()
}

pub(super) async fn figures(connection: &mut Connection, code: MunicipalityCode) -> Result<Vec<ReferenceFigure>> {
    let rows = sqlx::query(
        "SELECT source, item, value FROM reference_figure
         WHERE municipality = $1
             AND revision = (SELECT max(revision) FROM reference_source WHERE id = reference_figure.source)
         ORDER BY source, item",
    )
    .bind(code.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ReferenceFigure {
                source: row.try_get("source")?,
                item: row.try_get("item")?,
                value: row.try_get("value")?,
            })
        })
        .collect()
}

fn source(row: &Row) -> Result<ReferenceSource> {
    Ok(ReferenceSource {
        id: row.try_get("id")?,
        revision: number("reference_source.revision", row.try_get("revision")?)?,
        title: row.try_get("title")?,
        as_of: row.try_get("as_of")?,
        sha256: row.try_get("sha256")?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
