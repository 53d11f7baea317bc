//! `shirabe export`

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use shared::visibility::Visibility;

use super::open::open;
use super::{Outcome, options::Options};
use crate::export::dataset::{self, Audience, Dataset, Scope, Years};
use crate::export::format::cp932::Unmappable;
use crate::export::format::{Checked, Encoding, Export as Made, Form, Format, Hashing, OnUnmappable, manifest};
use crate::service::Error;

/// Writes a dataset, as it stands now.
#[derive(Args)]
pub struct Export {
    /// 年度（西暦）。すべての年度をまとめるときは all
    #[arg(long, value_parser = parse_years)]
    year: Years,
    /// The dataset's name.
    #[arg(long, default_value = "answers", value_parser = parse_dataset)]
    #[arg(
        help = "データ: answers answers-wide tabulations crosstabs numbers transitions comparisons indicators indicator-groups codebook lineage municipalities kpis kpi-values roadmap roadmap-steps roadmap-kpis roadmap-reviews progress check audit"
    )]
    dataset: &'static str,
    /// 形式: csv xlsx json ndjson parquet zip
    #[arg(long, default_value = "csv", value_parser = parse_format)]
    format: Format,
    /// CSVの文字コード: utf-8-bom utf-8 cp932
    #[arg(long, default_value = "utf-8-bom", value_parser = parse_encoding)]
    encoding: Encoding,
    /// CP932で表せない文字があるとき: error（書き出さない） replace（置き換えて報告する）
    #[arg(long, default_value = "error", value_parser = parse_on_unmappable)]
    on_unmappable: OnUnmappable,
    /// 書き出すファイル（指定しないときは標準出力）。出どころとSHA-256を「ファイル名-metadata.json」に書く
    #[arg(long)]
    output: Option<PathBuf>,
    /// だれに見せる範囲で書き出すか: public（公開） council（協議会まで） prefecture（県まで、公表前の調査を含む）
    #[arg(long, default_value = "prefecture", value_parser = parse_visibility)]
    audience: Visibility,
    /// 1年度の、公表したその版（指定しないときは、いまの内容）
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    revision: Option<u32>,
}

fn parse_years(text: &str) -> Result<Years, String> {
    Years::of_code(text).ok_or_else(|| "年度は西暦の4桁（2019〜2100）か all で指定してください。".to_owned())
}

fn parse_dataset(text: &str) -> Result<&'static str, String> {
    let known = || dataset::ALL.map(|dataset| dataset.about().id).join("、");
    dataset::find(text).map(|found| found.about().id).ok_or_else(|| format!("{} のどれかを指定してください。", known()))
}

fn parse_format(text: &str) -> Result<Format, String> {
    let known = || Format::ALL.map(Format::extension).join("、");
    Format::of_extension(text).ok_or_else(|| format!("{} のどれかを指定してください。", known()))
}

fn parse_encoding(text: &str) -> Result<Encoding, String> {
    let known = || Encoding::ALL.map(Encoding::code).join("、");
    Encoding::of_code(text).ok_or_else(|| format!("{} のどれかを指定してください。", known()))
}

fn parse_on_unmappable(text: &str) -> Result<OnUnmappable, String> {
    OnUnmappable::of_code(text).ok_or_else(|| "error、replace のどちらかを指定してください。".to_owned())
}

fn parse_visibility(text: &str) -> Result<Visibility, String> {
    Visibility::of_code(text).ok_or_else(|| "public、council、prefecture のどれかを指定してください。".to_owned())
}

impl Export {
    pub(super) async fn run(self, options: &Options) -> anyhow::Result<Outcome> {
        let dataset = dataset::find(self.dataset).context("データがありません。")?;
        self.require_fit(dataset)?;
        let service = open(options).await?;
        if let Years::One(year) = self.year
            && !service.rounds().await?.iter().any(|round| round.year == year)
        {
            bail!("{year}の調査はありません。");
        }
        let unpublished = self.audience == Visibility::Prefecture;
        let scope = Scope { years: self.year, reader: self.audience, unpublished, revision: self.revision };
        let made = match service.export(dataset, scope).await {
            Err(Error::NotFound) => {
                bail!("その範囲と版で公表した結果はありません。公表前の調査は --audience prefecture で書き出します。")
            }
            made => made?,
        };
        let form = Form { format: self.format, encoding: self.encoding, on_unmappable: self.on_unmappable };
        // Rows may be read from the store while they are written.
        tokio::task::block_in_place(|| put(&made, form, self.output.as_deref()))?;
        Ok(Outcome::Done)
    }

    fn require_fit(&self, dataset: &dyn Dataset) -> anyhow::Result<()> {
        let about = dataset.about();
        if !about.span.fits(self.year) {
            match self.year {
                Years::All => bail!("{} は1年度ずつ書き出します。--year に年度を指定してください。", about.id),
                Years::One(_) => bail!("{} は年度に分かれていません。--year all を指定してください。", about.id),
            }
        }
        if about.audience == Audience::Members && self.audience == Visibility::Public {
            bail!(
                "{} は協議会と県の中で使うデータです。--audience に council か prefecture を指定してください。",
                about.id
            );
        }
        if about.audience == Audience::Officers && self.audience != Visibility::Prefecture {
            bail!("{} は県の中だけで使うデータです。--audience prefecture で書き出してください。", about.id);
        }
        if self.revision.is_some() && self.year == Years::All {
            bail!("--revision は1つの年度に指定します。--year に年度を指定してください。");
        }
        Ok(())
    }
}

/// Writes the file, or to the standard output.
fn put(made: &Made, form: Form, output: Option<&Path>) -> anyhow::Result<()> {
    let checked = made.check(form)?;
    report(&checked.replaced);
    let Some(path) = output else {
        let mut out = BufWriter::new(io::stdout());
        let written = made.write(form, checked.rows, &mut out).and_then(|()| out.flush());
        return written.context("標準出力に書き込めません");
    };
    write(path, made, form, &checked)
}

fn report(replaced: &[Unmappable]) {
    for one in replaced {
        eprintln!(
            "置き換えました: 「{}」（{}）→「{}」 {}か所（最初は{}行目の{}）",
            one.character, one.code_point, one.replacement, one.count, one.row, one.column
        );
    }
}

/// The file, and beside it what is known of it.
fn write(path: &Path, made: &Made, form: Form, checked: &Checked) -> anyhow::Result<()> {
    let mut facts = (0, String::new());
    whole(path, &mut |out| {
        let mut hashing = Hashing::new(out);
        made.write(form, checked.rows, &mut hashing)?;
        facts = hashing.finish();
        Ok(())
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let written = manifest::Written { name: &name, bytes: facts.0, sha256: &facts.1 };
    let described = serde_json::to_string_pretty(&manifest::of(made, form, checked, written))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(manifest::ENDING);
    whole(Path::new(&beside), &mut |out| out.write_all(described.as_bytes()))
}

/// Written beside and renamed, so that no half file ever stands under the name.
fn whole(path: &Path, write: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) -> anyhow::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written = File::create(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // What cannot be removed either is named by the error all the same.
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| format!("{} に書き込めません", path.display()))
}
