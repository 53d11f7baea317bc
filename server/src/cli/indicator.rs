//! `shirabe indicator`

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use shared::fiscal_year::FiscalYear;
use shared::indicator::Definition;
use shared::publication::Finding;

use super::open::open;
use super::{Outcome, options::Options};
use crate::seeds::parse_definition;
use crate::service::verification::Verified;

/// Indicators.
#[derive(Subcommand)]
pub enum Indicator {
    /// 指標の定義を一覧表示します
    List,
    /// 指標の定義（TOML）を登録します。同じidの新しい版は、適用を始める年度から使われます
    Import {
        /// 定義のファイル（複数を一度に登録できます）
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// 公表したすべての値を、公表時に固定したデータから計算し直して照合します
    Verify {
        /// 年度（西暦）。指定しないときは、すべての年度
        #[arg(long)]
        year: Option<FiscalYear>,
    },
}

impl Indicator {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        match self {
            Self::List => {
                for definition in open(options).await?.definitions().await? {
                    let Definition { id, version, title, .. } = &definition;
                    let official = if definition.official { "公式" } else { "参考" };
                    println!("{id}\t{version}\t{official}\t{}\t{title}", definition.validity_words());
                }
                Ok(Outcome::Done)
            }
            Self::Import { files } => {
                let definitions = files.iter().map(|file| read(file)).collect::<anyhow::Result<Vec<_>>>()?;
                open(options).await?.add_definitions(&definitions).await?;
                for Definition { id, version, valid_from, .. } in &definitions {
                    println!("指標の定義 {id}（第{version}版）を登録しました。{valid_from}から使われます。");
                }
                Ok(Outcome::Done)
            }
            Self::Verify { year } => {
                let verified = open(options).await?.verify_publications(year).await?;
                if let (Some(year), []) = (year, verified.as_slice()) {
                    anyhow::bail!("{year}の公表はありません。");
                }
                Ok(report(&verified))
            }
        }
    }
}

fn read(file: &Path) -> anyhow::Result<Definition> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} を読み取れません", file.display()))?;
    Ok(parse_definition(&file.display().to_string(), &text)?)
}

/// One line a figure, and a last one that counts them.
fn report(verified: &[Verified]) -> Outcome {
    let mut wrong = 0;
    let mut all = 0;
    for Verified { year, revision, findings } in verified {
        for finding in findings {
            let Finding { place, published, computed } = finding;
            let of = format!("{}\t第{revision}版\t{place}", year.year());
            all += 1;
            if finding.agrees() {
                println!("一致\t{of}\t{published}");
            } else {
                wrong += 1;
                println!("不一致\t{of}\t公表：{published}\t再計算：{computed}");
            }
        }
    }
    if verified.is_empty() {
        println!("公表された調査はありません。");
    } else if wrong == 0 {
        println!("{all}件を照合しました。すべて一致しました。");
    } else {
        eprintln!("{all}件を照合し、{wrong}件が一致しませんでした。");
        return Outcome::Findings;
    }
    Outcome::Done
}
