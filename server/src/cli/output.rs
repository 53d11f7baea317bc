//! Where a command's file goes.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

/// Writes a whole file, or to standard output where no path is given.
pub fn write(path: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(path) = path else {
        return std::io::stdout().lock().write_all(bytes).context("標準出力に書き込めません");
    };
    // Written beside and renamed, so that no half file ever stands under the name.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What cannot be removed either is named by the error all the same.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| format!("{} に書き込めません", path.display()))
}
