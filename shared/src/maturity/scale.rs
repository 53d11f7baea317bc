//! 物差し: an area's mean stage put on the scale of the other areas.
//!
//! The scale is made of the confirmed stages of the municipalities compared and then stands still: what is undetermined
//! moves along it and never moves it, so that the bounds of a score hold every completion.

use super::stage::HIGHEST;
use crate::statistics::Undefined;
use crate::statistics::rank_grid::Normalisation;

/// The least and the greatest score. Not 0: a geometric or harmonic mean would be 0 wherever one area is.
pub const LEAST: f64 = 1.0;
/// The greatest score on every scale but the z-score's.
pub const GREATEST: f64 = 100.0;

/// How areas are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScaleKind {
    /// The stage itself: 0 becomes 1, 4 becomes 100, whoever is compared with.
    Stage,
    /// Min–max: the lowest of those compared becomes 1, the highest 100.
    MinMax,
    /// z-score: standard deviations from the mean of those compared.
    ZScore,
    /// The place from below, as a share of those compared.
    Rank,
}

impl ScaleKind {
    /// All, the default first.
    pub const ALL: [Self; 4] = [Self::Stage, Self::MinMax, Self::ZScore, Self::Rank];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::MinMax => "min-max",
            Self::ZScore => "z",
            Self::Rank => "rank",
        }
    }

    /// The kind of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its name in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stage => "段階そのまま（0を1点、4を100点）",
            Self::MinMax => "最小〜最大（比べる団体の最小を1点、最大を100点）",
            Self::ZScore => "標準得点（平均からの隔たり、標準偏差の何倍か）",
            Self::Rank => "順位（下から何割か、100点満点）",
        }
    }

    /// How the values of one area are normalised.
    pub fn normalisation(self) -> Normalisation {
        match self {
            Self::Stage => {
                let (least, greatest) = (0.0, f64::from(HIGHEST));
                Normalisation::Fixed { least, greatest, lower: LEAST, upper: GREATEST }
            }
            Self::MinMax => Normalisation::MinMax { lower: LEAST, upper: GREATEST },
            Self::ZScore => Normalisation::ZScore,
            Self::Rank => Normalisation::RankShare,
        }
    }
}

/// The scale of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    kind: ScaleKind,
    /// Stages with their place on the scale, both ascending; at least one.
    knots: Vec<(f64, f64)>,
}

impl Scale {
    /// The scale that the confirmed mean stages of the municipalities compared make.
    ///
    /// [`Undefined::NoVariation`] where all are equal and the kind lives on differences: such an area tells nobody apart.
    pub fn of(kind: ScaleKind, confirmed: &[f64]) -> Result<Self, Undefined> {
        let stages: Vec<f64> = match kind {
            ScaleKind::Stage => vec![0.0, f64::from(HIGHEST)],
            ScaleKind::MinMax | ScaleKind::ZScore | ScaleKind::Rank => confirmed.to_vec(),
        };
        let factor = if kind == ScaleKind::Rank { GREATEST } else { 1.0 };
        let normalised = kind.normalisation().apply(&stages)?;
        let mut knots: Vec<(f64, f64)> = stages.into_iter().zip(normalised.iter().map(|x| x * factor)).collect();
        knots.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        Ok(Self { kind, knots })
    }

    /// The place of a mean stage; never falls where the stage rises.
    pub fn at(&self, stage: f64) -> f64 {
        let Some(((low, from), (high, to))) = self.knots.first().copied().zip(self.knots.last().copied()) else {
            return LEAST;
        };
        match self.kind {
            ScaleKind::Rank => {
                let below = self.knots.partition_point(|(knot, _)| *knot <= stage).checked_sub(1);
                below.and_then(|place| self.knots.get(place)).map_or(from, |(_, place)| *place)
            }
            ScaleKind::Stage | ScaleKind::MinMax => {
                (from + (stage - low) / (high - low) * (to - from)).clamp(LEAST, GREATEST)
            }
            ScaleKind::ZScore => from + (stage - low) / (high - low) * (to - from),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_four_scales_of_the_same_stages() {
        let at = |kind| {
            let scale = Scale::of(kind, &[1.0, 3.0, 3.0, 2.0]).unwrap();
            [1.0, 2.0, 3.0].map(|stage| format!("{:.2}", scale.at(stage)))
        };
        assert_eq!(at(ScaleKind::Stage), ["25.75", "50.50", "75.25"]);
        assert_eq!(at(ScaleKind::MinMax), ["1.00", "50.50", "100.00"]);
        assert_eq!(at(ScaleKind::Rank), ["25.00", "50.00", "87.50"]);
        assert_eq!(at(ScaleKind::ZScore), ["-1.51", "-0.30", "0.90"]);
    }

    #[test]
    fn where_nobody_differs_only_the_stage_and_the_place_are_scales() {
        let of = |kind| Scale::of(kind, &[2.0; 3]).map(|scale| scale.at(2.0));
        assert_eq!(of(ScaleKind::MinMax), Err(Undefined::NoVariation));
        assert_eq!(of(ScaleKind::ZScore), Err(Undefined::NoVariation));
        assert_eq!(of(ScaleKind::Stage), Ok(50.5));
        assert!(of(ScaleKind::Rank).is_ok());
    }

    proptest! {
        #[test]
        fn a_higher_stage_is_never_lower_on_the_scale(
            stages in prop::collection::vec(0.0_f64..4.0, 2..20), a in 0.0_f64..4.0, b in 0.0_f64..4.0,
        ) {
            let (low, high) = (a.min(b), a.max(b));
            for kind in ScaleKind::ALL {
                if let Ok(scale) = Scale::of(kind, &stages) {
                    prop_assert!(scale.at(low) <= scale.at(high));
                }
            }
        }
    }
}
