//! What the section's island needs, and nothing that the section does not depend on.

use std::collections::BTreeSet;

use shared::questionnaire::expression::Expression;
use shared::questionnaire::logic::{Logic, Rules};
use shared::questionnaire::{QuestionIndex, Section};
use shared::wire::{LiveForm, LiveQuestion, Sparse};

use crate::http::answer::languages::with_language;
use crate::service::answering::Form;

/// The section's form for the browser, in the language asked for.
pub fn live_form(form: &Form, section: &Section, lang: Option<&str>) -> LiveForm {
    let live = |index: QuestionIndex| {
        let question = form.questionnaire.question(index);
        LiveQuestion {
            index,
            name: question.name.to_string(),
            kind: question.kind.clone(),
            may_be_unknown: question.may_be_unknown,
            fixed: question.readonly || !question.kind.takes_answer() || form.locked(index).is_some(),
            revision: form.answers.get(&question.name).map_or(0, |s| s.revision),
            constraint_message: question.constraint_message.clone(),
        }
    };
    let needed = needed(&form.questionnaire.logic, section.questions());
    let value = |index: &QuestionIndex| Some((*index, form.value(form.questionnaire.question(*index))?));
    let previous = |index: &QuestionIndex| {
        let question = form.questionnaire.question(*index);
        Some((*index, form.previous.get(&question.name)?.comparable_value()?))
    };
    LiveForm {
        save_to: format!("/api/v1/rounds/{}/responses/{}/answers", form.round.year.year(), form.municipality.code),
        query: with_language(String::new(), lang),
        logic: sliced(&form.questionnaire.logic, &needed),
        values: Sparse(needed.iter().filter_map(value).collect()),
        previous: Sparse(needed.iter().filter_map(previous).collect()),
        questions: section.questions().map(live).collect(),
    }
}

/// The questions whose answers decide anything in the section: its own, those that their rules mention, those that the
/// rules of these mention, and so on.
fn needed(logic: &Logic, section: impl Iterator<Item = QuestionIndex>) -> BTreeSet<QuestionIndex> {
    let mut needed = BTreeSet::new();
    let mut found: Vec<QuestionIndex> = section.collect();
    while let Some(index) = found.pop() {
        if !needed.insert(index) {
            continue;
        }
        if let Some(rules) = logic.rules.get(usize::from(index.0)) {
            found.extend(rules.reason);
            rules.visit(&mut |rule| {
                rule.visit(&mut |part| match part {
                    Expression::Answer(mentioned) | Expression::Previous(mentioned) => found.push(*mentioned),
                    Expression::Number(_)
                    | Expression::Text(_)
                    | Expression::Own
                    | Expression::Binary(..)
                    | Expression::Negate(_)
                    | Expression::Call(..) => {}
                });
            });
        }
    }
    needed
}

/// The rules of those questions; all others have none. Every question keeps its place.
fn sliced(logic: &Logic, needed: &BTreeSet<QuestionIndex>) -> Logic {
    let rules = (0..).map(QuestionIndex).zip(&logic.rules);
    Logic {
        rules: rules.map(|(index, r)| if needed.contains(&index) { r.clone() } else { Rules::default() }).collect(),
        order: logic.order.iter().copied().filter(|index| needed.contains(index)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(index: u16) -> Expression {
        Expression::Answer(QuestionIndex(index))
    }

    #[test]
    fn a_section_gets_what_it_depends_on_at_any_remove_and_nothing_else() {
        let last_saved = Some(Expression::Previous(QuestionIndex(5)));
        let logic = Logic::of(vec![
            Rules { relevant: Some(answer(4)), ..Rules::default() },
            Rules { required: Some(answer(0)), constraint: last_saved, ..Rules::default() },
            Rules { relevant: Some(answer(1)), ..Rules::default() },
            Rules { relevant: Some(answer(2)), ..Rules::default() },
            Rules::default(),
            Rules { relevant: Some(answer(3)), ..Rules::default() },
        ])
        .unwrap();
        let needed = needed(&logic, [QuestionIndex(1)].into_iter());
        let places: Vec<u16> = needed.iter().map(|index| index.0).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5], "5 is mentioned, and depends on 3, 2 and 1");
        assert_eq!(sliced(&logic, &needed), logic);

        let needed = super::needed(&logic, [QuestionIndex(0)].into_iter());
        let logic = sliced(&logic, &needed);
        assert_eq!(needed.iter().map(|index| index.0).collect::<Vec<_>>(), [0, 4]);
        assert_eq!((logic.rules.len(), logic.order), (6, vec![QuestionIndex(0)]));
        assert!(logic.rules[1..].iter().all(|rules| *rules == Rules::default()));
    }
}
