//! `/desk/accounts/{id}`: one account, its changes, and its successor.

use leptos::prelude::*;
use shared::invitation::Standing;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::desk_accounts::{StandingWords, provider_stays};
use crate::components::account_fields::{ACCOUNT_FIELDS, AccountFields, AccountTyped, RoleChoice};
use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::ErrorSummary;

/// What `/desk/accounts/{id}` shows.
///
/// Posted to its own address: the fields of [`AccountTyped`] but the login name; to `…/disabling` and
/// `…/second-factor/removal`: nothing; to `…/succession`: the successor's `login_name`, `display_name` and `email`.
#[derive(Debug, Clone)]
pub struct DeskAccount {
    /// Its key.
    pub id: i64,
    /// Login name.
    pub login_name: String,
    /// Name shown, as stored.
    pub name: String,
    /// Whether it can be used.
    pub standing: Standing,
    /// What the OpenID provider is called that signs it in, where one does.
    pub provider: Option<String>,
    /// Drawn for the form that invites.
    pub request: String,
    /// Last login.
    pub last_login_at: Option<Timestamp>,
    /// Since when it has a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Key and name of the account it was handed over to.
    pub successor: Option<(i64, String)>,
    /// Whether it is the reader's own: neither invited, disabled nor handed over.
    pub own: bool,
    /// The roles to choose from.
    pub roles: Vec<RoleChoice>,
    /// What is stored or was typed.
    pub typed: AccountTyped,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
    /// What was typed of a successor.
    pub succession: AccountTyped,
    /// What is wrong with that.
    pub succession_problems: Vec<FieldProblem>,
}

/// Begins the ids of the successor's fields.
const SUCCESSOR: &str = "successor-";

/// One account.
#[component]
pub fn DeskAccountPage(
    /// What it shows.
    model: DeskAccount,
) -> impl IntoView {
    let DeskAccount { id, login_name, name, standing, last_login_at, successor, own, .. } = model.clone();
    let mut errors = summary(&model.problems, "", &ACCOUNT_FIELDS);
    errors.extend(summary(&model.succession_problems, SUCCESSOR, &ACCOUNT_FIELDS));
    let handed_over = successor.is_some();
    let successor = successor.map(|(id, name)| {
        view! { <dt>"後任"</dt> <dd><a href=format!("/desk/accounts/{id}")>{name}</a></dd> }
    });
    let action = format!("/desk/accounts/{id}");
    let second_factor = model.second_factor_since;
    let (provider, request) = (model.provider, model.request);
    let stays = provider.as_deref().map(provider_stays);
    view! {
        <p class="page-context"><a href="/desk/accounts">"アカウント"</a></p>
        <h1>{name}</h1>
        <ErrorSummary errors />
        <dl class="facts">
            <dt>"ログイン名"</dt>
            <dd><code>{login_name}</code></dd>
            <dt>"状態"</dt>
            <dd><StandingWords standing provider /></dd>
            <dt>"前回のログイン"</dt>
            <dd>{last_login_at.map_or_else(|| "まだありません".to_owned(), Timestamp::date_time)}</dd>
            <dt>"二要素認証"</dt>
            <dd>{second_factor.map_or_else(|| "設定していません".to_owned(), |since| format!("設定しています（{}から）", since.date()))}</dd>
            {successor}
        </dl>
        <form class="account-form" method="post" action=action>
            <AccountFields typed=model.typed roles=model.roles new=false problems=model.problems />
            <p class="actions"><button class="button button--primary" type="submit">"変更を保存する"</button></p>
        </form>
        {own.then(|| view! { <p class="notice">"自分のアカウントです。パスワードは" <a href="/account">"アカウントの画面"</a> "で変更できます。"</p> })}
        {(!own && second_factor.is_some()).then(|| view! { <SecondFactorRemoval id /> })}
        {(!own && !handed_over).then(|| view! { <Ending id standing request stays typed=model.succession problems=model.succession_problems /> })}
    }
    .into_any()
}

