//! `/answer/{year}/check`: all answers, before they are handed in.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::answer_list::{Deadline, DeadlineWords};
use crate::components::question::{AnsweredSection, AnsweredSections, Problems};

/// What `/answer/{year}/check` shows.
#[derive(Debug, Clone)]
pub struct AnswerCheck {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// Why it cannot be handed in (already handed in, closed, no right to), in a sentence.
    pub read_only: Option<String>,
    /// Every section with its answers. Whatever has a problem is listed first on the page and prevents submission.
    pub sections: Vec<AnsweredSection>,
}

/// All answers, before they are handed in.
#[component]
pub fn AnswerCheckPage(
    /// What it shows.
    model: AnswerCheck,
) -> impl IntoView {
    let AnswerCheck { year, municipality, deadline, read_only, sections } = model;
    let complete = sections.iter().flat_map(|s| &s.groups).flat_map(|g| &g.questions).all(|q| q.problem.is_none());
    let editable = read_only.is_none();
    let head = match read_only {
        Some(reason) => Either::Left(view! { <p class="notice">{reason}</p> }),
        None => Either::Right(view! { <Problems sections=sections.clone() /> }),
    };
    let submit = format!("/answer/{}/submit", year.year());
    let may_submit = complete && editable;
    let form = may_submit.then(|| {
        view! {
            <form class="submit-form" method="post" action=submit>
                <p>"提出すると回答は県に送られ、県が差し戻すまで変更できなくなります。受付番号がその場で発行されます。"</p>
                <p class="actions"><button class="button button--primary" type="submit">"提出する"</button></p>
            </form>
        }
    });
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"回答の内容を確認する"</h1>
        <p class="page-lead">
            {deadline.map(|deadline| view! { <DeadlineWords deadline /> })}
        </p>
        <p class="screen-only">"決裁などで紙が必要なときは、ブラウザの印刷でこのページをそのまま印刷できます。"</p>
        {head}
        {form}
        <AnsweredSections sections />
        <p class="actions"><a class="button" href="/answer">"一覧に戻る"</a></p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::response::AnswerValue;

    use super::*;
    use crate::components::question::samples::{plain, select};
    use crate::components::question::{Answered, AnsweredGroup};

    fn model(problem: Option<&str>) -> AnswerCheck {
        let answered = |name: &str, relevant, answer, problem: Option<&str>| Answered {
            question: select(name),
            relevant,
            answer,
            problem: problem.map(str::to_owned),
            change_href: Some(format!("/answer/2026/industry?from=check#q-{name}")),
        };
        let questions = vec![
            answered("engaged", true, Some(AnswerValue::Choice("4".into())), None),
            answered("stage", true, None, problem),
            answered("reason", false, None, None),
        ];
        AnswerCheck {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            deadline: None,
            read_only: None,
            sections: vec![AnsweredSection {
                title: "産業・しごと".into(),
                groups: vec![AnsweredGroup { title: None, questions }],
            }],
        }
    }

    #[test]
    fn what_prevents_submission_comes_first_and_leads_to_its_field() {
        let html = plain(view! { <AnswerCheckPage model=model(Some("回答してください。")) /> });
        assert!(html.contains("提出する前に直すところが 1 件あります"), "{html}");
        assert_eq!(html.matches("href=\"/answer/2026/industry?from=check#q-stage\"").count(), 2);
        assert!(html.contains("＊回答してください。") && html.contains("未回答"));
        assert!(!html.contains("/answer/2026/submit"));
    }

    #[test]
    fn a_complete_response_can_be_handed_in() {
        let html = plain(view! { <AnswerCheckPage model=model(None) /> });
        assert!(html.contains("method=\"post\" action=\"/answer/2026/submit\"") && html.contains("提出する</button>"));
        assert!(html.contains("実施している（本格運用）") && html.contains("分岐により対象外"));
        assert!(!html.contains("#q-reason"), "what is not asked cannot be changed: {html}");
        assert!(!html.contains(" style="));
    }

    #[test]
    fn a_response_that_cannot_be_handed_in_says_why() {
        let closed = AnswerCheck { read_only: Some("受付は終了しました。".into()), ..model(None) };
        let html = plain(view! { <AnswerCheckPage model=closed /> });
        assert!(html.contains("受付は終了しました。") && !html.contains("<form"));
    }
}
