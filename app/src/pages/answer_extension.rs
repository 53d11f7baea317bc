//! `/answer/{year}/extension`: asking for a later deadline.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::wire::FieldProblem;

use super::answer_list::{Deadline, DeadlineWords};
use crate::components::extension_steps::{ExtensionStepWords, ExtensionSteps};
use crate::components::form_field::summary;
use crate::components::question::{ErrorSummary, TextArea};

/// What `/answer/{year}/extension` shows. Its form sends `municipality`, `after`, `until` and `reason`.
#[derive(Debug, Clone)]
pub struct AnswerExtension {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Its code.
    pub code: MunicipalityCode,
    /// Until when answers are wanted of it.
    pub deadline: Option<Deadline>,
    /// What was asked for and decided so far, oldest first.
    pub steps: Vec<ExtensionStepWords>,
    /// A request is not decided yet.
    pub open: bool,
    /// Why nothing can be asked for at present.
    pub refused: Option<String>,
    /// What was typed.
    pub typed: ExtensionTyped,
}

/// A request as typed.
#[derive(Debug, Clone, Default)]
pub struct ExtensionTyped {
    /// The last step that was on the screen; 0 for none.
    pub after: u32,
    /// `YYYY-MM-DDTHH:MM` in JST.
    pub until: String,
    /// Why.
    pub reason: String,
    /// What is wrong, by field; empty for the request as a whole.
    pub problems: Vec<FieldProblem>,
}

/// The fields' names and words.
pub const EXTENSION_FIELDS: [(&str, &str); 2] = [("until", "新しい締切"), ("reason", "理由")];

/// Asking for a later deadline.
#[component]
pub fn AnswerExtensionPage(
    /// What it shows.
    model: AnswerExtension,
) -> impl IntoView {
    let AnswerExtension { year, municipality, code, deadline, steps, open, refused, typed } = model;
    let list = format!("/answer/{}", year.year());
    let errors = summary(&typed.problems, "", &EXTENSION_FIELDS);
    let open = (open && refused.is_none()).then(|| {
        view! {
            <p class="notice">"申出を県が確認しています。決まるまでは、いまの締切のままです。日付や理由を直すときは、もう一度申し出てください。"</p>
        }
    });
    let history = (!steps.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>"これまでの申出と決定"</h2>
                <ExtensionSteps steps />
            </section>
        }
    });
    let form = match refused {
        Some(reason) => view! { <p class="notice">{reason}</p> }.into_any(),
        None => view! { <RequestForm year code typed /> }.into_any(),
    };
    view! {
        <p class="page-context"><a href=list>{year.to_string()} "　" {municipality} "の回答"</a></p>
        <h1>"締切の延長を申し出る"</h1>
        <p class="page-lead">{deadline.map(|deadline| view! { <DeadlineWords deadline /> })}</p>
        <ErrorSummary errors />
        {open}
        {form}
        {history}
    }
    .into_any()
}

#[component]
fn RequestForm(year: FiscalYear, code: MunicipalityCode, typed: ExtensionTyped) -> impl IntoView {
    let ExtensionTyped { after, until, reason, problems } = typed;
    let error =
        |field: &str| problems.iter().find(|problem| problem.field == field).map(|p| format!("＊{}", p.message));
    let (of_until, of_reason) = (error("until"), error("reason"));
    let (until_wrong, reason_wrong) = (of_until.is_some(), of_reason.is_some());
    let required = || view! { <span class="mark mark--required">"※必須"</span> };
    let (id, name) = ("reason".to_owned(), "reason".to_owned());
    view! {
        <form class="kpi-form" method="post" action=format!("/answer/{}/extension", year.year()) autocomplete="off">
            <input type="hidden" name="municipality" value=code.to_string() />
            <input type="hidden" name="after" value=after.to_string() />
            <div class="form-field">
                <label for="until">"新しい締切 " {required()}</label>
                <input
                    class="text-field"
                    type="datetime-local"
                    id="until"
                    name="until"
                    value=until
                    aria-describedby="e-until"
                    aria-required="true"
                    aria-invalid=until_wrong.then_some("true")
                />
                <p class="question-error" id="e-until" hidden=!until_wrong>{of_until}</p>
            </div>
            <div class="form-field">
                <label for="reason">"理由 " {required()}</label>
                <p class="question-hint" id="h-reason">"個人情報は書かないでください。500文字以内。"</p>
                <TextArea
                    id
                    name
                    text=reason
                    rows=4
                    described_by="h-reason e-reason".to_owned()
                    required=true
                    invalid=reason_wrong
                />
                <p class="question-error" id="e-reason" hidden=!reason_wrong>{of_reason}</p>
            </div>
            <p>"県が認めると、締切がこの市町村だけ変わります。県が調査全体の受付を締め切った後は、延長した締切の前でも回答できません。"</p>
            <p class="actions"><button class="button button--primary" type="submit">"延長を申し出る"</button></p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::response::ExtensionStep;
    use shared::time::Timestamp;

    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> AnswerExtension {
        let at = |text: &str| Timestamp::parse_jst(text).unwrap();
        AnswerExtension {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            code: "024121".parse().unwrap(),
            deadline: Some(Deadline { at: at("2026-12-10T17:00"), days_left: 12, extended: true }),
            steps: vec![ExtensionStepWords {
                at: at("2026-11-20T10:00"),
                author: "県DX推進課 田中".into(),
                step: ExtensionStep::Granted,
                until: Some(at("2026-12-10T17:00")),
                reason: String::new(),
            }],
            open: false,
            refused: None,
            typed: ExtensionTyped { after: 2, ..ExtensionTyped::default() },
        }
    }

    fn rendered(model: AnswerExtension) -> String {
        let html = plain(view! { <AnswerExtensionPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn the_deadline_that_holds_stands_above_what_is_asked_for() {
        let html = rendered(model());
        for words in
            ["延長後の締切 2026年12月10日（木） 17:00（あと12日）", "承認：2026年12月10日（木） 17:00まで", "田中"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("name=\"after\" value=\"2\"") && html.contains("value=\"024121\""), "{html}");
        let html = rendered(AnswerExtension { refused: Some("提出済みです。".into()), ..model() });
        assert!(!html.contains("<form") && html.contains("提出済みです。"), "{html}");
    }

    #[test]
    fn a_refused_request_keeps_what_was_typed() {
        let problem = |field: &str| FieldProblem { field: field.into(), message: "直してください。".into() };
        let typed = ExtensionTyped {
            after: 0,
            until: "2026-13-40T17:00".into(),
            reason: "</textarea>議会".into(),
            problems: vec![problem("until"), problem("reason"), problem("")],
        };
        let html = rendered(AnswerExtension { typed, open: true, ..model() });
        assert!(html.contains("value=\"2026-13-40T17:00\"") && html.contains("&lt;/textarea&gt;議会"), "{html}");
        assert!(html.contains("href=\"#until\"") && html.contains("＊直してください。"), "{html}");
        assert!(html.contains("県が確認しています"), "{html}");
    }
}
