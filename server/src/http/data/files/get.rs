//! `GET /data/{period}/{file}`: `answers.csv`, `tabulations.parquet`, …; `answers.csv-metadata.json` for what is known of
//! a file, `answers` for the page of the dataset.

use app::components::link::Link;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::landing;
use crate::export::dataset::{self, Scope, Years};
use crate::export::format::{CannotWrite, Checked, Encoding, Export, Form, Format, OnUnmappable, cp932, manifest};
use crate::http::data::listing::{self, Extent};
use crate::http::download::{Facts, Opened};
use crate::http::entity_tag;
use crate::http::limits::Caller;
use crate::http::page::Page;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::http::table_file::{self, set};
use crate::service::Error;

/// Which content, in which form.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `council`：協議会まで公開している設問を含む（協議会会員と県）、`all`：すべての設問と、公表前の調査（県の中だけ）
    #[param(pattern = "^(public|council|all)$", nullable = false)]
    scope: Option<String>,
    /// 1年度の、公表したその版。指定しなければ、いまの内容
    #[param(minimum = 1, nullable = false)]
    revision: Option<u32>,
    /// CSVの文字コード
    #[param(pattern = "^(utf-8-bom|utf-8|cp932)$", nullable = false)]
    encoding: Option<String>,
    /// CP932で表せない文字があるとき：`error`（書き出さない）、`replace`（置き換えて報告する）
    #[param(pattern = "^(error|replace)$", nullable = false)]
    on_unmappable: Option<String>,
}

