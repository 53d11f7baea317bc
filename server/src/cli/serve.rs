//! `shirabe serve`

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::Router;
use clap::Args;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tower_http::add_extension::AddExtension;
use tracing_subscriber::EnvFilter;

use super::mail_options::MailOptions;
use super::open::open;
use super::openid_options::OpenidOptions;
use super::{Outcome, options::Options};
use crate::http::jobs::{Jobs, forget, worker};
use crate::http::limits::{self, Limits, Peer};
use crate::http::router::router;
use crate::http::session::StoredSessions;
use crate::http::state::{AppState, Site};
use crate::mail::outbox;
use crate::service::demonstration;

/// How long requests may go on after the signal to stop.
const GRACE: Duration = Duration::from_secs(20);
/// Ended sessions and old jobs are removed, timings gathered, and the audit log's chains written down, so often.
const SWEEP: Duration = Duration::from_mins(1);

/// Serves the platform.
#[derive(Args)]
pub struct Serve {
    /// 待ち受けるアドレスとポート
    #[arg(long, env = "SHIRABE_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// How visitors reach it.
    #[arg(help = "利用者から見たアドレス（例: https://dx.example.lg.jp）。https ならCookieを暗号化通信に限ります")]
    #[arg(long, env = "SHIRABE_PUBLIC_URL")]
    public_url: Option<String>,
    /// 画面の下に表示する問い合わせ先
    #[arg(long, env = "SHIRABE_CONTACT")]
    contact: Option<String>,
    /// Requests a minute.
    #[arg(help = "APIとファイルの要求を1分に受け付ける数（トークン、アカウント、アドレスごと。画面は数えません）")]
    #[arg(long, env = "SHIRABE_RATE_LIMIT", default_value_t = limits::DEFAULT)]
    rate_limit: NonZeroU32,
    /// Proxies in front.
    #[arg(help = "手前に置いた逆プロキシの数。X-Forwarded-For から接続元のアドレスを読み取ります")]
    #[arg(long, env = "SHIRABE_PROXIES", default_value_t = 0)]
    proxies: u8,
    #[command(flatten)]
    mail: MailOptions,
    #[command(flatten)]
    openid: OpenidOptions,
}

impl Serve {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let filter = EnvFilter::try_from_env("SHIRABE_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
        any_spawner::Executor::init_tokio().context("描画の準備に失敗しました")?;
        // The port first: nobody wants to wait for demonstration data and then learn that it is taken.
        let listener = match TcpListener::bind(self.listen).await {
            Ok(listener) => listener,
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
                "{} はほかのプログラムが使用中です。--listen で別のポートを指定するか、そのプログラムを止めてください。",
                self.listen
            ),
            Err(error) => bail!("{} で待ち受けできません: {error}", self.listen),
        };
        let mailer = self.mail.mailer()?;
        let service = open(options).await?;
        let secure = self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if !secure && !self.listen.ip().is_loopback() {
            tracing::warn!("https の --public-url が指定されていないため、Cookieが暗号化されない通信でも送られます");
        }
        let address =
            self.public_url.unwrap_or_else(|| format!("http://{}", listener.local_addr().unwrap_or(self.listen)));
        let address = address.trim_end_matches('/').to_owned();
        let openid = self.openid.provider(&address)?.map(Arc::new);
        let demonstration = service.is_demonstration().await?;
        let site =
            Site { contact: self.contact, sends_mail: mailer.is_some(), demonstration, address: address.clone() };
        let limits = Limits::new(self.rate_limit, usize::from(self.proxies));
        let metrics = PrometheusBuilder::new().install_recorder().context("計測の準備に失敗しました")?;
        let jobs = Arc::new(Jobs::new(options.jobs()));
        let state = AppState { jobs, openid, ..AppState::new(service.clone(), site, limits, metrics) };
        announce(&address, state.site.demonstration);
        tokio::spawn(sweep(state.clone()));
        // Also where no mail server is configured any more: nobody would ever know of them.
        if let Err(error) = service.note_interrupted_mail().await {
            tracing::warn!(%error, "interrupted messages could not be noted");
        }
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(worker::work(state.clone(), stopped.clone()));
        let outbox = mailer.map(|mailer| tokio::spawn(outbox::work(service.clone(), mailer, stopped)));
        serve(listener, router(state.clone(), secure)).await?;
        stop.send_replace(true);
        state.jobs.break_off();
        if tokio::time::timeout(GRACE, jobs).await.is_err() {
            tracing::warn!("a job was still under way");
        }
        if let Some(outbox) = outbox
            && tokio::time::timeout(GRACE, outbox).await.is_err()
        {
            tracing::warn!("a message was still under way");
        }
        service.check_audit().await?;
        service.store().close().await;
        Ok(Outcome::Done)
    }
}

fn announce(address: &str, demonstration: bool) {
    println!("調べ（shirabe {}）", env!("CARGO_PKG_VERSION"));
    println!("  公開ページ    {address}/");
    println!("  ログイン      {address}/login");
    if demonstration {
        let password = demonstration::PASSWORD;
        println!("  デモデータ（架空の回答）のアカウント（パスワードはすべて {password}）");
        for (login_name, label, role) in demonstration::STAFF {
            println!("    {login_name:<15}{label} {role}");
        }
        println!("    m022012        青森市 回答者（m のあとに市町村コード。40市町村すべてにあります）");
        println!("    m024121        おいらせ町 回答者・協議会会員");
    }
}

async fn sweep(state: AppState) {
    let service = &state.service;
    let sessions = StoredSessions::new(service.store().clone(), service.clock());
    let mut interval = tokio::time::interval(SWEEP);
    loop {
        interval.tick().await;
        state.metrics.run_upkeep();
        state.limits.forget();
        state.departures.forget();
        if let Err(error) = sessions.sweep().await {
            tracing::warn!(%error, "ended sessions could not be removed");
        }
        if let Err(error) = forget(&state).await {
            tracing::warn!(%error, "jobs could not be forgotten");
        }
        if let Err(error) = service.check_audit().await {
            tracing::warn!(%error, "the audit log's chains could not be checked");
        }
    }
}

/// Serves until SIGINT or SIGTERM, then lets running requests end. Slow headers are cut off after 15 seconds.
async fn serve(listener: TcpListener, router: Router) -> anyhow::Result<()> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(15));
    let graceful = GracefulShutdown::new();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "connection not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        // Small answers follow each other on one connection: do not wait to fill packets.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(AddExtension::new(router.clone(), Peer(peer)));
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    Ok(())
}
