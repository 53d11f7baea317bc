//! `shirabe questionnaire`

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::open::open;
use super::{Outcome, options::Options, output};
use crate::xlsform::{self, Compilation};

/// Questionnaires.
#[derive(Subcommand)]
pub enum Questionnaire {
    /// XLSForm（CSVシートのフォルダ、または .xlsx）を検査します
    Check {
        /// フォルダまたはファイル
        path: PathBuf,
    },
    /// XLSFormを検査し、誤りがなければ登録します
    Import {
        /// フォルダまたはファイル
        path: PathBuf,
    },
    /// 登録済みの調査票をXLSFormのブック（.xlsx）に書き出します
    Export {
        /// 調査票の識別名と版（指定しないときは最も新しい年度の調査のもの）
        #[arg(long, num_args = 2, value_names = ["FORM_ID", "VERSION"])]
        questionnaire: Option<Vec<String>>,
        /// 書き出すファイル
        #[arg(long)]
        output: PathBuf,
    },
}

impl Questionnaire {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        match self {
            Self::Check { path } => {
                let compilation = compile(&path)?;
                if let Some(questionnaire) = &compilation.questionnaire {
                    let asked = questionnaire.questions.iter().filter(|q| q.kind.takes_answer()).count();
                    println!("{}（{}）: 設問{asked}問", questionnaire.title, questionnaire.version);
                }
                Ok(if compilation.findings.is_empty() { Outcome::Done } else { Outcome::Findings })
            }
            Self::Import { path } => {
                let Some(questionnaire) = compile(&path)?.questionnaire else { return Ok(Outcome::Findings) };
                open(options).await?.add_questionnaire(&questionnaire).await?;
                println!("調査票 {} の版 {} を登録しました。", questionnaire.form_id, questionnaire.version);
                Ok(Outcome::Done)
            }
            Self::Export { questionnaire, output } => {
                let service = open(options).await?;
                let found = match questionnaire.as_deref() {
                    Some([form_id, version]) => service.questionnaire_version(form_id, version).await?,
                    _ => service.latest_questionnaire().await?,
                };
                let workbook = xlsform::export::workbook(&found.source)?;
                output::write(Some(&output), &workbook)?;
                println!("調査票 {} の版 {} を書き出しました。", found.form_id, found.version);
                Ok(Outcome::Done)
            }
        }
    }
}

/// Reads and compiles; prints every finding.
fn compile(path: &Path) -> anyhow::Result<Compilation> {
    let sheets = xlsform::read(path)?;
    let compilation = xlsform::compile(&sheets);
    for finding in &compilation.findings {
        eprintln!("{finding}");
    }
    Ok(compilation)
}
