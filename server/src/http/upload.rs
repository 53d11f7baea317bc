//! A form with a file.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;

use super::refusal::Refusal;

/// A form that was sent.
pub struct Upload {
    /// The part named `file`.
    pub file: Sent,
    /// The other parts, as texts.
    pub fields: BTreeMap<String, String>,
}

/// A file that was sent.
pub enum Sent {
    /// None.
    Nothing,
    /// More than may be read.
    TooLarge,
    /// All of it.
    Whole {
        /// Its name on the sender's machine; may be empty.
        name: String,
        /// Its contents.
        bytes: Vec<u8>,
    },
}

/// Reads the form, and at most `largest` bytes of each part. The request is read to its end: a connection with
/// something unread in it is closed under the next request.
pub async fn read(mut form_data: Multipart, largest: usize) -> Result<Upload, Refusal> {
    let mut upload = Upload { file: Sent::Nothing, fields: BTreeMap::new() };
    while let Some(field) = form_data.next_field().await.map_err(unreadable)? {
        let part = field.name().unwrap_or_default().to_owned();
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = whole(field, largest).await?;
        if part == "file" {
            upload.file = bytes.map_or(Sent::TooLarge, |bytes| Sent::Whole { name, bytes });
        } else if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            upload.fields.insert(part, text);
        }
    }
    Ok(upload)
}

/// A part's bytes; `None` where there are too many.
async fn whole(mut field: Field<'_>, largest: usize) -> Result<Option<Vec<u8>>, Refusal> {
    let (mut bytes, mut too_large) = (Vec::new(), false);
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        too_large |= bytes.len() + chunk.len() > largest;
        if too_large {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((!too_large).then_some(bytes))
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn unreadable(error: MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::TooLarge;
    }
    let message = "ファイルを最後まで受け取れませんでした。もう一度アップロードしてください。";
    Refusal::BadRequest(message.to_owned())
}
