//! A table of text that an officer uploads: read, shown, and sent back with the decision.

use axum::extract::Multipart;
use serde::Deserialize;

use super::refusal::Refusal;
use super::upload::{self, Sent};
use crate::import::ImportError;
use crate::import::encoding::{Encoding, EncodingError, decode};

/// Largest file, in bytes: ten half-years of the roadmap's 63 measures with every text at its limit fit.
pub const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// Largest request body with such a file, in bytes: as a field of a form it is percent-encoded. A file that is larger
/// than [`LARGEST_FILE`] is read to its end and thrown away, so that the page can say so.
pub const LARGEST_BODY: usize = 4 * LARGEST_FILE;

/// A text that was sent, as a file or with the decision.
#[derive(Debug, Clone, Deserialize)]
pub struct TextFile {
    /// The file's name.
    pub file: String,
    /// In words, which encoding it was read in.
    pub encoding: String,
    /// What it says.
    pub text: String,
    /// With the decision: what was decided on.
    #[serde(default)]
    pub fingerprint: String,
}

impl TextFile {
    /// Reads the form's `file` in its `encoding`, or says why that cannot be.
    pub async fn uploaded(form_data: Multipart) -> Result<Result<Self, String>, Refusal> {
        let upload = upload::read(form_data, LARGEST_FILE).await?;
        let given = upload.fields.get("encoding").and_then(|code| Encoding::of_code(code));
        let (file, bytes) = match upload.file {
            Sent::Whole { name, bytes } => (name, bytes),
            Sent::Nothing => return Ok(Err("ファイルを選んでください。".to_owned())),
            Sent::TooLarge => {
                let message = "ファイルが大きすぎます。8MBまでのCSVファイルを選んでください。";
                return Ok(Err(message.to_owned()));
            }
        };
        Ok(match decode(&bytes, given) {
            Ok((encoding, text)) => Ok(Self { file, encoding: encoding.to_string(), text, fingerprint: String::new() }),
            Err(error) => Err(format!("{file}: {}", words(&error))),
        })
    }
}

/// The faults of a file, each a line.
pub fn faults(error: &ImportError) -> Vec<String> {
    let said = match error {
        ImportError::Encoding { file, error } => format!("{file}: {}", words(error)),
        other => other.to_string(),
    };
    said.lines().map(str::to_owned).collect()
}

/// The page has a field where the command has an option.
fn words(error: &EncodingError) -> String {
    match error {
        EncodingError::Ambiguous(_) | EncodingError::Contradiction { .. } => {
            "文字コードを1つに決められません。「文字コード」で選んで、もう一度アップロードしてください。".to_owned()
        }
        EncodingError::HalfWidth => {
            "CP932（Shift_JIS）として読むと、ほとんどが半角カタカナになります。別の文字コードのファイルかもしれません。UTF-8で保存し直すか、正しければ「文字コード」でCP932を選んでください。".to_owned()
        }
        EncodingError::Malformed { encoding, line } => {
            format!("{line}行目に、{encoding} として読めないところがあります。「文字コード」を選び直してください。")
        }
        EncodingError::Empty | EncodingError::Workbook | EncodingError::Unknown { .. } | EncodingError::Binary => {
            error.to_string()
        }
    }
}
