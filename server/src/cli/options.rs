//! What every command takes, by flag or environment variable.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::seeds::Seeds;

/// Where the data are.
#[derive(Args, Debug)]
pub struct Options {
    /// The database's address.
    #[arg(help = "データベース: sqlite:PATH または postgres://…（既定はデータフォルダの shirabe.db）")]
    #[arg(long, env = "SHIRABE_DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// データベースのアドレスを書いたファイル（パスワードを含む場合に）
    #[arg(long, env = "SHIRABE_DATABASE_URL_FILE", global = true, conflicts_with = "database_url")]
    database_url_file: Option<PathBuf>,
    /// データフォルダ
    #[arg(long, env = "SHIRABE_DATA_DIR", global = true, default_value = ".")]
    data_dir: PathBuf,
    /// デモデータ（架空の回答）を専用のファイル demo.db で使います
    #[arg(long, global = true, conflicts_with_all = ["database_url", "database_url_file"])]
    pub demo: bool,
    /// 初期データのフォルダ（既定はプログラムに内蔵のもの）
    #[arg(long, env = "SHIRABE_SEEDS", global = true)]
    seeds: Option<PathBuf>,
}

impl Options {
    /// The address of the database.
    pub fn database_url(&self) -> anyhow::Result<String> {
        if self.demo {
            return self.file("demo.db");
        }
        if let Some(url) = &self.database_url {
            return Ok(url.clone());
        }
        if let Some(file) = &self.database_url_file {
            let text = std::fs::read_to_string(file).with_context(|| {
                format!("データベースのアドレスを書いたファイル {} を読み取れません", file.display())
            })?;
            return Ok(text.trim().to_owned());
        }
        self.file("shirabe.db")
    }

    fn file(&self, name: &str) -> anyhow::Result<String> {
        if !self.data_dir.is_dir() {
            bail!("データフォルダ {} がありません。作成してから、もう一度実行してください。", self.data_dir.display());
        }
        Ok(format!("sqlite:{}", self.data_dir.join(name).display()))
    }

    /// Where the columns of publications are kept.
    pub fn snapshots(&self) -> PathBuf {
        self.data_dir.join("snapshots")
    }

    /// Where the files of jobs are kept.
    pub fn jobs(&self) -> PathBuf {
        self.data_dir.join("jobs")
    }

    /// Where the key of second factors is kept.
    pub fn second_factor_key(&self) -> PathBuf {
        self.data_dir.join("second-factor.key")
    }

    /// Where a new database's data come from.
    pub fn seeds(&self) -> Seeds {
        self.seeds.clone().map_or(Seeds::Embedded, Seeds::Folder)
    }
}
