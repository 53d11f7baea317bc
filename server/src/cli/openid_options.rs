//! The OpenID provider, by flag or environment variable.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use crate::openid::{Provider, Registration};

/// Where people may sign in besides the password; without an issuer nowhere.
#[derive(Args)]
pub struct OpenidOptions {
    /// OpenID Connectの認証基盤（発行者）のアドレス
    #[arg(long = "oidc-issuer", env = "SHIRABE_OIDC_ISSUER")]
    issuer: Option<String>,
    /// 認証基盤に登録したクライアントID
    #[arg(long = "oidc-client-id", env = "SHIRABE_OIDC_CLIENT_ID")]
    client_id: Option<String>,
    /// 認証基盤に登録したクライアントシークレット
    #[arg(long = "oidc-client-secret", env = "SHIRABE_OIDC_CLIENT_SECRET", hide_env_values = true)]
    client_secret: Option<String>,
    /// クライアントシークレットを書いたファイル
    #[arg(long = "oidc-client-secret-file", env = "SHIRABE_OIDC_CLIENT_SECRET_FILE", conflicts_with = "client_secret")]
    client_secret_file: Option<PathBuf>,
    /// ログイン画面のボタンに表示する認証基盤の名前
    #[arg(long = "oidc-label", env = "SHIRABE_OIDC_LABEL", default_value = "OpenID Connect")]
    label: String,
    /// Takes silence for a yes.
    #[arg(help = "認証基盤が email_verified を送らないとき、メールアドレスを本人のものと確認済みとして扱う")]
    #[arg(long = "oidc-assume-verified", env = "SHIRABE_OIDC_ASSUME_VERIFIED")]
    assume_verified: bool,
}

impl OpenidOptions {
    /// The provider, where one is named, for the site at `address`.
    pub fn provider(self, address: &str) -> anyhow::Result<Option<Provider>> {
        let Some(issuer) = self.issuer else { return Ok(None) };
        let Some(client_id) = self.client_id else {
            bail!("認証基盤に登録したクライアントIDがありません。--oidc-client-id で指定してください。");
        };
        let client_secret = match (self.client_secret, self.client_secret_file) {
            (Some(secret), _) => Some(secret),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(&file).with_context(|| {
                    format!("クライアントシークレットを書いたファイル {} を読み取れません", file.display())
                })?;
                Some(text.trim().to_owned())
            }
            (None, None) => None,
        };
        let Self { label, assume_verified, .. } = self;
        let registration = Registration { issuer, client_id, client_secret, label, assume_verified };
        Provider::new(registration, address).map(Some)
    }
}
