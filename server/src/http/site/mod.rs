//! The public pages as files, for the prefecture's own site.
//!
//! - [`address`]: which addresses become files, and under which names
//! - [`markup`]: a page's links made to lead to those files
//! - [`sink`]: a folder or a zip
//! - [`post`]: `POST /desk/site`, and the job that makes the zip
//!
//! Pages are asked for as anybody would, beginning with `/`; whatever they link to that is public and no dialogue
//! follows. Links to anything else lead to the installation itself; forms are left out, because nobody answers them there.

mod address;
mod markup;
pub mod post;
pub mod sink;

use std::collections::{BTreeSet, VecDeque};
use std::io;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::routing::get as answered_by;
use tokio_stream::StreamExt;
use tower::ServiceExt;

use self::address::Target;
use self::sink::Sink;
use super::state::AppState;
use super::{assets, router};

/// Largest page, in bytes, that is held in memory to change its links; data files are passed on as they come.
const LARGEST_PAGE: usize = 64 * 1024 * 1024;

/// Why the files could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// A page that another one links to cannot be had.
    #[error("{0} を書き出せません（{1}）。")]
    Page(String, StatusCode),
    /// A page that cannot be read.
    #[error("{0} を読み取れません: {1}")]
    Markup(String, String),
    /// The files cannot be written.
    #[error("書き込めません: {0}")]
    Io(#[from] io::Error),
    /// A body that broke off.
    #[error("{0} の内容が途中で切れました。")]
    Broken(String),
}

/// Writes every public page and file; gives their number. `watch` is told how many are written of how many were found so
/// far; its error ends it.
pub async fn write(
    state: AppState,
    sink: &mut dyn Sink,
    watch: &(dyn Fn(usize, usize) -> io::Result<()> + Sync),
) -> Result<usize, Failed> {
    let live = state.site.address.clone();
    let routes = router::reading_only(state).merge(Router::new().route("/assets/{*path}", answered_by(assets::get)));
    let beginning = Target::beginning();
    let mut seen = BTreeSet::from([beginning.clone()]);
    let mut waiting = VecDeque::from([beginning]);
    while let Some(target) = waiting.pop_front() {
        let response = ask(&routes, &target).await?;
        for found in write_one(response, &target, &live, sink).await? {
            if seen.insert(found.clone()) {
                waiting.push_back(found);
            }
        }
        watch(seen.len() - waiting.len(), seen.len())?;
    }
    Ok(seen.len())
}

async fn ask(routes: &Router, target: &Target) -> Result<Response<Body>, Failed> {
    let request = Request::get(target.address()).body(Body::empty());
    let request = request.map_err(|_| Failed::Page(target.address(), StatusCode::BAD_REQUEST))?;
    let response = match routes.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if response.status() == StatusCode::OK || response.status().is_redirection() {
        Ok(response)
    } else {
        Err(Failed::Page(target.address(), response.status()))
    }
}

/// Writes one file; gives the addresses that it leads to.
async fn write_one(
    response: Response<Body>,
    target: &Target,
    live: &str,
    sink: &mut dyn Sink,
) -> Result<Vec<Target>, Failed> {
    if response.status().is_redirection() {
        let leads_to = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
        let leads_to = leads_to.ok_or_else(|| Failed::Page(target.address(), response.status()))?;
        let (page, found) = markup::forwarding(leads_to, target, live);
        sink.begin(&target.file())?;
        sink.write(page.as_bytes())?;
        return Ok(found);
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default().to_owned();
    let (page, style) = (kind.starts_with(b"text/html"), kind.starts_with(b"text/css"));
    sink.begin(&target.file())?;
    if page || style {
        let bytes = axum::body::to_bytes(response.into_body(), LARGEST_PAGE).await;
        let bytes = bytes.map_err(|_| Failed::Broken(target.address()))?;
        let text = String::from_utf8_lossy(&bytes);
        let (text, found) = if page {
            markup::page(&text, target, live).map_err(|error| Failed::Markup(target.address(), error))?
        } else {
            markup::style(&text)
        };
        sink.write(text.as_bytes())?;
        return Ok(found);
    }
    let mut chunks = response.into_body().into_data_stream();
    while let Some(chunk) = chunks.next().await {
        sink.write(&chunk.map_err(|_| Failed::Broken(target.address()))?)?;
    }
    Ok(Vec::new())
}
