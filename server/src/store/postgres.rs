//! What is PostgreSQL's own: a server, many connections, transactions that may be given up.

use std::time::Duration;

use shared::time::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Postgres, Transaction};

use super::{Result, StoreError, migration};

#[path = "statements/mod.rs"]
mod statements;

use PostgresStore as Driver;
type Db = Postgres;

/// Connections at most.
const CONNECTIONS: u32 = 10;
/// How long to wait for a free connection, or for a server that is just starting.
const PATIENCE: Duration = Duration::from_secs(5);

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/postgres");

/// The store on a server.
pub(super) struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    /// Connects to the database of a `postgres://` address.
    pub(super) async fn connect(url: &str) -> Result<Self> {
        let options: PgConnectOptions = url.parse().map_err(|_| StoreError::Connect {
            address: "postgres://…".to_owned(),
            reason: "アドレスを postgres://利用者名@ホスト:ポート/データベース名 の形で指定してください。".to_owned(),
        })?;
        let (user, host, port) = (options.get_username(), options.get_host(), options.get_port());
        let address = format!("postgres://{user}@{host}:{port}/{}", options.get_database().unwrap_or(user));
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.application_name("shirabe"))
            .await
            .map_err(|error| StoreError::Connect { address, reason: reason(&error) })?;
        Ok(Self { pool })
    }

    async fn reader(&self) -> Result<PoolConnection<Db>> {
        Ok(self.pool.acquire().await?)
    }

    /// READ COMMITTED, whatever the server's default: statements after a lock must see what was committed meanwhile.
    async fn begin(&self) -> Result<Transaction<'static, Db>> {
        Ok(self.pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
    }

    async fn bring_up_to_date(&self) -> Result<()> {
        migration::refuse_newer(&MIGRATOR, &mut *self.pool.acquire().await?).await?;
        MIGRATOR.run(&self.pool).await.map_err(sqlx::Error::from)?;
        Ok(())
    }

    async fn versions(&self) -> Result<(Option<i64>, i64)> {
        migration::versions(&MIGRATOR, &mut *self.pool.acquire().await?).await
    }

    /// Tables whose trigger stands and is not switched off.
    async fn guarded_tables(&self) -> Result<Vec<String>> {
        let tables = sqlx::query_scalar(
            "SELECT pg_class.relname::text FROM pg_trigger
             JOIN pg_class ON pg_class.oid = pg_trigger.tgrelid JOIN pg_proc ON pg_proc.oid = pg_trigger.tgfoid
             WHERE pg_proc.proname = 'refuse_change' AND pg_trigger.tgenabled <> 'D'
             ORDER BY pg_class.relname::text COLLATE \"C\"",
        );
        Ok(tables.fetch_all(&mut *self.reader().await?).await?)
    }

    /// When the database got its audit log, to the second.
    async fn audited_since(&self) -> Result<Timestamp> {
        let since = sqlx::query_scalar(
            "SELECT CAST(floor(extract(epoch FROM installed_on)) AS BIGINT) * 1000
             FROM _sqlx_migrations WHERE version = $1",
        );
        Ok(Timestamp(since.bind(migration::AUDIT).fetch_one(&mut *self.reader().await?).await?))
    }

    async fn close_pools(&self) {
        self.pool.close().await;
    }
}

/// Given up by the server for another transaction's sake: `serialization_failure`, `deadlock_detected`.
fn is_transient(error: &StoreError) -> bool {
    let StoreError::Database(error) = error else { return false };
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01"))
}

fn reason(error: &sqlx::Error) -> String {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    match (code.as_deref(), error) {
        (Some("28P01" | "28000"), _) => "利用者名またはパスワードが正しくありません。".to_owned(),
        (Some("3D000"), _) => "データベースがありません。先に作成してください。".to_owned(),
        (None, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut) => {
            "サーバーが応答しません。アドレスと、サーバーが動いているかを確認してください。".to_owned()
        }
        _ => error.to_string(),
    }
}
