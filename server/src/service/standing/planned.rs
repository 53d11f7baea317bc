//! Who already does what one plans.

use shared::fiscal_year::FiscalYear;
use shared::municipality::Municipality;
use shared::publication::{PublishedQuestion, Snapshot};
use shared::questionnaire::{Choice, Question, Questionnaire};
use shared::response::{AnswerValue, Cell};
use shared::visibility::Visibility;

use super::level::{DOING, is_level, is_planned, stage};
use super::peers::nearest;
use super::position::continues;

/// A count is shown where names are not only if so many municipalities lie on either side (秘匿).
pub const FEWEST_SHOWN: usize = 3;

/// Something that the municipality considers or has scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Number of the question as printed.
    pub number: String,
    /// Its text.
    pub label: String,
    /// The own answer in words.
    pub own: String,
    /// Who does it.
    pub doing: Doing,
}

/// Who does it, as far as the reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// The municipalities by their answer, the most advanced first; nearest in population first. May be empty.
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

/// Municipalities that gave the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The answer in short words, e.g. 「一部実施」.
    pub answer: String,
    /// Their names.
    pub municipalities: Vec<String>,
}

/// What `now` (the cells by question, asked in `asked_in`) plans, with those that did it in the snapshot's round, as far as `reader` may see.
pub fn planned(
    questionnaire: &Questionnaire,
    now: &[Cell],
    own: &Municipality,
    asked_in: FiscalYear,
    snapshot: &Snapshot,
    reader: Visibility,
) -> Vec<Planned> {
    let others = || snapshot.municipalities.iter().filter(|m| m.municipality.code != own.code);
    // Municipalities far apart in size, and those of unknown size, follow in the register's order.
    let near = nearest(own, others()).unwrap_or_default();
    let far = others().filter(|m| near.iter().all(|n| n.municipality.code != m.municipality.code));
    let ordered: Vec<_> = near.iter().copied().chain(far).collect();
    let found = questionnaire.indexed().zip(now).filter_map(|((_, question), cell)| {
        let kind = Kind::of(question, snapshot)?;
        let answer = kind.plan(question, cell)?;
        let same_round = snapshot.year == asked_in;
        let place = snapshot.questions.iter().position(|then| continues(question, then, same_round))?;
        let then = snapshot.questions.get(place).filter(|then| kind.fits(then))?;
        let cells = ordered.iter().filter_map(|m| Some((m.municipality.name.as_str(), m.cells.get(place)?)));
        let doing = doing(&kind, then, cells, reader)?;
        Some(Planned { number: question.number.clone(), label: question.label.clone(), own: answer, doing })
    });
    found.collect()
}

/// Questions that tell a plan from doing.
enum Kind {
    /// A level question.
    Level,
    /// 「取り組んでいますか」, with the choices that say yes.
    Engagement(Vec<String>),
}

impl Kind {
    fn of(question: &Question, snapshot: &Snapshot) -> Option<Self> {
        if is_level(question.kind.choices()) {
            return Some(Self::Level);
        }
        let definition = &snapshot.official()?.definition;
        let asks = definition.engaged_questions.values().any(|concept| *concept == question.concept);
        asks.then(|| Self::Engagement(definition.engaged_choices.clone()))
    }

    /// The own answer in words, if it is a plan: neither done nor the last choice, which says no.
    fn plan(&self, question: &Question, cell: &Cell) -> Option<String> {
        let Cell::Value(AnswerValue::Choice(name)) = cell else { return None };
        let values: Vec<&Choice> = question.kind.choices().iter().filter(|choice| choice.state.is_none()).collect();
        let choice = values.iter().find(|choice| choice.name == *name)?;
        let is_plan = match self {
            Self::Level => stage(cell).is_some_and(is_planned),
            Self::Engagement(yes) => !yes.contains(name) && values.last().is_some_and(|last| last.name != *name),
        };
        is_plan.then(|| choice.label.clone())
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
fn doing<'c>(
    kind: &Kind,
    then: &PublishedQuestion,
    cells: impl Iterator<Item = (&'c str, &'c Cell)> + Clone,
    reader: Visibility,
) -> Option<Doing> {
    let answer = |cell: &'c Cell| match cell {
        Cell::Value(AnswerValue::Choice(name)) => Some(name.as_str()),
        _ => None,
    };
    let done = kind.done(then);
    if then.visibility.named.allows(reader) {
        let of_choice = |choice: &&Choice| Practice {
            answer: choice.short.clone().unwrap_or_else(|| choice.label.clone()),
            municipalities: cells
                .clone()
                .filter(|(_, cell)| answer(cell) == Some(choice.name.as_str()))
                .map(|(name, _)| name.to_owned())
                .collect(),
        };
        let practices = done.iter().map(of_choice).filter(|practice| !practice.municipalities.is_empty());
        return Some(Doing::Named(practices.collect()));
    }
    if !then.visibility.aggregate.allows(reader) {
        return None;
    }
    let answers: Vec<&str> = cells.filter_map(|(_, cell)| answer(cell)).collect();
    let count = answers.iter().filter(|name| done.iter().any(|choice| choice.name == **name)).count();
    let of = answers.len();
    let hidden = count < FEWEST_SHOWN || of - count < FEWEST_SHOWN;
    Some(if hidden { Doing::Suppressed } else { Doing::Counted { count, of } })
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::super::samples::{at, cells, municipality, questionnaire, round, set, year};
    use super::*;

