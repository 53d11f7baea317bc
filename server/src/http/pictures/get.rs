//! `GET /pictures/…`, with `.svg`, `.png`, `.csv` or no ending.
//!
//! What nobody in particular asks for is public: it may be kept for a short while and shown inside other sites. A signed-in
//! viewer gets what they may see, and nobody else gets that.

use app::chart::Layout;
use app::pages::picture::{PictureModel, PicturePage};
use app::shell::NavSection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use utoipa::IntoParams;

use super::found::{Found, find};
use crate::export::{exhibit, png};
use crate::http::api::comparison::parameters::ComparisonParameters;
use crate::http::api::parameters::Conditions;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::security::Embeddable;
use crate::http::state::AppState;
use crate::http::table_file;
use crate::service::Error;

/// How long a public picture may be kept: a correction shows soon.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The form asked for, by the address's ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Svg,
    Png,
    Csv,
}

/// Splits the ending off.
fn form_of(path: &str) -> (&str, Form) {
    let endings = [(".svg", Form::Svg), (".png", Form::Png), (".csv", Form::Csv)];
    let found = endings.into_iter().find_map(|(ending, form)| Some((path.strip_suffix(ending)?, form)));
    found.unwrap_or((path, Form::Page))
}

/// How wide a picture is drawn.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what the handler reads")]
pub struct Drawn {
    /// `narrow`：狭い欄のための図
    #[param(pattern = "^narrow$", nullable = false)]
    layout: Option<String>,
}

/// An exhibit by itself: as SVG, PNG or CSV by the ending of its name, as a page to embed without one. Its address stands
/// beside it on its page; what that filters is its query.
#[utoipa::path(
    get,
    path = "/pictures/{path}",
    tag = "results",
    params(
        (
            "path" = String, Path, example = "home/fields.svg",
            description = "図の名前と形式：`home/…`、`compare/…`、`answer/{年度}/…`、`results/{年度}/{概念ID}/…`",
            pattern = r"^(home|compare|answer/20[0-9]{2}|results/20[0-9]{2}/[A-Za-z0-9_.]+)/[a-z-]+(\.(svg|png|csv))?$"
        ),
        Drawn,
        Conditions,
        ComparisonParameters,
    ),
    responses(
        (status = OK, description = "図", content(("image/svg+xml"), ("image/png"), ("text/csv"), ("text/html"))),
        (status = SEE_OTHER, description = "ログインの画面へ（トークンのない要求だけ）"),
        (status = NOT_FOUND, description = "ないか、見る権限がありません。"),
        (status = CONFLICT, description = "比べられません。"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let (path, form) = form_of(&path);
    let query = query.unwrap_or_default();
    let found = find(&state, page.account.as_ref(), path, &query).await?;
    let mut response = match form {
        Form::Page => show(&state, &page, found).await,
        Form::Svg => {
            let svg = found.exhibit.document(layout(&query)).ok_or(Error::NotFound)?;
            file(&state, path, "svg", "image/svg+xml", svg.into_bytes())
        }
        Form::Png => {
            let svg = found.exhibit.document(layout(&query)).ok_or(Error::NotFound)?;
            file(&state, path, "png", "image/png", png::render(svg).await.map_err(Error::Internal)?)
        }
        Form::Csv => {
            let name = format!("attachment; filename=\"{}\"", file_name(&state, path, "csv"));
            table_file::whole(&exhibit::table(&found.exhibit), &[], &name)?
        }
    };
    if page.account.is_none() {
        response.headers_mut().insert(header::CACHE_CONTROL, KEPT);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, authorization, accept-encoding"));
        response.extensions_mut().insert(Embeddable);
    }
    Ok(response)
}

/// `layout=narrow` draws for a narrow column.
fn layout(query: &str) -> Layout {
    let narrow = form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "layout" && value == "narrow");
    if narrow { Layout::Narrow } else { Layout::Wide }
}

async fn show(state: &AppState, page: &Page, Found { exhibit, page: origin }: Found) -> Response {
    let embed = exhibit.address.as_ref().filter(|_| page.account.is_none());
    let embed = embed.map(|address| format!("{}{}", state.site.address, address.with("")));
    let shown = Shown { bare: true, ..Shown::new(exhibit.sentence(), NavSection::None) };
    let model = PictureModel { exhibit, page: origin, embed };
    page.show(shown, move || view! { <PicturePage model=model.clone() /> }).await
}

fn file(state: &AppState, path: &str, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("inline; filename=\"{}\"", file_name(state, path, ending));
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The name under which it is saved: `shirabe-home-fields.csv`.
fn file_name(state: &AppState, path: &str, ending: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = path.chars().map(plain).collect();
    let demo = if state.site.demonstration { "-demo" } else { "" };
    format!("shirabe-{name}{demo}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_form() {
        assert_eq!(form_of("home/fields"), ("home/fields", Form::Page));
        assert_eq!(form_of("home/fields.png"), ("home/fields", Form::Png));
        assert_eq!(form_of("results/2026/q1.1/by-year.csv"), ("results/2026/q1.1/by-year", Form::Csv));
        assert_eq!(layout("region=x&layout=narrow"), Layout::Narrow);
        assert_eq!(layout("layout=other"), Layout::Wide);
    }
}
