//! One comparison: the own value among the peers', as far as the reader may see.

use std::cmp::Ordering;

use crate::maturity::{HIGHEST, done_share, stage};
use crate::publication::{PublishedMunicipality, Snapshot};
use crate::share::{Points, Share};
use crate::statistics::quantile::{QuantileType, quantiles};
use crate::statistics::weighting::{WeightedMean, weighted_mean};
use crate::tabulation::Disclosure;
use crate::visibility::Visibility;

use super::place::{Rank, compare, median, rank};

/// Without names, nothing is shown of fewer peers than this.
pub const FEWEST_UNNAMED: usize = 5;
/// Below this the points themselves say more than quartiles.
pub const FEWEST_QUARTILES: usize = 10;

/// What a row compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 実施率: practices done out of those that concern the municipality.
    Done,
    /// The stage of one question, as a share of the highest stage.
    Stage,
}

impl Measure {
    /// The value of one municipality; `None` where it has none.
    pub fn value(self, municipality: &PublishedMunicipality, places: &[usize]) -> Option<Share> {
        let mut cells = places.iter().filter_map(|place| municipality.cells.get(*place));
        match self {
            Self::Done => done_share(cells),
            Self::Stage => stage(cells.next()?).map(|stage| Share::new(u32::from(stage), u32::from(HIGHEST))),
        }
    }

    /// Words of a value: 「67.5％」, or 「段階2.5」.
    pub fn words(self, value: Share) -> String {
        match self {
            Self::Done => value.to_string(),
            Self::Stage => stage_digits(value).map_or_else(|| "－".to_owned(), |stage| format!("段階{stage}")),
        }
    }

    /// The value's digits: per cent, or the stage; `None` without a denominator.
    pub fn digits(self, value: Share) -> Option<String> {
        match self {
            Self::Done => value.percent(1),
            Self::Stage => stage_digits(value),
        }
    }

    /// A difference in tenths of a point, or of a stage, half up; `None` where a value is missing.
    pub fn gap_tenths(self, own: Share, other: Share) -> Option<i32> {
        let Points(tenths) = own.since(other)?.points()?;
        Some(match self {
            Self::Done => tenths,
            Self::Stage => {
                // From tenths of a point of the share (1,000 for all) to tenths of a stage.
                let size = (tenths.abs() * i32::from(HIGHEST) + 50) / 100;
                size * tenths.signum()
            }
        })
    }

    /// Words of a difference: 「＋2.5ポイント」, or 「＋1.0段階」.
    pub fn gap_words(self, own: Share, other: Share) -> String {
        let Some(tenths) = self.gap_tenths(own, other) else { return "－".to_owned() };
        match self {
            Self::Done => Points(tenths).to_string(),
            Self::Stage => {
                let sign = match tenths.cmp(&0) {
                    Ordering::Less => '△',
                    Ordering::Equal => '±',
                    Ordering::Greater => '＋',
                };
                let size = tenths.unsigned_abs();
                format!("{sign}{}.{}段階", size / 10, size % 10)
            }
        }
    }
}

/// A stage to one decimal, half up; whole where it is whole.
fn stage_digits(value: Share) -> Option<String> {
    let (n, d) = (u64::from(value.numerator) * u64::from(HIGHEST), u64::from(value.denominator));
    if d == 0 {
        return None;
    }
    let tenths = (20 * n + d) / (2 * d);
    Some(if n % d == 0 { (n / d).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) })
}

/// What the reader sees of the peers' values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Each peer's value, in the peers' order; `None` where one has none.
    Named(Vec<Option<Share>>),
    /// The values in ascending order, without names.
    Unnamed(Vec<Share>),
    /// Their median and the own rank only.
    Median,
    /// 秘匿: few peers, or all the same, would tell single values.
    Suppressed,
    /// The reader may not even see aggregates.
    NotVisible,
}

/// How much of the rows' questions the reader may see, and of whom.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// Cleared up to.
    pub reader: Visibility,
    /// The peers are those that everybody has.
    pub usual_group: bool,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is compared.
    pub measure: Measure,
    /// How many questions.
    pub questions: usize,
    /// The own value.
    pub own: Option<Share>,
    /// The peers' values.
    pub peers: Seen,
    /// How many peers have a value.
    pub answered: usize,
    /// The median of their values.
    pub median: Option<Share>,
    /// The lower and the upper quartile in tenths of a per cent, among [`FEWEST_QUARTILES`] or more.
    pub quartiles: Option<[u32; 2]>,
    /// Their mean weighted by population in tenths of a per cent, where they are named.
    pub by_population: Option<u32>,
    /// Their standard deviation, weighted alike, in tenths of a point.
    pub spread_by_population: Option<u32>,
    /// The own place, from the highest; `None` among too few.
    pub rank: Option<Rank>,
}

