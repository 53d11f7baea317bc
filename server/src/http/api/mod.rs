//! The JSON below `/api/v1`: what the islands use and what other programs may use. Errors are problem+json.
//!
//! - [`description`]: what the `OpenAPI` document says of all operations alike; [`parameters`]: what several of them take
//! - [`paging`]: lists in pages; [`tables`]: tables of files
//! - [`docs`]: the document as a page
//! - everything else: a folder a resource and a file a verb

pub mod accounts;
pub mod advice;
pub mod answers;
pub mod comparison;
pub mod datasets;
pub mod description;
pub mod docs;
pub mod exhibits;
pub mod exploration;
pub mod extensions;
pub mod indicators;
pub mod inquiries;
pub mod kpis;
pub mod municipalities;
pub mod paging;
pub mod parameters;
pub mod publications;
pub mod reminders;
pub mod responses;
pub mod results;
pub mod rounds;
pub mod tables;

use axum::Router;
use axum::http::header;
use axum::middleware;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::description::{Description, complete, protect};
use super::state::AppState;
use super::{bearer, data, entity_tag, pictures};
use crate::access::Scope;

/// The API, the files below `/data/`, the pictures, and the document that describes them.
pub fn router() -> Router<AppState> {
    let described = OpenApiRouter::with_openapi(Description::openapi());
    let api = described.merge(reading()).merge(answering()).merge(reviewing());
    let (api, document) = api.split_for_parts();
    let (files, of_files) = scoped(data::router().merge(pictures::router()), Scope::Read).split_for_parts();
    let mut document = document.merge_from(of_files);
    complete(&mut document);
    // It stays as it is as long as the program runs.
    let text = axum::body::Bytes::from(document.to_json().unwrap_or_default());
    let json = [(header::CONTENT_TYPE, "application/json")];
    let described = Router::new().route("/api/v1/openapi.json", get(move || std::future::ready((json, text))));
    api.merge(described).route_layer(middleware::from_fn(entity_tag::tag)).merge(files).merge(docs::router())
}

/// What reads.
fn reading() -> OpenApiRouter<AppState> {
    let routes = OpenApiRouter::new()
        .routes(routes!(results::index::get))
        .routes(routes!(results::question::get))
        .routes(routes!(results::values::get))
        .routes(routes!(results::transition::get))
        .routes(routes!(comparison::get::get))
        .routes(routes!(exploration::get::get))
        .routes(routes!(exhibits::home))
        .routes(routes!(exhibits::compare))
        .routes(routes!(exhibits::answer))
        .routes(routes!(exhibits::results))
        .routes(routes!(indicators::index::index))
        .routes(routes!(indicators::get::get))
        .routes(routes!(indicators::computation::get))
        .routes(routes!(indicators::answers::get))
        .routes(routes!(indicators::list::list))
        .routes(routes!(publications::list::list))
        .routes(routes!(publications::get::get))
        .routes(routes!(publications::corrections::list))
        .routes(routes!(kpis::list::list))
        .routes(routes!(kpis::get::get))
        .routes(routes!(datasets::list::list))
        .routes(routes!(datasets::rows::rows))
        .routes(routes!(municipalities::list::list))
        .routes(routes!(rounds::list::list))
        .routes(routes!(rounds::questionnaire::get))
        .routes(routes!(accounts::list::list))
        .routes(routes!(extensions::list::list))
        .routes(routes!(reminders::mails::list))
        .routes(routes!(inquiries::list::list))
        .routes(routes!(advice::list::list))
        .routes(routes!(responses::list::list))
        .routes(routes!(responses::get::get))
        .routes(routes!(responses::sections::get))
        .routes(routes!(responses::events::get))
        .routes(routes!(responses::corrections::get))
        .routes(routes!(responses::comparison::get))
        .routes(routes!(responses::standing::get));
    scoped(routes, Scope::Read)
}

/// What a municipality does.
fn answering() -> OpenApiRouter<AppState> {
    let routes = OpenApiRouter::new()
        .routes(routes!(answers::put::put))
        .routes(routes!(responses::approval::post))
        .routes(routes!(responses::submission::post));
    scoped(routes, Scope::Answer)
}

/// What the prefecture does.
fn reviewing() -> OpenApiRouter<AppState> {
    let routes =
        OpenApiRouter::new().routes(routes!(responses::acceptance::post)).routes(routes!(responses::returning::post));
    scoped(routes, Scope::Review)
}

/// Requires that scope of tokens, and says so.
fn scoped(mut routes: OpenApiRouter<AppState>, scope: Scope) -> OpenApiRouter<AppState> {
    protect(routes.get_openapi_mut(), scope);
    routes.route_layer(middleware::from_fn_with_state(scope, bearer::require))
}
