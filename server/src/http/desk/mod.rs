//! 県の管理: the prefecture's side.
pub mod accept;
pub mod advice;
pub mod get;
pub mod inquiries;
pub mod kpi;
pub mod report;
pub mod response;
pub mod returns;
pub mod roadmap;
pub mod round;
pub mod state;
