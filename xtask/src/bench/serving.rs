//! `cargo xtask bench serving`: the release server against the targets for speed and size.

use super::client::Client;
use super::server::Server;
use super::table::Table;
use super::{median, milliseconds, page};
use crate::process::{cargo, succeed};
use crate::{bundle, repository, setup};
use anyhow::{Context, Result, ensure};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The section page that is measured, as a respondent sees it.
const SECTION: &str = "/answer/2026/industry";
const STARTS: usize = 5;
const VIEWS_BEFORE_MEMORY: usize = 10;
const REQUESTS: usize = 200;

/// Measures, prints the table and fails when a target is missed.
pub fn bench() -> Result<ExitCode> {
    bundle::bundle(setup::for_bundle()?)?;
    succeed(cargo().args(["build", "--release", "--package", "server"]))?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let binary = repository::path("target/release/shirabe");
    let mut table = Table::default();

    // The first start makes the demonstration database; its time is not what an operator sees.
    let (server, _) = Server::start(&binary, folder.path(), Duration::from_mins(2))?;
    let account = server.respondent()?;
    server.stop()?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let (server, took) = Server::start(&binary, folder.path(), Duration::from_secs(10))?;
        server.stop()?;
        starts.push(milliseconds(took));
    }
    table.add(
        format!("start with existing database to first 200 (median of {STARTS})"),
        300.0,
        median(&mut starts),
        "ms",
    );

    let (server, _) = Server::start(&binary, folder.path(), Duration::from_secs(10))?;
    let client = Client::new(server.address());
    client.log_in(&account)?;
    for _ in 0..VIEWS_BEFORE_MEMORY {
        ensure!(client.get(SECTION)?.status == 200, "{SECTION} does not answer 200");
    }
    table.add(format!("resident memory after {VIEWS_BEFORE_MEMORY} page views"), 64.0, server.resident_memory()?, "MB");
    sizes(&client, &mut table)?;
    times(&client, &mut table)?;
    server.stop()?;

    println!("{table}");
    Ok(if table.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bytes as sent with `accept-encoding: br`, without fonts.
fn sizes(client: &Client, table: &mut Table) -> Result<()> {
    let html = client.get(SECTION)?;
    let mut total = html.body.len();
    table.note(format!("HTML of {SECTION}"), kilobytes(total), "KB");
    let mut wasm = 0;
    for asset in page::assets(&html.text()?) {
        let response = client.get(&asset)?;
        ensure!(response.status == 200, "{asset} answers {}", response.status);
        ensure!(response.is_brotli(), "{asset} is not sent in brotli");
        table.note(asset.clone(), kilobytes(response.body.len()), "KB");
        total += response.body.len();
        if page::is_wasm(&asset) {
            wasm += response.body.len();
        }
    }
    ensure!(wasm > 0, "{SECTION} loads no wasm: is it the page that was meant?");
    table.add("section page: HTML + CSS + JS + wasm, brotli", 160.0, kilobytes(total), "KB");
    table.add("its wasm, brotli", 110.0, kilobytes(wasm), "KB");

    let public = client.get("/")?;
    ensure!(public.status == 200, "/ answers {}", public.status);
    let wasm = page::assets(&public.text()?).iter().filter(|asset| page::is_wasm(asset)).count();
    table.add("wasm files of the public page", 0.0, f64::from(u32::try_from(wasm)?), "");
    Ok(())
}

/// Requests for the section page one after the other on one connection.
fn times(client: &Client, table: &mut Table) -> Result<()> {
    let (mut server, mut wall) = (Vec::new(), Vec::new());
    for _ in 0..REQUESTS {
        let start = Instant::now();
        let response = client.get(SECTION)?;
        wall.push(milliseconds(start.elapsed()));
        ensure!(response.status == 200, "{SECTION} answers {}", response.status);
        server.push(response.server_time().context("no server-timing header with total;dur=…")?);
    }
    table.add(format!("section page, server-side time, p50 of {REQUESTS}"), 5.0, median(&mut server), "ms");
    table.note("section page, as the client sees it, p50", median(&mut wall), "ms");
    Ok(())
}

/// 1 KB is 1000 bytes.
fn kilobytes(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::INFINITY, f64::from) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilobyte_is_a_thousand_bytes() {
        assert!((kilobytes(110_500) - 110.5).abs() < f64::EPSILON);
    }
}
