//! The command line. Exit codes: 0 done, 1 refused or findings, 2 usage.
//!
//! - [`options`]: what every command takes
//! - [`mail_options`]: the mail server; [`openid_options`]: the OpenID provider
//! - [`open`]: the database, ready for use
//! - one file a command

mod doctor;
mod export;
mod import;
mod indicator;
mod mail_options;
mod migrate;
mod open;
mod openid_options;
mod options;
mod output;
mod questionnaire;
mod round;
mod serve;
mod site;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use options::Options;

#[derive(Parser)]
#[command(name = "shirabe", version, about = "調べ: 市町村DXアンケートの実施、集計、公表")]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// サーバーを起動します
    Serve(serve::Serve),
    /// データベースを最新の形にし、空なら初期データを入れます
    Migrate(migrate::Migrate),
    /// アカウントを追加・一覧表示します
    #[command(subcommand)]
    User(user::User),
    /// 調査を追加・一覧表示します
    #[command(subcommand)]
    Round(round::Round),
    /// 調査票を検査・登録します
    #[command(subcommand)]
    Questionnaire(questionnaire::Questionnaire),
    /// 公表資料などのファイルを登録します
    #[command(subcommand)]
    Import(import::Import),
    /// 指標の定義を一覧表示・登録し、公表した値を検算します
    #[command(subcommand)]
    Indicator(indicator::Indicator),
    /// 回答、集計、指標などのデータを書き出します
    Export(export::Export),
    /// 公開ページを、県のサイトに置けるHTMLのフォルダーに書き出します
    Site(site::Site),
    /// データベースと監査記録に異常がないかを調べます
    Doctor(doctor::Doctor),
    /// 版を表示します
    Version,
}

/// What a command came to.
enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1; what was found has been printed.
    Findings,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("エラー: 実行環境を準備できません: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("エラー: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let options = cli.options;
    match cli.command {
        Command::Serve(command) => command.run(&options).await,
        Command::Migrate(command) => command.run(&options).await,
        Command::User(command) => command.run(&options).await,
        Command::Round(command) => command.run(&options).await,
        Command::Questionnaire(command) => command.run(&options).await,
        Command::Import(command) => command.run(&options).await,
        Command::Indicator(command) => command.run(&options).await,
        Command::Export(command) => command.run(&options).await,
        Command::Site(command) => command.run(&options).await,
        Command::Doctor(command) => command.run(&options).await,
        Command::Version => {
            println!("shirabe {}", env!("CARGO_PKG_VERSION"));
            Ok(Outcome::Done)
        }
    }
}
