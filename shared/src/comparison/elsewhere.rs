//! Who already does what one does not do, or only plans.

use crate::indicator::Counts;
use crate::maturity::{DOING, is_level, is_planned, stage};
use crate::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use crate::questionnaire::Choice;
use crate::response::{AnswerValue, Cell};
use crate::visibility::Visibility;

use super::outline::joined;

/// A count is shown where names are not only if so many municipalities lie on either side (秘匿).
pub const FEWEST_SHOWN: usize = 3;

/// Which own answers are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// What is considered or scheduled.
    Planned,
    /// Whatever is not confirmed as done, unless it does not concern the municipality.
    NotDone,
}

/// Something that the municipality does not do, with those who do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Number of the question as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// Code of its area; empty where it has none.
    pub area: String,
    /// The own answer in words.
    pub own: String,
    /// Who does it.
    pub doing: Doing,
}

/// Who does it, as far as the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// The municipalities by their answer, the most advanced first; in the order they were given. May be empty.
    Named(Vec<Practice>),
    /// How many, out of those that answered with a value.
    Counted {
        /// Doing it.
        count: usize,
        /// Answered.
        of: usize,
    },
    /// 秘匿: the count would tell single municipalities' answers.
    Suppressed,
}

impl Doing {
    /// How many do it, as far as that is shown.
    pub fn count(&self) -> usize {
        match self {
            Self::Named(practices) => practices.iter().map(|practice| practice.municipalities.len()).sum(),
            Self::Counted { count, .. } => *count,
            Self::Suppressed => 0,
        }
    }
}

/// Municipalities that gave the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The answer in short words, e.g. 「一部実施」.
    pub answer: String,
    /// Their names.
    pub municipalities: Vec<String>,
}

/// The own answers: a round, and a cell for each of its questions.
#[derive(Debug, Clone, Copy)]
pub struct Own<'s> {
    /// What was asked.
    pub round: &'s Snapshot,
    /// What was answered.
    pub cells: &'s [Cell],
}

/// Those asked who does it, all without the municipality itself.
#[derive(Debug, Clone, Copy)]
pub struct Others<'s, 'p> {
    /// Their round.
    pub round: &'s Snapshot,
    /// Those who may be named, in the order in which they are.
    pub named: &'p [&'s PublishedMunicipality],
    /// Those who are counted where names may not be read: always everybody else, whoever is compared with, because two
    /// groups could be subtracted from each other.
    pub counted: &'p [&'s PublishedMunicipality],
}

/// What the municipality does not do, with those that did it in the others' round, as far as `reader` may see; in the
/// questionnaire's order.
pub fn elsewhere(wanted: Wanted, own: Own<'_>, others: Others<'_, '_>, reader: Visibility) -> Vec<Elsewhere> {
    let places = joined(own.round, others.round);
    let found = own.round.questions.iter().zip(own.cells).zip(places).filter_map(|((question, cell), place)| {
        let kind = Kind::of(question, others.round)?;
        let own = kind.not_done(wanted, question, cell)?;
        let place = place?;
        let then = others.round.questions.get(place).filter(|then| kind.fits(then))?;
        let doing = doing(&kind, then, place, others, reader)?;
        let area = question.place.as_ref().map(|place| place.group.clone()).unwrap_or_default();
        Some(Elsewhere { number: question.number.clone(), label: question.label.clone(), area, own, doing })
    });
    found.collect()
}

/// Questions that tell not doing from doing.
enum Kind {
    /// A level question.
    Level,
    /// 「取り組んでいますか」, with the choices that say yes.
    Engagement(Vec<String>),
}

impl Kind {
    fn of(question: &PublishedQuestion, then: &Snapshot) -> Option<Self> {
        if is_level(&question.choices) {
            return Some(Self::Level);
        }
        let definition = &then.official()?.definition;
        let asks = definition.rule.questions().any(|concept| concept == question.concept);
        match &definition.counts {
            Counts::Choices(choices) if asks => Some(Self::Engagement(choices.clone())),
            Counts::Choices(_) | Counts::FromStage(_) => None,
        }
    }

    /// The own answer in words, if it is one that is wanted. Of an engagement, the last choice says no and is no plan.
    fn not_done(&self, wanted: Wanted, question: &PublishedQuestion, cell: &Cell) -> Option<String> {
        let Cell::Value(AnswerValue::Choice(name)) = cell else {
            let undetermined = matches!(cell, Cell::Blank | Cell::Unknown);
            return (wanted == Wanted::NotDone && undetermined).then(|| cell.label().to_owned());
        };
        let values: Vec<&Choice> = question.choices.iter().filter(|choice| choice.state.is_none()).collect();
        let choice = values.iter().find(|choice| choice.name == *name)?;
        let is_last = values.last().is_some_and(|last| last.name == *name);
        let is_wanted = match (self, wanted) {
            (Self::Level, Wanted::Planned) => stage(cell).is_some_and(is_planned),
            (Self::Level, Wanted::NotDone) => stage(cell).is_some_and(|stage| stage < DOING),
            (Self::Engagement(yes), Wanted::Planned) => !yes.contains(name) && !is_last,
            (Self::Engagement(yes), Wanted::NotDone) => !yes.contains(name),
        };
        is_wanted.then(|| choice.label.clone())
    }

