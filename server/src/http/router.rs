//! Every route.

use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use axum_login::AuthManagerLayerBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::account::second_factor;
use super::account::second_factor::demand::demand;
use super::auth::Backend;
use super::session::StoredSessions;
use super::state::AppState;
use super::{
    account, answer, api, assets, bearer, compare, data, deadline, desk, exploration, health, home, indicators,
    invitation, jobs, limits, login, logout, preview, publications, question_use, refusal, results, roadmap, security,
    site, text_file, tokens,
};
use crate::access::Scope;

/// Media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Largest request body, in bytes: a section with every text at its limit, percent-encoded, fits.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// The whole site. `secure_cookies` where it is reached by https.
pub fn router(state: AppState, secure_cookies: bool) -> Router {
    let sessions = StoredSessions::new(state.service.store().clone(), state.service.clock());
    let session_layer = SessionManagerLayer::new(sessions)
        .with_name("shirabe")
        .with_same_site(SameSite::Lax)
        .with_secure(secure_cookies)
        .with_expiry(Expiry::OnSessionEnd);
    let auth = AuthManagerLayerBuilder::new(Backend(state.service.clone()), session_layer).build();

    let site = reading()
        .merge(long())
        .merge(own_second_factor())
        .merge(answering())
        .merge(desk())
        .merge(api::router())
        .layer(middleware::from_fn_with_state(state.clone(), question_use::note))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(security::same_origin))
        .layer(middleware::from_fn_with_state(state.previews.clone(), preview::dispatch))
        .layer(middleware::from_fn_with_state(state.clone(), demand))
        .layer(middleware::from_fn_with_state(state.clone(), limits::count))
        .layer(middleware::from_fn_with_state(state.clone(), bearer::authenticate))
        .layer(middleware::from_fn(deadline::keep))
        .layer(middleware::from_fn_with_state(state.clone(), refusal::render))
        .layer(auth)
        .layer(middleware::from_fn(security::finish_writes))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        // What depends on who is asking is kept by no cache.
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(
            CompressionLayer::new().compress_when(
                // These are compressed already.
                SizeAbove::new(512)
                    .and(NotForContentType::IMAGES)
                    .and(NotForContentType::const_new("application/wasm"))
                    .and(NotForContentType::const_new("application/zip"))
                    .and(NotForContentType::const_new(XLSX))
                    .and(NotForContentType::const_new("application/vnd.apache.parquet")),
            ),
        )
        .layer(middleware::from_fn(measure));

    Router::new()
        .route("/assets/{*path}", get(assets::get))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .layer(middleware::from_fn(measure))
        .fallback_service(site.with_state(state.clone()))
        // What hangs where no refusal is given its body any more.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, deadline::LAST))
        .layer(middleware::from_fn(security::headers))
        .with_state(state)
}

/// What everybody may read, without any session: for previews, and for the public pages as files.
pub fn reading_only(state: AppState) -> Router {
    let rendered = middleware::from_fn_with_state(state.clone(), refusal::render);
    reading().merge(api::router()).layer(CatchPanicLayer::new()).layer(rendered).with_state(state)
}

/// What everybody may read, as far as each may see.
fn reading() -> Router<AppState> {
    Router::new()
        .route("/", get(home::get::get))
        .route("/login", get(login::get::get).post(login::post::post))
        .route("/login/code", get(login::code::get).post(login::code::post))
        .route("/login/openid", get(login::openid::get::get))
        .route("/login/openid/callback", get(login::openid::callback::get))
        .route("/logout", post(logout::post::post))
        .route("/invitation", get(invitation::code::get).post(invitation::code::post))
        .route("/invitation/{token}", get(invitation::get::get).post(invitation::post::post))
        .route("/account", get(account::get::get).post(account::post::post))
        .route("/indicators", get(indicators::get::get))
        .route("/compare", get(compare::get::get))
        .route("/compare/handout", get(compare::handout::get))
        .route("/compare/method", get(compare::method::get))
        .route("/compare/groups", post(compare::groups::post))
        .route("/compare/groups/removal", post(compare::groups::remove))
        .route("/results", get(results::get::get))
        .route("/results/{year}", get(results::year::get::get))
        .route("/results/{year}/{concept}", get(results::question::get::get))
        .route("/results/{year}/{concept}/computation", get(results::question::computation::get))
        .route("/results/{year}/explore", get(exploration::get::get))
        .route("/roadmap", get(roadmap::get::get))
        .route("/indicators/ledger", get(indicators::sheet::get))
        .route("/indicators/{id}/{year}", get(indicators::computation::get::get))
        .route("/indicators/{id}/{year}/{code}", get(indicators::computation::answers::get::get))
        .route("/publications", get(publications::get::get))
        .route("/publications/{year}/{revision}", get(publications::revision::get))
        .route("/publications/{year}/{revision}/manifest.json", get(publications::manifest::get))
        .route("/data", get(data::get::get))
        .route("/tokens", get(tokens::get::get).post(tokens::post::post))
        .route("/tokens/{id}/revocation", post(tokens::revocation::post))
}

