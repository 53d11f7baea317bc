//! Every error, in one place: a page for people, problem+json (RFC 9457) below `/api/`.

use app::components::link::Link;
use app::pages::message::{Message, MessagePage};
use app::shell::NavSection;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use shared::tabulation;
use shared::wire::{AnswerConflict, Problem};

use super::bearer;
use super::page::{self, Page};
use super::state::AppState;
use crate::access::Scope;
use crate::service::Error;

/// Why a request was refused.
#[derive(Debug)]
pub enum Refusal {
    /// Nobody is signed in.
    Unauthenticated {
        /// Address to return to.
        next: String,
    },
    /// The token is none, or can no longer be used.
    InvalidToken,
    /// The token lacks the scope.
    OutOfScope(Scope),
    /// No token does that, whatever its scopes.
    NotByToken,
    /// Too many requests within a minute.
    TooManyRequests {
        /// When the next one is taken.
        seconds: u64,
    },
    /// Too many files are read at the same time.
    TooManyAtOnce,
    /// Another site sent the request, or a client that does not say where it comes from.
    CrossSite,
    /// The address or the form cannot be understood.
    BadRequest(String),
    /// There is no such thing; the sentence says what there is instead.
    Missing(String),
    /// The method does not fit the address.
    MethodNotAllowed,
    /// Too large to be read.
    TooLarge,
    /// It took too long.
    TimedOut,
    /// Somebody else saved another value since.
    Conflict(Box<AnswerConflict>),
    /// The reader may not see that table.
    NotReleased(tabulation::Refusal),
    /// The form cannot carry the file; the link leads to one that can.
    CannotWrite {
        /// Why.
        error: Error,
        /// Words and address.
        instead: Option<Link>,
    },
    /// A use case refused.
    Service(Error),
}

impl From<tabulation::Refusal> for Refusal {
    fn from(refusal: tabulation::Refusal) -> Self {
        Self::NotReleased(refusal)
    }
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

/// Carries the refusal to [`render`], which knows who is asking.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = self.problem();
        if let Self::Service(error @ (Error::Store(_) | Error::Internal(_))) = &self {
            tracing::error!(%error, "request failed");
        }
        let status = status_of(&problem);
        let headers = self.headers();
        let (next, instead) = match self {
            Self::Unauthenticated { next } => (Some(next), None),
            Self::CannotWrite { instead, .. } => (None, instead),
            _ => (None, None),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Refused { problem, headers, next, instead });
        response
    }
}

#[derive(Clone)]
struct Refused {
    problem: Problem,
    headers: HeaderMap,
    next: Option<String>,
    instead: Option<Link>,
}

impl Refusal {
    fn problem(&self) -> Problem {
        let (kind, status, title, detail) = match self {
            Self::Unauthenticated { .. } => (
                "unauthenticated",
                401,
                "ログインが必要です",
                "ログインの有効時間が過ぎたか、まだログインしていません。別のタブでログインし直してから、ブラウザの「戻る」で入力画面に戻って続けてください。",
            ),
            Self::InvalidToken => (
                "invalid-token",
                401,
                "このトークンは使えません",
                "期限が切れたか、取り消されたか、アカウントが変わりました。APIトークンの画面で作り直してください。",
            ),
            Self::OutOfScope(scope) => return out_of_scope(*scope),
            Self::NotByToken => (
                "not-by-token",
                403,
                "トークンではできない操作です",
                "ブラウザでログインして、画面から操作してください。",
            ),
            Self::TooManyRequests { seconds } => {
                let detail = format!("{seconds}秒待ってから、もう一度送信してください。");
                return problem("too-many-requests", 429, "短い時間の要求が多すぎます", &detail);
            }
            Self::TooManyAtOnce => (
                "too-many-requests",
                429,
                "同時に受け取るファイルが多すぎます",
                "ほかのダウンロードが終わってから、もう一度お試しください。",
            ),
            Self::CrossSite => {
                ("cross-site", 403, "送信元を確認できません", "このサイトの画面から操作し直してください。")
            }
            Self::BadRequest(reason) => ("bad-request", 400, "送信された内容を読み取れません", reason.as_str()),
            Self::Missing(sentence) => ("not-found", 404, "ページが見つかりません", sentence.as_str()),
            Self::MethodNotAllowed => {
                ("method-not-allowed", 405, "この操作はできません", "画面のボタンやリンクから操作してください。")
            }
            Self::TooLarge => {
                ("too-large", 413, "送信された内容が大きすぎます", "文字数を減らして、もう一度送信してください。")
            }
            Self::TimedOut => (
                "timed-out",
                503,
                "時間内に処理が終わりませんでした",
                "しばらく待ってから、もう一度お試しください。保存や送信をしたときは、先に画面を開き直して、反映されているか確認してください。",
            ),
            Self::Conflict(conflict) => return of_conflict(conflict),
            Self::NotReleased(refusal) => return not_released(*refusal),
            Self::Service(error) | Self::CannotWrite { error, .. } => return of_service(error),
        };
        problem(kind, status, title, detail)
    }

    /// How and when to ask again: RFC 6750, section 3; RFC 9110, section 10.2.3.
    fn headers(&self) -> HeaderMap {
        let challenge = match self {
            Self::TooManyRequests { seconds } => {
                return HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from(*seconds))]);
            }
            Self::Unauthenticated { .. } => "Bearer realm=\"shirabe\"".to_owned(),
            Self::InvalidToken => "Bearer realm=\"shirabe\", error=\"invalid_token\"".to_owned(),
            Self::OutOfScope(scope) => {
                format!("Bearer realm=\"shirabe\", error=\"insufficient_scope\", scope=\"{}\"", scope.code())
            }
            _ => return HeaderMap::new(),
        };
        HeaderValue::from_str(&challenge).map(|value| (header::WWW_AUTHENTICATE, value)).into_iter().collect()
    }
}

