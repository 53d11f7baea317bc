//! Numbers: sum, quantiles, extremes, all exact.

use serde::Serialize;

use super::code::ANSWERED;
use super::cube::YearSlab;
use super::exact::Exact;
use super::filter::Selection;
use super::frequency::Frequency;
use super::suppression::tables;
use super::suppression::withheld::Already;
use super::variable::Variable;

/// What a variable's numbers are in one year. Cells without a value are in no figure but their own count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberSummary {
    /// How many gave a number, and the states of the others.
    pub frequency: Frequency,
    /// The sum; `None` for nothing, or suppressed.
    pub sum: Option<Exact>,
    /// The least; `None` for nothing, or suppressed.
    pub min: Option<Exact>,
    /// First quartile, median and third quartile (type 7); `None` for nothing, or suppressed.
    pub quartiles: Option<[Exact; 3]>,
    /// The greatest; `None` for nothing, or suppressed.
    pub max: Option<Exact>,
    /// Figures are missing because they would tell single municipalities' numbers.
    pub suppressed: bool,
}

impl NumberSummary {
    /// Summarises the selected municipalities' numbers.
    pub fn count(slab: &YearSlab, variable: &Variable, selection: &Selection) -> Self {
        let values = numbers(slab, variable, selection);
        Self::of_values(Frequency::count(slab, variable, selection), &values)
    }

    /// Summarises numbers that ascend, with the counts of the municipalities that they are from.
    pub fn of_values(frequency: Frequency, values: &[Exact]) -> Self {
        let quartiles = [25, 50, 75].map(|percent| quantile(values, percent));
        Self {
            frequency,
            sum: sum(values),
            min: values.first().copied(),
            quartiles: match quartiles {
                [Some(lower), Some(median), Some(upper)] => Some([lower, median, upper]),
                _ => None,
            },
            max: values.last().copied(),
            suppressed: false,
        }
    }

    /// What may be shown where named values are not: no single municipality's number. Extremes are such numbers;
    /// quartiles are, or lie between two, so they need ten municipalities; a sum needs three, because one of two
    /// municipalities would find the other's number.
    #[must_use]
    pub fn protected(mut self, threshold: u32, already: &Already) -> Self {
        const FOR_SUM: u32 = 3;
        const FOR_QUARTILES: u32 = 10;
        let answered = self.frequency.answered.shown().unwrap_or(0);
        self.frequency = tables::frequency(&self.frequency, threshold, &already.whole);
        (self.min, self.max) = (None, None);
        self.suppressed = answered > 0;
        if answered < FOR_QUARTILES {
            self.quartiles = None;
        }
        if answered < FOR_SUM {
            self.sum = None;
        }
        self
    }
}

/// The selected municipalities' numbers, ascending.
pub fn numbers(slab: &YearSlab, variable: &Variable, selection: &Selection) -> Vec<Exact> {
    of_column(slab, variable, &selection.of(slab.column(variable)))
}

/// The numbers of the cells that are left in a column of the variable, ascending.
pub(super) fn of_column(slab: &YearSlab, variable: &Variable, column: &[u8]) -> Vec<Exact> {
    let given = slab.numbers(variable).unwrap_or_default().iter().zip(column.iter());
    let mut values: Vec<Exact> =
        given.filter(|(_, cell)| **cell == ANSWERED).map(|(number, _)| Exact::from(*number)).collect();
    values.sort_unstable();
    values
}

fn sum(values: &[Exact]) -> Option<Exact> {
    let scale = values.iter().map(|value| value.scale()).max()?;
    Some(Exact::new(values.iter().map(|value| value.at_scale(scale)).sum(), scale))
}

/// The quantile of `percent` / 100 of ascending values; `None` for no value.
///
/// Type 7 of Hyndman, R. J. & Fan, Y. (1996) "Sample Quantiles in Statistical Packages", The American Statistician
/// 50(4): linear between the order statistics around (n − 1)·p. With p in per cent the result is a decimal with two
/// more places than the values, so it is exact.
pub fn quantile(values: &[Exact], percent: u8) -> Option<Exact> {
    let scale = values.iter().map(|value| value.scale()).max()?;
    let position = (values.len() - 1) * usize::from(percent.min(100));
    let (place, part) = (position / 100, i128::try_from(position % 100).ok()?);
    let below = values.get(place)?.at_scale(scale);
    let above = values.get(place + 1).map_or(below, |value| value.at_scale(scale));
    Some(Exact::new(below * (100 - part) + above * part, scale + 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::code::State;
    use super::super::frequency::Count;
    use super::super::samples::{numbers_cube, year};
    use super::*;
    use crate::statistics::quantile::{QuantileType, quantiles};

    fn summary(typed: &[Option<&str>]) -> NumberSummary {
        let cube = numbers_cube(typed);
        NumberSummary::count(cube.year(year(2026)).unwrap(), cube.variable("staff").unwrap(), &Selection::everybody())
    }

    #[test]
    fn sums_and_quartiles_are_exact_to_the_last_digit() {
        let table = summary(&[Some("0.1"), Some("0.2"), None, Some("1000000000000"), Some("-3")]);
        assert_eq!((table.frequency.register, table.frequency.answered), (5, Count::Shown(4)));
        assert_eq!(table.frequency.state(State::Blank), Count::Shown(1));
        assert_eq!(table.sum.unwrap().to_string(), "999999999997.3");
        let [lower, median, upper] = table.quartiles.unwrap().map(|value| value.to_string());
        assert_eq!((lower.as_str(), median.as_str(), upper.as_str()), ("-0.675", "0.15", "250000000000.15"));
        assert_eq!(
            (table.min.unwrap().to_string(), table.max.unwrap().to_string()),
            ("-3".into(), "1000000000000".into())
        );
    }

    #[test]
    fn nothing_has_no_figures() {
        let table = summary(&[None, None]);
        assert_eq!((table.sum, table.min, table.quartiles, table.max), (None, None, None, None));
        assert!(!table.protected(0, &Already::default()).suppressed);
    }

    #[test]
    fn where_names_are_hidden_no_single_number_is_shown() {
        let few = summary(&[Some("5"), Some("7")]).protected(0, &Already::default());
        assert_eq!((few.sum, few.min, few.quartiles, few.max, few.suppressed), (None, None, None, None, true));
        let typed: Vec<String> = (1..=10).map(|n| n.to_string()).collect();
        let many =
            summary(&typed.iter().map(|n| Some(n.as_str())).collect::<Vec<_>>()).protected(0, &Already::default());
        assert_eq!(many.sum.unwrap().to_string(), "55");
        assert_eq!(many.quartiles.unwrap()[1].to_string(), "5.5");
        assert_eq!((many.min, many.max), (None, None));
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_type_7_to_the_last_digit(
            mut typed in prop::collection::vec(-1000_i32..1000, 1..40),
            percent in 0_u8..=100,
        ) {
            typed.sort_unstable();
            let values: Vec<Exact> = typed.iter().map(|n| Exact::new(i128::from(*n), 1)).collect();
            let doubles: Vec<f64> = typed.iter().map(|n| f64::from(*n) / 10.0).collect();
            let expected = quantiles(&doubles, &[f64::from(percent) / 100.0], QuantileType::Type7).unwrap();
            prop_assert!((quantile(&values, percent).unwrap().to_f64() - expected[0]).abs() < 1e-9);
        }
    }
}
