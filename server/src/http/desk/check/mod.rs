//! 点検: what in the responses of a round should be looked at again.
//!
//! - [`get`]: the page
//! - [`csv`]: all that match
//!
//! The acts that a finding leads to stand elsewhere: their forms are asked for with the finding's question and kind
//! ([`Named`]; [`return_reasons`] takes several) and propose a text. The answers themselves are in no address.
pub mod csv;
pub mod get;

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::plausibility::{Finding, Kind};
use shared::questionnaire::{Questionnaire, Section};
use shared::response::ResponseState;

use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::checking::words::return_reason;
use crate::service::checking::{Check, Found};
use crate::store::AccountRecord;

/// What the findings are narrowed to; what is unknown narrows nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Code of a municipality, or a part of its name.
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    section: String,
    /// Code of a state of the response.
    #[serde(default)]
    state: String,
    page: Option<usize>,
}

impl Asked {
    /// Whether a finding is asked for, of whatever kind.
    fn wants(&self, questionnaire: &Questionnaire, found: &Found) -> bool {
        let wanted = self.municipality.trim();
        let municipality =
            wanted.is_empty() || found.municipality.code.as_str() == wanted || found.municipality.name.contains(wanted);
        municipality
            && questionnaire.section(&self.section).is_none_or(|section| is_in(section, found))
            && ResponseState::of_code(&self.state).is_none_or(|state| found.state == state)
    }

    fn kind(&self) -> Option<Kind> {
        Kind::of_code(&self.kind)
    }

    /// The address of what is narrowed so, at `path`.
    fn address(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("municipality", &self.municipality),
            ("kind", &self.kind),
            ("section", &self.section),
            ("state", &self.state),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            query.append_pair(name, value.trim());
        }
        if let Some(page) = self.page.filter(|page| *page > 1) {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same, of another kind, from the beginning.
    fn of_kind(&self, kind: Option<Kind>) -> Self {
        Self { kind: kind.map_or("", Kind::code).to_owned(), page: None, ..self.clone() }
    }

    /// The same, another page.
    fn on_page(&self, page: usize) -> Self {
        Self { page: Some(page), ..self.clone() }
    }
}

/// Whether the finding's question stands in that section.
fn is_in(section: &Section, found: &Found) -> bool {
    section.questions().any(|index| index == found.finding.question)
}

/// A finding named in an address: `?question=…&finding=…`.
#[derive(Debug, Default, Deserialize)]
pub struct Named {
    /// Name of the question.
    pub question: Option<String>,
    /// Code of the kind.
    finding: Option<String>,
}

impl Named {
    /// What is proposed to be said about it; nothing where it is found no more.
    pub async fn proposal(
        &self,
        state: &AppState,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        words: impl Fn(&Check, &Found) -> String,
    ) -> Result<Option<String>, Refusal> {
        let kind = self.finding.as_deref().and_then(Kind::of_code);
        let Some((question, kind)) = self.question.as_deref().zip(kind) else { return Ok(None) };
        let check = state.service.check(account, year).await?;
        Ok(check.of(code, question, kind).map(|found| words(&check, found)))
    }
}

/// The reasons proposed to send questions back, by question, for the findings that an address names: each `question=…`
/// with the `finding=…` behind it. What is unknown, or found no more, is left out.
pub async fn return_reasons(
    state: &AppState,
    account: &AccountRecord,
    year: FiscalYear,
    code: MunicipalityCode,
    pairs: &[(String, String)],
) -> Result<BTreeMap<String, String>, Refusal> {
    let named = named_together(pairs);
    if named.is_empty() {
        return Ok(BTreeMap::new());
    }
    let check = state.service.check(account, year).await?;
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for (question, kind) in named {
        if let Some(found) = check.of(code, question, kind) {
            findings.entry(question).or_default().push(&found.finding);
        }
    }
    let reason = |(question, findings): (&str, Vec<&Finding>)| {
        (question.to_owned(), return_reason(&check.questionnaire, &findings))
    };
    Ok(findings.into_iter().map(reason).collect())
}

/// Questions and kinds of the findings that an address names.
fn named_together(pairs: &[(String, String)]) -> Vec<(&str, Kind)> {
    let mut question = None;
    let mut named = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "question" => question = Some(value.as_str()),
            "finding" => named.extend(question.zip(Kind::of_code(value))),
            _ => {}
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_findings_in_pairs_and_what_is_unknown_is_left_out() {
        let pairs =
            |query: &str| -> Vec<(String, String)> { form_urlencoded::parse(query.as_bytes()).into_owned().collect() };
        let several = pairs("question=a&finding=jump&finding=outlier&question=b&finding=x&question=c&finding=blank");
        let named = [("a", Kind::Jump), ("a", Kind::Outlier), ("c", Kind::Blank)];
        assert_eq!(named_together(&several), named);
        assert_eq!(named_together(&pairs("finding=jump&question=a")), []);
    }
}
