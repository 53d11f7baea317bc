//! `/data/exports/{id}`: how far an ordered file is.

use leptos::either::EitherOf4;
use leptos::prelude::*;

use crate::components::format;

/// An ordered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataExport {
    /// Address of this page.
    pub address: String,
    /// What is made: dataset, period and form.
    pub title: String,
    /// How far it is.
    pub state: ExportState,
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportState {
    /// Others are made before.
    Waiting,
    /// It is made.
    Making {
        /// Rows written.
        done: u64,
        /// Rows in all.
        total: u64,
    },
    /// It can be fetched.
    Made {
        /// Its size.
        bytes: u64,
        /// Its rows.
        rows: u64,
        /// SHA-256 of its bytes, in hexadecimal.
        sha256: String,
    },
    /// It was stopped.
    Stopped,
    /// The form cannot carry it, and why.
    Refused(String),
    /// The server failed.
    Failed,
}

/// How far an ordered file is.
#[component]
pub fn DataExportPage(
    /// What it shows.
    model: DataExport,
) -> impl IntoView {
    let DataExport { address, title, state } = model;
    let again = || "データの画面から、もう一度作成してください。".to_owned();
    let (sentence, part) = match state {
        ExportState::Waiting => {
            ("順番を待っています。".to_owned(), EitherOf4::A(view! { <Watched address=address progress=None /> }))
        }
        ExportState::Making { done, total } => {
            let sentence = if done < total {
                format!("{}行のうち{}行を書き込みました。", format::thousands(total), format::thousands(done))
            } else {
                "行をすべて書き込みました。ファイルを仕上げています。".to_owned()
            };
            (sentence, EitherOf4::B(view! { <Watched address=address progress=Some((done, total)) /> }))
        }
        ExportState::Made { bytes, rows, sha256 } => {
            let sentence = format!("ファイルができました（{}行、{}）。", format::thousands(rows), format::bytes(bytes));
            let file = format!("{address}/file");
            let manifest = format!("{file}-metadata.json");
            let fetch = view! {
                <p class="actions"><a class="button button--primary" href=file download>"ダウンロードする"</a></p>
                <dl class="facts">
                    <dt>"SHA-256"</dt>
                    <dd class="hash">{sha256}</dd>
                    <dt>"出どころ"</dt>
                    <dd><a href=manifest>"年度、公表の版、列、ハッシュ値など（JSON）"</a></dd>
                </dl>
                <p>"1時間ほどで消えます。必要なときは、もう一度作成してください。"</p>
            };
            (sentence, EitherOf4::C(fetch))
        }
        ExportState::Stopped => ("作成を止めました。".to_owned(), EitherOf4::D(again())),
        ExportState::Refused(reason) => (reason, EitherOf4::D(again())),
        ExportState::Failed => ("サーバーの不具合のため、作成できませんでした。".to_owned(), EitherOf4::D(again())),
    };
    view! {
        <h1>"ファイルの作成"</h1>
        <p class="page-lead">{title}</p>
        <p id="export-state">{sentence}</p>
        {part}
        <p><a href="/data">"データの画面に戻る"</a></p>
    }
    .into_any()
}

#[component]
fn Watched(address: String, progress: Option<(u64, u64)>) -> impl IntoView {
    let bar = progress.map(|(done, total)| {
        view! { <progress class="export-progress" max=total.max(1).to_string() value=done.to_string() aria-labelledby="export-state"></progress> }
    });
    let stop = format!("{address}/stop");
    view! {
        {bar}
        <p>
            "この画面は3秒ごとに新しくなります。閉じても作成は続きます。"
            <a href=address>"今の状況を表示する"</a>
        </p>
        <form method="post" action=stop>
            <button class="button" type="submit">"作成を止める"</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn page(state: ExportState) -> String {
        let (address, title) = ("/data/exports/1".to_owned(), "回答（全年度、Excel）".to_owned());
        plain(view! { <DataExportPage model=DataExport { address, title, state } /> })
    }

    #[test]
    fn what_is_made_can_be_watched_and_stopped_and_then_fetched() {
        let making = page(ExportState::Making { done: 1_200, total: 280_000 });
        assert!(making.contains("280,000行のうち1,200行"), "{making}");
        assert!(making.contains("max=\"280000\" value=\"1200\"") && making.contains("action=\"/data/exports/1/stop\""));
        assert!(page(ExportState::Making { done: 5, total: 5 }).contains("仕上げています"));
        let waiting = page(ExportState::Waiting);
        assert!(waiting.contains("順番を待って") && !waiting.contains("<progress"));
        let made = page(ExportState::Made { bytes: 2_000_000, rows: 5, sha256: "9f86d081".to_owned() });
        assert!(made.contains("href=\"/data/exports/1/file\"") && !made.contains("/stop"), "{made}");
        assert!(made.contains("9f86d081") && made.contains("href=\"/data/exports/1/file-metadata.json\""), "{made}");
        assert!(page(ExportState::Stopped).contains("止めました"));
        assert!(page(ExportState::Refused("収まりません".to_owned())).contains("収まりません"));
    }
}
