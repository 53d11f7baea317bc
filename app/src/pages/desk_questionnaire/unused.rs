//! Questions whose answers nobody used, and those that nobody but the prefecture could.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::differences::{QuestionWords, linked};

/// Candidates to be dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedQuestions {
    /// The round before, in which nobody used them.
    pub year: FiscalYear,
    /// Those that are still asked, whose results nobody opened.
    pub unused: Vec<UnusedItem>,
    /// Those that are still asked, whose results nobody but the prefecture may see.
    pub hidden: Vec<UnusedItem>,
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
    let UnusedQuestions { year, unused, hidden } = unused;
    view! {
        <section class="section" id="unused">
            <h2>"廃止を検討できる設問"</h2>
            <p>
                {year.wareki()}
                "の回答が、どの指標の定義（公式・参考）にも使われず、その設問の結果のページ、図と表、API、探索的な分析を、県を含めてまだだれも開いていない設問のうち、この調査票でも聞いているものです。"
                "開いた人や回数は記録しません。すべての設問をまとめたファイル、年次報告、公開ページの書き出しは、1問ずつの利用ではないため数えません。開いたことの記録がない時期の利用も、ここには表れません。"
            </p>
            {list(unused)}
        </section>
        <section class="section" id="hidden">
            <h2>"県以外の人が見られない設問"</h2>
            <p>
                "どの指標の定義にも使われず、集計表も市町村別の値も県以外の人に見せなかった設問のうち、この調査票でも聞いているものです。公開範囲を広げるか、廃止するかを検討できます。"
            </p>
            {list(hidden)}
        </section>
    }
    .into_any()
}

fn list(items: Vec<UnusedItem>) -> AnyView {
    if items.is_empty() {
        return view! { <p>"当てはまる設問はありません。"</p> }.into_any();
    }
    let item = |item: UnusedItem| {
        let mentioned = item.mentioned.then_some("（ほかの設問の条件や計算で使っています）");
        view! { <li>{linked(item.question)} {mentioned}</li> }
    };
    view! { <ul>{items.into_iter().map(item).collect_view()}</ul> }.into_any()
}
