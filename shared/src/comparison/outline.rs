//! What is compared: the level questions of a round by section and area.

use crate::indicator::Field;
use crate::maturity::is_level;
use crate::publication::{PublishedQuestion, QuestionPlace, Snapshot};
use crate::questionnaire::lineage::{Relation, is_said_before, relation};
use crate::visibility::Visibility;

/// The practices of a round that may be compared, by section and area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// In the questionnaire's order.
    pub sections: Vec<SectionPractices>,
}

/// A section's practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPractices {
    /// The section's name; empty where the questionnaire's order is not known.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// The field that it asks about.
    pub field: Option<Field>,
    /// Its areas, in order.
    pub areas: Vec<AreaPractices>,
}

/// An area's practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaPractices {
    /// The area's code.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// Places of its questions in [`Snapshot::questions`].
    pub practices: Vec<usize>,
}

impl SectionPractices {
    /// Places of all its questions.
    pub fn practices(&self) -> Vec<usize> {
        self.areas.iter().flat_map(|area| area.practices.iter().copied()).collect()
    }
}

impl Outline {
    /// The level questions of `snapshot`. What only the prefecture may see enters no comparison, so that everybody reads
    /// the same figures. A snapshot frozen before places were kept takes them from `others`, concept by concept.
    pub fn of(snapshot: &Snapshot, others: &[&Snapshot]) -> Self {
        let mut outline = Self::default();
        for (place, question) in snapshot.questions.iter().enumerate() {
            if is_practice(question) {
                outline.add(place, place_of(question, others));
            }
        }
        outline
    }

    fn add(&mut self, practice: usize, place: Option<&QuestionPlace>) {
        let (code, title) = place.map_or(("", "すべての設問"), |p| (&p.section, &p.section_title));
        let (area, area_title) = place.map_or(("", ""), |p| (&p.group, &p.group_title));
        let sections = &mut self.sections;
        let at = sections.iter().position(|section| section.code == code).unwrap_or_else(|| {
            let field = place.and_then(|p| p.field);
            sections.push(SectionPractices {
                code: code.to_owned(),
                title: title.to_owned(),
                field,
                areas: Vec::new(),
            });
            sections.len() - 1
        });
        let areas = &mut sections[at].areas;
        match areas.iter_mut().find(|known| known.code == area) {
            Some(known) => known.practices.push(practice),
            None => areas.push(AreaPractices {
                code: area.to_owned(),
                title: if area_title.is_empty() { title.to_owned() } else { area_title.to_owned() },
                practices: vec![practice],
            }),
        }
    }

    /// Only those practices.
    #[must_use]
    pub fn keep(mut self, wanted: impl Fn(usize) -> bool) -> Self {
        for section in &mut self.sections {
            for area in &mut section.areas {
                area.practices.retain(|practice| wanted(*practice));
            }
            section.areas.retain(|area| !area.practices.is_empty());
        }
        self.sections.retain(|section| !section.areas.is_empty());
        self
    }

    /// Places of all practices.
    pub fn practices(&self) -> Vec<usize> {
        self.sections.iter().flat_map(SectionPractices::practices).collect()
    }

    /// Every area with its section, in order.
    pub fn areas(&self) -> impl Iterator<Item = (&SectionPractices, &AreaPractices)> {
        self.sections.iter().flat_map(|section| section.areas.iter().map(move |area| (section, area)))
    }
}

/// Whether a question is a practice that may be compared.
pub fn is_practice(question: &PublishedQuestion) -> bool {
    is_level(&question.choices) && question.visibility.named.allows(Visibility::Council)
}

