//! `/desk/accounts/letters`: invitations, to be printed or passed on. They are shown once.

use leptos::prelude::*;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// What `/desk/accounts/letters` shows.
#[derive(Debug, Clone)]
pub struct DeskLetters {
    /// The letters, in the order in which they were asked for.
    pub letters: Vec<Letter>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Where the site is, without a slash at the end.
    pub address: String,
    /// When they were made.
    pub at: Timestamp,
}

/// One invitation.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Municipality's name, where there is one.
    pub municipality: Option<String>,
    /// Whom.
    pub display_name: String,
    /// Login name.
    pub login_name: String,
    /// What is typed where links do not open, `XXXX-XXXX-XXXX-XXXX`.
    pub code: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// The invitations: a table of links for the screen, a letter each for paper.
#[component]
pub fn DeskLettersPage(
    /// What it shows.
    model: DeskLetters,
) -> impl IntoView {
    let DeskLetters { letters, contact, address, at } = model;
    let links = letters
        .iter()
        .map(|letter| {
            let whom = whom(letter);
            view! {
                <tr>
                    <th scope="row">{whom}</th>
                    <td><code class="invitation-link">{link(&address, &letter.code)}</code></td>
                </tr>
            }
        })
        .collect_view();
    let sheets = letters
        .into_iter()
        .map(|letter| view! { <Sheet letter contact=contact.clone() address=address.clone() at /> })
        .collect_view();
    view! {
        <div class="screen-only">
            <p class="page-context"><a href="/desk/accounts">"アカウント"</a></p>
            <h1>"招待状"</h1>
            <p class="page-lead">
                "この画面は一度しか表示できません。印刷して渡すか、リンクを本人に送ってください。作り直すと、前の招待状は使えなくなります。"
            </p>
            <TableFrame label="招待のリンク">
                <table class="table">
                    <thead><tr><th scope="col">"だれに"</th><th scope="col">"リンク"</th></tr></thead>
                    <tbody>{links}</tbody>
                </table>
            </TableFrame>
            <p>"ブラウザの印刷で、1人1枚、A4判・縦の紙にできます。"</p>
        </div>
        {sheets}
    }
    .into_any()
}

fn whom(letter: &Letter) -> String {
    match &letter.municipality {
        Some(municipality) => format!("{municipality}　{}", letter.display_name),
        None => letter.display_name.clone(),
    }
}

fn link(address: &str, code: &str) -> String {
    format!("{address}/invitation/{code}")
}

#[component]
fn Sheet(letter: Letter, contact: Option<String>, address: String, at: Timestamp) -> impl IntoView {
    let whom = whom(&letter);
    let Letter { login_name, code, expires_at, .. } = letter;
    let contact = contact.map(|contact| view! { <dt>"お問い合わせ"</dt> <dd>{contact}</dd> });
    let link = link(&address, &code);
    view! {
        <article class="paper letter invitation">
            <p class="letter-date">{at.date()}</p>
            <p>{whom} "　様"</p>
            <h2>"「市町村DXアンケート」のアカウントのご案内"</h2>
            <p>"調査の画面に入るためのパスワードを、次の手順で設定してください。"</p>
            <ol>
                <li>"ブラウザで " <code>{address}"/invitation"</code> " を開きます。"</li>
                <li>"下のコードを入力します。大文字と小文字、ハイフンの有無は問いません。"</li>
                <li>"パスワードを決めて設定し、ログイン名とパスワードでログインします。"</li>
            </ol>
            <dl class="facts">
                <dt>"コード"</dt>
                <dd class="invitation-code">{code}</dd>
                <dt>"ログイン名"</dt>
                <dd><code>{login_name}</code></dd>
                <dt>"期限"</dt>
                <dd>{expires_at.date_time()} "まで（1回だけ使えます）"</dd>
                <dt>"リンク"</dt>
                <dd><code class="invitation-link">{link}</code></dd>
                {contact}
            </dl>
            <p>"期限が過ぎたとき、コードが使えないときは、県の担当へ連絡してください。新しい招待状をお送りします。"</p>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn a_letter_tells_where_to_go_what_to_type_and_until_when() {
        let at = |text: &str| Timestamp::parse_jst(text).unwrap();
        let model = DeskLetters {
            letters: vec![Letter {
                municipality: Some("おいらせ町".into()),
                display_name: "企画課 佐藤".into(),
                login_name: "oirase".into(),
                code: "0123-4567-89AB-CDEF".into(),
                expires_at: at("2026-12-01T17:00"),
            }],
            contact: Some("県DX推進課 017-000-0000".into()),
            address: "https://dx.example.lg.jp".into(),
            at: at("2026-11-10T09:00"),
        };
        let html = plain(view! { <DeskLettersPage model /> });
        for words in [
            "おいらせ町　企画課 佐藤",
            "https://dx.example.lg.jp/invitation/0123-4567-89AB-CDEF",
            "https://dx.example.lg.jp/invitation</code>",
            "<code>oirase</code>",
            "2026年12月1日（火） 17:00",
            "県DX推進課 017-000-0000",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains(" style="));
    }
}
