//! `/desk/{year}/extensions`: later deadlines that municipalities asked for.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::desk::StateWords;
use crate::components::extension_steps::{ExtensionStepWords, ExtensionSteps};
use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/{year}/extensions` shows, with the form of `?municipality=` although it asked for nothing. It is decided by
/// `POST /desk/{year}/{code}/extension` with `after`, `act` (`grant` or `decline`), `until` and `reason`.
#[derive(Debug, Clone)]
pub struct DeskExtensions {
    /// The round.
    pub year: FiscalYear,
    /// Everybody's deadline.
    pub deadline: Option<Timestamp>,
    /// Who asked or is chosen, what awaits a decision first.
    pub rows: Vec<ExtensionItem>,
    /// Who else may be given a later deadline: code and name.
    pub others: Vec<(MunicipalityCode, String)>,
}

/// A municipality that asked, or is chosen.
#[derive(Debug, Clone)]
pub struct ExtensionItem {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its name.
    pub municipality: String,
    /// State of its response.
    pub state: ResponseState,
    /// The later deadline that holds.
    pub granted_until: Option<Timestamp>,
    /// What was asked for and decided, oldest first.
    pub steps: Vec<ExtensionStepWords>,
    /// The form, where a later deadline can be given.
    pub decision: Option<DecisionTyped>,
    /// What is wrong with the decision that was sent, by field: `until`, `reason`; empty for it as a whole.
    pub problems: Vec<FieldProblem>,
}

/// A decision as typed; at first the date that was asked for or granted.
#[derive(Debug, Clone, Default)]
pub struct DecisionTyped {
    /// The last step that was on the screen.
    pub after: u32,
    /// It answers a request; otherwise it is granted without one, with a reason.
    pub on_request: bool,
    /// `YYYY-MM-DDTHH:MM` in JST.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Later deadlines that municipalities asked for.
#[component]
pub fn DeskExtensionsPage(
    /// What it shows.
    model: DeskExtensions,
) -> impl IntoView {
    let DeskExtensions { year, deadline, rows, others } = model;
    let errors = rows.iter().flat_map(errors).collect();
    let list = if rows.is_empty() {
        Either::Left(view! { <p>"延長の申出はありません。"</p> })
    } else {
        Either::Right(rows.into_iter().map(|item| view! { <Item year item /> }).collect_view())
    };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"締切の延長"</h1>
        <p class="page-lead">
            {deadline.map(|deadline| format!("全体の締切は {} です。", deadline.date_time()))}
            "認めた締切は、その市町村の画面と催促のメールに出ます。受付を締め切ると、延長した市町村も回答できなくなります。"
        </p>
        <ErrorSummary errors />
        {list}
        {(!others.is_empty()).then(|| view! { <Others year others /> })}
    }
    .into_any()
}

/// Choosing who asked by telephone.
#[component]
fn Others(year: FiscalYear, others: Vec<(MunicipalityCode, String)>) -> impl IntoView {
    let options = others.into_iter().map(|(code, name)| view! { <option value=code.to_string()>{name}</option> });
    view! {
        <section class="section">
            <h2>"電話などで申し出のあった市町村"</h2>
            <form class="filter" method="get" action=format!("/desk/{}/extensions", year.year())>
                <div class="form-field">
                    <label for="municipality">"市町村"</label>
                    <select id="municipality" name="municipality">{options.collect_view()}</select>
                </div>
                <button class="button" type="submit">"締切の延長を入力する"</button>
            </form>
        </section>
    }
    .into_any()
}

fn errors(item: &ExtensionItem) -> Vec<(String, String, String)> {
    let error = |problem: &FieldProblem| {
        let (href, word) = match problem.field.as_str() {
            "until" => (format!("#until-{}", item.code), "の新しい締切"),
            "reason" => (format!("#reason-{}", item.code), "への理由"),
            _ => (format!("#m-{}", item.code), ""),
        };
        (href, format!("{}{word}", item.municipality), problem.message.clone())
    };
    item.problems.iter().map(error).collect()
}

#[component]
fn Item(year: FiscalYear, item: ExtensionItem) -> impl IntoView {
    let ExtensionItem { code, municipality, state, granted_until, steps, decision, problems } = item;
    let granted = granted_until.map(|until| view! { "　延長後の締切 " {until.date_time()} });
    view! {
        <section class="section" id=format!("m-{code}") tabindex="-1">
            <h2><a href=format!("/desk/{}/{code}", year.year())>{municipality.clone()}</a></h2>
            <p>"回答の状態：" <StateWords state /> {granted}</p>
            <ExtensionSteps steps />
            {decision.map(|typed| view! { <DecisionForm year code municipality typed problems /> })}
        </section>
    }
    .into_any()
}

#[component]
fn DecisionForm(
    year: FiscalYear,
    code: MunicipalityCode,
    municipality: String,
    typed: DecisionTyped,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let DecisionTyped { after, on_request, until, reason } = typed;
    let error =
        |field: &str| problems.iter().find(|problem| problem.field == field).map(|p| format!("＊{}", p.message));
    let (of_until, of_reason) = (error("until"), error("reason"));
    let (until_wrong, reason_wrong) = (of_until.is_some(), of_reason.is_some());
    let id = |name: &str| format!("{name}-{code}");
    let of = format!("：{municipality}");
    let (until_words, reason_words) = if on_request {
        ("新しい締切（認めるとき）", "市町村への理由（認めないときは必須）")
    } else {
        ("新しい締切", "市町村への理由（必須。例：電話での申出）")
    };
    let grant = if on_request { "延長を認める" } else { "締切を延長する" };
    let decline = on_request.then(|| {
        view! {
            <button class="button" type="submit" name="act" value="decline">
                "認めない" <span class="visually-hidden">{of.clone()}</span>
            </button>
        }
    });
    view! {
        <form class="kpi-form" method="post" action=format!("/desk/{}/{code}/extension", year.year()) autocomplete="off">
            <input type="hidden" name="after" value=after.to_string() />
            <div class="form-field">
                <label for=id("until")>{until_words}</label>
                <input
                    class="text-field"
                    type="datetime-local"
                    id=id("until")
                    name="until"
                    value=until
                    aria-describedby=id("e-until")
                    aria-invalid=until_wrong.then_some("true")
                />
                <p class="question-error" id=id("e-until") hidden=!until_wrong>{of_until}</p>
            </div>
            <div class="form-field">
                <label for=id("reason")>{reason_words}</label>
                <TextArea
                    id=id("reason")
                    name="reason".to_owned()
                    text=reason
                    rows=2
                    described_by=id("e-reason")
                    required=false
                    invalid=reason_wrong
                />
                <p class="question-error" id=id("e-reason") hidden=!reason_wrong>{of_reason}</p>
            </div>
            <p class="actions">
                <button class="button" type="submit" name="act" value="grant">
                    {grant} <span class="visually-hidden">{of}</span>
                </button>
                {decline}
            </p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::response::ExtensionStep;

    use super::*;
    use crate::components::question::samples::plain;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_jst(text).unwrap()
    }

    fn item(decision: Option<DecisionTyped>) -> ExtensionItem {
        ExtensionItem {
            code: "024121".parse().unwrap(),
            municipality: "おいらせ町".into(),
            state: ResponseState::InProgress,
            granted_until: None,
            steps: vec![ExtensionStepWords {
                at: at("2026-11-20T10:00"),
                author: "企画課 佐藤".into(),
                step: ExtensionStep::Requested,
                until: Some(at("2026-12-10T17:00")),
                reason: "議会の<日程>のため".into(),
            }],
            decision,
            problems: Vec::new(),
        }
    }

    fn rendered(rows: Vec<ExtensionItem>) -> String {
        let year = FiscalYear::new(2026).unwrap();
        let model = DeskExtensions { year, deadline: Some(at("2026-11-30T17:00")), rows, others: Vec::new() };
        let html = plain(view! { <DeskExtensionsPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn a_request_stands_with_its_reason_and_the_way_to_decide() {
        let typed =
            DecisionTyped { after: 1, on_request: true, until: "2026-12-10T17:00".into(), ..DecisionTyped::default() };
        let html = rendered(vec![item(Some(typed))]);
        for words in [
            "全体の締切は 2026年11月30日（月） 17:00 です。",
            "申出：2026年12月10日（木） 17:00まで",
            "議会の&lt;日程&gt;のため",
            "action=\"/desk/2026/024121/extension\"",
            "value=\"2026-12-10T17:00\"",
            "name=\"act\" value=\"decline\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!rendered(vec![item(None)]).contains("<form"));
        let without = rendered(vec![item(Some(DecisionTyped { after: 2, ..DecisionTyped::default() }))]);
        assert!(without.contains("締切を延長する") && !without.contains("decline"), "{without}");
        assert!(rendered(Vec::new()).contains("延長の申出はありません。"));
    }

    #[test]
    fn what_is_wrong_with_a_decision_leads_to_its_field() {
        let problems =
            vec![FieldProblem { field: "reason".into(), message: "理由を入力してください。".into() }];
        let html = rendered(vec![ExtensionItem { problems, ..item(Some(DecisionTyped::default())) }]);
        assert!(html.contains("href=\"#reason-024121\"") && html.contains("＊理由を入力してください。"), "{html}");
    }
}