    const OTHERS: [&str; 8] = ["022021", "022039", "022047", "022055", "022063", "022071", "022080", "022098"];

    /// Eight others: the first `done` do everything, the next one in part, the rest nothing; the last did not respond.
    fn others(questionnaire: &Questionnaire, done: usize) -> Snapshot {
        let responses = OTHERS.iter().enumerate().map(|(place, code)| {
            let mut answers = cells(
                questionnaire,
                match place.cmp(&done) {
                    Ordering::Less => "4",
                    Ordering::Equal => "3",
                    Ordering::Greater => "0",
                },
            );
            set(questionnaire, &mut answers, "ind_00_1", at(if place < 2 { "1" } else { "4" }));
            // The later, the nearer to 30,000.
            let population = 20_000 + 1_000 * u32::try_from(place).unwrap();
            (municipality(code, Some(population)), (place < 7).then_some(answers))
        });
        let own = std::iter::once((municipality("022012", Some(30_000)), Some(cells(questionnaire, "4"))));
        round(questionnaire, 2025, own.chain(responses).collect())
    }

    fn find(done: usize, answers: &[(&str, &str)], reader: Visibility) -> Vec<Planned> {
        let questionnaire = questionnaire();
        let mut now = cells(&questionnaire, "0");
        for (name, value) in answers {
            set(&questionnaire, &mut now, name, at(value));
        }
        let own = municipality("022012", Some(30_000));
        planned(&questionnaire, &now, &own, year(2026), &others(&questionnaire, done), reader)
    }

    #[test]
    fn a_member_reads_who_does_what_is_planned_nearest_first() {
        let found = find(2, &[("gov_02_2", "1"), ("gov_02_1", "4"), ("gov_02_3", "8")], Visibility::Council);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.number.as_str(), one.own.as_str()), ("行-7-2", "検討中"));
        let names = |codes: &[&str]| codes.iter().map(|code| format!("架空{code}市")).collect::<Vec<_>>();
        let expected = vec![
            Practice { answer: "実施".into(), municipalities: names(&["022039", "022021"]) },
            Practice { answer: "一部実施".into(), municipalities: names(&["022047"]) },
        ];
        assert_eq!(one.doing, Doing::Named(expected));
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
            let found = find(done, &[("gov_02_2", "2")], Visibility::Public);
            assert_eq!(found.iter().map(|p| p.doing.clone()).collect::<Vec<_>>(), [doing], "{done}");
        }
    }

    #[test]
    fn engagement_is_named_to_everybody_because_its_answers_are_public() {
        let found = find(2, &[("ind_00_1", "3")], Visibility::Public);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        let Doing::Named(practices) = &one.doing else { panic!("{one:?}") };
        assert_eq!(one.own, "検討している");
        assert_eq!(practices.len(), 1);
        assert_eq!(practices[0].municipalities.len(), 2);
        // 「取り組んでいる」 is done and 「取り組んでいない」 is no plan.
        for answer in ["1", "4"] {
            assert_eq!(find(2, &[("ind_00_1", answer)], Visibility::Council), []);
        }
    }

    #[test]
    fn an_answer_that_nobody_gave_is_left_out() {
        let found = find(0, &[("gov_02_2", "2")], Visibility::Council);
        let Doing::Named(practices) = &found[0].doing else { panic!("{found:?}") };
        assert_eq!(practices.iter().map(|p| p.answer.as_str()).collect::<Vec<_>>(), ["一部実施"]);
    }
}
