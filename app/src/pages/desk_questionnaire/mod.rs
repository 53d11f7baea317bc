//! `/desk/{year}/questionnaire`: what a round asks, and another questionnaire in its place while it is being prepared.
//!
//! - `overview`: sections, questions and minutes
//! - `differences`: what is asked differently from the round before
//! - `unused`: whose answers nobody used
//! - `check`: an uploaded questionnaire, to be taken or not

mod check;
mod differences;
mod overview;
mod unused;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;

pub use self::check::{Fault, LackingItem, LineageItem, QuestionnaireCheck, QuestionnaireCheckPage};
use self::check::{Faults, UploadForm};
use self::differences::DifferencesList;
pub use self::differences::{ChangedItem, Differences, QuestionWords};
use self::overview::Overview;
pub use self::overview::{QuestionnaireFacts, SectionFacts};
use self::unused::UnusedList;
pub use self::unused::{UnusedItem, UnusedQuestions};

/// What `/desk/{year}/questionnaire` shows.
#[derive(Debug, Clone)]
pub struct DeskQuestionnaire {
    /// The round.
    pub year: FiscalYear,
    /// Where it stands.
    pub state: RoundState,
    /// What it asks.
    pub facts: QuestionnaireFacts,
    /// What is different from the round before; `None` where there is none.
    pub differences: Option<Differences>,
    /// What nobody used in the round before; `None` where there is none.
    pub unused: Option<UnusedQuestions>,
    /// Another questionnaire was just taken.
    pub taken: bool,
    /// What is wrong with an uploaded questionnaire.
    pub refused: Vec<Fault>,
}

/// `/desk/{year}/questionnaire`
pub fn questionnaire_href(year: FiscalYear) -> String {
    format!("/desk/{}/questionnaire", year.year())
}

/// What the round asks, how that differs from the year before, and how to change it.
#[component]
pub fn DeskQuestionnairePage(
    /// What it shows.
    model: DeskQuestionnaire,
) -> impl IntoView {
    let DeskQuestionnaire { year, state, facts, differences, unused, taken, refused } = model;
    let own = questionnaire_href(year);
    let is_draft = state == RoundState::Draft;
    let taken = taken.then(|| {
        view! {
            <p class="notice notice--success" role="status">
                "調査票を差し替えました。プレビューで、回答する人に見える内容を確認してください。"
            </p>
        }
    });
    let lead = if is_draft {
        "準備中です。受付を始めるまで、調査票を差し替えられます。"
    } else {
        "受付を始めた調査の調査票です。変更できません。"
    };
    let replace = is_draft.then(|| {
        view! {
            <section class="section">
                <h2>"調査票を差し替える"</h2>
                <p>
                    "いまの調査票をダウンロードし、Excelなどで編集して、ここに戻します。settingsシートのversionは、新しい版に書き換えてください。アップロードしただけでは何も変わりません。"
                </p>
                <UploadForm action=own.clone() invalid=!refused.is_empty() />
            </section>
        }
    });
    let refused = (!refused.is_empty()).then(|| view! { <Faults faults=refused /> });
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>{year.wareki()} "の調査票"</h1>
        <p class="page-lead">{lead}</p>
        {refused}
        {taken}
        <Overview facts />
        <p class="actions">
            <a class="button" href=format!("{own}/preview")>"回答する人に見える内容を確認する"</a>
            <a class="button" href=format!("/data/{}/questionnaire.xlsx", year.year())>
                "調査票（XLSForm、Excel）をダウンロードする"
            </a>
        </p>
        {replace}
        {differences.map(|differences| view! { <DifferencesList differences /> })}
        {unused.map(|unused| view! { <UnusedList unused /> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests;
