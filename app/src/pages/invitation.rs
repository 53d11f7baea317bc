//! `/invitation`, `/invitation/{token}`: setting the password of an account.

use leptos::prelude::*;
use shared::wire::FieldProblem;

use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::ErrorSummary;

/// `/invitation`: the code of a letter is posted there as `code`.
#[component]
pub fn InvitationCodePage(
    /// What was typed.
    typed: String,
    /// What is wrong with it.
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let errors = summary(&problems, "", &[("code", "コード")]);
    view! {
        <h1>"招待状のコードを入力する"</h1>
        <ErrorSummary errors />
        <p class="page-lead">"招待状に印刷された16文字のコードを入力してください。"</p>
        <form class="login-form" method="post" action="/invitation">
            <FormField
                name="code"
                label="コード"
                kind=InputKind::Code
                hint="例: 0123-4567-89AB-CDEF。大文字と小文字、ハイフンの有無は問いません。"
                value=typed
                required=true
                problems
            />
            <p class="actions"><button class="button button--primary" type="submit">"次へ進む"</button></p>
        </form>
    }
    .into_any()
}

/// What `/invitation/{token}` shows. Posted to its own address: `password`, and `repeated` the same.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its own address.
    pub action: String,
    /// Whose account.
    pub display_name: String,
    /// Its municipality's name.
    pub municipality: Option<String>,
    /// Its login name.
    pub login_name: String,
    /// Shortest password, in characters.
    pub shortest: usize,
    /// What is wrong.
    pub problems: Vec<FieldProblem>,
}

/// Names and words of the fields that set a password.
pub const PASSWORD_FIELDS: [(&str, &str); 3] =
    [("present", "現在のパスワード"), ("password", "新しいパスワード"), ("repeated", "新しいパスワード（確認）")];

/// Setting the password.
#[component]
pub fn InvitationPage(
    /// What it shows.
    model: Invitation,
) -> impl IntoView {
    let Invitation { action, display_name, municipality, login_name, shortest, problems } = model;
    let errors = summary(&problems, "", &PASSWORD_FIELDS);
    let municipality = municipality.map(|name| view! { <dt>"市町村"</dt> <dd>{name}</dd> });
    view! {
        <h1>"パスワードを設定する"</h1>
        <ErrorSummary errors />
        <dl class="facts">
            {municipality}
            <dt>"名前"</dt>
            <dd>{display_name}</dd>
            <dt>"ログイン名"</dt>
            <dd><code>{login_name.clone()}</code></dd>
        </dl>
        <form class="login-form" method="post" action=action>
            // Password managers keep both together.
            <input type="hidden" name="username" autocomplete="username" value=login_name />
            <NewPassword shortest problems />
            <p class="actions"><button class="button button--primary" type="submit">"パスワードを設定する"</button></p>
        </form>
    }
    .into_any()
}

/// A new password, twice.
#[component]
pub fn NewPassword(
    /// Shortest, in characters.
    shortest: usize,
    /// What is wrong.
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    view! {
        <FormField
            name="password"
            label="新しいパスワード"
            kind=InputKind::NewPassword
            hint=format!("{shortest}文字以上。日本語も使えます。ほかのサービスと同じものは避けてください。")
            required=true
            problems=problems.clone()
        />
        <FormField
            name="repeated"
            label="新しいパスワード（確認）"
            kind=InputKind::NewPassword
            hint="同じものをもう一度入力してください。"
            required=true
            problems
        />
    }
    .into_any()
}
