//! A file that a form brings.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;

use super::refusal::Refusal;

/// What came.
pub enum Upload {
    /// No file.
    Nothing,
    /// More bytes than are taken.
    TooLarge,
    /// The file.
    File {
        /// Its name.
        name: String,
        /// Its contents.
        bytes: Vec<u8>,
    },
}

/// The file of the field `file`, unless it is larger than `largest` bytes. The request is read to its end: a connection
/// with something unread in it is closed under the next request.
pub async fn uploaded(mut form_data: Multipart, largest: usize) -> Result<Upload, Refusal> {
    let mut upload = Upload::Nothing;
    while let Some(field) = form_data.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            upload = match whole(field, largest).await? {
                Some(bytes) => Upload::File { name, bytes },
                None => Upload::TooLarge,
            };
        }
    }
    Ok(upload)
}

/// The contents; none where there are too many.
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