/// A dataset as a file: CSV, Excel, JSON, NDJSON, Parquet, a package; or, with `-metadata.json` behind its name, what is
/// known of it: size, SHA-256, rows and columns.
#[utoipa::path(
    get,
    path = "/data/{period}/{file}",
    tag = "data",
    params(
        ("period" = String, Path, description = "年度（西暦）又は `all`", pattern = "^(20[0-9]{2}|2100|all)$", example = "2025"),
        (
            "file" = String, Path, description = "データの名前と形式", example = "tabulations.csv",
            pattern = r"^[a-z-]+\.(csv|xlsx|json|ndjson|parquet|zip)(-metadata\.json)?$"
        ),
        Asked,
    ),
    responses(
        (status = OK, description = "ファイル", content(
            ("text/csv"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("application/json"),
            ("application/x-ndjson"),
            ("application/vnd.apache.parquet"),
            ("application/zip"),
        )),
        (status = NOT_FOUND, description = "ありません。"),
        (status = UNPROCESSABLE_ENTITY, description = "この形式では表せません。"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    caller: Caller,
    page: Page,
    Path((period, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let years = Years::of_code(&period).ok_or(Error::NotFound)?;
    let (name, described) = match file.strip_suffix(manifest::ENDING) {
        Some(name) => (name, true),
        None => (file.as_str(), false),
    };
    let Some((id, extension)) = name.rsplit_once('.') else {
        return landing::get(&state, &page, years, name, asked.scope.as_deref()).await;
    };
    let dataset = dataset::find(id).ok_or(Error::NotFound)?;
    let format = Format::of_extension(extension).ok_or(Error::NotFound)?;
    let form = form(format, asked.encoding.as_deref(), asked.on_unmappable.as_deref())?;
    let scope = listing::scope(page.account.as_ref(), dataset, years, asked.scope.as_deref())?;
    let scope = Scope { revision: asked.revision, ..scope };
    let export = state.service.export(dataset, scope).await?;
    let is_known = |facts: &Facts| !described && entity_tag::is_known(&headers, &entity_tag::of(&facts.sha256));
    if let Some(facts) = state.downloads.known(&export, form).filter(is_known) {
        return Ok(not_modified(&facts, scope));
    }
    let opened = state.downloads.open(caller).await?;
    // What stands now may be another table next time: it is small, and its hash is found before it is sent.
    let whole = described || export.table.is_held();
    let replaced = Form { on_unmappable: OnUnmappable::Replace, ..form };
    let instead = format!("/data/{period}/{name}{}", query_of(scope, replaced));
    let Looked { export, checked, facts } =
        look(&state, &opened, export, form, whole).await.map_err(|error| refused(error, instead))?;
    if let (true, Some(facts)) = (described, &facts) {
        let written = manifest::Written { name, bytes: facts.bytes, sha256: &facts.sha256 };
        return Ok(Json(manifest::of(&export, form, &checked, written)).into_response());
    }
    if let Some(facts) = facts.as_ref().filter(|facts| is_known(facts)) {
        return Ok(not_modified(facts, scope));
    }
    let mut response = Response::new(Body::empty());
    let download = file_name(&state, scope, id, format);
    describe_in_headers(response.headers_mut(), &export, form, &checked, facts.as_ref());
    set(response.headers_mut(), header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{download}\""));
    set(response.headers_mut(), header::CACHE_CONTROL, keeping(scope));
    let query = query_of(scope, form);
    let ending = manifest::ENDING;
    let link = format!("</data/{period}/{name}{ending}{query}>; rel=\"describedby\"; type=\"application/json\"");
    set(response.headers_mut(), header::LINK, &link);
    *response.body_mut() = opened.body(export, form, checked.rows).await;
    Ok(response)
}

/// The name under which a file is saved: `shirabe-2025-answers-public.csv`.
pub(in crate::http::data) fn file_name(state: &AppState, scope: Scope, id: &str, format: Format) -> String {
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let extent = Extent::of(scope).code();
    let edition = scope.revision.map(|revision| format!("-r{revision}")).unwrap_or_default();
    format!("shirabe-{}{edition}-{id}-{extent}{demo}.{}", scope.years.code(), format.extension())
}

/// A form with its options by their names; what is not named is as usual.
pub(in crate::http::data) fn form(
    format: Format,
    encoding: Option<&str>,
    on_unmappable: Option<&str>,
) -> Result<Form, Refusal> {
    let unknown =
        |name: &str, values: &str| Refusal::BadRequest(format!("{name} には {values} のどれかを指定してください。"));
    let encoding = encoding.map_or(Some(Encoding::default()), Encoding::of_code);
    let on_unmappable = on_unmappable.map_or(Some(OnUnmappable::default()), OnUnmappable::of_code);
    Ok(Form {
        format,
        encoding: encoding.ok_or_else(|| unknown("encoding", "utf-8-bom、utf-8、cp932"))?,
        on_unmappable: on_unmappable.ok_or_else(|| unknown("on_unmappable", "error、replace"))?,
    })
}

fn not_modified(facts: &Facts, scope: Scope) -> Response {
    let headers = [(header::ETAG, entity_tag::of(&facts.sha256)), (header::CACHE_CONTROL, keeping(scope).to_owned())];
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

/// What is known before the first byte.
struct Looked {
    export: Export,
    checked: Checked,
    facts: Option<Facts>,
}

/// Finds out whether there is such a file, and all of it where the `whole` is asked for.
async fn look(
    state: &AppState,
    opened: &Opened,
    export: Export,
    form: Form,
    whole: bool,
) -> Result<Looked, CannotWrite> {
    let (export, downloads) = (opened.watch(export), state.downloads.clone());
    let looked = opened.read(move || {
        let checked = export.check(form)?;
        let facts =
            if whole { Some(downloads.measure(&export, form, checked.rows)?) } else { downloads.known(&export, form) };
        Ok(Looked { export, checked, facts })
    });
    looked.await?
}

fn refused(error: CannotWrite, replaced: String) -> Refusal {
    let words = error.to_string();
    let (parameter, instead) = match error {
        CannotWrite::Io(error) => return Error::Internal(error.to_string()).into(),
        CannotWrite::Unmappable(_) => {
            let label = format!("形の同じ文字か「{}」に置き換えてダウンロードする", cp932::GETA);
            ("encoding", Some(Link::new(label, replaced)))
        }
        CannotWrite::TooManyRows { .. } | CannotWrite::TooManyColumns { .. } | CannotWrite::TooLong { .. } => {
            ("format", None)
        }
    };
    Refusal::CannotWrite { error: Error::invalid(parameter, words), instead }
}

/// What a format may not carry inside stands in headers, and whole in the manifest.
fn describe_in_headers(headers: &mut HeaderMap, export: &Export, form: Form, checked: &Checked, known: Option<&Facts>) {
    set(headers, header::CONTENT_TYPE, form.format.media_type(form.encoding));
    table_file::describe(headers, checked.rows, export.table.columns().len(), &export.provenance.rounds);
    if !checked.replaced.is_empty() {
        let replaced = checked.replaced.iter().map(|one| format!("{}={}", one.code_point, one.count));
        let name = HeaderName::from_static("shirabe-replaced-characters");
        set(headers, name, &replaced.collect::<Vec<_>>().join(", "));
    }
    if let Some(facts) = known {
        set(headers, header::CONTENT_LENGTH, &facts.bytes.to_string());
        set(headers, header::ETAG, &entity_tag::of(&facts.sha256));
        set(headers, table_file::SHA256, &facts.sha256);
    }
}

/// What everybody may have may be kept, if it is asked for again each time.
fn keeping(scope: Scope) -> &'static str {
    if Extent::of(scope) == Extent::Public { "no-cache" } else { "no-store" }
}

fn query_of(scope: Scope, form: Form) -> String {
    let mut options = Vec::new();
    options.extend(Extent::of(scope).asked().map(|extent| format!("scope={extent}")));
    options.extend(scope.revision.map(|revision| format!("revision={revision}")));
    if form.encoding != Encoding::default() {
        options.push(format!("encoding={}", form.encoding.code()));
    }
    if form.on_unmappable != OnUnmappable::default() {
        options.push(format!("on_unmappable={}", form.on_unmappable.code()));
    }
    if options.is_empty() { String::new() } else { format!("?{}", options.join("&")) }
}
