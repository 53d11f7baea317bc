//! `cargo xtask bench logic`: what follows from one changed answer, natively, in the real page in Chromium and in other
//! form engines in the same Chromium; and saving one answer after the other.
//!
//! - [`native`]: the evaluator alone
//! - [`synthetic`]: a server with a form of 1,000 questions and 1,000 calculations
//! - [`autosave`]: one `PUT` after the other
//! - [`chromium`]: `browser.mjs`, which opens the pages and runs the peers

mod autosave;
mod chromium;
mod native;
mod synthetic;

use super::client::Client;
use super::median;
use super::server::Server;
use super::table::Table;
use crate::process::{cargo, succeed};
use crate::{bundle, repository, setup};
use anyhow::{Context, Result};
use std::fs;
use std::process::ExitCode;
use std::time::Duration;

/// Questions, and as many calculations, of the synthetic form.
const QUESTIONS: u32 = 1000;
/// Answers saved one after the other.
const SAVES: u32 = 1000;
/// How long a server may take to start; the first start makes the demonstration database.
const PATIENCE: Duration = Duration::from_mins(2);

/// Measures, prints the table and fails when a target is missed.
pub fn bench() -> Result<ExitCode> {
    bundle::bundle(setup::for_browser_bench()?)?;
    let examples = ["--example", "logic_bench", "--example", "synthetic_form"];
    succeed(cargo().args(["build", "--release", "--package", "server", "--bin", "shirabe"]).args(examples))?;
    let (binary, peers) = (repository::path("target/release/shirabe"), chromium::peers()?);
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut table = Table::default();

    let sheets = synthetic::sheets(&folder.path().join("sheets"))?;
    let [_, synthetic] = native::measure(&mut table, [&repository::path("seeds/questionnaires/2026"), &sheets])?;

    let demo = folder.path().join("demo");
    fs::create_dir(&demo)?;
    let (server, _) = Server::start(&binary, &demo, PATIENCE)?;
    let account = server.respondent()?;
    let client = Client::new(server.address());
    client.log_in(&account)?;
    let question = vec!["org_6a".to_owned(); SAVES as usize];
    autosave::measure(&mut table, "full questionnaire", &client, &account, &question)?;

    let large = synthetic::serve(&binary, &folder.path().join("large"), &sheets)?;
    let client = Client::new(large.server.address());
    client.log_in(&large.account)?;
    let questions: Vec<_> = (1..=QUESTIONS).map(|number| format!("q{number}")).collect();
    autosave::measure(&mut table, "synthetic form", &client, &large.account, &questions)?;

    let demo = chromium::Site { address: server.address(), account: &account, path: "/answer/2026/industry" };
    let large = chromium::Site { address: large.server.address(), account: &large.account, path: synthetic::SECTION };
    let chromium = chromium::measure(folder.path(), &peers, &sheets.join("survey.csv"), &demo, &large)?;
    chromium::report(&mut table, &chromium, &synthetic)?;

    println!("{table}");
    Ok(if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The smallest value that 99 of 100 do not exceed.
fn percentile_99(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() * 99 / 100).or(values.last()).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_hundred_is_above_the_99th_percentile() {
        let mut values: Vec<_> = (0..200).rev().map(f64::from).collect();
        assert!((percentile_99(&mut values) - 198.0).abs() < f64::EPSILON);
        assert!(percentile_99(&mut []).is_nan());
    }
}
