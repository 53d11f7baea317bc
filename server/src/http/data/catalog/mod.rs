//! Everything published, for other catalogues and for search engines.
//!
//! - [`get`](mod@get): DCAT-AP as JSON-LD
//! - [`schema`]: schema.org, within the pages

pub mod get;
pub mod schema;

use std::collections::BTreeSet;

use shared::fiscal_year::FiscalYear;
use shared::tabulation::attribute::prefecture_name;

use crate::export::dataset::Years;
use crate::http::state::AppState;
use crate::service::Result;

/// What the datasets are about, for catalogues.
const KEYWORDS: [&str; 4] = ["DX", "デジタル・トランスフォーメーション", "市町村", "アンケート"];

/// Who publishes, and where and how this is said.
pub struct Publisher {
    /// The prefecture whose municipalities were asked last; `None` where they are of several, or nothing is published.
    prefecture: Option<Prefecture>,
    /// Whom to ask.
    contact: Option<String>,
    /// The installation's address.
    base: String,
    /// The data were generated.
    demonstration: bool,
}

struct Prefecture {
    /// Its two digits.
    code: String,
    name: &'static str,
}

impl Publisher {
    /// That of the installation.
    pub async fn of(state: &AppState) -> Result<Self> {
        let last = state.service.published().await?.last().map(|published| published.year);
        let rounds = match last {
            Some(year) => state.service.published_rounds(Years::One(year)).await?,
            None => Vec::new(),
        };
        let municipalities = rounds.iter().flat_map(|round| &round.head.snapshot.municipalities);
        let prefectures: BTreeSet<&str> = municipalities.map(|m| m.municipality.code.prefecture()).collect();
        let only = prefectures.first().filter(|_| prefectures.len() == 1);
        Ok(Self {
            prefecture: only
                .and_then(|code| Some(Prefecture { code: (*code).to_owned(), name: prefecture_name(code)? })),
            contact: state.site.contact.clone(),
            base: state.site.address.clone(),
            demonstration: state.site.demonstration,
        })
    }

    /// Its name.
    fn name(&self) -> &str {
        self.prefecture.as_ref().map_or("市町村DXアンケートの実施主体", |prefecture| prefecture.name)
    }
}

/// First and last day of those fiscal years.
fn span([first, last]: [FiscalYear; 2]) -> [String; 2] {
    [format!("{}-04-01", first.year()), format!("{}-03-31", last.year() + 1)]
}
