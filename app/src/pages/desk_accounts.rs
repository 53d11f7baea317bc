//! `/desk/accounts`: everybody who may sign in.

use leptos::either::Either;
use leptos::prelude::*;
use shared::invitation::Standing;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::account_fields::{ACCOUNT_FIELDS, AccountFields, AccountTyped, RoleChoice};
use crate::components::file_import::EncodingField;
use crate::components::form_field::summary;
use crate::components::question::ErrorSummary;
use crate::components::table_frame::TableFrame;

/// What `/desk/accounts` shows.
///
/// The table's form is posted to `/desk/accounts/letters` with `request` and `account`, once for each, or with `uninvited`,
/// once for each that is shown and was never invited, and `all`: `1`; the form for one account to
/// `/desk/accounts` with the fields of [`AccountTyped`]; the file to `/desk/accounts/file` as `file`; whether officers
/// must have a second factor to `/desk/accounts/second-factor` as `required`: `1` or `0`.
#[derive(Debug, Clone)]
pub struct DeskAccounts {
    /// Drawn for the table's form.
    pub request: String,
    /// What the OpenID provider is called, where people may sign in at one.
    pub provider: Option<String>,
    /// The accounts that are shown, by login name.
    pub rows: Vec<AccountRow>,
    /// How many there are.
    pub total: usize,
    /// `?q=`: part of a name, a login name or a municipality.
    pub asked: String,
    /// `?standing=`: only these; a code of [`STANDINGS`], empty for all.
    pub standing: String,
    /// The roles to choose from.
    pub roles: Vec<RoleChoice>,
    /// What was typed of a new account.
    pub typed: AccountTyped,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
    /// What is wrong with an uploaded file, a line each.
    pub faults: Vec<String>,
    /// The second factors of officers.
    pub second_factors: SecondFactors,
}

/// The second factors of officers.
#[derive(Debug, Clone, Copy)]
pub struct SecondFactors {
    /// Whether they must have one.
    pub required: bool,
    /// Officers whose accounts are not disabled.
    pub officers: usize,
    /// Those of them who have one.
    pub held: usize,
    /// Whether the reader has one, and so may demand it.
    pub own: bool,
}

/// One account.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Its key.
    pub id: i64,
    /// Login name.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// Its municipality's name.
    pub municipality: Option<String>,
    /// Its roles in words.
    pub roles: String,
    /// Whether mail can go to it.
    pub email: bool,
    /// Last login.
    pub last_login_at: Option<Timestamp>,
    /// Whether it can be used.
    pub standing: Standing,
    /// Whether the OpenID provider signs it in, with a password or without.
    pub by_provider: bool,
    /// Whether it can be invited: neither the reader's own nor handed over.
    pub invitable: bool,
}

/// The codes and words of [`DeskAccounts::standing`].
pub const STANDINGS: [(&str, &str); 4] = [
    ("active", Standing::Active.label()),
    ("invited", Standing::Invited(Timestamp(0)).label()),
    ("uninvited", Standing::Uninvited.label()),
    ("disabled", Standing::Disabled.label()),
];

