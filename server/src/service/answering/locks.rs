//! Which questions of a returned response can be changed.

use std::collections::BTreeSet;

use shared::questionnaire::{QuestionIndex, Questionnaire};

use crate::store::ReturnedQuestion;

/// The questions that are open again, `None` where all are: those sent back, and whatever their answers decide on
/// (whether it is asked, must be answered, what is allowed or offered), at any remove, also through calculations. Everything else keeps what was handed in.
pub fn reopened(questionnaire: &Questionnaire, returned: &[ReturnedQuestion]) -> Option<BTreeSet<QuestionIndex>> {
    if returned.is_empty() {
        return None;
    }
    let dependents = dependents(questionnaire);
    let mut open = BTreeSet::new();
    let mut found: Vec<QuestionIndex> =
        returned.iter().filter_map(|question| questionnaire.find(question.question.as_str())).collect();
    while let Some(index) = found.pop() {
        if open.insert(index) {
            found.extend(dependents.get(usize::from(index.0)).into_iter().flatten());
        }
    }
    Some(open)
}

/// For every question, those whose rules mention it, and the question that asks for its reason.
fn dependents(questionnaire: &Questionnaire) -> Vec<Vec<QuestionIndex>> {
    let mut dependents = vec![Vec::new(); questionnaire.questions.len()];
    let mut depends = |index: QuestionIndex, on: QuestionIndex| {
        if let Some(of) = dependents.get_mut(usize::from(on.0)) {
            of.push(index);
        }
    };
    for ((index, question), rules) in questionnaire.indexed().zip(&questionnaire.logic.rules) {
        rules.visit(&mut |rule| rule.visit_answers(&mut |mentioned| depends(index, mentioned)));
        if let Some(explained) = question.reason_for {
            depends(index, explained);
        }
    }
    dependents
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use shared::questionnaire::{Evaluation, QuestionKind, QuestionName};
    use shared::response::AnswerValue;

    use super::*;
    use crate::seeds::Seeds;
    use crate::service::setup::seeded_questionnaire;

    fn seeded() -> &'static Questionnaire {
        static QUESTIONNAIRE: OnceLock<Questionnaire> = OnceLock::new();
        QUESTIONNAIRE.get_or_init(|| seeded_questionnaire(&Seeds::Embedded).unwrap())
    }

    fn returned(name: &str) -> ReturnedQuestion {
        ReturnedQuestion { question: QuestionName(name.to_owned()), reason: "確認".to_owned() }
    }

    #[test]
    fn what_an_answer_decides_on_is_open_with_it_and_nothing_else() {
        let form = seeded();
        assert_eq!(reopened(form, &[]), None, "the whole form");
        let open = reopened(form, &[returned("ind_00_1")]).unwrap();
        let is_open = |name: &str| open.contains(&form.find(name).unwrap());
        for name in ["ind_00_1", "ind_00_2", "ind_00_3", "ind_00_3_other", "ind_00_4", "ind_00_4_other"] {
            assert!(is_open(name), "{name}");
        }
        for name in ["ind_00_5", "ind_00_5_other", "org_1", "lif_00_1"] {
            assert!(!is_open(name), "{name}");
        }
        assert_eq!(reopened(form, &[returned("org_1")]).unwrap().len(), 1);
        assert_eq!(reopened(form, &[returned("no_such_question")]), Some(BTreeSet::new()), "all stay locked");
    }

    fn any_value(kind: &QuestionKind) -> BoxedStrategy<Option<AnswerValue>> {
        let value = match kind {
            QuestionKind::Integer => (0_i64..30).prop_map(AnswerValue::Integer).boxed(),
            QuestionKind::SelectOne { choices } => {
                let names: Vec<String> = choices.iter().map(|choice| choice.name.clone()).collect();
                select(names).prop_map(AnswerValue::Choice).boxed()
            }
            QuestionKind::SelectMultiple { choices } => {
                let names: Vec<String> = choices.iter().map(|choice| choice.name.clone()).collect();
                select(names).prop_map(|name| AnswerValue::Choices(vec![name])).boxed()
            }
            _ => Just(AnswerValue::Text("記入".to_owned())).boxed(),
        };
        proptest::option::weighted(0.8, value).boxed()
    }

    fn any_answers() -> impl Strategy<Value = Vec<Option<AnswerValue>>> {
        seeded().questions.iter().map(|question| any_value(&question.kind)).collect::<Vec<_>>()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whoever may change only the open questions is never left with a locked one that the changes made wrong.
        #[test]
        fn no_change_of_open_questions_asks_anything_of_a_locked_one(
            before in any_answers(),
            after in any_answers(),
            sent_back in proptest::collection::vec(any::<Index>(), 1..4),
        ) {
            let form = seeded();
            let names = sent_back.iter().map(|at| returned(form.questions[at.index(form.questions.len())].name.as_str()));
            let open = reopened(form, &names.collect::<Vec<_>>()).unwrap();
            let mut evaluation = Evaluation::new(&form.logic, before.clone(), Vec::new());
            let fresh = Evaluation::new(&form.logic, before, Vec::new());
            for index in &open {
                evaluation.set(*index, after[usize::from(index.0)].clone());
            }
            for (index, question) in form.indexed().filter(|(index, _)| !open.contains(index)) {
                let state = |of: &Evaluation<'_>| {
                    (of.is_relevant(index), of.is_missing(index), of.breach(index), of.value(index).cloned())
                };
                prop_assert_eq!(state(&evaluation), state(&fresh), "{}", question.name);
            }
        }
    }
}
