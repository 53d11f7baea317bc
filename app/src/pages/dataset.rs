//! `/data/{period}/{dataset}`: what a dataset holds, and its files.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use crate::components::table_frame::TableFrame;

/// A dataset of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct DatasetModel {
    /// Its name with the period.
    pub title: String,
    /// What it holds, in a sentence or two.
    pub description: String,
    /// What it covers.
    pub period: String,
    /// Who may download it.
    pub audience: Visibility,
    /// When its contents last changed; `None` for what stands now.
    pub updated: Option<Timestamp>,
    /// Its permanent address.
    pub address: String,
    /// The name and the address of each form.
    pub files: Vec<(&'static str, String)>,
    /// The other encodings of the CSV: the name and the address of each.
    pub encoded: Vec<(&'static str, String)>,
    /// Address of the manifest of the CSV.
    pub manifest: String,
    /// Its columns, in order.
    pub columns: Vec<ColumnOfDataset>,
    /// What a reader must know, each a sentence or two.
    pub notes: Vec<String>,
    /// The same as JSON-LD for search engines, where it is public.
    pub structured: Option<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnOfDataset {
    /// Its name in files.
    pub name: String,
    /// Its name in Japanese.
    pub label: String,
    /// Unit of its numbers; empty where it has none.
    pub unit: String,
    /// What it means.
    pub description: String,
}

/// A dataset of one period.
#[component]
pub fn DatasetPage(
    /// What it shows.
    model: DatasetModel,
) -> impl IntoView {
    let files = model.files.into_iter().map(|(form, href)| {
        let label = format!("{form}：{}", model.title);
        view! { <li><a href=href download aria-label=label>{form}</a></li> }
    });
    let files = files.collect_view();
    let encoded = model.encoded.into_iter().map(|(encoding, href)| {
        let label = format!("CSV、{encoding}：{}", model.title);
        // Where characters are missing in the encoding, a page comes that says so.
        view! { <li><a href=href aria-label=label>{format!("CSV、{encoding}")}</a></li> }
    });
    let encoded = encoded.collect_view();
    let licence = (model.audience == Visibility::Public).then(|| {
        view! {
            <dt>"利用条件"</dt>
            <dd>
                <a href="https://creativecommons.org/licenses/by/4.0/deed.ja">"クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）"</a>
            </dd>
        }
    });
    let columns = model.columns.into_iter().map(|column| {
        view! {
            <tr>
                <th scope="row">{column.name}</th>
                <td>{column.label}</td>
                <td>{column.unit}</td>
                <td>{column.description}</td>
            </tr>
        }
    });
    let notes = (!model.notes.is_empty()).then(|| {
        let notes = model.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! {
            <section class="section" aria-labelledby="notes">
                <h2 id="notes">"注記"</h2>
                <ul>{notes}</ul>
            </section>
        }
    });
    let structured = model.structured.map(
        |structured| view! { <script type="application/ld+json" nonce=use_nonce() inner_html=structured></script> },
    );
    view! {
        <p class="page-context"><a href="/data">"データ"</a></p>
        <h1>{model.title}</h1>
        <p class="page-lead">{model.description}</p>
        <dl class="facts">
            <dt>"期間"</dt>
            <dd>{model.period}</dd>
            <dt>"公開範囲"</dt>
            <dd>{model.audience.label()}</dd>
            {licence}
            <dt>"更新"</dt>
            <dd>{model.updated.map_or_else(|| "いまの内容".to_owned(), Timestamp::date)}</dd>
            <dt>"アドレス（変わりません）"</dt>
            <dd class="hash">{model.address}</dd>
        </dl>
        <section class="section" aria-labelledby="files">
            <h2 id="files">"ファイル"</h2>
            <ul class="file-links">
                {files}
                {encoded}
                <li><a href=model.manifest>"ハッシュ値など"</a></li>
            </ul>
        </section>
        <section class="section" aria-labelledby="columns">
            <h2 id="columns">"列"</h2>
            <TableFrame label="列">
                <table class="table">
                    <caption>"列"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"列の名前"</th>
                            <th scope="col">"日本語の名前"</th>
                            <th scope="col">"単位"</th>
                            <th scope="col">"説明"</th>
                        </tr>
                    </thead>
                    <tbody>{columns.collect_view()}</tbody>
                </table>
            </TableFrame>
        </section>
        {notes}
        {structured}
    }
    .into_any()
}
