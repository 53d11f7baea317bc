//! What prevents submission, and what should be looked at again: apart, each with the way to its field.

use leptos::prelude::*;

use super::model::{SheetQuestion, SheetSection, questions};

/// Number and text of a question in a link.
pub fn change_words(question: &SheetQuestion) -> String {
    format!("{} {}", question.question.number, question.question.label).trim().to_owned()
}

/// Address of a question's field, or of its row where it cannot be changed.
fn href(question: &SheetQuestion) -> String {
    question.change_href.clone().unwrap_or_else(|| format!("#a-{}", question.question.name))
}

/// Words and links of the questions about which something is said.
fn items(sheet: &[SheetSection], said: impl Fn(&SheetQuestion) -> Option<String>) -> Vec<AnyView> {
    let said = questions(sheet).filter_map(|question| Some((question, said(question)?)));
    said.map(|(question, words)| {
        view! { <li><a href=href(question)>{change_words(question)}</a> "：" {words}</li> }.into_any()
    })
    .collect()
}

/// Whatever prevents submission, first on the page and focused as it opens; a sentence when nothing does.
pub fn blocking(sheet: &[SheetSection]) -> AnyView {
    let items = items(sheet, |question| question.problem.clone());
    if items.is_empty() {
        return view! { <p class="problems-none">"必須の設問はすべて回答されています。"</p> }.into_any();
    }
    let count = items.len();
    view! {
        <section class="problems" id="problems" tabindex="-1" autofocus=true aria-labelledby="problems-heading">
            <h2 id="problems-heading">{format!("提出する前に直すところが {count} 件あります")}</h2>
            <ol>{items}</ol>
        </section>
    }
    .into_any()
}

/// What should be looked at again; nothing when there is nothing.
pub fn doubtful(sheet: &[SheetSection]) -> AnyView {
    let items = items(sheet, |question| question.warning.clone());
    let count = items.len();
    let block = (count > 0).then(|| {
        view! {
            <section class="doubts" id="doubts" aria-labelledby="doubts-heading">
                <h2 id="doubts-heading">{format!("確認してください（{count} 件）")}</h2>
                <p>"このままでも提出できます。理由を記入しておくと、県からの問い合わせが減ります。"</p>
                <ol>{items}</ol>
            </section>
        }
    });
    block.into_any()
}
