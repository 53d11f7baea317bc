//! The harness of the black-box tests: it knows HTTP and the command line only, and fails a test by panicking.
//!
//! - [`program`]: running `shirabe`
//! - [`installation`]: a data directory or database of a test's own
//! - [`server`]: `shirabe serve`, stopped when dropped
//! - [`client`]: a visitor with a cookie
//! - [`authenticator`]: a device that shows codes
//! - [`page`]: reading HTML as a browser does
//! - [`job`]: watching what takes long
//! - [`response`]: filling in a municipality's response
//! - [`pyxform`]: a questionnaire in the reference implementation of XLSForm
//! - [`smtp`]: a real mail server
//! - [`openid`]: a small OpenID provider
//! - [`table`]: reading a CSV download
//! - [`workbook`]: a downloaded workbook in other hands
#![expect(clippy::missing_panics_doc, reason = "a harness fails its test by panicking")]
#![expect(clippy::return_self_not_must_use, reason = "requiring a status is often all that is wanted")]

pub mod authenticator;
pub mod client;
pub mod installation;
pub mod job;
pub mod openid;
pub mod page;
pub mod program;
pub mod pyxform;
pub mod response;
pub mod server;
pub mod smtp;
pub mod table;
pub mod workbook;

pub use authenticator::Authenticator;
pub use client::{Answer, Client};
pub use installation::Installation;
pub use page::Page;
pub use response::Response;
pub use server::Server;
pub use table::Table;
