//! A file of the ledger's rows or values: what it would change, and changing just that.

use sha2::{Digest as _, Sha256};
use shared::kpi::{Kpi, NewValue};

use super::{LedgerRow, require};
use crate::access::Role;
use crate::import::ImportError;
use crate::import::ledger;
use crate::service::answering::hex;
use crate::service::{Error, Result, Service};
use crate::store::AccountRecord;

/// What a file would change.
#[derive(Debug, Clone)]
pub struct LedgerUpload {
    /// Rows, each with the revision that it follows.
    pub kpis: Vec<(Kpi, u32)>,
    /// Values.
    pub values: Vec<NewValue>,
    /// Rows of the file that change nothing.
    pub unchanged: usize,
    /// The ledger that it was compared with.
    pub ledger: Vec<LedgerRow>,
}

impl LedgerUpload {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.kpis.is_empty() && self.values.is_empty()
    }

    /// SHA-256 of the changes with the revisions that they follow: what is saved is what was shown.
    pub fn fingerprint(&self) -> String {
        hex(&Sha256::digest(format!("{:?}{:?}", self.kpis, self.values)))
    }
}

impl Service {
    /// What a file would change, or each of its faults.
    pub async fn read_ledger_file(
        &self,
        account: &AccountRecord,
        file: &str,
        text: &str,
    ) -> Result<std::result::Result<LedgerUpload, ImportError>> {
        require(account, Role::Officer)?;
        let ledger = self.ledger().await?;
        Ok(ledger::read(file, text, ledger))
    }

    /// Saves what a file changes, all or nothing, if that is what `fingerprint` was shown for.
    pub async fn save_ledger_file(
        &self,
        account: &AccountRecord,
        upload: LedgerUpload,
        fingerprint: &str,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        if upload.fingerprint() != fingerprint {
            return Err(Error::Changed);
        }
        if upload.is_empty() {
            return Ok(());
        }
        self.save_ledger(account, upload.kpis, upload.values).await
    }
}
