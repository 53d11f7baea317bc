//! 監査記録
//!
//! - [`get`]: the page
//! - [`csv`]: all that match
//! - `words`: an entry in words
//! - `differing`: which fields of two values differ
pub mod csv;
mod differing;
pub mod get;
mod words;

use app::pages::desk_audit::{ABOUT, AuditAsked};
use serde::Deserialize;
use shared::audit::Act;
use shared::fiscal_year::{FiscalYear, InvalidFiscalYear};
use shared::questionnaire::QuestionKind;
use shared::response::answer::RawAnswer;
use shared::response::{AnswerValue, InvalidAnswer, parse_integer};
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::accounts::typed::Names;
use crate::access::Role;
use crate::http::refusal::Refusal;
use crate::service::Error;
use crate::store::{AccountRecord, AuditFilter};

/// Entries on a page.
const PAGE: u32 = 100;
/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// What the entries are narrowed to. A municipality is asked for with or without a year, and both whatever the object.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    about: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    until: String,
    before: Option<i64>,
}

impl Asked {
    /// What is asked for, and problems of what cannot be read.
    fn filter(&self, names: &Names) -> Result<AuditFilter, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut noted = |field: &str, message: String| {
            problems.push(FieldProblem { field: field.to_owned(), message });
        };
        let author = self.author.trim().to_owned();
        let mut filter = AuditFilter { author, before: self.before, limit: PAGE, ..AuditFilter::default() };
        match self.about.as_str() {
            "" => {}
            "installation" => filter.chain = String::from("installation"),
            about if ABOUT.iter().any(|(code, _)| *code == about) => filter.chain = format!("{about}/"),
            _ => noted("about", "一覧にない対象です。一覧から選び直してください。".to_owned()),
        }
        match year(&self.year) {
            Ok(Some(_)) if !matches!(self.about.as_str(), "" | "response" | "round") => {
                noted("year", elsewhere("年度"));
            }
            Ok(year) => filter.year = year,
            Err(invalid) => noted("year", invalid.to_string()),
        }
        match names.register.of_code_or_name(&self.municipality) {
            Ok(Some(_)) if !matches!(self.about.as_str(), "" | "response" | "municipality") => {
                noted("municipality", elsewhere("市町村"));
            }
            Ok(municipality) => filter.municipality = municipality,
            Err(unresolved) => noted("municipality", unresolved.to_string()),
        }
        filter.act = Act::of_code(&self.act);
        if filter.act.is_none() && !self.act.is_empty() {
            noted("act", "一覧にない操作です。一覧から選び直してください。".to_owned());
        }
        match day(&self.since) {
            Ok(since) => filter.since = since,
            Err(invalid) => noted("since", invalid.to_string()),
        }
        match day(&self.until) {
            Ok(until) => filter.until = until.map(|day| Timestamp(day.0 + DAY)),
            Err(invalid) => noted("until", invalid.to_string()),
        }
        if problems.is_empty() { Ok(filter) } else { Err(problems) }
    }

    /// The same as typed.
    fn typed(&self) -> AuditAsked {
        AuditAsked {
            about: self.about.clone(),
            year: self.year.clone(),
            municipality: self.municipality.clone(),
            act: self.act.clone(),
            author: self.author.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
        }
    }

    /// The address of the same entries at `path`, from `before` on.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("about", &self.about),
            ("year", &self.year),
            ("municipality", &self.municipality),
            ("act", &self.act),
            ("author", &self.author),
            ("since", &self.since),
            ("until", &self.until),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// Only the prefecture's officers read the log.
fn require_officer(account: &AccountRecord) -> Result<(), Refusal> {
    if account.is(Role::Officer) { Ok(()) } else { Err(Error::Forbidden.into()) }
}

/// What is said where the object has none of what it is to be narrowed by.
fn elsewhere(what: &str) -> String {
    format!("選んだ対象の記録は、{what}では絞り込めません。{what}を空欄にするか、対象を「すべて」にしてください。")
}

/// A year as somebody typed it; full-width digits too.
fn year(typed: &str) -> Result<Option<FiscalYear>, InvalidFiscalYear> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let number = parse_integer(typed).ok().and_then(|number| u16::try_from(number).ok());
    number.ok_or(InvalidFiscalYear).and_then(FiscalYear::new).map(Some)
}

/// The beginning of a day, typed like the answer to a question for a date.
fn day(typed: &str) -> Result<Option<Timestamp>, InvalidAnswer> {
    let raw = RawAnswer { values: vec![typed.to_owned()], unknown: false };
    match AnswerValue::parse(&QuestionKind::Date, false, &raw)? {
        Some(AnswerValue::Date(date)) => {
            Timestamp::parse_jst(&format!("{date}T00:00")).map(Some).ok_or(InvalidAnswer::NotADate)
        }
        _ => Ok(None),
    }
}
