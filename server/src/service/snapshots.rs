//! The columns kept of publications: one file each, written at publication, made anew when missing or damaged.
//!
//! A file is named after year, revision and hash, so that a folder may serve several databases. Where no folder can be
//! written, exports read the columns from memory instead.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use shared::fiscal_year::FiscalYear;
use shared::publication::Publication;

use super::{Error, Result, Service};
use crate::export::columns::{Columns, Head};
use crate::export::dataset::{Round, Years};
use crate::store::PublishedRound;

/// Where they are kept, and which were found whole.
#[derive(Default)]
pub struct Folder {
    path: Option<PathBuf>,
    known: Mutex<HashMap<PathBuf, (Look, Arc<Head>)>>,
}

/// A file's size and when it was last written: whatever was written to it since has another.
type Look = (u64, SystemTime);

fn look(file: &Path) -> Option<Look> {
    let about = fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()?))
}

impl Folder {
    fn file(&self, published: &PublishedRound) -> Option<PathBuf> {
        let PublishedRound { year, revision, sha256, .. } = published;
        let short = sha256.get(..16).unwrap_or(sha256);
        Some(self.path.as_ref()?.join(format!("{}-{revision}-{short}.columns", year.year())))
    }

    /// The file's head, if it holds that publication, with what may be compared. A file that was found whole and looks as
    /// it did then is not read again for it. One that is found damaged when its cells are read is removed there.
    fn head(&self, file: &Path, published: &PublishedRound, comparable: &BTreeMap<String, bool>) -> Option<Arc<Head>> {
        let look = look(file)?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned();
        if let Some((_, known)) = known.filter(|(before, _)| *before == look) {
            return Some(if known.comparable == *comparable {
                known
            } else {
                self.remember(file, look, Arc::new(Head { comparable: comparable.clone(), ..Head::clone(&known) }))
            });
        }
        let bytes = fs::read(file).ok()?;
        let head = Head::from_bytes(&bytes)
            .inspect_err(|error| tracing::warn!(%error, file = %file.display(), "columns are made anew"))
            .ok()?;
        let head = Head { comparable: comparable.clone(), ..head };
        let same = head.sha256 == published.sha256 && head.revision == Some(published.revision);
        same.then(|| self.remember(file, look, Arc::new(head)))
    }

    fn remember(&self, file: &Path, look: Look, head: Arc<Head>) -> Arc<Head> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(file.to_owned(), (look, head.clone()));
        head
    }

    /// Writes the file beside and renames it, so that no half file ever stands under the name.
    fn write(file: &Path, columns: &Columns) -> io::Result<()> {
        let bytes = columns.to_bytes()?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = file.with_extension(format!("{}.part", std::process::id()));
        fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file))
    }
}

impl Service {
    /// Keeps the columns of publications in that folder, which is made when it is missing.
    #[must_use]
    pub fn with_snapshots(mut self, folder: PathBuf) -> Self {
        self.snapshots.path = Some(folder);
        self
    }

    /// The published rounds of those years, by year.
    pub async fn published_rounds(&self, years: Years) -> Result<Vec<Round>> {
        let mut rounds = Vec::new();
        for published in self.published().await?.iter().filter(|p| years.include(p.year)) {
            rounds.push(self.published_round(published).await?);
        }
        Ok(rounds)
    }

    /// One revision of a published round that was not taken back.
    pub async fn published_revision(&self, year: FiscalYear, revision: u32) -> Result<Round> {
        let revisions = self.store.revisions().await?;
        let kept = revisions.iter().find(|kept| (kept.year, kept.revision) == (year, revision));
        self.published_round(kept.filter(|kept| kept.withdrawal.is_none()).ok_or(Error::NotFound)?).await
    }

    async fn published_round(&self, published: &PublishedRound) -> Result<Round> {
        let file = self.snapshots.file(published);
        let comparable = self.comparable_with_previous(published.year).await?;
        if let Some(file) = &file
            && let Some(head) = self.snapshots.head(file, published, &comparable)
        {
            return Ok(Round::kept(head, file.clone()));
        }
        let publication = self.revision_kept(published.year, published.revision).await?;
        let columns = self.columns_of(&publication, comparable).await?;
        let Some(file) = file else { return Ok(Round::held(columns)) };
        match Folder::write(&file, &columns) {
            // It is read back once, when it is next asked for.
            Ok(()) => Ok(Round::kept(columns.head, file)),
            Err(error) => {
                tracing::warn!(%error, file = %file.display(), "columns cannot be kept");
                Ok(Round::held(columns))
            }
        }
    }

    async fn columns_of(&self, publication: &Publication, comparable: BTreeMap<String, bool>) -> Result<Columns> {
        let (form_id, version) = &publication.snapshot.questionnaire;
        let questionnaire = self.questionnaire_version(form_id, version).await?;
        Ok(Columns::of_publication(publication, &questionnaire, comparable))
    }
}
