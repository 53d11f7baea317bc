//! 「前年と同じ」 for a whole section.

use app::pages::answer_section::Copied;
use shared::questionnaire::{Evaluation, QuestionIndex, Section};
use shared::response::AnswerValue;

use crate::service::answering::Form;
use crate::store::NewAnswer;

/// Gives every question that was sent blank last year's answer, where it can be taken over; returns how many got it.
///
/// An answer may bring up further questions: those are looked at as well. What somebody else answered meanwhile, what was
/// typed, and what a public figure stands in for stays as it is.
pub fn take_over(form: &Form, section: &Section, changes: &mut [NewAnswer]) -> usize {
    let mut evaluation = form.evaluation();
    for change in changes.iter() {
        if let Some(index) = form.questionnaire.find(change.question.as_str()) {
            evaluation.set(index, change.value.clone());
        }
    }
    let mut count = 0;
    loop {
        let before = count;
        for index in section.questions() {
            let name = &form.questionnaire.question(index).name;
            let Some(change) = changes.iter_mut().find(|change| change.question == *name) else { continue };
            let stored = form.answers.get(name);
            let answered_since = stored.is_some_and(|s| s.value.is_some() && s.revision != change.revision);
            if change.value.is_some() || answered_since {
                continue;
            }
            if let Some(copy) = copy_of(form, &evaluation, index) {
                evaluation.set(index, Some(copy.clone()));
                change.value = Some(copy);
                count += 1;
            }
        }
        if count == before {
            return count;
        }
    }
}

/// How many questions have no answer and could get last year's.
pub fn copyable(form: &Form, section: &Section, is_prefilled: impl Fn(QuestionIndex) -> bool) -> usize {
    let evaluation = form.evaluation();
    let blank = section.questions().filter(|index| evaluation.value(*index).is_none() && !is_prefilled(*index));
    blank.filter(|index| copy_of(form, &evaluation, *index).is_some()).count()
}

/// What was done, and which questions are still unanswered; times of a repeated group are not missed.
pub fn copied(form: &Form, section: &Section, count: usize) -> Copied {
    let evaluation = form.evaluation();
    let once = section.groups.iter().filter(|group| group.instance.is_none());
    let left = once.flat_map(|group| group.questions.iter().copied()).filter(|index| {
        let question = form.questionnaire.question(*index);
        let answerable = question.kind.takes_answer() && !question.readonly && question.reason_for.is_none();
        answerable && evaluation.is_relevant(*index) && evaluation.value(*index).is_none()
    });
    let left = left.map(|index| {
        let question = form.questionnaire.question(index);
        (format!("#q-{}", question.name), format!("{} {}", question.number, question.label).trim().to_owned())
    });
    Copied { count, left: left.collect() }
}

/// Last year's answer to a question that is asked, can be changed and still offers that answer.
fn copy_of(form: &Form, evaluation: &Evaluation<'_>, index: QuestionIndex) -> Option<AnswerValue> {
    let question = form.questionnaire.question(index);
    if question.readonly || form.locked(index).is_some() || !evaluation.is_relevant(index) {
        return None;
    }
    let copy = form.previous.get(&question.name)?.copy.clone()?;
    let offered = match &copy {
        AnswerValue::Choice(name) => evaluation.is_offered(index, name),
        AnswerValue::Choices(names) => names.iter().all(|name| evaluation.is_offered(index, name)),
        AnswerValue::Text(_)
        | AnswerValue::Integer(_)
        | AnswerValue::Decimal(_)
        | AnswerValue::Date(_)
        | AnswerValue::State(_) => true,
    };
    offered.then_some(copy)
}
