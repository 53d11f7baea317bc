//! The aggregation work of `cargo xtask bench tabulation` with the product's cube and counting loops.
//!
//! `tabulation_bench FOLDER N` reads `answers_N.csv` and `municipalities_N.csv`, makes the six outputs in memory and
//! prints one line of JSON: times, peak memory and the integers that must be equal for every engine.
//! `tabulation_bench FOLDER N tables` instead makes single tables as a page asks for them, one after the other, and
//! prints the slowest of each kind.

mod answers;
mod municipalities;
mod outputs;
mod tables;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [folder, size] => run(Path::new(folder), size),
        [folder, size, what] if what == "tables" => single_tables(Path::new(folder), size),
        _ => {
            eprintln!("usage: tabulation_bench FOLDER N [tables]");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("tabulation_bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path, size: &str) -> Result<serde_json::Value, String> {
    let start = Instant::now();
    let places = municipalities::read(&folder.join(format!("municipalities_{size}.csv")))?;
    let cube = answers::read(&folder.join(format!("answers_{size}.csv")), &places)?;
    let loaded = start.elapsed();
    let counting = Instant::now();
    let outputs = outputs::make(&cube, &places);
    let (counted, done) = (counting.elapsed(), start.elapsed());
    Ok(json!({
        "engine": "shirabe",
        "n": size.parse::<u64>().unwrap_or(0),
        "load_s": loaded.as_secs_f64(),
        "work_s": counted.as_secs_f64(),
        "total_s": done.as_secs_f64(),
        "peak_rss_mb": peak_memory(),
        "check": outputs.check(),
    }))
}

fn single_tables(folder: &Path, size: &str) -> Result<serde_json::Value, String> {
    let places = municipalities::read(&folder.join(format!("municipalities_{size}.csv")))?;
    let cube = answers::read(&folder.join(format!("answers_{size}.csv")), &places)?;
    tables::slowest(&cube).map(|slowest| json!({ "n": size.parse::<u64>().unwrap_or(0), "slowest_ms": slowest }))
}

/// `VmHWM` in MB of 1024 KiB, as the other engines report it.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?;
    kib.trim().parse::<f64>().ok().map(|kib| kib / 1024.0)
}
