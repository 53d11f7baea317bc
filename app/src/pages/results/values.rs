//! Answers by municipality, for who may see them, a page at a time.

use leptos::prelude::*;

use crate::components::format;
use crate::components::table_frame::TableFrame;

/// One page of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// What they are: 「市町村別の回答」「自由記述の回答」
    pub title: String,
    /// The rows of this page.
    pub rows: Vec<ValueRow>,
    /// How many there are on all pages.
    pub total: usize,
    /// The place of the first one of this page, from 1.
    pub first: usize,
    /// The pages before and after.
    pub before: Option<String>,
    /// The next one.
    pub after: Option<String>,
}

/// A municipality's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRow {
    /// Its name.
    pub name: String,
    /// 「市」「東青」 …: what tells it from others of its name.
    pub place: String,
    /// The answer in words, line by line, or the word for why there is none.
    pub words: String,
    /// It is an answer, not a state.
    pub answered: bool,
}

/// One page of the answers.
#[component]
pub fn ValuesSection(
    /// What it shows.
    model: Values,
) -> impl IntoView {
    let Values { title, rows, total, first, before, after } = model;
    let caption = match rows.len() {
        0 => format!("{title}（該当する市町村はありません）"),
        shown => {
            format!("{title}（{}市町村のうち{}〜{}番目）", format::thousands(total as u64), first, first + shown - 1)
        }
    };
    let rows = rows.into_iter().map(|ValueRow { name, place, words, answered }| {
        let unset = !answered;
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{place}</td>
                <td class="text answer-words" class:unset=unset>{words}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let pages = (before.is_some() || after.is_some()).then(|| {
        view! {
            <nav class="pages screen-only" aria-label="市町村別の回答のページ">
                {before.map(|href| view! { <a href=href rel="prev">"前の市町村"</a> })}
                {after.map(|href| view! { <a href=href rel="next">"次の市町村"</a> })}
            </nav>
        }
    });
    view! {
        <section class="section" aria-labelledby="values">
            <h2 id="values">{title}</h2>
            <TableFrame label=caption.clone()>
                <table class="table">
                    <caption>{caption}</caption>
                    <thead>
                        <tr><th scope="col">"市町村"</th><th scope="col">"区分・地域"</th><th scope="col">"回答"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
            {pages}
        </section>
    }
    .into_any()
}
