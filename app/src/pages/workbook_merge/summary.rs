//! Counts, cells that cannot be read, answers that stay.

use leptos::prelude::*;
use shared::response::Merge;

use super::{AuthorWords, Kept, Unread, WorkbookMerge, name_of, words_of};
use crate::components::table_frame::TableFrame;

/// How many answers differ in which way, and what comes of it unless somebody chooses otherwise.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub(super) fn Counts(model: WorkbookMerge) -> impl IntoView {
    // Where the decisions came back, the other counts were shown before.
    model.downloaded_at?;
    let of = |wanted: fn(&Merge) -> bool| model.offers.iter().filter(|offer| wanted(&offer.merge)).count();
    let counts = [
        (
            "ワークブックで入力・変更",
            of(|merge| matches!(merge, Merge::TakeWorkbook { .. })),
            "ワークブックの回答にします（選び直せます）",
        ),
        ("両方で違う変更", of(|merge| matches!(merge, Merge::Conflict { .. })), "どちらにするか選びます"),
        ("ワークブックで消去", of(|merge| matches!(merge, Merge::Clear)), "消さずに残します（選び直せます）"),
        ("ダウンロード後に画面で変更", model.kept.len(), "現在の回答のまま変わりません"),
        ("読み取れない・取り込めないセル", model.problems.len(), "現在の回答のまま変わりません"),
        ("行のない設問", model.missing, "現在の回答のまま変わりません"),
        ("同じ回答", model.same, ""),
    ];
    let rows = counts.into_iter().filter(|(_, count, _)| *count > 0).map(|(words, count, then)| {
        let then = (!then.is_empty()).then(|| view! { <span class="merge-then">{then}</span> });
        view! { <div><dt>{words}</dt><dd>{format!("{count} 件")} {then}</dd></div> }
    });
    Some(view! { <dl class="merge-counts">{rows.collect_view()}</dl> }.into_any())
}

/// Every cell that is not taken, with its place.
#[component]
pub(super) fn Problems(problems: Vec<Unread>) -> impl IntoView {
    if problems.is_empty() {
        return None;
    }
    let items = problems.into_iter().map(|problem| {
        let question = problem.question.map(|question| view! { <span class="merge-problem-question">{question}</span> });
        view! { <li><strong>{problem.place}</strong> " " {question} <span class="merge-problem-what">{problem.what}</span></li> }
    });
    let items = items.collect_view();
    Some(
        view! {
            <section class="problems" aria-labelledby="unread-heading">
                <h2 id="unread-heading">"読み取れない・取り込めないセル"</h2>
                <p>
                    "次のセルは取り込みません。ほかの回答を先に保存しても、ワークブックを直してもう一度アップロードしてもかまいません。"
                </p>
                <ul>{items}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Answers that changed since the download, folded: they stay.
#[component]
pub(super) fn KeptAnswers(kept: Vec<Kept>) -> impl IntoView {
    if kept.is_empty() {
        return None;
    }
    let rows = kept.into_iter().map(|kept| {
        let words = |value: Option<&_>| words_of(&kept.question, value);
        let (workbook, now) = (words(kept.workbook.as_ref()), words(kept.now.as_ref()));
        let by = kept.now_by.clone().map(|by| view! { <AuthorWords by /> });
        view! {
            <tr>
                <th scope="row" class="text">{name_of(&kept.question)}</th>
                <td class="merge-value">{workbook}</td>
                <td class="merge-value">{now}{by}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <details>
                <summary>"ダウンロード後に画面で変わった回答（そのまま残します）"</summary>
                <TableFrame label="そのまま残す回答">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"設問"</th>
                                <th scope="col">"ワークブック（ダウンロード時）"</th>
                                <th scope="col">"現在"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableFrame>
            </details>
        }
        .into_any(),
    )
}
