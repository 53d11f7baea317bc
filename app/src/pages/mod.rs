//! One file a page: its view model and the component that is a pure function of it.
//!
//! - [`home`] `/`
//! - [`login`] `/login`
//! - [`indicators`] `/indicators`
//! - [`data`] `/data`
//! - [`message`]: a refusal or an error
//! - [`answer_list`] `/answer`
//! - [`answer_section`] `/answer/{year}/{section}`
//! - [`answer_check`] `/answer/{year}/check`
//! - [`receipt`] `/answer/{year}/receipt`
//! - [`desk`] `/desk`
//! - [`desk_response`] `/desk/…`: one municipality's response
//! - [`desk_kpi`] `/desk/kpi/{id}`

pub mod answer_check;
pub mod answer_list;
pub mod answer_section;
pub mod data;
pub mod desk;
pub mod desk_kpi;
pub mod desk_response;
pub mod home;
pub mod indicators;
pub mod login;
pub mod message;
pub mod receipt;
