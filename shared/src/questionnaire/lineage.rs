//! Which questions of an earlier year a question continues.
//!
//! The concept ID joins the years. A rename, a split or a merge is written in the newer questionnaire
//! ([`super::Lineage`]).

use std::collections::BTreeMap;
use std::mem::discriminant;

use super::model::{Choice, Lineage, Question, QuestionIndex, Questionnaire};
use crate::response::AnswerValue;

/// How a question continues those of an earlier year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The concept ID stayed.
    Same,
    /// One question under a new concept ID.
    Renamed,
    /// One of several questions that one was divided into.
    Split,
    /// One question made of several.
    Merged,
}

/// How a question of that concept and lineage continues what it names, among everything that is asked in its year. What is
/// made of several, or of what others are made of or called too, is another question.
pub fn relation<'q>(
    concept: &str,
    lineage: &Lineage,
    asked: impl IntoIterator<Item = (&'q str, &'q Lineage)>,
) -> Relation {
    let mut from: Vec<&str> = lineage.derived_from.iter().map(String::as_str).collect();
    from.sort_unstable();
    from.dedup();
    match from.as_slice() {
        [] => Relation::Same,
        [one] if *one == concept => Relation::Same,
        [one] => {
            let names_it = |(concept, lineage): &(&str, &Lineage)| {
                concept == one || lineage.derived_from.iter().any(|concept| concept == one)
            };
            match asked.into_iter().filter(names_it).nth(1) {
                None => Relation::Renamed,
                Some(_) => Relation::Split,
            }
        }
        _ => Relation::Merged,
    }
}

/// Whether a lineage was said of a still earlier year: the year before asks the same concept, made of the same. A form that
/// is asked again keeps its lineage, and its questions continue themselves.
pub fn is_said_before(lineage: &Lineage, before: Option<&Lineage>) -> bool {
    !lineage.derived_from.is_empty() && before.is_some_and(|before| before.derived_from == lineage.derived_from)
}

/// A question and those it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The question of the newer questionnaire.
    pub now: QuestionIndex,
    /// The questions of the older one, in its order; never empty.
    pub then: Vec<QuestionIndex>,
    /// How.
    pub relation: Relation,
    /// Whether results of both years may be compared: the same question, of the same kind and unit, whose common
    /// choices mean the same, and the author does not forbid it.
    pub comparable: bool,
}

/// Joins two questionnaires: one link for every question of `now` that continues something in `then`.
pub fn links(now: &Questionnaire, then: &Questionnaire) -> Vec<Link> {
    let by_concept: BTreeMap<&str, QuestionIndex> =
        then.indexed().filter(|(_, q)| !q.concept.is_empty()).map(|(index, q)| (q.concept.as_str(), index)).collect();
    let link = |(index, question): (QuestionIndex, &Question)| {
        let from = &question.lineage.derived_from;
        let itself = by_concept.get(question.concept.as_str()).copied();
        let stays = is_said_before(&question.lineage, itself.map(|index| &then.question(index).lineage));
        let mut earlier: Vec<QuestionIndex> = if from.is_empty() || stays {
            itself.into_iter().collect()
        } else {
            from.iter().filter_map(|concept| by_concept.get(concept.as_str()).copied()).collect()
        };
        earlier.sort();
        earlier.dedup();
        if earlier.is_empty() {
            return None;
        }
        let asked = now.questions.iter().map(|question| (question.concept.as_str(), &question.lineage));
        let relation = if stays { Relation::Same } else { relation(&question.concept, &question.lineage, asked) };
        let one_to_one = matches!(relation, Relation::Same | Relation::Renamed);
        let comparable = one_to_one
            && !question.lineage.not_comparable
            && earlier.iter().all(|one| asks_the_same(question, then.question(*one)));
        Some(Link { now: index, then: earlier, relation, comparable })
    };
    now.indexed().filter_map(link).collect()
}

/// Whether that answer of the earlier question is an answer to the newer one, with the same meaning.
pub fn carries_over(now: &Question, then: &Question, value: &AnswerValue) -> bool {
    let same_meaning = |name: &String| match (choice(now, name), choice(then, name)) {
        (Some(now), Some(then)) => now.label == then.label,
        (None, None) => now.kind.choices().is_empty() && then.kind.choices().is_empty(),
        _ => false,
    };
    let chosen = match value {
        AnswerValue::Choice(name) => same_meaning(name),
        AnswerValue::Choices(names) => names.iter().all(same_meaning),
        AnswerValue::State(_) => now.may_be_unknown,
        AnswerValue::Text(_) | AnswerValue::Integer(_) | AnswerValue::Decimal(_) | AnswerValue::Date(_) => true,
    };
    chosen
        && now.kind.takes_answer()
        && discriminant(&now.kind) == discriminant(&then.kind)
        && now.unit == then.unit
        && AnswerValue::parse(&now.kind, now.may_be_unknown, &value.raw())
            .is_ok_and(|read| read.as_ref() == Some(value))
}

