//! A filter as it stands in an address: `region=tosei&kind=town&band=below10k&prefecture=02`.

use super::attribute::{Attribute, Grouping, PopulationBand, prefecture_name};
use super::cube::YearSlab;
use super::filter::Filter;
use crate::municipality::{Kind, Municipality, Region};

/// A condition that selects nothing that exists. The text is shown where the results would stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("絞り込みの{}「{value}」はありません。一覧から選び直してください。", .attribute.label())]
pub struct InvalidCondition {
    /// Of which property.
    pub attribute: Attribute,
    /// What was asked for.
    pub value: String,
}

/// A group that a filter may select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selectable {
    /// The code used in addresses.
    pub code: String,
    /// Its heading.
    pub label: String,
}

impl Filter {
    /// Adds the condition that the property has that value; an empty value is no condition.
    pub fn with(mut self, attribute: Attribute, value: &str) -> Result<Self, InvalidCondition> {
        if value.is_empty() {
            return Ok(self);
        }
        let known = match attribute {
            Attribute::Region => replace(&mut self.region, Region::of_code(value)),
            Attribute::Kind => replace(&mut self.kind, Kind::of_code(value)),
            Attribute::Band => replace(&mut self.band, PopulationBand::of_code(value)),
            Attribute::Prefecture => {
                let digits = Some(value).filter(|digits| digits.len() == 2 && prefecture_name(digits).is_some());
                replace(&mut self.prefecture, digits.map(str::to_owned))
            }
        };
        if known { Ok(self) } else { Err(InvalidCondition { attribute, value: value.to_owned() }) }
    }

    /// The value of its condition on that property; empty without one.
    pub fn value(&self, attribute: Attribute) -> &str {
        match attribute {
            Attribute::Region => self.region.map_or("", Region::code),
            Attribute::Kind => self.kind.map_or("", Kind::code),
            Attribute::Band => self.band.map_or("", PopulationBand::code),
            Attribute::Prefecture => self.prefecture.as_deref().unwrap_or_default(),
        }
    }

    /// The conditions as `region=tosei&kind=town`; empty for everybody. A selection by name has no place in it.
    pub fn query(&self) -> String {
        let given = Attribute::ALL.into_iter().filter(|attribute| !self.value(*attribute).is_empty());
        let pairs: Vec<String> =
            given.map(|attribute| format!("{}={}", attribute.code(), self.value(attribute))).collect();
        pairs.join("&")
    }

    /// The conditions in words: 「東青・町」; empty for everybody.
    pub fn words(&self) -> String {
        let words = [
            self.prefecture.as_deref().and_then(prefecture_name),
            self.region.map(Region::label),
            self.kind.map(Kind::label),
            self.band.map(PopulationBand::label),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        words.join("・")
    }
}

fn replace<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

impl Attribute {
    /// The groups of that year's register, in the order in which they are offered.
    pub fn selectable(self, slab: &YearSlab) -> Vec<Selectable> {
        let all = match self {
            Self::Region => named(Region::ALL, Region::code, Region::label),
            Self::Kind => named(Kind::ALL, Kind::code, Kind::label),
            Self::Band => named(PopulationBand::ALL, PopulationBand::code, PopulationBand::label),
            Self::Prefecture => {
                let digits = (1..=47).map(|number| format!("{number:02}"));
                let known = digits.filter_map(|code| Some((prefecture_name(&code)?.to_owned(), code)));
                known.map(|(label, code)| Selectable { code, label }).collect()
            }
        };
        let grouping = Grouping::by(slab, self);
        all.into_iter().filter(|group| grouping.labels().contains(&group.label)).collect()
    }

    /// The code of the group that a municipality belongs to.
    pub fn code_of(self, municipality: &Municipality) -> Option<&str> {
        match self {
            Self::Region => municipality.region.map(Region::code),
            Self::Kind => Some(municipality.kind.code()),
            Self::Band => municipality.population.map(|people| PopulationBand::of(people).code()),
            Self::Prefecture => Some(municipality.code.prefecture()),
        }
    }
}

fn named<T: Copy, const N: usize>(
    all: [T; N],
    code: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Vec<Selectable> {
    all.map(|one| Selectable { code: code(one).to_owned(), label: label(one).to_owned() }).into()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, year};
    use super::super::{Cube, Selection};
    use super::*;

    fn filter(pairs: &[(Attribute, &str)]) -> Result<Filter, InvalidCondition> {
        pairs.iter().try_fold(Filter::default(), |filter, (attribute, value)| filter.with(*attribute, value))
    }

    #[test]
    fn a_filter_is_read_as_it_was_written() {
        let pairs = [
            (Attribute::Kind, "town"),
            (Attribute::Band, "below10k"),
            (Attribute::Prefecture, "02"),
            (Attribute::Region, "tosei"),
        ];
        let written = filter(&pairs).unwrap();
        assert_eq!(written.query(), "region=tosei&kind=town&band=below10k&prefecture=02");
        assert_eq!(written.words(), "青森県・東青・町・5千〜1万人未満");
        let nothing = filter(&[(Attribute::Kind, ""), (Attribute::Region, "")]).unwrap();
        assert!(nothing.is_everybody() && nothing.query().is_empty() && nothing.words().is_empty());
    }

    #[test]
    fn what_does_not_exist_is_named() {
        for (attribute, value) in [
            (Attribute::Region, "東青"),
            (Attribute::Kind, "county"),
            (Attribute::Band, "5"),
            (Attribute::Prefecture, "48"),
            (Attribute::Prefecture, "002"),
            (Attribute::Prefecture, "2"),
        ] {
            let error = filter(&[(attribute, value)]).unwrap_err();
            assert!(error.to_string().contains(value) && error.to_string().contains(attribute.label()), "{error}");
        }
    }

    #[test]
    fn every_group_that_is_offered_selects_somebody_and_nobody_twice() {
        let mut snapshot = samples::snapshot(2026, &[]);
        snapshot.municipalities = (0..12)
            .map(|n| {
                let region = (n > 0).then_some(Region::ALL[n % 6]);
                let people = u32::try_from(n).unwrap() * 4_000;
                samples::published(samples::municipality(n, region, Some(people)), Vec::new())
            })
            .collect();
        let cube = Cube::from_snapshots(&[&snapshot]).unwrap();
        let slab = cube.year(year(2026)).unwrap();
        for attribute in Attribute::ALL {
            let groups = attribute.selectable(slab);
            let admitted = |group: &Selectable| {
                let filter = Filter::default().with(attribute, &group.code).unwrap();
                assert_ne!(filter.select(slab), Selection::everybody());
                let there = slab.register().iter().flatten().filter(|m| filter.admits(m)).count();
                assert!(there > 0, "{group:?}");
                let same = slab.register().iter().flatten().filter(|m| attribute.code_of(m) == Some(&group.code));
                assert_eq!(same.count(), there);
                there
            };
            let total: usize = groups.iter().map(admitted).sum();
            assert_eq!(total, if attribute == Attribute::Region { 11 } else { 12 }, "{attribute:?}");
        }
    }
}
