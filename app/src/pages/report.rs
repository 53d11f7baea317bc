//! `/desk/{year}/report`: the year's report for 青森県DX推進本部, made for A4.

use leptos::prelude::*;
use shared::publication::GroupOutcome;

use super::home::{Finding, MethodSection, Published, exhibit, groups, indicator};
use crate::components::exhibit::ExhibitSection;
use crate::exhibit::Exhibit;
use crate::ledger::{self, LedgerCategory, UNKNOWN};
use crate::roadmap::{self, RoadmapRow};

/// What the report shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The round's published results.
    pub published: Published,
    /// The official indicator by region; empty where no municipality has one.
    pub regions: Vec<GroupOutcome>,
    /// The official indicator by population band.
    pub bands: Vec<GroupOutcome>,
    /// The KPI ledger as it stands.
    pub ledger: Vec<LedgerCategory>,
    /// The roadmap as it stands.
    pub roadmap: Vec<RoadmapRow>,
    /// The roadmap holds what is for the prefecture alone.
    pub internal: bool,
    /// When it was made, in words.
    pub made: String,
}

/// A part of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows, in order.
    pub exhibits: Vec<Exhibit>,
}

/// Which part is the KPI ledger.
pub const LEDGER: &str = "kpis";

/// The parts of the report: the page and the workbook show the same, the ledger each in its own shape.
pub fn parts(report: &Report) -> Vec<Part> {
    let Report { published, regions, bands, ledger, roadmap, .. } = report;
    // The addresses of pictures are those of the last published year.
    let named = |names: &[&str]| {
        let exhibits = names.iter().filter_map(|name| exhibit(published, name));
        exhibits.map(|exhibit| Exhibit { address: None, ..exhibit }).collect::<Vec<_>>()
    };
    let part = |id, title, exhibits| Part { id, title, exhibits };
    let groups_of = [("regions", "地域", regions), ("bands", "人口規模", bands)];
    let compared = groups_of.into_iter().filter(|(_, _, figures)| !figures.is_empty());
    let compared = compared.map(|(id, first, figures)| groups(published, id, first, figures));
    vec![
        part("results", "結果", named(&["fields", "map"])),
        part("bounds", "指標と範囲", vec![indicator(published)]),
        part("trend", "推移", named(&["course"])),
        part("comparison", "地域と人口規模による比較", compared.collect()),
        part(LEDGER, "KPI台帳", ledger::exhibits(ledger, published.demonstration)),
        part("measures", "工程表の状況", roadmap::exhibits(roadmap, published.demonstration)),
    ]
}

/// The year's report, to be read and printed.
#[component]
pub fn ReportPage(
    /// What it shows.
    model: Report,
) -> impl IntoView {
    let parts = parts(&model);
    let Report { published, internal, made, .. } = model;
    let year = published.year;
    let base = format!("/desk/{}/report", year.year());
    let contents = parts.iter().map(|part| view! { <li><a href=format!("#{}", part.id)>{part.title}</a></li> });
    let contents = contents.collect_view();
    let (other, words) = if internal {
        (base.clone(), "公開している取組だけにする")
    } else {
        (format!("{base}?scope=all"), "県までの取組も含める")
    };
    let scope = internal.then(|| view! { <input type="hidden" name="scope" value="all" /> });
    let parts = parts.into_iter().map(|part| view! { <PartSection part /> }).collect_view();
    view! {
        <div class="screen-only">
            <p>"ブラウザの印刷で、A4判・縦の紙やPDFにできます。"</p>
            <ul class="link-list">
                <li><a href=other>{words}</a></li>
                <li><a href=format!("/desk/{}", year.year())>"県の管理に戻る"</a></li>
            </ul>
            <form method="post" action=format!("{base}/workbook")>
                {scope}
                <p class="actions"><button class="button" type="submit">"同じ表をExcelのブックにする"</button></p>
            </form>
        </div>
        <article class="paper report">
            <p class="report-title">{format!("青森県DX推進本部　{}年次報告", year.wareki())}</p>
            <p class="page-context">{format!("{made}作成。KPI台帳と工程表は作成した日のものです。")}</p>
            <Finding published=published.clone() />
            <nav class="report-contents" aria-label="このページの内容">
                <ol>{contents}<li><a href="#method">"計算の方法とデータ"</a></li></ol>
            </nav>
            {parts}
            <div class="report-part"><MethodSection published /></div>
        </article>
    }
    .into_any()
}

#[component]
fn PartSection(part: Part) -> impl IntoView {
    let Part { id, title, exhibits } = part;
    let lead = (id == "kpis").then(|| view! { <p>{UNKNOWN}</p> });
    let exhibits = exhibits.into_iter().map(|exhibit| view! { <ExhibitSection exhibit /> }).collect_view();
    view! {
        <div class="report-part" id=id>
            <p class="report-heading">{title}</p>
            {lead}
            {exhibits}
        </div>
    }
    .into_any()
}
