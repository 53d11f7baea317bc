//! HTTP: one router file; a folder is a resource, a file a verb. Handlers look up, act and respond.
//!
//! - [`router`]: every route
//! - [`state`]: what handlers share
//! - [`auth`], [`session`], [`bearer`], [`throttle`]: who is asking
//! - [`limits`]: how often; [`deadline`]: how long
//! - [`security`]: headers and the origin check
//! - [`page`]: rendering a page
//! - [`preview`]: the site as somebody else would see it
//! - [`refusal`]: every error, as a page or as problem+json
//! - [`entity_tag`]: what a client has already
//! - [`download`]: bodies written while the client reads; [`jobs`]: what takes longer; `table_file`: what is small
//! - [`upload`], [`text_file`]: a form with a file, and tables of text among them
//! - [`assets`], [`health`]: embedded files, probes and metrics
//! - [`figures`], [`forms`], [`extensions`], [`sheet`], [`signatures`]: view models that several pages share
//! - [`results`]: results question by question; `question_use`: whose results are opened
//! - [`tokens`]: personal tokens for the API
//! - [`site`]: the public pages as files
//! - [`api`]: the JSON below `/api/v1`

pub mod account;
pub mod answer;
pub mod api;
pub mod assets;
pub mod auth;
pub mod bearer;
pub mod compare;
pub mod data;
pub mod deadline;
pub mod desk;
pub mod download;
pub mod entity_tag;
pub mod exploration;
mod extensions;
pub mod figures;
pub mod forms;
pub mod health;
pub mod home;
pub mod indicators;
mod inquiries;
pub mod invitation;
pub mod jobs;
pub mod limits;
pub mod login;
pub mod logout;
pub mod page;
pub mod pictures;
pub mod preview;
pub mod publications;
mod question_use;
pub mod refusal;
pub mod results;
pub mod roadmap;
pub mod router;
pub mod security;
pub mod session;
pub mod sheet;
pub mod signatures;
pub mod site;
pub mod state;
mod table_file;
mod text_file;
pub mod throttle;
pub mod tokens;
mod upload;
