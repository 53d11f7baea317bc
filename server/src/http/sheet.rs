//! A whole response as view model, for the check page, the prefecture's desk and paper.

use app::components::question::earlier_in_words;
use app::components::sheet::{LastYearWords, Sheet, SheetGroup, SheetQuestion, SheetSection};
use app::pages::answer_list::section_href;
use shared::questionnaire::{Evaluation, Group, QuestionIndex, Section};

use super::answer::languages::with_language;
use crate::service::answering::Form;

/// Links to change what can be changed, back to the check page.
#[derive(Debug, Clone, Copy)]
pub struct ChangeLinks<'l> {
    /// In which language the questions are read.
    pub lang: Option<&'l str>,
}

/// All answers, with links where they can be changed.
pub fn sheet(form: &Form, links: Option<ChangeLinks<'_>>) -> Sheet {
    let evaluation = form.evaluation();
    form.questionnaire.sections.iter().map(|section| section_sheet(form, &evaluation, section, links)).collect()
}

/// One section's answers.
pub fn section_sheet(
    form: &Form,
    evaluation: &Evaluation<'_>,
    section: &Section,
    links: Option<ChangeLinks<'_>>,
) -> SheetSection {
    let groups = section.groups.iter().filter_map(|group| {
        let asked = group.questions.iter().filter_map(|index| asked(form, evaluation, section, *index, links));
        let questions: Vec<SheetQuestion> = asked.collect();
        let repeats = group.instance.as_ref().is_some_and(|instance| instance.number > 1);
        let shown = !questions.is_empty() && (!repeats || questions.iter().any(|question| question.relevant));
        shown.then(|| SheetGroup { title: title(group), questions })
    });
    SheetSection {
        name: section.name.clone(),
        title: section.title.clone(),
        lead: section.lead.clone(),
        groups: groups.collect(),
    }
}

fn title(group: &Group) -> Option<String> {
    match (&group.title, &group.instance) {
        (Some(title), Some(instance)) if !title.contains(&instance.number.to_string()) => {
            Some(format!("{title}（{}）", instance.number))
        }
        (title, _) => title.clone(),
    }
}

/// `None` for what takes no answer, and for the reason of an answer that is not unusual.
fn asked(
    form: &Form,
    evaluation: &Evaluation<'_>,
    section: &Section,
    index: QuestionIndex,
    links: Option<ChangeLinks<'_>>,
) -> Option<SheetQuestion> {
    let question = form.questionnaire.question(index);
    let relevant = evaluation.is_relevant(index);
    if !question.kind.takes_answer() || (question.reason_for.is_some() && !relevant) {
        return None;
    }
    let name = &question.name;
    let last_year = form.previous.get(name).map(|previous| LastYearWords {
        year: previous.year.wareki(),
        words: earlier_in_words(previous.answers()),
        changed: !previous.comparable,
    });
    let links = links.filter(|_| !question.readonly && form.locked(index).is_none());
    Some(SheetQuestion {
        question: question.clone(),
        relevant,
        required: evaluation.is_required(index),
        answer: evaluation.value(index).cloned(),
        last_year,
        problem: form.problem(evaluation, index),
        warning: form.warning(evaluation, index),
        returned: form.returned.iter().find(|returned| returned.question == *name).map(|r| r.reason.clone()),
        change_href: links.map(|ChangeLinks { lang }| {
            let there = format!("{}?from=check", section_href(form.round.year, &section.name));
            format!("{}#q-{name}", with_language(there, lang))
        }),
    })
}

/// Address of a question's field, in the language asked for.
pub fn field_href(form: &Form, index: QuestionIndex, lang: Option<&str>) -> String {
    let of_section = |section: &&Section| section.questions().any(|other| other == index);
    let section = form.questionnaire.sections.iter().find(of_section).map_or("check", |s| s.name.as_str());
    let page = with_language(format!("/answer/{}/{section}", form.round.year.year()), lang);
    format!("{page}#q-{}", form.questionnaire.question(index).name)
}

/// Number and text of a question.
pub fn question_words(form: &Form, index: QuestionIndex) -> String {
    let question = form.questionnaire.question(index);
    format!("{} {}", question.number, question.label).trim().to_owned()
}
