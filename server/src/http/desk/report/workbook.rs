//! `POST /desk/{year}/report/workbook`: the report's tables.

use std::io::{self, Write as _};

use app::exhibit::Exhibit;
use app::pages::report::{LEDGER, parts};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use shared::fiscal_year::FiscalYear;
use shared::visibility::Visibility;

use super::Asked;
use crate::export::dataset::{self, Scope, Years};
use crate::export::exhibit;
use crate::export::format::{Encoding, Export, Format, xlsx};
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
use crate::service::{Error, Service};

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
    let (progress, made) = (work.progress.clone(), report.made.clone());
    let mut sheets = Vec::new();
    for part in parts(&report) {
        if part.id == LEDGER {
            for dataset in ["kpis", "kpi-values"] {
                sheets.push(of_dataset(&work.state.service, part.title, dataset).await?);
            }
        } else {
            sheets.extend(part.exhibits.iter().map(|exhibit| of_exhibit(part.title, exhibit)));
        }
    }
    let written = tokio::task::spawn_blocking(move || {
        let (sheets, bytes) = write(&title(year), sheets, &made, &progress)?;
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

/// A sheet, and what the first one says of it.
struct Sheet {
    /// What it is named after, behind its number.
    id: String,
    part: &'static str,
    finding: String,
    subtitle: String,
    note: String,
    source: String,
    table: HeldTable,
}

fn of_exhibit(part: &'static str, exhibit: &Exhibit) -> Sheet {
    Sheet {
        id: exhibit.id.clone(),
        part,
        finding: exhibit.finding.concat(),
        subtitle: exhibit.subtitle.clone(),
        note: exhibit.notes.concat(),
        source: exhibit.source.clone(),
        table: exhibit::table(exhibit),
    }
}

/// On paper the ledger has a column a year and halves of years in one cell; a sheet has what may be counted with.
async fn of_dataset(service: &Service, part: &'static str, id: &'static str) -> Result<Sheet, Refusal> {
    let dataset = dataset::find(id).ok_or(Error::NotFound)?;
    let scope = Scope { years: Years::All, reader: Visibility::Public, unpublished: false, revision: None };
    let Export { table, provenance, .. } = service.export(dataset, scope).await?;
    Ok(Sheet {
        id: id.to_owned(),
        part,
        finding: provenance.title,
        subtitle: provenance.description,
        note: provenance.notes.concat(),
        source: "資料：KPI台帳".to_owned(),
        table: HeldTable::of(table.as_ref()).map_err(|error| Error::Internal(error.to_string()))?,
    })
}

/// How many sheets, and the workbook.
fn write(title: &str, sheets: Vec<Sheet>, made: &str, progress: &Progress) -> io::Result<(u64, Vec<u8>)> {
    let mut tables = vec![("目次".to_owned(), contents(&sheets, made))];
    tables.extend(sheets.into_iter().enumerate().map(|(place, sheet)| (name(place, &sheet.id), sheet.table)));
    let count = u64::try_from(tables.len()).map_err(io::Error::other)?;
    progress.set(0, count)?;
    let mut bytes = Vec::new();
    xlsx::write_sheets(title, &tables, &|| progress.advance(), &mut bytes)?;
    Ok((count, bytes))
}

fn name(place: usize, id: &str) -> String {
    format!("{}_{id}", place + 1)
}

/// A row a sheet: what stands in it, how to read it, where it comes from.
fn contents(sheets: &[Sheet], made: &str) -> HeldTable {
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
    let row = |(place, sheet): (usize, &Sheet)| {
        let Sheet { id, part, finding, subtitle, note, source, .. } = sheet;
        let name = name(place, id);
        let texts: [&str; 7] = [&name, part, finding, subtitle, note, source, made];
        texts.map(Held::from).into()
    };
    HeldTable::new(columns, sheets.iter().enumerate().map(row).collect())
}
