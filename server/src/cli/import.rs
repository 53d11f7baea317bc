//! `shirabe import`

mod accounts;
mod answers;
mod boundaries;
mod municipalities;
mod reference;

use clap::Subcommand;

use super::{Outcome, options::Options};
use crate::import::ImportError;
use crate::import::encoding::Encoding;
use crate::store::Changed;

/// Files of others.
#[derive(Subcommand)]
pub enum Import {
    /// 過去の年度の回答（書き出したのと同じ形のCSVかExcel）を、受付を終えた調査に取り込みます
    Answers(answers::AnswerFile),
    /// 公表資料（市町村別の値の表、CSV）を登録します。回答画面に仮入力や参考として表示されます
    Reference(reference::Reference),
    /// 市町村の属性（人口、面積、地域など）を直します
    Municipalities(municipalities::AttributeFile),
    /// アカウントをまとめて追加し、初期パスワードをファイルに書き出します
    Accounts(accounts::AccountFile),
    /// 市町村の境界（GeoJSON、TopoJSON）を登録します。地図に表示されます
    Boundaries(boundaries::BoundaryFile),
}

fn parse_words(text: &str) -> Result<String, String> {
    let words = text.trim();
    if words.is_empty() || words.chars().count() > 200 || words.chars().any(char::is_control) {
        return Err("1〜200文字で指定してください。".to_owned());
    }
    Ok(words.to_owned())
}

fn parse_encoding(text: &str) -> Result<Encoding, String> {
    Encoding::of_code(&text.to_ascii_lowercase())
        .ok_or_else(|| "utf-8、cp932、utf-16le、utf-16be のどれかを指定してください。".to_owned())
}

impl Import {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        match self {
            Self::Answers(answers) => answers.run(options).await,
            Self::Reference(reference) => reference.run(options).await,
            Self::Municipalities(municipalities) => municipalities.run(options).await,
            Self::Accounts(accounts) => accounts.run(options).await,
            Self::Boundaries(boundaries) => boundaries.run(options).await,
        }
    }
}

/// Says every fault of a file; nothing of it stays.
fn refused(error: ImportError) -> anyhow::Result<Outcome> {
    let ImportError::Faults(faults) = error else { return Err(error.into()) };
    eprintln!("{faults}");
    eprintln!("何も登録していません。");
    Ok(Outcome::Findings)
}

/// Says that nothing was to be registered.
fn only_read() -> Outcome {
    println!("試し読みのため、登録していません。");
    Outcome::Done
}

/// Says what came of it.
fn registered(changed: Changed) -> Outcome {
    match changed {
        Changed::Yes => println!("登録しました。"),
        Changed::No => println!("同じ内容がすでに登録されているため、何も変えていません。"),
    }
    Outcome::Done
}
