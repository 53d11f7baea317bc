//! Every statement and its reading, written once.
//!
//! This folder is compiled twice, as a child of `sqlite.rs` and of `postgres.rs`: `super` says which database `Db`
//! is and holds its `Driver`. Statements use only what both databases read alike: `$1` placeholders, `ON CONFLICT`,
//! `RETURNING`, whole numbers as `i64`, `TEXT`, and bytes. Every placeholder is bound: an unbound one becomes NULL
//! silently.

mod accounts;
mod answers;
mod api_tokens;
mod approval;
mod audit;
mod boundaries;
mod extensions;
mod imports;
mod indicators;
mod inquiries;
mod invitations;
mod jobs;
mod kpis;
mod mail;
mod municipalities;
mod peer_groups;
mod publications;
mod questionnaires;
mod questions_and_answers;
mod reference;
mod release_plans;
mod responses;
mod returns;
mod roadmap;
mod rounds;
mod second_factor;
mod section_tasks;
mod sessions;
mod settings;
mod store;

use sqlx::Row as _;

use super::Db;
use crate::store::{AccountId, Author, Changed, Result};

type Connection = <Db as sqlx::Database>::Connection;
type QueryResult = <Db as sqlx::Database>::QueryResult;
type Row = <Db as sqlx::Database>::Row;

/// A conditional change took place when it found its row.
fn changed(result: &QueryResult) -> Changed {
    if result.rows_affected() == 0 { Changed::No } else { Changed::Yes }
}

/// Reads the author that every changed row carries.
fn author(row: &Row) -> Result<Author> {
    let account: Option<i64> = row.try_get("author_account")?;
    Ok(Author { account: account.map(AccountId), name: row.try_get("author_name")? })
}

/// The account as it is bound.
fn author_account(author: &Author) -> Option<i64> {
    author.account.map(|id| id.0)
}