impl Row {
    /// Compares `own` with `peers` in the questions at `places`.
    pub fn of(
        snapshot: &Snapshot,
        own: &PublishedMunicipality,
        peers: &[&PublishedMunicipality],
        (measure, places): (Measure, &[usize]),
        sight: Sight,
        quartiles: QuantileType,
    ) -> Self {
        let named: Vec<Option<Share>> = peers.iter().map(|peer| measure.value(peer, places)).collect();
        let mut values: Vec<Share> = named.iter().copied().flatten().collect();
        values.sort_by(|a, b| compare(*a, *b));
        let own = measure.value(own, places);
        let seen = seen(snapshot, places, sight, named, &values);
        let counts = !matches!(seen, Seen::Suppressed | Seen::NotVisible);
        let ratios: Vec<f64> = values.iter().filter_map(|value| value.ratio()).collect();
        let quartiles = quantiles(&ratios, &[0.25, 0.75], quartiles).ok().map(|q| [permille(q[0]), permille(q[1])]);
        let weighted = match &seen {
            Seen::Named(named) => by_population(peers, named),
            Seen::Unnamed(_) | Seen::Median | Seen::Suppressed | Seen::NotVisible => None,
        };
        Self {
            measure,
            questions: places.len(),
            own,
            answered: values.len(),
            median: median(&values).filter(|_| counts),
            quartiles: quartiles.filter(|_| counts && values.len() >= FEWEST_QUARTILES),
            by_population: weighted.map(|weighted| permille(weighted.mean)),
            spread_by_population: weighted.map(|weighted| permille(weighted.variance.max(0.0).sqrt())),
            rank: own.filter(|_| counts).and_then(|own| rank(own, &values)),
            peers: seen,
        }
    }

    /// Own value less the median, to sort by; `None` where either is missing.
    pub fn gap(&self) -> Option<f64> {
        Some(self.own?.since(self.median?)?.ratio())
    }

    /// Whether the own value is above or below the median, exactly.
    pub fn gap_sign(&self) -> Option<Ordering> {
        Some(compare(self.own?, self.median?))
    }

    /// That difference in words.
    pub fn gap_words(&self) -> Option<String> {
        Some(self.measure.gap_words(self.own?, self.median?))
    }
}

fn seen(snapshot: &Snapshot, places: &[usize], sight: Sight, named: Vec<Option<Share>>, values: &[Share]) -> Seen {
    let questions = places.iter().filter_map(|place| snapshot.questions.get(*place));
    let least = questions.map(|question| Disclosure::of(question.visibility, sight.reader)).min();
    match least {
        None | Some(Disclosure::Nothing) => Seen::NotVisible,
        Some(Disclosure::Named) => Seen::Named(named),
        Some(Disclosure::Aggregates) => {
            let all_same = values.first().zip(values.last()).is_some_and(|(a, b)| compare(*a, *b).is_eq());
            // One question's values are answers: how many gave each could name who gave it.
            if values.len() < FEWEST_UNNAMED || all_same || places.len() < 2 {
                Seen::Suppressed
            } else if sight.usual_group {
                Seen::Unnamed(values.to_vec())
            } else {
                Seen::Median
            }
        }
    }
}

fn by_population(peers: &[&PublishedMunicipality], named: &[Option<Share>]) -> Option<WeightedMean> {
    let with_value = || peers.iter().zip(named).filter_map(|(peer, value)| Some((peer, value.as_ref()?.ratio()?)));
    let people: Vec<f64> = with_value().filter_map(|(peer, _)| peer.municipality.population.map(f64::from)).collect();
    let values: Vec<f64> = with_value().map(|(_, value)| value).collect();
    weighted_mean(&values, &people).ok()
}

