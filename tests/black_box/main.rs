//! What Shirabe promises, tested from outside: the real binary, over HTTP and on the command line.
//!
//! Access:
//! - [`login_post`], [`logout_post`]: sessions
//! - [`origin`]: changes come from this site only
//! - [`security_headers`]: what every answer forbids the browser
//! - [`isolation`]: who may see and do what
//! - [`every_page`]: what holds for every page that a role can reach
//!
//! Answering:
//! - [`answer_put`]: one answer through the API
//! - [`section_post`], [`section_post_together`]: a section's form, by one official and by two
//! - [`submission_post`]: handing in
//!
//! The prefecture and the public:
//! - [`round_state_post`]: the round's states
//! - [`whole_year`]: from the opening to the published figures, on both databases
//! - [`kpi_post`]: the plan's ledger
//! - [`results_get`]: the public page and its figures
//! - [`answers_csv_get`]: the download
//!
//! Running it:
//! - [`operation`]: health, metrics, API description, signals, crashes
//! - [`assets_get`]: the embedded files
//! - [`command_user`], [`command_questionnaire`], [`command_export`], [`command_database`]: the command line

mod answer_put;
mod answers_csv_get;
mod assets_get;
mod command_database;
mod command_export;
mod command_questionnaire;
mod command_user;
mod every_page;
mod isolation;
mod kpi_post;
mod login_post;
mod logout_post;
mod operation;
mod origin;
mod results_get;
mod round_state_post;
mod section_post;
mod section_post_together;
mod security_headers;
mod submission_post;
mod whole_year;
