//! `/desk/{year}/{code}`: one municipality's response, read by the officer.
//!
//! - `corrections`: what came of a return
//! - `return_form`: sending questions back, each with its reason

mod corrections;
mod return_form;
#[cfg(test)]
mod tests;

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{MunicipalityCode, Region};
use shared::response::ResponseState;
use shared::time::Timestamp;

use super::desk::StateWords;
use super::inquiries::{InquiryItem, InquiryTable};
use crate::components::sheet::{Sheet, SheetQuestion, sheet_rows};

use self::corrections::CorrectionsBlock;
use self::return_form::problems;

pub use self::corrections::{CorrectedRow, CorrectionsWords};
pub use self::return_form::TypedReturn;

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
    /// The response's revision: what was read is sent back, and nothing else.
    pub revision: i64,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
    /// Who answered, who approved.
    pub signatures: Vec<(&'static str, String)>,
    /// Whether the municipality has its responses approved, in words.
    pub approval: String,
    /// SHA-256 of the answers as handed in, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether it can be accepted now (`POST /desk/{year}/{code}/accept`).
    pub may_accept: bool,
    /// Whether the municipality can be asked now (`/desk/{year}/{code}/inquiries/new`).
    pub may_ask: bool,
    /// What is talked over with it: what awaits the prefecture first, then the open, then the settled.
    pub inquiries: Vec<InquiryItem>,
    /// What was typed to send it back (`POST /desk/{year}/{code}/return`); `None` when it cannot be sent back now.
    pub return_form: Option<TypedReturn>,
    /// What came of the last return.
    pub corrections: Option<CorrectionsWords>,
    /// The later deadline that was granted.
    pub deadline: Option<Timestamp>,
    /// What happened, oldest first.
    pub events: Vec<ResponseEvent>,
    /// Every section with its answers.
    pub sheet: Sheet,
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
    let DeskResponse {
        year,
        code,
        municipality,
        may_accept,
        may_ask,
        inquiries,
        return_form,
        corrections,
        events,
        sheet,
        revision,
        ..
    } = model.clone();
    let accept = may_accept.then(|| {
        view! {
            <form method="post" action=format!("/desk/{}/{code}/accept", year.year())>
                <p>"受理すると、この回答は確定の対象になります。"</p>
                <p class="actions">
                    <button class="button button--primary" type="submit">"受理する"</button>
                    {return_form.is_some().then(|| view! { <a class="button" href="#return">"設問を選んで差し戻す"</a> })}
                </p>
            </form>
        }
    });
    let back_only = (return_form.is_some() && !may_accept)
        .then(|| view! { <p class="actions"><a class="button" href="#return">"設問を選んで差し戻す"</a></p> });
    let problems = return_form.as_ref().map(|typed| problems(typed, &sheet));
    let ask = |question: &SheetQuestion| (may_ask && question.relevant).then(|| ask_link(year, code, question));
    let answers = match return_form {
        Some(typed) => return_form::return_form(year, code, revision, &typed, sheet, ask),
        None => sheet_rows(sheet, ask),
    };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>{municipality} "の回答"</h1>
        {problems}
        <Facts model />
        <Further year code may_ask />
        {accept}
        {back_only}
        {corrections.map(|corrections| view! { <CorrectionsBlock corrections /> })}
        <Inquiries items=inquiries />
        {(!events.is_empty()).then(|| view! { <Timeline events /> })}
        {answers}
    }
    .into_any()
}

/// Where the response is held against others, and the municipality is asked.
#[component]
fn Further(year: FiscalYear, code: MunicipalityCode, may_ask: bool) -> impl IntoView {
    let year = year.year();
    let ask = may_ask.then(|| {
        let href = format!("/desk/{year}/{code}/inquiries/new");
        view! { <li><a href=href>"この市町村に確認する"</a> "（調査票の全体。1つの設問については、下の一覧から）"</li> }
    });
    view! {
        <ul class="link-list screen-only">
            <li><a href=format!("/desk/{year}/{code}/changes")>"前年と、前に提出した内容と比べる"</a></li>
            <li><a href=format!("/desk/{year}/check?municipality={code}")>"回答の点検（この市町村）"</a></li>
            {ask}
        </ul>
    }
    .into_any()
}

/// 「この設問を確認する」
fn ask_link(year: FiscalYear, code: MunicipalityCode, asked: &SheetQuestion) -> AnyView {
    let href = format!("/desk/{}/{code}/inquiries/new?question={}", year.year(), asked.question.name);
    let number = asked.question.number.clone();
    view! {
        <p class="answered-ask screen-only">
            <a href=href>"この設問を確認する" <span class="visually-hidden">"：" {number}</span></a>
        </p>
    }
    .into_any()
}

/// What is talked over with the municipality.
#[component]
fn Inquiries(items: Vec<InquiryItem>) -> impl IntoView {
    let list = if items.is_empty() {
        Either::Left(view! { <p>"まだやりとりはありません。"</p> })
    } else {
        Either::Right(view! { <InquiryTable items by_municipality=false /> })
    };
    view! {
        <section class="section screen-only" id="inquiries" aria-labelledby="inquiries-heading">
            <h2 id="inquiries-heading">"この市町村とのやりとり"</h2>
            {list}
        </section>
    }
    .into_any()
}

#[component]
fn Facts(model: DeskResponse) -> impl IntoView {
    let DeskResponse { code, region, state, receipt, signatures, approval, sha256, deadline, .. } = model;
    let facts = [("地域", region.map(|region| region.label().to_owned())), ("受付番号", receipt)]
        .into_iter()
        .chain(signatures.into_iter().map(|(word, name)| (word, Some(name))))
        .chain([
            ("延長後の締切", deadline.map(Timestamp::date_time)),
            ("庁内の承認", Some(approval)),
            ("回答内容の SHA-256", sha256),
        ])
        .filter_map(|(word, fact)| Some(view! { <dt>{word}</dt> <dd class="hash">{fact?}</dd> }))
        .collect_view();
    view! {
        <dl class="facts">
            <dt>"状態"</dt>
            <dd><StateWords state /></dd>
            <dt>"市町村コード"</dt>
            <dd>{code.to_string()}</dd>
            {facts}
        </dl>
    }
    .into_any()
}

#[component]
fn Timeline(events: Vec<ResponseEvent>) -> impl IntoView {
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
        <section class="section">
            <h2>"これまでの経過"</h2>
            <ol class="timeline">{events}</ol>
        </section>
    }
    .into_any()
}
