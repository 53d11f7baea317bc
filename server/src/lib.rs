//! Shirabe's server: command line, HTTP, use cases and store.

// The views that pages hand over are deeply nested types.
#![recursion_limit = "256"]

pub mod access;
pub mod cli;
pub mod clock;
pub mod export;
pub mod http;
pub mod import;
pub mod mail;
pub mod openid;
pub mod seeds;
pub mod service;
pub mod store;
pub mod workbook;
pub mod xlsform;
