//! `GET /answer`, `GET /answer/{year}`

use app::components::link::Link;
use app::pages::answer_list::{
    AnswerList, AnswerListPage, ApprovalSetting, AwaitedApproval, ExtensionLink, ReturnedItem, ReturnedList,
    SectionEntry, SentBack, TaskWords, section_href,
};
use app::pages::answer_waiting::{AnswerWaiting, AnswerWaitingPage, WaitingRound};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;
use shared::response::inquiry::Side;
use shared::round::RoundState;

use super::languages::{languages, translate, with_language};
use crate::access::Role;
use crate::http::auth::Account;
use crate::http::forms::{deadline, parse_year, section_items};
use crate::http::inquiries::general_advice;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::{field_href, question_words};
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::extending::settled;
use crate::service::{Error, course};
use crate::store::{AccountRecord, PlannedDates, ResponseEvent, ReturnedQuestion};

/// Goes on to the round that is open, or else to the latest there is.
pub async fn get(State(state): State<AppState>, Account(account): Account, page: Page) -> Result<Response, Refusal> {
    if account.answers_for().is_none() {
        return Err(Error::Forbidden.into());
    }
    let rounds = state.service.rounds().await?;
    let open = rounds.iter().find(|round| round.state == RoundState::Open);
    match open.or_else(|| rounds.first()) {
        Some(round) => Ok(Redirect::to(&format!("/answer/{}", round.year.year())).into_response()),
        None => Ok(waiting(&page, AnswerWaiting { round: None, earlier_receipt: None }).await),
    }
}

/// How the list is read.
#[derive(Deserialize)]
pub struct Asked {
    /// In which language the questions are read.
    lang: Option<String>,
}

/// The task list; before the round opens, what there is to read.
pub async fn of_year(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let mut form = state.service.own_or_blank_form(&account, parse_year(&year)?).await?;
    let lang = asked.lang.as_deref();
    translate(&mut form, lang);
    let earlier_receipt = earlier_receipt(&state, &form).await?;
    if form.round.state == RoundState::Draft {
        return Ok(waiting(&page, AnswerWaiting { round: Some(preview(&form)), earlier_receipt }).await);
    }
    let events = state.service.events_of(&form).await?;
    let returned = returned(&state, &form, &events, lang).await?;
    let model = AnswerList {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        code: form.municipality.code,
        deadline: deadline(&form, state.service.clock().now()),
        state: form.response.state,
        read_only: form.read_only(),
        next: next(&form, returned.as_ref(), lang),
        returned,
        sent_back: course::open_send_back(&events).map(|event| SentBack {
            at: event.at,
            by: event.by.name.clone(),
            reason: event.note.clone(),
        }),
        awaiting: awaiting(&state, &form, &events).await?,
        sections: sections(&state, &account, &form, lang).await?,
        may_share: form.round.state.is_under_review(),
        receipt: form.response.receipt.as_ref().map(|r| r.number.clone()),
        approval: approval(&state, &account, &form).await?,
        inquiries_awaited: inquiries_awaited(&state, &form).await?,
        extension: extension(&form),
        advice: general_advice(&state, form.round.year).await?,
        earlier_receipt,
        languages: languages(&form, lang, &format!("/answer/{}", form.round.year.year())),
    };
    let shown = Shown::new("回答", NavSection::Answer);
    Ok(page.show(shown, move || view! { <AnswerListPage model=model.clone() /> }).await)
}

async fn waiting(page: &Page, model: AnswerWaiting) -> Response {
    let shown = Shown::new("受付開始前", NavSection::Answer);
    page.show(shown, move || view! { <AnswerWaitingPage model=model.clone() /> }).await
}

fn preview(form: &Form) -> WaitingRound {
    let evaluation = form.evaluation();
    let sections = form.questionnaire.sections.iter().map(|section| {
        let asked = form.progress(&evaluation, section).asked;
        (section.title.clone(), asked, section.minutes)
    });
    let PlannedDates { opening, reference_date, deadline } = form.round.planned;
    let planned = [("受付開始の予定", opening), ("締切の予定", deadline), ("基準日の予定", reference_date)];
    let planned = planned.into_iter().filter_map(|(words, at)| Some((words, at?))).collect();
    WaitingRound { year: form.round.year, planned, sections: sections.collect() }
}

