//! 督促
pub mod mails;
