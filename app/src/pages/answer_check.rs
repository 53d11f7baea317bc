//! `/answer/{year}/check`: all answers, before they are handed in.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use super::answer_list::{Deadline, DeadlineWords};
use crate::components::languages::{InLanguage, LanguageLinks, Languages};
use crate::components::question::{ErrorSummary, TextArea};
use crate::components::sheet::{Sheet, SheetRows, blocking, doubtful, questions};

/// What `/answer/{year}/check` shows.
#[derive(Debug, Clone)]
pub struct AnswerCheck {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// The response's revision: what is confirmed is handed in, and nothing else.
    pub revision: i64,
    /// The answers changed after the page was opened on which they were confirmed.
    pub changed: bool,
    /// What the viewer may do.
    pub act: CheckAct,
    /// Every section with its answers. Whatever has a problem is listed first on the page and prevents submission.
    pub sheet: Sheet,
    /// In which language the questions are (`?lang=en`).
    pub languages: Languages,
}

/// What the viewer may do with the response as it stands. Each act is offered once nothing prevents it.
#[derive(Debug, Clone)]
pub enum CheckAct {
    /// Only read (already handed in, closed), with the reason.
    Read(String),
    /// Hand it in: `POST /answer/{year}/submit`.
    Submit,
    /// Ask for approval: `POST /answer/{year}/approval`, `act=request`.
    Request {
        /// Who may approve.
        approvers: Vec<String>,
    },
    /// Hand in as an approver without having been asked: `act=approve`.
    ApproveUnasked,
    /// Approval is awaited and the viewer may give it (`act=approve`) or not (`act=send_back`, `reason`).
    Approve {
        /// The request.
        asked: Asked,
        /// The viewer asked himself.
        own: bool,
        /// A reason as typed, and what is wrong with it.
        reason: (String, Option<String>),
    },
    /// Approval is awaited; the request can be taken back: `act=withdraw`.
    Withdraw {
        /// The request.
        asked: Asked,
        /// Who may approve.
        approvers: Vec<String>,
    },
}

/// A request for approval.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl CheckAct {
    /// Whether the answers can still be changed.
    fn is_editable(&self) -> bool {
        matches!(self, Self::Submit | Self::Request { .. } | Self::ApproveUnasked)
    }
}

/// All answers, before they are handed in.
#[component]
pub fn AnswerCheckPage(
    /// What it shows.
    model: AnswerCheck,
) -> impl IntoView {
    let AnswerCheck { year, municipality, deadline, revision, changed, act, sheet, languages } = model;
    let complete = questions(&sheet).all(|question| question.problem.is_none());
    let reads = matches!(act, CheckAct::Read(_));
    let findings = (!reads).then(|| {
        let awaits = !act.is_editable() && complete;
        view! {
            {(!awaits).then(|| blocking(&sheet))}
            {doubtful(&sheet)}
        }
    });
    let errors = match &act {
        CheckAct::Approve { reason: (_, Some(error)), .. } => {
            vec![("#f-reason".to_owned(), "差し戻す理由".to_owned(), error.clone())]
        }
        _ => Vec::new(),
    };
    let changed = changed.then(|| {
        view! {
            <p class="notice notice--attention" role="alert">
                "確認の画面を開いたあとに、回答か状態が変わりました。まだ何も送っていません。現在の内容をもう一度確認してください。"
            </p>
        }
    });
    let list = languages.keep(format!("/answer/{}", year.year()));
    let print = format!("/answer/{}/print", year.year());
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"回答の内容を確認する"</h1>
        <p class="page-lead">
            {deadline.map(|deadline| view! { <DeadlineWords deadline /> })}
        </p>
        <ErrorSummary errors />
        {changed}
        {findings}
        <Acts year revision act complete />
        <p class="screen-only"><a href=print>"決裁用に印刷する"</a></p>
        <LanguageLinks others=languages.others />
        <InLanguage code=languages.shown>
            <SheetRows sheet />
        </InLanguage>
        <p class="actions"><a class="button" href=list>"一覧に戻る"</a></p>
    }
    .into_any()
}

const HANDED_IN: &str = "回答は県に送られ、県が差し戻すまで変更できなくなります。受付番号がその場で発行されます。";

