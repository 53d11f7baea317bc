//! `/tokens`: the viewer's personal tokens for the API.

use leptos::either::Either;
use leptos::prelude::*;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::question::ErrorSummary;
use crate::components::table_frame::TableFrame;

/// What `/tokens` shows. Its form sends `name`, `scope` (several) and `days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The viewer's tokens, oldest first.
    pub tokens: Vec<TokenRow>,
    /// The token that was just made; shown this once.
    pub made: Option<Made>,
    /// What a token may be allowed.
    pub scopes: Vec<ScopeChoice>,
    /// How long it may live, in days, and whether that is chosen.
    pub lifetimes: Vec<(u16, bool)>,
    /// The name as typed.
    pub name: String,
    /// What is wrong with what was typed, by field.
    pub problems: Vec<FieldProblem>,
}

/// A token that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// The token itself.
    pub secret: String,
}

/// What a token may be allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeChoice {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it allows.
    pub meaning: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its number in addresses.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<&'static str>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// Why it cannot be used any more.
    pub ended: Option<&'static str>,
}

/// The viewer's personal tokens for the API.
#[component]
pub fn TokensPage(
    /// What it shows.
    model: Tokens,
) -> impl IntoView {
    let Tokens { tokens, made, scopes, lifetimes, name, problems } = model;
    let errors = problems
        .iter()
        .map(|problem| (format!("#{}", problem.field), words(&problem.field).to_owned(), problem.message.clone()));
    view! {
        <p class="page-context"><a href="/data">"データ"</a></p>
        <h1>"APIトークン"</h1>
        <p class="page-lead">
            "プログラムから"<a href="/api/docs">"API"</a>"とデータのファイルを使うための、あなた専用の鍵です。画面を開くことや、あなたの権限を超えることはできません。"
        </p>
        <ErrorSummary errors=errors.collect() />
        {made.map(|made| view! { <JustMade made /> })}
        <section class="section" aria-labelledby="list">
            <h2 id="list">"使用中のトークン"</h2>
            <List tokens />
        </section>
        <section class="section" aria-labelledby="new">
            <h2 id="new">"トークンを作る"</h2>
            <NewForm scopes lifetimes name problems />
        </section>
        <section class="section" aria-labelledby="use">
            <h2 id="use">"使い方"</h2>
            <p>"要求のヘッダーに付けます。Cookie は使いません。"</p>
            <pre class="token-use"><code>"Authorization: Bearer shirabe_…"</code></pre>
            <p>"パスワード、役割、市町村が変わると、すべてのトークンが使えなくなります。作り直してください。"</p>
        </section>
    }
    .into_any()
}

fn words(field: &str) -> &'static str {
    match field {
        "name" => "名前",
        "scope" => "できること",
        _ => "有効期間",
    }
}

#[component]
fn JustMade(made: Made) -> impl IntoView {
    view! {
        <section class="notice notice--attention token-made" aria-labelledby="made">
            <h2 id="made">{format!("トークン「{}」を作りました", made.name)}</h2>
            <p>"このトークンは、この画面でだけ表示されます。いま控えて、他人に見られないように保管してください。"</p>
            <label for="secret">"トークン"</label>
            <input class="text-field" type="text" id="secret" value=made.secret readonly=true autocomplete="off" spellcheck="false" />
        </section>
    }
    .into_any()
}

#[component]
fn List(tokens: Vec<TokenRow>) -> impl IntoView {
    if tokens.is_empty() {
        return Either::Left(view! { <p>"トークンはまだありません。"</p> });
    }
    let rows = tokens.into_iter().map(|token| view! { <Row token /> }).collect_view();
    Either::Right(view! {
        <TableFrame label="使用中のトークン".to_owned()>
            <table class="table tokens">
                <caption>"使用中のトークン"</caption>
                <thead>
                    <tr>
                        <th scope="col">"名前"</th>
                        <th scope="col">"できること"</th>
                        <th scope="col">"作成"</th>
                        <th scope="col">"有効期限"</th>
                        <th scope="col">"最後の使用"</th>
                        <th scope="col">"取り消し"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    })
}

