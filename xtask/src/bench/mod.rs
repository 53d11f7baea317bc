//! `cargo xtask bench [NAME]`: measurements against the targets.

mod client;
mod export;
mod logic;
mod page;
mod results;
mod server;
mod serving;
mod table;
mod tabulation;

use anyhow::Result;
use clap::ValueEnum;
use std::process::ExitCode;
use std::time::Duration;

/// What can be measured.
#[derive(Clone, Copy, ValueEnum)]
pub enum Bench {
    /// The answers of a national survey as files, beside the csv crate
    Export,
    /// What follows from one changed answer, natively and in Chromium beside other form engines, and the autosave
    Logic,
    /// Tables and pages of results at national scale, from a server that is busy
    Results,
    /// A release build's start, memory, page sizes and times
    Serving,
    /// The aggregation of a national survey beside polars, DuckDB and pandas
    Tabulation,
}

/// Measures, prints the table and fails when a target is missed.
pub fn bench(name: Bench) -> Result<ExitCode> {
    match name {
        Bench::Export => export::bench(),
        Bench::Logic => logic::bench(),
        Bench::Results => results::bench(),
        Bench::Serving => serving::bench(),
        Bench::Tabulation => tabulation::bench(),
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The upper one of the two in the middle when their number is even.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_needs_no_order() {
        assert!((median(&mut [5.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        assert!((median(&mut [4.0, 1.0, 2.0, 3.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(&mut []).is_nan());
    }
}
