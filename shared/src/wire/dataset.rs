//! Datasets: what there is, and their rows.

use serde::{Deserialize, Serialize};

use super::TableRows;

/// A dataset of one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetOfPeriod {
    /// Name of the dataset in addresses.
    pub id: String,
    /// The year (西暦) in addresses, or `all`.
    pub period: String,
    /// Its name.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// What it covers, in words.
    pub covers: String,
    /// Who may have it: `public` or `prefecture`.
    pub audience: String,
    /// When its contents last changed, RFC 3339; null for what stands now.
    pub updated: Option<String>,
    /// Address of its rows as JSON pages.
    pub rows: String,
    /// Its files.
    pub files: Vec<FileOfDataset>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileOfDataset {
    /// `csv`, `xlsx`, `json`, `ndjson`, `parquet` or `zip`.
    pub format: String,
    /// Its address.
    pub href: String,
    /// Address of what is known of it: size, hash, columns.
    pub manifest: String,
}

/// A page of a dataset's rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatasetRows {
    /// Name of the dataset.
    pub dataset: String,
    /// Its name in Japanese.
    pub title: String,
    /// What it covers, in words.
    pub covers: String,
    /// Up to which visibility it shows: `public` or `prefecture`.
    pub audience: String,
    /// Generated data, not answered by anybody.
    pub demonstration: bool,
    /// SHA-256 of the snapshot of each round it is made of.
    pub snapshots: Vec<String>,
    /// What a reader must know, each a sentence.
    pub notes: Vec<String>,
    /// The page.
    #[serde(flatten)]
    pub table: TableRows,
}
