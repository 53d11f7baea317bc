//! `cargo xtask test`: everything that must hold before a change is kept.

mod postgres;
mod steps;
mod totals;

use crate::process::{cargo, program, succeed};
use crate::setup::{self, CHROMIUM, WasmToolchain};
use crate::{bundle, repository};
use anyhow::{Context, Result, ensure};
use postgres::Postgres;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use steps::Steps;
use totals::{counted, of_cargo, of_tap};

/// Names the server binary to the tests that know it from outside only.
const SHIRABE_BIN: &str = "SHIRABE_BIN";
/// Names the database server to the store's tests.
const SHIRABE_TEST_POSTGRES: &str = "SHIRABE_TEST_POSTGRES";
/// Names the Python with the packages of `tests/requirements.txt` to the tests that read files back.
const SHIRABE_TEST_PYTHON: &str = "SHIRABE_TEST_PYTHON";

/// Every program with tests. The examples without any are compiled by clippy and linked by nobody.
const TESTS: [&str; 5] = ["test", "--workspace", "--tests", "--features", "app/ssr"];

/// Runs every step, prints the table and, as the last line, the total.
pub fn test() -> ExitCode {
    let mut steps = Steps::default();
    if let Some(toolchain) = steps.run("setup", setup::for_test) {
        checks(&mut steps);
        tests(&mut steps, toolchain);
    }
    steps.print();
    if steps.all_passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn checks(steps: &mut Steps) {
    steps.run("formatting", || succeed(cargo().args(["fmt", "--all", "--check"])));
    steps.run("clippy", || {
        let mut clippy = cargo();
        clippy.args(["clippy", "--workspace", "--all-targets", "--features", "app/ssr", "--", "-D", "warnings"]);
        succeed(&mut clippy)
    });
}

/// Each step needs what the one before it made, except that a failing Rust test does not hide a failing page.
fn tests(steps: &mut Steps, toolchain: WasmToolchain) {
    let built = steps.run("browser bundle", || bundle::bundle(toolchain)).is_some()
        && steps.run("server and tests", build).is_some();
    if !built {
        return;
    }
    let server = repository::path("target/debug/shirabe");
    if let Some(postgres) = steps.run("PostgreSQL", || Postgres::start(&setup::postgres_programs()?)) {
        steps.count("Rust tests", || {
            let mut tests = cargo();
            tests.args(TESTS).arg("--no-fail-fast");
            tests.env(SHIRABE_BIN, &server).env(SHIRABE_TEST_POSTGRES, postgres.url());
            tests.env(SHIRABE_TEST_PYTHON, setup::python_interpreter());
            counted(&mut tests, of_cargo)
        });
    }
    steps.count("browser tests", || {
        let mut node = program("node");
        node.args(["--test", "--test-reporter=tap", "--test-concurrency=1"]).args(browser_tests()?);
        counted(node.env(SHIRABE_BIN, &server).env("CHROMIUM", CHROMIUM), of_tap)
    });
}

/// The server and every test program: one build, so that all stand upon the same dependencies with the same features.
fn build() -> Result<()> {
    succeed(cargo().args(TESTS).arg("--no-run"))
}

fn browser_tests() -> Result<Vec<PathBuf>> {
    let folder = repository::path("tests/browser");
    let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    ensure!(!files.is_empty(), "{} has no *.test.mjs", folder.display());
    Ok(files)
}
