//! `/desk/roadmap`: the roadmap's items, and a file of it; `/desk/roadmap/import`: what the file would change.

use leptos::prelude::*;
use shared::visibility::Visibility;

use crate::components::file_import::{FileForm, FilePreview, Preview};
use crate::components::table_frame::TableFrame;

/// What `/desk/roadmap` shows.
#[derive(Debug, Clone)]
pub struct DeskRoadmap {
    /// The items in the plan's order.
    pub rows: Vec<DeskRoadmapRow>,
    /// How many changes were just saved from a file.
    pub saved: Option<usize>,
    /// The faults of an uploaded file, each with its place.
    pub refused: Vec<String>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRoadmapRow {
    /// Its id.
    pub id: String,
    /// The area.
    pub area: String,
    /// 取組方針
    pub measure: String,
    /// Steps done, and all of them.
    pub steps: (usize, usize),
    /// For whom it is.
    pub visibility: Visibility,
    /// The last half-year's status in words; empty without.
    pub status: String,
}

/// The items, and a file of them.
#[component]
pub fn DeskRoadmapPage(
    /// What it shows.
    model: DeskRoadmap,
) -> impl IntoView {
    let DeskRoadmap { rows, saved, refused } = model;
    let row = |row: DeskRoadmapRow| {
        let steps = match row.steps {
            (_, 0) => "－".to_owned(),
            (done, all) => format!("{done}／{all}"),
        };
        view! {
            <tr>
                <th scope="row" class="text"><a href=format!("/desk/roadmap/{}", row.id)>{row.measure}</a></th>
                <td>{row.area}</td>
                <td class="number">{steps}</td>
                <td>{if row.status.is_empty() { "－".to_owned() } else { row.status }}</td>
                <td>{row.visibility.label()}</td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <p class="page-context">"県の管理"</p>
        <h1>"プランの工程表"</h1>
        <p class="page-lead">"取組方針を選ぶと、工程、公開範囲、関連するKPIと、半年ごとの状況を編集できます。"</p>
        {saved.map(|count| view! { <p class="notice notice--success" role="status">{format!("ファイルから {count} 件の変更を保存しました。")}</p> })}
        <TableFrame label="工程表">
            <table class="table">
                <caption>"取組方針"</caption>
                <thead>
                    <tr>
                        <th scope="col">"取組方針"</th>
                        <th scope="col">"項目"</th>
                        <th scope="col" class="number">"工程（済／全部）"</th>
                        <th scope="col">"直近の状況"</th>
                        <th scope="col">"公開範囲"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
        <section class="section" aria-labelledby="files">
            <h2 id="files">"CSVでまとめて直す"</h2>
            <p>"次のファイルをダウンロードして直し、そのままアップロードします。"</p>
            <ul>
                <li><a href="/data/all/roadmap.csv?scope=all">"工程表（CSV）"</a> "：取組方針、工程、関連するKPI、公開範囲"</li>
                <li>
                    <a href="/data/all/roadmap-reviews.csv?scope=all">"工程表の状況（CSV）"</a>
                    "：1行に1つの半年。新しい半年は、行を足して item、period、status、note を入力します。"
                </li>
            </ul>
            <FileForm action="/desk/roadmap/import" refused />
            <p><a href="/roadmap">"公開しているページを見る"</a></p>
        </section>
    }
    .into_any()
}

/// What a file would change.
#[component]
pub fn RoadmapPreviewPage(
    /// What it shows.
    model: Preview,
) -> impl IntoView {
    view! {
        <p class="page-context">"プランの工程表"</p>
        <h1>"ファイルの内容を確認する"</h1>
        <FilePreview preview=model action="/desk/roadmap/import/save" back="/desk/roadmap" />
    }
    .into_any()
}
