//! 管理番号: what a workbook is of, in one line of text.
//!
//! It stands hidden in the answer sheet's heading and on a hidden sheet, and in sight on the notes: a gateway may take
//! out what is hidden, a person may delete a sheet, but hardly all of them.

use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::Questionnaire;
use shared::time::Timestamp;

use crate::service::answering::hex;

/// What every stamp begins with; the number is the version of the workbook's layout.
const MARK: &str = "shirabe-1?";

/// What a workbook is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The questionnaire's `form_id`.
    pub form_id: String,
    /// The questionnaire's version.
    pub version: String,
    /// When it was downloaded.
    pub at: Timestamp,
    /// The response's revision then.
    pub revision: i64,
}

/// A stamp as read, not yet compared with the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadStamp {
    /// What it says.
    pub stamp: Stamp,
    checksum: String,
}

impl Stamp {
    /// The line of text.
    pub fn text(&self, questionnaire: &Questionnaire) -> String {
        let mut fields = form_urlencoded::Serializer::for_suffix(MARK.to_owned(), MARK.len());
        fields.append_pair("year", &self.year.year().to_string());
        fields.append_pair("code", self.code.as_str());
        fields.append_pair("form", &self.form_id);
        fields.append_pair("version", &self.version);
        fields.append_pair("at", &self.at.0.to_string());
        fields.append_pair("revision", &self.revision.to_string());
        fields.append_pair("sum", &self.checksum(questionnaire));
        fields.finish()
    }

    /// Whether a cell's text means to be a stamp.
    pub fn is_meant(text: &str) -> bool {
        text.trim().starts_with(MARK)
    }

    /// Reads such a text; `None` when it was changed so that it says nothing.
    pub fn parse(text: &str) -> Option<ReadStamp> {
        let fields = text.trim().strip_prefix(MARK)?;
        let field = |name: &str| {
            let found = form_urlencoded::parse(fields.as_bytes()).find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned())
        };
        let stamp = Self {
            year: field("year")?.parse().ok()?,
            code: field("code")?.parse().ok()?,
            form_id: field("form")?,
            version: field("version")?,
            at: Timestamp(field("at")?.parse().ok()?),
            revision: field("revision")?.parse().ok()?,
        };
        Some(ReadStamp { stamp, checksum: field("sum")? })
    }

    /// The first 8 bytes of the SHA-256 of all it says and of every question's name, in hexadecimal.
    fn checksum(&self, questionnaire: &Questionnaire) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        add(&self.year.year().to_string());
        add(self.code.as_str());
        add(&self.form_id);
        add(&self.version);
        add(&self.at.0.to_string());
        add(&self.revision.to_string());
        for question in &questionnaire.questions {
            add(question.name.as_str());
        }
        hex(&hash.finalize()[..8])
    }
}

impl ReadStamp {
    /// Whether it stands as it was written, for that questionnaire.
    pub fn is_intact(&self, questionnaire: &Questionnaire) -> bool {
        self.stamp.checksum(questionnaire) == self.checksum
    }
}
