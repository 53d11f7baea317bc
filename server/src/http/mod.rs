//! HTTP: one router file; a folder is a resource, a file a verb. Handlers look up, act and respond.
//!
//! - [`router`]: every route
//! - [`state`]: what handlers share
//! - [`auth`], [`session`], [`throttle`]: who is asking
//! - [`security`]: headers and the origin check
//! - [`page`]: rendering a page
//! - [`refusal`]: every error, as a page or as problem+json
//! - [`upload`], [`text_file`]: a form with a file, and tables of text among them
//! - [`download`]: bodies written while the client reads
//! - [`assets`], [`health`]: embedded files, probes and metrics
//! - [`figures`], [`forms`], [`sheet`], [`signatures`]: view models that several pages share
//! - [`results`]: results question by question
//! - [`api`]: the JSON below `/api/v1`

pub mod answer;
pub mod api;
pub mod assets;
pub mod auth;
pub mod compare;
pub mod data;
pub mod desk;
pub mod download;
pub mod exploration;
pub mod figures;
pub mod forms;
pub mod health;
pub mod home;
pub mod indicators;
mod inquiries;
pub mod login;
pub mod logout;
pub mod page;
pub mod pictures;
pub mod refusal;
pub mod results;
pub mod roadmap;
pub mod router;
pub mod security;
pub mod session;
pub mod sheet;
pub mod signatures;
pub mod state;
mod text_file;
pub mod throttle;
mod upload;
