//! `/answer/{year}/{section}`: the questions of one section.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::SectionName;
use shared::wire::LiveForm;

use super::answer_list::{Deadline, DeadlineWords, ProgressWords, SectionItem, section_href};
use super::login::LoginInPlace;
use crate::components::languages::{InLanguage, LanguageLinks, Languages};
use crate::components::question::{ErrorSummary, QuestionGroup, QuestionGroups, control_id};
use crate::islands::SectionForm;

/// What `/answer/{year}/{section}` shows.
///
/// The form is posted to its own address with the fields described at [`crate::components::question::QuestionField`],
/// `then` (`next`, `list` or, with [`AnswerSection::from_check`], `check`) or `same=*` (all unanswered questions get last
/// year's answer), and whose response it is: `.municipality` and `.login_name`. No question's name begins with a point.
#[derive(Debug, Clone)]
pub struct AnswerSection {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Its code: what is typed here is saved to no other response.
    pub code: MunicipalityCode,
    /// Login name of whoever opened the page, should the session end.
    pub login_name: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// The section shown.
    pub name: SectionName,
    /// Its heading.
    pub title: String,
    /// Lead below the heading.
    pub lead: Option<String>,
    /// All sections, in order.
    pub sections: Vec<SectionItem>,
    /// Its groups, in order.
    pub groups: Vec<QuestionGroup>,
    /// How many unanswered questions could get last year's answer.
    pub copyable: usize,
    /// What `same=*` just did.
    pub copied: Option<Copied>,
    /// Questions that the last save brought up: address on the page and text.
    pub added: Vec<(String, String)>,
    /// Why nothing can be changed, in a sentence; answers are then shown as text.
    pub read_only: Option<String>,
    /// Opened from the check page (`?from=check`), to which saving then returns.
    pub from_check: bool,
    /// In which language the questions are (`?lang=en`).
    pub languages: Languages,
    /// What the island needs; `None` when read-only.
    pub live: Option<LiveForm>,
}

/// What came of taking over last year's answers for the whole section.
#[derive(Debug, Clone)]
pub struct Copied {
    /// Questions that got last year's answer.
    pub count: usize,
    /// Questions still unanswered: address on the page and text.
    pub left: Vec<(String, String)>,
}

/// The questions of one section.
#[component]
pub fn AnswerSectionPage(
    /// What it shows.
    model: AnswerSection,
) -> impl IntoView {
    let errors = errors(&model.groups);
    let AnswerSection { year, municipality, deadline, name, title, lead, sections, read_only, copied, added, .. } =
        model.clone();
    let Languages { shown, others } = model.languages.clone();
    let body = if read_only.is_none() {
        Either::Left(view! { <SectionInputs model /> })
    } else {
        Either::Right(view! {
            <InLanguage code=model.languages.shown>
                <QuestionGroups groups=model.groups read_only=true />
            </InLanguage>
            <p class="actions"><a class="button" href="/answer">"一覧に戻る"</a></p>
        })
    };
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1 lang=shown.clone()>{title}</h1>
        <LanguageLinks others />
        {deadline.map(|deadline| view! { <p><DeadlineWords deadline /></p> })}
        {lead.map(|lead| view! { <p class="page-lead" lang=shown.clone()>{lead}</p> })}
        <div class="answer-layout">
            <SectionList sections current=name lang=shown.clone() />
            <div class="answer-questions">
                {read_only.map(|reason| view! { <p class="notice">{reason}</p> })}
                <ErrorSummary errors />
                {copied.map(|copied| view! { <CopiedNotice copied /> })}
                {(!added.is_empty()).then(|| view! { <AddedNotice added /> })}
                {body}
            </div>
        </div>
    }
    .into_any()
}

