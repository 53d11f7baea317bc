//! `shirabe import municipalities`

use std::path::PathBuf;

use clap::Args;

use super::super::open::open;
use super::super::{Outcome, options::Options};
use super::{only_read, parse_encoding, refused, registered};
use crate::import::encoding::Encoding;
use crate::import::file::TableFile;
use crate::import::municipalities::read;
use crate::import::register::Register;

/// `shirabe import municipalities`
#[derive(Args)]
pub struct AttributeFile {
    /// The file.
    #[arg(
        help = "CSVファイルかExcelのブック。市町村コードか市町村名の列と、municipality_kana、kind、region、population、area_km2 のうち直す列。空欄は変えません"
    )]
    file: PathBuf,
    /// 読み取った内容を表示するだけで、登録しません
    #[arg(long)]
    dry_run: bool,
    /// 文字コード: utf-8、cp932、utf-16le、utf-16be（指定しないときは判定します）
    #[arg(long, value_parser = parse_encoding)]
    encoding: Option<Encoding>,
    /// 市町村名だけの表で、市町村を探す都道府県のコード（2桁）
    #[arg(long, default_value = "02")]
    prefecture: String,
}

impl AttributeFile {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let file = TableFile::read(&self.file, self.encoding)?;
        println!("{}: {file}", file.name);
        let service = open(options).await?;
        let register = Register::new(service.whole_register().await?, &self.prefecture);
        let reading = match read(&file, &register) {
            Ok(reading) => reading,
            Err(error) => return refused(error),
        };
        let changed = reading.municipalities.iter().filter(|m| register.municipality(m.code) != Some(*m));
        let changed: Vec<_> = changed.cloned().collect();
        println!("{}行、変わるのは{}市町村", reading.rows, changed.len());
        for municipality in &changed {
            println!("  {} {}", municipality.code, municipality.name);
        }
        if !reading.unused.is_empty() {
            println!("使わない列: {}", reading.unused.join("、"));
        }
        if self.dry_run {
            return Ok(only_read());
        }
        Ok(registered(service.update_register(&changed).await?))
    }
}
