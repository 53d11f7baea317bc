//! `cargo xtask bench results`: tables and pages of results at national scale, from a server that is busy.

use super::client::Client;
use super::server::Server;
use super::table::Table;
use super::{median, milliseconds};
use crate::process::{cargo, succeed};
use crate::{bundle, repository, setup};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const YEAR: u16 = 2025;
/// Tries of each table and page; the middle one counts.
const TRIES: usize = 5;
/// Clients that ask for pages and tables all the time.
const LOAD: usize = 2;
/// The slowest single table, and the full page, in milliseconds.
const TABLE_TARGET: f64 = 20.0;
const PAGE_TARGET: f64 = 100.0;
const TABLES: [&str; 5] = ["year", "region", "kind", "band", "prefecture"];

/// Every address that is measured.
struct Addresses {
    tables: Vec<String>,
    pages: Vec<String>,
}

/// Measures, prints the table and fails when a target is missed.
pub fn bench() -> Result<ExitCode> {
    bundle::bundle(setup::for_bundle()?)?;
    succeed(cargo().args(["build", "--release", "--package", "server", "--bins", "--example", "national_results"]))?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    succeed(crate::process::program(repository::path("target/release/examples/national_results")).arg(folder.path()))?;
    let mut table = Table::default();
    measure(&repository::path("target/release/shirabe"), folder.path(), &mut table)?;
    println!("{table}");
    Ok(if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure(binary: &Path, folder: &Path, table: &mut Table) -> Result<()> {
    let (server, _) = Server::start(binary, folder, Duration::from_mins(2))?;
    let officer = server.officer()?;
    let (public, member) = (Client::new(server.address()), Client::new(server.address()));
    member.log_in(&officer)?;
    let started = Instant::now();
    get(&public, &format!("/results/{YEAR}"))?;
    table.note("first page after the start, which builds the cube", milliseconds(started.elapsed()), "ms");
    let addresses = addresses(&public)?;
    table.note("questions", f64::from(u32::try_from(addresses.pages.len())?), "");

    let busy = AtomicBool::new(true);
    let answered = AtomicU64::new(0);
    let started = Instant::now();
    thread::scope(|scope| -> Result<()> {
        for number in 0..LOAD {
            let (busy, answered, addresses) = (&busy, &answered, &addresses);
            let client = Client::new(server.address());
            scope.spawn(move || load(&client, addresses, number, busy, answered));
        }
        let measured = [("everybody", &public), ("an officer", &member)].iter().try_for_each(|(who, client)| {
            slowest(
                table,
                &format!("single table through the API, for {who}"),
                TABLE_TARGET,
                client,
                &addresses.tables,
            )?;
            slowest(table, &format!("full page of a question, for {who}"), PAGE_TARGET, client, &addresses.pages)?;
            slowest(
                table,
                &format!("index of the questions, for {who}"),
                PAGE_TARGET,
                client,
                &[format!("/results/{YEAR}")],
            )
        });
        busy.store(false, Ordering::Relaxed);
        measured
    })?;
    let rate = f64::from(u32::try_from(answered.load(Ordering::Relaxed))?) / started.elapsed().as_secs_f64();
    table.note(format!("answers a second to the other {LOAD} clients meanwhile"), rate, "");
    table.note("resident memory afterwards", server.resident_memory()?, "MB");
    server.stop()
}

/// Every table of every question, and every question's page.
fn addresses(client: &Client) -> Result<Addresses> {
    let index = get(client, &format!("/api/v1/results/{YEAR}"))?;
    let index: Value = serde_json::from_str(&index)?;
    let questions = index["questions"].as_array().context("questions")?;
    let concepts: Vec<&str> = questions
        .iter()
        .filter(|question| question["disclosure"] != "nothing")
        .filter_map(|question| question["concept"].as_str())
        .collect();
    ensure!(concepts.len() > 50, "only {} questions", concepts.len());
    let table = |concept: &&str| TABLES.map(|by| format!("/api/v1/results/{YEAR}/questions/{concept}?by={by}"));
    let first = concepts.first().context("a question")?;
    let crossed =
        concepts.iter().map(|concept| format!("/api/v1/results/{YEAR}/questions/{concept}?by=question:{first}"));
    Ok(Addresses {
        tables: concepts.iter().flat_map(table).chain(crossed).collect(),
        pages: concepts.iter().map(|concept| format!("/results/{YEAR}/{concept}")).collect(),
    })
}

/// Asks for one after the other until the measurement is over.
fn load(client: &Client, addresses: &Addresses, number: usize, busy: &AtomicBool, answered: &AtomicU64) {
    let all = addresses.tables.iter().chain(&addresses.pages).cycle().skip(number * 97).step_by(7);
    for path in all {
        if !busy.load(Ordering::Relaxed) {
            break;
        }
        if client.get(path).is_ok() {
            answered.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The slowest address by the server's own clock, each the middle of some tries, and what a client sees of it.
fn slowest(table: &mut Table, what: &str, target: f64, client: &Client, paths: &[String]) -> Result<()> {
    let (mut server, mut seen) = (Vec::new(), Vec::new());
    for path in paths {
        let (mut tries, mut walls) = (Vec::new(), Vec::new());
        for _ in 0..TRIES {
            let started = Instant::now();
            let answer = client.get(path)?;
            walls.push(milliseconds(started.elapsed()));
            ensure!([200, 403].contains(&answer.status), "{path} answers {}", answer.status);
            tries.push(answer.server_time().context("no server-timing header with total;dur=…")?);
        }
        server.push(median(&mut tries));
        seen.push(median(&mut walls));
    }
    let greatest = server.iter().copied().fold(0.0, f64::max);
    table.add(format!("{what}: slowest of {}", paths.len()), target, greatest, "ms");
    table.note("the same, as the client sees it", seen.iter().copied().fold(0.0, f64::max), "ms");
    table.note("the same, the one in the middle", median(&mut server), "ms");
    Ok(())
}

fn get(client: &Client, path: &str) -> Result<String> {
    let answer = client.get(path)?;
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    answer.text()
}
