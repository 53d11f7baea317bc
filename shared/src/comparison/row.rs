//! One comparison: the own value among the peers', as far as the reader may see.

use std::cmp::Ordering;

use crate::maturity::{HIGHEST, Stages, done_share, stage};
use crate::publication::{PublishedMunicipality, Snapshot};
use crate::share::{Points, Share, tenths_of};
use crate::statistics::quantile::{QuantileType, quantiles};
use crate::statistics::weighting::{WeightedMean, weighted_mean};
use crate::tabulation::Disclosure;
use crate::visibility::Visibility;

use super::peers::tells_values;
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

    /// Answers of one municipality that its value counts as not done and that may still turn out otherwise.
    pub fn undetermined(self, municipality: &PublishedMunicipality, places: &[usize]) -> u32 {
        let cells = places.iter().filter_map(|place| municipality.cells.get(*place));
        match self {
            Self::Done => Stages::of(cells).map_or(0, |stages| stages.undetermined),
            Self::Stage => 0,
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

/// A share of practices done, if all undetermined ones were done as well.
pub fn with_undetermined(done: Share, undetermined: u32) -> Share {
    Share::new(done.numerator + undetermined, done.denominator)
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
    /// Their median only: two groups that overlap would tell single values by rank or quartiles.
    Median,
    /// 秘匿: few peers, or all the same, would tell single values.
    Suppressed,
    /// The reader may not even see aggregates.
    NotVisible,
}

/// How much of the rows' questions the reader may see, and of whom.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'p> {
    /// Cleared up to.
    pub reader: Visibility,
    /// The peers are those that everybody has.
    pub usual_group: bool,
    /// Other groups with which the reader may compare as well ([`unnamed_groups`](super::peers::unnamed_groups)): a row is
    /// suppressed where it would tell single values beside theirs.
    pub beside: &'p [Vec<&'p PublishedMunicipality>],
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
    /// The mean, weighted by population, of those whose population is known, in tenths of a per cent, where they are named.
    pub by_population: Option<u32>,
    /// Their standard deviation, weighted alike, in tenths of a point.
    pub spread_by_population: Option<u32>,
    /// The own place, from the highest; `None` among too few, and where only the median is shown.
    pub rank: Option<Rank>,
    /// Own answers that count as not done and are undetermined.
    pub undetermined: u32,
}

impl Row {
    /// Compares `own` with `peers` in the questions at `places`.
    pub fn of(
        snapshot: &Snapshot,
        own: &PublishedMunicipality,
        peers: &[&PublishedMunicipality],
        (measure, places): (Measure, &[usize]),
        sight: Sight<'_>,
        quartiles: QuantileType,
    ) -> Self {
        let named: Vec<Option<Share>> = peers.iter().map(|peer| measure.value(peer, places)).collect();
        let mut values: Vec<Share> = named.iter().copied().flatten().collect();
        values.sort_by(|a, b| compare(*a, *b));
        let undetermined = measure.undetermined(own, places);
        let own = measure.value(own, places);
        let has_value = |peer: &PublishedMunicipality| measure.value(peer, places).is_some();
        let tells = sight.beside.iter().any(|other| tells_values(peers, other, has_value));
        let seen = seen(snapshot, places, sight, named, &values, tells);
        let counts = !matches!(seen, Seen::Suppressed | Seen::NotVisible);
        let single = counts && seen != Seen::Median;
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
            quartiles: quartiles.filter(|_| single && values.len() >= FEWEST_QUARTILES),
            by_population: weighted.map(|weighted| permille(weighted.mean)),
            spread_by_population: weighted.map(|weighted| permille(weighted.variance.max(0.0).sqrt())),
            rank: own.filter(|_| single).and_then(|own| rank(own, &values)),
            peers: seen,
            undetermined,
        }
    }

    /// Own value less the median, to sort by; `None` where either is missing.
    pub fn gap(&self) -> Option<f64> {
        Some(self.own?.since(self.median?)?.ratio())
    }

    /// Whether the own value is above or below the median, exactly; `None` where it is open.
    pub fn gap_sign(&self) -> Option<Ordering> {
        Some(compare(self.own?, self.median?)).filter(|_| !self.gap_is_open())
    }

    /// Whether it depends on undetermined own answers on which side of the median one stands.
    pub fn gap_is_open(&self) -> bool {
        let Some((own, median)) = self.own.zip(self.median) else { return false };
        compare(own, median) != compare(with_undetermined(own, self.undetermined), median)
    }

    /// That difference in words; 「（未確定）」 where its sign is open.
    pub fn gap_words(&self) -> Option<String> {
        let open = if self.gap_is_open() { "（未確定）" } else { "" };
        Some(format!("{}{open}", self.measure.gap_words(self.own?, self.median?)))
    }
}

