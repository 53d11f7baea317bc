//! Sending one answer, and what came of it.

use shared::time::Timestamp;
use shared::wire::{Problem, SaveAnswer, SavedAnswer};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

use super::page::window;

/// What came of sending one answer.
pub enum Outcome {
    /// It is stored.
    Saved(SavedAnswer),
    /// The session has ended; nothing is stored.
    SessionEnded,
    /// Somebody else stored another value; nothing is overwritten.
    Conflict(String),
    /// It cannot be stored as it is.
    Refused(String),
    /// No answer, or none that tells: to be sent again.
    Unreachable,
}

/// `PUT {save_to}/{question}`.
pub async fn put(save_to: &str, question: &str, answer: &SaveAnswer) -> Outcome {
    send(save_to, question, answer).await.unwrap_or(Outcome::Unreachable)
}

async fn send(save_to: &str, question: &str, answer: &SaveAnswer) -> Result<Outcome, JsValue> {
    let body = serde_json::to_string(answer).map_err(|_| JsValue::NULL)?;
    let headers = Headers::new()?;
    headers.append("content-type", "application/json")?;
    headers.append("accept", "application/json")?;
    let init = RequestInit::new();
    init.set_method("PUT");
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(&body));
    let address = [save_to, "/", &String::from(js_sys::encode_uri_component(question))].concat();
    let window = window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(&address, &init)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(match response.status() {
        200..300 => serde_json::from_str(&text).map_or(Outcome::Unreachable, Outcome::Saved),
        401 => Outcome::SessionEnded,
        409 => Outcome::Conflict(words(&text)),
        400..500 => Outcome::Refused(words(&text)),
        _ => Outcome::Unreachable,
    })
}

/// What a problem says, in a sentence or two.
fn words(body: &str) -> String {
    let Ok(problem) = serde_json::from_str::<Problem>(body) else {
        return "保存できませんでした。ページを読み込み直してください。".to_owned();
    };
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
