//! The questions of one area, as a list or as a table.

use leptos::either::Either;
use leptos::prelude::*;
use shared::questionnaire::GroupLayout;

use super::field::QuestionFieldView;
use super::model::QuestionGroup;
use super::table::{QuestionTable, columns};

/// A group of questions; hidden while none of them is asked.
#[component]
pub fn QuestionGroupView(
    /// The questions.
    group: QuestionGroup,
    /// Show the answers as text.
    read_only: bool,
) -> impl IntoView {
    let hidden = !group.is_asked();
    let shared_choices = match group.layout {
        GroupLayout::Table => columns(&group),
        GroupLayout::List => None,
    };
    let title = group.heading();
    let QuestionGroup { questions, .. } = group;
    let caption = title.clone().unwrap_or_else(|| "取組の状況".to_owned());
    let body = match shared_choices {
        Some(columns) => Either::Left(view! { <QuestionTable questions columns read_only caption /> }),
        None => Either::Right(
            questions.into_iter().map(|field| view! { <QuestionFieldView field read_only /> }).collect_view(),
        ),
    };
    view! {
        <section class="question-group" data-group="" hidden=hidden>
            {title.map(|title| view! { <h2>{title}</h2> })}
            {body}
        </section>
    }
    .into_any()
}
