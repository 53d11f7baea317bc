//! KPI台帳
pub mod get;
pub mod list;
