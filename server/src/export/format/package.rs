//! A Frictionless Data Package (<https://datapackage.org>): data, schema, codes, licence and hashes in one zip.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value as Json, json};
use shared::visibility::Visibility;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Encoding, Export, Hashing, csv, xlsx};
use crate::export::provenance::LICENCE;
use crate::export::table::{Column, Table};
use crate::export::text::escaped;

/// Writes the package; the archive needs no seeking, so it is passed on as it grows.
pub fn write(export: &Export, rows: u64, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut zip = Zip { zip: ZipWriter::new_stream(out), sums: Vec::new() };
    let mut resources = vec![zip.table("data", &export.provenance.title, export.table.as_ref())?];
    let columns = xlsx::columns(export.table.columns());
    resources.push(zip.table("columns", "項目の説明", &columns)?);
    if let Some(codebook) = &export.codebook {
        resources.push(zip.table("codebook", "調査票の設問と選択肢", codebook.as_ref())?);
    }
    zip.text("README.md", &readme(export, rows))?;
    if export.provenance.audience == Visibility::Public {
        zip.text("LICENSE.txt", &licence())?;
    }
    let descriptor = descriptor(export, rows, &resources);
    zip.text("datapackage.json", &serde_json::to_string_pretty(&descriptor)?)?;
    let sums = zip.sums.iter().fold(String::new(), |mut sums, (name, hash)| {
        let _ = writeln!(sums, "{hash}  {name}");
        sums
    });
    zip.text("SHA256SUMS", &sums)?;
    zip.zip.finish().map_err(failed)?.flush()
}

/// The archive, with the hash of each file so far.
struct Zip<'w> {
    zip: ZipWriter<zip::write::StreamWriter<&'w mut (dyn Write + Send)>>,
    sums: Vec<(String, String)>,
}

impl Zip<'_> {
    /// Adds a table as `data/NAME.csv` (UTF-8 without a byte order mark) and gives its resource.
    fn table(&mut self, name: &str, title: &str, table: &dyn Table) -> io::Result<Json> {
        let path = format!("data/{name}.csv");
        let (bytes, hash) = self.add(&path, |out| csv::write(table, Encoding::Utf8, out))?;
        Ok(json!({
            "name": name,
            "title": title,
            "type": "table",
            "path": path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": bytes,
            "hash": format!("sha256:{hash}"),
            "schema": { "fields": table.columns().iter().map(field).collect::<Vec<_>>(), "missingValues": [""] },
        }))
    }

    fn text(&mut self, path: &str, text: &str) -> io::Result<()> {
        self.add(path, |out| out.write_all(text.as_bytes())).map(drop)
    }

    fn add(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> io::Result<(u64, String)> {
        // The default time is that of the format's first second, whatever the clock says.
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
        self.zip.start_file(path, options).map_err(failed)?;
        let mut hashing = Hashing::new(&mut self.zip);
        write(&mut hashing)?;
        let (bytes, hash) = hashing.finish();
        self.sums.push((path.to_owned(), hash.clone()));
        Ok((bytes, hash))
    }
}

fn field(column: &Column) -> Json {
    let mut field = json!({
        "name": column.name,
        "title": column.label,
        "type": column.kind.name(),
        "description": column.description,
    });
    if let Some(unit) = &column.unit {
        field["unit"] = json!(unit);
    }
    if !column.codes.is_empty() {
        // As they stand in the file of lines.
        let codes: Vec<_> = column.codes.iter().map(|(code, _)| escaped(code)).collect();
        field["constraints"] = json!({ "enum": codes });
    }
    field
}

fn descriptor(export: &Export, rows: u64, resources: &[Json]) -> Json {
    let provenance = &export.provenance;
    let mut descriptor = json!({
        "name": format!("shirabe-{}", provenance.dataset),
        "title": provenance.title,
        "description": provenance.description,
        "profile": "data-package",
        "resources": resources,
        "shirabe": provenance.manifest(export.table.as_ref(), rows),
    });
    if provenance.audience == Visibility::Public {
        descriptor["licenses"] =
            json!([{ "name": LICENCE.0, "path": LICENCE.1, "title": "クリエイティブ・コモンズ 表示 4.0 国際" }]);
    }
    descriptor
}

fn readme(export: &Export, rows: u64) -> String {
    let mut text = format!("# {}\n\n", export.provenance.title);
    for (what, content) in export.provenance.lines(rows, export.table.columns().len()) {
        let _ = writeln!(text, "- {what}: {content}");
    }
    text.push_str(
        "\n## ファイル\n\n- `data/data.csv`: データ（UTF-8、BOMなし、1行目が項目名）\n- `data/columns.csv`: 項目の説明とコード表\n",
    );
    if export.codebook.is_some() {
        text.push_str("- `data/codebook.csv`: 調査票の設問と選択肢\n");
    }
    text.push_str(
        "- `datapackage.json`: 表の構造（Frictionless Data Package）\n- `SHA256SUMS`: 各ファイルのハッシュ値（`sha256sum -c SHA256SUMS` で確かめられます）\n\n\
        値の中の改行は `\\n`、`\\` は `\\\\` と書きます。先頭の `'` は、表計算ソフトが数式として実行しないように付けた印です。\n",
    );
    text
}

fn licence() -> String {
    format!(
        "このデータは、クリエイティブ・コモンズ 表示 4.0 国際（{}）の下で利用できます。\n{}\n",
        LICENCE.0, LICENCE.1
    )
}

fn failed(error: zip::result::ZipError) -> io::Error {
    error.into()
}
