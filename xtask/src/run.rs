//! `cargo xtask run`: the platform on this machine, with demonstration data.

use crate::process::{cargo, line, program, succeed};
use crate::{bundle, repository, setup};
use anyhow::{Error, Result};
use std::os::unix::process::CommandExt;
use std::process::ExitCode;

/// Builds what changed and becomes the server, which prints its addresses and accounts itself.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    bundle::bundle(setup::for_bundle()?)?;
    eprintln!("Building the server");
    // With optimisation, so that what one sees is what one gets.
    succeed(cargo().args(["build", "--release", "--package", "server"]))?;
    let mut server = program(repository::path("target/release/shirabe"));
    server.args(["serve", "--demo"]).args(arguments);
    let error = server.exec();
    Err(Error::new(error).context(format!("cannot start {}", line(&server))))
}
