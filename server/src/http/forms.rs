//! View models of a response, shared by the answering pages and the prefecture's.

use std::collections::BTreeMap;

use app::components::question::{Answered, AnsweredGroup, AnsweredSection, Conflict, QuestionField, QuestionGroup};
use app::pages::answer_list::{Deadline, SectionItem, SectionProgress};
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::{Evaluation, Group, QuestionIndex, Section};
use shared::response::answer::RawAnswer;
use shared::time::Timestamp;
use shared::wire::{LiveForm, LiveQuestion};

use super::refusal::Refusal;
use crate::service::Error;
use crate::service::answering::Form;
use crate::store::StoredAnswer;

/// The year in an address; anything else is a page that does not exist.
pub fn parse_year(text: &str) -> Result<FiscalYear, Refusal> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// What a refused form leaves on the page, by question name.
#[derive(Default)]
pub struct Leftovers {
    /// What was typed and not saved.
    pub typed: BTreeMap<String, RawAnswer>,
    /// What is wrong with it.
    pub errors: BTreeMap<String, String>,
    /// Values that somebody else saved meanwhile.
    pub conflicts: BTreeMap<String, StoredAnswer>,
}

/// The deadline with the days left.
pub fn deadline(form: &Form, now: Timestamp) -> Option<Deadline> {
    let at = form.round.dates?.deadline;
    Some(Deadline { at, days_left: now.days_until(at) })
}

/// The task list's sections.
pub fn section_items(form: &Form) -> Vec<SectionItem> {
    let evaluation = form.evaluation();
    let item = |section: &Section| SectionItem {
        name: section.name.clone(),
        title: section.title.clone(),
        progress: progress(form, &evaluation, section),
        minutes: section.minutes,
    };
    form.questionnaire.sections.iter().map(item).collect()
}

fn progress(form: &Form, evaluation: &Evaluation<'_>, section: &Section) -> SectionProgress {
    let progress = form.progress(evaluation, section);
    if progress.broken > 0 {
        SectionProgress::NeedsAttention { count: progress.broken }
    } else if progress.answered == 0 {
        SectionProgress::NotStarted
    } else if progress.missing == 0 {
        SectionProgress::Done
    } else {
        SectionProgress::InProgress { answered: progress.answered, asked: progress.asked }
    }
}

/// A section's groups with inputs.
pub fn question_groups(form: &Form, section: &Section, leftovers: &Leftovers) -> Vec<QuestionGroup> {
    let evaluation = form.evaluation();
    let group = |group: &Group| QuestionGroup {
        title: group.title.clone(),
        layout: group.layout,
        questions: group.questions.iter().map(|index| field(form, &evaluation, *index, leftovers)).collect(),
    };
    section.groups.iter().map(group).collect()
}

fn field(form: &Form, evaluation: &Evaluation<'_>, index: QuestionIndex, leftovers: &Leftovers) -> QuestionField {
    let question = form.questionnaire.question(index);
    let name = question.name.as_str();
    let stored = form.answers.get(&question.name);
    let saved = || stored.and_then(|s| s.value.as_ref()).map(shared::response::AnswerValue::raw).unwrap_or_default();
    let broken = || evaluation.breaks_constraint(index).then(|| form.problem(evaluation, index)).flatten();
    QuestionField {
        question: question.clone(),
        raw: leftovers.typed.get(name).cloned().unwrap_or_else(saved),
        relevant: evaluation.is_relevant(index),
        required: evaluation.is_required(index),
        error: leftovers.errors.get(name).cloned().or_else(broken),
        revision: stored.map_or(0, |s| s.revision),
        saved_at: stored.map(|s| s.at),
        conflict: leftovers.conflicts.get(name).map(|other| Conflict {
            author: other.by.name.clone(),
            at: other.at,
            value: other.value.clone(),
        }),
    }
}

/// What the section's island needs.
pub fn live_form(form: &Form, section: &Section) -> LiveForm {
    let live = |index: QuestionIndex| {
        let question = form.questionnaire.question(index);
        LiveQuestion {
            index,
            name: question.name.to_string(),
            kind: question.kind.clone(),
            may_be_unknown: question.may_be_unknown,
            revision: form.answers.get(&question.name).map_or(0, |s| s.revision),
            constraint_message: question.constraint_message.clone(),
        }
    };
    let value = |name| form.answers.get(name).and_then(|s| s.value.clone());
    LiveForm {
        save_to: format!("/api/v1/rounds/{}/responses/{}/answers", form.round.year.year(), form.municipality.code),
        logic: form.questionnaire.logic.clone(),
        values: form.questionnaire.questions.iter().map(|q| value(&q.name)).collect(),
        questions: section.questions().map(live).collect(),
    }
}

/// All answers in words; with `links` to change them.
pub fn answered_sections(form: &Form, links: bool) -> Vec<AnsweredSection> {
    let evaluation = form.evaluation();
    let answered = |section: &Section, index: QuestionIndex| {
        let question = form.questionnaire.question(index);
        question.kind.takes_answer().then(|| Answered {
            question: question.clone(),
            relevant: evaluation.is_relevant(index),
            answer: evaluation.value(index).cloned(),
            problem: form.problem(&evaluation, index),
            change_href: links.then(|| {
                let (year, name) = (form.round.year.year(), section.name.as_str());
                format!("/answer/{year}/{name}?from=check#q-{}", question.name)
            }),
        })
    };
    let group = |section: &Section, group: &Group| AnsweredGroup {
        title: group.title.clone(),
        questions: group.questions.iter().filter_map(|index| answered(section, *index)).collect(),
    };
    let all = form.questionnaire.sections.iter().map(|section| AnsweredSection {
        title: section.title.clone(),
        groups: section.groups.iter().map(|g| group(section, g)).collect(),
    });
    all.collect()
}
