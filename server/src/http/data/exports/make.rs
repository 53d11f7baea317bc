//! A dataset's file, made for a job.

use std::io::Write;
use std::sync::Arc;

use crate::export::dataset::{self, Dataset, Scope, Years};
use crate::export::format::manifest::{self, Written};
use crate::export::format::{CannotWrite, Encoding, Export, Form, Format, Hashing, OnUnmappable};
use crate::export::table::Watched;
use crate::http::data::files::get::file_name;
use crate::http::data::listing::{self, Extent};
use crate::http::jobs::progress::Progress;
use crate::http::jobs::request::{ExportRequest, MadeFile};
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
    let name = file_name(&work.state, scope, &request.dataset, form.format);
    let progress = work.progress.clone();
    let written = tokio::task::spawn_blocking(move || write(export, form, name, out, &progress));
    match written.await.map_err(|error| internal(&error))? {
        Ok(made) => Ok(Made::File(made)),
        Err(CannotWrite::Io(error)) => Err(internal(&error).into()),
        Err(refused) => Ok(Made::Refused(vec![refused.to_string()])),
    }
}

/// Writes the file; rows are counted as they are written, and end when the job is stopped.
fn write<W: Write + Send>(
    export: Export,
    form: Form,
    name: String,
    mut out: Hashing<W>,
    progress: &Arc<Progress>,
) -> std::result::Result<MadeFile, CannotWrite> {
    let watching = progress.clone();
    let export = Export { table: Box::new(Watched::new(export.table, move || watching.advance())), ..export };
    let checked = export.check(form)?;
    // Checking may have passed over every row.
    progress.set(0, checked.rows)?;
    export.write(form, checked.rows, &mut out)?;
    out.flush()?;
    let (bytes, sha256) = out.finish();
    let manifest = manifest::of(&export, form, &checked, Written { name: &name, bytes, sha256: &sha256 });
    let media_type = form.format.media_type(form.encoding).to_owned();
    Ok(MadeFile { name, media_type, count: checked.rows, bytes, sha256, manifest: Some(manifest) })
}

#[cfg(test)]
mod tests {
    use std::io;

    use sha2::{Digest as _, Sha256};

    use super::*;
    use crate::export::format::samples::export;
    use crate::export::table::{Column, Kind, Sink, Table, Value};
    use crate::service::answering::hex;

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

    fn written(stopped_at: Option<u64>) -> (std::result::Result<MadeFile, CannotWrite>, Arc<Progress>, String) {
        let progress = Arc::new(Progress::default());
        let table = Rows {
            columns: vec![Column::new("a", "甲", Kind::Text, "")],
            stopped: stopped_at.map(|at| (at, progress.clone())),
        };
        let export = export(table);
        let mut bytes = Vec::new();
        let made = write(export, Form::from(Format::Csv), "a.csv".to_owned(), Hashing::new(&mut bytes), &progress);
        (made, progress, String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn every_row_is_written_and_counted_and_the_file_has_its_proof() {
        let (made, progress, text) = written(None);
        let made = made.unwrap();
        assert_eq!((made.count, text.lines().count()), (1_000, 1_001));
        assert_eq!(progress.counts(), Some((1_000, 1_000)));
        assert_eq!(made.bytes, text.len() as u64);
        assert_eq!(made.sha256, hex(&Sha256::digest(&text)));
        let manifest = made.manifest.unwrap();
        assert_eq!(manifest["file"]["sha256"], *made.sha256);
        assert_eq!((&manifest["file"]["name"], &manifest["rows"]), (&"a.csv".into(), &1_000.into()));
    }

    #[test]
    fn a_stopped_job_writes_no_further_row() {
        let (made, progress, text) = written(Some(500));
        let lines = text.lines().count();
        assert!(made.is_err() && lines < 600, "{lines}");
        assert_eq!(progress.counts(), Some((501, 1_000)));
    }

    #[test]
    fn a_stopped_job_does_not_even_count_its_rows() {
        let counted = Arc::new(Progress::default());
        counted.stop();
        let table = Rows { columns: Vec::new(), stopped: None };
        let watching = counted.clone();
        assert!(Watched::new(Box::new(table), move || watching.advance()).row_count().is_err());
    }
}
