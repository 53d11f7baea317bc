//! One answer saved after the other, each on the revision that the one before gave.

use super::super::client::{Account, Client};
use super::super::milliseconds;
use super::{Table, median, percentile_99};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

/// Milliseconds for 99 of 100 saves.
const TARGET: f64 = 50.0;

/// Saves whole numbers to questions of the account's own response, in order, and adds what each round trip took. The
/// last value of every question is 1 where it is saved once.
pub fn measure(table: &mut Table, form: &str, client: &Client, account: &Account, questions: &[String]) -> Result<()> {
    let code = account.login_name.strip_prefix('m').context("a respondent's login name is m and the code")?;
    let mut revisions = BTreeMap::<&str, u64>::new();
    let mut times = Vec::new();
    for (turn, question) in questions.iter().enumerate() {
        let address = format!("/api/v1/rounds/2026/responses/{code}/answers/{question}");
        let known = revisions.get(question.as_str()).copied();
        // What is saved differs from what is there: an answer that stays the same is not written.
        let value = if known.is_some() { (turn % 90 + 1).to_string() } else { "1".to_owned() };
        let save = |revision: u64| json!({ "values": [value], "unknown": false, "revision": revision });
        let start = Instant::now();
        let mut answer = client.put(&address, &save(known.unwrap_or(0)))?;
        times.push(milliseconds(start.elapsed()));
        if answer.status == 409 && known.is_none() {
            let conflict: Value = serde_json::from_slice(&answer.body)?;
            let revision = conflict["conflict"]["revision"].as_u64().context("a conflict without a revision")?;
            answer = client.put(&address, &save(revision))?;
            times.pop();
        }
        ensure!(answer.status == 200, "{address} answers {}", answer.status);
        let saved: Value = serde_json::from_slice(&answer.body)?;
        revisions.insert(question, saved["revision"].as_u64().context("a saved answer without a revision")?);
    }
    let count = times.len();
    table.note(format!("autosave round trip, {form}, p50 of {count}"), median(&mut times), "ms");
    table.add(format!("autosave round trip, {form}, p99 of {count}"), TARGET, percentile_99(&mut times), "ms");
    Ok(())
}
