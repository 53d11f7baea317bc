//! `shirabe round`

use clap::{Args, Subcommand};
use shared::fiscal_year::FiscalYear;

use super::open::open;
use super::{Outcome, options::Options};
use crate::service::setup::{seeded_questionnaire, system};

/// Rounds.
#[derive(Subcommand)]
pub enum Round {
    /// 調査を準備中の状態で追加します（開始は画面の「県の管理」から）
    Add(Add),
    /// 調査を一覧表示します
    List,
}

/// `shirabe round add`
#[derive(Args)]
pub struct Add {
    /// 年度（西暦）
    year: FiscalYear,
    /// 都道府県コード（2桁）。全国を対象にするときは all
    #[arg(long, default_value = "02")]
    prefecture: String,
    /// Which questionnaire.
    #[arg(help = "調査票の form_id と版（例: dx_survey 2026.1）。既定は内蔵の調査票")]
    #[arg(long, num_args = 2, value_names = ["FORM_ID", "VERSION"])]
    questionnaire: Option<Vec<String>>,
}

impl Round {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let service = open(options).await?;
        match self {
            Self::Add(add) => {
                let (form_id, version) = if let Some([form_id, version]) = add.questionnaire.as_deref() {
                    (form_id.clone(), version.clone())
                } else {
                    let seeded = seeded_questionnaire(&options.seeds())?;
                    (seeded.form_id, seeded.version)
                };
                let Some(id) = service.find_questionnaire(&form_id, &version).await? else {
                    anyhow::bail!(
                        "調査票 {form_id} の版 {version} は登録されていません。先に「shirabe questionnaire import」で登録してください。"
                    );
                };
                let prefecture = Some(add.prefecture.as_str()).filter(|p| *p != "all");
                if let Some(prefecture) = prefecture
                    && service.store().municipalities(Some(prefecture)).await?.is_empty()
                {
                    anyhow::bail!(
                        "都道府県コード {prefecture} の市町村は名簿にありません。2桁の数字で指定してください。"
                    );
                }
                service.add_round(add.year, id, prefecture, system()).await?;
                println!("{}の調査を追加しました。", add.year);
            }
            Self::List => {
                for round in service.rounds().await? {
                    let scope = round.prefecture.as_deref().unwrap_or("all");
                    println!("{}\t{}\t{scope}", round.year.year(), round.state.label());
                }
            }
        }
        Ok(Outcome::Done)
    }
}
