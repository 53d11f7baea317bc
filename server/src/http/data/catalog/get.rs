//! `GET /data/catalog.jsonld`: DCAT-AP_JP as JSON-LD.
//!
//! Terms: W3C DCAT 3 <https://www.w3.org/TR/vocab-dcat-3/>, as profiled by DCAT-AP and デジタル庁's DCAT-AP_JP: catalogue,
//! dataset and distribution with title, description, publisher, language, licence, temporal coverage and access address.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use super::{KEYWORDS, Publisher, span};
use crate::export::format::{Encoding, Form, Format};
use crate::export::provenance::LICENCE;
use crate::http::data::listing::{self, Offered};
use crate::http::download::Facts;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/JPN";
/// 政府・公共部門
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/GOVE";
const ANNUAL: &str = "http://publications.europa.eu/resource/authority/frequency/ANNUAL";

/// Every published dataset with its files, as DCAT-AP_JP.
#[utoipa::path(
    get,
    path = "/data/catalog.jsonld",
    tag = "data",
    responses((status = OK, body = serde_json::Value, content_type = "application/ld+json"))
)]
pub async fn get(State(state): State<AppState>) -> Result<Response, Refusal> {
    let publisher = Publisher::of(&state).await?;
    let base = &publisher.base;
    let offered = listing::published(&state).await?;
    let mut datasets = Vec::new();
    for one in &offered {
        let export = state.service.export(one.dataset, one.scope).await?;
        let known = state.downloads.found(&export, Form::from(Format::Csv));
        datasets.push(dataset(one, &publisher, known.as_ref()));
    }
    let modified = offered.iter().filter_map(|one| one.updated).max();
    let catalog = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("{base}/data/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": text("市町村DXアンケートのデータ"),
        "dct:description": text("県が毎年行う市町村DXアンケートの、公表された結果です。"),
        "dct:publisher": organization(&publisher),
        "dcat:contactPoint": contact(&publisher),
        "dct:spatial": spatial(&publisher),
        "dct:language": { "@id": LANGUAGE },
        "dct:license": { "@id": LICENCE.1 },
        "dct:modified": modified.map(time),
        "foaf:homepage": { "@id": format!("{base}/data") },
        "dcat:dataset": datasets,
    });
    Ok(([(header::CONTENT_TYPE, "application/ld+json")], catalog.to_string()).into_response())
}

fn dataset(offered: &Offered, publisher: &Publisher, csv: Option<&Facts>) -> Json {
    let (about, base) = (offered.about, &publisher.base);
    let address = format!("{base}{}", offered.page());
    let distributions: Vec<Json> = Format::ALL
        .into_iter()
        .map(|format| {
            let file = format!("{base}{}", offered.href(format.extension()));
            let kind = format.media_type(Encoding::default()).split(';').next().unwrap_or_default();
            let mut distribution = json!({
                "@id": file,
                "@type": "dcat:Distribution",
                "dct:title": text(&format!("{}（{}）", about.title, format.extension())),
                "dcat:accessURL": { "@id": address },
                "dcat:downloadURL": { "@id": file },
                "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{kind}") },
                "dct:format": format.extension(),
                "dct:license": { "@id": LICENCE.1 },
            });
            if let (Format::Csv, Some(Facts { bytes, sha256, .. })) = (format, csv) {
                distribution["dcat:byteSize"] =
                    json!({ "@value": bytes.to_string(), "@type": "xsd:nonNegativeInteger" });
                distribution["spdx:checksum"] = json!({
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": { "@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256" },
                    "spdx:checksumValue": sha256,
                });
            }
            distribution
        })
        .collect();
    let warning = if publisher.demonstration { "デモデータ（架空の回答）です。" } else { "" };
    json!({
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": address,
        "dct:title": text(&format!("{}（{}）", about.title, offered.period())),
        "dct:description": text(&format!("{warning}{}", about.description)),
        "dct:publisher": organization(publisher),
        "dcat:contactPoint": contact(publisher),
        "dcat:landingPage": { "@id": address },
        "dcat:theme": { "@id": THEME },
        "dct:spatial": spatial(publisher),
        "dct:language": { "@id": LANGUAGE },
        "dct:license": { "@id": LICENCE.1 },
        "dct:issued": offered.issued.map(time),
        "dct:modified": offered.updated.map(time),
        "dct:accrualPeriodicity": { "@id": ANNUAL },
        "dct:temporal": offered.covers.map(temporal),
        "dcat:keyword": KEYWORDS.map(text),
        "dcat:distribution": distributions,
    })
}

fn text(text: &str) -> Json {
    json!({ "@value": text, "@language": "ja" })
}

fn organization(publisher: &Publisher) -> Json {
    json!({ "@type": "foaf:Organization", "foaf:name": text(publisher.name()) })
}

fn contact(publisher: &Publisher) -> Option<Json> {
    let contact = publisher.contact.as_deref()?;
    Some(json!({ "@type": "vcard:Organization", "vcard:fn": text(contact) }))
}

fn spatial(publisher: &Publisher) -> Option<Json> {
    let prefecture = publisher.prefecture.as_ref()?;
    Some(json!({ "@type": "dct:Location", "rdfs:label": text(prefecture.name), "dct:identifier": prefecture.code }))
}

fn time(at: Timestamp) -> Json {
    json!({ "@value": at.rfc3339(), "@type": "xsd:dateTime" })
}

fn temporal(years: [FiscalYear; 2]) -> Json {
    let [from, to] = span(years);
    let date = |date: String| json!({ "@value": date, "@type": "xsd:date" });
    json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": date(from), "dcat:endDate": date(to) })
}
