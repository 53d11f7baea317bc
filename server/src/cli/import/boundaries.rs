//! `shirabe import boundaries`

use std::path::PathBuf;

use clap::Args;
use shared::boundary::Boundaries;

use super::super::open::open;
use super::super::{Outcome, options::Options};
use super::{only_read, parse_words, refused, registered};
use crate::import::boundaries::{LARGEST_FILE, read};
use crate::import::encoding::Encoding;
use crate::import::read_file;
use crate::import::register::Register;

/// `shirabe import boundaries`
#[derive(Args)]
pub struct BoundaryFile {
    /// GeoJSONまたはTopoJSONのファイル。地物のidか属性に市町村コード（5桁か6桁）が要ります
    file: PathBuf,
    /// 地図の下に表示する出典（例: 「国土数値情報（行政区域データ）」（国土交通省）を加工して作成）
    #[arg(long, value_parser = parse_words)]
    source: String,
    /// 読み取った内容を表示するだけで、登録しません
    #[arg(long)]
    dry_run: bool,
}

impl BoundaryFile {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let file = self.file.display().to_string();
        let bytes = read_file(&self.file, LARGEST_FILE)?;
        let service = open(options).await?;
        let register = Register::new(service.store().municipalities(None).await?, "02");
        let reading = match read(&file, &bytes, &register) {
            Ok(reading) => reading,
            Err(error) => return refused(error),
        };
        // JSON is UTF-8 (RFC 8259); anything else was refused.
        let encoding = if bytes.starts_with(b"\xef\xbb\xbf") { Encoding::Utf8Bom } else { Encoding::Utf8 };
        let boundaries = Boundaries { source: self.source, areas: reading.areas };
        println!(
            "{file}: {encoding}、{}市町村、点{}個（地図用に間引いて{}個）",
            boundaries.areas.len(),
            reading.positions,
            boundaries.positions()
        );
        if let Some(attribution) = reading.attribution.filter(|attribution| *attribution != boundaries.source) {
            println!("ファイルに書かれた出典: {attribution}");
        }
        println!("表示する出典: {}", boundaries.source);
        if self.dry_run {
            return Ok(only_read());
        }
        Ok(registered(service.add_boundaries(boundaries).await?))
    }
}
