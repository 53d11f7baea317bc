//! `/desk/{year}/questionnaire/preview` and `…/preview/{section}`: a round's questionnaire as those who answer see it.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::SectionName;

use super::answer_list::SectionItem;
use super::answer_section::{SectionList, errors};
use super::desk_questionnaire::{SectionFacts, questionnaire_href};
use crate::components::languages::{InLanguage, LanguageLinks, Languages};
use crate::components::question::{ErrorSummary, QuestionGroup, QuestionGroups};

/// The sections to be looked at.
#[derive(Debug, Clone)]
pub struct PreviewIndex {
    /// The round.
    pub year: FiscalYear,
    /// Its sections, in order, each with the address of its preview.
    pub sections: Vec<SectionFacts>,
}

/// A section as it is asked.
///
/// The form is posted to its own address with what [`super::answer_section::AnswerSection`] sends; it is evaluated, shown
/// again and forgotten.
#[derive(Debug, Clone)]
pub struct PreviewSection {
    /// The round.
    pub year: FiscalYear,
    /// The municipality whose answers of the year before and public figures stand beside the questions.
    pub example: String,
    /// The section shown.
    pub name: SectionName,
    /// Its heading.
    pub title: String,
    /// Lead below the heading.
    pub lead: Option<String>,
    /// All sections, in order, each with the address of its preview.
    pub sections: Vec<SectionItem>,
    /// Its groups, in order.
    pub groups: Vec<QuestionGroup>,
    /// Where the form is sent.
    pub action: String,
    /// In which language the questions are.
    pub languages: Languages,
}

/// `/desk/{year}/questionnaire/preview`
pub fn preview_href(year: FiscalYear) -> String {
    format!("{}/preview", questionnaire_href(year))
}

/// All sections.
#[component]
pub fn PreviewIndexPage(
    /// What it shows.
    model: PreviewIndex,
) -> impl IntoView {
    let PreviewIndex { year, sections } = model;
    let item = |section: SectionFacts| {
        let SectionFacts { title, href, questions, minutes } = section;
        view! { <li><a href=href>{title}</a> {format!("（{questions}問、目安 {minutes}分）")}</li> }
    };
    view! {
        <p class="page-context"><a href=questionnaire_href(year)>{year.wareki()} "の調査票"</a></p>
        <h1>"回答する人に見える内容"</h1>
        <p class="page-lead">"章を選ぶと、市町村の画面と同じ設問を表示します。入力して動きを試せます。何も保存されません。"</p>
        <ol>{sections.into_iter().map(item).collect_view()}</ol>
    }
    .into_any()
}

/// The questions of one section, to be tried.
#[component]
pub fn PreviewSectionPage(
    /// What it shows.
    model: PreviewSection,
) -> impl IntoView {
    let PreviewSection { year, example, name, title, lead, sections, groups, action, languages } = model;
    let Languages { shown, others } = languages;
    let errors = errors(&groups);
    let hidden = groups.iter().flat_map(|group| &group.questions);
    let hidden = hidden.filter(|field| !field.relevant && field.question.kind.takes_answer());
    let hidden: Vec<String> =
        hidden.map(|field| format!("{} {}", field.question.number, field.question.label).trim().to_owned()).collect();
    let following = sections.iter().skip_while(|section| section.name != name).nth(1);
    let following = following.map(|section| {
        let words = format!("次の章（{}）へ", section.title);
        view! { <a class="button" href=section.href.clone()>{words}</a> }
    });
    let hidden = (!hidden.is_empty()).then(|| {
        let summary = format!("いまの入力では表示しない設問（{}問）", hidden.len());
        let items = hidden.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        view! {
            <details>
                <summary>{summary}</summary>
                <p>"ほかの設問の回答によって表示します。ほかの章の回答は、このプレビューには引き継ぎません。"</p>
                <ul lang=shown.clone()>{items}</ul>
            </details>
        }
    });
    view! {
        <p class="page-context"><a href=preview_href(year)>{year.wareki()} "の調査票のプレビュー"</a></p>
        <h1 lang=shown.clone()>{title}</h1>
        <LanguageLinks others />
        <p class="notice">
            {format!("プレビューです。{example}の画面を例にしています。入力して動きを試せますが、何も保存されません。")}
        </p>
        {lead.map(|lead| view! { <p class="page-lead" lang=shown.clone()>{lead}</p> })}
        <div class="answer-layout">
            <SectionList sections current=name lang=shown.clone() />
            <div class="answer-questions">
                <ErrorSummary errors />
                <form method="post" action=action autocomplete="off">
                    <InLanguage code=shown>
                        <QuestionGroups groups read_only=false />
                    </InLanguage>
                    {hidden}
                    <p class="actions">
                        <button class="button button--primary" type="submit">"入力した内容で表示し直す"</button>
                        {following}
                    </p>
                </form>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::questionnaire::GroupLayout;

    use super::super::answer_list::SectionProgress;
    use super::*;
    use crate::components::question::QuestionField;
    use crate::components::question::samples::{field, group, plain, select};

    #[test]
    fn a_section_can_be_tried_and_says_that_nothing_is_saved() {
        let year = FiscalYear::new(2027).unwrap();
        let section = |name: &str| SectionItem {
            name: SectionName(name.to_owned()),
            href: format!("{}/{name}", preview_href(year)),
            title: format!("章{name}"),
            progress: SectionProgress::NotStarted,
            minutes: 5,
        };
        let unasked = QuestionField { relevant: false, ..field(select("b"), &[]) };
        let model = PreviewSection {
            year,
            example: "青森市".into(),
            name: SectionName("one".into()),
            title: "章one".into(),
            lead: None,
            sections: vec![section("one"), section("two")],
            groups: vec![group(GroupLayout::List, vec![field(select("a"), &["3"]), unasked])],
            action: format!("{}/one", preview_href(year)),
            languages: Languages::default(),
        };
        let html = plain(view! { <PreviewSectionPage model /> });
        for words in [
            "何も保存されません",
            "青森市の画面を例に",
            "action=\"/desk/2027/questionnaire/preview/one\"",
            "href=\"/desk/2027/questionnaire/preview/two\"",
            "次の章（章two）へ",
            "いまの入力では表示しない設問（1問）",
            "産-b bをお答えください。",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("button--primary").count(), 1);
        assert!(!html.contains("leptos-island") && !html.contains("data-section-form"), "{html}");
    }

    #[test]
    fn the_sections_are_listed_with_their_length() {
        let year = FiscalYear::new(2027).unwrap();
        let href = Some(format!("{}/one", preview_href(year)));
        let sections = vec![SectionFacts { title: "推進体制".into(), href, questions: 7, minutes: 5 }];
        let html = plain(view! { <PreviewIndexPage model=PreviewIndex { year, sections } /> });
        assert!(html.contains("推進体制</a>") && html.contains("（7問、目安 5分）"), "{html}");
    }
}
