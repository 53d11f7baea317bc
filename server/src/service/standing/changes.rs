//! What a municipality answered otherwise than the year before, in its own level questions.

use shared::comparison::Changes;
use shared::maturity::{is_level, stage};
use shared::questionnaire::{Question, Questionnaire};
use shared::response::{AnswerValue, Cell, cell_of};

use crate::service::answering::{PreviousAnswer, PreviousAnswers};

/// Compares `now` (the cells by question) with the year before; `None` where nothing was answered then.
pub fn changes(questionnaire: &Questionnaire, now: &[Cell], previous: &PreviousAnswers) -> Option<Changes> {
    let since = previous.values().map(|answer| answer.year).max()?;
    let mut changes = Changes::since(since);
    for ((_, question), cell) in questionnaire.indexed().zip(now) {
        let choices = question.kind.choices();
        if !is_level(choices) || matches!(cell, Cell::Skipped) {
            continue;
        }
        let before = previous.get(&question.name).and_then(PreviousAnswer::comparable_source);
        let before = before.filter(|before| is_level(before.question.kind.choices()));
        let before = before.and_then(|before| {
            Some((stage_in(&before.question, before.value.as_ref()?)?, before.question.kind.choices()))
        });
        changes.add(&question.number, &question.label, before, stage(cell).map(|stage| (stage, choices)));
    }
    Some(changes)
}

/// The stage that an answer to a level question names; `None` for 該当なし and 不明.
fn stage_in(question: &Question, value: &AnswerValue) -> Option<u8> {
    stage(&cell_of(question, true, Some(value)))
}

#[cfg(test)]
mod tests {
    use shared::comparison::Change;
    use shared::questionnaire::QuestionName;

    use super::super::samples::{at, cells, questionnaire, set, year};
    use super::*;
    use crate::service::answering::PreviousSource;

    fn previous(questionnaire: &Questionnaire, answers: &[(&str, Option<&str>, bool)]) -> PreviousAnswers {
        let answer = |(name, value, comparable): &(&str, Option<&str>, bool)| {
            let question = questionnaire.question(questionnaire.find(name).unwrap()).clone();
            let value = value.map(|value| AnswerValue::Choice(value.into()));
            let (copy, comparable) = (value.clone(), *comparable);
            let sources = vec![PreviousSource { question, value }];
            let before = PreviousAnswer { year: year(2025), sources, copy, comparable };
            (QuestionName((*name).into()), before)
        };
        answers.iter().map(answer).collect()
    }

    #[test]
    fn stages_that_rose_and_fell_are_counted_and_named() {
        let questionnaire = questionnaire();
        let mut now = cells(&questionnaire, "2");
        set(&questionnaire, &mut now, "ind_01_4", Cell::NotApplicable);
        set(&questionnaire, &mut now, "gov_02_1", at("4"));
        let before = previous(
            &questionnaire,
            &[
                ("ind_01_1", Some("1"), true),
                ("ind_01_2", Some("3"), true),
                ("ind_01_3", Some("2"), true),
                ("ind_01_4", Some("1"), true),
                ("ind_02_1", Some("9"), true),
                ("ind_02_2", None, true),
                ("ind_02_3", Some("0"), false),
                ("gov_02_1", Some("3"), true),
                ("org_1", Some("4"), true),
            ],
        );
        let found = changes(&questionnaire, &now, &before).unwrap();
        let words = |changes: &[Change]| -> Vec<(String, String, String)> {
            changes.iter().map(|c| (c.number.clone(), c.from.clone(), c.to.clone())).collect()
        };
        let change = |number: &str, from: &str, to: &str| (number.to_owned(), from.to_owned(), to.to_owned());
        assert_eq!(
            words(&found.advanced),
            [
                change("産-6-1", "検討中", "実施予定（時期決定）"),
                change("行-7-1", "一部実施・実証中", "実施している（本格運用）"),
            ]
        );
        assert_eq!(words(&found.receded), [change("産-6-2", "一部実施・実証中", "実施予定（時期決定）")]);
        assert_eq!((found.since, found.unchanged), (year(2025), 1));
        assert_eq!(found.not_compared, 67 - 4);
    }

    #[test]
    fn without_answers_of_the_year_before_nothing_is_compared() {
        let questionnaire = questionnaire();
        assert_eq!(changes(&questionnaire, &cells(&questionnaire, "2"), &PreviousAnswers::new()), None);
    }
}
