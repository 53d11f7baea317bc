//! 成熟度 of cells of level questions.

use crate::questionnaire::Choice;
use crate::questionnaire::level::NAMES;
pub use crate::questionnaire::level::{DOING, HIGHEST};
use crate::response::{AnswerValue, Cell};
use crate::share::Share;

/// Whether a question with these choices asks for a stage; 該当なし and 不明 may stand beside the five.
pub fn is_level(choices: &[Choice]) -> bool {
    choices.iter().filter(|choice| choice.state.is_none()).map(|choice| choice.name.as_str()).eq(NAMES)
}

/// The stage of a level question's cell; `None` for every state.
pub fn stage(cell: &Cell) -> Option<u8> {
    match cell {
        Cell::Value(AnswerValue::Choice(name)) => name.parse().ok().filter(|stage| *stage <= HIGHEST),
        _ => None,
    }
}

/// 検討中 or 実施予定
pub fn is_planned(stage: u8) -> bool {
    (1..DOING).contains(&stage)
}

/// Out of the practices that concern the municipality, those it does; 無回答 and 不明 are not counted as done, 該当なし
/// and 対象外 concern it not. `None` without any, and without a response.
pub fn done_share<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Share> {
    let (mut done, mut of) = (0, 0);
    for cell in cells {
        match cell {
            Cell::NotSubmitted => return None,
            Cell::NotApplicable | Cell::Skipped | Cell::NotAsked => {}
            Cell::Value(_) | Cell::Unknown | Cell::Blank => {
                of += 1;
                done += u32::from(stage(cell).is_some_and(|stage| stage >= DOING));
            }
        }
    }
    (of > 0).then(|| Share::new(done, of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::ChoiceState;

    fn choice(name: &str, state: Option<ChoiceState>) -> Choice {
        Choice { name: name.into(), label: name.into(), short: None, exclusive: false, state }
    }

    fn at(stage: &str) -> Cell {
        Cell::Value(AnswerValue::Choice(stage.into()))
    }

    #[test]
    fn only_the_five_stages_make_a_level_question() {
        let mut choices: Vec<Choice> = NAMES.iter().map(|name| choice(name, None)).collect();
        assert!(is_level(&choices));
        choices.push(choice("8", Some(ChoiceState::NotApplicable)));
        choices.push(choice("9", Some(ChoiceState::Unknown)));
        assert!(is_level(&choices));
        choices.push(choice("5", None));
        assert!(!is_level(&choices) && !is_level(&[]));
    }

    #[test]
    fn a_score_counts_what_is_confirmed_out_of_what_concerns_the_municipality() {
        let cells =
            [at("4"), at("3"), at("2"), at("0"), Cell::Blank, Cell::Unknown, Cell::NotApplicable, Cell::Skipped];
        assert_eq!(done_share(&cells), Some(Share::new(2, 6)));
        assert_eq!(done_share(&[Cell::NotApplicable]), None);
        assert_eq!(done_share(&[]), None);
        assert_eq!(done_share(&[Cell::NotSubmitted, Cell::NotSubmitted]), None);
    }

    #[test]
    fn considering_and_scheduled_are_plans() {
        assert_eq!((0..5).filter(|stage| is_planned(*stage)).collect::<Vec<u8>>(), [1, 2]);
    }
}
