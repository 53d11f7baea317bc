//! `/desk/rounds/new`: the next year's round, started from the last one.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

/// What the next round would begin with.
#[derive(Debug, Clone)]
pub struct DeskRoundNew {
    /// Its year; sent back as `year`.
    pub year: FiscalYear,
    /// The round that it follows.
    pub last: FiscalYear,
    /// `form_id` and version of the questionnaire that both ask.
    pub questionnaire: String,
    /// Its questions.
    pub questions: usize,
    /// The definitions that apply: title and version.
    pub definitions: Vec<(String, String)>,
    /// Titles of those that no longer apply.
    pub ended: Vec<String>,
    /// Accounts that may sign in.
    pub accounts: usize,
}

/// What is carried over, and the button that adds the round.
#[component]
pub fn DeskRoundNewPage(
    /// What it shows.
    model: DeskRoundNew,
) -> impl IntoView {
    let DeskRoundNew { year, last, questionnaire, questions, definitions, ended, accounts } = model;
    let definitions = definitions
        .into_iter()
        .map(|(title, version)| view! { <li>{title} {format!("（{version}）")}</li> })
        .collect_view();
    let ended = (!ended.is_empty()).then(|| {
        let words = format!("{}までで終わり、{year}には使わない定義：{}", last.wareki(), ended.join("、"));
        view! { <p>{words}</p> }
    });
    let last_href = format!("/desk/{}", last.year());
    view! {
        <p class="page-context"><a href="/desk">"県の管理"</a></p>
        <h1>{year.to_string()} "の調査を準備する"</h1>
        <p class="page-lead">
            <a href=last_href>{last.to_string()} "の調査"</a>
            "から、次のものを引き継ぎます。受付を始めるまで、市町村には何も届きません。"
        </p>
        <section class="section">
            <h2>"引き継ぐもの"</h2>
            <dl class="facts">
                <dt>"調査票"</dt>
                <dd>{format!("{questionnaire}（{questions}問）。受付を始めるまで差し替えられます。")}</dd>
                <dt>"公開範囲"</dt>
                <dd>"設問ごとに、調査票のとおり。公表のときに狭めた範囲は引き継がず、公表の前に改めて決めます。"</dd>
                <dt>"対象の市町村"</dt>
                <dd>{format!("{}と同じ", last.wareki())}</dd>
                <dt>"アカウント"</dt>
                <dd>{format!("いまあるもの（{accounts}件）をそのまま使います。庁内の承認の設定も変わりません。")}</dd>
            </dl>
            <h3>"指標の定義（" {year.wareki()} "に使う版）"</h3>
            <ul>{definitions}</ul>
            {ended}
        </section>
        <form method="post" action="/desk/rounds/new">
            <input type="hidden" name="year" value=year.year().to_string() />
            <p>"基準日と締切は、受付を始めるときに決めます。"</p>
            <p class="actions">
                <button class="button button--primary" type="submit">"準備を始める"</button>
            </p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_is_carried_over_is_said_before_the_round_is_added() {
        let model = DeskRoundNew {
            year: FiscalYear::new(2027).unwrap(),
            last: FiscalYear::new(2026).unwrap(),
            questionnaire: "dx_survey 2026.1".into(),
            questions: 112,
            definitions: vec![("DXに取り組んでいる市町村の割合".into(), "第1版".into())],
            ended: vec!["旧い定義".into()],
            accounts: 44,
        };
        let html = plain(view! { <DeskRoundNewPage model /> });
        for words in [
            "令和9年度（2027年度）の調査を準備する",
            "href=\"/desk/2026\"",
            "dx_survey 2026.1（112問）",
            "DXに取り組んでいる市町村の割合（第1版）",
            "使わない定義：旧い定義",
            "44件",
            "name=\"year\" value=\"2027\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("button--primary").count(), 1);
    }
}
