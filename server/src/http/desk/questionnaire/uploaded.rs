//! A workbook that was sent: read, compiled, and carried on with the decision.

use std::fmt::Display;

use app::pages::desk_questionnaire::Fault;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use shared::questionnaire::Questionnaire;
use tokio::sync::Semaphore;

use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::xlsform::{self, Finding};

/// One after the other: each may take as much memory as a workbook's limits allow.
static READING: Semaphore = Semaphore::const_new(1);

/// A questionnaire that can be taken.
pub struct Uploaded {
    /// The file's name.
    pub file: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it says.
    pub questionnaire: Questionnaire,
    /// What its author probably meant otherwise.
    pub warnings: Vec<Fault>,
}

/// Reads and compiles a workbook apart from the threads that serve requests, or says everything that is wrong with it.
pub async fn read(state: &AppState, file: String, bytes: Vec<u8>) -> Result<Result<Uploaded, Vec<Fault>>, Refusal> {
    let internal = |error: &dyn Display| Error::Internal(error.to_string());
    let permit = READING.acquire().await.map_err(|error| internal(&error))?;
    let name = file.clone();
    let compiling = tokio::task::spawn_blocking(move || {
        let read = xlsform::read_uploaded(&bytes, &name).map(|sheets| (xlsform::compile(&sheets), sheets));
        (read, bytes)
    });
    let (read, bytes) = compiling.await.map_err(|error| internal(&error))?;
    drop(permit);
    let (compilation, sheets) = match read {
        Ok(read) => read,
        Err(reason) => return Ok(Err(vec![of_file(&file, &reason)])),
    };
    let warnings: Vec<Fault> = compilation.findings.into_iter().map(fault).collect();
    let Some(questionnaire) = compilation.questionnaire else { return Ok(Err(warnings)) };
    if state.service.is_version_taken(&questionnaire).await? {
        let Questionnaire { form_id, version, .. } = &questionnaire;
        let message =
            format!("{form_id} の版 {version} は、別の内容ですでに登録されています。新しい版を書いてください。");
        return Ok(Err(vec![fault(sheets.about_version(message))]));
    }
    Ok(Ok(Uploaded { file, bytes, questionnaire, warnings }))
}

/// The workbook as a field of a form.
pub fn encoded(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// The same back; `None` where the field was not made by [`encoded`].
pub fn decoded(field: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(field).ok()
}

/// What is wrong with a file as a whole.
pub fn of_file(file: &str, message: &str) -> Fault {
    let (sheet, message) = (file.to_owned(), message.to_owned());
    Fault { severity: xlsform::Severity::Error.label(), sheet, row: None, column: None, message }
}

fn fault(finding: Finding) -> Fault {
    let Finding { severity, sheet, row, column, message } = finding;
    Fault { severity: severity.label(), sheet: sheet.to_owned(), row, column, message }
}
