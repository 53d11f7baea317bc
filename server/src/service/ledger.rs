//! KPI台帳: the plan's indicators.

use shared::kpi::Kpi;
use shared::wire::FieldProblem;

use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, KpiRecord};

impl Service {
    /// The ledger in the plan's order.
    pub async fn kpis(&self) -> Result<Vec<KpiRecord>> {
        Ok(self.store.kpis().await?)
    }

    /// One row's revisions, oldest first; at least one.
    pub async fn kpi_history(&self, account: &AccountRecord, id: &str) -> Result<Vec<KpiRecord>> {
        require(account, Role::Officer)?;
        let history = self.store.kpi_history(id).await?;
        if history.is_empty() { Err(Error::NotFound) } else { Ok(history) }
    }

    /// Saves a new revision of a row. Id, category and what computes it stay as they are.
    pub async fn save_kpi(&self, account: &AccountRecord, mut kpi: Kpi, revision: u32) -> Result<()> {
        let history = self.kpi_history(account, &kpi.id).await?;
        let stored = &history.last().ok_or(Error::NotFound)?.kpi;
        kpi.category.clone_from(&stored.category);
        kpi.computed.clone_from(&stored.computed);
        if kpi == *stored {
            return Ok(());
        }
        let mut problems = Vec::new();
        if kpi.label.trim().is_empty() {
            let message = "指標名を入力してください。".to_owned();
            problems.push(FieldProblem { field: "label".to_owned(), message });
        }
        for (field, value) in kpi.editable() {
            if value.chars().count() > 500 {
                let message = "500文字以内で入力してください。".to_owned();
                problems.push(FieldProblem { field: field.to_owned(), message });
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        done(self.store.save_kpi(&kpi, revision, &account.author(), self.clock.now()).await?)
    }
}
