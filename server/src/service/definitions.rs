//! 指標の定義: which there are, and how new versions are added.

use shared::indicator::{Definition, applying};

use super::publishing::official;
use super::{Error, Result, Service};
use crate::store::StoreError;

impl Service {
    /// All definitions, in the order in which pages list them.
    pub async fn definitions(&self) -> Result<Vec<Definition>> {
        let mut definitions = self.store.definitions().await?;
        definitions.sort_by_key(Definition::place);
        Ok(definitions)
    }

    /// Adds new definitions and versions together. What was published stays as it is: they apply to years after it.
    pub async fn add_definitions(&self, new: &[Definition]) -> Result<()> {
        let known = self.definitions().await?;
        let published = self.publications().await?.last().map(|publication| publication.year);
        for definition in new {
            let Definition { id, version, valid_from, .. } = definition;
            if let Some(last) = published.filter(|last| valid_from <= last) {
                return Err(Error::Refused(format!(
                    "{id}: {last}までは公表済みです。valid_from を、それより後の年度にしてください。"
                )));
            }
            let versions = known.iter().chain(new).filter(|d| d.id == *id && d.version < *version);
            let latest = versions.map(|d| d.version).max().unwrap_or(0);
            if *version != latest + 1 {
                return Err(Error::Refused(format!("{id}: version を{}にしてください。", latest + 1)));
            }
        }
        let all: Vec<Definition> = known.into_iter().chain(new.iter().cloned()).collect();
        for definition in new {
            official(&applying(&all, definition.valid_from), definition.valid_from)?;
        }
        self.store.add_definitions(new).await.map_err(|error| match error {
            StoreError::Exists(what) => Error::Refused(format!("{what}は、すでに登録されています。")),
            other => other.into(),
        })
    }
}
