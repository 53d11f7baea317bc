//! A fresh database for each test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use server::store::{Store, connect};
use sqlx::migrate::MigrateDatabase;
use sqlx::{Connection, Row};
use tempfile::TempDir;

/// Where the server for tests is, as an address with a database to create others from.
const POSTGRES: &str = "SHIRABE_TEST_POSTGRES";

pub struct Backend {
    pub url: String,
    pub store: Arc<dyn Store>,
}

pub async fn on_sqlite(promise: impl AsyncFnOnce(&Backend)) {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("shirabe.db").display());
    keep(url, promise).await;
}

pub async fn on_postgres(promise: impl AsyncFnOnce(&Backend)) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var(POSTGRES)
        .unwrap_or_else(|_| panic!("{POSTGRES} is not set: `cargo xtask test` starts a PostgreSQL server and sets it"));
    let (address, _) = server.rsplit_once('/').expect("an address ending in /database");
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let url = format!("{address}/shirabe_contract_{}_{number}", std::process::id());
    sqlx::Postgres::create_database(&url).await.expect("the PostgreSQL server for tests creates a database");
    keep(url.clone(), promise).await;
    sqlx::Postgres::force_drop_database(&url).await.unwrap();
}

async fn keep(url: String, promise: impl AsyncFnOnce(&Backend)) {
    let store = connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    let backend = Backend { url, store };
    promise(&backend).await;
    backend.store.close().await;
}

impl Backend {
    /// The same database, opened anew.
    pub async fn reopen(&self) -> Arc<dyn Store> {
        connect(&self.url).await.unwrap()
    }

    /// Runs SQL behind the store's back.
    pub async fn execute(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        if self.is_sqlite() {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await?;
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await?;
        }
        Ok(())
    }

    /// One text a row, read behind the store's back.
    pub async fn texts(&self, sqlite: &'static str, postgres: &'static str) -> Vec<String> {
        if self.is_sqlite() {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            let rows = sqlx::raw_sql(sqlite).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            let rows = sqlx::raw_sql(postgres).fetch_all(&mut connection).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}
