//! 指標: definitions and the KPI ledger; below them how each figure was computed.
pub mod computation;
pub mod get;
pub mod ledger;
pub mod located;
pub mod sheet;
