//! `/answer/{year}`: the task list.
//!
//! - `progress`: how far a section is, and until when
//! - `returned`: what was sent back, by the prefecture or by the own approver
//! - `sections`: one row a section
//! - `approval`: the municipality's own approval, and its switch

mod approval;
mod progress;
mod returned;
mod sections;
#[cfg(test)]
mod tests;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;

use crate::components::advice::{Advice, AdviceList};
use crate::components::languages::{LanguageLinks, Languages};
use crate::components::link::Link;

use self::approval::{ApprovalSwitch, Awaiting};
use self::returned::{ReturnedBlock, SentBackBlock};
use self::sections::Sections;

pub use self::approval::{ApprovalSetting, AwaitedApproval};
pub use self::progress::{Deadline, DeadlineWords, ProgressWords, SectionItem, SectionProgress, section_href};
pub use self::returned::{ReturnedItem, ReturnedList, SentBack};
pub use self::sections::{SectionEntry, TaskWords};

/// What `/answer/{year}` shows.
#[derive(Debug, Clone)]
pub struct AnswerList {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Its code.
    pub code: MunicipalityCode,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// State of the response.
    pub state: ResponseState,
    /// Why nothing can be changed, in a sentence; `None` while answers are taken.
    pub read_only: Option<String>,
    /// What the prefecture sent back, while it is to be corrected.
    pub returned: Option<ReturnedList>,
    /// Why the own approver sent it back, until approval is asked for again.
    pub sent_back: Option<SentBack>,
    /// The approval that is awaited.
    pub awaiting: Option<AwaitedApproval>,
    /// The sections, in the order of the paper form.
    pub sections: Vec<SectionEntry>,
    /// Whether tasks can still be handed out.
    pub may_share: bool,
    /// Where 「つづきから入力」 leads: the first question sent back that is still as it was, else the first section with
    /// something missing or wrong.
    pub next: Option<String>,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
    /// Whether the municipality has its responses approved.
    pub approval: ApprovalSetting,
    /// Talks with the prefecture that await the municipality's word.
    pub inquiries_awaited: usize,
    /// Whether a later deadline can be asked for, or was.
    pub extension: ExtensionLink,
    /// What the prefecture answered everybody about the form as a whole.
    pub advice: Vec<Advice>,
    /// The receipt of an earlier year.
    pub earlier_receipt: Option<Link>,
    /// In which language the questions are (`?lang=en`).
    pub languages: Languages,
}

/// What the list says of a later deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionLink {
    /// Nothing: none can be asked for, and none was.
    None,
    /// Where to ask, or to read what was decided.
    Page,
    /// The same; what was asked for is not decided.
    Asked,
}

/// The task list.
#[component]
pub fn AnswerListPage(
    /// What it shows.
    model: AnswerList,
) -> impl IntoView {
    let AnswerList { year, municipality, deadline, state, read_only, returned, sent_back, awaiting, .. } =
        model.clone();
    let receipt = model.receipt.clone().map(|number| {
        let href = format!("/answer/{}/receipt", year.year());
        view! { <p class="notice notice--success">"提出を受け付けました。" <a href=href>"受付番号 " {number}</a></p> }
    });
    // What still holds of an earlier submission is said by the return.
    let receipt = receipt.filter(|_| returned.is_none());
    view! {
        <p class="page-context">{municipality} "の回答"</p>
        <h1>{year.to_string()} "の調査に回答する"</h1>
        <LanguageLinks others=model.languages.others.clone() />
        <p class="answer-list-state">
            "回答の状態：" <strong>{state.label()}</strong> {deadline.map(|deadline| view! { "　" <DeadlineWords deadline /> })}
        </p>
        {returned.map(|list| view! { <ReturnedBlock list /> })}
        {sent_back.map(|sent_back| view! { <SentBackBlock sent_back /> })}
        {receipt}
        {awaiting.map(|awaiting| view! { <Awaiting awaiting /> })}
        {read_only.map(|reason| view! { <p class="notice">{reason}</p> })}
        <Actions model=model.clone() />
        <AdviceList about="調査票の全体" advice=model.advice />
        <Sections year code=model.code sections=model.sections may_share=model.may_share lang=model.languages.shown />
        <Further
            year
            inquiries_awaited=model.inquiries_awaited
            extension=model.extension
            earlier_receipt=model.earlier_receipt
        />
        <ApprovalSwitch year setting=model.approval />
    }
    .into_any()
}

/// The buttons; one of them is the next act.
#[component]
fn Actions(model: AnswerList) -> impl IntoView {
    let AnswerList { year, read_only, next, approval, awaiting, languages, .. } = model;
    let (editable, all_done) = (read_only.is_none(), next.is_none());
    let at = |page: &str| format!("/answer/{}/{page}", year.year());
    let go_on = next
        .filter(|_| editable)
        .map(|href| view! { <a class="button button--primary" href=href>"つづきから入力する"</a> });
    let approves = awaiting.is_some() && approval.is_approver;
    let (class, words) = match (editable, all_done) {
        (true, true) => ("button button--primary", "内容を確認して提出する"),
        (true, false) => ("button", "内容を確認して提出する"),
        (false, _) if approves => ("button button--primary", "内容を確認して承認する"),
        (false, _) => ("button", "回答の内容を見る"),
    };
    let workbook = editable.then(|| view! { <a class="button" href=at("workbook")>"Excelで入力する"</a> });
    view! { <p class="actions">{go_on} {workbook} <a class=class href=languages.keep(at("check"))>{words}</a></p> }
        .into_any()
}

/// Where else there is something to do or to see.
#[component]
fn Further(
    year: FiscalYear,
    inquiries_awaited: usize,
    extension: ExtensionLink,
    earlier_receipt: Option<Link>,
) -> impl IntoView {
    let at = |page: &str| format!("/answer/{}/{page}", year.year());
    let awaited = (inquiries_awaited > 0)
        .then(|| view! { <strong class="inquiries-awaited">{format!("（返事を待っています {inquiries_awaited}件）")}</strong> });
    let may_ask = extension != ExtensionLink::None;
    let asked = (extension == ExtensionLink::Asked).then_some("（県が確認しています）");
    let receipt = earlier_receipt.map(|link| view! { <li><a href=link.href>{link.label}</a></li> });
    view! {
        <ul class="link-list">
            <li><a href=at("inquiries")>"県への質問・県からの確認"</a> {awaited}</li>
            {may_ask.then(|| view! { <li><a href=at("extension")>"締切の延長の申出"</a> {asked}</li> })}
            <li><a href=at("print")>"決裁や控えのために印刷する"</a></li>
            {receipt}
        </ul>
    }
    .into_any()
}