/// Everybody who may sign in.
#[component]
pub fn DeskAccountsPage(
    /// What it shows.
    model: DeskAccounts,
) -> impl IntoView {
    let DeskAccounts {
        request,
        provider,
        rows,
        total,
        asked,
        standing,
        roles,
        typed,
        problems,
        faults,
        second_factors,
    } = model;
    let afterwards = match &provider {
        None => "追加しただけでは、まだログインできません。追加したあと、招待状を作って渡してください。".to_owned(),
        Some(label) => format!(
            "メールアドレスを登録した人は、追加するとすぐに{label}でログインできます。パスワードでログインする人には、追加したあと、招待状を作って渡してください。"
        ),
    };
    let refused = !problems.is_empty() || !faults.is_empty();
    let errors = summary(&problems, "", &ACCOUNT_FIELDS);
    view! {
        <p class="page-context"><a href="/desk">"県の管理"</a></p>
        <h1>"アカウント"</h1>
        <ErrorSummary errors />
        <Faults faults />
        <p class="page-lead">
            "招待状には、パスワードを設定するためのリンクとコードが載ります。1回だけ使え、期限があります。パスワードを忘れた人にも、招待状を作り直して渡します。"
        </p>
        <Filter asked standing />
        <Accounts request provider rows total />
        <section class="section" id="add">
            <h2>"アカウントを追加する"</h2>
            <p>{afterwards}</p>
            <details open=refused>
                <summary>"1件ずつ追加する"</summary>
                <form class="account-form" method="post" action="/desk/accounts">
                    <AccountFields typed roles new=true problems />
                    <p class="actions"><button class="button button--primary" type="submit">"追加する"</button></p>
                </form>
            </details>
            <details>
                <summary>"CSVかExcelのファイルでまとめて追加する"</summary>
                <p>
                    "1行目は見出しです。列は「ログイン名」「表示名」「役割」「市町村」「メールアドレス」で、役割は「回答者・承認者」のように並べられます。1件でも誤りがあれば、何も追加しません。"
                </p>
                <form class="account-form" method="post" action="/desk/accounts/file" enctype="multipart/form-data">
                    <div class="form-field">
                        <label for="file">"CSVファイルかExcelのブック"</label>
                        <input type="file" id="file" name="file" accept=".csv,.txt,.tsv,.xlsx,text/csv" />
                    </div>
                    <EncodingField />
                    <p class="actions"><button class="button" type="submit">"ファイルの全員を追加する"</button></p>
                </form>
            </details>
        </section>
        <OfficersSecondFactors second_factors />
    }
    .into_any()
}

#[component]
fn OfficersSecondFactors(second_factors: SecondFactors) -> impl IntoView {
    let SecondFactors { required, officers, held, own } = second_factors;
    let (stands, value, button) = if required {
        (
            "県担当には、二要素認証を必須にしています。設定していない県担当は、ログインすると設定の画面になり、設定を終えるまでほかの画面を使えません。",
            "0",
            "県担当の二要素認証を必須にしない",
        )
    } else {
        ("県担当の二要素認証は、任意です。", "1", "県担当の二要素認証を必須にする")
    };
    let form = if required || own {
        Either::Left(view! {
            <form method="post" action="/desk/accounts/second-factor">
                <input type="hidden" name="required" value=value />
                <p class="actions"><button class="button" type="submit">{button}</button></p>
            </form>
        })
    } else {
        Either::Right(view! {
            <p>"必須にするには、先に自分の" <a href="/account/second-factor">"二要素認証を設定"</a> "してください。"</p>
        })
    };
    view! {
        <section class="section" id="second-factor">
            <h2>"県担当の二要素認証"</h2>
            <p>{stands} {format!("県担当{officers}人のうち{held}人が設定しています。")}</p>
            <p>"OpenID Connectの認証基盤でのログインでは、二要素認証はその認証基盤の設定によります。また、APIトークンは、二要素認証なしで引き続き使えます。"</p>
            {form}
        </section>
    }
    .into_any()
}

#[component]
fn Faults(faults: Vec<String>) -> impl IntoView {
    (!faults.is_empty()).then(|| {
        let lines = faults.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true>
                <p class="error-summary-heading">"ファイルに誤りがあるため、何も追加していません"</p>
                <ul>{lines}</ul>
            </div>
        }
    })
}