/// The act, with one sentence that says what happens then.
#[component]
fn Acts(year: FiscalYear, revision: i64, act: CheckAct, complete: bool) -> impl IntoView {
    let submit = format!("/answer/{}/submit", year.year());
    let approval = format!("/answer/{}/approval", year.year());
    match act {
        CheckAct::Read(reason) => view! { <p class="notice">{reason}</p> }.into_any(),
        CheckAct::Submit => {
            let words = format!("提出すると、{HANDED_IN}");
            confirm(submit, None, revision, words, "提出する", complete)
        }
        CheckAct::Request { approvers } => {
            let words = format!(
                "承認を依頼すると、承認者（{}）が内容を確認して提出します。その間、回答は変更できません。",
                approvers.join("、")
            );
            confirm(approval, Some("request"), revision, words, "承認を依頼する", complete)
        }
        CheckAct::ApproveUnasked => {
            let words = format!("承認者として提出します。{HANDED_IN}控えには自己承認と記録されます。");
            confirm(approval, Some("approve"), revision, words, "承認して提出する", complete)
        }
        CheckAct::Approve { asked, own, reason } => {
            let own = if own { "控えには自己承認と記録されます。" } else { "" };
            let words = format!("承認して提出すると、{HANDED_IN}{own}");
            view! {
                {asked_words(asked)}
                {confirm(approval.clone(), Some("approve"), revision, words, "承認して提出する", complete)}
                <SendBack action=approval reason />
            }
            .into_any()
        }
        CheckAct::Withdraw { asked, approvers } => view! {
            {asked_words(asked)}
            <form class="submit-form" method="post" action=approval>
                <p>{format!("承認者（{}）の承認を待っています。", approvers.join("、"))}"取り下げると、回答を直せるようになります。"</p>
                <p class="actions">
                    <button class="button" type="submit" name="act" value="withdraw">"依頼を取り下げる"</button>
                </p>
            </form>
        }
        .into_any(),
    }
}

fn asked_words(asked: Asked) -> AnyView {
    view! { <p class="notice">{asked.by} "さんが " {asked.at.date_time()} " に承認を依頼しました。"</p> }.into_any()
}

/// The primary button; nothing while something prevents it.
fn confirm(
    action: String,
    act: Option<&'static str>,
    revision: i64,
    words: String,
    button: &'static str,
    complete: bool,
) -> AnyView {
    if !complete {
        return ().into_any();
    }
    view! {
        <form class="submit-form" method="post" action=action>
            <p>{words}</p>
            <input type="hidden" name="revision" value=revision.to_string() />
            {act.map(|act| view! { <input type="hidden" name="act" value=act /> })}
            <p class="actions"><button class="button button--primary" type="submit">{button}</button></p>
        </form>
    }
    .into_any()
}