/// The same kind of answer in the same unit, and every choice that both have means the same.
fn asks_the_same(now: &Question, then: &Question) -> bool {
    discriminant(&now.kind) == discriminant(&then.kind)
        && now.unit == then.unit
        && now.kind.choices().iter().all(|c| choice(then, &c.name).is_none_or(|earlier| earlier.label == c.label))
        && now.kind.choices().len() == then.kind.choices().len()
}

fn choice<'q>(question: &'q Question, name: &str) -> Option<&'q Choice> {
    question.kind.choices().iter().find(|choice| choice.name == name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaire::QuestionKind;
    use crate::questionnaire::samples::{choices, question, questionnaire};

    fn link(now: u16, then: &[u16], relation: Relation, comparable: bool) -> Link {
        Link { now: QuestionIndex(now), then: then.iter().copied().map(QuestionIndex).collect(), relation, comparable }
    }

    #[test]
    fn a_question_continues_by_concept_rename_split_or_merge() {
        let then = questionnaire(["ai", "rpa", "desk", "old", "gone"].map(|concept| question(concept, &[])).into());
        let now = questionnaire(vec![
            question("ai", &[]),
            question("new_name", &["old"]),
            question("desk_a", &["desk"]),
            question("desk_b", &["desk"]),
            question("automation", &["rpa", "ai", "rpa"]),
            question("added", &[]),
            question("from_nowhere", &["never_asked"]),
        ]);
        // `ai` is continued by itself and by the merged question: both are told.
        assert_eq!(
            links(&now, &then),
            [
                link(0, &[0], Relation::Same, true),
                link(1, &[3], Relation::Renamed, true),
                link(2, &[2], Relation::Split, false),
                link(3, &[2], Relation::Split, false),
                link(4, &[0, 1], Relation::Merged, false),
            ]
        );
    }

    #[test]
    fn what_is_made_of_several_is_another_question_even_if_only_one_of_them_was_asked() {
        let then = questionnaire(vec![question("ai", &[])]);
        let now = questionnaire(vec![question("automation", &["ai", "rpa"]), question("ai_only", &["ai", "ai"])]);
        assert_eq!(links(&now, &then), [link(0, &[0], Relation::Merged, false), link(1, &[0], Relation::Split, false)]);
        let now = questionnaire(vec![question("ai_only", &["ai", "ai"])]);
        assert_eq!(links(&now, &then), [link(0, &[0], Relation::Renamed, true)]);
    }

    #[test]
    fn years_are_compared_only_where_the_same_was_asked() {
        let comparable = |change: fn(&mut Question)| {
            let mut changed = question("ai", &[]);
            change(&mut changed);
            links(&questionnaire(vec![changed]), &questionnaire(vec![question("ai", &[])]))[0].comparable
        };
        assert!(comparable(|_| ()));
        assert!(comparable(|q| q.label = "言い回しだけ変えた".to_owned()));
        assert!(!comparable(|q| q.lineage.not_comparable = true));
        assert!(!comparable(|q| q.kind = QuestionKind::Integer));
        assert!(!comparable(|q| q.unit = Some("千円".to_owned())));
        assert!(!comparable(|q| q.kind = QuestionKind::SelectOne { choices: choices(&["検討中", "未着手"]) }));
        assert!(!comparable(|q| {
            q.kind = QuestionKind::SelectOne { choices: choices(&["未着手", "検討中", "実施"]) };
        }));
    }

    #[test]
    fn an_answer_carries_over_only_with_its_meaning() {
        let then = question("ai", &[]);
        let chosen = AnswerValue::Choice("1".to_owned());
        assert!(carries_over(&question("ai", &[]), &then, &chosen));
        let with = |labels: &[&str]| Question {
            kind: QuestionKind::SelectOne { choices: choices(labels) },
            ..question("ai", &[])
        };
        assert!(carries_over(&with(&["別の意味", "検討中", "追加"]), &then, &chosen), "the chosen one means the same");
        assert!(!carries_over(&with(&["検討中", "未着手"]), &then, &chosen), "the same code, another meaning");
        assert!(!carries_over(&with(&["未着手"]), &then, &chosen), "no longer a choice");
        let number = |kind| Question { kind, ..question("staff", &[]) };
        let count = AnswerValue::Integer(3);
        assert!(carries_over(&number(QuestionKind::Integer), &number(QuestionKind::Integer), &count));
        assert!(!carries_over(&number(QuestionKind::Decimal), &number(QuestionKind::Integer), &count));
        let unknown = AnswerValue::State(crate::questionnaire::ChoiceState::Unknown);
        assert!(!carries_over(&number(QuestionKind::Integer), &number(QuestionKind::Integer), &unknown));
    }

    /// Two years of questions with few concepts, so that renames, splits and merges happen often.
    fn two_years() -> impl Strategy<Value = (Questionnaire, Questionnaire)> {
        let concept = || (0..8_u8).prop_map(|number| format!("c{number}"));
        let from = proptest::collection::vec(concept(), 0..4);
        let asked = |concepts: &BTreeMap<String, Vec<String>>| {
            let one = |(concept, from): (&String, &Vec<String>)| {
                question(concept, &from.iter().map(String::as_str).collect::<Vec<_>>())
            };
            questionnaire(concepts.iter().map(one).collect())
        };
        let year = || proptest::collection::btree_map(concept(), from.clone(), 0..8);
        (year(), year()).prop_map(move |(now, then)| (asked(&now), asked(&then)))
    }

    proptest! {
        #[test]
        fn links_join_what_is_there_once_and_as_said((now, then) in two_years()) {
            let links = links(&now, &then);
            prop_assert!(links.windows(2).all(|pair| pair[0].now < pair[1].now), "one link a question, in order");
            let continued = |one: &QuestionIndex| links.iter().filter(|link| link.then.contains(one)).count();
            let said = |question: &Question| {
                let before = then.questions.iter().find(|earlier| earlier.concept == question.concept);
                let from = &question.lineage.derived_from;
                if from.is_empty() || before.is_some_and(|before| before.lineage.derived_from == *from) {
                    vec![question.concept.clone()]
                } else {
                    from.clone()
                }
            };
            for link in &links {
                let question = now.questions.get(usize::from(link.now.0)).expect("a question of now");
                prop_assert!(!link.then.is_empty() && link.then.windows(2).all(|pair| pair[0] < pair[1]));
                let said = said(question);
                for one in &link.then {
                    let earlier = then.questions.get(usize::from(one.0)).expect("a question of then");
                    prop_assert!(said.contains(&earlier.concept), "{} does not continue {}", question.concept, earlier.concept);
                }
                // Nothing that was asked is left out.
                let asked = then.questions.iter().filter(|earlier| said.contains(&earlier.concept)).count();
                prop_assert_eq!(link.then.len(), asked);
                match link.relation {
                    Relation::Same => prop_assert_eq!(&then.question(link.then[0]).concept, &question.concept),
                    Relation::Renamed => prop_assert_eq!(continued(&link.then[0]), 1),
                    Relation::Split => {
                        let names_it = |q: &&Question| q.concept == said[0] || q.lineage.derived_from.contains(&said[0]);
                        prop_assert!(now.questions.iter().filter(names_it).count() > 1);
                    }
                    Relation::Merged => {
                        prop_assert!(said.iter().collect::<std::collections::BTreeSet<_>>().len() > 1);
                    }
                }
                prop_assert!(!link.comparable || matches!(link.relation, Relation::Same | Relation::Renamed));
            }
            // Every question that stays in some form is found from the later year, and no other is.
            for (index, earlier) in then.indexed() {
                let by = now.questions.iter().filter(|question| said(question).contains(&earlier.concept));
                prop_assert_eq!(continued(&index), by.count());
            }
        }

        #[test]
        fn a_year_continues_itself((year, _) in two_years()) {
            let links = links(&year, &year);
            prop_assert_eq!(links.len(), year.questions.len());
            for one in links {
                prop_assert_eq!(&one, &link(one.now.0, &[one.now.0], Relation::Same, true));
            }
        }

        /// Renaming twice leads over the year between to the question of the first year.
        #[test]
        fn renames_compose(
            order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
            again in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
            renamed in proptest::collection::vec(any::<(bool, bool)>(), 6),
        ) {
            let name = |year: usize, of: usize| {
                let (second, third) = renamed[of];
                format!("c{of}{}{}", if year > 0 && second { "b" } else { "" }, if year > 1 && third { "c" } else { "" })
            };
            let asked = |year: usize, order: &[usize]| {
                let one = |of: &usize| {
                    let (concept, before) = (name(year, *of), name(year.saturating_sub(1), *of));
                    let from = if concept == before { Vec::new() } else { vec![before.as_str()] };
                    question(&concept, &from)
                };
                questionnaire(order.iter().map(one).collect())
            };
            let (first, second, third) = (asked(0, &[0, 1, 2, 3, 4, 5]), asked(1, &order), asked(2, &again));
            let (early, late) = (links(&second, &first), links(&third, &second));
            prop_assert_eq!((early.len(), late.len()), (6, 6));
            for link in late {
                let between = &early[usize::from(link.then[0].0)];
                prop_assert!(link.comparable && between.comparable);
                prop_assert_eq!(usize::from(between.then[0].0), again[usize::from(link.now.0)]);
            }
        }
    }
}
