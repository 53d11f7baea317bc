//! A table's file: what is known of it stands in its headers. What is small is made whole, as CSV.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;
use crate::export::format::{Encoding, Format, Hashing, csv};
use crate::export::provenance::RoundFacts;
use crate::export::table::Table;
use crate::service::Error;

/// SHA-256 of all bytes of a file, in hexadecimal.
pub const SHA256: HeaderName = HeaderName::from_static("shirabe-sha256");

/// Says how many rows and columns a file has, and which rounds it is made of.
pub fn describe(headers: &mut HeaderMap, rows: u64, columns: usize, rounds: &[RoundFacts]) {
    set(headers, HeaderName::from_static("shirabe-rows"), &rows.to_string());
    set(headers, HeaderName::from_static("shirabe-columns"), &columns.to_string());
    if !rounds.is_empty() {
        let rounds: Vec<String> = rounds.iter().map(round).collect();
        set(headers, HeaderName::from_static("shirabe-rounds"), &rounds.join(", "));
    }
}

/// 「2025;revision=1;snapshot-sha256=…」; of a round's way 「2026;state=open」
fn round(round: &RoundFacts) -> String {
    let edition = match (round.state, round.revision) {
        (Some(state), _) => format!("state={}", state.code()),
        (None, Some(revision)) => format!("revision={revision}"),
        (None, None) => "revision=preliminary".to_owned(),
    };
    let sha256 = round.sha256.as_ref().map(|sha256| format!(";snapshot-sha256={sha256}")).unwrap_or_default();
    format!("{};{edition}{sha256}", round.year)
}

/// The whole table as CSV, under that `Content-Disposition`.
pub fn whole(table: &dyn Table, rounds: &[RoundFacts], disposition: &str) -> Result<Response, Refusal> {
    let internal = |error: std::io::Error| Error::Internal(error.to_string());
    let (encoding, mut bytes) = (Encoding::default(), Vec::new());
    let mut hashing = Hashing::new(&mut bytes);
    csv::write(table, encoding, &mut hashing).map_err(internal)?;
    let (_, sha256) = hashing.finish();
    let rows = table.row_count().map_err(internal)?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, Format::Csv.media_type(encoding));
    set(headers, header::CONTENT_DISPOSITION, disposition);
    describe(headers, rows, table.columns().len(), rounds);
    set(headers, SHA256, &sha256);
    Ok(response)
}

/// Sets a header; a value that none may have is left out.
pub fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
