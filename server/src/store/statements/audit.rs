//! 監査記録. An entry is added in the transaction of what it records.

use shared::audit::Act;
use shared::time::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, author, author_account};
use crate::store::values::{json, to_json};
use crate::store::{
    AuditEntry, AuditFilter, Author, ChainEnd, Changed, Checkpoint, Head, ImpliedEntries, NewAudit, Result,
};

/// Adds an entry at the end of its chain, which this transaction holds until its end.
pub(super) async fn add(connection: &mut Connection, new: NewAudit, by: &Author, at: Timestamp) -> Result<()> {
    let chain = new.chain.to_string();
    let end = sqlx::query(
        "INSERT INTO audit_chain (chain, length, hash, checked_length) VALUES ($1, 0, '', 0)
         ON CONFLICT (chain) DO UPDATE SET length = audit_chain.length RETURNING length, hash",
    )
    .bind(&chain)
    .fetch_one(&mut *connection)
    .await?;
    let (length, previous): (i64, String) = (end.try_get("length")?, end.try_get("hash")?);
    let NewAudit { act, object, from, to, .. } = new;
    let mut entry = AuditEntry {
        id: 0,
        chain,
        sequence: length + 1,
        act: act.code().to_owned(),
        object,
        from,
        to,
        by: by.clone(),
        at,
        hash: String::new(),
    };
    entry.hash = entry.computed(&previous);
    sqlx::query(
        "INSERT INTO audit (chain, sequence, act, object, value_from, value_to, author_account, author_name, at, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&entry.chain)
    .bind(entry.sequence)
    .bind(&entry.act)
    .bind(&entry.object)
    .bind(&entry.from)
    .bind(&entry.to)
    .bind(author_account(&entry.by))
    .bind(&entry.by.name)
    .bind(entry.at.0)
    .bind(&entry.hash)
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE audit_chain SET length = $1, hash = $2 WHERE chain = $3")
        .bind(entry.sequence)
        .bind(&entry.hash)
        .bind(&entry.chain)
        .execute(connection)
        .await?;
    Ok(())
}

/// Writes down the ends of the chains that grew since the last checkpoint; nothing where none did.
pub(super) async fn check(connection: &mut Connection, at: Timestamp) -> Result<Changed> {
    let grown = sqlx::query("SELECT chain, length, hash FROM audit_chain WHERE length > checked_length ORDER BY chain")
        .fetch_all(&mut *connection)
        .await?;
    if grown.is_empty() {
        return Ok(Changed::No);
    }
    let heads = grown.iter().map(head).collect::<Result<Vec<Head>>>()?;
    let last = sqlx::query("SELECT number, hash FROM audit_checkpoint ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let last: Option<(i64, String)> =
        last.map(|row| Ok::<_, sqlx::Error>((row.try_get("number")?, row.try_get("hash")?))).transpose()?;
    let (number, previous) = last.unwrap_or_default();
    let mut checkpoint = Checkpoint { number: number + 1, at, heads, hash: String::new() };
    checkpoint.hash = checkpoint.computed(&previous);
    sqlx::query("INSERT INTO audit_checkpoint (number, at, heads, hash) VALUES ($1, $2, $3, $4)")
        .bind(checkpoint.number)
        .bind(checkpoint.at.0)
        .bind(to_json("audit_checkpoint.heads", &checkpoint.heads)?)
        .bind(&checkpoint.hash)
        .execute(&mut *connection)
        .await?;
    for head in &checkpoint.heads {
        sqlx::query("UPDATE audit_chain SET checked_length = $1 WHERE chain = $2")
            .bind(head.length)
            .bind(&head.chain)
            .execute(&mut *connection)
            .await?;
    }
    Ok(Changed::Yes)
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, chain, sequence, act, object, value_from, value_to, author_account, author_name, at, hash
             FROM audit ",
            $rest
        )
    };
}