#[component]
fn Filter(asked: String, standing: String) -> impl IntoView {
    let options = STANDINGS
        .into_iter()
        .map(|(code, label)| view! { <option value=code selected={code == standing}>{label}</option> })
        .collect_view();
    view! {
        <form class="filter" method="get" action="/desk/accounts">
            <div class="form-field">
                <label for="q">"名前・市町村"</label>
                <input type="text" id="q" name="q" value=asked />
            </div>
            <div class="form-field">
                <label for="standing">"状態"</label>
                <select id="standing" name="standing"><option value="">"すべて"</option>{options}</select>
            </div>
            <button class="button" type="submit">"絞り込む"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Accounts(request: String, provider: Option<String>, rows: Vec<AccountRow>, total: usize) -> impl IntoView {
    let caption = format!("アカウントの一覧（{total}件のうち{}件を表示）", rows.len());
    if rows.is_empty() {
        return Either::Left(view! { <p>{caption}</p> });
    }
    let uninvited: Vec<i64> = rows
        .iter()
        .filter(|row| row.invitable && matches!(row.standing, Standing::Uninvited))
        .map(|row| row.id)
        .collect();
    let all = (!uninvited.is_empty()).then(|| {
        let words = format!("表示している未招待の{}人の招待状を作る", uninvited.len());
        let ids = uninvited.iter().map(|id| view! { <input type="hidden" name="uninvited" value=id.to_string() /> });
        view! {
            {ids.collect_view()}
            <button class="button" type="submit" name="all" value="1">{words}</button>
        }
    });
    let rows = rows.into_iter().map(|row| {
        let provider = provider.clone().filter(|_| row.by_provider);
        view! { <Row row provider /> }
    });
    let rows = rows.collect_view();
    let stays = provider.as_deref().map(provider_stays);
    Either::Right(view! {
        <form method="post" action="/desk/accounts/letters">
            <input type="hidden" name="request" value=request />
            <TableFrame label="アカウントの一覧">
                <table class="table board accounts">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"選択"</th>
                            <th scope="col">"表示名"</th>
                            <th scope="col">"ログイン名"</th>
                            <th scope="col">"市町村"</th>
                            <th scope="col">"役割"</th>
                            <th scope="col">"状態"</th>
                            <th scope="col">"前回のログイン"</th>
                            <th scope="col">"メール"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
            <p class="notice">
                "招待状を作ると、選んだ人のこれまでのパスワードと招待状は使えなくなり、ログイン中の画面も終わります。"
                {stays}
            </p>
            <p class="actions">
                <button class="button" type="submit">"選んだ人の招待状を作る"</button>
                {all}
            </p>
        </form>
    })
}

#[component]
fn Row(row: AccountRow, provider: Option<String>) -> impl IntoView {
    let AccountRow { id, login_name, display_name, municipality, roles, email, last_login_at, .. } = row;
    let AccountRow { standing, invitable, .. } = row;
    let choose = invitable.then(|| {
        let label = format!("{display_name}を選ぶ");
        view! { <input type="checkbox" name="account" value=id.to_string() aria-label=label /> }
    });
    view! {
        <tr>
            <td>{choose}</td>
            <th scope="row"><a href=format!("/desk/accounts/{id}")>{display_name}</a></th>
            <td><code>{login_name}</code></td>
            <td>{municipality.unwrap_or_else(|| "－".to_owned())}</td>
            <td>{roles}</td>
            <td><StandingWords standing provider /></td>
            <td>{last_login_at.map_or_else(|| "－".to_owned(), Timestamp::date_time)}</td>
            <td>{if email { "あり" } else { "なし" }}</td>
        </tr>
    }
    .into_any()
}

/// How an account stands, in words.
#[component]
pub fn StandingWords(
    /// How.
    standing: Standing,
    /// What the OpenID provider is called that signs it in, where one does.
    provider: Option<String>,
) -> impl IntoView {
    let (class, label, further) = match (standing, provider) {
        (Standing::Active, _) => ("progress progress--done", standing.label(), None),
        (Standing::Invited(until), None) => {
            ("progress progress--open", standing.label(), Some(format!("（{}まで）", until.date())))
        }
        (Standing::Invited(until), Some(provider)) => {
            let further = format!("（{}まで。{provider}でもログインできます）", until.date());
            ("progress progress--open", standing.label(), Some(further))
        }
        // It has no password and needs none.
        (Standing::Uninvited, Some(provider)) => {
            ("progress progress--done", Standing::Active.label(), Some(format!("（{provider}でログイン）")))
        }
        (Standing::Uninvited, None) => ("progress progress--attention", standing.label(), None),
        (Standing::Disabled, _) => ("progress", standing.label(), None),
    };
    view! { <span class=class>{label}</span> {further} }
}

/// What an invitation leaves as it is.
pub fn provider_stays(provider: &str) -> String {
    format!(
        "{provider}でのログインは、招待状を作っても使えます。使えなくするには、アカウントを無効にするか、メールアドレスを消してください。"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> DeskAccounts {
        DeskAccounts {
            request: "drawn".into(),
            provider: None,
            rows: vec![
                AccountRow {
                    id: 7,
                    login_name: "aomori".into(),
                    display_name: "企画課 <佐藤>".into(),
                    municipality: Some("青森市".into()),
                    roles: "回答者".into(),
                    email: true,
                    last_login_at: None,
                    standing: Standing::Invited(Timestamp::parse_jst("2026-12-01T17:00").unwrap()),
                    by_provider: true,
                    invitable: true,
                },
                AccountRow {
                    id: 8,
                    login_name: "officer".into(),
                    display_name: "県担当".into(),
                    municipality: None,
                    roles: "県担当".into(),
                    email: false,
                    last_login_at: None,
                    standing: Standing::Active,
                    by_provider: false,
                    invitable: false,
                },
            ],
            total: 2,
            asked: String::new(),
            standing: "invited".into(),
            roles: vec![RoleChoice { code: "respondent", label: "回答者" }],
            typed: AccountTyped {
                login_name: "x y".into(),
                roles: ["respondent".into()].into(),
                ..AccountTyped::default()
            },
            problems: vec![FieldProblem { field: "login_name".into(), message: "半角英数字".into() }],
            faults: vec!["a.csv 3行目: 誤り".into()],
            second_factors: SecondFactors { required: false, officers: 3, held: 2, own: true },
        }
    }

    #[test]
    fn who_can_be_invited_can_be_chosen() {
        let html = plain(view! { <DeskAccountsPage model=model() /> });
        assert!(html.contains("name=\"account\" value=\"7\"") && !html.contains("value=\"8\""), "{html}");
        assert!(
            html.contains("招待中") && html.contains("（2026年12月1日（火）まで）") && html.contains("&lt;佐藤&gt;")
        );
        assert!(html.contains("<option value=\"invited\" selected") && !html.contains(" style="), "{html}");
    }

    #[test]
    fn what_is_said_is_true_where_a_provider_signs_in() {
        let html = plain(view! { <DeskAccountsPage model=model() /> });
        assert!(html.contains("まだログインできません") && html.contains("name=\"request\" value=\"drawn\""), "{html}");
        let with = |standing| {
            let mut with = DeskAccounts { provider: Some("県の統合認証".into()), ..model() };
            with.rows[0].standing = standing;
            plain(view! { <DeskAccountsPage model=with /> })
        };
        let html = with(Standing::Uninvited);
        assert!(html.contains("利用中") && html.contains("（県の統合認証でログイン）"), "{html}");
        assert!(html.contains("追加するとすぐに県の統合認証でログインできます"), "{html}");
        assert!(!html.contains("まだログインできません") && html.contains("招待状を作っても使えます"), "{html}");
        assert!(with(Standing::Invited(Timestamp(0))).contains("県の統合認証でもログインできます"));
        assert!(!with(Standing::Disabled).contains("（県の統合認証でログイン）"));
    }

    #[test]
    fn all_that_are_shown_and_were_never_invited_can_be_invited_at_once() {
        let mut accounts = model();
        assert!(!plain(view! { <DeskAccountsPage model=accounts.clone() /> }).contains("name=\"all\""));
        accounts.rows[0].standing = Standing::Uninvited;
        let html = plain(view! { <DeskAccountsPage model=accounts /> });
        assert!(
            html.contains("表示している未招待の1人の招待状を作る") && html.contains("name=\"uninvited\" value=\"7\""),
            "{html}"
        );
    }

    #[test]
    fn who_has_a_second_factor_may_demand_it_of_officers() {
        let page = |required, own| {
            let second_factors = SecondFactors { required, officers: 3, held: 2, own };
            plain(view! { <DeskAccountsPage model=DeskAccounts { second_factors, ..model() } /> })
        };
        let html = page(false, true);
        assert!(html.contains("name=\"required\" value=\"1\"") && html.contains("3人のうち2人"), "{html}");
        assert!(!page(false, false).contains("name=\"required\""));
        for own in [true, false] {
            assert!(page(true, own).contains("name=\"required\" value=\"0\""), "who may not demand it may end it");
        }
    }

    #[test]
    fn what_was_refused_stays_with_its_reason() {
        let html = plain(view! { <DeskAccountsPage model=model() /> });
        assert!(
            html.contains("value=\"x y\"") && html.contains("＊半角英数字") && html.contains("href=\"#login_name\"")
        );
        assert!(html.contains("a.csv 3行目: 誤り") && html.contains("checked"), "{html}");
    }
}
