//! `shirabe migrate`

use clap::Args;

use super::open::open;
use super::{Outcome, options::Options};

/// Brings the database up to date and fills an empty one.
#[derive(Args)]
pub struct Migrate {}

impl Migrate {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        open(options).await?;
        println!("データベースは最新です。");
        Ok(Outcome::Done)
    }
}
