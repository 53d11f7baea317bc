//! The database, migrated and seeded, with the use cases on it.

use std::sync::Arc;

use super::options::Options;
use crate::clock::Clock;
use crate::service::Service;
use crate::service::reference::mapping::mappings;
use crate::service::setup::seeded_questionnaire;
use crate::store;

/// Opens the database that the options name.
pub async fn open(options: &Options) -> anyhow::Result<Arc<Service>> {
    let store = store::connect(&options.database_url()?).await?;
    store.migrate().await?;
    let seeds = options.seeds();
    let service = Service::new(store, Clock::System)
        .with_reference_mappings(mappings(&seeds)?)
        .with_snapshots(options.snapshots())
        .with_second_factor_key(options.second_factor_key());
    service.seed(&seeds).await?;
    if options.demo {
        service.demonstrate(&seeded_questionnaire(&seeds)?).await?;
    } else if service.is_demonstration().await? {
        anyhow::bail!(
            "このデータベースはデモデータ（架空の回答）です。--demo を付けて実行するか、別のデータベースを指定してください。"
        );
    }
    Ok(Arc::new(service))
}
