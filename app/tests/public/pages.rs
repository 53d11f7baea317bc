//! The public pages as documents: what they say, and that they keep the rules of every page.

use app::components::link::Link;
use app::exhibit::table::Value;
use app::ledger::{LedgerCategory, LedgerFigure, LedgerRow};
use app::pages::data::{Data, DataPage, Dataset, Period};
use app::pages::home::{Home, HomePage, exhibit};
use app::pages::indicators::{DefinitionEntry, Indicators, IndicatorsPage, YearResult};
use app::pages::ledger_sheet::{LedgerSheet, LedgerSheetPage};
use app::pages::login::{DemoAccount, Login, LoginPage};
use app::pages::message::{Message, MessagePage};
use app::shell::{AssetNames, NavSection, Shell, ShellModel, Viewer};
use leptos::prelude::*;
use shared::indicator::Field;
use shared::kpi::{self, Change, Frequency, Half, Kpi};
use shared::publication::ShownOutcome;
use shared::share::Share;
use shared::visibility::Visibility;

use super::sample::{by_region, definitions, home, outcome, published, reference, year};

/// The markup of a view, one element a line, checked against the rules of every page.
fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let markup = Owner::new().with(|| view().into_view().to_html());
    assert!(!markup.contains(" style="), "a style attribute is forbidden by the content security policy");
    assert!(!markup.contains("NaN"));
    markup.replace("><", ">\n<")
}

fn shell_model(viewer: Option<Viewer>) -> ShellModel {
    ShellModel {
        title: "結果".to_owned(),
        survey_name: "市町村DXアンケート".to_owned(),
        prefecture: "青森県".to_owned(),
        year: Some(year(2026)),
        demonstration: true,
        preview: None,
        viewer,
        section: NavSection::Results,
        island: false,
        assets: AssetNames {
            bundle: "app-0a1b".to_owned(),
            style: "style-2c3d.css".to_owned(),
            fonts: "fonts-4e5f.css".to_owned(),
            picture: "picture-6a7b.js".to_owned(),
        },
        version: "0.1.0".to_owned(),
        contact: Some("青森県".to_owned()),
    }
}

fn viewer(may_answer: bool, may_manage: bool) -> Viewer {
    Viewer {
        display_name: "青森 花子".to_owned(),
        municipality: may_answer.then(|| "青森市".to_owned()),
        role_label: "担当".to_owned(),
        may_answer,
        may_manage,
    }
}

#[test]
fn the_public_page_with_named_values() {
    insta::assert_snapshot!(html(|| view! { <HomePage model=home() /> }));
}

#[test]
fn the_public_page_before_anything_is_published() {
    let model = Home::Nothing { published: None, under_way: Some(year(2026)), reference: Some(reference()) };
    insta::assert_snapshot!(html(|| view! { <HomePage model=model /> }));
}

#[test]
fn without_named_values_no_municipality_is_named() {
    let mut published = published();
    published.places = by_region();
    let markup = html(|| view! { <HomePage model=Home::Published(Box::new(published)) /> });
    assert!(markup.contains("値を示せる地域では、"));
    assert!(markup.contains("秘匿"));
    for name in ["青森市", "弘前市", "おいらせ町"] {
        assert!(!markup.contains(name), "{name} is named");
    }
}

#[test]
fn a_field_that_would_tell_is_suppressed_in_picture_table_and_course() {
    let mut published = published();
    published.fields[1].outcome = None;
    for year in &mut published.trend.years {
        year.fields.retain(|(field, _)| *field != Field::Living);
    }
    for exhibit in ["fields", "course"].map(|name| exhibit(&published, name).unwrap()) {
        let suppressed = |row: &Vec<Value>| row.contains(&Value::Suppressed);
        assert!(exhibit.table.rows.iter().any(suppressed), "{}", exhibit.id);
    }
    let markup = html(|| view! { <HomePage model=Home::Published(Box::new(published)) /> });
    assert!(markup.contains("暮らし・まちは秘匿。"));
}

#[test]
fn an_indicator_that_is_not_for_everybody_is_said_to_be_so() {
    let model = Home::Nothing { published: Some(year(2025)), under_way: Some(year(2026)), reference: None };
    let markup = html(|| view! { <HomePage model=model /> });
    assert!(markup.contains("指標の値は公開していません") && !markup.contains("まだありません"));
}

#[test]
fn an_interval_never_stands_without_its_condition() {
    let indicators = || Indicators {
        definitions: vec![DefinitionEntry { definition: definitions()[0].clone(), results: Vec::new() }],
        years: Vec::new(),
        reference: Some(reference()),
        ledger: Vec::new(),
        may_edit: false,
    };
    for markup in
        [html(|| view! { <HomePage model=home() /> }), html(|| view! { <IndicatorsPage model=indicators() /> })]
    {
        assert!(markup.contains("50.0〜92.5％"));
        assert!(markup.contains("40市町村すべてが回答したと仮定した場合"));
        assert!(markup.contains("回答団体数は公表されていません"));
    }
}

