//! What is known of one file, for the document that stands beside it.

use serde_json::{Value as Json, json};

use super::{Checked, Encoding, Export, Form, Format};

/// The end of its name, after the file's.
pub const ENDING: &str = "-metadata.json";

/// A file as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'f> {
    /// Its name.
    pub name: &'f str,
    /// Its size.
    pub bytes: u64,
    /// Of all its bytes, in hexadecimal.
    pub sha256: &'f str,
}

/// Where the table comes from, its columns, and the file.
pub fn of(export: &Export, form: Form, checked: &Checked, written: Written<'_>) -> Json {
    let mut manifest = export.provenance.manifest(export.table.as_ref(), checked.rows);
    manifest["file"] = json!({
        "name": written.name,
        "media_type": form.format.media_type(form.encoding),
        "encoding": (form.format == Format::Csv).then(|| form.encoding.code()),
        "byte_order_mark": (form.format == Format::Csv).then_some(form.encoding == Encoding::Utf8Bom),
        "bytes": written.bytes,
        "sha256": written.sha256,
        "replaced": checked.replaced,
    });
    manifest
}
