//! What only a reader gets who may see named values.

use super::attribute::{Attribute, Grouping};
use super::code::OFF;
use super::cube::YearSlab;
use super::exact::Exact;
use super::filter::Filter;
use super::number;
use super::release::{Disclosure, Reader, Refusal};
use super::variable::Variable;

impl Reader {
    /// How much of a variable's results in that year they may see.
    pub fn disclosure_of(self, slab: &YearSlab, variable: &Variable) -> Disclosure {
        Disclosure::of_variable(variable, slab, self.cleared)
    }

    /// Refuses who may not see named values of the variable in that year.
    pub fn require_named(self, slab: &YearSlab, variable: &Variable) -> Result<(), Refusal> {
        match self.disclosure_of(slab, variable) {
            Disclosure::Named => Ok(()),
            Disclosure::Aggregates => Err(Refusal::TooFine),
            Disclosure::Nothing => Err(Refusal::NotVisible),
        }
    }

    /// The numbers of each group of municipalities, ascending. Each of them is a municipality's value.
    pub fn numbers_by(
        self,
        slab: &YearSlab,
        variable: &Variable,
        attribute: Attribute,
        filter: &Filter,
    ) -> Result<Vec<(String, Vec<Exact>)>, Refusal> {
        self.require_named(slab, variable)?;
        let selection = filter.select(slab);
        let grouping = Grouping::by(slab, attribute);
        let group = |(place, label): (usize, &String)| {
            let of_group = |(cell, group): (&u8, &u8)| if usize::from(*group) == place { *cell } else { OFF };
            let column: Vec<u8> =
                selection.of(slab.column(variable)).iter().zip(grouping.codes()).map(of_group).collect();
            (label.clone(), number::of_column(slab, variable, &column))
        };
        Ok(grouping.labels().iter().enumerate().map(group).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{numbers_cube, year};
    use super::super::{NumberSummary, Selection};
    use super::*;
    use crate::visibility::Visibility;

    #[test]
    fn numbers_of_groups_are_everybodys_and_for_nobody_who_may_not_see_them() {
        let cube = numbers_cube(&[Some("5"), Some("7"), None, Some("1.5")]);
        let (slab, variable) = (cube.year(year(2026)).unwrap(), cube.variable("staff").unwrap());
        let by = |cleared| Reader::new(cleared).numbers_by(slab, variable, Attribute::Kind, &Filter::default());
        let groups = by(Visibility::Prefecture).unwrap();
        let mut all: Vec<Exact> = groups.iter().flat_map(|(_, values)| values.clone()).collect();
        all.sort_unstable();
        let summary = NumberSummary::count(slab, variable, &Selection::everybody());
        assert_eq!((all.len(), all.first().copied(), all.last().copied()), (3, summary.min, summary.max));
        assert_eq!(by(Visibility::Public), Err(Refusal::TooFine));
    }
}