pub(super) async fn matching(connection: &mut Connection, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
    let rows = sqlx::query(select!(
        "WHERE substr(chain, 1, length($1)) = $1 AND ($2 IS NULL OR act = $2)
             AND ($3 = '' OR replace(author_name, $3, '') <> author_name)
             AND at >= $4 AND at < $5 AND id < $6
             AND ($7 = '' OR chain = 'round/' || $7 OR substr(chain, 1, 14) = 'response/' || $7 || '/')
             AND ($8 = '' OR chain = 'municipality/' || $8
                  OR (substr(chain, 1, 9) = 'response/' AND substr(chain, 15) = $8))
         ORDER BY id DESC LIMIT $9"
    ))
    .bind(&filter.chain)
    .bind(filter.act.map(Act::code))
    .bind(&filter.author)
    .bind(filter.since.map_or(i64::MIN, |at| at.0))
    .bind(filter.until.map_or(i64::MAX, |at| at.0))
    .bind(filter.before.unwrap_or(i64::MAX))
    .bind(filter.year.map(|year| year.year().to_string()).unwrap_or_default())
    .bind(filter.municipality.map(|code| code.to_string()).unwrap_or_default())
    .bind(i64::from(filter.limit))
    .fetch_all(connection)
    .await?;
    rows.iter().map(entry).collect()
}

pub(super) async fn ends(connection: &mut Connection) -> Result<Vec<ChainEnd>> {
    let rows = sqlx::query("SELECT chain, length, hash, checked_length FROM audit_chain ORDER BY chain")
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(ChainEnd { head: head(row)?, checked_length: row.try_get("checked_length")? })).collect()
}

pub(super) async fn of_chain(connection: &mut Connection, chain: &str) -> Result<Vec<AuditEntry>> {
    let rows = sqlx::query(select!("WHERE chain = $1 ORDER BY sequence")).bind(chain).fetch_all(connection).await?;
    rows.iter().map(entry).collect()
}

pub(super) async fn chains(connection: &mut Connection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT DISTINCT chain FROM audit ORDER BY chain").fetch_all(connection).await?)
}

/// By the histories that are written in the transaction of an entry, as far as they are later than `since`.
pub(super) async fn implied(connection: &mut Connection, since: Timestamp) -> Result<Vec<ImpliedEntries>> {
    let rows = sqlx::query(
        "SELECT 'round/' || CAST(year AS TEXT) AS chain, $2 AS act, count(*) AS entries
         FROM round_event WHERE at > $1 GROUP BY year
         UNION ALL
         SELECT 'response/' || CAST(year AS TEXT) || '/' || municipality, $3, count(*)
         FROM response_event WHERE at > $1 GROUP BY year, municipality
         UNION ALL
         SELECT 'response/' || CAST(year AS TEXT) || '/' || municipality, $4, count(*)
         FROM answer_history WHERE at > $1 GROUP BY year, municipality",
    )
    .bind(since.0)
    .bind(Act::RoundState.code())
    .bind(Act::ResponseState.code())
    .bind(Act::Answer.code())
    .fetch_all(connection)
    .await?;
    let of_chain = |row: &Row| {
        Ok(ImpliedEntries { chain: row.try_get("chain")?, act: row.try_get("act")?, count: row.try_get("entries")? })
    };
    rows.iter().map(of_chain).collect()
}

pub(super) async fn checkpoints(connection: &mut Connection) -> Result<Vec<Checkpoint>> {
    let rows = sqlx::query("SELECT number, at, heads, hash FROM audit_checkpoint ORDER BY number")
        .fetch_all(connection)
        .await?;
    let checkpoint = |row: &Row| {
        Ok(Checkpoint {
            number: row.try_get("number")?,
            at: Timestamp(row.try_get("at")?),
            heads: json("audit_checkpoint.heads", row.try_get("heads")?)?,
            hash: row.try_get("hash")?,
        })
    };
    rows.iter().map(checkpoint).collect()
}

fn head(row: &Row) -> Result<Head> {
    Ok(Head { chain: row.try_get("chain")?, length: row.try_get("length")?, hash: row.try_get("hash")? })
}

fn entry(row: &Row) -> Result<AuditEntry> {
    Ok(AuditEntry {
        id: row.try_get("id")?,
        chain: row.try_get("chain")?,
        sequence: row.try_get("sequence")?,
        act: row.try_get("act")?,
        object: row.try_get("object")?,
        from: row.try_get("value_from")?,
        to: row.try_get("value_to")?,
        by: author(row)?,
        at: Timestamp(row.try_get("at")?),
        hash: row.try_get("hash")?,
    })
}
