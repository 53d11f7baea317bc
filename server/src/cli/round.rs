//! `shirabe round`

use clap::{Args, Subcommand};
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use super::open::open;
use super::{Outcome, options::Options};
use crate::service::setup::{seeded_questionnaire, system};
use crate::store::RoundDates;

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
    /// 過去の年度の、受付を終えた調査として追加します（回答は「shirabe import answers」で取り込みます）
    #[arg(long, requires_all = ["reference_date", "deadline"])]
    closed: bool,
    /// 基準日（例: 2024-04-01）
    #[arg(long, requires = "closed", value_parser = parse_day)]
    reference_date: Option<Timestamp>,
    /// 締切（例: 2024-11-20）
    #[arg(long, requires = "closed", value_parser = parse_deadline)]
    deadline: Option<Timestamp>,
}

fn parse_day(text: &str) -> Result<Timestamp, String> {
    at(text, "00:00")
}

fn parse_deadline(text: &str) -> Result<Timestamp, String> {
    at(text, "17:00")
}

fn at(day: &str, clock: &str) -> Result<Timestamp, String> {
    Timestamp::parse_jst(&format!("{day}T{clock}")).ok_or_else(|| "2024-04-01 の形で指定してください。".to_owned())
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
                match add.reference_date.zip(add.deadline) {
                    None => service.add_round(add.year, id, prefecture, system()).await?,
                    Some((reference_date, deadline)) => {
                        let dates = RoundDates { reference_date, deadline };
                        service.add_closed_round(add.year, id, prefecture, dates, system()).await?;
                    }
                }
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
