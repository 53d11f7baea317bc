//! Tests of the whole way from sheets to a questionnaire.

mod findings;
mod forms;
mod hostile;
mod oracle;

use std::path::PathBuf;

use super::{Compilation, compile, read};

/// Compiles a form of `testdata/`.
fn compiled(name: &str) -> Compilation {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/xlsform/testdata").join(name);
    compile(&read(&path).unwrap())
}

/// The findings as they are shown, a line each.
fn shown(compilation: &Compilation) -> String {
    let lines = compilation.findings.iter().map(|finding| format!("{} {finding}", finding.severity.label()));
    lines.collect::<Vec<_>>().join("\n")
}
