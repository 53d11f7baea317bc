//! KPI台帳: the plan's indicators with their values.
//!
//! - [`rows`]: what was entered and what the survey says, together
//! - [`upload`]: a file of rows or of values

pub mod rows;
pub mod upload;

use shared::kpi::{Kpi, NewValue, TypedKpi, TypedValue};
use shared::wire::FieldProblem;

use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, KpiRecord, KpiValueRecord, LedgerChange, StoreError};

pub use rows::{Figure, LedgerRow, LedgerValue};

/// One row with everything that was ever entered for it.
#[derive(Debug, Clone)]
pub struct KpiHistory {
    /// The row's revisions, oldest first; at least one.
    pub rows: Vec<KpiRecord>,
    /// Its values' revisions, oldest first.
    pub values: Vec<KpiValueRecord>,
}

impl KpiHistory {
    /// The row as it stands.
    pub fn last(&self) -> Result<&KpiRecord> {
        self.rows.last().ok_or(Error::NotFound)
    }
}

impl Service {
    /// One row's revisions and those of its values.
    pub async fn kpi_history(&self, account: &AccountRecord, id: &str) -> Result<KpiHistory> {
        require(account, Role::Officer)?;
        let rows = self.store.kpi_history(id).await?;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        Ok(KpiHistory { rows, values: self.store.kpi_value_history(id).await? })
    }

    /// Saves a new revision of a row. Id, category and what computes it stay as they are.
    pub async fn save_kpi(&self, account: &AccountRecord, id: &str, typed: &TypedKpi, revision: u32) -> Result<()> {
        let history = self.kpi_history(account, id).await?;
        let stored = &history.last()?.kpi;
        let kpi = typed.read(stored).map_err(Error::Invalid)?;
        if kpi == *stored {
            return Ok(());
        }
        self.save_ledger(account, vec![(kpi, revision)], Vec::new()).await
    }

    /// Saves values of a row, as far as they differ from what is stored. Problems are of fields named `value.2026` and
    /// `note.2026`.
    pub async fn save_kpi_values(&self, account: &AccountRecord, id: &str, typed: &[TypedValue]) -> Result<()> {
        let history = self.kpi_history(account, id).await?;
        let kpi = &history.last()?.kpi;
        let (mut values, mut problems) = (Vec::new(), Vec::new());
        for one in typed {
            let last = history.values.iter().rfind(|record| record.period.code() == one.period.trim());
            let mut one = one.clone();
            if let Some(last) = last.filter(|last| one_line(&last.note) == one.note.trim()) {
                one.note.clone_from(&last.note);
            }
            match one.read(kpi, last.map(|last| (last.value, last.note.as_str()))) {
                Ok(value) if is_news(&value, &history.values) => values.push(value),
                Ok(_) => {}
                Err(FieldProblem { field, message }) => {
                    // The page has no field for a period.
                    let field = if field == "period" { "value".to_owned() } else { field };
                    problems.push(FieldProblem { field: format!("{field}.{}", one.period), message });
                }
            }
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if values.is_empty() {
            return Ok(());
        }
        self.save_ledger(account, Vec::new(), values).await
    }

    /// Saves rows and values together, or none of them.
    async fn save_ledger(&self, account: &AccountRecord, kpis: Vec<(Kpi, u32)>, values: Vec<NewValue>) -> Result<()> {
        let change = LedgerChange { kpis, values, by: account.author(), at: self.clock.now() };
        match self.store.save_ledger(&change).await {
            Ok(changed) => done(changed),
            Err(StoreError::Exists(_)) => Err(Error::Changed),
            Err(other) => Err(other.into()),
        }
    }
}

/// A remark as a field of one line gives it back: browsers leave out its line breaks.
pub fn one_line(note: &str) -> String {
    note.replace(['\r', '\n'], "")
}

/// Whether a value says something else than what is stored for its period. A period never filled and left empty does
/// not.
fn is_news(value: &NewValue, stored: &[KpiValueRecord]) -> bool {
    match stored.iter().rfind(|record| record.kpi == value.kpi && record.period == value.period) {
        Some(record) => (record.value, record.note.as_str()) != (value.value, value.note.as_str()),
        None => value.value.is_some() || !value.note.is_empty(),
    }
}