/// Taking a second factor away.
#[component]
fn SecondFactorRemoval(id: i64) -> impl IntoView {
    view! {
        <section class="section">
            <h2>"二要素認証を解除する"</h2>
            <p>"認証アプリの端末も予備コードも使えなくなった人のために使います。本人であることを、電話などで確かめてから解除してください。ログイン中の画面は終わります。"</p>
            <form method="post" action=format!("/desk/accounts/{id}/second-factor/removal")>
                <p class="actions"><button class="button" type="submit">"二要素認証を解除する"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Inviting, disabling, handing over.
#[component]
fn Ending(
    id: i64,
    standing: Standing,
    request: String,
    stays: Option<String>,
    typed: AccountTyped,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let (invitation, verb) = match standing {
        Standing::Active => ("パスワードを忘れたときなどに、もう一度設定してもらいます。", "招待状を作り直す"),
        Standing::Invited(_) => ("渡した招待状は使えなくなり、新しいものだけが使えます。", "招待状を作り直す"),
        Standing::Uninvited => ("パスワードを設定してもらうための招待状を作ります。", "招待状を作る"),
        Standing::Disabled => ("招待状を作ると、また使えるようになります。", "招待状を作って、また使えるようにする"),
    };
    let disable = (standing != Standing::Disabled).then(|| {
        view! {
            <section class="section">
                <h2>"無効にする"</h2>
                <p>"すぐにログインできなくなり、ログイン中の画面も終わります。回答や記録は残ります。"</p>
                <form method="post" action=format!("/desk/accounts/{id}/disabling")>
                    <p class="actions"><button class="button" type="submit">"このアカウントを無効にする"</button></p>
                </form>
            </section>
        }
    });
    view! {
        <section class="section">
            <h2>"招待状"</h2>
            <p>{invitation} "これまでのパスワードと、ログイン中の画面は終わります。" {stays}</p>
            <form method="post" action="/desk/accounts/letters">
                <input type="hidden" name="request" value=request />
                <input type="hidden" name="account" value=id.to_string() />
                <p class="actions"><button class="button" type="submit">{verb}</button></p>
            </form>
        </section>
        <section class="section">
            <h2>"後任に引き継ぐ"</h2>
            <p>
                "人事異動のときに使います。後任のアカウントを作り、市町村・役割・比較グループと、確定していない調査で担当している分野を引き継ぎます。回答とやりとりは市町村のものなので、そのまま続けられます。このアカウントは無効になり、記録には今の名前のまま残ります。"
            </p>
            <form class="account-form" method="post" action=format!("/desk/accounts/{id}/succession")>
                <FormField
                    prefix=SUCCESSOR
                    name="login_name"
                    label="後任のログイン名"
                    kind=InputKind::Code
                    hint="半角英数字と . _ - @ の3〜64文字。"
                    value=typed.login_name
                    required=true
                    problems=problems.clone()
                />
                <FormField
                    prefix=SUCCESSOR
                    name="display_name"
                    label="後任の表示名"
                    kind=InputKind::Line
                    value=typed.display_name
                    required=true
                    problems=problems.clone()
                />
                <FormField
                    prefix=SUCCESSOR
                    name="email"
                    label="後任のメールアドレス"
                    kind=InputKind::Email
                    value=typed.email
                    required=false
                    problems
                />
                <p class="actions"><button class="button" type="submit">"後任に引き継ぐ"</button></p>
            </form>
        </section>
        {disable}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> DeskAccount {
        DeskAccount {
            id: 7,
            login_name: "aomori".into(),
            name: "企画課 佐藤".into(),
            standing: Standing::Active,
            provider: None,
            request: "drawn".into(),
            last_login_at: None,
            second_factor_since: None,
            successor: None,
            own: false,
            roles: vec![RoleChoice { code: "respondent", label: "回答者" }],
            typed: AccountTyped { municipality: "青森市".into(), ..AccountTyped::default() },
            problems: Vec::new(),
            succession: AccountTyped { login_name: "！".into(), ..AccountTyped::default() },
            succession_problems: vec![FieldProblem { field: "login_name".into(), message: "半角".into() }],
        }
    }

    #[test]
    fn an_account_is_changed_invited_handed_over_and_disabled() {
        let html = plain(view! { <DeskAccountPage model=model() /> });
        for action in ["7", "7/disabling", "7/succession", "letters"] {
            assert!(html.contains(&format!("action=\"/desk/accounts/{action}\"")), "{action}: {html}");
        }
        assert!(
            html.contains("name=\"request\" value=\"drawn\"") && !html.contains("招待状を作っても使えます"),
            "{html}"
        );
        let provider = Some("県の統合認証".into());
        let with = plain(view! { <DeskAccountPage model=DeskAccount { provider, ..model() } /> });
        assert!(with.contains("県の統合認証でのログインは、招待状を作っても使えます"), "{with}");
        assert_eq!(html.matches("button--primary").count(), 1);
        assert!(html.contains("href=\"#successor-login_name\"") && html.contains("value=\"！\""), "{html}");
    }

    #[test]
    fn a_second_factor_is_taken_away_from_others_only() {
        let removal = "action=\"/desk/accounts/7/second-factor/removal\"";
        let held = DeskAccount { second_factor_since: Some(Timestamp(0)), ..model() };
        assert!(plain(view! { <DeskAccountPage model=held.clone() /> }).contains(removal));
        for model in [DeskAccount { own: true, ..held }, model()] {
            assert!(!plain(view! { <DeskAccountPage model /> }).contains(removal));
        }
    }

    #[test]
    fn the_own_account_and_one_handed_over_are_only_changed() {
        let own = DeskAccount { own: true, ..model() };
        let old =
            DeskAccount { successor: Some((9, "企画課 鈴木".into())), standing: Standing::Disabled, ..model() };
        for model in [own, old] {
            let html = plain(view! { <DeskAccountPage model /> });
            assert!(
                !html.contains("/disabling") && !html.contains("/succession") && !html.contains("letters"),
                "{html}"
            );
        }
    }
}
