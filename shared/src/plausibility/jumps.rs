//! 前年からの変化: a number beyond its own threshold, a practice by two stages or more.

use super::finding::{Evidence, Finding};
use super::{Examined, number};
use crate::maturity::{is_level, stage};
use crate::questionnaire::{Question, QuestionIndex, Threshold};
use crate::response::{AnswerValue, cell_of};

/// From so many stages on a change is told.
pub const FEWEST_STAGES: u8 = 2;

/// Every change that is told, where the lineage lets both years be compared. A number without a threshold of its own may
/// change as it likes.
pub fn find(examined: &Examined<'_>) -> Vec<Finding> {
    let found = examined.questionnaire.indexed().filter_map(|(index, _)| {
        let evidence = match exceeded(examined, index) {
            Some(threshold) => Evidence::Change { threshold, reason: examined.reason(index) },
            None => stages(examined, index)?,
        };
        Some(examined.finding(index, evidence))
    });
    found.collect()
}

/// The threshold that the number's change exceeds.
pub(super) fn exceeded(examined: &Examined<'_>, index: QuestionIndex) -> Option<Threshold> {
    let threshold = Threshold::of(&examined.questionnaire.logic, index)?;
    let (then, now) = (number(examined.then(index)?.value)?, number(examined.answer(index)?)?);
    threshold.is_exceeded(then, now).then_some(threshold)
}

fn stages(examined: &Examined<'_>, index: QuestionIndex) -> Option<Evidence> {
    let then = examined.then(index)?;
    let from = stage_in(then.question, then.value)?;
    let to = stage_in(examined.questionnaire.question(index), examined.answer(index)?)?;
    (from.abs_diff(to) >= FEWEST_STAGES).then_some(Evidence::Stages { from, to })
}

/// The stage that an answer names; `None` for 該当なし, 不明 and questions that ask for none.
fn stage_in(question: &Question, value: &AnswerValue) -> Option<u8> {
    if !is_level(question.kind.choices()) {
        return None;
    }
    stage(&cell_of(question, true, Some(value)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{Sample, integer, question_of};
    use super::*;
    use crate::questionnaire::QuestionKind;
    use crate::questionnaire::logic::Rules;
    use crate::questionnaire::samples::choices;
    use crate::response::Decimal;

    const REASON: QuestionIndex = QuestionIndex(1);

    /// A number with that threshold, and a practice.
    fn sample(threshold: Threshold) -> Sample {
        let levels = choices(&["未着手", "検討中", "実施予定", "一部実施", "実施している"]);
        Sample::new(
            vec![
                question_of("staff", QuestionKind::Integer),
                question_of("staff.reason", QuestionKind::Text { multiline: true, max_length: 100 }),
                question_of("practice", QuestionKind::SelectOne { choices: levels }),
            ],
            vec![
                Rules { reason: Some(REASON), ..Rules::default() },
                Rules { relevant: Some(threshold.exceeded(QuestionIndex(0))), ..Rules::default() },
                Rules::default(),
            ],
        )
    }

    fn half() -> Sample {
        sample(Threshold::Percent(Decimal::from(50)))
    }

    #[expect(clippy::unnecessary_wraps, reason = "answers stand beside blanks")]
    fn at(stage: u8) -> Option<AnswerValue> {
        Some(AnswerValue::Choice(stage.to_string()))
    }

    #[test]
    fn a_change_beyond_the_threshold_is_told_with_both_years_and_the_reason() {
        let found = half().examine(&[integer(16)], &[integer(10)], find);
        let evidence = |reason: Option<&str>| Evidence::Change {
            threshold: Threshold::Percent(Decimal::from(50)),
            reason: reason.map(str::to_owned),
        };
        let finding = |reason| Finding {
            question: QuestionIndex(0),
            now: integer(16),
            then: integer(10),
            evidence: evidence(reason),
        };
        assert_eq!(found, [finding(None)]);
        let reason = Some(AnswerValue::Text("組織を改めたため".to_owned()));
        let explained = half().examine(&[integer(16), reason], &[integer(10)], find);
        assert_eq!(explained, [finding(Some("組織を改めたため"))]);
        assert_eq!(half().examine(&[integer(15)], &[integer(10)], find), []);
        assert_eq!(half().examine(&[integer(16)], &[None], find), [], "nothing to compare with");
    }

    #[test]
    fn two_stages_are_told_and_one_is_not() {
        let stages = |from, to| half().examine(&[None, None, at(to)], &[None, None, at(from)], find);
        for (from, to) in [(0, 2), (4, 1), (0, 4)] {
            assert_eq!(stages(from, to)[0].evidence, Evidence::Stages { from, to });
        }
        for (from, to) in [(1, 2), (4, 3), (3, 3), (0, 8)] {
            assert_eq!(stages(from, to), [], "{from} {to}");
        }
    }

    proptest! {
        /// The evaluator asks for a reason just where a change is told.
        #[test]
        fn a_change_is_told_just_where_its_reason_is_asked_for(
            now in 0_i64..500, then in 0_i64..500, limit in 1_i64..200, share in any::<bool>(),
        ) {
            let limit = Decimal::from(limit);
            let sample = sample(if share { Threshold::Percent(limit) } else { Threshold::Absolute(limit) });
            let (told, asked) = sample.examine(&[integer(now)], &[integer(then)], |examined| {
                (!find(examined).is_empty(), examined.evaluation.is_unusual(QuestionIndex(0)))
            });
            prop_assert_eq!(told, asked);
        }
    }
}
