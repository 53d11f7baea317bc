//! A dataset's file, made for a job.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::sync::Arc;

use crate::export::dataset::{self, Dataset, Scope, Years};
use crate::export::format::{CannotWrite, Encoding, Export, Form, Format, OnUnmappable};
use crate::export::table::{Column, Sink, Table};
use crate::http::data::files::get::file_name;
use crate::http::data::listing::{self, Extent};
use crate::http::jobs::progress::Progress;
use crate::http::jobs::request::ExportRequest;
use crate::http::jobs::worker::{Made, Work};
use crate::http::refusal::Refusal;
use crate::service::{Error, Result};
use crate::store::AccountRecord;

/// What is asked for, understood.
pub struct Asked {
    /// The dataset.
    pub dataset: &'static dyn Dataset,
    /// Which rounds, for whom.
    pub scope: Scope,
    /// In which form.
    pub form: Form,
}

impl ExportRequest {
    /// The request for that.
    pub fn of(scope: Scope, id: &str, form: Form) -> Self {
        Self {
            period: scope.years.code(),
            dataset: id.to_owned(),
            extent: Extent::of(scope).code().to_owned(),
            format: form.format.extension().to_owned(),
            encoding: form.encoding.code().to_owned(),
            on_unmappable: form.on_unmappable.code().to_owned(),
        }
    }

    /// What it asks for, if that account may have it.
    pub fn read(&self, account: Option<&AccountRecord>) -> Result<Asked> {
        let years = Years::of_code(&self.period).ok_or(Error::NotFound)?;
        let dataset = dataset::find(&self.dataset).ok_or(Error::NotFound)?;
        let form = Form {
            format: Format::of_extension(&self.format).ok_or(Error::NotFound)?,
            encoding: Encoding::of_code(&self.encoding).ok_or(Error::NotFound)?,
            on_unmappable: OnUnmappable::of_code(&self.on_unmappable).ok_or(Error::NotFound)?,
        };
        Ok(Asked { dataset, scope: listing::scope(account, dataset, years, Some(&self.extent))?, form })
    }
}

/// Makes the file.
pub async fn make(work: &Work, request: &ExportRequest) -> std::result::Result<Made, Refusal> {
    let Asked { dataset, scope, form } = request.read(work.owner.as_ref())?;
    let export = work.state.service.export(dataset, scope).await?;
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let out = work.out().map_err(|error| internal(&error))?;
    let progress = work.progress.clone();
    let written = tokio::task::spawn_blocking(move || write(export, form, out, &progress));
    match written.await.map_err(|error| internal(&error))? {
        Ok(count) => Ok(Made::File {
            name: file_name(&work.state, scope, &request.dataset, form.format),
            media_type: form.format.media_type(form.encoding).to_owned(),
            count,
        }),
        Err(CannotWrite::Io(error)) => Err(internal(&error).into()),
        Err(refused) => Ok(Made::Refused(vec![refused.to_string()])),
    }
}

/// Writes the file; how many rows.
fn write(export: Export, form: Form, out: File, progress: &Arc<Progress>) -> std::result::Result<u64, CannotWrite> {
    let watched = Watched { table: export.table, progress: progress.clone() };
    let export = Export { table: Box::new(watched), ..export };
    let rows = export.check(form)?.rows;
    // Checking may have passed over every row.
    progress.set(0, rows)?;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    export.write(form, rows, &mut out)?;
    out.flush()?;
    Ok(rows)
}

/// A table that counts its rows as they are written, and ends when its job is stopped.
struct Watched {
    table: Box<dyn Table>,
    progress: Arc<Progress>,
}

impl Table for Watched {
    fn columns(&self) -> &[Column] {
        self.table.columns()
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        self.table.rows(&mut |values| {
            self.progress.advance()?;
            sink(values)
        })
    }

    fn row_count(&self) -> io::Result<u64> {
        self.table.row_count()
    }
}

#[cfg(test)]
mod tests {
    use shared::visibility::Visibility;

    use super::*;
    use crate::export::provenance::Provenance;
    use crate::export::table::{Kind, Value};

    /// A table of a thousand rows; its job is stopped at one of them.
    struct Rows {
        columns: Vec<Column>,
        stopped: Option<(u64, Arc<Progress>)>,
    }

    impl Table for Rows {
        fn columns(&self) -> &[Column] {
            &self.columns
        }

        fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
            (0..1_000).try_for_each(|row| {
                if let Some((at, progress)) = &self.stopped
                    && *at == row
                {
                    progress.stop();
                }
                sink(&[Value::Text("ねぶた")])
            })
        }

        fn row_count(&self) -> io::Result<u64> {
            Ok(1_000)
        }
    }

    fn written(stopped_at: Option<u64>) -> (std::result::Result<u64, CannotWrite>, Arc<Progress>, String) {
        let progress = Arc::new(Progress::default());
        let table = Rows {
            columns: vec![Column::new("a", "甲", Kind::Text, "")],
            stopped: stopped_at.map(|at| (at, progress.clone())),
        };
        let export = Export {
            table: Box::new(table),
            provenance: Provenance {
                dataset: "rows",
                title: String::new(),
                description: String::new(),
                audience: Visibility::Public,
                rounds: Vec::new(),
                updated: None,
                demonstration: false,
                notes: Vec::new(),
            },
            codebook: None,
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        let rows = write(export, Form::from(Format::Csv), file.reopen().unwrap(), &progress);
        (rows, progress, std::fs::read_to_string(file.path()).unwrap())
    }

    #[test]
    fn every_row_is_written_and_counted() {
        let (rows, progress, text) = written(None);
        assert_eq!((rows.unwrap(), text.lines().count()), (1_000, 1_001));
        assert_eq!(progress.counts(), Some((1_000, 1_000)));
    }

    #[test]
    fn a_stopped_job_writes_no_further_row() {
        let (rows, progress, text) = written(Some(500));
        assert!(rows.is_err() && text.lines().count() < 600, "{}", text.lines().count());
        assert_eq!(progress.counts(), Some((501, 1_000)));
    }
}
