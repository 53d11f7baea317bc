//! Weights of fields and of the areas within them.

use crate::statistics::Undefined;

/// The greatest weight that can be chosen.
pub const MOST: u32 = 100;

/// A field (or a section apart from the fields) with its areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWeights {
    /// Code of the section.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its weight among the fields, 0 to [`MOST`].
    pub weight: u32,
    /// Its areas.
    pub areas: Vec<AreaWeights>,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaWeights {
    /// Code of the area.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its weight among the areas of its field, 0 to [`MOST`].
    pub weight: u32,
}

/// All weights, as chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights(pub Vec<FieldWeights>);

impl Weights {
    /// How much each area counts in the whole, in the order of the fields and areas; they add up to 1.
    ///
    /// [`Undefined::OutOfRange`] where nothing counts.
    pub fn of_areas(&self) -> Result<Vec<f64>, Undefined> {
        let fields = self.0.iter().map(|field| f64::from(field.weight));
        let areas = self.0.iter().map(|field| field.areas.iter().map(|area| f64::from(area.weight)).collect());
        let weights = spread(&fields.collect::<Vec<_>>(), &areas.collect::<Vec<_>>());
        let sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            return Err(Undefined::OutOfRange);
        }
        Ok(weights.iter().map(|weight| weight / sum).collect())
    }

    /// The weights of one field's areas alone, the others 0. `None` where none of them counts.
    pub fn of_field(&self, code: &str) -> Option<Vec<f64>> {
        let areas = self.0.iter().flat_map(|field| field.areas.iter().map(move |area| (field, area)));
        let weights: Vec<f64> =
            areas.map(|(field, area)| if field.code == code { f64::from(area.weight) } else { 0.0 }).collect();
        weights.iter().any(|weight| *weight > 0.0).then_some(weights)
    }

    /// A weighting drawn evenly from all there are: of the fields, and of the areas within each. `uniform` gives numbers in
    /// 0..1.
    ///
    /// −ln u is exponential, and exponentials divided by their sum are Dirichlet(1, …, 1), even on the simplex: Devroye, L.
    /// (1986) Non-Uniform Random Variate Generation, chapter XI.4.
    pub fn draw(&self, uniform: &mut impl Iterator<Item = f64>) -> Vec<f64> {
        // Never 0, so that no area is left out altogether.
        let mut exponential = || -(1.0 - uniform.next().unwrap_or(0.5)).max(f64::MIN_POSITIVE).ln() + 1e-9;
        let fields: Vec<f64> = self.0.iter().map(|_| exponential()).collect();
        let areas: Vec<Vec<f64>> =
            self.0.iter().map(|field| field.areas.iter().map(|_| exponential()).collect()).collect();
        spread(&fields, &areas)
    }
}

/// Each area's share of its field's share.
fn spread(fields: &[f64], areas: &[Vec<f64>]) -> Vec<f64> {
    let all: f64 = fields.iter().zip(areas).filter(|(_, areas)| areas.iter().sum::<f64>() > 0.0).map(|(w, _)| w).sum();
    let of_field = |(field, areas): (&f64, &Vec<f64>)| {
        let sum: f64 = areas.iter().sum();
        let (field, counts) = (*field, all > 0.0 && sum > 0.0);
        areas.iter().map(move |area| if counts { field / all * area / sum } else { 0.0 }).collect::<Vec<_>>()
    };
    fields.iter().zip(areas).flat_map(of_field).collect()
}

/// Weights for tests.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// Fields of so many areas, every weight 1.
    pub fn equal(areas: &[usize]) -> Weights {
        let area = |number: usize| AreaWeights { code: format!("a{number}"), label: String::new(), weight: 1 };
        let field = |(number, areas): (usize, &usize)| FieldWeights {
            code: format!("f{number}"),
            label: String::new(),
            weight: 1,
            areas: (0..*areas).map(area).collect(),
        };
        Weights(areas.iter().enumerate().map(field).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::samples::equal;
    use super::*;
    use crate::random::uniform;

    #[test]
    fn fields_share_the_whole_and_areas_share_their_field() {
        let mut weights = equal(&[2, 1]);
        assert_eq!(weights.of_areas(), Ok(vec![0.25, 0.25, 0.5]));
        weights.0[0].weight = 3;
        weights.0[0].areas[0].weight = 2;
        assert_eq!(weights.of_areas(), Ok(vec![0.5, 0.25, 0.25]));
        assert_eq!(weights.of_field("f1"), Some(vec![0.0, 0.0, 1.0]));
        weights.0[1].areas[0].weight = 0;
        // A field whose areas count nothing leaves its share to the others.
        assert!((weights.of_areas().unwrap().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(weights.of_field("f1"), None);
        weights.0[0].weight = 0;
        assert_eq!(weights.of_areas(), Err(Undefined::OutOfRange));
        assert_eq!(Weights(Vec::new()).of_areas(), Err(Undefined::OutOfRange));
    }

    proptest! {
        #[test]
        fn what_is_drawn_follows_from_the_seed_and_adds_up_to_one(seed in any::<u64>(), areas in prop::collection::vec(1_usize..7, 1..5)) {
            let weights = equal(&areas);
            let drawn = weights.draw(&mut uniform(seed));
            prop_assert_eq!(&drawn, &weights.draw(&mut uniform(seed)));
            prop_assert!(drawn.iter().all(|weight| *weight > 0.0));
            prop_assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn every_field_is_drawn_alike_on_average() {
        let weights = equal(&[1, 4]);
        let mut uniform = uniform(1);
        let mean = (0..2000).map(|_| weights.draw(&mut uniform)[0]).sum::<f64>() / 2000.0;
        assert!((mean - 0.5).abs() < 0.03, "{mean}");
    }
}
