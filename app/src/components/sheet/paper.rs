//! A response on paper: every question with its definition, the answer, last year's answer. Nothing is folded.

use leptos::either::Either;
use leptos::prelude::*;
use shared::questionnaire::{Choice, QuestionKind};
use shared::response::AnswerValue;

use super::model::{SheetQuestion, SheetSection};
use crate::components::question::in_words_or_blank;

/// What the answers' column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperStyle {
    /// The answers in words.
    Answers,
    /// The choices as boxes and lines to write on, with what was answered so far.
    Fillable,
}

/// The sections as tables: number, question, answer, last year's answer.
#[component]
pub fn PaperSections(
    /// The sections.
    sheet: Vec<SheetSection>,
    /// What the answers' column is for.
    style: PaperStyle,
) -> impl IntoView {
    let last_year = sheet.iter().flat_map(|section| &section.groups).flat_map(|group| &group.questions);
    let last_year = last_year.filter_map(|question| question.last_year.as_ref()).map(|l| l.year.clone()).next();
    sheet.into_iter().map(|section| paper_section(section, style, last_year.as_deref())).collect_view()
}

fn paper_section(section: SheetSection, style: PaperStyle, last_year: Option<&str>) -> AnyView {
    let SheetSection { name, title, lead, groups } = section;
    let columns = if last_year.is_some() { 4 } else { 3 };
    let last_year_head =
        last_year.map(|year| view! { <th scope="col" class="paper-last-year">{year.to_owned()} "の回答"</th> });
    let with_last_year = last_year.is_some();
    let bodies = groups
        .into_iter()
        .map(|group| {
            let shared = (style == PaperStyle::Fillable).then(|| shared_choices(&group.questions)).flatten();
            let legend = shared.as_ref().map(|choices| {
                let words: Vec<_> = choices.iter().map(|choice| format!("{}：{}", choice.name, choice.label)).collect();
                view! { <p class="paper-choices">"選択肢（番号を記入）　" {words.join("　")}</p> }
            });
            let head = (group.title.is_some() || legend.is_some()).then(|| {
                view! {
                    <tr>
                        <th scope="rowgroup" colspan=columns.to_string() class="paper-group">{group.title} {legend}</th>
                    </tr>
                }
            });
            let one_list = shared.is_some();
            let rows =
                group.questions.into_iter().map(|q| paper_row(q, style, one_list, with_last_year)).collect_view();
            view! { <tbody>{head} {rows}</tbody> }
        })
        .collect_view();
    let heading = format!("s-{}", name.as_str());
    view! {
        <section class="paper-section" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            <table class="paper-table">
                <thead>
                    <tr>
                        <th scope="col" class="paper-number">"番号"</th>
                        <th scope="col">"設問"</th>
                        <th scope="col" class="paper-answer">"回答"</th>
                        {last_year_head}
                    </tr>
                </thead>
                {bodies}
            </table>
        </section>
    }
    .into_any()
}

fn paper_row(asked: SheetQuestion, style: PaperStyle, one_list: bool, with_last_year: bool) -> AnyView {
    let answer = match style {
        PaperStyle::Answers => Either::Left(answer_words(&asked)),
        PaperStyle::Fillable => Either::Right(view! { <Boxes asked=asked.clone() one_list /> }),
    };
    let SheetQuestion { question, required, relevant, last_year, problem, warning, returned, .. } = asked;
    let last_year = with_last_year.then(|| {
        let words = last_year.map(|last_year| {
            let changed = last_year.changed.then_some("（設問変更）");
            view! { {last_year.words} {changed} }
        });
        view! { <td class="paper-last-year">{words}</td> }
    });
    let mark = (required && relevant).then(|| view! { " " <span class="mark mark--required">"※必須"</span> });
    view! {
        <tr>
            <th scope="row" class="paper-number">{question.number}</th>
            <td>
                <p>{question.label} {mark}</p>
                {question.hint.map(|hint| view! { <p class="paper-note">{hint}</p> })}
                {question.definition.map(|definition| view! { <p class="paper-note">"定義：" {definition}</p> })}
                {returned.map(|reason| view! { <p class="paper-remark">"県からの差戻し：" {reason}</p> })}
                {problem.map(|problem| view! { <p class="paper-remark">"＊" {problem}</p> })}
                {warning.map(|warning| view! { <p class="paper-remark">"確認：" {warning}</p> })}
            </td>
            <td class="paper-answer">{answer}</td>
            {last_year}
        </tr>
    }
    .into_any()
}

