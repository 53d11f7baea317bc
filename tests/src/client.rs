//! A visitor: sends what a browser sends, follows no redirect, keeps the session's cookie.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::multipart::Part;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::page::Page;

/// After that long a connection is not used again: the server closes it a little later.
const IDLE: Duration = Duration::from_secs(5);

/// A visitor with at most one session.
pub struct Client {
    http: reqwest::Client,
    base: String,
    cookie: Mutex<Option<String>>,
}

impl Client {
    /// Somebody who is not signed in at `http://host:port`.
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .pool_idle_timeout(IDLE)
            .build()
            .expect("a client");
        Self { http, base: base.to_owned(), cookie: Mutex::default() }
    }

    /// The cookie that it would send, `name=value`.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends another cookie from now on.
    pub fn set_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = cookie;
    }

    /// Signs in.
    pub async fn login(&self, login_name: &str, password: &str) {
        let answer = self.post("/login", &[("login_name", login_name), ("password", password)]).await;
        assert_eq!(answer.status, 303, "{login_name}: {}", answer.text());
    }

    /// Makes a personal token for the API with those scopes.
    pub async fn token(&self, name: &str, scopes: &[&str]) -> String {
        let mut fields = vec![("name", name), ("days", "30")];
        fields.extend(scopes.iter().map(|scope| ("scope", *scope)));
        let page = self.post("/tokens", &fields).await.expect(201).page();
        let secret = page.tag("secret").and_then(|tag| tag.attribute("value"));
        secret.expect("the token, shown once").to_owned()
    }

    /// A request with that token and nothing else.
    pub fn bearing(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).bearer_auth(token)
    }

    /// A request with the session's cookie and nothing else.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match self.cookie() {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    /// A request that changes something, with the header that says where it comes from.
    pub fn mutation(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header(ORIGIN, &self.base)
    }

    /// Sends a request and keeps the cookie that it sets.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for set in headers.get_all(SET_COOKIE) {
            let set = set.to_str().expect("an ASCII cookie");
            let pair = set.split(';').next().unwrap_or_default();
            let removed = pair.ends_with('=') || set.to_ascii_lowercase().contains("max-age=0");
            self.set_cookie((!removed).then(|| pair.to_owned()));
        }
        let bytes = response.bytes().await.expect("a whole body").to_vec();
        Answer { status, headers, bytes }
    }

    /// GET
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST of a form.
    pub async fn post<N: AsRef<str>, V: AsRef<str>>(&self, path: &str, fields: &[(N, V)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        self.send(self.mutation(Method::POST, path).form(&fields)).await
    }

    /// POST of a file, as a browser sends it.
    pub async fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        let part = Part::bytes(bytes.to_vec()).file_name(file_name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        self.send(self.mutation(Method::POST, path).multipart(form)).await
    }

    /// POST without a body.
    pub async fn press(&self, path: &str) -> Answer {
        self.post(path, &[("", ""); 0]).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.mutation(Method::PUT, path).json(body)).await
    }
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Requires that status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("an ASCII header"))
    }

    /// The body.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as a page.
    pub fn page(&self) -> Page {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        Page::read(&self.text())
    }

    /// Requires a redirect after a form (303) to that address.
    pub fn leads_to(&self, address: &str) {
        assert_eq!(self.status, 303, "{}", self.text());
        let location = self.headers.get(LOCATION).expect("a location");
        assert_eq!(location.to_str().expect("an ASCII location"), address);
    }

    /// Requires an error of the API (RFC 9457) with that status, in Japanese, and returns it.
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.headers.get(CONTENT_TYPE).expect("a content type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["type"].as_str().is_some_and(|kind| kind.starts_with("/api/v1/problems/")), "{problem}");
        let title = problem["title"].as_str().unwrap_or_default();
        assert!(is_japanese(title), "{problem}");
        problem
    }
}

/// Whether the text has a letter of Japanese.
pub fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龠'))
}
