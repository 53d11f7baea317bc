//! A browser that looks at sizes and times.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::cell::RefCell;
use std::io::Read;
use std::time::{Duration, Instant};
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

/// A login name and its password.
#[derive(Debug, PartialEq, Eq)]
pub struct Account {
    /// What is typed into `login_name`.
    pub login_name: String,
    /// What is typed into `password`.
    pub password: String,
}

/// How a download went.
pub struct Download {
    /// Until the first byte of the body.
    pub first: Duration,
    /// Until the last.
    pub whole: Duration,
    /// Of the body.
    pub bytes: u64,
}

/// One visitor: it keeps its connection and its session.
pub struct Client {
    agent: Agent,
    address: String,
    /// The `Cookie` header of the next request.
    cookies: RefCell<String>,
}

/// An answer with the body as it was sent.
pub struct Answer {
    /// The HTTP status code.
    pub status: u16,
    headers: HeaderMap,
    /// Still compressed.
    pub body: Vec<u8>,
}

impl Client {
    /// A visitor of `http://HOST:PORT`.
    pub fn new(address: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { agent: config.into(), address: address.to_owned(), cookies: RefCell::default() }
    }

    /// Gets a page as a browser that understands brotli does.
    pub fn get(&self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.address)).header("accept-encoding", "br");
        let response = request.header("cookie", self.cookies.borrow().as_str()).call();
        Answer::read(response.with_context(|| path.to_owned())?)
    }

    /// Gets a file as it comes, uncompressed, and keeps nothing of it. `meanwhile` is called after every piece.
    pub fn download(&self, path: &str, mut meanwhile: impl FnMut() -> Result<()>) -> Result<Download> {
        let start = Instant::now();
        let request = self.agent.get(format!("{}{path}", self.address)).header("accept-encoding", "identity");
        let response = request.header("cookie", self.cookies.borrow().as_str()).call();
        let (head, body) = response.with_context(|| path.to_owned())?.into_parts();
        ensure!(head.status.as_u16() == 200, "{path} answers {}", head.status);
        let mut reader = body.into_with_config().limit(u64::MAX).reader();
        let mut piece = vec![0; 1 << 20];
        let (mut bytes, mut first) = (0, None);
        loop {
            let length = reader.read(&mut piece)?;
            if length == 0 {
                break;
            }
            first.get_or_insert_with(|| start.elapsed());
            bytes += length as u64;
            meanwhile()?;
        }
        Ok(Download { first: first.unwrap_or_else(|| start.elapsed()), whole: start.elapsed(), bytes })
    }

    /// Sends the login form.
    pub fn log_in(&self, account: &Account) -> Result<()> {
        let answer = self.post("/login", &[("login_name", &account.login_name), ("password", &account.password)])?;
        ensure!(answer.status == 303, "login as {} answers {}", account.login_name, answer.status);
        let cookies =
            answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        *self.cookies.borrow_mut() = cookies.collect::<Vec<_>>().join("; ");
        Ok(())
    }

    /// Sends a form as a page of the same origin does.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Answer> {
        let request = self.agent.post(format!("{}{path}", self.address)).header("origin", &self.address);
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", self.cookies.borrow().as_str());
        Answer::read(request.send_form(form.iter().copied()).with_context(|| path.to_owned())?)
    }

    /// Sends JSON as a page of the same origin does.
    pub fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        let request = self.agent.put(format!("{}{path}", self.address)).header("origin", &self.address);
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", self.cookies.borrow().as_str());
        let request = request.header("content-type", "application/json");
        Answer::read(request.send(body.to_string()).with_context(|| path.to_owned())?)
    }
}

impl Answer {
    fn read(response: Response<Body>) -> Result<Self> {
        let (head, mut body) = response.into_parts();
        Ok(Self { status: head.status.as_u16(), headers: head.headers, body: body.read_to_vec()? })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether the body was sent in brotli.
    pub fn is_brotli(&self) -> bool {
        self.header("content-encoding") == Some("br")
    }

    /// The body as a reader sees it.
    pub fn text(&self) -> Result<String> {
        ensure!(self.is_brotli(), "a page is not sent in brotli");
        let mut text = String::new();
        brotli::Decompressor::new(&*self.body, 4096).read_to_string(&mut text)?;
        Ok(text)
    }

    /// The server's own account of how long it took, in milliseconds.
    pub fn server_time(&self) -> Option<f64> {
        total_duration(self.header("server-timing")?)
    }
}

/// `db;dur=0.4, total;dur=1.25` → 1.25
fn total_duration(server_timing: &str) -> Option<f64> {
    let metric = server_timing.split(',').find_map(|metric| metric.trim().strip_prefix("total;"))?;
    metric.split(';').find_map(|parameter| parameter.trim().strip_prefix("dur="))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found_among_other_timings() {
        assert_eq!(total_duration("total;dur=1.25"), Some(1.25));
        assert_eq!(total_duration("db;dur=0.4, total;desc=\"all\";dur=3"), Some(3.0));
        assert_eq!(total_duration("db;dur=0.4"), None);
    }
}
