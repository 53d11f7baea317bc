//! The peers: their script, their Python, their data.

use crate::process::{output, program, succeed};
use crate::{repository, setup};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};

/// As the script calls them.
pub const NAMES: [&str; 3] = ["polars", "duckdb", "pandas"];

/// The script beside the checkout that defines the work and does it with each peer.
pub fn script() -> Result<PathBuf> {
    let script = repository::path("../shared/tools/bench_peers.py");
    ensure!(
        script.is_file(),
        "the peers cannot be measured, because their script is missing. Put it at {}",
        script.display()
    );
    Ok(script)
}

/// The interpreter that has the peers.
pub fn interpreter() -> Result<PathBuf> {
    setup::python_environment("xtask/src/bench/tabulation/requirements.txt", "bench/python")
}

/// Writes the files of a size unless they are there.
pub fn generate(python: &Path, script: &Path, folder: &Path, size: u32) -> Result<()> {
    if folder.join(format!("answers_{size}.csv")).is_file() {
        return Ok(());
    }
    eprintln!("Generating {size} answers");
    succeed(program(python).arg(script).arg("gen").arg(folder).arg(size.to_string()))
}

/// `polars 2.1.0, …`
pub fn versions(python: &Path) -> Result<String> {
    let code = "import sys; from importlib.metadata import version as v; print(*[p + ' ' + v(p) for p in sys.argv[1:]], sep=', ')";
    output(program(python).args(["-c", code]).args(NAMES))
}
