//! Every municipality's inquiries.
pub mod get;
pub mod new;
pub mod thread;
