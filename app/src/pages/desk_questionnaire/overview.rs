//! Sections, questions and minutes.

use leptos::prelude::*;

use crate::components::table_frame::TableFrame;

/// A questionnaire as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionnaireFacts {
    /// Its title.
    pub title: String,
    /// Its `form_id`.
    pub form_id: String,
    /// Its version.
    pub version: String,
    /// Its sections, in order.
    pub sections: Vec<SectionFacts>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFacts {
    /// Its heading.
    pub title: String,
    /// Its preview; `None` of a questionnaire that no round asks yet.
    pub href: Option<String>,
    /// Questions that take an answer.
    pub questions: usize,
    /// Minutes that the author expects.
    pub minutes: u16,
}

impl QuestionnaireFacts {
    /// All its questions.
    pub fn questions(&self) -> usize {
        self.sections.iter().map(|section| section.questions).sum()
    }

    /// All its minutes.
    pub fn minutes(&self) -> u32 {
        self.sections.iter().map(|section| u32::from(section.minutes)).sum()
    }
}

/// What it is, how long it takes, and its sections.
#[component]
pub fn Overview(
    /// The questionnaire.
    facts: QuestionnaireFacts,
) -> impl IntoView {
    let (questions, minutes) = (facts.questions(), facts.minutes());
    let QuestionnaireFacts { title, form_id, version, sections } = facts;
    let row = |section: SectionFacts| {
        let SectionFacts { title, href, questions, minutes } = section;
        let title = match href {
            Some(href) => view! { <a href=href>{title}</a> }.into_any(),
            None => title.into_any(),
        };
        view! {
            <tr>
                <th scope="row" class="text">{title}</th>
                <td class="number">{questions}</td>
                <td class="number">{minutes}</td>
            </tr>
        }
    };
    let rows = sections.into_iter().map(row).collect_view();
    view! {
        <dl class="facts">
            <dt>"題名"</dt>
            <dd>{title}</dd>
            <dt>"識別名と版"</dt>
            <dd>{format!("{form_id} {version}")}</dd>
            <dt>"設問の数"</dt>
            <dd>{format!("{questions}問（条件により表示しないものを含む）")}</dd>
            <dt>"回答時間の目安"</dt>
            <dd>{format!("約{minutes}分")}</dd>
        </dl>
        <p>
            "目安は、作成者が章ごとにminutes列に書いた分数の合計です。見積りであり、実際にかかった時間を測ったものではありません。"
        </p>
        <TableFrame label="章ごとの設問の数">
            <table class="table">
                <caption>"章ごとの設問の数と時間の目安"</caption>
                <thead>
                    <tr>
                        <th scope="col">"章"</th>
                        <th scope="col">"設問（問）"</th>
                        <th scope="col">"目安（分）"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}