#[component]
fn Row(token: TokenRow) -> impl IntoView {
    let TokenRow { id, name, scopes, created_at, expires_at, used_at, ended } = token;
    let ended = ended.map(|why| view! { <strong class="token-ended">{why}</strong> });
    let used = used_at.map_or_else(|| "まだありません".to_owned(), Timestamp::date_time);
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td>{scopes.join("、")}</td>
            <td class="keep">{created_at.date()}</td>
            <td class="keep">{expires_at.date_time()} {ended}</td>
            <td class="keep">{used}</td>
            <td>
                <form method="post" action=format!("/tokens/{id}/revocation")>
                    <button class="button" type="submit">
                        "取り消す" <span class="visually-hidden">"：" {name}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn NewForm(
    scopes: Vec<ScopeChoice>,
    lifetimes: Vec<(u16, bool)>,
    name: String,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let error_of = |field: &str| problems.iter().find(|problem| problem.field == field).map(|p| p.message.clone());
    let (of_name, of_scope, of_days) = (error_of("name"), error_of("scope"), error_of("days"));
    let invalid = of_name.is_some().then_some("true");
    let scopes = scopes
        .into_iter()
        .map(|scope| {
            view! {
                <label class="choice">
                    <input type="checkbox" name="scope" value=scope.code checked=scope.chosen />
                    <span>{scope.label} <span class="token-meaning">{scope.meaning}</span></span>
                </label>
            }
        })
        .collect_view();
    let lifetimes = lifetimes
        .into_iter()
        .map(|(days, chosen)| {
            view! {
                <label class="choice">
                    <input type="radio" name="days" value=days.to_string() checked=chosen />
                    <span>{format!("{days}日")}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="token-form" method="post" action="/tokens" autocomplete="off">
            <div class="form-field">
                <label for="name">"名前"" "<span class="mark mark--required">"※必須"</span></label>
                <p class="question-hint" id="h-name">"何に使うかが分かる名前にしてください。例：集計用のPC"</p>
                <input
                    class="text-field text-field--line"
                    type="text"
                    id="name"
                    name="name"
                    value=name
                    aria-describedby="h-name e-name"
                    aria-invalid=invalid
                />
                {error_line("e-name", of_name)}
            </div>
            <fieldset id="scope" tabindex="-1" aria-describedby="e-scope">
                <legend>"できること"" "<span class="mark mark--required">"※必須"</span></legend>
                {error_line("e-scope", of_scope)}
                {scopes}
            </fieldset>
            <fieldset id="days" tabindex="-1" aria-describedby="e-days">
                <legend>"有効期間"" "<span class="mark mark--required">"※必須"</span></legend>
                {error_line("e-days", of_days)}
                {lifetimes}
            </fieldset>
            <p class="actions"><button class="button button--primary" type="submit">"トークンを作る"</button></p>
        </form>
    }
    .into_any()
}

fn error_line(id: &'static str, error: Option<String>) -> AnyView {
    let hidden = error.is_none();
    let error = error.map(|error| format!("＊{error}"));
    view! { <p class="question-error" id=id hidden=hidden>{error}</p> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> Tokens {
        let scope = |code, chosen| ScopeChoice { code, label: "読み取り", meaning: "取得します。", chosen };
        Tokens {
            tokens: vec![TokenRow {
                id: 3,
                name: "集計 <b>".into(),
                scopes: vec!["読み取り", "回答の書き込み"],
                created_at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
                expires_at: Timestamp::parse_jst("2026-12-22T16:42").unwrap(),
                used_at: None,
                ended: Some("期限切れ"),
            }],
            made: None,
            scopes: vec![scope("read", true), scope("answer", false)],
            lifetimes: vec![(30, false), (90, true)],
            name: "集計用".into(),
            problems: vec![FieldProblem {
                field: "name".into(), message: "同じ名前のトークンがあります。".into()
            }],
        }
    }

    #[test]
    fn tokens_are_listed_and_what_was_typed_stays() {
        let html = plain(view! { <TokensPage model=model() /> });
        for words in [
            "action=\"/tokens/3/revocation\"",
            "集計 &lt;b&gt;",
            "読み取り、回答の書き込み",
            "期限切れ",
            "まだありません",
            "value=\"read\" checked",
            "value=\"90\" checked",
            "value=\"集計用\"",
            "＊同じ名前のトークンがあります。",
            "href=\"#name\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("id=\"secret\"") && !html.contains(" style="));
    }

    #[test]
    fn a_token_is_shown_when_it_was_just_made() {
        let made = Some(Made { name: "集計用".into(), secret: "shirabe_abc".into() });
        let html = plain(view! { <TokensPage model=Tokens { tokens: Vec::new(), made, ..model() } /> });
        assert!(html.contains("value=\"shirabe_abc\"") && html.contains("この画面でだけ表示されます"), "{html}");
        assert!(html.contains("トークンはまだありません。"));
    }
}