#[test]
fn exactly_one_definition_is_marked_official_in_a_table() {
    let markup = html(|| view! { <HomePage model=home() /> });
    let table = &markup[markup.find("id=\"tables\"").unwrap()..markup.find("id=\"reference\"").unwrap()];
    assert_eq!(table.matches("mark-official").count(), 1);
    assert!(table.contains("別の定義による参考値"));
}

fn kpi_row(id: &str, computed: &str) -> Kpi {
    Kpi {
        id: id.to_owned(),
        category: "基本目標".to_owned(),
        label: format!("{id}の割合"),
        unit: "％".to_owned(),
        baseline: String::new(),
        baseline_period: String::new(),
        target_2028: String::new(),
        source: "県企画政策部調べ".to_owned(),
        section: String::new(),
        frequency: None,
        reference_date: None,
        note: String::new(),
        computed: computed.to_owned(),
    }
}

/// The survey's share, an indicator of every half-year, and one of which nothing is known.
fn ledger() -> Vec<LedgerCategory> {
    let share = LedgerFigure::Computed(Share::new(27, 40), "/indicators/engaged-any/2025".to_owned());
    let since = "前回調査 2025年4月1日時点".to_owned();
    let survey = LedgerRow {
        kpi: kpi_row("municipalities-engaged", "engaged-any"),
        frequency: Some(Frequency::Yearly),
        values: vec![(kpi::Period::year(year(2025)), share)],
        remarks: Vec::new(),
        change: Some(Change::NotUpdated(since)),
        definition: Some("/indicators#engaged-any-v1".to_owned()),
    };
    let half = kpi::Period { year: year(2026), half: Some(Half::First) };
    let entered = LedgerRow {
        kpi: Kpi { unit: "件".to_owned(), ..kpi_row("cases", "") },
        frequency: Some(Frequency::HalfYearly),
        values: vec![(half, LedgerFigure::Entered("1234".to_owned()))],
        remarks: vec![(half, "速報値".to_owned()), (kpi::Period::year(year(2019)), "表にない年".to_owned())],
        change: Some(Change::Fall("1200".to_owned())),
        definition: None,
    };
    let unknown = LedgerRow {
        kpi: kpi_row("unknown", ""),
        frequency: None,
        values: Vec::new(),
        remarks: Vec::new(),
        change: None,
        definition: None,
    };
    vec![LedgerCategory { name: "基本目標".to_owned(), rows: vec![survey, entered, unknown] }]
}

#[test]
fn the_ledger_says_what_is_unknown_and_only_officers_edit() {
    let indicators = |may_edit| Indicators {
        definitions: vec![DefinitionEntry {
            definition: definitions()[0].clone(),
            results: vec![YearResult {
                year: year(2025),
                shown: ShownOutcome::Counted(outcome(27, 3)),
                companion: None,
                movement: None,
                bridge: None,
                computation: "/indicators/engaged-any/2025".to_owned(),
            }],
        }],
        years: vec![year(2024), year(2025)],
        reference: None,
        ledger: ledger(),
        may_edit,
    };
    let public = html(move || view! { <IndicatorsPage model=indicators(false) /> });
    assert!(public.contains("67.5％（27／40）") && public.contains("67.5〜75.0％"));
    assert!(public.contains("<a href=\"/indicators/engaged-any/2025\">67.5％</a>"), "{public}");
    assert!(!public.contains("/desk/kpi") && public.contains("href=\"/indicators/ledger\""));
    let officer = html(move || view! { <IndicatorsPage model=indicators(true) /> });
    assert!(officer.contains("href=\"/desk/kpi\""));
}

#[test]
fn what_changed_in_the_ledger_is_said_in_words_beside_its_colour() {
    let model = LedgerSheet { as_of: "2026年11月27日（金）現在".to_owned(), ledger: ledger() };
    let markup = html(move || view! { <LedgerSheetPage model=model /> });
    for change in ["change--not-updated\">更新なし（前回調査 2025年4月1日時点）", "change--fall\">減少 △1,200件"]
    {
        assert!(markup.contains(change), "{change}: {markup}");
    }
    assert!(markup.contains("上 1,234／下 －") && markup.contains("67.5％"), "{markup}");
    assert!(markup.contains("casesの割合（令和8年度上半期）：速報値") && !markup.contains("表にない年"), "{markup}");
    let unknown = &markup[markup.find("unknownの割合").unwrap()..];
    let row = &unknown[..unknown.find("</tr>").unwrap()];
    assert_eq!(row.matches("－").count(), 6, "baseline, two years, change, target, section: {row}");
}

