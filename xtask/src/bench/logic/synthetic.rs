//! A server whose only round asks a synthetic form, everything on one page.

use super::super::client::{Account, Client};
use super::super::server::Server;
use super::{PATIENCE, QUESTIONS};
use crate::process::{program, succeed};
use crate::repository;
use anyhow::{Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The page with all of its questions.
pub const SECTION: &str = "/answer/2026/s1";
/// An official indicator that reads the form: without one, no round is opened with it.
const DEFINITION: &str = r#"
id = "engaged-any"
version = 2
official = true
role = "headline"
title = "合成した調査票の指標"
description = "1つの設問で決まります。"
valid_from = 2026
counts = { choices = ["1"] }
source = "合成"
note = "計測のための定義です。"

[rule]
quota = "any"
fields = [{ field = "industry", question = "q1" }]
"#;
const PASSWORD: &str = "shirabe-bench-2026";

/// The server and who answers there.
pub struct Synthetic {
    /// It stops when this is dropped.
    pub server: Server,
    /// A respondent with nothing answered.
    pub account: Account,
}

/// Writes the form's sheets into a folder.
pub fn sheets(folder: &Path) -> Result<PathBuf> {
    let questions = QUESTIONS.to_string();
    let example = program(repository::path("target/release/examples/synthetic_form"))
        .arg(&questions)
        .arg(folder)
        .arg(&questions)
        .status()?;
    ensure!(example.success(), "synthetic_form failed ({example})");
    Ok(folder.to_owned())
}

/// Registers the form as an operator would, opens a round with it and serves it.
pub fn serve(binary: &Path, folder: &Path, sheets: &Path) -> Result<Synthetic> {
    fs::create_dir(folder)?;
    let shirabe = |arguments: &[&str]| {
        let mut command = program(binary);
        command.args(arguments).arg("--data-dir").arg(folder).env("SHIRABE_PASSWORD", PASSWORD).stdout(Stdio::null());
        succeed(&mut command)
    };
    shirabe(&["questionnaire", "import", &sheets.to_string_lossy()])?;
    let definition = folder.join("official.toml");
    fs::write(&definition, DEFINITION)?;
    shirabe(&["indicator", "import", &definition.to_string_lossy()])?;
    shirabe(&["round", "add", "2026", "--questionnaire", "synthetic", &QUESTIONS.to_string()])?;
    shirabe(&["user", "add", "officer", "--name", "officer", "--role", "officer"])?;
    let respondent = ["--name", "respondent", "--role", "respondent", "--municipality", "022012"];
    shirabe(&[&["user", "add", "m022012"], respondent.as_slice()].concat())?;

    let (server, _) = Server::start_with(&[], binary, folder, PATIENCE)?;
    let account = |login_name: &str| Account { login_name: login_name.to_owned(), password: PASSWORD.to_owned() };
    let officer = Client::new(server.address());
    officer.log_in(&account("officer"))?;
    let dates = [("to", "open"), ("deadline", "2099-03-31T17:00"), ("reference_date", "2026-04-01T00:00")];
    let opened = officer.post("/desk/2026/state", &dates)?;
    ensure!(opened.status == 303, "opening the round answers {}", opened.status);
    Ok(Synthetic { server, account: account("m022012") })
}
