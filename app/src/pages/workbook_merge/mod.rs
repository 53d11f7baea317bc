//! `/answer/{year}/workbook/merge`: a workbook's answers beside the stored ones, to be decided.

//!
//! - `decisions`: the table of what is to be decided
//! - `summary`: counts, cells that cannot be read, answers that stay

mod decisions;
mod summary;
#[cfg(test)]
mod tests;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::Question;
use shared::response::{AnswerValue, Base, Decision, Merge};
use shared::time::Timestamp;

use self::decisions::Decisions;
use self::summary::{Counts, KeptAnswers, Problems};
use super::answer_workbook::workbook_href;
use crate::components::question::{ErrorSummary, in_words};

/// A workbook's answers beside the stored ones.
#[derive(Debug, Clone)]
pub struct WorkbookMerge {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// When the workbook was downloaded; `None` where the decisions came back.
    pub downloaded_at: Option<Timestamp>,
    /// Answers that are the same in the workbook and stored.
    pub same: usize,
    /// Questions without a row in the workbook.
    pub missing: usize,
    /// Answers to be decided, in the questionnaire's order.
    pub offers: Vec<Offered>,
    /// Answers that changed since the download and not in the workbook: they stay.
    pub kept: Vec<Kept>,
    /// Places that cannot be read.
    pub problems: Vec<Unread>,
    /// How many were saved already, when others had to be decided anew.
    pub saved: Option<usize>,
    /// Somebody pressed 保存する before everything was decided.
    pub undecided: bool,
}

/// One answer to be decided.
///
/// The form sends, for the question's name `n`: `n.value` (repeated for choices), `n.unknown=1` for 「不明」, `n.base`
/// (the revision at the download, empty where it is not known), `n.revision` (of the stored answer shown) and
/// `n.keep=workbook` or `n.keep=now`.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The question.
    pub question: Question,
    /// How the three go together.
    pub merge: Merge,
    /// What it was at the download.
    pub base: Base,
    /// Revision of that.
    pub base_revision: Option<u32>,
    /// What is stored now.
    pub now: Option<AnswerValue>,
    /// Who stored it, and when.
    pub now_by: Option<(String, Timestamp)>,
    /// Revision of that; 0 where nothing is.
    pub revision: u32,
    /// What was chosen before.
    pub chosen: Option<Decision>,
    /// What has to be known of the workbook's answer.
    pub warning: Option<String>,
}

/// An answer that stays as it is stored.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The question.
    pub question: Question,
    /// What stands in the workbook, unchanged since the download.
    pub workbook: Option<AnswerValue>,
    /// What is stored now.
    pub now: Option<AnswerValue>,
    /// Who stored it, and when.
    pub now_by: Option<(String, Timestamp)>,
}

/// A place of the workbook that cannot be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// 「回答!D17」
    pub place: String,
    /// Number and text of the question, where it can be told.
    pub question: Option<String>,
    /// What it is, and what to do.
    pub what: String,
}

/// The differences, and which answers shall stand.
#[component]
pub fn WorkbookMergePage(
    /// What it shows.
    model: WorkbookMerge,
) -> impl IntoView {
    let WorkbookMerge { year, municipality, downloaded_at, offers, kept, problems, saved, undecided, .. } =
        model.clone();
    let open = offers.iter().filter(|offer| undecided && offer.chosen.or(offer.merge.proposed()).is_none());
    let errors: Vec<_> = open
        .map(|offer| (format!("#k-{}-workbook", offer.question.name), name_of(&offer.question), UNDECIDED.to_owned()))
        .collect();
    let downloaded = downloaded_at.map(|at| {
        view! { <p class="page-lead">{at.date_time()} "にダウンロードしたワークブックと、現在の回答との違いです。"</p> }
    });
    let again = saved.map(|count| {
        view! {
            <p class="notice" role="status">
                {format!("{count} 件の回答を保存しました。")}
                "次の回答は、確認している間にほかの人が変えたため、まだ保存していません。もう一度選んでください。"
            </p>
        }
    });
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"ワークブックとの違いを確認する"</h1>
        {downloaded}
        <ErrorSummary errors />
        {again}
        <Counts model />
        <Problems problems />
        <Decisions year offers undecided />
        <KeptAnswers kept />
        <p class="actions"><a class="button" href=workbook_href(year)>"保存せずに戻る"</a></p>
    }
    .into_any()
}

const UNDECIDED: &str = "どちらの回答にするか選んでください。";

/// 「産-3 取り組んだ主なきっかけ…」
fn name_of(question: &Question) -> String {
    format!("{} {}", question.number, question.label).trim().to_owned()
}

/// An answer in words.
fn words_of(question: &Question, value: Option<&AnswerValue>) -> String {
    value.map_or_else(|| "（空欄）".to_owned(), |value| in_words(question, value))
}

/// Who saved it, and when.
#[component]
fn AuthorWords(by: (String, Timestamp)) -> impl IntoView {
    let (author, at) = by;
    view! { <span class="merge-author">{format!("{author}さん、{}", at.date_time())}</span> }
}
