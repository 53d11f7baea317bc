//! `cargo xtask bench export`: 1,741 municipalities × 10 years × 200 questions as files.

use super::client::{Account, Client, Download};
use super::server::Server;
use super::table::Table;
use super::{median, milliseconds};
use crate::process::{cargo, output, program, succeed};
use crate::{bundle, repository, setup};
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Answers of all years.
const ANSWERS: f64 = 3_482_000.0;
/// Of the time that the csv crate needs to write the same rows from memory.
const CSV_PERCENT: f64 = 150.0;
/// MB above idle while a file is written.
const MEMORY: f64 = 64.0;
/// Milliseconds until the first byte of a file of published data.
const FIRST_BYTE: f64 = 200.0;
/// Milliseconds for the same amount from rounds in the database.
const LIVE: f64 = 10_000.0;
/// Milliseconds for the workbook of one national round.
const WORKBOOK: f64 = 2000.0;
/// Counted downloads of each file.
const RUNS: usize = 3;
const PATIENCE: Duration = Duration::from_mins(1);
/// How often memory is looked at.
const WATCHED: Duration = Duration::from_millis(5);

/// Measures, prints the table and fails when a target is missed.
pub fn bench() -> Result<ExitCode> {
    bundle::bundle(setup::for_bundle()?)?;
    succeed(cargo().args([
        "build",
        "--release",
        "--package",
        "server",
        "--bin",
        "shirabe",
        "--example",
        "export_bench",
    ]))?;
    let folder = repository::target().join("bench/export");
    let example = repository::path("target/release/examples/export_bench");
    succeed(program(&example).arg("make").arg(&folder))?;

    let mut table = Table::default();
    compare(&mut table, &serde_json::from_str(&output(program(&example).arg("compare").arg(&folder))?)?)?;
    let binary = repository::path("target/release/shirabe");
    published(&mut table, &binary, &folder.join("published"))?;
    live(&mut table, &binary, &folder.join("live"))?;
    println!("{table}");
    Ok(if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn compare(table: &mut Table, printed: &Value) -> Result<()> {
    let number = |key: &str| printed[key].as_f64().with_context(|| format!("no {key} in {printed}"));
    ensure!((number("rows")? - ANSWERS).abs() < 0.5, "{printed} are other rows");
    table.note("CSV of 3,482,000 answers from snapshots, within the process", number("ours_ms")?, "ms");
    table.note("the csv crate alone, the same rows from memory", number("csv_ms")?, "ms");
    table.add("of the csv crate's time", CSV_PERCENT, number("ours_ms")? / number("csv_ms")? * 100.0, "%");
    Ok(())
}

fn published(table: &mut Table, binary: &Path, folder: &Path) -> Result<()> {
    let (server, _) = Server::start_with(&[], binary, folder, PATIENCE)?;
    let client = Client::new(server.address());
    let idle = server.resident_memory()?;
    let mut peak = idle;
    let runs = downloads(&client, "/data/all/answers.csv", || {
        peak = peak.max(server.resident_memory()?);
        Ok(())
    })?;
    table.add("first byte of the published answers", FIRST_BYTE, middle(&runs, |run| run.first), "ms");
    table.note("whole download of the published answers", middle(&runs, |run| run.whole), "ms");
    table.note("size of the published answers", size(&runs), "MB");
    table.note("resident memory, idle", idle, "MB");
    table.add("resident memory above idle while they are written", MEMORY, peak - idle, "MB");
    // What results are counted from is kept for every page and file: it is no part of a file's own memory.
    ensure!(client.get("/results/2032")?.status == 200, "the results of the last year");
    let idle = server.resident_memory()?;
    let mut peak = idle;
    let runs = downloads(&client, "/data/all/crosstabs.csv", || {
        peak = peak.max(server.resident_memory()?);
        Ok(())
    })?;
    table.note("first byte of the cross-tabulations of all years", middle(&runs, |run| run.first), "ms");
    table.note("size of the cross-tabulations of all years", size(&runs), "MB");
    table.add("resident memory above idle while they are counted", MEMORY, peak - idle, "MB");
    let (runs, grown) = measured(&client, &server, "/data/2032/answers-wide.xlsx")?;
    table.add("workbook of one national round", WORKBOOK, middle(&runs, |run| run.whole), "ms");
    table.add("resident memory above idle while the workbook is made", MEMORY, grown, "MB");
    let (runs, grown) = measured(&client, &server, "/data/all/answers.parquet")?;
    table.note("the published answers as Parquet", middle(&runs, |run| run.whole), "ms");
    table.note("size of the Parquet file", size(&runs), "MB");
    table.add("resident memory above idle while the Parquet file is written", MEMORY, grown, "MB");
    server.stop()
}

/// Downloads, and the MB by which memory grew meanwhile: before the first byte too, where a file is made whole.
fn measured(client: &Client, server: &Server, path: &str) -> Result<(Vec<Download>, f64)> {
    let idle = server.resident_memory()?;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| -> Result<f64> {
            let mut peak = idle;
            while !done.load(Ordering::Relaxed) {
                peak = peak.max(server.resident_memory()?);
                std::thread::sleep(WATCHED);
            }
            Ok(peak)
        });
        let runs = downloads(client, path, || Ok(()));
        done.store(true, Ordering::Relaxed);
        let peak = watch.join().map_err(|_| anyhow!("the watch ended"))??;
        Ok((runs?, peak - idle))
    })
}

fn live(table: &mut Table, binary: &Path, folder: &Path) -> Result<()> {
    let account = Account { login_name: "analyst".to_owned(), password: "national-survey-2026".to_owned() };
    if !folder.join("analyst").is_file() {
        let mut adding = program(binary)
            .args(["user", "add", &account.login_name, "--name", "分析担当", "--role", "analyst", "--data-dir"])
            .arg(folder)
            .stdin(Stdio::piped())
            .spawn()?;
        adding.stdin.take().context("its input")?.write_all(format!("{}\n", account.password).as_bytes())?;
        ensure!(adding.wait()?.success(), "the analyst's account was not added");
        std::fs::write(folder.join("analyst"), "")?;
    }
    let (server, _) = Server::start_with(&[], binary, folder, PATIENCE)?;
    let client = Client::new(server.address());
    client.log_in(&account)?;
    let runs = downloads(&client, "/data/all/answers.csv?scope=all", || Ok(()))?;
    table.add("CSV of 3,482,000 answers from rounds in the database", LIVE, middle(&runs, |run| run.whole), "ms");
    server.stop()
}

fn downloads(client: &Client, path: &str, mut meanwhile: impl FnMut() -> Result<()>) -> Result<Vec<Download>> {
    (0..RUNS).map(|_| client.download(path, &mut meanwhile)).collect()
}

fn middle(runs: &[Download], of: fn(&Download) -> Duration) -> f64 {
    median(&mut runs.iter().map(|run| milliseconds(of(run))).collect::<Vec<_>>())
}

#[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn size(runs: &[Download]) -> f64 {
    runs.first().map_or(f64::NAN, |run| run.bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn half_as_much_again_is_the_limit_and_other_rows_do_not_count() {
        for (ours, met) in [(1500.0, true), (1501.0, false)] {
            let mut table = Table::default();
            compare(&mut table, &json!({ "rows": 3_482_000, "ours_ms": ours, "csv_ms": 1000.0 })).unwrap();
            assert_eq!(table.all_met(), met);
        }
        assert!(compare(&mut Table::default(), &json!({ "rows": 1, "ours_ms": 1.0, "csv_ms": 1.0 })).is_err());
    }
}
