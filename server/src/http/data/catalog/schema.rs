//! schema.org `Dataset`s, as search engines read them from a page: <https://schema.org/Dataset>.

use app::shell::DEMONSTRATION;
use serde_json::{Value as Json, json};

use super::{KEYWORDS, Publisher, span};
use crate::export::format::{Encoding, Format};
use crate::export::provenance::LICENCE;
use crate::http::data::listing::Offered;

/// The datasets as JSON-LD that may stand within a script element.
pub fn datasets(offered: &[Offered], publisher: &Publisher) -> String {
    let datasets: Vec<Json> = offered.iter().map(|offered| dataset(offered, publisher)).collect();
    let document = json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": "市町村DXアンケートのデータ",
        "url": format!("{}/data", publisher.base),
        "inLanguage": "ja",
        "license": LICENCE.1,
        "dataset": datasets,
    });
    within_script(&document)
}

/// One dataset, on its own page.
pub fn dataset_alone(offered: &Offered, publisher: &Publisher) -> String {
    let mut document = dataset(offered, publisher);
    document["@context"] = json!("https://schema.org");
    within_script(&document)
}

/// Nothing may end the element before its end.
fn within_script(document: &Json) -> String {
    document.to_string().replace('<', "\\u003c")
}

fn dataset(offered: &Offered, publisher: &Publisher) -> Json {
    let (about, base) = (offered.about, &publisher.base);
    let warning = if publisher.demonstration { DEMONSTRATION } else { "" };
    let address = format!("{base}{}", offered.page());
    let files = Format::ALL.map(|format| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": format.media_type(Encoding::default()).split(';').next(),
            "contentUrl": format!("{base}{}", offered.href(format.extension())),
        })
    });
    let mut creator = json!({ "@type": "GovernmentOrganization", "name": publisher.name() });
    if let Some(contact) = &publisher.contact {
        creator["contactPoint"] = json!({ "@type": "ContactPoint", "contactType": "問い合わせ先", "name": contact });
    }
    json!({
        "@type": "Dataset",
        "name": format!("市町村DXアンケート {}（{}）", about.title, offered.period()),
        "description": format!("{warning}県が毎年行う市町村DXアンケートの公表された結果から、{}", about.description),
        "url": address,
        "identifier": address,
        "includedInDataCatalog": { "@type": "DataCatalog", "url": format!("{base}/data") },
        "license": LICENCE.1,
        "isAccessibleForFree": true,
        "inLanguage": "ja",
        "keywords": KEYWORDS,
        "creator": creator,
        "spatialCoverage": publisher.prefecture.as_ref().map(|of| json!({ "@type": "Place", "name": of.name })),
        "temporalCoverage": offered.covers.map(|years| span(years).join("/")),
        "dateModified": offered.updated.map(shared::time::Timestamp::rfc3339),
        "distribution": files,
    })
}
