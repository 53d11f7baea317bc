//! `/login/code`: the code of a second factor, after the password.

use leptos::prelude::*;

use super::login::{CodeField, Resumed};

/// The second step of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginCode {
    /// Why the last code was refused.
    pub error: Option<String>,
    /// Where to go afterwards: a path of this site.
    pub next: Option<String>,
    /// What goes on by itself afterwards, with `.code`.
    pub resumed: Option<Resumed>,
}

/// The code: POST `/login/code` with `code` and `next`; or in place of a form that it then sends.
#[component]
pub fn LoginCodePage(
    /// What it shows.
    model: LoginCode,
) -> impl IntoView {
    let LoginCode { error, next, resumed } = model;
    let refused = error.is_some();
    let error = error.map(|error| view! { <p class="form-error" id="login-error" role="alert">"＊" {error}</p> });
    let next = next.map(|next| view! { <input type="hidden" name="next" value=next /> });
    let kept = resumed.is_some().then(|| {
        view! { <p class="notice">"入力した内容はまだ保存されていませんが、この画面が預かっています。ログインすると、続けて保存します。"</p> }
    });
    let (action, prefix, carried, button) = match resumed {
        None => ("/login/code".to_owned(), "", Vec::new(), "ログインする"),
        Some(Resumed { action, carried }) => (action, ".", carried, "ログインして保存を続ける"),
    };
    let again = prefix.is_empty().then(|| view! { <p><a href="/login">"ログイン名の入力に戻る"</a></p> });
    let carried = carried.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <h1>"確認コードを入力する"</h1>
        <p class="page-lead">"パスワードを確認しました。認証アプリに表示されている6桁の確認コードを入力してください。"</p>
        {kept}
        <form class="login-form" method="post" action=action>
            {error}
            <CodeField prefix refused described_by="login-error" disabled=false />
            {next}
            {carried.collect_view()}
            <div class="actions">
                <button class="button button--primary" type="submit">{button}</button>
            </div>
        </form>
        <p>"認証アプリを使えないときは、控えてある予備コードを1つ入力してください。どちらも使えないときは、県の担当へ連絡してください。"</p>
        {again}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_was_typed_before_is_carried_on_and_no_code_is_shown_again() {
        let resumed = Resumed {
            action: "/answer/2026/cases".into(),
            carried: vec![("free_1_name".into(), "\"><script>alert(1)</script>".into())],
        };
        let model =
            LoginCode { error: Some("確認コードが違います。".into()), next: None, resumed: Some(resumed) };
        let html = plain(view! { <LoginCodePage model /> });
        assert!(html.contains("action=\"/answer/2026/cases\"") && html.contains("name=\".code\""), "{html}");
        assert!(html.contains("name=\"free_1_name\"") && !html.contains("<script>"), "{html}");
        assert!(html.contains("＊確認コードが違います。") && html.contains("aria-invalid=\"true\""), "{html}");
    }
}
