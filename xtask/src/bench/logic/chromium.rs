//! Chromium through `browser.mjs`, and the peers' packages.

use super::super::client::Account;
use super::Table;
use crate::process::{output, program, succeed};
use crate::{repository, setup};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const SCRIPTS: &str = "xtask/src/bench/logic";
/// Milliseconds for one change of the full questionnaire, and of the synthetic form.
const TARGETS: [f64; 2] = [5.0, 16.0];
/// Of the fastest peer's time.
const TARGET_PERCENT: f64 = 100.0;

/// A section page to be opened.
pub struct Site<'a> {
    /// `http://HOST:PORT`
    pub address: &'a str,
    /// Whose response it is.
    pub account: &'a Account,
    /// The page.
    pub path: &'a str,
}

impl Site<'_> {
    fn plan(&self) -> Value {
        let Account { login_name, password } = self.account;
        json!({ "address": self.address, "login": login_name, "password": password, "path": self.path })
    }
}

/// The folder with the peers' packages, installed unless they are there.
pub fn peers() -> Result<PathBuf> {
    let folder = repository::target().join("bench/logic");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let wanted = fs::read(repository::path(SCRIPTS).join("package-lock.json"))?;
    // A copy of the lock file that was installed: it vanishes with what it describes.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if !fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(repository::path(SCRIPTS).join(file), folder.join(file))?;
        }
        // One of them names the Node.js versions that its own build wants; here it runs in the browser.
        succeed(program("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
        fs::write(&stamp, wanted)?;
    }
    Ok(folder.join("node_modules"))
}

/// Runs the script; gives its line.
pub fn measure(folder: &Path, peers: &Path, survey: &Path, demo: &Site, synthetic: &Site) -> Result<Value> {
    let plan = json!({
        "chromium": setup::CHROMIUM,
        "peers": peers,
        "survey": survey,
        "demo": demo.plan(),
        "synthetic": synthetic.plan(),
    });
    let file = folder.join("plan.json");
    fs::write(&file, plan.to_string())?;
    let printed = output(program("node").arg(repository::path(SCRIPTS).join("browser.mjs")).arg(file))?;
    serde_json::from_str(&printed).with_context(|| format!("browser.mjs printed {printed}"))
}

/// Adds the rows of what the script printed; `native` is the evaluator's own line about the synthetic form.
pub fn report(table: &mut Table, line: &Value, native: &Value) -> Result<()> {
    let number =
        |path: &str| line.pointer(path).and_then(Value::as_f64).with_context(|| format!("no {path} in {line}"));
    let form = format!("Chromium, full questionnaire, {} questions", number("/full/questions")?);
    table.note(format!("{form}: one change, median question"), number("/full/median")?, "ms");
    table.add(format!("{form}: one change, slowest question"), TARGETS[0], number("/full/slowestMedian")?, "ms");
    table.add(format!("{form}: one change, p95 of all"), TARGETS[0], number("/full/p95")?, "ms");
    let form = "Chromium, synthetic form";
    let own = number("/synthetic/median")?;
    table.note(format!("{form}: page of 1,000 questions until it answers"), number("/synthetic/loaded")?, "ms");
    table.add(format!("{form}: one change, median"), TARGETS[1], own, "ms");
    table.add(format!("{form}: one change, p95"), TARGETS[1], number("/synthetic/p95")?, "ms");

    let peers = line["peers"].as_object().context("no peers")?;
    let (mut fastest, mut differing) = (f64::INFINITY, 0.0);
    for (name, peer) in peers {
        let median = peer["median"].as_f64().with_context(|| format!("no median of {name}"))?;
        let version = peer["version"].as_str().unwrap_or_default();
        table.note(format!("{form}: {name} {version}, median"), median, "ms");
        table.note(format!("{form}: {name} / shirabe"), median / own, "×");
        fastest = fastest.min(median);
        if peer["check"].as_f64() != native["check"].as_f64() {
            differing += 1.0;
        }
    }
    table.add(format!("{form}: of the fastest peer's time"), TARGET_PERCENT, own / fastest * 100.0, "%");
    table.add(format!("{form}: peers that come to another sum"), 0.0, differing, "");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(median: f64, p95: f64, peer: f64, check: u32) -> Value {
        json!({
            "full": { "questions": 100, "median": 0.5, "slowestMedian": 5.0, "p95": 5.0 },
            "synthetic": { "loaded": 900.0, "median": median, "p95": p95 },
            "peers": {
                "a": { "version": "1", "median": peer, "check": check },
                "b": { "version": "1", "median": 100.0, "check": 7 },
            },
        })
    }

    #[test]
    fn one_must_be_in_time_as_fast_as_the_fastest_peer_and_agree_with_both() {
        let cases = [
            (line(16.0, 16.0, 16.0, 7), true),
            (line(16.1, 16.0, 90.0, 7), false),
            (line(10.0, 16.1, 90.0, 7), false),
            (line(10.0, 16.0, 9.9, 7), false),
            (line(10.0, 16.0, 90.0, 8), false),
        ];
        for (line, met) in cases {
            let mut table = Table::default();
            report(&mut table, &line, &json!({ "check": 7.0 })).unwrap();
            assert_eq!(table.all_met(), met, "{table}");
        }
    }
}
