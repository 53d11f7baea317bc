//! Schema versions.

use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::{Result, StoreError};

/// The version that brought the audit log.
pub(super) const AUDIT: i64 = 19;

/// Refuses a database whose schema is newer than this binary, before anything is changed.
pub(super) async fn refuse_newer(migrator: &Migrator, connection: &mut impl Migrate) -> Result<()> {
    let (database, binary) = versions(migrator, connection).await?;
    match database {
        Some(database) if database > binary => Err(StoreError::NewerThanBinary { database, binary }),
        _ => Ok(()),
    }
}

/// The newest version that the database has, and the newest that this binary knows.
pub(super) async fn versions(migrator: &Migrator, connection: &mut impl Migrate) -> Result<(Option<i64>, i64)> {
    let binary = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    Ok((newest_applied(migrator, connection).await.map_err(sqlx::Error::from)?, binary))
}

async fn newest_applied(
    migrator: &Migrator,
    connection: &mut impl Migrate,
) -> std::result::Result<Option<i64>, MigrateError> {
    connection.lock().await?;
    // A database that has a version has this table; only an empty one gets it here.
    connection.ensure_migrations_table(&migrator.table_name).await?;
    let applied = connection.list_applied_migrations(&migrator.table_name).await?;
    connection.unlock().await?;
    Ok(applied.iter().map(|migration| migration.version).max())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    fn names(folder: &str) -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(folder);
        std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn both_databases_have_the_same_migrations() {
        let sqlite = names("sqlite");
        assert!(sqlite.contains("0001_register.sql"));
        assert!(sqlite.contains(&format!("{:04}_audit.sql", super::AUDIT)));
        assert_eq!(sqlite, names("postgres"));
    }
}