/// The approver's other answer.
#[component]
fn SendBack(action: String, reason: (String, Option<String>)) -> impl IntoView {
    let (text, error) = reason;
    let invalid = error.is_some();
    let error = error.map(|error| format!("＊{error}"));
    let (id, name, described_by) = ("f-reason".to_owned(), "reason".to_owned(), "e-reason".to_owned());
    view! {
        <form class="submit-form send-back" method="post" action=action autocomplete="off">
            <input type="hidden" name="act" value="send_back" />
            <div class="form-field">
                <label for="f-reason">"差し戻す理由"</label>
                <TextArea id name text rows=3 described_by required=false invalid />
                <p class="question-error" id="e-reason" hidden=!invalid>{error}</p>
            </div>
            <p class="actions"><button class="button" type="submit">"庁内で差し戻す"</button></p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;
    use crate::components::sheet::SheetQuestion;
    use crate::components::sheet::samples::{asked, sheet};

    fn model(act: CheckAct, problem: Option<&str>) -> AnswerCheck {
        let stage = SheetQuestion { problem: problem.map(str::to_owned), ..asked("stage", None) };
        let reason = SheetQuestion { relevant: false, ..asked("reason", None) };
        AnswerCheck {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            deadline: None,
            revision: 41,
            changed: false,
            act,
            sheet: sheet(vec![asked("engaged", Some("4")), stage, reason]),
            languages: Languages::default(),
        }
    }

    fn rendered(model: AnswerCheck) -> String {
        let html = plain(view! { <AnswerCheckPage model /> });
        assert!(!html.contains(" style="), "{html}");
        assert!(html.matches("button--primary").count() <= 1, "{html}");
        html
    }

    fn request() -> Asked {
        Asked { by: "企画課 佐藤".into(), at: Timestamp::parse_jst("2026-11-22T16:42").unwrap() }
    }

    #[test]
    fn what_prevents_submission_comes_first_focused_and_leads_to_its_field() {
        let html = rendered(model(CheckAct::Submit, Some("回答してください。")));
        assert!(html.contains("提出する前に直すところが 1 件あります"), "{html}");
        assert_eq!(html.matches("href=\"/answer/2026/industry?from=check#q-stage\"").count(), 2);
        assert!(html.contains("＊回答してください。") && html.contains("未回答"));
        assert!(!html.contains("/answer/2026/submit"));
        let summary = html.split("<section").find(|section| section.contains("id=\"problems\"")).unwrap();
        let tag = summary.split('>').next().unwrap();
        assert!(tag.contains("tabindex=\"-1\"") && tag.contains("autofocus"), "{tag}");
    }

    #[test]
    fn a_complete_response_can_be_handed_in_as_it_was_confirmed() {
        let html = rendered(model(CheckAct::Submit, None));
        assert!(html.contains("method=\"post\" action=\"/answer/2026/submit\"") && html.contains("提出する</button>"));
        assert!(html.contains("name=\"revision\" value=\"41\"") && !html.contains("name=\"act\""));
        assert!(html.contains("実施している（本格運用）") && html.contains("分岐により対象外"));
        assert!(!html.contains("#q-reason"), "what is not asked cannot be changed: {html}");
    }

    #[test]
    fn what_should_be_looked_at_again_is_apart_and_prevents_nothing() {
        let mut doubtful = model(CheckAct::Submit, None);
        doubtful.sheet[0].groups[0].questions[1].warning = Some("前年の10倍です。".into());
        let html = rendered(doubtful);
        assert!(html.contains("id=\"doubts\"") && html.contains("確認してください（1 件）"), "{html}");
        assert!(html.contains("必須の設問はすべて回答されています。") && html.contains("/answer/2026/submit"));
    }

    #[test]
    fn a_response_that_cannot_be_handed_in_says_why() {
        let html = rendered(model(CheckAct::Read("受付は終了しました。".into()), None));
        assert!(html.contains("受付は終了しました。") && !html.contains("<form") && !html.contains("必須の設問は"));
    }

    #[test]
    fn where_approval_is_required_it_is_asked_for() {
        let act = CheckAct::Request { approvers: vec!["企画課長 木村".into()] };
        let html = rendered(model(act.clone(), None));
        assert!(html.contains("action=\"/answer/2026/approval\"") && html.contains("name=\"act\" value=\"request\""));
        assert!(html.contains("承認者（企画課長 木村）") && !html.contains("/answer/2026/submit"), "{html}");
        assert!(!rendered(model(act, Some("回答してください。"))).contains("<form"), "not before it is complete");
        let html = rendered(model(CheckAct::ApproveUnasked, None));
        assert!(html.contains("value=\"approve\"") && html.contains("自己承認"), "{html}");
    }

    #[test]
    fn an_approver_hands_in_or_sends_back_and_what_was_typed_stays() {
        let reason = ("</textarea>人数".to_owned(), Some("長すぎます。".to_owned()));
        let html = rendered(model(CheckAct::Approve { asked: request(), own: true, reason }, None));
        assert!(html.contains("value=\"approve\"") && html.contains("value=\"send_back\""), "{html}");
        assert!(html.contains("企画課 佐藤さんが 2026年11月22日（日） 16:42 に") && html.contains("自己承認"));
        assert!(html.contains("&lt;/textarea&gt;人数</textarea>") && html.contains("＊長すぎます。"));
        assert!(html.contains("href=\"#f-reason\""));
        assert!(!html.contains("必須の設問は"), "nothing is left to do for the one who answers");
    }

    #[test]
    fn who_asked_can_take_it_back() {
        let act = CheckAct::Withdraw { asked: request(), approvers: vec!["企画課長 木村".into()] };
        let html = rendered(model(act, None));
        assert!(html.contains("value=\"withdraw\"") && !html.contains("value=\"approve\""), "{html}");
    }

    #[test]
    fn a_change_since_the_confirmation_is_said() {
        let html = rendered(AnswerCheck { changed: true, ..model(CheckAct::Submit, None) });
        assert!(html.contains("role=\"alert\"") && html.contains("まだ何も送っていません"), "{html}");
    }
}
