//! `shirabe questionnaire`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use shared::questionnaire::changes::Changes;
use shared::questionnaire::{Question, Questionnaire as Registered};

use super::open::open;
use super::{Outcome, options::Options, output};
use crate::service::Service;
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
    /// XLSFormが、登録済みの調査票と何を違って聞くかを一覧にします
    Compare {
        /// フォルダまたはファイル
        path: PathBuf,
        /// 比べる調査票の識別名と版（指定しないときは最も新しい年度の調査のもの）
        #[arg(long, num_args = 2, value_names = ["FORM_ID", "VERSION"])]
        questionnaire: Option<Vec<String>>,
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
            Self::Compare { path, questionnaire } => {
                let Some(now) = compile(&path)?.questionnaire else { return Ok(Outcome::Findings) };
                let then = registered(&*open(options).await?, questionnaire.as_deref()).await?;
                print!("{}", differences(&now, &then));
                Ok(Outcome::Done)
            }
            Self::Export { questionnaire, output } => {
                let found = registered(&*open(options).await?, questionnaire.as_deref()).await?;
                let workbook = xlsform::export::workbook(&found.source)?;
                output::write(Some(&output), &workbook)?;
                println!("調査票 {} の版 {} を書き出しました。", found.form_id, found.version);
                Ok(Outcome::Done)
            }
        }
    }
}

/// That version, or what the latest round asks.
async fn registered(service: &Service, named: Option<&[String]>) -> anyhow::Result<Arc<Registered>> {
    Ok(match named {
        Some([form_id, version]) => service.questionnaire_version(form_id, version).await?,
        _ => service.latest_questionnaire().await?,
    })
}

/// What is asked differently, a line each.
fn differences(now: &Registered, then: &Registered) -> String {
    let changes = Changes::between(now, then);
    let words = |question: &Question| format!("{} {}（{}）", question.number, question.label, question.concept);
    let mut lines = vec![format!(
        "{} {} と {} {} の違い: 追加{}問、廃止{}問、変更{}問、変更なし{}問",
        now.form_id,
        now.version,
        then.form_id,
        then.version,
        changes.added.len(),
        changes.dropped.len(),
        changes.changed.len(),
        changes.unchanged
    )];
    lines.extend(changes.added.iter().map(|index| format!("追加\t{}", words(now.question(*index)))));
    lines.extend(changes.dropped.iter().map(|index| format!("廃止\t{}", words(then.question(*index)))));
    lines.extend(
        changes.changed.iter().map(|changed| {
            format!("変更\t{}\t{}", words(now.question(changed.link.now)), changed.differences.join(" "))
        }),
    );
    lines.extend(changes.form.iter().map(|words| format!("調査票\t{words}")));
    lines.join("\n") + "\n"
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
