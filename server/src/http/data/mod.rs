//! データ: what can be downloaded.
//!
//! - [`get`]: the page
//! - [`files`]: a dataset in a form, and its manifest
//! - [`exports`]: files that take long, made before they are fetched
//! - [`questionnaire`]: a round's questionnaire as XLSForm
//! - [`catalog`]: everything published, as DCAT
//! - [`listing`]: what there is for whom

pub mod catalog;
pub mod exports;
pub mod files;
pub mod get;
pub mod listing;
pub mod questionnaire;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::AppState;

/// The files, with their description.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(files::get::get))
        .routes(routes!(questionnaire::get::get))
        .routes(routes!(catalog::get::get))
}
