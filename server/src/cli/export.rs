//! `shirabe export`

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use shared::fiscal_year::FiscalYear;
use shared::visibility::Visibility;

use super::open::open;
use super::{Outcome, options::Options, output};
use crate::export::answers::write_csv;

/// Writes a round's answers, as they stand now.
#[derive(Args)]
pub struct Export {
    /// 年度（西暦）
    #[arg(long)]
    year: FiscalYear,
    /// 書き出すファイル（指定しないときは標準出力）
    #[arg(long)]
    output: Option<PathBuf>,
    /// だれに見せる範囲で書き出すか: public（公開） council（協議会まで） prefecture（県まで）
    #[arg(long, default_value = "prefecture", value_parser = parse_visibility)]
    audience: Visibility,
}

fn parse_visibility(text: &str) -> Result<Visibility, String> {
    Visibility::of_code(text).ok_or_else(|| "public、council、prefecture のどれかを指定してください。".to_owned())
}

impl Export {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let service = open(options).await?;
        let round = service.rounds().await?.into_iter().find(|round| round.year == self.year);
        let round = round.with_context(|| format!("{}の調査はありません。", self.year))?;
        let snapshot = service.snapshot(&round).await?;
        let publications = service.publications().await?;
        let revision = publications.iter().find(|p| p.year == self.year).map(|p| p.revision);
        let comparable = service.comparable_with_previous(self.year).await?;
        let mut bytes = Vec::new();
        write_csv(&snapshot, revision, self.audience, &comparable, &mut bytes)?;
        output::write(self.output.as_deref(), &bytes)?;
        Ok(Outcome::Done)
    }
}
