//! All answers, before they are handed in.
pub mod get;

use app::components::sheet::Sheet;
use app::pages::answer_check::{AnswerCheck, AnswerCheckPage, Asked, CheckAct};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::response::ResponseState;

use super::languages::languages;
use crate::access::Role;
use crate::http::forms::deadline;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::{ChangeLinks, sheet};
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::course;
use crate::service::reference::References;
use crate::store::AccountRecord;

/// What a refused act leaves on the page.
#[derive(Debug, Clone, Default)]
pub struct Leftover {
    /// The answers changed after the page was opened on which they were confirmed.
    pub changed: bool,
    /// The approver's reason as typed, and what is wrong with it.
    pub reason: (String, Option<String>),
    /// In which language the questions are read.
    pub lang: Option<String>,
}

/// Shows the check page with what a refused act left.
pub async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    form: &Form,
    leftover: Leftover,
) -> Result<Response, Refusal> {
    let Leftover { changed, reason, lang } = leftover;
    let links = form.read_only().is_none().then_some(ChangeLinks { lang: lang.as_deref() });
    let mut sheet = sheet(form, links);
    mark_unconfirmed(&mut sheet, &state.service.reference_notes(form).await?);
    let model = AnswerCheck {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        deadline: deadline(form, state.service.clock().now()),
        revision: form.response.revision,
        changed,
        act: act(state, account, form, reason).await?,
        sheet,
        languages: languages(form, lang.as_deref(), &format!("/answer/{}/check", form.round.year.year())),
    };
    let shown = Shown::new("内容の確認と提出", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerCheckPage model=model.clone() /> }).await)
}

/// A public figure in the input is no answer before somebody said that it is right.
fn mark_unconfirmed(sheet: &mut Sheet, said: &References) {
    let questions = sheet.iter_mut().flat_map(|section| &mut section.groups).flat_map(|group| &mut group.questions);
    for asked in questions.filter(|asked| asked.relevant && said.prefill.contains_key(&asked.question.name)) {
        let words = "公表資料の値がまだ確認されていません。";
        if asked.problem.is_some() {
            asked.problem = Some(format!("{words}正しければ「確認した」を押し、違うときは回答を入力してください。"));
        } else {
            asked.warning = Some(format!("{words}確認するまでは未回答です。"));
        }
    }
}

async fn act(
    state: &AppState,
    account: &AccountRecord,
    form: &Form,
    reason: (String, Option<String>),
) -> Result<CheckAct, Refusal> {
    let approval = state.service.approval(form.municipality.code).await?;
    let is_approver = account.is(Role::Approver);
    if form.response.state == ResponseState::AwaitingApproval && form.may_be_handed_in() {
        let events = state.service.events_of(form).await?;
        if let Some(request) = course::awaited_by(&events) {
            let asked = Asked { by: request.by.name.clone(), at: request.at };
            let own = request.by.account == Some(account.id);
            let approvers = approval.approvers;
            return Ok(if is_approver {
                CheckAct::Approve { asked, own, reason }
            } else {
                CheckAct::Withdraw { asked, approvers }
            });
        }
    }
    if let Some(reason) = form.read_only() {
        return Ok(CheckAct::Read(reason));
    }
    Ok(match (approval.is_required(), is_approver) {
        (false, _) => CheckAct::Submit,
        (true, false) => CheckAct::Request { approvers: approval.approvers },
        (true, true) => CheckAct::ApproveUnasked,
    })
}
