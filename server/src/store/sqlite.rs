//! What is SQLite's own: one file, one writer, many readers.

use std::path::Path;
use std::time::Duration;

use shared::time::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

use super::{Result, StoreError, migration};

#[expect(clippy::duplicate_mod, reason = "the statements are written once and compiled for each database")]
#[path = "statements/mod.rs"]
mod statements;

use SqliteStore as Driver;
type Db = Sqlite;

/// Connections that read at the same time.
const READERS: u32 = 4;
/// How long to wait for another process (a backup, a command) that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/sqlite");

/// The embedded store.
pub(super) struct SqliteStore {
    /// One connection: writers queue here instead of failing on one another.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file; makes it, readable by its owner only, where it is missing.
    pub(super) async fn connect(path: &str) -> Result<Self> {
        let failed = |reason: String| StoreError::Connect { address: format!("sqlite:{path}"), reason };
        if path.is_empty() || path == ":memory:" {
            return Err(failed("ファイルの場所を sqlite:PATH の形で指定してください。".to_owned()));
        }
        create_private(Path::new(path)).await.map_err(|error| failed(file_reason(&error)))?;
        let reading = SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT);
        // FULL: NORMAL may lose acknowledged commits when the power fails.
        let writing = reading
            .clone()
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(writing)
            .await
            .map_err(|error| failed(reason(&error)))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_lazy_with(reading.read_only(true));
        Ok(Self { writer, readers })
    }

    async fn reader(&self) -> Result<PoolConnection<Db>> {
        Ok(self.readers.acquire().await?)
    }

    /// IMMEDIATE: a transaction that reads first and writes later would fail when another process wrote in between.
    async fn begin(&self) -> Result<Transaction<'static, Db>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn bring_up_to_date(&self) -> Result<()> {
        migration::refuse_newer(&MIGRATOR, &mut *self.writer.acquire().await?).await?;
        MIGRATOR.run(&self.writer).await.map_err(sqlx::Error::from)?;
        Ok(())
    }

    async fn versions(&self) -> Result<(Option<i64>, i64)> {
        migration::versions(&MIGRATOR, &mut *self.writer.acquire().await?).await
    }

    /// Tables with both triggers.
    async fn guarded_tables(&self) -> Result<Vec<String>> {
        let tables = sqlx::query_scalar(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%is append-only%'
             GROUP BY tbl_name HAVING count(*) = 2 ORDER BY tbl_name",
        );
        Ok(tables.fetch_all(&mut *self.reader().await?).await?)
    }

    /// When the database got its audit log, to the second.
    async fn audited_since(&self) -> Result<Timestamp> {
        let since = sqlx::query_scalar(
            "SELECT CAST(strftime('%s', installed_on) AS INTEGER) * 1000 FROM _sqlx_migrations WHERE version = $1",
        );
        Ok(Timestamp(since.bind(migration::AUDIT).fetch_one(&mut *self.reader().await?).await?))
    }

    /// The writer last: the last connection to close moves the log into the file, and a reader could not.
    async fn close_pools(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// With one writer there is nothing to try again; other processes are waited for.
fn is_transient(_: &StoreError) -> bool {
    false
}

/// The log beside it gets the same permissions from SQLite.
async fn create_private(path: &Path) -> std::io::Result<()> {
    let created = tokio::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await;
    match created {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(|_| ()),
    }
}

fn file_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "フォルダーがありません。先に作成してください。".to_owned(),
        std::io::ErrorKind::PermissionDenied => "書き込む権限がありません。場所か権限を変えてください。".to_owned(),
        _ => error.to_string(),
    }
}

fn reason(error: &sqlx::Error) -> String {
    /// `SQLITE_NOTADB`
    const NOT_A_DATABASE: &str = "26";
    match error.as_database_error() {
        Some(refused) if refused.code().as_deref() == Some(NOT_A_DATABASE) => {
            "SQLiteのデータベースではありません。別のファイルを指定してください。".to_owned()
        }
        _ => error.to_string(),
    }
}
