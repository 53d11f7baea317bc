//! The register.

use std::collections::BTreeMap;

use shared::audit::{Act, Chain};
use shared::municipality::{Kind, Municipality, MunicipalityCode, Region, Tile};
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, audit, settings};
use crate::store::values::{code, optional, to_json, word};
use crate::store::{Author, NewAudit, REGISTER_CHANGED, Result};

pub(super) async fn all(connection: &mut Connection, prefecture: Option<&str>) -> Result<Vec<Municipality>> {
    let rows = sqlx::query(
        "SELECT code, name, kana, kind, region, population, area, tile_column, tile_row FROM municipality
         WHERE $1 IS NULL OR substr(code, 1, 2) = $1 ORDER BY code",
    )
    .bind(prefecture)
    .fetch_all(connection)
    .await?;
    rows.iter().map(municipality).collect()
}

/// What changes of one that is there is recorded: bands and regions of what is published follow from it.
pub(super) async fn put(
    connection: &mut Connection,
    municipalities: &[Municipality],
    by: &Author,
    at: Timestamp,
) -> Result<()> {
    let before: BTreeMap<MunicipalityCode, Municipality> =
        all(connection, None).await?.into_iter().map(|m| (m.code, m)).collect();
    for m in municipalities {
        if let Some(before) = before.get(&m.code).filter(|before| *before != m) {
            let recorded = NewAudit {
                chain: Chain::Municipality(m.code),
                act: Act::Register,
                object: String::new(),
                from: Some(to_json("municipality", before)?),
                to: Some(to_json("municipality", m)?),
            };
            audit::add(connection, recorded, by, at).await?;
        }
        sqlx::query(
            "INSERT INTO municipality (code, name, kana, kind, region, population, area, tile_column, tile_row)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (code) DO UPDATE SET name = $2, kana = $3, kind = $4, region = $5, population = $6,
                 area = $7, tile_column = $8, tile_row = $9",
        )
        .bind(m.code.as_str())
        .bind(&m.name)
        .bind(&m.kana)
        .bind(m.kind.label())
        .bind(m.region.map(Region::label))
        .bind(m.population.map(i64::from))
        .bind(m.area.map(i64::from))
        .bind(m.tile.map(|tile| i64::from(tile.column)))
        .bind(m.tile.map(|tile| i64::from(tile.row)))
        .execute(&mut *connection)
        .await?;
    }
    settings::set(connection, REGISTER_CHANGED, &at.0.to_string()).await
}

fn municipality(row: &Row) -> Result<Municipality> {
    let region: Option<&str> = row.try_get("region")?;
    Ok(Municipality {
        code: code("municipality.code", row.try_get("code")?)?,
        name: row.try_get("name")?,
        kana: row.try_get("kana")?,
        kind: word("municipality.kind", row.try_get("kind")?, Kind::of_name)?,
        region: region.map(|label| word("municipality.region", label, Region::of_label)).transpose()?,
        population: optional("municipality.population", row.try_get("population")?)?,
        area: optional("municipality.area", row.try_get("area")?)?,
        tile: tile(row)?,
    })
}

fn tile(row: &Row) -> Result<Option<Tile>> {
    let column = optional("municipality.tile_column", row.try_get("tile_column")?)?;
    let row = optional("municipality.tile_row", row.try_get("tile_row")?)?;
    Ok(column.zip(row).map(|(column, row)| Tile { column, row }))
}
