//! `shirabe user`

use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use shared::email::EmailAddress;
use shared::municipality::MunicipalityCode;

use super::open::open;
use super::{Outcome, options::Options};
use crate::access::Role;
use crate::service::Error;
use crate::service::accounts::AccountRequest;

/// Accounts.
#[derive(Subcommand)]
pub enum User {
    /// アカウントを追加します
    Add(Add),
    /// アカウントを一覧表示します
    List,
    /// アカウントの二要素認証を解除します（端末も予備コードも使えなくなったときに）
    ResetSecondFactor {
        /// ログイン名
        login_name: String,
    },
}

/// `shirabe user add`
#[derive(Args)]
pub struct Add {
    /// ログイン名（半角英数字と . _ - @）
    login_name: String,
    /// 画面に表示する名前
    #[arg(long)]
    name: String,
    /// 役割: respondent（回答者） approver（承認者） member（協議会会員） analyst（分析者） officer（県担当）
    #[arg(long = "role", required = true, value_parser = parse_role)]
    roles: Vec<Role>,
    /// 市町村コード（6桁）
    #[arg(long)]
    municipality: Option<MunicipalityCode>,
    /// 連絡や催促を受け取るメールアドレス
    #[arg(long)]
    email: Option<EmailAddress>,
    /// パスワードを書いたファイル（指定しないときは標準入力から1行読みます）
    #[arg(long, env = "SHIRABE_PASSWORD_FILE")]
    password_file: Option<PathBuf>,
    /// パスワード（環境変数からだけ指定できます）
    #[arg(skip = std::env::var("SHIRABE_PASSWORD").ok())]
    password: Option<String>,
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::of_code(text).ok_or_else(|| {
        let codes: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("役割は {} のどれかです。", codes.join(" "))
    })
}

impl User {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(add) => add.run(options).await,
            Self::ResetSecondFactor { login_name } => reset_second_factor(&login_name, options).await,
            Self::List => {
                for account in open(options).await?.accounts().await? {
                    let roles: Vec<_> = account.roles.iter().map(|r| r.code()).collect();
                    let municipality = account.municipality.map(|m| m.to_string()).unwrap_or_default();
                    println!("{}\t{}\t{}\t{municipality}", account.login_name, account.display_name, roles.join(","));
                }
                Ok(Outcome::Done)
            }
        }
    }
}

async fn reset_second_factor(login_name: &str, options: &Options) -> anyhow::Result<Outcome> {
    match open(options).await?.reset_second_factor_of(login_name).await {
        Ok(true) => {
            println!("アカウント {login_name} の二要素認証を解除しました。");
            Ok(Outcome::Done)
        }
        Ok(false) => bail!("アカウント {login_name} には、二要素認証が設定されていません。"),
        Err(Error::NotFound) => bail!("アカウント {login_name} はありません。"),
        Err(other) => Err(other.into()),
    }
}

impl Add {
    async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let password = self.password()?;
        let request = AccountRequest {
            login_name: self.login_name.clone(),
            display_name: self.name,
            password: Some(password),
            email: self.email,
            municipality: self.municipality,
            roles: self.roles.into_iter().collect(),
        };
        match open(options).await?.add_account(request).await {
            Ok(_) => {
                println!("アカウント {} を追加しました。", self.login_name);
                Ok(Outcome::Done)
            }
            Err(Error::Invalid(problems)) => {
                for problem in problems {
                    eprintln!("エラー: {}: {}", problem.field, problem.message);
                }
                Ok(Outcome::Findings)
            }
            Err(other) => Err(other.into()),
        }
    }

    fn password(&self) -> anyhow::Result<String> {
        if let Some(file) = &self.password_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("パスワードのファイル {} を読み取れません", file.display()))?;
            return Ok(first_line(&text));
        }
        if let Some(password) = &self.password {
            return Ok(password.clone());
        }
        if std::io::stdin().is_terminal() {
            bail!(
                "パスワードは画面に残るため、端末からは入力できません。--password-file FILE、環境変数 SHIRABE_PASSWORD、\
                 または標準入力で渡してください。例: shirabe user add … < password.txt"
            );
        }
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("標準入力からパスワードを読み取れません")?;
        Ok(first_line(&text))
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
