//! `cargo xtask run | test | bench | bundle`: every chore of this repository.

mod bench;
mod bundle;
mod process;
mod repository;
mod run;
mod setup;
mod test;

use anyhow::Result;
use clap::Parser;
use std::process::ExitCode;

/// Every chore of this repository. What a command needs is installed when it is missing.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Chore {
    /// Build everything and serve the platform with demonstration data on <http://127.0.0.1:3000>
    Run {
        /// Further arguments of `shirabe serve --demo`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Run formatting, clippy and every test, on both databases and in a browser
    Test,
    /// Measure against the speed and size targets
    Bench {
        /// What to measure
        #[arg(value_enum, default_value = "serving")]
        name: bench::Bench,
    },
    /// Build the browser bundle into target/site, which the server embeds
    Bundle,
}

fn main() -> ExitCode {
    match perform(&Chore::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: &Chore) -> Result<ExitCode> {
    match chore {
        Chore::Run { arguments } => run::run(arguments),
        Chore::Test => Ok(test::test()),
        Chore::Bench { name } => bench::bench(*name),
        Chore::Bundle => {
            bundle::bundle(setup::for_bundle()?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
