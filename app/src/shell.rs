//! The document around every page: head, header, demonstration strip, footer.

use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

/// What the document needs to know besides the page itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ShellModel {
    /// Name of the page, first in the window's title.
    pub title: String,
    /// Name of the survey, e.g. 「市町村DXアンケート」.
    pub survey_name: String,
    /// Name of the prefecture, e.g. 「青森県」.
    pub prefecture: String,
    /// The year under way or last published, shown beside the survey's name.
    pub year: Option<FiscalYear>,
    /// The data were generated, not answered by anybody.
    pub demonstration: bool,
    /// In a preview, what is shown.
    pub preview: Option<String>,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The link marked as current.
    pub section: NavSection,
    /// The page has an island: loads the browser bundle.
    pub island: bool,
    /// Names of the embedded assets.
    pub assets: AssetNames,
    /// Version of the program, e.g. `0.1.0`.
    pub version: String,
    /// Whom to ask, e.g. 「青森県○○課 017-000-0000」; omitted where it was not configured.
    pub contact: Option<String>,
}

/// Who is signed in, and what the links may offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Viewer {
    /// Name shown.
    pub display_name: String,
    /// Own municipality's name.
    pub municipality: Option<String>,
    /// Role in Japanese, e.g. 「回答者」.
    pub role_label: String,
    /// Shows 回答.
    pub may_answer: bool,
    /// Shows 県の管理.
    pub may_manage: bool,
}

/// The part of the site a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavSection {
    /// 結果 `/`, `/results`
    Results,
    /// 指標 `/indicators`
    Indicators,
    /// データ `/data`
    Data,
    /// 比較 `/compare`
    Compare,
    /// 回答 `/answer`
    Answer,
    /// 県の管理 `/desk`
    Desk,
    /// ログイン
    Account,
    /// None of the links.
    None,
}

/// File names below `/assets/`, each with its content hash.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetNames {
    /// Stem of the browser bundle: `X` for `X.js` and `X_bg.wasm`.
    pub bundle: String,
    /// The style sheet's file name.
    pub style: String,
    /// The font faces' style sheet.
    pub fonts: String,
    /// The script that says what marks of pictures stand for.
    pub picture: String,
}

/// The whole document, `<!DOCTYPE html>` included.
#[component]
pub fn Shell(
    /// What stands around the page.
    model: ShellModel,
    /// Without header and footer: the page stands inside another one.
    #[prop(optional)]
    bare: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let title = format!("{}｜{} {}", model.title, model.prefecture, model.survey_name);
    let asset = |name: &str| format!("/assets/{name}");
    let scripts = model.island.then(|| {
        let options = LeptosOptions::builder().output_name(model.assets.bundle.clone()).site_pkg_dir("assets").build();
        view! { <HydrationScripts options islands=true /> }
    });
    view! {
        <!DOCTYPE html>
        <html lang="ja">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=asset(&model.assets.style) />
                <link rel="stylesheet" href=asset(&model.assets.fonts) />
                {scripts}
            </head>
            <body>
                {if bare {
                    model.demonstration.then(|| view! { <p class="demo-strip">{DEMONSTRATION}</p> }).into_any()
                } else {
                    view! { <a class="skip-link" href="#main">"本文へ移動"</a> <Header model=model.clone() /> }.into_any()
                }}
                <main id="main" tabindex="-1">{children()}</main>
                {(!bare).then(|| view! { <Footer model /> })}
            </body>
        </html>
    }
}

/// Said on every page and in every file of a demonstration.
pub const DEMONSTRATION: &str = "デモデータ（架空の回答）です。実在の市町村の状況を示すものではありません。";

/// Name of the survey, links, who is signed in, the demonstration strip.
#[component]
fn Header(model: ShellModel) -> impl IntoView {
    let ShellModel { survey_name, prefecture, year, demonstration, preview, viewer, section, .. } = model;
    let may = |permission: fn(&Viewer) -> bool| viewer.as_ref().is_some_and(permission);
    let links = [
        (NavSection::Results, "/", "結果", true),
        (NavSection::Compare, "/compare", "比較", viewer.is_some()),
        (NavSection::Indicators, "/indicators", "指標", true),
        // In the footer, too: no more than five links.
        (NavSection::Data, "/data", "データ", !may(|viewer| viewer.may_answer && viewer.may_manage)),
        (NavSection::Answer, "/answer", "回答", may(|viewer| viewer.may_answer)),
        (NavSection::Desk, "/desk", "県の管理", may(|viewer| viewer.may_manage)),
    ];
    let links = links.into_iter().filter(|(.., shown)| *shown).map(|(target, href, label, _)| {
        let current = (target == section).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    });
    view! {
        <header class="site-header">
            <div class="site-header-inner">
                <p class="site-name">
                    <a href="/">{survey_name}</a>
                    <span class="site-owner">{prefecture} {year.map(|year| format!(" {}", year.wareki()))}</span>
                </p>
                <nav class="site-nav" aria-label="主なページ">
                    <ul>{links.collect_view()}</ul>
                </nav>
                <Account viewer section />
            </div>
            {demonstration.then(|| view! { <p class="demo-strip">{DEMONSTRATION}</p> })}
            {preview
                .map(|words| {
                    view! {
                        <form class="preview-strip" method="post" action="/desk/preview/end">
                            <p>"プレビュー：" {words}</p>
                            <button class="button" type="submit">"プレビューを終える"</button>
                        </form>
                    }
                })}
        </header>
    }
}

/// The login link, or who is signed in and the logout button.
#[component]
fn Account(viewer: Option<Viewer>, section: NavSection) -> impl IntoView {
    let Some(viewer) = viewer else {
        let current = (section == NavSection::Account).then_some("page");
        return view! {
            <div class="site-account"><a href="/login" aria-current=current>"ログイン"</a></div>
        }
        .into_any();
    };
    let role = match viewer.municipality {
        Some(municipality) => format!("{municipality} {}", viewer.role_label),
        None => viewer.role_label,
    };
    view! {
        <div class="site-account">
            <p><a class="site-viewer" href="/account">{viewer.display_name}</a> " " <span class="site-role">{role}</span></p>
            <form method="post" action="/logout">
                <button class="button button--text" type="submit">"ログアウト"</button>
            </form>
        </div>
    }
    .into_any()
}

/// 版・定義・お問い合わせ
#[component]
fn Footer(model: ShellModel) -> impl IntoView {
    let contact = model.contact.map(|contact| view! { <p>"お問い合わせ：" {contact}</p> });
    view! {
        <footer class="site-footer">
            <div class="site-footer-inner">
                <p>{model.prefecture} " " {model.survey_name}</p>
                <ul class="footer-links">
                    <li><a href="/results">"設問ごとの結果"</a></li>
                    <li><a href="/indicators">"指標の定義と版"</a></li>
                    <li><a href="/data">"データとAPI"</a></li>
                    <li><a href="/publications">"公表と訂正の履歴"</a></li>
                </ul>
                {contact}
                <p class="site-version">{format!("調べ（Shirabe） 第{}版", model.version)}</p>
            </div>
        </footer>
    }
}