fn seen(
    snapshot: &Snapshot,
    places: &[usize],
    sight: Sight<'_>,
    named: Vec<Option<Share>>,
    values: &[Share],
    tells: bool,
) -> Seen {
    let questions = places.iter().filter_map(|place| snapshot.questions.get(*place));
    let least = questions.map(|question| Disclosure::of(question.visibility, sight.reader)).min();
    match least {
        None | Some(Disclosure::Nothing) => Seen::NotVisible,
        Some(Disclosure::Named) => Seen::Named(named),
        Some(Disclosure::Aggregates) => {
            let all_same = values.first().zip(values.last()).is_some_and(|(a, b)| compare(*a, *b).is_eq());
            // One question's values are answers: how many gave each could name who gave it.
            if values.len() < FEWEST_UNNAMED || all_same || places.len() < 2 || tells {
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
    let known = peers
        .iter()
        .zip(named)
        .filter_map(|(peer, value)| Some((value.as_ref()?.ratio()?, f64::from(peer.municipality.population?))));
    let (values, people): (Vec<f64>, Vec<f64>) = known.unzip();
    weighted_mean(&values, &people).ok()
}

/// Tenths of a per cent, half up, of a ratio in 0 to 1.
fn permille(ratio: f64) -> u32 {
    tenths_of(ratio.clamp(0.0, 1.0)).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{level, round};
    use super::*;

    const MEMBER: Sight<'_> = Sight { reader: Visibility::Council, usual_group: true, beside: &[] };
    const PUBLIC: Sight<'_> = Sight { reader: Visibility::Public, usual_group: true, beside: &[] };

    fn row(cells: &[&str], measure: Measure, sight: Sight<'_>) -> Row {
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
        assert_eq!((elsewhere.peers, elsewhere.median, elsewhere.rank), (Seen::Median, share(1), None));
    }

    #[test]
    fn beside_a_group_that_differs_in_one_value_a_row_is_suppressed() {
        let questions = [level("a"), level("b")];
        // The seventh has nothing to say of either question.
        let round = round(2026, &questions, &["44", "00", "40", "44", "40", "00", "40", "xx"]);
        let of = |numbers: std::ops::Range<usize>, beside: &[Vec<&PublishedMunicipality>]| {
            let peers: Vec<_> = round.municipalities[numbers].iter().collect();
            let sight = Sight { reader: Visibility::Public, usual_group: false, beside };
            Row::of(&round, &round.municipalities[0], &peers, (Measure::Done, &[0, 1]), sight, QuantileType::Type7)
        };
        let beside = |numbers: std::ops::Range<usize>| -> Vec<Vec<&PublishedMunicipality>> {
            vec![round.municipalities[numbers].iter().collect()]
        };
        assert_eq!(of(1..6, &beside(1..7)).peers, Seen::Suppressed);
        assert_eq!(of(1..7, &beside(1..8)).peers, Seen::Median);
        assert_eq!(of(1..7, &[]).peers, Seen::Median);
    }

    #[test]
    fn who_has_no_population_stands_outside_the_weighted_mean_alone() {
        let questions = [level("a")];
        let mut round = round(2026, &questions, &["4", "4", "0", "0"]);
        round.municipalities[3].municipality.population = None;
        let peers: Vec<_> = round.municipalities[1..].iter().collect();
        let row = Row::of(&round, &round.municipalities[0], &peers, (Measure::Done, &[0]), MEMBER, QuantileType::Type7);
        // 20,001 of 40,003 people.
        assert_eq!(row.by_population, Some(500));
    }

    #[test]
    fn a_gap_that_undetermined_answers_may_turn_has_no_sign() {
        let peers = ["4400", "4400", "4400"];
        let of = |own: &str| {
            let cells: Vec<&str> = std::iter::once(own).chain(peers).collect();
            let row = row(&cells, Measure::Done, MEMBER);
            (row.gap_sign(), row.gap_is_open(), row.gap_words().unwrap())
        };
        assert_eq!(of("4000"), (Some(Ordering::Less), false, "△25.0ポイント".to_owned()));
        assert_eq!(of("4-?0"), (None, true, "△25.0ポイント（未確定）".to_owned()));
        assert_eq!(of("444-"), (Some(Ordering::Greater), false, "＋25.0ポイント".to_owned()));
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