/// What takes long. Tokens are taken at these addresses: one that reads may have files made, and none stops anything.
fn long() -> Router<AppState> {
    let stopping = Router::new().route("/jobs/{id}/stop", post(jobs::stop::post));
    Router::new()
        .route("/data/exports", post(data::exports::post::post))
        .route("/jobs/{id}", get(jobs::get::get))
        .route("/jobs/{id}/file", get(jobs::file::get))
        .route("/jobs/{id}/file-metadata.json", get(jobs::file::metadata))
        .route_layer(middleware::from_fn_with_state(Scope::Read, bearer::require))
        .merge(stopping.route_layer(middleware::from_fn(bearer::refuse)))
}

/// What one does to the own second factor.
fn own_second_factor() -> Router<AppState> {
    Router::new()
        .route("/account/second-factor", get(second_factor::get::get).post(second_factor::post::post))
        .route("/account/second-factor/codes", post(second_factor::codes::post))
        .route("/account/second-factor/removal", post(second_factor::removal::post))
}

/// The municipality's pages.
fn answering() -> Router<AppState> {
    Router::new()
        .route("/answer", get(answer::get::get))
        .route("/answer/{year}", get(answer::get::of_year))
        .route("/answer/{year}/check", get(answer::check::get::get))
        .route("/answer/{year}/extension", get(answer::extension::get::get).post(answer::extension::post::post))
        .route("/answer/{year}/approval", post(answer::approval::post::post))
        .route("/answer/{year}/submit", post(answer::submit::post::post))
        .route("/answer/{year}/print", get(answer::print::get::get))
        .route("/answer/{year}/tasks", get(answer::tasks::get::get).post(answer::tasks::post::post))
        .route("/answer/{year}/tasks/{section}", get(answer::tasks::letter::get))
        .route("/answer/{year}/receipt", get(answer::receipt::get::get))
        .route("/answer/{year}/receipt/answers.csv", get(answer::receipt::answers::get::get))
        .route("/answer/{year}/inquiries", get(answer::inquiries::get::get))
        .route("/answer/{year}/inquiries/new", get(answer::inquiries::new::get).post(answer::inquiries::new::post))
        .route(
            "/answer/{year}/inquiries/{id}",
            get(answer::inquiries::thread::get).post(answer::inquiries::thread::post),
        )
        .route(
            "/answer/{year}/workbook",
            get(answer::workbook::get::get)
                .post(answer::workbook::post::post)
                .layer(DefaultBodyLimit::max(answer::workbook::post::LARGEST_BODY)),
        )
        .route("/answer/{year}/workbook.xlsx", get(answer::workbook::file::get::get))
        .route(
            "/answer/{year}/workbook/merge",
            post(answer::workbook::merge::post::post)
                .layer(DefaultBodyLimit::max(answer::workbook::merge::post::LARGEST_BODY)),
        )
        .route("/answer/{year}/{section}", get(answer::section::get::get).post(answer::section::post::post))
}

