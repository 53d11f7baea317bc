//! `shirabe site`

use std::num::NonZeroU32;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use metrics_exporter_prometheus::PrometheusBuilder;

use super::open::open;
use super::{Outcome, options::Options};
use crate::http::limits::Limits;
use crate::http::site::sink::{Folder, Sink};
use crate::http::site::write;
use crate::http::state::{AppState, Site as Presented};

/// Writes the public pages into a folder.
#[derive(Args)]
pub struct Site {
    /// 書き出すフォルダー（ないか、空であること）
    #[arg(long)]
    output: PathBuf,
    /// Where the installation itself is reached.
    #[arg(help = "ログインなど、書き出さないページの在りか（例: https://shirabe.example.lg.jp）")]
    #[arg(long, env = "SHIRABE_PUBLIC_URL")]
    public_url: String,
    /// ページの下部に示す問い合わせ先
    #[arg(long, env = "SHIRABE_CONTACT")]
    contact: Option<String>,
}

impl Site {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        any_spawner::Executor::init_tokio().context("描画の準備に失敗しました")?;
        let taken = std::fs::read_dir(&self.output).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            bail!(
                "{} は空ではありません。空のフォルダーか、新しいフォルダーを指定してください。",
                self.output.display()
            );
        }
        let service = open(options).await?;
        let demonstration = service.is_demonstration().await?;
        let address = self.public_url.trim_end_matches('/').to_owned();
        let site = Presented { contact: self.contact, sends_mail: false, demonstration, address };
        // Nobody is counted: nobody asks.
        let limits = Limits::new(NonZeroU32::MAX, 0);
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let state = AppState::new(service.clone(), site, limits, metrics);
        let mut folder = Folder::new(self.output.clone());
        let written = write(state, &mut folder, &|_, _| Ok(())).await?;
        folder.finish()?;
        service.store().close().await;
        println!("{} に{written}個のファイルを書き出しました。index.html から始まります。", self.output.display());
        Ok(Outcome::Done)
    }
}
