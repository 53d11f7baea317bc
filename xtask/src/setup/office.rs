//! LibreOffice, which reads back the workbooks that the product writes.

use super::apt;
use crate::process::find;
use anyhow::Result;

/// Installs LibreOffice Calc when it is missing.
pub fn ensure() -> Result<()> {
    if find("soffice").is_some() { Ok(()) } else { apt::install("LibreOffice", &["libreoffice-calc"]) }
}
