//! 指標: definitions and the KPI ledger.
pub mod get;
