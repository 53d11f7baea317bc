//! Questions whose answers nobody but the prefecture can have used.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::differences::{QuestionWords, linked};

/// Candidates to be dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedQuestions {
    /// The round before, in which nobody used them.
    pub year: FiscalYear,
    /// Those that are still asked.
    pub items: Vec<UnusedItem>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedItem {
    /// The question as it is asked now.
    pub question: QuestionWords,
    /// Rules of other questions mention it.
    pub mentioned: bool,
}

/// The candidates, and what "used" means.
#[component]
pub fn UnusedList(
    /// The questions.
    unused: UnusedQuestions,
) -> impl IntoView {
    let UnusedQuestions { year, items } = unused;
    let item = |item: UnusedItem| {
        let mentioned = item.mentioned.then_some("（ほかの設問の条件や計算で使っています）");
        view! { <li>{linked(item.question)} {mentioned}</li> }
    };
    let body = if items.is_empty() {
        view! { <p>"当てはまる設問はありません。"</p> }.into_any()
    } else {
        view! { <ul>{items.into_iter().map(item).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section" id="unused">
            <h2>"廃止を検討できる設問"</h2>
            <p>
                {year.wareki()}
                "の回答が、どの指標の定義（公式・参考）にも、県以外の人が見られる集計表にも、市町村の比較にも使われなかった設問のうち、この調査票でも聞いているものです。"
                "県が自分で集計表を見たか、ファイルを使ったかは記録していないため、ここには含みません。"
            </p>
            {body}
        </section>
    }
    .into_any()
}