    fn fits(&self, then: &PublishedQuestion) -> bool {
        match self {
            Self::Level => is_level(&then.choices),
            Self::Engagement(yes) => then.choices.iter().any(|choice| yes.contains(&choice.name)),
        }
    }

    /// The choices that say that it is done, the most advanced first.
    fn done<'q>(&self, then: &'q PublishedQuestion) -> Vec<&'q Choice> {
        match self {
            Self::Level => {
                let is_done = |choice: &&Choice| {
                    choice.state.is_none() && choice.name.parse::<u8>().is_ok_and(|stage| stage >= DOING)
                };
                let mut done: Vec<_> = then.choices.iter().filter(is_done).collect();
                done.reverse();
                done
            }
            Self::Engagement(yes) => then.choices.iter().filter(|choice| yes.contains(&choice.name)).collect(),
        }
    }
}

/// Who does it; `None` where the reader may not even see counts.
fn doing(
    kind: &Kind,
    then: &PublishedQuestion,
    place: usize,
    others: Others<'_, '_>,
    reader: Visibility,
) -> Option<Doing> {
    let answer = |municipality: &PublishedMunicipality| match municipality.cells.get(place) {
        Some(Cell::Value(AnswerValue::Choice(name))) => Some(name.clone()),
        _ => None,
    };
    let done = kind.done(then);
    if then.visibility.named.allows(reader) {
        let of_choice = |choice: &&Choice| Practice {
            answer: choice.short.clone().unwrap_or_else(|| choice.label.clone()),
            municipalities: others
                .named
                .iter()
                .filter(|m| answer(m).as_deref() == Some(choice.name.as_str()))
                .map(|m| m.municipality.name.clone())
                .collect(),
        };
        let practices = done.iter().map(of_choice).filter(|practice| !practice.municipalities.is_empty());
        return Some(Doing::Named(practices.collect()));
    }
    if !then.visibility.aggregate.allows(reader) {
        return None;
    }
    let answers: Vec<String> = others.counted.iter().filter_map(|m| answer(m)).collect();
    let count = answers.iter().filter(|name| done.iter().any(|choice| choice.name == **name)).count();
    let of = answers.len();
    let hidden = count < FEWEST_SHOWN || of - count < FEWEST_SHOWN;
    Some(if hidden { Doing::Suppressed } else { Doing::Counted { count, of } })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{level, round};
    use super::*;

    /// Eight others: the first `done` do it, the next one in part, the rest do not; the last did not respond.
    fn find(done: usize, own: &str, wanted: Wanted, reader: Visibility) -> Vec<Elsewhere> {
        let others = (0..8).map(|place| match place {
            7 => "",
            _ if place < done => "4",
            _ if place == done => "3",
            _ => "0",
        });
        let cells: Vec<&str> = std::iter::once(own).chain(others).collect();
        let round = round(2026, &[level("a")], &cells);
        let peers: Vec<_> = round.municipalities[1..].iter().rev().collect();
        let own = Own { round: &round, cells: &round.municipalities[0].cells };
        elsewhere(wanted, own, Others { round: &round, named: &peers, counted: &peers }, reader)
    }

    #[test]
    fn a_member_reads_who_does_it_in_the_order_given() {
        let found = find(2, "1", Wanted::Planned, Visibility::Council);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        let practice = |answer: &str, names: &[&str]| Practice {
            answer: answer.to_owned(),
            municipalities: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let expected = vec![practice("選択肢4", &["第2村", "第1町"]), practice("選択肢3", &["第3市"])];
        assert_eq!((&one.doing, one.doing.count()), (&Doing::Named(expected), 3));
        assert_eq!(one.own, "選択肢1");
    }

    #[test]
    fn what_is_done_or_does_not_concern_is_left_out_and_what_is_undetermined_is_not_done() {
        let words = |own, wanted| find(2, own, wanted, Visibility::Council).into_iter().map(|found| found.own).next();
        for (own, planned, not_done) in [
            ("4", None, None),
            ("3", None, None),
            ("x", None, None),
            ("", None, None),
            ("2", Some("選択肢2"), Some("選択肢2")),
            ("0", None, Some("選択肢0")),
            ("-", None, Some("無回答")),
            ("?", None, Some("不明")),
        ] {
            assert_eq!(words(own, Wanted::Planned).as_deref(), planned, "{own}");
            assert_eq!(words(own, Wanted::NotDone).as_deref(), not_done, "{own}");
        }
    }

    #[test]
    fn without_membership_only_counts_are_seen_and_small_ones_are_not() {
        for (done, doing) in [
            (0, Doing::Suppressed),
            (1, Doing::Suppressed),
            (2, Doing::Counted { count: 3, of: 7 }),
            (3, Doing::Counted { count: 4, of: 7 }),
            (4, Doing::Suppressed),
            (7, Doing::Suppressed),
        ] {
            let found = find(done, "2", Wanted::Planned, Visibility::Public);
            assert_eq!(found.iter().map(|p| p.doing.clone()).collect::<Vec<_>>(), [doing], "{done}");
        }
    }

    #[test]
    fn an_answer_that_nobody_gave_is_left_out() {
        let found = find(0, "2", Wanted::Planned, Visibility::Council);
        let Doing::Named(practices) = &found[0].doing else { panic!("{found:?}") };
        assert_eq!(practices.iter().map(|p| p.answer.as_str()).collect::<Vec<_>>(), ["選択肢3"]);
    }
}
