//! `shirabe questionnaire`

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::open::open;
use super::{Outcome, options::Options};
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
