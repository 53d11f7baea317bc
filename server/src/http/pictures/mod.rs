//! 図: every exhibit under an address of its own: the page to embed, SVG, PNG, CSV.
//!
//! - [`found`]: an address to its exhibit, by the builder of the page that shows it
//! - [`get`]: the exhibit in the form asked for

pub mod found;
pub mod get;

use axum::routing;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::state::AppState;

#[derive(OpenApi)]
#[openapi(paths(get::get))]
struct Description;

/// The pictures, with their description: it knows no addresses of several parts, so that the route is told apart from it.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Description::openapi()).route("/pictures/{*path}", routing::get(get::get))
}
