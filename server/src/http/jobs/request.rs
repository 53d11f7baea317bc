//! What a job is asked to do, and what comes of it, as they are stored.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use shared::fiscal_year::FiscalYear;
use shared::job::JobKind;

use crate::http::desk::report::Asked;

/// What a job is asked to do. Whatever it reads is read when it is done, with the rights that its owner has then.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobRequest {
    /// Add the accounts of a file.
    Accounts {
        /// The file's name.
        name: String,
        /// Its bytes, in Base64.
        bytes: String,
        /// Of a text: the encoding that was chosen, by its code.
        #[serde(default)]
        encoding: Option<String>,
    },
    /// Make the annual report's workbook.
    Report {
        /// Of which year.
        year: FiscalYear,
        /// How much.
        asked: Asked,
    },
    /// Make the public pages into files.
    Site,
    /// Make a file of a dataset.
    Export(ExportRequest),
}

/// A file of a dataset, each part by its code.
#[derive(Serialize, Deserialize)]
pub struct ExportRequest {
    /// A year, or all.
    pub period: String,
    /// The dataset.
    pub dataset: String,
    /// How much of it.
    pub extent: String,
    /// In which format.
    pub format: String,
    /// In which encoding.
    pub encoding: String,
    /// What becomes of characters that the encoding does not have.
    pub on_unmappable: String,
}

impl JobRequest {
    /// What kind of job does it.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Accounts { .. } => JobKind::Accounts,
            Self::Report { .. } => JobKind::Report,
            Self::Site => JobKind::Site,
            Self::Export(_) => JobKind::Export,
        }
    }
}

/// What came of a job.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A file.
    File(MadeFile),
    /// Accounts.
    Accounts {
        /// Added.
        added: u64,
        /// In the file, but there before.
        known: u64,
    },
    /// Nothing, and why, a line each.
    Refused(Vec<String>),
    /// Nothing, for a reason that should not be; the log says what.
    Failed,
}

/// A file that was made.
#[derive(Serialize, Deserialize)]
pub struct MadeFile {
    /// The name under which it is saved.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// How much it holds, in the unit of the job's kind.
    pub count: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// Of a dataset: where it comes from, its columns, what was replaced.
    pub manifest: Option<Json>,
}

impl Outcome {
    /// As it is stored.
    pub fn written(&self) -> String {
        // A structure of texts and numbers has always a JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was stored; `None` where nothing was, or by another version.
    pub fn read(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }
}