fn place_of<'s>(question: &'s PublishedQuestion, others: &[&'s Snapshot]) -> Option<&'s QuestionPlace> {
    let same = |other: &&'s PublishedQuestion| !question.concept.is_empty() && other.concept == question.concept;
    let elsewhere = || others.iter().rev().find_map(|other| other.questions.iter().find(same)?.place.as_ref());
    question.place.as_ref().or_else(elsewhere)
}

/// The concept of an earlier round that a question of `now` asks again: its own, or the one that it gives a new name, where
/// the author does not forbid it.
fn asked_again<'q>(question: &'q PublishedQuestion, now: &'q Snapshot, then: &Snapshot) -> Option<&'q String> {
    let asked = now.questions.iter().map(|other| (other.concept.as_str(), &other.lineage));
    let before = then.questions.iter().find(|earlier| earlier.concept == question.concept);
    let concept = match relation(&question.concept, &question.lineage, asked) {
        _ if is_said_before(&question.lineage, before.map(|before| &before.lineage)) => &question.concept,
        Relation::Same => &question.concept,
        Relation::Renamed => question.lineage.derived_from.first()?,
        Relation::Split | Relation::Merged => return None,
    };
    Some(concept).filter(|concept| !question.lineage.not_comparable && !concept.is_empty())
}

/// For each question of `now`, the place of the question of `then` that it continues; within one round the question
/// itself.
pub fn joined(now: &Snapshot, then: &Snapshot) -> Vec<Option<usize>> {
    let find = |question: &PublishedQuestion| {
        if now.year == then.year {
            return then.questions.iter().position(|other| other.name == question.name);
        }
        let concept = asked_again(question, now, then)?;
        then.questions.iter().position(|earlier| earlier.concept == *concept)
    };
    now.questions.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{level, placed, snapshot};
    use super::*;

    #[test]
    fn practices_stand_by_section_and_area_and_other_questions_do_not() {
        let mut hidden = placed("h", "industry", "work");
        hidden.visibility.named = Visibility::Prefecture;
        let mut other = placed("o", "industry", "work");
        other.choices.pop();
        let questions = [
            placed("a", "industry", "work"),
            placed("b", "industry", "tourism"),
            other,
            placed("c", "living", "health"),
            placed("d", "industry", "work"),
            hidden,
        ];
        let outline = Outline::of(&snapshot(2026, &questions), &[]);
        let areas: Vec<_> =
            outline.areas().map(|(s, a)| (s.code.as_str(), a.code.as_str(), a.practices.clone())).collect();
        assert_eq!(
            areas,
            [("industry", "work", vec![0, 4]), ("industry", "tourism", vec![1]), ("living", "health", vec![3])]
        );
        let kept = outline.keep(|practice| practice == 3);
        assert_eq!((kept.practices(), kept.sections.len()), (vec![3], 1));
    }

    #[test]
    fn a_snapshot_without_places_takes_them_from_another_year() {
        let old = snapshot(2025, &[level("a"), level("z")]);
        let new = snapshot(2026, &[placed("a", "industry", "work")]);
        let outline = Outline::of(&old, &[&new]);
        let codes: Vec<_> = outline.sections.iter().map(|section| section.code.as_str()).collect();
        assert_eq!(codes, ["industry", ""]);
    }

    #[test]
    fn a_renamed_question_continues_and_one_of_a_split_a_merged_or_a_forbidden_one_does_not() {
        let then = snapshot(2025, &["a", "c", "d"].map(level));
        let from = |name: &str, from: &[&str]| {
            let mut question = level(name);
            question.lineage.derived_from = from.iter().map(|concept| (*concept).to_owned()).collect();
            question
        };
        let places = |questions: &[PublishedQuestion]| joined(&snapshot(2026, questions), &then);
        assert_eq!(places(&[from("b", &["a"]), level("d")]), [Some(0), Some(2)]);
        let mut forbidden = from("b", &["a"]);
        forbidden.lineage.not_comparable = true;
        assert_eq!(places(&[forbidden]), [None]);
        assert_eq!(places(&[from("b1", &["a"]), from("b2", &["a"])]), [None, None]);
        assert_eq!(
            places(&[from("b", &["a"]), level("a")]),
            [None, Some(0)],
            "the question stayed, and a part became one"
        );
        assert_eq!(places(&[from("a", &["a", "c"])]), [None]);
        // A form that is asked again keeps its lineage.
        let same = [from("b", &["a"]), from("m", &["c", "d"])];
        assert_eq!(joined(&snapshot(2027, &same), &snapshot(2026, &same)), [Some(0), Some(1)]);
        // Within one round every question is itself.
        let merged = snapshot(2025, &[level("c"), from("a", &["a", "c"])]);
        assert_eq!(joined(&merged, &then), [Some(1), Some(0)]);
    }
}
