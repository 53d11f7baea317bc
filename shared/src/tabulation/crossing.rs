//! What the rows of a cross-tabulation are made of: another question's answers, or one choice of a multiple answer.

use super::attribute::Grouping;
use super::cube::{Cube, YearSlab};
use super::variable::{Edition, Variable, VariableKind};
use crate::fiscal_year::FiscalYear;

/// What a question is crossed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing<'a> {
    /// The other question.
    pub variable: &'a Variable,
    /// The code of one choice of its multiple answer: chosen or not. Without it, its answers.
    pub choice: Option<u8>,
}

impl<'a> From<&'a Variable> for Crossing<'a> {
    fn from(variable: &'a Variable) -> Self {
        Self { variable, choice: None }
    }
}

impl<'a> Crossing<'a> {
    /// As addresses write it: `concept`, or `concept:choice` with the choice's stored value.
    pub fn parse(cube: &'a Cube, text: &str) -> Option<Self> {
        // A concept may hold a colon.
        if let Some(variable) = cube.variable(text) {
            return Some(variable.into());
        }
        let (concept, choice) = text.rsplit_once(':')?;
        let variable = cube.variable(concept)?;
        Some(Self { variable, choice: Some(variable.code(choice)?) })
    }

    /// The same, as [`Self::parse`] reads it.
    pub fn written(&self) -> String {
        let choice = self.choice.and_then(|code| self.variable.choices.get(usize::from(code)));
        let concept = &self.variable.concept;
        choice.map_or_else(|| concept.clone(), |choice| format!("{concept}:{}", choice.name))
    }

    /// The question's text in that year; `None` where it was not asked, or its choice was not offered for a multiple answer.
    pub fn label(&self, year: FiscalYear) -> Option<String> {
        let edition = self.variable.edition(year)?;
        let Some(code) = self.choice else { return Some(edition.label.clone()) };
        Some(format!("{}：{}", edition.label, offered(edition, code)?))
    }

    /// The groups in that year.
    pub fn grouping(&self, slab: &YearSlab) -> Grouping {
        match self.choice {
            None => Grouping::by_answers(slab, self.variable),
            Some(code) => Grouping::by_choice(slab, self.variable, code),
        }
    }

    /// Every way to cross with a question in that year: single choices by their answers, multiple ones choice by choice.
    pub fn all(variable: &'a Variable, year: FiscalYear) -> Vec<Self> {
        let Some(edition) = variable.edition(year) else { return Vec::new() };
        match edition.kind {
            VariableKind::Single => vec![variable.into()],
            VariableKind::Multiple => {
                let codes = (0..variable.choices.len()).filter_map(|code| u8::try_from(code).ok());
                let codes = codes.filter(|code| offered(edition, *code).is_some());
                codes.map(|code| Self { variable, choice: Some(code) }).collect()
            }
            VariableKind::Number | VariableKind::Text => Vec::new(),
        }
    }
}

/// The choice's text in that year, of a multiple answer that offered it.
fn offered(edition: &Edition, code: u8) -> Option<&str> {
    let is_multiple = edition.kind == VariableKind::Multiple;
    edition.offered.get(usize::from(code)).and_then(Option::as_deref).filter(|_| is_multiple)
}

#[cfg(test)]
mod tests {
    use super::super::release::Reader;
    use super::super::samples::{self, year};
    use super::super::{Count, Filter};
    use super::*;
    use crate::publication::Snapshot;
    use crate::response::{AnswerValue, Cell};
    use crate::visibility::Visibility;

    /// Six municipalities: a single question and a multiple one.
    fn round() -> Snapshot {
        let mut round =
            samples::snapshot(2026, &[samples::question("q", &["1", "2"]), samples::question("m", &["a", "b"])]);
        let one = |name: &str| Cell::Value(AnswerValue::Choice(name.to_owned()));
        let several =
            |names: &[&str]| Cell::Value(AnswerValue::Choices(names.iter().map(|name| (*name).to_owned()).collect()));
        let answers = [
            (one("1"), several(&["a"])),
            (one("1"), several(&["a", "b"])),
            (one("2"), several(&["b"])),
            (one("2"), several(&["a"])),
            (one("1"), Cell::Blank),
            (one("2"), several(&["b"])),
        ];
        round.municipalities = answers
            .into_iter()
            .enumerate()
            .map(|(number, (one, several))| {
                samples::published(samples::municipality(number, None, None), vec![one, several])
            })
            .collect();
        round
    }

    #[test]
    fn a_question_is_crossed_with_each_choice_of_a_multiple_answer() {
        let cube = Cube::from_snapshots(&[&round()]).unwrap();
        let of = year(2026);
        let (slab, q, m) = (cube.year(of).unwrap(), cube.variable("q").unwrap(), cube.variable("m").unwrap());
        let written = |variable| Crossing::all(variable, of).iter().map(Crossing::written).collect::<Vec<_>>();
        assert_eq!((written(q), written(m)), (vec!["q".to_owned()], vec!["m:a".to_owned(), "m:b".to_owned()]));
        let by = Crossing::parse(&cube, "m:a").unwrap();
        assert_eq!(by.label(of).as_deref(), Some("設問m：選択肢a"));
        let reader = Reader { cleared: Visibility::Council };
        let table = reader.crosstab_by_answers(slab, q, by, &Filter::default()).unwrap();
        let rows: Vec<(&str, Vec<Count>)> =
            table.groups.iter().map(|group| (group.label.as_str(), group.frequency.choices.clone())).collect();
        let counts = |label: &str| rows.iter().find(|(of, _)| *of == label).map(|(_, counts)| counts.as_slice());
        assert_eq!(counts("「選択肢a」を選択"), Some(&[Count::Shown(2), Count::Shown(1)][..]));
        assert_eq!(counts("「選択肢a」を選択していない"), Some(&[Count::Shown(0), Count::Shown(2)][..]));
        assert_eq!(counts("無回答"), Some(&[Count::Shown(1), Count::Shown(0)][..]));
        for unknown in ["m:c", "x:a", "x", ":"] {
            assert_eq!(Crossing::parse(&cube, unknown), None, "{unknown}");
        }
        assert_eq!(Crossing::parse(&cube, "q:1").unwrap().label(of), None, "a single answer has no choice of its own");
    }
}
