//! A section's questions with what stands in their inputs and beside them.

use std::collections::BTreeMap;
use std::iter;

use app::components::question::{Beside, Conflict, LastYear, QuestionField, QuestionGroup, earlier_in_words};
use shared::questionnaire::{Evaluation, Group, GroupLayout, QuestionIndex, Section};
use shared::response::answer::{AnswerValue, RawAnswer};

use super::around::Around;
use crate::service::answering::{Form, PreviousAnswer};
use crate::store::StoredAnswer;

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

/// A section's groups with inputs. The reason of an unusual answer stands right below it, wherever its own place is.
pub fn question_groups(form: &Form, section: &Section, leftovers: &Leftovers, around: &Around) -> Vec<QuestionGroup> {
    let evaluation = form.evaluation();
    let explained = |index: QuestionIndex| form.questionnaire.question(index).reason_for;
    let reasons: BTreeMap<QuestionIndex, QuestionIndex> =
        section.questions().filter_map(|index| Some((explained(index)?, index))).collect();
    let rules = &form.questionnaire.logic.rules;
    let group = |group: &Group| {
        // A table's columns are the choices of all its rows.
        let filtered = group.questions.iter().any(|index| rules[usize::from(index.0)].choice_filter.is_some());
        let own = group.questions.iter().copied().filter(|index| explained(*index).is_none());
        let with_reasons = own.flat_map(|index| iter::once(index).chain(reasons.get(&index).copied()));
        QuestionGroup {
            title: group.title.clone(),
            layout: if filtered { GroupLayout::List } else { group.layout },
            instance: group.instance.clone(),
            questions: with_reasons.map(|index| field(form, &evaluation, index, leftovers, around)).collect(),
        }
    };
    section.groups.iter().map(group).filter(|group| !group.questions.is_empty()).collect()
}

fn field(
    form: &Form,
    evaluation: &Evaluation<'_>,
    index: QuestionIndex,
    leftovers: &Leftovers,
    around: &Around,
) -> QuestionField {
    let question = form.questionnaire.question(index);
    let name = question.name.as_str();
    let stored = form.answers.get(&question.name);
    let beside = beside(form, evaluation, index, around);
    let prefilled = beside.prefill.as_ref().map(|prefill| prefill.raw.clone());
    let held = || evaluation.value(index).map(AnswerValue::raw).or(prefilled).unwrap_or_default();
    let broken = || evaluation.breaks_constraint(index).then(|| form.problem(evaluation, index)).flatten();
    let choices = question.kind.choices().iter();
    QuestionField {
        question: question.clone(),
        raw: leftovers.typed.get(name).cloned().unwrap_or_else(held),
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
        withheld: choices.filter(|c| !evaluation.is_offered(index, &c.name)).map(|c| c.name.clone()).collect(),
        beside,
    }
}

fn beside(form: &Form, evaluation: &Evaluation<'_>, index: QuestionIndex, around: &Around) -> Beside {
    let question = form.questionnaire.question(index);
    let name = &question.name;
    let returned = form.returned.iter().find(|returned| returned.question == *name);
    let may_be_prefilled = evaluation.value(index).is_none() && form.read_only().is_none();
    Beside {
        last_year: form.previous.get(name).filter(|_| question.kind.takes_answer()).map(last_year),
        prefill: around.prefill.get(name).filter(|_| may_be_prefilled).cloned(),
        references: around.references.get(name).cloned().unwrap_or_default(),
        returned: returned.map(|returned| returned.reason.clone()),
        locked: form.locked(index).filter(|_| question.kind.takes_answer()),
        warned: evaluation.is_unusual(index),
        advice: around.advice.get(name).cloned().unwrap_or_default(),
        inquiries: around.inquiries.get(name).cloned(),
    }
}

fn last_year(previous: &PreviousAnswer) -> LastYear {
    LastYear {
        year: previous.year.wareki(),
        words: earlier_in_words(previous.answers()),
        copy: previous.copy.as_ref().map(AnswerValue::raw),
        changed: !previous.comparable,
    }
}
