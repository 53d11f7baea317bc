//! Recovery codes, to be printed or written down. They are shown once.

use leptos::prelude::*;
use shared::time::Timestamp;

/// Recovery codes that were just made.
#[derive(Debug, Clone)]
pub struct RecoveryCodes {
    /// Whose.
    pub login_name: String,
    /// Each good for one login, `XXXX-XXXX-XXXX-XXXX`.
    pub codes: Vec<String>,
    /// When they were made.
    pub at: Timestamp,
    /// Whether they take the place of others.
    pub renewed: bool,
}

/// The codes.
#[component]
pub fn RecoveryCodesPage(
    /// What it shows.
    model: RecoveryCodes,
) -> impl IntoView {
    let RecoveryCodes { login_name, codes, at, renewed } = model;
    let done = if renewed {
        "予備コードを作り直しました。前の予備コードは使えません。"
    } else {
        "二要素認証を設定しました。次のログインから、確認コードも入力します。ほかの画面のログインは終わりました。"
    };
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <p class="page-context"><a href="/account/second-factor">"二要素認証"</a></p>
        <h1>"予備コード"</h1>
        <p class="notice screen-only" role="status">{done}</p>
        <p class="page-lead screen-only">
            "認証アプリを使えないときに、確認コードの代わりに入力します。それぞれ1回だけ使えます。この画面は一度しか表示できません。いま印刷するか控えて、端末とは別の、他人に見られない場所に保管してください。"
        </p>
        <section class="recovery-codes" aria-label="予備コード">
            <ol>{codes}</ol>
            <p>"「市町村DXアンケート」のログイン名 " <code>{login_name}</code> " の予備コード。作成 " {at.date_time()}</p>
        </section>
        <p class="screen-only"><a href="/account">"アカウントの画面へ"</a></p>
    }
    .into_any()
}
