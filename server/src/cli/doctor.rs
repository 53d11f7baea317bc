//! `shirabe doctor`

use std::path::Path;

use clap::Args;
use sha2::{Digest, Sha256};

use super::{Outcome, options::Options};
use crate::clock::Clock;
use crate::service::Service;
use crate::service::answering::hex;
use crate::service::auditing::KnownCheckpoint;
use crate::store::{self, APPEND_ONLY};

/// Examines an installation and changes nothing.
#[derive(Args)]
pub struct Doctor {
    /// 以前に控えた監査記録の区切り（番号:SHA-256）。記録が書き換えられていないかを、これと比べます
    #[arg(long, value_name = "N:HASH", value_parser = checkpoint)]
    checkpoint: Vec<KnownCheckpoint>,
}

fn checkpoint(text: &str) -> Result<KnownCheckpoint, String> {
    let parsed = text.split_once(':').and_then(|(number, hash)| {
        let hash = hash.trim().to_ascii_lowercase();
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(KnownCheckpoint { number: number.trim().parse().ok()?, hash }).filter(|_| is_hash)
    });
    parsed.ok_or_else(|| "番号とSHA-256（16進64桁）を 12:0f3a… の形で指定してください。".to_owned())
}

/// What was found so far.
#[derive(Default)]
struct Report {
    faults: usize,
}

fn good(what: &str, words: &str) {
    println!("正常\t{what}\t{words}");
}

impl Report {
    fn bad(&mut self, what: &str, words: &str) {
        self.faults += 1;
        println!("異常\t{what}\t{words}");
    }

    fn end(&self) -> Outcome {
        if self.faults == 0 {
            println!("異常はありません。");
            return Outcome::Done;
        }
        eprintln!("異常が{}件あります。", self.faults);
        Outcome::Findings
    }
}

impl Doctor {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let mut report = Report::default();
        let url = options.database_url()?;
        // Connecting would make the file.
        if let Some(path) = url.strip_prefix("sqlite:")
            && !Path::new(path.strip_prefix("//").unwrap_or(path)).is_file()
        {
            report.bad("データベース", &format!("{url} がありません。shirabe migrate で作成してください。"));
            return Ok(report.end());
        }
        let store = match store::connect(&url).await {
            Ok(store) => store,
            Err(error) => {
                report.bad("データベース", &error.to_string());
                return Ok(report.end());
            }
        };
        good("データベース", "接続できます");
        let (applied, newest) = store.schema_version().await?;
        if applied != Some(newest) {
            let applied = applied.map_or_else(|| "なし".to_owned(), |version| version.to_string());
            let words =
                format!("データベースの版 {applied}、プログラムの版 {newest}。shirabe migrate を実行してください。");
            report.bad("版", &words);
            store.close().await;
            return Ok(report.end());
        }
        good("版", &newest.to_string());
        let service = Service::new(store, Clock::System);
        append_only(&service, &mut report).await?;
        audit(&service, &self.checkpoint, &mut report).await?;
        publications(&service, &mut report).await?;
        service.store().close().await;
        Ok(report.end())
    }
}

async fn append_only(service: &Service, report: &mut Report) -> anyhow::Result<()> {
    let what = "変更の禁止";
    let guarded = service.store().append_only_tables().await?;
    let open: Vec<&str> = APPEND_ONLY.into_iter().filter(|table| !guarded.iter().any(|g| g == table)).collect();
    match open.as_slice() {
        [] => good(what, &format!("{}の表が、追加だけできます", APPEND_ONLY.len())),
        open => report.bad(what, &format!("書き換えられる表があります: {}", open.join("、"))),
    }
    Ok(())
}

async fn audit(service: &Service, known: &[KnownCheckpoint], report: &mut Report) -> anyhow::Result<()> {
    let what = "監査記録";
    let verified = service.verify_audit(known).await?;
    for fault in &verified.faults {
        report.bad(what, fault);
    }
    if verified.faults.is_empty() {
        let (entries, chains, checkpoints) = (verified.entries, verified.chains, verified.checkpoints);
        good(what, &format!("{entries}件（{chains}の対象、{checkpoints}回の区切り）がつながっています"));
        if let Some(KnownCheckpoint { number, hash }) = &verified.last {
            good("最後の区切り", &format!("第{number}号 {hash}"));
        }
    }
    Ok(())
}

async fn publications(service: &Service, report: &mut Report) -> anyhow::Result<()> {
    let what = "公表時に固定したデータ";
    let kept = service.store().kept_publications().await?;
    let mut whole = 0;
    for publication in &kept {
        if hex(&Sha256::digest(publication.snapshot.as_bytes())) == publication.sha256 {
            whole += 1;
        } else {
            report.bad(what, &format!("{}の第{}版のSHA-256が合いません。", publication.year, publication.revision));
        }
    }
    if whole == kept.len() {
        good(what, &format!("{whole}件のSHA-256が合います"));
    }
    Ok(())
}
