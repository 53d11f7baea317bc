//! `/desk/{year}/advice`: the prefecture's answers of general interest.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/{year}/advice` shows. Its form sends `question` (empty for the form as a whole), `asked` and `answer`.
#[derive(Debug, Clone)]
pub struct DeskAdvice {
    /// The round.
    pub year: FiscalYear,
    /// What is shown to everybody, and what was withdrawn.
    pub entries: Vec<AdviceEntry>,
    /// Questions to choose from: name, number and text.
    pub questions: Vec<(String, String)>,
    /// What was typed and refused.
    pub typed: AdviceTyped,
    /// What is wrong with it, by field.
    pub problems: Vec<FieldProblem>,
    /// Whether the reader may change anything.
    pub editable: bool,
}

/// What stands in the form.
#[derive(Debug, Clone, Default)]
pub struct AdviceTyped {
    /// Name of the question; empty for the form as a whole.
    pub question: String,
    /// What was asked.
    pub asked: String,
    /// What is answered.
    pub answer: String,
}

/// One question and answer.
#[derive(Debug, Clone)]
pub struct AdviceEntry {
    /// Where it is withdrawn; `None` when it was, or nobody may.
    pub withdraw: Option<String>,
    /// Number and text of the question, or 「調査票の全体」.
    pub about: String,
    /// What was asked.
    pub asked: String,
    /// What is answered.
    pub answer: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// The prefecture's answers of general interest.
#[component]
pub fn DeskAdvicePage(
    /// What it shows.
    model: DeskAdvice,
) -> impl IntoView {
    let DeskAdvice { year, entries, questions, typed, problems, editable } = model;
    let list = if entries.is_empty() {
        Either::Left(view! { <p>"まだQ&Aはありません。"</p> })
    } else {
        Either::Right(view! { <ol class="messages">{entries.into_iter().map(entry).collect_view()}</ol> })
    };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"Q&A（すべての市町村に見える回答）"</h1>
        <p class="page-lead">"設問の横に、調査票の全体についてのものは回答の一覧に表示されます。取り下げると、市町村には見えなくなります。"</p>
        {list}
        {editable.then(|| view! { <AddForm year questions typed problems /> })}
        <p class="actions">
            <a class="button" href=format!("/desk/{}/inquiries", year.year())>"やりとりの一覧を見る"</a>
        </p>
    }
    .into_any()
}

fn entry(entry: AdviceEntry) -> impl IntoView {
    let AdviceEntry { withdraw, about, asked, answer, withdrawn, author, at } = entry;
    view! {
        <li class="message message--prefecture">
            <p class="message-head">
                <strong>{about}</strong> "　" {author} "　" {at.date_time()}
                {withdrawn.then_some("（取り下げ済み）")}
            </p>
            <p class="message-text">"問　" {asked}</p>
            <p class="message-text">"答　" {answer}</p>
            {withdraw
                .map(|action| {
                    view! {
                        <form method="post" action=action>
                            <p class="actions"><button class="button" type="submit">"取り下げる"</button></p>
                        </form>
                    }
                })}
        </li>
    }
}

#[component]
fn AddForm(
    year: FiscalYear,
    questions: Vec<(String, String)>,
    typed: AdviceTyped,
    problems: Vec<FieldProblem>,
) -> impl IntoView {
    let words = |field: &str| if field == "asked" { "質問" } else { "県の回答" };
    let errors = problems
        .iter()
        .map(|problem| (format!("#{}", problem.field), words(&problem.field).to_owned(), problem.message.clone()))
        .collect();
    let options = questions
        .into_iter()
        .map(|(name, text)| {
            let selected = name == typed.question;
            view! { <option value=name selected=selected>{text}</option> }
        })
        .collect_view();
    let field = |name: &'static str, text: String| {
        let problem = problems.iter().find(|problem| problem.field == name);
        let invalid = problem.is_some();
        let error = problem.map(|problem| format!("＊{}", problem.message));
        view! {
            <div class="form-field">
                <label for=name>{words(name)}</label>
                <TextArea
                    id=name.to_owned()
                    name=name.to_owned()
                    text
                    rows=4
                    described_by=format!("e-{name}")
                    required=true
                    invalid
                />
                <p class="question-error" id=format!("e-{name}") hidden=!invalid>{error}</p>
            </div>
        }
    };
    view! {
        <section class="section">
            <h2>"Q&Aを追加する"</h2>
            <ErrorSummary errors />
            <form class="message-form" method="post" action=format!("/desk/{}/advice", year.year()) autocomplete="off">
                <div class="form-field">
                    <label for="question">"設問"</label>
                    <select class="select-field" id="question" name="question">
                        <option value="">"調査票の全体"</option>
                        {options}
                    </select>
                </div>
                {field("asked", typed.asked)}
                {field("answer", typed.answer)}
                <p class="actions"><button class="button button--primary" type="submit">"Q&Aを公開する"</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_is_shown_can_be_withdrawn_and_what_was_typed_stays() {
        let model = DeskAdvice {
            year: FiscalYear::new(2026).unwrap(),
            entries: vec![AdviceEntry {
                withdraw: Some("/desk/2026/advice/3/withdrawal".into()),
                about: "産-1 取り組んでいますか。".into(),
                asked: "RPAは含みますか。".into(),
                answer: "含みます。".into(),
                withdrawn: false,
                author: "県の担当".into(),
                at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
            }],
            questions: vec![("ind_00_1".into(), "産-1 取り組んでいますか。".into())],
            typed: AdviceTyped { question: "ind_00_1".into(), asked: "問い".into(), answer: String::new() },
            problems: vec![FieldProblem {
                field: "answer".into(), message: "内容を入力してください。".into()
            }],
            editable: true,
        };
        let html = plain(view! { <DeskAdvicePage model=model.clone() /> });
        for words in [
            "action=\"/desk/2026/advice/3/withdrawal\"",
            "含みます。",
            "value=\"ind_00_1\" selected",
            "問い</textarea>",
            "＊内容を入力してください。",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        let html = plain(view! { <DeskAdvicePage model=DeskAdvice { editable: false, ..model } /> });
        assert!(!html.contains("Q&Aを追加する") && !html.contains(" style="));
    }
}
