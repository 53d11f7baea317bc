//! 県の管理: the prefecture's side.
pub mod accept;
pub mod get;
pub mod kpi;
pub mod response;
pub mod round;
pub mod state;
