//! 県の管理: the prefecture's side.
pub mod accept;
pub mod account;
pub mod accounts;
pub mod advice;
pub mod audit;
pub mod get;
pub mod inquiries;
pub mod kpi;
pub mod publication;
pub mod reminders;
pub mod report;
pub mod response;
pub mod returns;
pub mod roadmap;
pub mod round;
pub mod state;