/// The form, and what the island brings up beside it.
#[component]
fn SectionInputs(model: AnswerSection) -> impl IntoView {
    let AnswerSection { year, name, groups, copyable, from_check, live, code, login_name, languages, .. } = model;
    let own = section_href(year, &name);
    let action = languages.keep(if from_check { format!("{own}?from=check") } else { own });
    let (then, save) =
        if from_check { ("check", "保存して確認に戻る") } else { ("next", "保存して次へ") };
    let same = (copyable > 0).then(|| {
        view! {
            <p class="section-same">
                <button class="button" type="submit" name="same" value="*" formnovalidate=true>
                    "この章の未回答をすべて前年と同じにする"
                </button>
                <span>{format!("前年の回答を使える未回答の設問：{copyable}問")}</span>
            </p>
        }
    });
    let enhanced = live.map(|form| {
        view! {
            <div class="save-status">
                <p role="status" data-save-status=""></p>
                <LoginInPlace code login_name=login_name.clone() />
            </div>
            <ConflictTemplate />
            <SectionForm form />
        }
    });
    view! {
        <form method="post" action=action autocomplete="off" data-section-form="">
            // Enter in a text presses the form's first button.
            <button class="visually-hidden" type="submit" name="then" value=then tabindex="-1" aria-hidden="true">
                {save}
            </button>
            <input type="hidden" name=".municipality" value=code.to_string() />
            <input type="hidden" name=".login_name" value=login_name />
            {same}
            <InLanguage code=languages.shown>
                <QuestionGroups groups read_only=false />
            </InLanguage>
            <p class="actions">
                <button class="button button--primary" type="submit" name="then" value=then>{save}</button>
                <button class="button" type="submit" name="then" value="list">"保存して一覧に戻る"</button>
            </p>
        </form>
        {enhanced}
    }
    .into_any()
}

/// What the island puts below a question that somebody else answered otherwise meanwhile.
#[component]
fn ConflictTemplate() -> impl IntoView {
    view! {
        <template id="conflict-template">
            <div class="question-conflict" role="group" data-conflict="">
                <p><strong>"ほかの人が別の値を保存しています。どちらを残しますか。"</strong></p>
                <p>
                    <span data-part="author"></span>
                    "さんが"
                    <span data-part="when"></span>
                    "に保存した値："
                    <strong data-part="theirs"></strong>
                </p>
                <p>"この画面の回答：" <strong data-part="mine"></strong></p>
                <p class="actions">
                    <button class="button" type="button" data-keep="theirs">
                        <span data-part="author"></span>
                        "さんの値を残す"
                    </button>
                    <button class="button" type="button" data-keep="mine">"この画面の回答に置き換える"</button>
                </p>
            </div>
        </template>
    }
    .into_any()
}

#[component]
fn CopiedNotice(copied: Copied) -> impl IntoView {
    let Copied { count, left } = copied;
    let words = match count {
        0 => "前年の回答を使える未回答の設問はありませんでした。".to_owned(),
        _ => format!("未回答だった{count}問に前年の回答を入れました。今年の状況と合っているか確認してください。"),
    };
    let left = (!left.is_empty()).then(|| {
        view! {
            <p>"次の設問は、前年の回答がないか、そのままでは使えないため、未回答のままです。"</p>
            <QuestionLinks questions=left />
        }
    });
    view! { <div class="notice notice--success" id="copied" role="status"><p>{words}</p> {left}</div> }.into_any()
}

/// Without WebAssembly a question comes up only with the save.
#[component]
fn AddedNotice(added: Vec<(String, String)>) -> impl IntoView {
    view! {
        <div class="notice" id="added" role="status">
            <p>"保存しました。回答に応じて、お答えいただく設問が加わりました。次へ進む前に確認してください。"</p>
            <QuestionLinks questions=added />
        </div>
    }
    .into_any()
}

#[component]
fn QuestionLinks(questions: Vec<(String, String)>) -> impl IntoView {
    let items = questions.into_iter().map(|(href, label)| view! { <li><a href=href>{label}</a></li> });
    view! { <ul>{items.collect_view()}</ul> }
}

#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub(super) fn SectionList(sections: Vec<SectionItem>, current: SectionName, lang: Option<String>) -> impl IntoView {
    let items = sections
        .into_iter()
        .map(|section| {
            let is_current = section.name == current;
            view! {
                <li>
                    <a href=section.href aria-current=is_current.then_some("page")>
                        <span class="section-list-title" lang=lang.clone()>{section.title}</span>
                        <ProgressWords progress=section.progress />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="section-list" aria-label="調査票の構成"><ol class="section-list-items">{items}</ol></nav> }
}

/// What the summary says: every question with an error or a conflict, in order.
pub(super) fn errors(groups: &[QuestionGroup]) -> Vec<(String, String, String)> {
    let fields = groups.iter().flat_map(|group| &group.questions);
    fields
        .filter_map(|field| {
            let conflict = field.conflict.as_ref().map(|_| "ほかの人が別の値を保存しています。".to_owned());
            let error = field.error.clone().or(conflict)?;
            let question = &field.question;
            let label = format!("{} {}", question.number, question.label);
            Some((format!("#{}", control_id(field)), label.trim().to_owned(), error))
        })
        .collect()
}

#[cfg(test)]
mod tests;
