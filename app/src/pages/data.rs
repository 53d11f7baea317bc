//! `/data`: what can be downloaded, in which form, for whom.

use leptos::prelude::*;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::components::format;
use crate::components::table_frame::TableFrame;

/// Everything the viewer may download.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// Data sets, newest first.
    pub datasets: Vec<Dataset>,
}

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its name.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// What it covers, e.g. 「令和7年度（2025年度）」.
    pub period: String,
    /// Who may download it.
    pub audience: Visibility,
    /// In which form.
    pub format: Format,
    /// Rows without the heading, where it is a table.
    pub rows: Option<u64>,
    /// Size in bytes, where known without making the file.
    pub bytes: Option<u64>,
    /// When its contents last changed.
    pub updated: Timestamp,
    /// Where to download it.
    pub href: String,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
}

impl Format {
    /// Every form, in the order explained.
    const ALL: [Self; 2] = [Self::Csv, Self::Json];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// What it is, in one line.
    fn explanation(self) -> &'static str {
        match self {
            Self::Csv => "表計算ソフトでそのまま開けます。文字コードはUTF-8（BOM付き）です。",
            Self::Json => "プログラムで読むための形式です。文字コードはUTF-8です。",
        }
    }
}

/// Everything the viewer may download.
#[component]
pub fn DataPage(
    /// What it shows.
    model: Data,
) -> impl IntoView {
    let empty = model.datasets.is_empty();
    let rows = model.datasets.into_iter().map(|dataset| view! { <Row dataset /> }).collect_view();
    let formats = Format::ALL.map(|format| view! { <dt>{format.label()}</dt> <dd>{format.explanation()}</dd> });
    view! {
        <h1>"データ"</h1>
        <p class="page-lead">"公表された結果をダウンロードできます。値と状態（無回答、未提出など）は別の列に分かれています。"</p>
        <p>"図や表で見るときは、" <a href="/results">"設問ごとの結果"</a> "を開いてください。図と表はそれぞれダウンロードできます。"</p>
        <section class="section" aria-labelledby="datasets">
            <h2 id="datasets">"ダウンロード"</h2>
            {empty.then(|| view! { <p>"公表されたデータはまだありません。公表されると、ここに表示されます。"</p> })}
            {(!empty).then(|| view! {
                <TableFrame label="ダウンロードできるデータ">
                    <table class="table">
                        <caption>"ダウンロードできるデータ"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"データ"</th>
                                <th scope="col">"期間"</th>
                                <th scope="col">"公開範囲"</th>
                                <th scope="col">"形式"</th>
                                <th scope="col" class="number">"行数"</th>
                                <th scope="col" class="number">"大きさ"</th>
                                <th scope="col">"更新"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableFrame>
            })}
        </section>
        <section class="section" aria-labelledby="formats">
            <h2 id="formats">"形式の説明"</h2>
            <dl class="facts">{formats.collect_view()}</dl>
        </section>
        <section class="section" aria-labelledby="api">
            <h2 id="api">"API"</h2>
            <p>
                "同じデータをJSONで取得できます。仕様は"
                <a href="/api/v1/openapi.json">"OpenAPI 3.1の文書（/api/v1/openapi.json）"</a>
                "にあります。"
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Row(dataset: Dataset) -> impl IntoView {
    let unknown = || "－".to_owned();
    view! {
        <tr>
            <th scope="row" class="text">
                <a href=dataset.href download>{format!("{}（{}）", dataset.title, dataset.format.label())}</a>
                <br />
                <small>{dataset.description}</small>
            </th>
            <td>{dataset.period}</td>
            <td>{dataset.audience.label()}</td>
            <td>{dataset.format.label()}</td>
            <td class="number">{dataset.rows.map_or_else(unknown, format::thousands)}</td>
            <td class="number">{dataset.bytes.map_or_else(unknown, format::bytes)}</td>
            <td class="keep">{dataset.updated.date()}</td>
        </tr>
    }
    .into_any()
}
