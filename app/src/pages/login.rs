//! `/login`: name and password.

use leptos::prelude::*;

use crate::components::table_frame::TableFrame;

/// The login form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// What was typed before, kept after a refusal.
    pub login_name: String,
    /// Why the last attempt was refused.
    pub error: Option<String>,
    /// Where to go afterwards: a path of this site.
    pub next: Option<String>,
    /// Accounts anybody may try; only in demonstrations.
    pub demo_accounts: Vec<DemoAccount>,
}

/// An account of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Login name.
    pub login_name: String,
    /// Password.
    pub password: String,
    /// Who it stands for, e.g. 「青森市 回答者」.
    pub label: String,
}

/// The login form: POST `/login` with `login_name`, `password` and `next`.
#[component]
pub fn LoginPage(
    /// What it shows.
    model: Login,
) -> impl IntoView {
    let Login { login_name, error, next, demo_accounts } = model;
    let refused = error.is_some();
    let described = refused.then_some("login-error");
    let error = error.map(|error| {
        view! { <p class="form-error" id="login-error" role="alert">"＊" {error}</p> }
    });
    let next = next.map(|next| view! { <input type="hidden" name="next" value=next /> });
    view! {
        <h1>"ログイン"</h1>
        <p class="page-lead">"市町村と県の担当者の入口です。結果・指標・公表データはログインせずに見られます。"</p>
        <form class="login-form" method="post" action="/login">
            {error}
            <div class="form-field">
                <label for="login_name">"ログイン名"</label>
                <input
                    id="login_name"
                    name="login_name"
                    type="text"
                    value=login_name
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-invalid=refused.then_some("true")
                    aria-describedby=described
                />
            </div>
            <div class="form-field">
                <label for="password">"パスワード"</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    aria-invalid=refused.then_some("true")
                    aria-describedby=described
                />
            </div>
            {next}
            <div class="actions">
                <button class="button button--primary" type="submit">"ログインする"</button>
            </div>
        </form>
        {(!demo_accounts.is_empty()).then(|| view! { <DemoAccounts accounts=demo_accounts /> })}
    }
    .into_any()
}

#[component]
fn DemoAccounts(accounts: Vec<DemoAccount>) -> impl IntoView {
    let rows = accounts.into_iter().map(|account| {
        view! {
            <tr>
                <th scope="row">{account.label}</th>
                <td><code>{account.login_name}</code></td>
                <td><code>{account.password}</code></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts">"デモ用のアカウント"</h2>
            <TableFrame label="デモ用のアカウント">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"立場"</th>
                            <th scope="col">"ログイン名"</th>
                            <th scope="col">"パスワード"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        </section>
    }
    .into_any()
}
