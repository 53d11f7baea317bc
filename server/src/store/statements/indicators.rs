//! Definitions and published counts of earlier years.

use shared::indicator::{Definition, Field, ReferenceCount};
use sqlx::Row as _;

use super::{Connection, Row, changed};
use crate::store::values::{json, number, optional, to_json, word, year_of};
use crate::store::{Changed, Result, StoreError};

pub(super) async fn definitions(connection: &mut Connection) -> Result<Vec<Definition>> {
    let texts: Vec<String> =
        sqlx::query_scalar("SELECT definition FROM definition ORDER BY id, version").fetch_all(connection).await?;
    texts.iter().map(|text| json("definition.definition", text)).collect()
}

pub(super) async fn add_definitions(connection: &mut Connection, definitions: &[Definition]) -> Result<()> {
    for definition in definitions {
        let added = sqlx::query(
            "INSERT INTO definition (id, version, definition) VALUES ($1, $2, $3)
             ON CONFLICT (id, version) DO NOTHING",
        )
        .bind(&definition.id)
        .bind(i64::from(definition.version))
        .bind(to_json("definition.definition", definition)?)
        .execute(&mut *connection)
        .await?;
        if changed(&added) == Changed::No {
            return Err(StoreError::Exists(format!("指標の定義 {}（{}）", definition.id, definition.version_label())));
        }
    }
    Ok(())
}

pub(super) async fn reference_counts(connection: &mut Connection) -> Result<Vec<ReferenceCount>> {
    let rows = sqlx::query(
        "SELECT year, field, count, population, respondents, definition, source, note FROM reference_count",
    )
    .fetch_all(connection)
    .await?;
    let mut counts: Vec<_> = rows.iter().map(reference_count).collect::<Result<_>>()?;
    counts.sort_by_key(|count| (count.year, count.field));
    Ok(counts)
}

pub(super) async fn add_reference_counts(connection: &mut Connection, counts: &[ReferenceCount]) -> Result<()> {
    for count in counts {
        let added = sqlx::query(
            "INSERT INTO reference_count (year, field, count, population, respondents, definition, source, note)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (year, field) DO NOTHING",
        )
        .bind(i64::from(count.year.year()))
        .bind(count.field.code())
        .bind(i64::from(count.count))
        .bind(i64::from(count.population))
        .bind(count.respondents.map(i64::from))
        .bind(&count.definition)
        .bind(&count.source)
        .bind(&count.note)
        .execute(&mut *connection)
        .await?;
        if changed(&added) == Changed::No {
            return Err(StoreError::Exists(format!("{}の{}の公表値", count.year, count.field.label())));
        }
    }
    Ok(())
}

fn reference_count(row: &Row) -> Result<ReferenceCount> {
    Ok(ReferenceCount {
        year: year_of("reference_count.year", row.try_get("year")?)?,
        field: word("reference_count.field", row.try_get("field")?, Field::of_code)?,
        count: number("reference_count.count", row.try_get("count")?)?,
        population: number("reference_count.population", row.try_get("population")?)?,
        respondents: optional("reference_count.respondents", row.try_get("respondents")?)?,
        definition: row.try_get("definition")?,
        source: row.try_get("source")?,
        note: row.try_get("note")?,
    })
}
