//! The mail server, by flag or environment variable.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::mail::Mailer;

/// How mail is sent; without a server none is.
#[derive(Args)]
pub struct MailOptions {
    /// The mail server's address.
    #[arg(help = "メールサーバー: smtp://ホスト:25、smtp://利用者名:パスワード@ホスト:587?tls=required、smtps://…")]
    #[arg(long, env = "SHIRABE_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// メールサーバーのアドレスを書いたファイル（パスワードを含む場合に）
    #[arg(long, env = "SHIRABE_SMTP_URL_FILE", conflicts_with = "smtp_url")]
    smtp_url_file: Option<PathBuf>,
    /// メールの差出人（例: 県DX推進課 <dx@pref.example.lg.jp>）
    #[arg(long, env = "SHIRABE_MAIL_FROM")]
    mail_from: Option<String>,
}

impl MailOptions {
    /// The mail server, where one is named.
    pub fn mailer(&self) -> anyhow::Result<Option<Mailer>> {
        let url = match (&self.smtp_url, &self.smtp_url_file) {
            (Some(url), _) => url.clone(),
            (None, Some(file)) => std::fs::read_to_string(file).with_context(|| {
                format!("メールサーバーのアドレスを書いたファイル {} を読み取れません", file.display())
            })?,
            (None, None) => return Ok(None),
        };
        let Some(sender) = &self.mail_from else {
            bail!("メールの差出人がありません。--mail-from で指定してください。");
        };
        Ok(Some(Mailer::new(url.trim(), sender)?))
    }
}
