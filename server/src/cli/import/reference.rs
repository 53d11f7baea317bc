//! `shirabe import reference`

use std::path::PathBuf;

use clap::Args;
use shared::municipality::MunicipalityCode;

use super::super::open::open;
use super::super::{Outcome, options::Options};
use super::{only_read, parse_encoding, parse_words, refused, registered};
use crate::import::encoding::Encoding;
use crate::import::reference::{Item, Layout, Reading, read};
use crate::import::register::{Register, prefecture_name};
use crate::import::{LARGEST_FILE, decode, read_file};
use crate::service::reference::{Mapping, ReferenceFile};

/// `shirabe import reference`
#[derive(Args)]
pub struct Reference {
    /// CSVファイル
    file: PathBuf,
    /// 公表資料のID（半角英数字と -）。設問との対応はこのIDで決まります
    #[arg(long, value_parser = parse_source)]
    source: String,
    /// 画面に表示する出典の題名（例: デジタル庁「…ダッシュボード」）
    #[arg(long, value_parser = parse_words)]
    title: String,
    /// いつの値か（例: 令和7年4月1日時点）
    #[arg(long, value_parser = parse_words)]
    as_of: String,
    /// 読み取った内容を表示するだけで、登録しません
    #[arg(long)]
    dry_run: bool,
    /// 文字コード: utf-8、cp932、utf-16le、utf-16be（指定しないときは判定します）
    #[arg(long, value_parser = parse_encoding)]
    encoding: Option<Encoding>,
    /// 市町村名だけの表で、市町村を探す都道府県のコード（2桁）
    #[arg(long, default_value = "02")]
    prefecture: String,
    /// Columns of a long table.
    #[arg(help = "1行に1項目の表で、項目の名前の列の見出し（複数あるときは順に繰り返す）")]
    #[arg(long = "item", requires = "value", value_name = "HEADING")]
    items: Vec<String>,
    /// 1行に1項目の表で、値の列の見出し
    #[arg(long, requires = "items", value_name = "HEADING")]
    value: Option<String>,
}

fn parse_source(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if (1..=64).contains(&text.len()) && text.chars().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("英小文字、数字、ハイフンの64文字以内で指定してください。例: digital-agency-dx".to_owned())
    }
}

impl Reference {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let file = self.file.display().to_string();
        let bytes = read_file(&self.file, LARGEST_FILE)?;
        let (encoding, text) = decode(&file, &bytes, self.encoding)?;
        let service = open(options).await?;
        let register = Register::new(service.store().municipalities(None).await?, &self.prefecture);
        let layout = match self.value {
            Some(value) => Layout::Long { items: self.items, value },
            None => Layout::Wide,
        };
        let reading = match read(&file, &text, &layout, &register) {
            Ok(reading) => reading,
            Err(error) => return refused(error),
        };
        println!("{file}: {encoding}、{}行、値{}件", reading.rows, reading.figures.len());
        let columns = [reading.code_column.as_deref(), reading.name_column.as_deref()];
        println!("市町村の列: {}", columns.into_iter().flatten().collect::<Vec<_>>().join("、"));
        println!("{}", coverage(&reading, &register, &self.prefecture));
        let mappings = service.reference_mappings();
        for item in &reading.items {
            println!("  {}", summary(item, &self.source, mappings));
        }
        if !mappings.iter().any(|mapping| mapping.source == self.source) {
            println!(
                "注意: 公表資料のID「{}」を使う設問がありません。登録しても回答画面には表示されません（seeds/reference/mappings.csv）。",
                self.source
            );
        }
        if self.dry_run {
            return Ok(only_read());
        }
        let new = ReferenceFile { source: self.source, title: self.title, as_of: self.as_of, figures: reading.figures };
        Ok(registered(service.add_reference_figures(new).await?))
    }
}

/// Whose figures there are, and which municipality of the prefecture has none.
fn coverage(reading: &Reading, register: &Register, prefecture: &str) -> String {
    let all = register.of_prefecture(prefecture);
    let missing: Vec<&str> =
        all.iter().filter(|m| !reading.municipalities.contains(&m.code)).map(|m| m.name.as_str()).collect();
    let name = prefecture_name(prefecture);
    let there = all.len() - missing.len();
    let of_others = |code: &&MunicipalityCode| code.prefecture() != prefecture;
    let others = reading.municipalities.iter().filter(of_others).count();
    let missing = match missing.len() {
        0 => String::new(),
        1..=20 => format!("（値がない団体: {}）", missing.join("、")),
        count => format!("（{count}団体は値がない）"),
    };
    let others = if others > 0 { format!("、ほかの都道府県{others}団体") } else { String::new() };
    format!("{name}の{}市町村のうち{there}団体{missing}{others}", all.len())
}

/// An item's counts, and the questions it stands beside.
fn summary(item: &Item, source: &str, mappings: &[Mapping]) -> String {
    let counted = item.values.as_ref().map(|values| {
        let each: Vec<String> = values.iter().map(|(value, count)| format!("{value} {count}")).collect();
        format!("（{}）", each.join("、"))
    });
    let mut concepts: Vec<&str> = Vec::new();
    for mapping in mappings.iter().filter(|m| m.source == source && m.item == item.name) {
        if !concepts.contains(&mapping.concept.as_str()) {
            concepts.push(&mapping.concept);
        }
    }
    let used = if concepts.is_empty() { String::new() } else { format!(" → {}", concepts.join("、")) };
    format!("{}: 値{}件、空欄{}件{}{used}", item.name, item.filled, item.blank, counted.unwrap_or_default())
}
