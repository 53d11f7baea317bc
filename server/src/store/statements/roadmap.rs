//! The roadmap: every revision of an item and of a review is a row of its own.

use shared::audit::{Act, Chain};
use shared::kpi::Period;
use shared::roadmap::{Item, NewReview, Status, Step};
use shared::time::Timestamp;
use shared::visibility::Visibility;
use sqlx::Row as _;

use super::{Connection, Row, audit, author, author_account, changed};
use crate::store::values::{number, to_json, word};
use crate::store::{Author, Changed, NewAudit, Result, RoadmapChange, RoadmapRecord, RoadmapReviewRecord, StoreError};

/// The columns of every query, by name: a statement prepared before a migration must keep its shape.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, revision, field, area, survey_area, measure, steps, kpis, visibility, note, author_account,
                 author_name, at FROM roadmap_item ",
            $rest
        )
    };
}

macro_rules! select_reviews {
    ($rest:literal) => {
        concat!(
            "SELECT item, period, revision, status, note, author_account, author_name, at FROM roadmap_review ",
            $rest
        )
    };
}

pub(super) async fn latest(connection: &mut Connection) -> Result<Vec<RoadmapRecord>> {
    let rows = sqlx::query(select!(
        "WHERE revision = (SELECT max(revision) FROM roadmap_item AS other WHERE other.id = roadmap_item.id)
         ORDER BY position, id"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(item).collect()
}

pub(super) async fn history(connection: &mut Connection, id: &str) -> Result<Vec<RoadmapRecord>> {
    let rows = sqlx::query(select!("WHERE id = $1 ORDER BY revision")).bind(id).fetch_all(connection).await?;
    rows.iter().map(item).collect()
}

pub(super) async fn latest_reviews(connection: &mut Connection) -> Result<Vec<RoadmapReviewRecord>> {
    let rows = sqlx::query(select_reviews!(
        "WHERE revision = (SELECT max(revision) FROM roadmap_review AS other
             WHERE other.item = roadmap_review.item AND other.period = roadmap_review.period) ORDER BY item, period"
    ))
    .fetch_all(connection)
    .await?;
    rows.iter().map(review).collect()
}

pub(super) async fn review_history(connection: &mut Connection, id: &str) -> Result<Vec<RoadmapReviewRecord>> {
    let rows = sqlx::query(select_reviews!("WHERE item = $1 ORDER BY at, period, revision"))
        .bind(id)
        .fetch_all(connection)
        .await?;
    rows.iter().map(review).collect()
}

pub(super) async fn add(connection: &mut Connection, items: &[Item], by: &Author, at: Timestamp) -> Result<()> {
    for item in items {
        let last: i64 = sqlx::query_scalar("SELECT coalesce(max(position), 0) FROM roadmap_item")
            .fetch_one(&mut *connection)
            .await?;
        if insert(connection, item, 1, last + 1, by, at).await? == Changed::No {
            return Err(StoreError::Exists(format!("工程表 {}", item.id)));
        }
    }
    Ok(())
}

/// As the ledger's: everything is looked at before the first row is written.
pub(super) async fn save(connection: &mut Connection, change: &RoadmapChange) -> Result<Changed> {
    let mut positions = Vec::with_capacity(change.items.len());
    for (item, revision) in &change.items {
        match position(connection, &item.id, *revision).await? {
            Some(position) => positions.push(position),
            None => return Ok(Changed::No),
        }
    }
    for review in &change.reviews {
        if !is_last(connection, review).await? {
            return Ok(Changed::No);
        }
    }
    let (items, reviews) = (latest(connection).await?, latest_reviews(connection).await?);
    for ((item, revision), position) in change.items.iter().zip(positions) {
        let done = insert(connection, item, i64::from(*revision) + 1, position, &change.by, change.at).await?;
        unless_overtaken(done, &item.id)?;
        let words = |item: &Item| to_json("roadmap_item", &item.editable());
        let before = items.iter().find(|before| before.item.id == item.id);
        let (from, to) = (before.map(|before| words(&before.item)).transpose()?, words(item)?);
        record(connection, change, (&item.id, Act::Roadmap, String::new()), (from, to)).await?;
    }
    for review in &change.reviews {
        let done = insert_review(connection, review, &change.by, change.at).await?;
        unless_overtaken(done, &review.item)?;
        let words = |status: Option<Status>, note: &str| {
            let status = status.map_or("", Status::code);
            if note.is_empty() { status.to_owned() } else { format!("{status}（{note}）") }
        };
        let before = reviews.iter().find(|before| before.item == review.item && before.period == review.period);
        let (from, to) = (before.map(|before| words(before.status, &before.note)), words(review.status, &review.note));
        record(connection, change, (&review.item, Act::RoadmapReview, review.period.code()), (from, to)).await?;
    }
    Ok(Changed::Yes)
}

/// Adds an entry to the item's chain.
async fn record(
    connection: &mut Connection,
    change: &RoadmapChange,
    (id, act, object): (&str, Act, String),
    (from, to): (Option<String>, String),
) -> Result<()> {
    let recorded = NewAudit { chain: Chain::Roadmap(id.to_owned()), act, object, from, to: Some(to) };
    audit::add(connection, recorded, &change.by, change.at).await
}

fn unless_overtaken(done: Changed, id: &str) -> Result<()> {
    match done {
        Changed::Yes => Ok(()),
        Changed::No => Err(StoreError::Exists(format!("工程表 {id}"))),
    }
}

/// The item's place, if it is at that revision.
async fn position(connection: &mut Connection, id: &str, revision: u32) -> Result<Option<i64>> {
    let position = sqlx::query_scalar(
        "SELECT position FROM roadmap_item WHERE id = $1 AND revision = $2
             AND NOT EXISTS (SELECT 1 FROM roadmap_item AS later WHERE later.id = $1 AND later.revision > $2)",
    )
    .bind(id)
    .bind(i64::from(revision))
    .fetch_optional(connection)
    .await?;
    Ok(position)
}

/// Whether the item exists and the period's review is at the revision that is followed.
async fn is_last(connection: &mut Connection, review: &NewReview) -> Result<bool> {
    let items: i64 = sqlx::query_scalar("SELECT count(*) FROM roadmap_item WHERE id = $1")
        .bind(&review.item)
        .fetch_one(&mut *connection)
        .await?;
    let last: i64 =
        sqlx::query_scalar("SELECT coalesce(max(revision), 0) FROM roadmap_review WHERE item = $1 AND period = $2")
            .bind(&review.item)
            .bind(review.period.code())
            .fetch_one(connection)
            .await?;
    Ok(items > 0 && last == i64::from(review.revision))
}

async fn insert(
    connection: &mut Connection,
    item: &Item,
    revision: i64,
    position: i64,
    by: &Author,
    at: Timestamp,
) -> Result<Changed> {
    let steps: Vec<String> = item.steps.iter().map(Step::to_string).collect();
    let added = sqlx::query(
        "INSERT INTO roadmap_item (id, revision, position, field, area, survey_area, measure, steps, kpis, visibility,
             note, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id, revision) DO NOTHING",
    )
    .bind(&item.id)
    .bind(revision)
    .bind(position)
    .bind(&item.field)
    .bind(&item.area)
    .bind(&item.survey_area)
    .bind(&item.measure)
    .bind(steps.join("\n"))
    .bind(item.kpis.join(" "))
    .bind(item.visibility.code())
    .bind(&item.note)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

async fn insert_review(connection: &mut Connection, review: &NewReview, by: &Author, at: Timestamp) -> Result<Changed> {
    let added = sqlx::query(
        "INSERT INTO roadmap_review (item, period, revision, status, note, author_account, author_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (item, period, revision) DO NOTHING",
    )
    .bind(&review.item)
    .bind(review.period.code())
    .bind(i64::from(review.revision) + 1)
    .bind(review.status.map_or("", Status::code))
    .bind(&review.note)
    .bind(author_account(by))
    .bind(&by.name)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(changed(&added))
}

fn item(row: &Row) -> Result<RoadmapRecord> {
    let (steps, kpis, visibility): (String, String, String) =
        (row.try_get("steps")?, row.try_get("kpis")?, row.try_get("visibility")?);
    let steps: Result<Vec<Step>> =
        steps.lines().map(|line| word("roadmap_item.steps", line, |line| line.parse().ok())).collect();
    Ok(RoadmapRecord {
        item: Item {
            id: row.try_get("id")?,
            field: row.try_get("field")?,
            area: row.try_get("area")?,
            survey_area: row.try_get("survey_area")?,
            measure: row.try_get("measure")?,
            steps: steps?,
            kpis: kpis.split_whitespace().map(str::to_owned).collect(),
            visibility: word("roadmap_item.visibility", &visibility, Visibility::of_code)?,
            note: row.try_get("note")?,
        },
        revision: number("roadmap_item.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}

fn review(row: &Row) -> Result<RoadmapReviewRecord> {
    let (period, status): (String, String) = (row.try_get("period")?, row.try_get("status")?);
    let status = match status.as_str() {
        "" => None,
        code => Some(word("roadmap_review.status", code, Status::of_code)?),
    };
    Ok(RoadmapReviewRecord {
        item: row.try_get("item")?,
        period: word("roadmap_review.period", &period, Period::of_code)?,
        status,
        note: row.try_get("note")?,
        revision: number("roadmap_review.revision", row.try_get("revision")?)?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
    })
}
