//! `GET /desk/{year}/report.xlsx`: the report's tables.

use app::exhibit::Exhibit;
use app::pages::report::{Report, parts};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Asked;
use crate::export::exhibit;
use crate::export::format::{Encoding, Format, xlsx};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// The workbook: what it holds, then a sheet a table.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    let report = super::report(&state, &account, year, &asked).await?;
    let title = format!("{} 年次報告", year.wareki());
    let written = tokio::task::spawn_blocking(move || write(&title, &report));
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let bytes = written.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))?;
    let demo = if state.site.demonstration { "-demo" } else { "" };
    let name = format!("attachment; filename=\"shirabe-{}-report{demo}.xlsx\"", year.year());
    let kind = Format::Xlsx.media_type(Encoding::default()).to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn write(title: &str, report: &Report) -> std::io::Result<Vec<u8>> {
    let parts = parts(report);
    let exhibits = parts.iter().flat_map(|part| part.exhibits.iter().map(move |exhibit| (part.title, exhibit)));
    let exhibits: Vec<(String, &str, &Exhibit)> = exhibits
        .enumerate()
        .map(|(place, (part, exhibit))| (format!("{}_{}", place + 1, exhibit.id), part, exhibit))
        .collect();
    let mut sheets = vec![("目次".to_owned(), contents(report, &exhibits))];
    sheets.extend(exhibits.iter().map(|(name, _, exhibit)| (name.clone(), exhibit::table(exhibit))));
    let mut bytes = Vec::new();
    xlsx::write_sheets(title, &sheets, &mut bytes)?;
    Ok(bytes)
}

/// A row a sheet: what stands in it, how to read it, where it comes from.
fn contents(report: &Report, exhibits: &[(String, &str, &Exhibit)]) -> HeldTable {
    let columns = [
        ("sheet", "シート"),
        ("part", "区分"),
        ("finding", "内容"),
        ("subtitle", "説明"),
        ("note", "注記"),
        ("source", "出典"),
        ("made", "作成日"),
    ];
    let columns = columns.map(|(name, label)| Column::new(name, label, Kind::Text, "")).to_vec();
    let row = |(name, part, exhibit): &(String, &str, &Exhibit)| {
        let texts = [
            name.clone(),
            (*part).to_owned(),
            exhibit.finding.concat(),
            exhibit.subtitle.clone(),
            exhibit.notes.join(""),
            exhibit.source.clone(),
            report.made.clone(),
        ];
        texts.map(Held::from).into()
    };
    HeldTable::new(columns, exhibits.iter().map(row).collect())
}
