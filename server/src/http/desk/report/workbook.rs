//! `POST /desk/{year}/report/workbook`: the report's tables.

use std::io::{self, Write as _};

use app::exhibit::Exhibit;
use app::pages::report::{Report, parts};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use shared::fiscal_year::FiscalYear;

use super::Asked;
use crate::export::exhibit;
use crate::export::format::{Encoding, Format, xlsx};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::jobs::{
    self,
    progress::Progress,
    request::{JobRequest, MadeFile},
    worker::{Made, Work},
};
use crate::http::limits::Caller;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// Has the workbook made, and leads to the page of that job.
pub async fn post(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Refusal> {
    let year = parse_year(&year)?;
    // Says now what the job would say later.
    super::report(&state, &account, year, &asked).await?;
    let title = format!("{}（Excel）", title(year));
    let request = JobRequest::Report { year, asked };
    jobs::add(&state, Some(account.id), Caller::Account(account.id), title, &request).await
}

/// Makes the workbook: what it holds, then a sheet a table.
pub async fn make(work: &Work, year: FiscalYear, asked: &Asked) -> Result<Made, Refusal> {
    let report = super::report(&work.state, work.account()?, year, asked).await?;
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let mut out = work.out().map_err(|error| internal(&error))?;
    let progress = work.progress.clone();
    let written = tokio::task::spawn_blocking(move || {
        let (sheets, bytes) = write(&title(year), &report, &progress)?;
        out.write_all(&bytes)?;
        out.flush()?;
        Ok::<_, io::Error>((sheets, out.finish()))
    });
    let (count, (bytes, sha256)) =
        written.await.map_err(|error| internal(&error))?.map_err(|error| internal(&error))?;
    let demo = if work.state.site.demonstration { "-demo" } else { "" };
    Ok(Made::File(MadeFile {
        name: format!("shirabe-{}-report{demo}.xlsx", year.year()),
        media_type: Format::Xlsx.media_type(Encoding::default()).to_owned(),
        count,
        bytes,
        sha256,
        manifest: None,
    }))
}

fn title(year: FiscalYear) -> String {
    format!("{} 年次報告", year.wareki())
}

/// How many sheets, and the workbook.
fn write(title: &str, report: &Report, progress: &Progress) -> io::Result<(u64, Vec<u8>)> {
    let parts = parts(report);
    let exhibits = parts.iter().flat_map(|part| part.exhibits.iter().map(move |exhibit| (part.title, exhibit)));
    let exhibits: Vec<(String, &str, &Exhibit)> = exhibits
        .enumerate()
        .map(|(place, (part, exhibit))| (format!("{}_{}", place + 1, exhibit.id), part, exhibit))
        .collect();
    let mut sheets = vec![("目次".to_owned(), contents(report, &exhibits))];
    sheets.extend(exhibits.iter().map(|(name, _, exhibit)| (name.clone(), exhibit::table(exhibit))));
    let count = u64::try_from(sheets.len()).map_err(io::Error::other)?;
    progress.set(0, count)?;
    let mut bytes = Vec::new();
    xlsx::write_sheets(title, &sheets, &|| progress.advance(), &mut bytes)?;
    Ok((count, bytes))
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
