//! schema.org `Dataset`s, as search engines read them from a page: <https://schema.org/Dataset>.

use app::shell::DEMONSTRATION;
use serde_json::{Value as Json, json};

use super::get::span;
use super::{KEYWORDS, PUBLISHER};
use crate::export::dataset::Years;
use crate::export::format::{Encoding, Format};
use crate::export::provenance::LICENCE;
use crate::http::data::listing::Offered;
use crate::http::state::Site;

/// The datasets as JSON-LD that may stand within a script element.
pub fn datasets(base: &str, site: &Site, offered: &[Offered]) -> String {
    let datasets: Vec<Json> = offered.iter().map(|offered| dataset(base, site, offered)).collect();
    let document = json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": "市町村DXアンケートのデータ",
        "url": format!("{base}/data"),
        "inLanguage": "ja",
        "license": LICENCE.1,
        "dataset": datasets,
    });
    // Nothing may end the element before its end.
    document.to_string().replace('<', "\\u003c")
}

fn dataset(base: &str, site: &Site, offered: &Offered) -> Json {
    let about = offered.about;
    let warning = if site.demonstration { DEMONSTRATION } else { "" };
    let files = Format::ALL.map(|format| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": format.media_type(Encoding::default()).split(';').next(),
            "contentUrl": format!("{base}{}", offered.href(format.extension())),
        })
    });
    json!({
        "@type": "Dataset",
        "name": format!("市町村DXアンケート {}（{}）", about.title, offered.period()),
        "description": format!("{warning}県が毎年行う市町村DXアンケートの公表された結果から、{}", about.description),
        "url": format!("{base}/data"),
        "identifier": format!("{base}/data/{}/{}", offered.scope.years.code(), about.id),
        "license": LICENCE.1,
        "isAccessibleForFree": true,
        "inLanguage": "ja",
        "keywords": KEYWORDS,
        "creator": { "@type": "GovernmentOrganization", "name": PUBLISHER },
        "temporalCoverage": match offered.scope.years {
            Years::One(year) => Json::from(span(year).join("/")),
            Years::All => Json::Null,
        },
        "dateModified": offered.updated.map(shared::time::Timestamp::rfc3339),
        "distribution": files,
    })
}
