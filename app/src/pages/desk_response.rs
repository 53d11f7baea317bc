//! `/desk/{year}/{code}`: one municipality's response, read by the officer.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{MunicipalityCode, Region};
use shared::response::ResponseState;
use shared::time::Timestamp;

use super::desk::StateWords;
use crate::components::question::{AnsweredSection, AnsweredSections};

/// What `/desk/{year}/{code}` shows.
#[derive(Debug, Clone)]
pub struct DeskResponse {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's code.
    pub code: MunicipalityCode,
    /// Its name.
    pub municipality: String,
    /// Its region.
    pub region: Option<Region>,
    /// State of the response.
    pub state: ResponseState,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
    /// SHA-256 of the answers as handed in, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether it can be accepted now (`POST /desk/{year}/{code}/accept`).
    pub may_accept: bool,
    /// What happened, oldest first.
    pub events: Vec<ResponseEvent>,
    /// Every section with its answers.
    pub sections: Vec<AnsweredSection>,
}

/// One thing that happened to a response.
#[derive(Debug, Clone)]
pub struct ResponseEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What, in words, e.g. 「提出しました」.
    pub what: String,
}

/// One municipality's response, read by the officer.
#[component]
pub fn DeskResponsePage(
    /// What it shows.
    model: DeskResponse,
) -> impl IntoView {
    let DeskResponse { year, code, municipality, region, state, receipt, sha256, may_accept, events, sections } = model;
    let accept = may_accept.then(|| {
        view! {
            <form method="post" action=format!("/desk/{}/{code}/accept", year.year())>
                <p>"受理すると、この回答は確定の対象になります。"</p>
                <p class="actions"><button class="button button--primary" type="submit">"受理する"</button></p>
            </form>
        }
    });
    let facts = [
        ("地域", region.map(|region| region.label().to_owned())),
        ("受付番号", receipt),
        ("回答内容の SHA-256", sha256),
    ]
    .into_iter()
    .filter_map(|(word, fact)| Some(view! { <dt>{word}</dt> <dd class="hash">{fact?}</dd> }))
    .collect_view();
    let events = events
        .into_iter()
        .map(|event| {
            view! {
                <li>
                    <span class="timeline-time">{event.at.date_time()}</span>
                    <span>{event.what}</span>
                    <span class="timeline-actor">{event.actor}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>{municipality} "の回答"</h1>
        <dl class="facts">
            <dt>"状態"</dt>
            <dd><StateWords state /></dd>
            <dt>"市町村コード"</dt>
            <dd>{code.to_string()}</dd>
            {facts}
        </dl>
        {accept}
        <section class="section">
            <h2>"これまでの経過"</h2>
            <ol class="timeline">{events}</ol>
        </section>
        <AnsweredSections sections />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn only_what_was_handed_in_can_be_accepted() {
        let model = DeskResponse {
            year: FiscalYear::new(2026).unwrap(),
            code: "024121".parse().unwrap(),
            municipality: "おいらせ町".into(),
            region: Some(Region::Kamikita),
            state: ResponseState::Submitted,
            receipt: Some("R8-024121-001".into()),
            sha256: Some("ab".repeat(32)),
            may_accept: true,
            events: vec![ResponseEvent {
                at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
                actor: "政策推進課".into(),
                what: "提出しました".into(),
            }],
            sections: Vec::new(),
        };
        let html = plain(view! { <DeskResponsePage model=model.clone() /> });
        assert!(html.contains("action=\"/desk/2026/024121/accept\""), "{html}");
        for words in ["2026年11月22日（日） 16:42", "提出しました", "政策推進課", "上北", "R8-024121-001"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        let html = plain(view! { <DeskResponsePage model=DeskResponse { may_accept: false, ..model } /> });
        assert!(!html.contains("<form") && !html.contains(" style="));
    }
}
