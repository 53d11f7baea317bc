//! 好事例: what peers describe of their own, with whom to ask where they say so.

use crate::publication::{PublishedMunicipality, Snapshot};
use crate::response::{AnswerValue, Cell};
use crate::visibility::Visibility;

/// 概念ID of the group of questions that ask for a case; repeated ones end in `.2`, `.3`.
const CASE: &str = "case";
// Parts of a case, the second part of its 概念ID.
const NAME: &str = "name";
const AREA: &str = "area";
const URL: &str = "url";
const CONTACT: &str = "contact";

/// A case of one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Whose.
    pub municipality: String,
    /// What it is called.
    pub name: String,
    /// Code of the area that it belongs to.
    pub area: String,
    /// Where it is described.
    pub url: Option<String>,
    /// Whom to ask; `None` where the municipality left it open, or the reader may not see it.
    pub contact: Option<String>,
}

/// The cases of these municipalities that `reader` may see by name, in their order.
pub fn cases(snapshot: &Snapshot, municipalities: &[&PublishedMunicipality], reader: Visibility) -> Vec<Case> {
    let numbers = snapshot.questions.iter().filter_map(|question| number_of(&question.concept));
    let numbers: Vec<String> = numbers.map(str::to_owned).collect();
    let read = |municipality: &PublishedMunicipality, part: &str, number: &str| -> Option<String> {
        let concept = format!("{CASE}.{part}{number}");
        let place = snapshot.questions.iter().position(|question| question.concept == concept)?;
        let seen = snapshot.questions.get(place)?.visibility.named.allows(reader);
        match municipality.cells.get(place).filter(|_| seen)? {
            Cell::Value(AnswerValue::Text(text) | AnswerValue::Choice(text)) => Some(text.clone()),
            _ => None,
        }
    };
    let of = |municipality: &&PublishedMunicipality| {
        let case = |number: &String| {
            Some(Case {
                municipality: municipality.municipality.name.clone(),
                name: read(municipality, NAME, number)?,
                area: read(municipality, AREA, number)?,
                url: read(municipality, URL, number),
                contact: read(municipality, CONTACT, number),
            })
        };
        numbers.iter().filter_map(case).collect::<Vec<_>>()
    };
    municipalities.iter().flat_map(of).collect()
}

/// What follows `case.name`: nothing, or `.2`.
fn number_of(concept: &str) -> Option<&str> {
    let rest = concept.strip_prefix(CASE)?.strip_prefix('.')?.strip_prefix(NAME)?;
    (rest.is_empty() || rest.strip_prefix('.').is_some_and(|n| n.parse::<u16>().is_ok())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answered, snapshot};
    use super::*;
    use crate::publication::PublishedQuestion;
    use crate::tabulation::samples::question;
    use crate::visibility::QuestionVisibility;

    #[test]
    fn a_contact_is_shown_where_it_was_given_and_may_be_seen() {
        let visible = |concept: &str, named| PublishedQuestion {
            visibility: QuestionVisibility { aggregate: named, named },
            ..question(concept, &[])
        };
        let questions = [
            visible("case.name", Visibility::Public),
            visible("case.area", Visibility::Public),
            visible("case.contact", Visibility::Council),
            visible("case.name.2", Visibility::Public),
            visible("case.area.2", Visibility::Public),
            visible("case.name.other", Visibility::Public),
        ];
        let text = |text: &str| Cell::Value(AnswerValue::Text(text.to_owned()));
        let area = |code: &str| Cell::Value(AnswerValue::Choice(code.to_owned()));
        let mut one = answered(1, None, "", 6);
        one.cells = vec![text("申請"), area("work"), text("総務課"), text("窓口"), area("health"), Cell::Blank];
        let mut two = answered(2, None, "", 6);
        two.cells = vec![text("相談"), area("work"), Cell::Blank, Cell::Skipped, Cell::Skipped, Cell::Blank];
        let round = snapshot(2026, &questions);
        let read = |reader| {
            let found = cases(&round, &[&one, &two], reader);
            found.into_iter().map(|case| (case.name, case.area, case.contact)).collect::<Vec<_>>()
        };
        let case = |name: &str, area: &str, contact: Option<&str>| {
            (name.to_owned(), area.to_owned(), contact.map(str::to_owned))
        };
        assert_eq!(
            read(Visibility::Council),
            [case("申請", "work", Some("総務課")), case("窓口", "health", None), case("相談", "work", None)]
        );
        assert!(read(Visibility::Public).iter().all(|(.., contact)| contact.is_none()));
    }
}
