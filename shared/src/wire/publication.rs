//! What was published, in which revision, and what each corrected.

use serde::{Deserialize, Serialize};

use super::ShareValue;

/// A revision of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedRevision {
    /// Fiscal year (西暦).
    pub year: u16,
    /// Counted from 1.
    pub revision: u32,
    /// When it was published, RFC 3339.
    pub published_at: String,
    /// Why what was published before was corrected; empty for the first.
    pub reason: String,
    /// SHA-256 of the snapshot's JSON.
    pub sha256: String,
    /// It is what everybody sees now.
    pub current: bool,
    /// That it was taken back; null where it was not.
    pub withdrawn: Option<WithdrawnRevision>,
    /// Address of its page.
    pub page: String,
}

/// That a revision was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawnRevision {
    /// When, RFC 3339.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// A revision with its figures, as far as the caller may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevisionOfPublication {
    /// Which.
    pub revision: PublishedRevision,
    /// Generated data.
    pub demonstration: bool,
    /// Each definition's figure.
    pub figures: Vec<FigureOfRevision>,
    /// What it says differently from the revision before; null for the first.
    pub corrected: Option<CorrectedByRevision>,
}

/// A figure of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureOfRevision {
    /// Id of the definition.
    pub id: String,
    /// Its version.
    pub version: u16,
    /// Its title.
    pub title: String,
    /// Confirmed; the lower bound. Null where it is suppressed.
    pub share: Option<ShareValue>,
    /// The upper bound.
    pub upper: Option<ShareValue>,
}

/// What a revision says differently from the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectedByRevision {
    /// Figures that changed.
    pub figures: Vec<CorrectedFigure>,
    /// How many answers changed that the caller may see; the operation `…/corrections` lists them.
    pub answers: usize,
    /// How many more changed that the caller may not see.
    pub hidden: usize,
}

/// A figure that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectedFigure {
    /// Its title.
    pub title: String,
    /// Before; null where the caller may not see it.
    pub before: Option<ShareValue>,
    /// After; null where the caller may not see it.
    pub after: Option<ShareValue>,
}

/// An answer that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectedAnswer {
    /// 全国地方公共団体コード
    pub code: String,
    /// The municipality's name.
    pub name: String,
    /// The question's name.
    pub question: String,
    /// Its number as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// Before.
    pub before: AnswerInWords,
    /// After.
    pub after: AnswerInWords,
}

/// What stood in a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerInWords {
    /// `value`, or the state.
    pub state: String,
    /// The answer or the state in words.
    pub words: String,
}
