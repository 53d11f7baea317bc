//! A section's groups. The times of a repeated group come one after the other; those without an answer beyond the
//! first are folded into each other, so that one more can be added without scripts.

use leptos::prelude::*;

use super::group::QuestionGroupView;
use super::model::{QuestionField, QuestionGroup};

/// All groups of a section, in order.
#[component]
pub fn QuestionGroups(
    /// The groups.
    groups: Vec<QuestionGroup>,
    /// Show the answers as text.
    read_only: bool,
) -> impl IntoView {
    let runs = runs(groups).into_iter().map(|run| match run {
        Run::Once(group) => view! { <QuestionGroupView group read_only /> }.into_any(),
        Run::Repeated(times) => view! { <Times times read_only /> }.into_any(),
    });
    runs.collect_view()
}

/// A group asked once, or all times of a repeated one.
enum Run {
    Once(QuestionGroup),
    Repeated(Vec<Time>),
}

/// The groups of one time.
struct Time {
    number: u16,
    groups: Vec<QuestionGroup>,
}

fn runs(groups: Vec<QuestionGroup>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut groups = groups.into_iter().peekable();
    while let Some(group) = groups.next() {
        let Some(instance) = group.instance.clone() else {
            runs.push(Run::Once(group));
            continue;
        };
        let mut times = vec![Time { number: instance.number, groups: vec![group] }];
        let goes_on = |next: &QuestionGroup| next.instance.as_ref().is_some_and(|i| i.repeat == instance.repeat);
        while let Some(next) = groups.next_if(goes_on) {
            let number = next.instance.as_ref().map_or(0, |i| i.number);
            match times.last_mut() {
                Some(time) if time.number == number => time.groups.push(next),
                _ => times.push(Time { number, groups: vec![next] }),
            }
        }
        runs.push(Run::Repeated(times));
    }
    runs
}

#[component]
fn Times(times: Vec<Time>, read_only: bool) -> impl IntoView {
    let begun = |time: &Time| time.groups.iter().flat_map(|group| &group.questions).any(QuestionField::is_begun);
    let shown = times.iter().rposition(begun).map_or(1, |last| last + 1);
    let mut times = times;
    let folded = times.split_off(shown);
    let groups = |time: Time| {
        time.groups.into_iter().map(|group| view! { <QuestionGroupView group read_only /> }).collect_view()
    };
    let mut more = None;
    if !read_only {
        for time in folded.into_iter().rev() {
            let hidden = !time.groups.iter().any(QuestionGroup::is_asked);
            let summary = format!("もう1件追加する（{}件目）", time.number);
            more = Some(
                view! {
                    <details class="repeat-more" data-group="" hidden=hidden>
                        <summary>{summary}</summary>
                        {groups(time)}
                        {more.take()}
                    </details>
                }
                .into_any(),
            );
        }
    }
    view! {
        {times.into_iter().map(groups).collect_view()}
        {more}
    }
    .into_any()
}