/// The prefecture's pages.
fn desk() -> Router<AppState> {
    Router::new()
        .route("/desk", get(desk::get::get))
        .route("/desk/kpi", get(desk::kpi::list::get))
        .merge(ledger_files())
        .route("/desk/kpi/{id}", get(desk::kpi::get::get).post(desk::kpi::post::post))
        .route("/desk/kpi/{id}/values", post(desk::kpi::values::post))
        .route("/desk/roadmap", get(desk::roadmap::list::get))
        .route("/desk/roadmap/{id}", get(desk::roadmap::get::get).post(desk::roadmap::post::post))
        .route("/desk/roadmap/{id}/reviews", post(desk::roadmap::reviews::post))
        .route("/desk/accounts", get(desk::accounts::get::get).post(desk::accounts::post::post))
        .route("/desk/accounts/file", post(desk::accounts::file::post))
        .route("/desk/accounts/letters", get(desk::accounts::letters::get).post(desk::accounts::letters::post))
        .route("/desk/accounts/second-factor", post(desk::accounts::second_factor::post))
        .route("/desk/accounts/{id}", get(desk::account::get::get).post(desk::account::post::post))
        .route("/desk/accounts/{id}/disabling", post(desk::account::disabling::post))
        .route("/desk/accounts/{id}/second-factor/removal", post(desk::account::second_factor::remove))
        .route("/desk/accounts/{id}/succession", post(desk::account::succession::post))
        .route("/desk/audit", get(desk::audit::get::get))
        .route("/desk/audit.csv", get(desk::audit::csv::get))
        .route("/desk/site", post(site::post::post))
        .route("/desk/preview/end", post(preview::end::post))
        .route("/desk/rounds/new", get(desk::rounds::new::get).post(desk::rounds::new::post))
        .route("/desk/{year}", get(desk::round::get::get))
        .route(
            "/desk/{year}/questionnaire",
            get(desk::questionnaire::get::get)
                .post(desk::questionnaire::post::post)
                .layer(DefaultBodyLimit::max(desk::questionnaire::post::LARGEST_BODY)),
        )
        .route(
            "/desk/{year}/questionnaire/replacement",
            post(desk::questionnaire::replacement::post)
                .layer(DefaultBodyLimit::max(desk::questionnaire::replacement::LARGEST_BODY)),
        )
        .route("/desk/{year}/questionnaire/preview", get(desk::questionnaire::preview::get::get))
        .route(
            "/desk/{year}/questionnaire/preview/{section}",
            get(desk::questionnaire::preview::section::get).post(desk::questionnaire::preview::section::post),
        )
        .route("/desk/{year}/preview", post(preview::post::post))
        .route("/desk/{year}/publication", get(desk::publication::get::get).post(desk::publication::post::post))
        .route("/desk/{year}/publication/reopening", post(desk::publication::reopening::post))
        .route("/desk/{year}/publication/withdrawal", post(desk::publication::withdrawal::post))
        .route("/desk/{year}/report", get(desk::report::get::get))
        .route("/desk/{year}/report/workbook", post(desk::report::workbook::post))
        .route("/desk/{year}/state", post(desk::state::post::post))
        .route("/desk/{year}/dates", post(desk::dates::post::post))
        .route("/desk/{year}/check", get(desk::check::get::get))
        .route("/desk/{year}/check.csv", get(desk::check::csv::get))
        .route("/desk/{year}/extensions", get(desk::extensions::get::get))
        .route("/desk/{year}/inquiries", get(desk::inquiries::get::get))
        .route("/desk/{year}/inquiries/{id}", get(desk::inquiries::thread::get).post(desk::inquiries::thread::post))
        .route("/desk/{year}/advice", get(desk::advice::get::get).post(desk::advice::post::post))
        .route("/desk/{year}/advice/{id}/withdrawal", post(desk::advice::withdrawal::post))
        .route("/desk/{year}/reminders", get(desk::reminders::get::get).post(desk::reminders::post::post))
        .route("/desk/{year}/reminders/new", get(desk::reminders::new::get))
        .route("/desk/{year}/reminders/{id}/sending", post(desk::reminders::sending::post))
        .route("/desk/{year}/reminders/{id}/withdrawal", post(desk::reminders::withdrawal::post))
        .route(
            "/desk/{year}/reminders/{id}/bounce",
            get(desk::reminders::bounce::get).post(desk::reminders::bounce::post),
        )
        .route("/desk/{year}/{code}/inquiries/new", get(desk::inquiries::new::get).post(desk::inquiries::new::post))
        .route("/desk/{year}/{code}", get(desk::response::get::get))
        .route("/desk/{year}/{code}/changes", get(desk::changes::get::get))
        .route("/desk/{year}/{code}/extension", post(desk::extensions::post::post))
        .route("/desk/{year}/{code}/accept", post(desk::accept::post::post))
        .route("/desk/{year}/{code}/return", post(desk::returns::post::post))
}

/// Files of the ledger and of the roadmap: larger than forms are.
fn ledger_files() -> Router<AppState> {
    Router::new()
        .route("/desk/kpi/import", post(desk::kpi::import::post))
        .route("/desk/kpi/import/save", post(desk::kpi::import::save))
        .route("/desk/roadmap/import", post(desk::roadmap::import::post))
        .route("/desk/roadmap/import/save", post(desk::roadmap::import::save))
        .layer(DefaultBodyLimit::max(text_file::LARGEST_BODY))
}

/// Methods that are counted under their own name: anybody may make up others.
const METHODS: [Method; 5] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];

/// Middleware: counts and times requests by route, never by address. It stands on the routers that know the route.
async fn measure(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = METHODS.iter().find(|known| *known == request.method()).map_or("OTHER", Method::as_str).to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let response = next.run(request).await;
    let labels = [("method", method), ("route", route), ("status", response.status().as_u16().to_string())];
    metrics::counter!("shirabe_requests_total", &labels).increment(1);
    metrics::histogram!("shirabe_request_seconds", &labels).record(started.elapsed().as_secs_f64());
    response
}