fn out_of_scope(scope: Scope) -> Problem {
    let detail = format!("「{}」（{}）のできるトークンを使ってください。", scope.label(), scope.code());
    problem("out-of-scope", 403, "このトークンではできない操作です", &detail)
}

fn not_released(refusal: tabulation::Refusal) -> Problem {
    let (kind, status) = match refusal {
        tabulation::Refusal::NotVisible | tabulation::Refusal::TooFine => ("not-released", 403),
        tabulation::Refusal::NotComparable(_) => ("not-comparable", 409),
    };
    problem(kind, status, "この集計は表示できません", &refusal.to_string())
}

fn of_conflict(conflict: &AnswerConflict) -> Problem {
    let AnswerConflict { author, when, .. } = conflict;
    let detail = format!("{author}が{when}に別の値を保存しました。今回の値は保存していません。");
    Problem {
        conflict: Some(Box::new(conflict.clone())),
        ..problem("conflict", 409, "ほかの人が別の値を保存しました", &detail)
    }
}

fn of_service(error: &Error) -> Problem {
    match error {
        Error::NotFound => problem(
            "not-found",
            404,
            "ページが見つかりません",
            "アドレスが正しいか確認してください。市町村の回答は、その市町村の担当者と県の担当者だけが見られます。",
        ),
        Error::Forbidden => problem("forbidden", 403, "権限がありません", "この操作は、ほかの役割の人だけが行えます。"),
        Error::Refused(reason) => problem("refused", 409, "この操作は現在できません", reason),
        Error::Changed => problem(
            "conflict",
            409,
            "ほかの人が先に変更しました",
            "画面を読み込み直して、現在の内容を確認してください。",
        ),
        Error::Invalid(errors) => Problem {
            errors: errors.clone(),
            ..problem("invalid", 422, "入力に誤りがあります", "示された項目を直して、もう一度送信してください。")
        },
        Error::Store(_) | Error::Internal(_) => problem(
            "internal",
            500,
            "処理に失敗しました",
            "保存は完了していません。しばらく待ってから、もう一度お試しください。続く場合は県の担当へ連絡してください。",
        ),
    }
}

/// A problem without further parts; `kind` is the last part of its address.
pub fn problem(kind: &str, status: u16, title: &str, detail: &str) -> Problem {
    Problem {
        kind: format!("/api/v1/problems/{kind}"),
        title: title.to_owned(),
        status,
        detail: detail.to_owned(),
        errors: Vec::new(),
        conflict: None,
    }
}

/// Middleware: gives a refusal its body.
pub async fn render(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let api = path.starts_with("/api/") || bearer::shown(path, request.headers()).is_some();
    let reads = request.method().is_safe();
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let refused = response.extensions().get::<Refused>().cloned();
    let Some(refused) = refused.or_else(|| unrendered(&response)) else { return response };
    if api {
        let mut response = problem_json(&refused.problem);
        response.headers_mut().extend(refused.headers);
        return response;
    }
    let page = Page::from_request_parts(&mut asked, &state).await;
    give_body(refused, reads, page).await
}

/// Axum's own refusals (unknown address, wrong method, body that cannot be read) carry no [`Refused`].
fn unrendered(response: &Response) -> Option<Refused> {
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let refusal = match response.status() {
        StatusCode::NOT_FOUND if content_type.is_none() => Refusal::Service(Error::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Refusal::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY
            if content_type.is_some_and(|t| t.as_bytes().starts_with(b"text/plain")) =>
        {
            Refusal::BadRequest("送信の形式が正しくありません。画面を開き直して、もう一度操作してください。".to_owned())
        }
        // A panic, caught.
        StatusCode::INTERNAL_SERVER_ERROR => Refusal::Service(Error::Internal("panic".to_owned())),
        _ => return None,
    };
    Some(Refused { problem: refusal.problem(), headers: HeaderMap::new(), next: None, instead: None })
}

/// `application/problem+json`
pub fn problem_json(problem: &Problem) -> Response {
    let body = serde_json::to_string(problem).unwrap_or_default();
    (status_of(problem), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

async fn give_body(refused: Refused, reads: bool, page: Result<Page, Refusal>) -> Response {
    let Refused { problem, headers, next, instead } = refused;
    let status = status_of(&problem);
    if let (true, Some(next)) = (reads, &next) {
        let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        return Redirect::to(&format!("/login?next={query}")).into_response();
    }
    let Ok(page) = page else {
        return (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], problem.title).into_response();
    };
    let mut links: Vec<Link> = instead.into_iter().collect();
    links.push(Link { label: "結果のページへ".to_owned(), href: "/".to_owned() });
    if next.is_some() {
        links.insert(0, Link { label: "ログインする".to_owned(), href: "/login".to_owned() });
    }
    let what_happened = match problem.errors.as_slice() {
        [] => format!("{}。", problem.title),
        errors => errors.iter().map(|e| e.message.as_str()).collect::<Vec<_>>().join(" "),
    };
    let model = Message { heading: problem.title, what_happened, what_to_do: problem.detail, links };
    let title = model.heading.clone();
    let shown = page::Shown::new(title, NavSection::None);
    let mut response = page.show(shown, move || view! { <MessagePage model=model.clone() /> }).await;
    *response.status_mut() = status;
    response.headers_mut().extend(headers);
    response
}