async fn earlier_receipt(state: &AppState, form: &Form) -> Result<Option<Link>, Refusal> {
    let earlier = state.service.earlier_receipt(form.round.year, form.municipality.code).await?;
    let link = |(year, number): (FiscalYear, String)| {
        let label = format!("{}の提出の控え（受付番号 {number}）", year.wareki());
        Link::new(label, format!("/answer/{}/receipt", year.year()))
    };
    Ok(earlier.map(link))
}

/// A section without required questions may stay as it is.
fn next(form: &Form, returned: Option<&ReturnedList>, lang: Option<&str>) -> Option<String> {
    let uncorrected = returned.and_then(|list| list.items.iter().find(|item| !item.corrected));
    if let Some(item) = uncorrected {
        return Some(item.href.clone());
    }
    let evaluation = form.evaluation();
    let unfinished = form.questionnaire.sections.iter().find(|section| {
        let progress = form.progress(&evaluation, section);
        progress.missing > 0 || progress.broken > 0
    });
    unfinished.map(|section| with_language(section_href(form.round.year, &section.name), lang))
}

async fn returned(
    state: &AppState,
    form: &Form,
    events: &[ResponseEvent],
    lang: Option<&str>,
) -> Result<Option<ReturnedList>, Refusal> {
    if form.read_only().is_some() || form.response.state != ResponseState::Returned {
        return Ok(None);
    }
    let Some(corrections) = state.service.corrections(form, events).await? else { return Ok(None) };
    let item = |returned: &ReturnedQuestion| {
        let index = form.questionnaire.find(returned.question.as_str())?;
        Some(ReturnedItem {
            words: question_words(form, index),
            href: field_href(form, index, lang),
            reason: returned.reason.clone(),
            corrected: corrections.changed.iter().any(|change| change.index == index),
        })
    };
    let items = corrections.returned.iter().filter_map(item).collect();
    Ok(Some(ReturnedList { at: corrections.returned_at, note: corrections.note.clone(), items }))
}

async fn awaiting(state: &AppState, form: &Form, events: &[ResponseEvent]) -> Result<Option<AwaitedApproval>, Refusal> {
    let Some(request) = course::awaited_by(events).filter(|_| form.may_be_handed_in()) else { return Ok(None) };
    let approvers = state.service.approval(form.municipality.code).await?.approvers;
    Ok(Some(AwaitedApproval { since: request.at, asked_by: request.by.name.clone(), approvers }))
}

async fn sections(
    state: &AppState,
    account: &AccountRecord,
    form: &Form,
    lang: Option<&str>,
) -> Result<Vec<SectionEntry>, Refusal> {
    let tasks = state.service.section_tasks(form).await?;
    let entries = section_items(form, lang).into_iter().map(|section| {
        let task = tasks.iter().find(|task| task.section == section.name);
        // A task that was taken back says nothing.
        let task = task.filter(|task| !task.assignee.is_empty() || !task.comment.is_empty());
        let task = task.map(|task| TaskWords {
            revision: task.revision,
            assignee: task.assignee.clone(),
            state: task.state,
            comment: task.comment.clone(),
            own: task.is_assigned_to(&account.display_name),
        });
        SectionEntry { section, task }
    });
    Ok(entries.collect())
}

async fn approval(state: &AppState, account: &AccountRecord, form: &Form) -> Result<ApprovalSetting, Refusal> {
    let approval = state.service.approval(form.municipality.code).await?;
    Ok(ApprovalSetting {
        required: approval.is_required(),
        approvers: approval.approvers,
        is_approver: account.is(Role::Approver),
    })
}

fn extension(form: &Form) -> ExtensionLink {
    if form.extension.open_request().is_some() && settled(form).is_none() {
        ExtensionLink::Asked
    } else if settled(form).is_none() || form.extension.last() > 0 {
        ExtensionLink::Page
    } else {
        ExtensionLink::None
    }
}

async fn inquiries_awaited(state: &AppState, form: &Form) -> Result<usize, Refusal> {
    let inquiries = state.service.store().inquiries(form.round.year, Some(form.municipality.code)).await?;
    Ok(inquiries.iter().filter(|inquiry| inquiry.awaits() == Some(Side::Municipality)).count())
}