/// Tenths of a per cent, half up, of a ratio in 0 to 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
fn permille(ratio: f64) -> u32 {
    (ratio.clamp(0.0, 1.0) * 1000.0 + 0.5 + 1e-9).floor() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{level, round};
    use super::*;

    const MEMBER: Sight = Sight { reader: Visibility::Council, usual_group: true };
    const PUBLIC: Sight = Sight { reader: Visibility::Public, usual_group: true };

    fn row(cells: &[&str], measure: Measure, sight: Sight) -> Row {
        let questions: Vec<_> = (0..cells[0].len()).map(|number| level(&format!("q{number}"))).collect();
        let round = round(2026, &questions, cells);
        let peers: Vec<_> = round.municipalities[1..].iter().collect();
        let places: Vec<usize> = (0..questions.len()).collect();
        Row::of(&round, &round.municipalities[0], &peers, (measure, &places), sight, QuantileType::Type7)
    }

    #[test]
    fn a_member_sees_every_peer_and_the_public_only_what_tells_nobody() {
        let cells = ["44", "00", "40", "44", "40", "00", ""];
        let member = row(&cells, Measure::Done, MEMBER);
        let share = |n| Some(Share::new(n, 2));
        assert_eq!(member.peers, Seen::Named(vec![share(0), share(1), share(2), share(1), share(0), None]));
        assert_eq!((member.own, member.median, member.answered), (share(2), share(1), 5));
        assert_eq!(member.rank, Some(Rank { place: 1, of: 6, equal: 1 }));
        assert_eq!(member.gap_words().as_deref(), Some("＋50.0ポイント"));
        let public = row(&cells, Measure::Done, PUBLIC);
        assert_eq!(public.peers, Seen::Unnamed([0, 0, 1, 1, 2].map(|n| Share::new(n, 2)).to_vec()));
        assert_eq!((public.rank, public.by_population), (member.rank, None));
        let elsewhere = row(&cells, Measure::Done, Sight { usual_group: false, ..PUBLIC });
        assert_eq!((elsewhere.peers, elsewhere.median), (Seen::Median, share(1)));
    }

    #[test]
    fn few_peers_ties_everywhere_and_single_answers_are_suppressed_without_names() {
        for cells in [vec!["44", "00", "40", "44", "40"], vec!["44", "00", "00", "00", "00", "00"]] {
            let hidden = row(&cells, Measure::Done, PUBLIC);
            assert_eq!((hidden.peers, hidden.median, hidden.rank), (Seen::Suppressed, None, None));
            assert!(hidden.own.is_some());
            assert!(matches!(row(&cells, Measure::Done, MEMBER).peers, Seen::Named(_)));
        }
        let single = row(&["4", "0", "1", "2", "3", "4"], Measure::Stage, PUBLIC);
        assert_eq!(single.peers, Seen::Suppressed);
    }

    #[test]
    fn stages_are_read_as_stages() {
        let stages = row(&["3", "0", "1", "4", "2", "-"], Measure::Stage, MEMBER);
        assert_eq!((stages.answered, stages.median), (4, Some(Share::new(12, 32))));
        assert_eq!(Measure::Stage.words(stages.median.unwrap()), "段階1.5");
        assert_eq!(stages.gap_words().as_deref(), Some("＋1.5段階"));
        assert_eq!(Measure::Stage.words(Share::new(3, 4)), "段階3");
        assert_eq!(Measure::Stage.gap_words(Share::new(1, 4), Share::new(4, 4)), "△3.0段階");
        assert_eq!(Measure::Stage.gap_words(Share::new(1, 4), Share::new(1, 4)), "±0.0段階");
        assert_eq!(Measure::Stage.gap_tenths(Share::new(1, 4), Share::new(4, 4)), Some(-30));
        assert_eq!(Measure::Stage.digits(stages.median.unwrap()).as_deref(), Some("1.5"));
        assert_eq!(Measure::Done.digits(Share::new(1, 3)).as_deref(), Some("33.3"));
    }

    #[test]
    fn one_peer_and_nobody_with_an_answer_have_no_rank_and_no_nan() {
        for cells in [vec!["44", "40"], vec!["44", ""], vec!["", "", ""], vec!["xx", "xx"]] {
            let row = row(&cells, Measure::Done, MEMBER);
            assert_eq!((row.rank, row.quartiles), (None, None));
            assert!(row.gap().is_none_or(f64::is_finite));
            assert_eq!(row.median.is_some(), row.answered > 0);
        }
    }

    proptest! {
        #[test]
        fn quartiles_and_the_weighted_mean_lie_between_the_extremes(peers in prop::collection::vec("[0-4]{3}", 10..20)) {
            let cells: Vec<&str> = std::iter::once("444").chain(peers.iter().map(String::as_str)).collect();
            let row = row(&cells, Measure::Done, MEMBER);
            let Seen::Named(values) = &row.peers else { panic!("{row:?}") };
            let places: Vec<u32> = values.iter().filter_map(|value| value.unwrap().permille()).collect();
            let (least, most) = (*places.iter().min().unwrap(), *places.iter().max().unwrap());
            let [lower, upper] = row.quartiles.unwrap();
            prop_assert!(least <= lower && lower <= upper && upper <= most);
            let mean = row.by_population.unwrap();
            prop_assert!(row.spread_by_population.unwrap() <= most - least);
            prop_assert!(least <= mean && mean <= most);
        }
    }
}
