//! The JSON below `/api/v1`: what the islands use and what other programs may use. Errors are problem+json.

pub mod answers;
pub mod comparison;
pub mod exploration;
pub mod indicators;
pub mod responses;
pub mod results;
pub mod rounds;

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::state::AppState;

#[derive(OpenApi)]
#[openapi(info(
    title = "Shirabe",
    description = "市町村DXアンケートの回答、進捗、公表済みの指標、設問ごとの結果。ログインしたブラウザのセッション（Cookie）で使います。\
                   変更を行う要求には、このサイトの Origin ヘッダーが必要です。"
))]
struct Description;

/// The routes and the `OpenAPI` document that describes them.
pub fn router() -> (Router<AppState>, Document) {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(rounds::list::list))
        .routes(routes!(indicators::list::list))
        .routes(routes!(results::index::get))
        .routes(routes!(results::question::get))
        .routes(routes!(results::values::get))
        .routes(routes!(results::transition::get))
        .routes(routes!(comparison::get::get))
        .routes(routes!(exploration::get::get))
        .routes(routes!(indicators::get::get))
        .routes(routes!(responses::list::list))
        .routes(routes!(responses::get::get))
        .routes(routes!(responses::submission::post))
        .routes(routes!(responses::acceptance::post))
        .routes(routes!(responses::approval::post))
        .routes(routes!(responses::returning::post))
        .routes(routes!(answers::put::put))
        .split_for_parts()
}
