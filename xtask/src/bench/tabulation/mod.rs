//! `cargo xtask bench tabulation`: the cube and its counting loops beside polars, DuckDB and pandas, all from the same
//! CSV files, in turn, each in a process of its own.

mod engine;
mod peers;

use super::median;
use super::table::Table;
use crate::process::{cargo, succeed};
use crate::repository;
use anyhow::{Context, Result};
use engine::{Engine, Run};
use std::fs;
use std::process::ExitCode;

/// Answers: 1,741 municipalities × 10 years × 200 questions, and 2,000 × 10 × 500.
const SIZES: [u32; 2] = [3_482_000, 10_000_000];
/// Counted runs of each engine and size; one more before them warms the caches.
const RUNS: usize = 5;
/// Microseconds for any single table of the first size.
const TABLE_TARGET: f64 = 5000.0;
/// Of the best peer's, for time and for memory.
const TARGET_PERCENT: f64 = 25.0;

/// Measures, prints the table and fails when a target is missed.
pub fn bench() -> Result<ExitCode> {
    let script = peers::script()?;
    let python = peers::interpreter()?;
    succeed(cargo().args(["build", "--release", "--package", "shared", "--example", "tabulation_bench"]))?;
    let folder = repository::target().join("bench/tabulation");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let ours = Engine::ours(repository::path("target/release/examples/tabulation_bench"));
    let peers = peers::NAMES.map(|name| Engine::peer(name, &python, &script));

    let mut table = Table::default();
    for size in SIZES {
        peers::generate(&python, &script, &folder, size)?;
        let mut own = Vec::new();
        let mut others = peers.each_ref().map(|_| Vec::new());
        for round in 0..=RUNS {
            // In turn, so that whatever else the machine does hits all alike.
            let run = ours.run(&folder, size)?;
            let theirs = peers.each_ref().map(|peer| peer.run(&folder, size));
            if round == 0 {
                continue;
            }
            own.push(run);
            for (runs, run) in others.iter_mut().zip(theirs) {
                runs.push(run?);
            }
        }
        report(&mut table, size, &own, &peers, &others);
        if size == SIZES[0] {
            for (kind, slowest) in ours.slowest_tables(&folder, size)? {
                table.add(format!("{}: slowest {kind}", grouped(size)), TABLE_TARGET, slowest * 1000.0, "µs");
            }
        }
    }
    println!("Peers: {}", peers::versions(&python)?);
    println!("{table}");
    Ok(if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One of the numbers of a run.
type Measure = fn(&Run) -> f64;

/// Adds the rows of one size.
fn report(table: &mut Table, size: u32, own: &[Run], peers: &[Engine], others: &[Vec<Run>]) {
    let size = grouped(size);
    let expected = own.first().map(|run| &run.check);
    let differing = own.iter().chain(others.iter().flatten()).filter(|run| Some(&run.check) != expected).count();
    table.add(
        format!("{size}: runs of any engine with other integers"),
        0.0,
        u32::try_from(differing).map_or(f64::INFINITY, f64::from),
        "",
    );
    let engines = || {
        std::iter::once(("shirabe", own)).chain(peers.iter().map(Engine::name).zip(others.iter().map(Vec::as_slice)))
    };
    let measures: [(&str, &str, Measure); 3] = [
        ("whole process", "ms", |run| run.process_ms),
        ("reading and counting", "ms", |run| run.inside_ms),
        ("peak memory", "MB", |run| run.peak_mb),
    ];
    for (what, unit, of) in measures {
        for (name, runs) in engines() {
            table.note(format!("{size}: {what}, {name} (median of {RUNS})"), middle(runs, of), unit);
        }
        let best = others.iter().map(|runs| middle(runs, of)).fold(f64::INFINITY, f64::min);
        let percent = middle(own, of) / best * 100.0;
        let row = format!("{size}: {what}, of the best peer's");
        if what.starts_with("reading") {
            table.note(row, percent, "%");
        } else {
            table.add(row, TARGET_PERCENT, percent, "%");
        }
    }
}

fn middle(runs: &[Run], of: Measure) -> f64 {
    median(&mut runs.iter().map(of).collect::<Vec<_>>())
}

/// 3482000 → 3,482,000
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let groups = std::iter::once(head.to_owned()).filter(|head| !head.is_empty()).chain(groups);
    groups.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(process_ms: f64, peak_mb: f64, answered: u32) -> Run {
        Run { process_ms, inside_ms: process_ms, peak_mb, check: json!({ "answered": answered }) }
    }

    fn peers() -> [Engine; 2] {
        ["a", "b"].map(|name| Engine::peer(name, "python".as_ref(), "script".as_ref()))
    }

    #[test]
    fn each_measure_is_compared_with_the_best_peer_in_it() {
        let mut table = Table::default();
        let others = [vec![run(100.0, 900.0, 1)], vec![run(900.0, 100.0, 1)]];
        report(&mut table, 100, &[run(25.0, 25.0, 1)], &peers(), &others);
        assert!(table.all_met(), "{table}");
        let mut slow = Table::default();
        report(&mut slow, 100, &[run(26.0, 25.0, 1)], &peers(), &others);
        assert!(!slow.all_met());
        let mut large = Table::default();
        report(&mut large, 100, &[run(25.0, 26.0, 1)], &peers(), &others);
        assert!(!large.all_met());
    }

    #[test]
    fn other_integers_are_a_miss_however_fast() {
        let mut table = Table::default();
        let others = [vec![run(100.0, 100.0, 1)], vec![run(100.0, 100.0, 2)]];
        report(&mut table, 100, &[run(1.0, 1.0, 1)], &peers(), &others);
        assert!(!table.all_met());
    }

    #[test]
    fn sizes_are_written_with_separators() {
        assert_eq!(grouped(3_482_000), "3,482,000");
        assert_eq!(grouped(10_000_000), "10,000,000");
        assert_eq!(grouped(40), "40");
    }
}
