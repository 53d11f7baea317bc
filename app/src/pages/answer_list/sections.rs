//! One row a section: how far it is, and who fills it.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::SectionTaskState;

use super::progress::{ProgressWords, SectionItem};

/// A section with its task.
#[derive(Debug, Clone)]
pub struct SectionEntry {
    /// The section.
    pub section: SectionItem,
    /// Who fills it, where it was handed to somebody.
    pub task: Option<TaskWords>,
}

/// A section's task.
#[derive(Debug, Clone)]
pub struct TaskWords {
    /// Its revision.
    pub revision: u32,
    /// 課名・氏名.
    pub assignee: String,
    /// How far they say it is.
    pub state: SectionTaskState,
    /// What they tell one another.
    pub comment: String,
    /// It was handed to whoever looks at the page.
    pub own: bool,
}

/// The sections.
#[component]
pub fn Sections(
    /// The round.
    year: FiscalYear,
    /// Whose.
    code: MunicipalityCode,
    /// In the order of the paper form.
    sections: Vec<SectionEntry>,
    /// Whether tasks can still be handed out.
    may_share: bool,
    /// Language of the sections' titles, where it is not the questionnaire's own.
    lang: Option<String>,
) -> impl IntoView {
    let items = sections.into_iter().map(move |entry| row(year, code, entry, may_share, lang.clone())).collect_view();
    let share = format!("/answer/{}/tasks", year.year());
    let words = if may_share {
        "分担を決める・進み具合をまとめて見る"
    } else {
        "分担と進み具合を見る"
    };
    view! {
        <h2 class="visually-hidden" id="sections">"調査票の構成"</h2>
        <ol class="task-list" aria-labelledby="sections">{items}</ol>
        <p class="actions"><a class="button" href=share>{words}</a></p>
    }
    .into_any()
}

fn row(
    year: FiscalYear,
    code: MunicipalityCode,
    entry: SectionEntry,
    may_share: bool,
    lang: Option<String>,
) -> AnyView {
    let SectionEntry { section, task } = entry;
    let name = section.name.0.clone();
    let task = task.map(|task| {
        let toggle = may_share.then(|| toggle(year, code, name.clone(), section.title.clone(), task.clone()));
        let TaskWords { assignee, state, comment, own, .. } = task;
        let who = if assignee.is_empty() { "担当：未定".to_owned() } else { format!("担当：{assignee}") };
        let own = own.then(|| view! { <strong>"あなたの担当です"</strong> });
        let comment = (!comment.is_empty()).then(|| view! { <span class="task-comment">{comment}</span> });
        view! { <div class="task-assignment"><span>{who} "（" {state.label()} "）"</span> {own} {comment} {toggle}</div> }
    });
    view! {
        <li class="task">
            <a class="task-title" href=section.href lang=lang>{section.title.clone()}</a>
            <span class="task-minutes">"目安 " {section.minutes} "分"</span>
            <ProgressWords progress=section.progress />
            {task}
        </li>
    }
    .into_any()
}

/// One press tells the one who gathers that a section is complete, or takes that back.
fn toggle(year: FiscalYear, code: MunicipalityCode, section: String, title: String, task: TaskWords) -> AnyView {
    let (next, words) = match task.state {
        SectionTaskState::Open => (SectionTaskState::Done, "入力済みにする"),
        SectionTaskState::Done => (SectionTaskState::Open, "依頼中に戻す"),
    };
    let fields = [
        ("section", section),
        ("revision", task.revision.to_string()),
        ("municipality", code.to_string()),
        ("assignee", task.assignee),
        ("comment", task.comment),
        ("then", "list".to_owned()),
    ];
    let fields = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <form method="post" action=format!("/answer/{}/tasks", year.year())>
            {fields.collect_view()}
            <button class="button button--text" type="submit" name="state" value=next.code()>
                {words} <span class="visually-hidden">"：" {title}</span>
            </button>
        </form>
    }
    .into_any()
}
