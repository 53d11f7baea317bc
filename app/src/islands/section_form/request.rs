//! What is sent to the server, and what came of it.

use shared::time::Timestamp;
use shared::wire::{AnswerConflict, LiveForm, Problem, SaveAnswer, SavedAnswer};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

use super::page::window;

/// Where the code of a second factor goes.
pub const SECOND_STEP: &str = "/login/code";

/// What came of sending one answer.
pub enum Outcome {
    /// It is stored.
    Saved(SavedAnswer),
    /// The session has ended, or has become one that may not answer here; nothing is stored.
    SessionEnded,
    /// Somebody else stored another value; nothing is overwritten.
    Conflict(Box<AnswerConflict>),
    /// It cannot be stored as it is.
    Refused(String),
    /// Not taken just now, whatever it says: to be sent again, not before so many milliseconds.
    Later(i32),
    /// No answer, or none that tells: to be sent again.
    Unreachable,
}

/// `PUT {save_to}/{question}{query}`.
pub async fn put(form: &LiveForm, question: &str, answer: &SaveAnswer) -> Outcome {
    let Ok(body) = serde_json::to_string(answer) else { return Outcome::Unreachable };
    let address = [form.save_to.as_str(), "/", &encoded(question), &form.query].concat();
    let Ok(reply) = send("PUT", &address, "application/json", &body).await else {
        return Outcome::Unreachable;
    };
    match reply.status {
        200..300 => serde_json::from_str(&reply.text).map_or(Outcome::Unreachable, Outcome::Saved),
        // Another municipality's response is as if it were not there.
        401 | 403 | 404 => Outcome::SessionEnded,
        // Too slow, too early, too many: from the server or from whatever stands before it.
        408 | 425 | 429 => Outcome::Later(reply.wait),
        400..500 => match serde_json::from_str::<Problem>(&reply.text) {
            Ok(Problem { conflict: Some(conflict), .. }) => Outcome::Conflict(conflict),
            Ok(problem) => Outcome::Refused(words(problem)),
            Err(_) => Outcome::Refused("保存できませんでした。ページを読み込み直してください。".to_owned()),
        },
        _ => Outcome::Unreachable,
    }
}

/// Why a login is not done.
pub struct NotSignedIn {
    /// What is wrong.
    pub words: String,
    /// Whether the password was right and a code is asked for.
    pub code_asked: bool,
}

/// `POST` of fields and their values to `/login` or `/login/code`; what is wrong when it is refused.
pub async fn log_in(address: &str, fields: &[(String, String)]) -> Result<(), NotSignedIn> {
    let mut body = String::new();
    for (name, value) in fields {
        body += &[&encoded(name), "=", &encoded(value), "&"].concat();
    }
    match send("POST", address, "application/x-www-form-urlencoded", &body).await {
        Ok(Reply { status: 200..300, .. }) => Ok(()),
        Ok(reply) => match serde_json::from_str::<Problem>(&reply.text) {
            Ok(problem) => {
                let code_asked = problem.kind.ends_with("/second-factor");
                Err(NotSignedIn { words: words(problem), code_asked })
            }
            Err(_) => Err(NotSignedIn { words: String::new(), code_asked: false }),
        },
        Err(_) => {
            let words = "通信できません。つながってから、もう一度お試しください。".to_owned();
            Err(NotSignedIn { words, code_asked: address == SECOND_STEP })
        }
    }
}

/// What came back.
struct Reply {
    status: u16,
    text: String,
    /// `Retry-After` in milliseconds; 0 without one.
    wait: i32,
}

async fn send(method: &str, address: &str, content_type: &str, body: &str) -> Result<Reply, JsValue> {
    let headers = Headers::new()?;
    headers.append("content-type", content_type)?;
    headers.append("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    let window = window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let seconds = response.headers().get("retry-after")?.and_then(|seconds| seconds.parse::<i32>().ok());
    Ok(Reply { status: response.status(), text, wait: seconds.unwrap_or_default().saturating_mul(1_000) })
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// What a problem says, in a sentence or two.
fn words(problem: Problem) -> String {
    match problem.errors.into_iter().next() {
        Some(error) => error.message,
        None => problem.title + "。" + &problem.detail,
    }
}

/// 「16:42」 in Japan Standard Time, without the calendar that the bundle would have to carry.
pub fn clock(at: Timestamp) -> String {
    let minutes = (at.0.div_euclid(60_000) + 9 * 60).rem_euclid(24 * 60);
    let two_digits = |number: i64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    [&two_digits(minutes / 60), ":", &two_digits(minutes % 60)].concat()
}
