//! `/login`: name and password.

use leptos::prelude::*;
use shared::municipality::MunicipalityCode;

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
    /// Where one may sign in instead.
    pub provider: Option<ProviderLink>,
    /// What goes on by itself afterwards.
    pub resumed: Option<Resumed>,
    /// A password has just been set by an invitation.
    pub password_set: bool,
    /// Accounts anybody may try; only in demonstrations.
    pub demo_accounts: Vec<DemoAccount>,
}

/// An OpenID provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLink {
    /// What it is called.
    pub label: String,
    /// Leads there: a path of this site.
    pub address: String,
}

/// A form that came without a session: the login stands in its place and sends it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// Where the form was going; it signs in on the way, with `.login_name` and `.password`.
    pub action: String,
    /// Everything that was typed, by name.
    pub carried: Vec<(String, String)>,
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

/// The login form: POST `/login` with `login_name`, `password` and `next`; or in place of a form that it then sends.
#[component]
pub fn LoginPage(
    /// What it shows.
    model: Login,
) -> impl IntoView {
    let Login { login_name, error, next, provider, resumed, password_set, demo_accounts } = model;
    let lead = match (&resumed, &error) {
        (None, _) => "市町村と県の担当者の入口です。結果・指標・公表データはログインせずに見られます。",
        (Some(_), None) => {
            "ログインの有効期限が切れました。入力した内容はまだ保存されていませんが、この画面が預かっています。\
             ログインすると、続けて保存します。"
        }
        (Some(_), Some(_)) => {
            "入力した内容はまだ保存されていませんが、この画面が預かっています。ログインすると、続けて保存します。"
        }
    };
    let (refused, first) = (error.is_some(), resumed.is_none());
    let error = error.map(|error| {
        view! { <p class="form-error" id="login-error" role="alert">"＊" {error}</p> }
    });
    let next = next.map(|next| view! { <input type="hidden" name="next" value=next /> });
    let (action, prefix, carried) = match resumed {
        None => ("/login".to_owned(), "", Vec::new()),
        Some(Resumed { action, carried }) => (action, ".", carried),
    };
    let provider = provider.map(|ProviderLink { label, address }| {
        view! { <p class="actions"><a class="button" href=address>{label} "でログインする"</a></p> }
    });
    let button = if prefix.is_empty() { "ログインする" } else { "ログインして保存を続ける" };
    let carried = carried.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <h1>"ログイン"</h1>
        <p class="page-lead">{lead}</p>
        {password_set.then(|| view! { <p class="notice" role="status">"パスワードを設定しました。新しいパスワードでログインしてください。"</p> })}
        <form class="login-form" method="post" action=action>
            {error}
            <Credentials prefix login_name refused described_by="login-error" />
            {next}
            {carried.collect_view()}
            <div class="actions">
                <button class="button button--primary" type="submit">{button}</button>
            </div>
        </form>
        {provider}
        {first.then(|| view! { <p>"招待状を受け取った方は、" <a href="/invitation">"招待状のコードを入力"</a> "してください。"</p> })}
        {(!demo_accounts.is_empty()).then(|| view! { <DemoAccounts accounts=demo_accounts /> })}
    }
    .into_any()
}

/// Name and password.
#[component]
fn Credentials(prefix: &'static str, login_name: String, refused: bool, described_by: &'static str) -> impl IntoView {
    let described = refused.then_some(described_by);
    view! {
        <div class="form-field">
            <label for="login_name">"ログイン名"</label>
            <input
                id="login_name"
                name=format!("{prefix}login_name")
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
                name=format!("{prefix}password")
                type="password"
                autocomplete="current-password"
                required
                aria-invalid=refused.then_some("true")
                aria-describedby=described
            />
        </div>
    }
    .into_any()
}

/// The code of a second factor.
#[component]
pub fn CodeField(
    /// Begins its name.
    prefix: &'static str,
    /// Whether the last one was refused.
    refused: bool,
    /// Where it is said why.
    described_by: &'static str,
    /// Whether it is out of use.
    disabled: bool,
) -> impl IntoView {
    view! {
        <div class="form-field">
            <label for="code">"確認コード"</label>
            <input
                id="code"
                name=format!("{prefix}code")
                type="text"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                required
                disabled=disabled
                aria-invalid=refused.then_some("true")
                aria-describedby=refused.then_some(described_by)
            />
        </div>
    }
    .into_any()
}

/// The login on a page whose session may end: out of sight until then. The island sends it and then what is unsaved.
#[component]
pub fn LoginInPlace(
    /// Only accounts of this municipality are taken.
    code: MunicipalityCode,
    /// Whoever opened the page.
    login_name: String,
) -> impl IntoView {
    view! {
        <form class="login-in-place" method="post" action="/login" data-session-ended="" hidden=true>
            <p>
                "ログインの有効期限が切れたか、ほかのログイン名に変わりました。入力した内容はこの画面に残っています。ここでログインし直すと、続けて保存します。"
            </p>
            <p class="form-error" id="login-error" role="alert"></p>
            <input type="hidden" name="municipality" value=code.to_string() />
            <div class="login-step" data-login-step="password">
                <Credentials prefix="" login_name refused=false described_by="" />
            </div>
            // Shown where the account has a second factor, in the place of name and password.
            <div class="login-step" data-login-step="code" hidden=true>
                <CodeField prefix="" refused=false described_by="login-error" disabled=true />
            </div>
            <button class="button" type="submit">"ログインする"</button>
        </form>
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
