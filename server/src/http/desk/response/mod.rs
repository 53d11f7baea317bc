//! One municipality, read by the officer.
pub mod get;

use app::components::question::in_words_or_blank;
use app::pages::desk_response::{
    CorrectedRow, CorrectionsWords, DeskResponse, DeskResponsePage, ResponseEvent, TypedReturn,
};
use app::pages::inquiries::InquiryItem;
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::response::{ResponseState, Side};

use crate::http::inquiries::{about, item, put_in_order};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::sheet::{question_words, sheet};
use crate::http::signatures::signature_words;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::approval::Approval;
use crate::service::course::{Step, steps};
use crate::service::returning::{CorrectedAnswer, Corrections};
use crate::store::{self, AccountRecord};

/// Shows the response, what happened to it, what is talked over about it, and the buttons that accept it or send it back.
pub async fn show(
    state: &AppState,
    page: &Page,
    account: &AccountRecord,
    form: &Form,
    events: &[store::ResponseEvent],
    typed: TypedReturn,
) -> Result<Response, Refusal> {
    let receipt = form.response.receipt.as_ref();
    let under_review = form.round.state.is_under_review();
    let corrections = state.service.corrections(form, events).await?;
    let model = DeskResponse {
        year: form.round.year,
        code: form.municipality.code,
        municipality: form.municipality.name.clone(),
        region: form.municipality.region,
        state: form.response.state,
        revision: form.response.revision,
        receipt: receipt.map(|r| r.number.clone()),
        signatures: receipt.map(|receipt| signature_words(events, receipt)).unwrap_or_default(),
        approval: approval_words(&state.service.approval(form.municipality.code).await?),
        sha256: receipt.map(|r| r.content_hash.clone()),
        may_ask: under_review,
        inquiries: inquiries(state, account, form).await?,
        may_accept: under_review && form.response.state == ResponseState::Submitted,
        return_form: (under_review && form.response.state.is_handed_in()).then_some(typed),
        corrections: corrections.map(|corrections| corrections_words(form, &corrections)),
        deadline: form.extension.later_than(&form.round),
        events: steps(events).map(in_words).collect(),
        sheet: sheet(form, None),
    };
    let shown = Shown::new(model.municipality.clone(), NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskResponsePage model=model.clone() /> }).await)
}

/// What is talked over with the municipality.
async fn inquiries(state: &AppState, account: &AccountRecord, form: &Form) -> Result<Vec<InquiryItem>, Refusal> {
    let (year, code) = (form.round.year, form.municipality.code);
    let inquiries = state.service.inquiries(account, year, Some(code)).await?;
    let of_form = |inquiry: &store::Inquiry| {
        item(year, Side::Prefecture, inquiry, about(&form.questionnaire, inquiry.question.as_ref()), None)
    };
    let mut items: Vec<InquiryItem> = inquiries.iter().filter_map(of_form).collect();
    put_in_order(&mut items, Side::Prefecture);
    Ok(items)
}

/// What an approver wrote to the own colleagues stays with them.
fn in_words(step: Step<'_>) -> ResponseEvent {
    let event = step.event;
    let what = match event.to {
        ResponseState::NotStarted => "回答の受付が始まりました".to_owned(),
        ResponseState::InProgress | ResponseState::Returned if step.is_sent_back() => {
            "承認者が庁内で差し戻しました".to_owned()
        }
        ResponseState::InProgress | ResponseState::Returned if step.ends_request() => {
            "承認の依頼を取り下げました".to_owned()
        }
        ResponseState::InProgress if event.note.is_empty() => "入力を始めました".to_owned(),
        // Only an import says where the answers come from.
        ResponseState::InProgress => format!("過去の回答を取り込みました（{}）", event.note),
        ResponseState::AwaitingApproval => "承認を依頼しました".to_owned(),
        ResponseState::Submitted => format!("提出しました（受付番号 {}）", event.note),
        ResponseState::Returned if event.note.is_empty() => "設問を差し戻しました".to_owned(),
        ResponseState::Returned => format!("差し戻しました（{}）", event.note),
        ResponseState::Accepted => "受理しました".to_owned(),
    };
    ResponseEvent { at: event.at, actor: event.by.name.clone(), what }
}

fn approval_words(approval: &Approval) -> String {
    if approval.approvers.is_empty() {
        return "なし（承認者のアカウントがありません）".to_owned();
    }
    let approvers = approval.approvers.join("、");
    if approval.is_required() {
        format!("必要（承認者：{approvers}）")
    } else {
        format!("不要と設定されています（承認者：{approvers}）")
    }
}

/// What came of the return, in words.
pub fn corrections_words(form: &Form, corrections: &Corrections) -> CorrectionsWords {
    let evaluation = form.evaluation();
    let row = |change: &CorrectedAnswer| {
        let question = form.questionnaire.question(change.index);
        let returned = corrections.returned.iter().find(|returned| returned.question == question.name);
        CorrectedRow {
            name: question.name.to_string(),
            words: question_words(form, change.index),
            reason: returned.map(|returned| returned.reason.clone()),
            before: in_words_or_blank(question, true, change.before.as_ref()),
            after: in_words_or_blank(question, evaluation.is_relevant(change.index), change.after.as_ref()),
            by: change.by.name.clone(),
            at: change.at,
        }
    };
    let untouched = corrections.untouched(form).into_iter().filter_map(|returned| {
        let index = form.questionnaire.find(returned.question.as_str())?;
        Some((returned.question.to_string(), question_words(form, index), returned.reason.clone()))
    });
    CorrectionsWords {
        returned_at: corrections.returned_at,
        note: corrections.note.clone(),
        again_at: corrections.again_at,
        changed: corrections.changed.iter().map(row).collect(),
        untouched: untouched.collect(),
    }
}