#[test]
fn the_login_form_keeps_the_name_and_says_why() {
    let model = Login {
        login_name: "\"><script>".to_owned(),
        error: Some("ログイン名かパスワードが正しくありません。".to_owned()),
        provider: None,
        next: Some("/answer".to_owned()),
        resumed: None,
        password_set: false,
        demo_accounts: vec![DemoAccount {
            login_name: "officer".to_owned(),
            password: "demo".to_owned(),
            label: "県担当".to_owned(),
        }],
    };
    let markup = html(|| view! { <LoginPage model=model /> });
    assert!(!markup.contains("<script>"));
    assert!(markup.contains("name=\"next\" value=\"/answer\""));
    assert!(markup.contains("aria-describedby=\"login-error\"") && markup.contains("id=\"login-error\""));
    assert!(!markup.contains("type=\"password\" value"));
}

#[test]
fn data_sets_tell_form_audience_and_size() {
    let period = Period {
        name: year(2025).to_string(),
        page: "/data/2025/answers".to_owned(),
        audience: Visibility::Public,
        rows: Some(2080),
        bytes: Some(312_400),
        updated: Some(published().published_at),
        files: vec![("CSV", "/data/2025/answers.csv".to_owned())],
        manifest: "/data/2025/answers.csv-metadata.json".to_owned(),
    };
    let dataset = Dataset {
        id: "answers".to_owned(),
        title: "市町村別の回答".to_owned(),
        description: "1行に1つの値があります。".to_owned(),
        periods: vec![period],
    };
    let empty = Data {
        published: Vec::new(),
        further: Vec::new(),
        clearance: Visibility::Public,
        questionnaires: Vec::new(),
        exports: vec![("2025/answers/public".to_owned(), "市町村別の回答（令和7年度）".to_owned())],
        export_forms: vec![("xlsx", "Excel")],
        export_encodings: vec![("utf-8-bom", "UTF-8（BOM付き）")],
        forms: vec![("CSV", "表計算ソフトで開けます。")],
        structured: "{}".to_owned(),
        signed_in: false,
    };
    let model = Data { published: vec![dataset], ..empty.clone() };
    let markup = html(move || view! { <DataPage model=model /> });
    for words in [
        "value=\"2025/answers/public\"",
        "action=\"/data/exports\"",
        "2,080",
        "312.4KB",
        "公開",
        "href=\"/data/2025/answers.csv\"",
        "href=\"/data/2025/answers\"",
        "/api/v1/openapi.json",
        "CC BY 4.0",
    ] {
        assert!(markup.contains(words), "{words} is missing");
    }
    assert!(!markup.contains("まだありません") && !markup.contains("全設問"));
    assert!(html(move || view! { <DataPage model=empty /> }).contains("まだありません"));
}

#[test]
fn the_shell_offers_what_the_viewer_may_do() {
    let document = |viewer| html(move || view! { <Shell model=shell_model(viewer)><p>"本文"</p></Shell> });
    let anonymous = document(None);
    assert!(anonymous.starts_with("<!DOCTYPE html>"));
    assert!(anonymous.contains("<html lang=\"ja\">"));
    assert!(anonymous.contains("デモデータ（架空の回答）です。"));
    assert!(anonymous.contains("href=\"/login\""));
    assert!(!anonymous.contains("href=\"/answer\"") && !anonymous.contains("href=\"/desk\""));
    assert!(!anonymous.contains("<script"), "a page without an island loads no script");
    let respondent = document(Some(viewer(true, false)));
    assert!(respondent.contains("href=\"/answer\"") && !respondent.contains("href=\"/desk\""));
    assert!(respondent.contains("action=\"/logout\"") && respondent.contains("青森市"));
    assert!(document(Some(viewer(false, true))).contains("href=\"/desk\""));
}

#[test]
fn only_a_page_with_an_island_loads_the_bundle() {
    let model = ShellModel { island: true, ..shell_model(None) };
    let markup = html(move || view! { <Shell model=model><p>"本文"</p></Shell> });
    assert!(markup.contains("/assets/app-0a1b.js") && markup.contains("/assets/app-0a1b_bg.wasm"));
}

#[test]
fn a_message_says_what_happened_and_what_to_do() {
    let model = Message {
        heading: "ページが見つかりません".to_owned(),
        what_happened: "お探しのページはありません。".to_owned(),
        what_to_do: "アドレスを確かめてください。".to_owned(),
        links: vec![Link::new("結果のページへ", "/")],
    };
    insta::assert_snapshot!(html(|| view! { <MessagePage model=model /> }));
}
