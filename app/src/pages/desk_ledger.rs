//! `/desk/kpi`: the KPI ledger's rows, and a file of it; `/desk/kpi/import`: what the file would change.

use leptos::prelude::*;

use crate::components::file_import::{FileForm, FilePreview, Preview};
use crate::components::table_frame::TableFrame;

/// What `/desk/kpi` shows.
#[derive(Debug, Clone)]
pub struct DeskLedger {
    /// The rows in the plan's order.
    pub rows: Vec<DeskLedgerRow>,
    /// How many changes were just saved from a file.
    pub saved: Option<usize>,
    /// The faults of an uploaded file, each with its place.
    pub refused: Vec<String>,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskLedgerRow {
    /// Its id.
    pub id: String,
    /// 基本目標 or the field.
    pub category: String,
    /// Its name.
    pub label: String,
    /// How often it is measured; empty where that is not known.
    pub frequency: &'static str,
    /// The responsible section; empty where that is not known.
    pub section: String,
    /// Period and value of the last one; empty without.
    pub last: String,
    /// What changed with it, in words.
    pub change: String,
}

/// The rows, and a file of them.
#[component]
pub fn DeskLedgerPage(
    /// What it shows.
    model: DeskLedger,
) -> impl IntoView {
    let DeskLedger { rows, saved, refused } = model;
    let or_dash = |text: String| if text.is_empty() { "－".to_owned() } else { text };
    let row = |row: DeskLedgerRow| {
        view! {
            <tr>
                <th scope="row" class="text"><a href=format!("/desk/kpi/{}", row.id)>{row.label}</a></th>
                <td>{row.category}</td>
                <td>{or_dash(row.frequency.to_owned())}</td>
                <td>{or_dash(row.section)}</td>
                <td>{or_dash(row.last)}</td>
                <td class="text">{or_dash(row.change)}</td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <p class="page-context">"県の管理"</p>
        <h1>"KPI台帳"</h1>
        <p class="page-lead">"指標を選ぶと、台帳の行と時期ごとの値を編集できます。まとめて直すときはCSVを使います。"</p>
        {saved.map(|count| view! { <p class="notice notice--success" role="status">{format!("ファイルから {count} 件の変更を保存しました。")}</p> })}
        <TableFrame label="KPI台帳">
            <table class="table">
                <caption>"KPI台帳の行"</caption>
                <thead>
                    <tr>
                        <th scope="col">"指標"</th>
                        <th scope="col">"区分"</th>
                        <th scope="col">"測る頻度"</th>
                        <th scope="col">"担当課"</th>
                        <th scope="col">"直近の値"</th>
                        <th scope="col">"変化"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
        <section class="section" aria-labelledby="files">
            <h2 id="files">"CSVでまとめて直す"</h2>
            <p>"次のファイルをダウンロードして直し、そのままアップロードします。"</p>
            <ul>
                <li><a href="/data/all/kpis.csv">"KPI台帳の行（CSV）"</a> "：指標名、基準値、目標値、頻度など"</li>
                <li>
                    <a href="/data/all/kpi-values.csv">"KPIの値（CSV）"</a>
                    "：1行に1つの値。新しい時期の値は、行を足して kpi、period、value を入力します。"
                </li>
            </ul>
            <FileForm action="/desk/kpi/import" refused />
            <p><a href="/indicators#ledger">"公開しているページを見る"</a></p>
        </section>
    }
    .into_any()
}

/// What a file would change.
#[component]
pub fn LedgerPreviewPage(
    /// What it shows.
    model: Preview,
) -> impl IntoView {
    view! {
        <p class="page-context">"KPI台帳"</p>
        <h1>"ファイルの内容を確認する"</h1>
        <FilePreview preview=model action="/desk/kpi/import/save" back="/desk/kpi" />
    }
    .into_any()
}
