//! A file that changes many rows at once: chosen, read, shown, and only then saved.

use leptos::prelude::*;

use super::form_field::FileInput;
use super::table_frame::TableFrame;

/// Encodings that can be chosen: code and words.
const ENCODINGS: [(&str, &str); 5] = [
    ("", "自動で判定する"),
    ("utf-8", "UTF-8"),
    ("cp932", "Shift_JIS（CP932）"),
    ("utf-16le", "UTF-16（Unicodeテキスト）"),
    ("utf-16be", "UTF-16（ビッグエンディアン）"),
];

/// What a file would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file's name.
    pub file: String,
    /// The encoding that it was read in.
    pub encoding: String,
    /// Its text, to be sent back with the decision.
    pub text: String,
    /// The changes' fingerprint: what is saved is what was shown.
    pub fingerprint: String,
    /// Rows of the file that change nothing.
    pub unchanged: usize,
    /// The changes.
    pub changes: Vec<PreviewedChange>,
    /// Something else was changed meanwhile: the changes are shown anew.
    pub overtaken: bool,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewedChange {
    /// Of which row.
    pub label: String,
    /// Of what.
    pub field: String,
    /// Before; empty for nothing.
    pub from: String,
    /// After; empty for nothing.
    pub to: String,
}

/// Chooses a file: `file`, `encoding`.
#[component]
pub fn FileForm(
    /// Where it is sent.
    action: &'static str,
    /// The faults of the last one, each with its place; none where there was none.
    refused: Vec<String>,
) -> impl IntoView {
    let invalid = !refused.is_empty();
    let refused = invalid.then(|| {
        let faults = refused.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true id="error-summary">
                <p class="error-summary-heading">"ファイルを読み込めませんでした。何も変えていません"</p>
                <ul>{faults}</ul>
            </div>
        }
    });
    view! {
        {refused}
        <form class="kpi-form" method="post" enctype="multipart/form-data" action=action>
            <div class="form-field">
                <FileInput label="CSVファイル（8MBまで）" accept=".csv,.txt,text/csv" refused=invalid.then_some("error-summary") />
            </div>
            <EncodingField />
            <p class="actions">
                <button class="button" type="submit">"読み込んで確認する"</button>
            </p>
            <p>"読み込んだだけでは何も変わりません。変わるところを確認してから保存します。"</p>
        </form>
    }
    .into_any()
}

/// Chooses the encoding of a file of text: `encoding`, with the id `f-encoding`.
#[component]
pub fn EncodingField() -> impl IntoView {
    let options = ENCODINGS.map(|(code, words)| view! { <option value=code>{words}</option> });
    view! {
        <div class="form-field">
            <label for="f-encoding">"文字コード"</label>
            <select id="f-encoding" name="encoding">{options}</select>
        </div>
    }
    .into_any()
}

/// The changes, and the button that saves them.
#[component]
pub fn FilePreview(
    /// What would change.
    preview: Preview,
    /// Where the decision is sent.
    action: &'static str,
    /// Where nothing is changed.
    back: &'static str,
) -> impl IntoView {
    let Preview { file, encoding, text, fingerprint, unchanged, changes, overtaken } = preview;
    let count = changes.len();
    let or_blank = |text: String| if text.is_empty() { "（空欄）".to_owned() } else { text };
    let row = |change: PreviewedChange| {
        view! {
            <tr>
                <th scope="row" class="text">{change.label}</th>
                <td>{change.field}</td>
                <td class="text">{or_blank(change.from)}</td>
                <td class="text">{or_blank(change.to)}</td>
            </tr>
        }
    };
    let rows = changes.into_iter().map(row).collect_view();
    let overtaken = overtaken.then(|| {
        view! {
            <p class="notice" role="alert">
                "確認している間に変更がありました。いまの内容と比べ直しています。もう一度確認してください。"
            </p>
        }
    });
    view! {
        {overtaken}
        {(count == 0).then(|| view! { <p>"いまの内容と同じです。保存するものはありません。"</p> })}
        <p>{format!("{file}（{encoding}）：変わるところ {count}件、変わらない行 {unchanged}行。")}</p>
        {(count > 0).then(|| view! {
            <TableFrame label="変わるところ">
                <table class="table">
                    <caption>"変わるところ"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"行"</th>
                            <th scope="col">"項目"</th>
                            <th scope="col">"いまの内容"</th>
                            <th scope="col">"ファイルの内容"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        })}
        <form method="post" action=action>
            <input type="hidden" name="file" value=file />
            <input type="hidden" name="encoding" value=encoding />
            <input type="hidden" name="fingerprint" value=fingerprint />
            <input type="hidden" name="text" value=text />
            <p class="actions">
                {(count > 0).then(|| view! { <button class="button button--primary" type="submit">"この内容で保存する"</button> })}
                <a class="button" href=back>"保存しないで戻る"</a>
            </p>
        </form>
    }
    .into_any()
}
