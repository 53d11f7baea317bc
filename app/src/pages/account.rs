//! `/account`: one's own account.

use leptos::prelude::*;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::invitation::{NewPassword, PASSWORD_FIELDS};
use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::ErrorSummary;

/// What `/account` shows. Posted to its own address: `present`, `password` and `repeated`.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// Login name.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// Its municipality's name.
    pub municipality: Option<String>,
    /// Its roles in words.
    pub roles: String,
    /// Where mail to it goes.
    pub email: Option<String>,
    /// When this session's login was.
    pub last_login_at: Option<Timestamp>,
    /// The login before.
    pub previous_login_at: Option<Timestamp>,
    /// Since when it has a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Shortest password, in characters.
    pub shortest: usize,
    /// What has just been done.
    pub done: Option<&'static str>,
    /// What is wrong with the form.
    pub problems: Vec<FieldProblem>,
}

/// One's own account.
#[component]
pub fn OwnAccountPage(
    /// What it shows.
    model: OwnAccount,
) -> impl IntoView {
    let OwnAccount { login_name, display_name, municipality, roles, email, .. } = model.clone();
    let errors = summary(&model.problems, "", &PASSWORD_FIELDS);
    let fact = |word: &'static str, fact: Option<String>| fact.map(|fact| view! { <dt>{word}</dt> <dd>{fact}</dd> });
    let previous =
        model.previous_login_at.map_or_else(|| "これが初めてのログインです".to_owned(), Timestamp::date_time);
    let (second_factor, link) = match model.second_factor_since {
        Some(since) => {
            let since = since.date();
            (
                format!("設定しています（{since}から）。ログインのとき、パスワードに加えて確認コードを入力します。"),
                "二要素認証の確認・解除",
            )
        }
        None => ("設定していません。パスワードだけでログインします。".to_owned(), "二要素認証を設定する"),
    };
    view! {
        <h1>"アカウント"</h1>
        <ErrorSummary errors />
        {model.done.map(|done| view! { <p class="notice" role="status">{done}</p> })}
        <dl class="facts">
            <dt>"ログイン名"</dt>
            <dd><code>{login_name.clone()}</code></dd>
            {fact("名前", Some(display_name))}
            {fact("市町村", municipality)}
            {fact("役割", Some(roles))}
            {fact("メールアドレス", Some(email.unwrap_or_else(|| "登録されていません".to_owned())))}
            {fact("今回のログイン", model.last_login_at.map(Timestamp::date_time))}
            {fact("前回のログイン", Some(previous))}
        </dl>
        <p>"前回のログインに覚えがないときは、パスワードを変更して、県の担当へ連絡してください。名前やメールアドレスの変更も県の担当が行います。"</p>
        <section class="section">
            <h2>"二要素認証"</h2>
            <p>{second_factor}</p>
            <p><a href="/account/second-factor">{link}</a></p>
        </section>
        <section class="section">
            <h2>"パスワードを変更する"</h2>
            <form class="login-form" method="post" action="/account">
                <input type="hidden" name="username" autocomplete="username" value=login_name />
                <FormField
                    name="present"
                    label="現在のパスワード"
                    kind=InputKind::Password
                    required=true
                    problems=model.problems.clone()
                />
                <NewPassword shortest=model.shortest problems=model.problems />
                <p class="actions"><button class="button button--primary" type="submit">"パスワードを変更する"</button></p>
            </form>
        </section>
    }
    .into_any()
}
