//! 監査記録
//!
//! - [`get`]: the page
//! - [`csv`]: all that match
pub mod csv;
pub mod get;

use app::pages::desk_audit::AuditAsked;
use serde::Deserialize;
use shared::audit::Act;
use shared::municipality::MunicipalityCode;
use shared::time::Timestamp;

use super::accounts::typed::Names;
use crate::store::AuditFilter;

/// Entries on a page.
const PAGE: u32 = 100;
/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// What the entries are narrowed to; what cannot be read narrows nothing.
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
    fn filter(&self, names: &Names) -> AuditFilter {
        let municipality = names.register.of_code_or_name(&self.municipality).ok().flatten();
        let day = |text: &str| Timestamp::parse_jst(&format!("{}T00:00", text.trim()));
        AuditFilter {
            chain: self.chain(municipality),
            act: Act::of_code(&self.act),
            author: self.author.trim().to_owned(),
            since: day(&self.since),
            until: day(&self.until).map(|day| Timestamp(day.0 + DAY)),
            before: self.before,
            limit: PAGE,
        }
    }

    /// What the chains begin with. Without a year, a response cannot be told by its municipality alone.
    fn chain(&self, municipality: Option<MunicipalityCode>) -> String {
        let year: Option<u16> = self.year.trim().parse().ok();
        match (self.about.as_str(), year, municipality) {
            ("response", Some(year), Some(code)) => format!("response/{year}/{code}"),
            ("response", Some(year), None) => format!("response/{year}/"),
            ("round", Some(year), _) => format!("round/{year}"),
            ("municipality", _, Some(code)) => format!("municipality/{code}"),
            ("installation", ..) => "installation".to_owned(),
            (about @ ("response" | "round" | "municipality" | "account" | "kpi" | "roadmap"), ..) => {
                format!("{about}/")
            }
            _ => String::new(),
        }
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
