//! 人口による割合: how many people live in the municipalities that an outcome counts.

use super::Engagement;
use crate::share::Share;
use crate::statistics::Undefined;
use crate::statistics::weighting::PopulationShare;

/// The population-weighted companion of an outcome. It is no share of people who use something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PopulationCompanion {
    /// People in municipalities confirmed engaged, out of people in all whose population is known; the lower bound.
    pub lower: Share,
    /// The same if all that is undetermined turns out engaged.
    pub upper: Share,
    /// Municipalities whose population is not known: they are in neither.
    pub unknown: u32,
}

impl PopulationCompanion {
    /// Adds up the municipalities of the denominator, each with its population where known.
    ///
    /// [`Undefined::NoData`] where no population is known, [`Undefined::TooLarge`] beyond 2³² people.
    pub fn of(municipalities: &[(Engagement, Option<u32>)]) -> Result<Self, Undefined> {
        let share = |counts: &dyn Fn(Engagement) -> bool| {
            let known = municipalities.iter().filter_map(|(engagement, population)| {
                population.map(|population| (counts(*engagement), u64::from(population)))
            });
            let share = PopulationShare::of(known)?;
            let people = |number: u64| u32::try_from(number).map_err(|_| Undefined::TooLarge);
            Ok(Share::new(people(share.covered)?, people(share.population)?))
        };
        let lower = share(&|engagement| engagement == Engagement::Engaged)?;
        if lower.denominator == 0 {
            return Err(Undefined::NoData);
        }
        let upper = share(&|engagement| engagement != Engagement::NotEngaged)?;
        let unknown = municipalities.iter().filter(|(_, population)| population.is_none()).count();
        Ok(Self { lower, upper, unknown: u32::try_from(unknown).map_err(|_| Undefined::TooLarge)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_where_their_number_is_known() {
        let companion = PopulationCompanion::of(&[
            (Engagement::Engaged, Some(270_000)),
            (Engagement::NotEngaged, Some(10_000)),
            (Engagement::Undetermined, Some(20_000)),
            (Engagement::Engaged, None),
        ])
        .unwrap();
        assert_eq!(companion.lower, Share::new(270_000, 300_000));
        assert_eq!(companion.upper, Share::new(290_000, 300_000));
        assert_eq!(companion.unknown, 1);
    }

    #[test]
    fn where_nobody_is_known_to_live_there_is_no_share() {
        for municipalities in [&[][..], &[(Engagement::Engaged, None)], &[(Engagement::Engaged, Some(0))]] {
            assert_eq!(PopulationCompanion::of(municipalities), Err(Undefined::NoData));
        }
    }

    #[test]
    fn all_of_japan_fits() {
        let all = vec![(Engagement::Engaged, Some(73_000)); 1741];
        assert_eq!(PopulationCompanion::of(&all).unwrap().lower.to_string(), "100.0％");
    }
}
