//! One engine and one run of it.

use super::super::milliseconds;
use crate::process::{line, program};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

/// A program that reads the files, makes the outputs and prints one line of JSON.
pub struct Engine {
    name: String,
    program: PathBuf,
    /// Before the folder and the size.
    before: Vec<PathBuf>,
    /// After them.
    after: Vec<String>,
}

/// What one run took and found.
pub struct Run {
    /// From starting the process to its end.
    pub process_ms: f64,
    /// Without starting: from the first byte read to the last output.
    pub inside_ms: f64,
    /// `VmHWM`, in MB of 1,048,576 bytes.
    pub peak_mb: f64,
    /// The integers on which all engines must agree.
    pub check: Value,
}

impl Engine {
    /// The product's own.
    pub fn ours(program: PathBuf) -> Self {
        Self { name: "shirabe".to_owned(), program, before: Vec::new(), after: Vec::new() }
    }

    /// One of the script's.
    pub fn peer(name: &str, python: &Path, script: &Path) -> Self {
        let before = vec![script.to_owned(), PathBuf::from("one")];
        Self { name: name.to_owned(), program: python.to_owned(), before, after: vec![name.to_owned()] }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs it once.
    pub fn run(&self, folder: &Path, size: u32) -> Result<Run> {
        let start = Instant::now();
        let printed = self.printed(folder, size, &self.after)?;
        let took = start.elapsed();
        Run::read(milliseconds(took), &printed).with_context(|| format!("{} printed {printed}", self.name))
    }

    /// Milliseconds of the slowest table of each kind, of [`Self::ours`].
    pub fn slowest_tables(&self, folder: &Path, size: u32) -> Result<BTreeMap<String, f64>> {
        let printed = self.printed(folder, size, &["tables".to_owned()])?;
        let line: Value = serde_json::from_str(&printed)?;
        serde_json::from_value(line["slowest_ms"].clone()).with_context(|| format!("{} printed {printed}", self.name))
    }

    fn printed(&self, folder: &Path, size: u32, after: &[String]) -> Result<String> {
        let mut command = program(&self.program);
        command.args(&self.before).arg(folder).arg(size.to_string()).args(after);
        command.stdin(Stdio::null()).stderr(Stdio::inherit());
        let output = command.output().with_context(|| format!("cannot start {}", line(&command)))?;
        ensure!(output.status.success(), "{} failed ({})", line(&command), output.status);
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Run {
    fn read(process_ms: f64, printed: &str) -> Result<Self> {
        let last = printed.lines().last().context("nothing printed")?;
        let line: Value = serde_json::from_str(last)?;
        let number = |key: &str| line[key].as_f64().with_context(|| format!("no {key}"));
        ensure!(line["check"].is_object(), "no check");
        Ok(Self {
            process_ms,
            inside_ms: (number("load_s")? + number("work_s")?) * 1000.0,
            peak_mb: number("peak_rss_mb")?,
            check: line["check"].clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_its_last_line() {
        let printed = "warning\n{\"load_s\":0.5,\"work_s\":0.25,\"peak_rss_mb\":12.5,\"check\":{\"o1\":3}}\n";
        let run = Run::read(900.0, printed).unwrap();
        assert!((run.inside_ms - 750.0).abs() < 1e-9 && (run.peak_mb - 12.5).abs() < 1e-9);
        assert_eq!(run.check["o1"], 3);
        assert!(Run::read(1.0, "").is_err());
        assert!(Run::read(1.0, "{\"load_s\":0.5,\"work_s\":0.25,\"peak_rss_mb\":12.5}").is_err());
    }
}