fn answer_words(asked: &SheetQuestion) -> AnyView {
    let words = in_words_or_blank(&asked.question, asked.relevant, asked.answer.as_ref());
    let given = asked.relevant && asked.answer.is_some();
    view! { <span class="paper-words" class:paper-words--none=!given>{words}</span> }.into_any()
}

/// Choices with boxes, or room to write with the unit behind it.
#[component]
fn Boxes(asked: SheetQuestion, one_list: bool) -> impl IntoView {
    let SheetQuestion { question, answer, .. } = asked;
    let chosen = |choice: &Choice| match &answer {
        Some(AnswerValue::Choice(name)) => *name == choice.name,
        Some(AnswerValue::Choices(names)) => names.contains(&choice.name),
        _ => false,
    };
    let choices = question.kind.choices();
    if one_list {
        let number = choices.iter().find(|choice| chosen(choice)).map(|choice| choice.name.clone());
        return view! { <span class="paper-line">{number}</span> }.into_any();
    }
    if choices.is_empty() {
        let words = answer.as_ref().map(|answer| in_words_or_blank(&question, true, Some(answer)));
        let unit = question.unit.clone().filter(|_| words.is_none());
        let long = matches!(question.kind, QuestionKind::Text { multiline: true, .. });
        return view! { <span class="paper-line" class:paper-line--long=long>{words} {unit}</span> }.into_any();
    }
    let items = choices
        .iter()
        .map(|choice| view! { <li>{if chosen(choice) { "☑" } else { "□" }} " " {choice.label.clone()}</li> })
        .collect_view();
    view! { <ul class="paper-boxes">{items}</ul> }.into_any()
}

/// The choices that all questions of a group offer, where there are several questions.
fn shared_choices(questions: &[SheetQuestion]) -> Option<Vec<Choice>> {
    let [first, rest @ ..] = questions else { return None };
    let QuestionKind::SelectOne { choices } = &first.question.kind else { return None };
    let same = |asked: &SheetQuestion| matches!(&asked.question.kind, QuestionKind::SelectOne { choices: other } if other == choices);
    (!rest.is_empty() && rest.iter().all(same)).then(|| choices.clone())
}

#[cfg(test)]
mod tests {
    use super::super::model::LastYearWords;
    use super::super::samples::{asked, sheet};
    use super::*;
    use crate::components::question::samples::{plain, question};

    fn rendered(questions: Vec<SheetQuestion>, style: PaperStyle) -> String {
        let html = plain(view! { <PaperSections sheet=sheet(questions) style /> });
        assert!(!html.contains(" style=") && !html.contains("<details"), "{html}");
        html
    }

    #[test]
    fn paper_shows_definition_answer_and_last_years_answer_unfolded() {
        let mut stage = asked("stage", Some("4"));
        stage.question.definition = Some("段階とは、……です。".into());
        stage.last_year =
            Some(LastYearWords { year: "令和7年度".into(), words: "検討中".into(), changed: true });
        let mut skipped = asked("skipped", Some("1"));
        skipped.relevant = false;
        let html = rendered(vec![stage, asked("blank", None), skipped], PaperStyle::Answers);
        for words in [
            "段階とは、……です。",
            "実施している（本格運用）",
            "令和7年度の回答",
            "検討中（設問変更）",
            "未回答",
            "分岐により対象外",
            "※必須",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("※必須").count(), 2, "what is not asked is not required");
    }

    #[test]
    fn a_form_to_fill_lists_choices_once_for_a_table_and_else_as_boxes() {
        let html = rendered(vec![asked("desk", Some("2")), asked("ec", None)], PaperStyle::Fillable);
        assert_eq!(html.matches("選択肢（番号を記入）").count(), 1, "{html}");
        assert!(html.contains("class=\"paper-line\">2</span>") && !html.contains("□"));
        let html = rendered(vec![asked("desk", Some("2"))], PaperStyle::Fillable);
        assert!(html.contains("☑ 実施予定（時期決定）") && html.contains("□ 検討中"), "{html}");
        let mut staff = asked("staff", None);
        staff.question = question("staff", QuestionKind::Integer);
        staff.question.unit = Some("人".into());
        let html = rendered(vec![staff], PaperStyle::Fillable);
        assert!(html.contains("class=\"paper-line\">") && html.contains("人") && !html.contains("未回答"), "{html}");
    }
}
