//! 比較グループ: whom a municipality is compared with.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::row::FEWEST_UNNAMED;
use crate::municipality::{Municipality, MunicipalityCode};
use crate::publication::PublishedMunicipality;
use crate::statistics::Undefined;
use crate::statistics::peers::nearest_peers;
use crate::tabulation::PopulationBand;

/// So many are compared with unless another number is asked for.
pub const NEAREST: usize = 7;
/// Never more: of a larger group, the nearest in population.
pub const MOST: usize = 60;

/// How peers are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// The nearest by attributes.
    Near {
        /// By which; none is by population.
        by: BTreeSet<NearBy>,
        /// How many, 1 to [`MOST`].
        count: usize,
    },
    /// 同じ人口規模
    Band,
    /// 同じ地域
    Region,
    /// 同じ市・町・村の別
    Kind,
    /// 自分で選んだ団体
    Chosen(Vec<MunicipalityCode>),
}

/// An attribute by which municipalities are near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NearBy {
    /// The logarithm of the population.
    Population,
    /// The logarithm of the area.
    Area,
    /// 市・町・村: the same or another.
    Kind,
    /// 地域: the same or another.
    Region,
}

impl NearBy {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Population, Self::Area, Self::Kind, Self::Region];

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::Area => "area",
            Self::Kind => "kind",
            Self::Region => "region",
        }
    }

    /// The attribute of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Population => "人口規模",
            Self::Area => "面積",
            Self::Kind => "市町村の別",
            Self::Region => "地域",
        }
    }
}

impl Default for Group {
    fn default() -> Self {
        Self::Near { by: BTreeSet::from([NearBy::Population]), count: NEAREST }
    }
}

impl Group {
    /// Whether it is the one that everybody has: only its single values may stand without names. Two groups that overlap
    /// would tell whose a value is.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// The groups that may be compared with where names may not be shown, with their municipalities, the usual one first:
/// beside it, those that differ from it and from each other in nobody, or in [`FEWEST_UNNAMED`] or more who responded. What
/// two groups that differ in one municipality have in common would tell its value.
pub fn unnamed_groups<'s>(
    own: &Municipality,
    round: &'s [PublishedMunicipality],
) -> Vec<(Group, Vec<&'s PublishedMunicipality>)> {
    let mut offered: Vec<(Group, Vec<&PublishedMunicipality>)> = Vec::new();
    for group in [Group::default(), Group::Band, Group::Region, Group::Kind] {
        let Ok(Peers { municipalities, .. }) = choose(&group, own, round) else { continue };
        if !offered.iter().any(|(_, other)| tells_values(&municipalities, other, |m| m.state.is_handed_in())) {
            offered.push((group, municipalities));
        }
    }
    offered
}

/// Whether so few of those that count belong to only one of two groups that the two together tell their values.
pub fn tells_values(
    one: &[&PublishedMunicipality],
    other: &[&PublishedMunicipality],
    counts: impl Fn(&PublishedMunicipality) -> bool,
) -> bool {
    let codes = |group: &[&PublishedMunicipality]| -> BTreeSet<MunicipalityCode> {
        group.iter().filter(|m| counts(m)).map(|m| m.municipality.code).collect()
    };
    (1..FEWEST_UNNAMED).contains(&codes(one).symmetric_difference(&codes(other)).count())
}

/// Those chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peers<'s> {
    /// Nearest in population first, or in the order chosen.
    pub municipalities: Vec<&'s PublishedMunicipality>,
    /// Codes chosen that the round does not know.
    pub unknown: Vec<MunicipalityCode>,
    /// More belong to the group than are compared with.
    pub cut: bool,
}

/// Why nobody can be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPeers {
    /// The own population is not on the register.
    #[error("名簿に人口がないため、人口の近い団体を選べません。ほかの選び方にしてください。")]
    PopulationUnknown,
    /// The own area is not on the register.
    #[error("名簿に面積がないため、面積の近い団体を選べません。ほかの選び方にしてください。")]
    AreaUnknown,
    /// The own region is not on the register.
    #[error("名簿に地域がないため、同じ地域の団体を選べません。ほかの選び方にしてください。")]
    RegionUnknown,
    /// Nothing was chosen.
    #[error("比べる団体が選ばれていません。1団体以上を選んでください。")]
    NothingChosen,
    /// Nobody else is like that.
    #[error("当てはまる団体がほかにありません。ほかの選び方にしてください。")]
    Nobody,
    /// Everybody is alike in what was chosen.
    #[error("選んだ項目ではどの団体も同じで、近い団体を選べません。ほかの選び方にしてください。")]
    AllAlike,
}

/// Chooses the peers of `own` among the municipalities of a round, given by code.
pub fn choose<'s>(group: &Group, own: &Municipality, round: &'s [PublishedMunicipality]) -> Result<Peers<'s>, NoPeers> {
    let others = || round.iter().filter(|m| m.municipality.code != own.code);
    let found = match group {
        Group::Near { by, count } => {
            let count = (*count).clamp(1, MOST);
            let near = if by.iter().all(|by| *by == NearBy::Population) {
                nearest(own, others()).ok_or(NoPeers::PopulationUnknown)?
            } else {
                near_by(own, &others().collect::<Vec<_>>(), by)?
            };
            let municipalities = near.into_iter().take(count).collect();
            Peers { municipalities, unknown: Vec::new(), cut: false }
        }
        Group::Band => {
            let band = own.population.map(PopulationBand::of).ok_or(NoPeers::PopulationUnknown)?;
            limited(own, others().filter(|m| m.municipality.population.map(PopulationBand::of) == Some(band)))
        }
        Group::Region => {
            let region = own.region.ok_or(NoPeers::RegionUnknown)?;
            limited(own, others().filter(|m| m.municipality.region == Some(region)))
        }
        Group::Kind => limited(own, others().filter(|m| m.municipality.kind == own.kind)),
        Group::Chosen(codes) => chosen(own, codes, round)?,
    };
    if found.municipalities.is_empty() { Err(NoPeers::Nobody) } else { Ok(found) }
}

fn chosen<'s>(
    own: &Municipality,
    codes: &[MunicipalityCode],
    round: &'s [PublishedMunicipality],
) -> Result<Peers<'s>, NoPeers> {
    let mut seen = BTreeSet::from([own.code]);
    let codes: Vec<MunicipalityCode> = codes.iter().copied().filter(|code| seen.insert(*code)).collect();
    if codes.is_empty() {
        return Err(NoPeers::NothingChosen);
    }
    let find = |code: &MunicipalityCode| round.iter().find(|m| m.municipality.code == *code);
    let unknown = codes.iter().filter(|code| find(code).is_none()).copied().collect();
    let known: Vec<_> = codes.iter().filter_map(find).collect();
    let cut = known.len() > MOST;
    Ok(Peers { municipalities: known.into_iter().take(MOST).collect(), unknown, cut })
}

/// A group, nearest in population first; of a large one those alone.
fn limited<'s>(own: &Municipality, group: impl Iterator<Item = &'s PublishedMunicipality>) -> Peers<'s> {
    let group: Vec<_> = group.collect();
    let near = nearest(own, group.iter().copied()).unwrap_or_default();
    let far = group.iter().copied().filter(|m| near.iter().all(|n| n.municipality.code != m.municipality.code));
    let municipalities = near.iter().copied().chain(far).take(MOST).collect();
    Peers { municipalities, unknown: Vec::new(), cut: group.len() > MOST }
}

/// All others with a population, nearest by the ratio of populations (that is, by the distance of their logarithms)
/// first; of equally near ones the lower code first. `None` without an own population.
pub fn nearest<'m>(
    own: &Municipality,
    others: impl Iterator<Item = &'m PublishedMunicipality>,
) -> Option<Vec<&'m PublishedMunicipality>> {
    let own = own.population.filter(|population| *population > 0)?;
    // The ratio, at least 1, kept as (greater, smaller).
    let ratio = |population: u32| (u64::from(population.max(own)), u64::from(population.min(own)));
    let mut near: Vec<_> = others
        .filter_map(|m| Some((ratio(m.municipality.population.filter(|population| *population > 0)?), m)))
        .collect();
    near.sort_by(|((a, b), m), ((c, d), n)| (a * d).cmp(&(c * b)).then(m.municipality.code.cmp(&n.municipality.code)));
    Some(near.into_iter().map(|(_, m)| m).collect())
}

/// All others nearest by several attributes first ([`nearest_peers`]).
fn near_by<'s>(
    own: &Municipality,
    others: &[&'s PublishedMunicipality],
    by: &BTreeSet<NearBy>,
) -> Result<Vec<&'s PublishedMunicipality>, NoPeers> {
    let positive = |size: Option<u32>| size.filter(|size| *size > 0).map(f64::from);
    let (people, area) = (|m: &Municipality| positive(m.population), |m: &Municipality| positive(m.area));
    let (by_population, by_area) = (by.contains(&NearBy::Population), by.contains(&NearBy::Area));
    if by_population && people(own).is_none() {
        return Err(NoPeers::PopulationUnknown);
    }
    if by_area && area(own).is_none() {
        return Err(NoPeers::AreaUnknown);
    }
    if by.contains(&NearBy::Region) && own.region.is_none() {
        return Err(NoPeers::RegionUnknown);
    }
    let is_known = |m: &Municipality| (!by_population || people(m).is_some()) && (!by_area || area(m).is_some());
    let known: Vec<_> = others.iter().copied().filter(|m| is_known(&m.municipality)).collect();
    let attribute = |m: &Municipality, by: NearBy| match by {
        NearBy::Population => people(m).map_or(0.0, f64::ln),
        NearBy::Area => area(m).map_or(0.0, f64::ln),
        NearBy::Kind => f64::from(u8::from(m.kind != own.kind)),
        NearBy::Region => f64::from(u8::from(m.region != own.region)),
    };
    let everybody: Vec<&Municipality> = std::iter::once(own).chain(known.iter().map(|m| &m.municipality)).collect();
    // What is the same everywhere tells nobody apart.
    let differs =
        |by: &NearBy| everybody.iter().any(|m| attribute(m, *by).total_cmp(&attribute(own, *by)) != Ordering::Equal);
    let by: Vec<NearBy> = by.iter().copied().filter(differs).collect();
    let rows: Vec<Vec<f64>> = everybody.iter().map(|m| by.iter().map(|by| attribute(m, *by)).collect()).collect();
    let near = nearest_peers(&rows, 0, known.len()).map_err(|error| match error {
        Undefined::NoVariation | Undefined::NoData => NoPeers::AllAlike,
        _ => NoPeers::Nobody,
    })?;
    Ok(near.into_iter().filter_map(|n| known.get(n.row.checked_sub(1)?).copied()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{answered, code};
    use super::*;
    use crate::municipality::{Kind, Region};
    use crate::response::ResponseState;

    fn people(populations: &[Option<u32>]) -> Vec<PublishedMunicipality> {
        populations.iter().enumerate().map(|(number, population)| answered(number, *population, "4", 1)).collect()
    }

    fn codes(peers: &[&PublishedMunicipality]) -> Vec<MunicipalityCode> {
        peers.iter().map(|m| m.municipality.code).collect()
    }

    #[test]
    fn the_nearest_in_population_are_nearest_in_ratio() {
        // 10,000 and 40,000 are equally far from 20,000 in ratio, though not in number.
        let round = people(&[
            Some(20_000),
            None,
            Some(40_000),
            Some(10_000),
            Some(21_000),
            Some(0),
            Some(19_000),
            Some(1_000_000),
        ]);
        let own = &round[0].municipality;
        let near = choose(&Group::default(), own, &round).unwrap();
        assert_eq!(codes(&near.municipalities), [4, 6, 2, 3, 7].map(code));
        let three = Group::Near { by: BTreeSet::new(), count: 3 };
        assert_eq!(choose(&three, own, &round).unwrap().municipalities.len(), 3);
        for place in [1, 5] {
            let unknown = choose(&Group::default(), &round[place].municipality, &round);
            assert_eq!(unknown, Err(NoPeers::PopulationUnknown));
        }
    }

    #[test]
    fn several_attributes_weigh_alike() {
        let mut round = people(&[Some(20_000), Some(21_000), Some(26_000), Some(20_500), Some(90_000)]);
        for (place, kind) in [Kind::Town, Kind::City, Kind::Town, Kind::City, Kind::Village].into_iter().enumerate() {
            round[place].municipality.kind = kind;
        }
        let own = round[0].municipality.clone();
        let by = |by: &[NearBy]| Group::Near { by: by.iter().copied().collect(), count: 1 };
        let first = |group: &Group| codes(&choose(group, &own, &round).unwrap().municipalities)[0];
        assert_eq!(first(&by(&[NearBy::Population])), code(3));
        assert_eq!(first(&by(&[NearBy::Population, NearBy::Kind])), code(2));
        assert_eq!(choose(&by(&[NearBy::Region]), &own, &round), Err(NoPeers::RegionUnknown));
    }

    #[test]
    fn areas_are_near_in_ratio_and_an_unknown_one_is_near_nobody() {
        let mut round = people(&[Some(20_000), Some(21_000), Some(26_000), Some(20_500)]);
        for (place, area) in [Some(10_000), Some(40_000), Some(9_000), None].into_iter().enumerate() {
            round[place].municipality.area = area;
        }
        let by_area = Group::Near { by: BTreeSet::from([NearBy::Area]), count: 7 };
        let own = round[0].municipality.clone();
        assert_eq!(codes(&choose(&by_area, &own, &round).unwrap().municipalities), [2, 1].map(code));
        assert_eq!(choose(&by_area, &round[3].municipality, &round), Err(NoPeers::AreaUnknown));
    }

    #[test]
    fn groups_are_those_who_share_what_is_asked() {
        let mut round = people(&[Some(6_000), Some(9_000), Some(7_000), Some(40_000)]);
        for (place, region) in
            [Region::Sanpachi, Region::Sanpachi, Region::Tosei, Region::Sanpachi].into_iter().enumerate()
        {
            round[place].municipality.region = Some(region);
            round[place].municipality.kind = if place < 3 { Kind::Village } else { Kind::City };
        }
        let own = &round[0].municipality;
        let found = |group| codes(&choose(&group, own, &round).unwrap().municipalities);
        assert_eq!(found(Group::Band), [2, 1].map(code));
        assert_eq!(found(Group::Region), [1, 3].map(code));
        assert_eq!(found(Group::Kind), [2, 1].map(code));
        assert_eq!(choose(&Group::Kind, &round[3].municipality, &round), Err(NoPeers::Nobody));
    }

    /// The municipalities of 青森県 as they are, with no answers.
    fn register() -> Vec<PublishedMunicipality> {
        let lines = include_str!("../../../seeds/municipalities/aomori.csv").lines().skip(1);
        let municipality = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let mut published = answered(0, cells[6].parse().ok(), "4", 1);
            let municipality = &mut published.municipality;
            municipality.code = cells[0].parse().unwrap();
            municipality.name = cells[1].to_owned();
            municipality.kind = Kind::of_name(cells[3]).unwrap();
            municipality.region = Some(Region::of_label(cells[5]).unwrap());
            published
        };
        lines.map(municipality).collect()
    }

    #[test]
    fn without_names_a_city_is_not_offered_a_group_that_singles_one_town_out() {
        let round = register();
        assert_eq!(round.len(), 40);
        let offered = |name: &str| {
            let own = round.iter().find(|m| m.municipality.name == name).unwrap();
            unnamed_groups(&own.municipality, &round).into_iter().map(|(group, _)| group).collect::<Vec<_>>()
        };
        // The nearest seven without the band are おいらせ町 alone; the cities without the band are 青森, 弘前 and 八戸.
        for name in ["黒石市", "五所川原市", "十和田市", "三沢市", "むつ市"] {
            assert_eq!(offered(name), [Group::default(), Group::Region], "{name}");
        }
        assert_eq!(offered("つがる市"), [Group::default(), Group::Region, Group::Kind]);
        assert_eq!(offered("深浦町").len(), 4);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_two_groups_without_names_differ_in_a_few_who_responded(missing in prop::collection::vec(prop::bool::weighted(0.2), 40)) {
            let mut round = register();
            for (m, missing) in round.iter_mut().zip(missing) {
                if missing {
                    m.state = ResponseState::NotStarted;
                }
            }
            for own in &round {
                let offered = unnamed_groups(&own.municipality, &round);
                prop_assert_eq!(&offered[0].0, &Group::default());
                for (place, (_, one)) in offered.iter().enumerate() {
                    for (_, other) in &offered[place + 1..] {
                        let only = |these: &[&PublishedMunicipality], those: &[&PublishedMunicipality]| {
                            let those = codes(those);
                            let responded = these.iter().filter(|m| m.state.is_handed_in());
                            responded.filter(|m| !those.contains(&m.municipality.code)).count()
                        };
                        let apart = only(one, other) + only(other, one);
                        prop_assert!(apart == 0 || apart >= 5, "{}", own.municipality.name);
                    }
                }
            }
        }
    }

    #[test]
    fn a_selection_keeps_its_order_and_says_what_it_does_not_know() {
        let round = people(&[Some(1), Some(1), Some(1)]);
        let own = &round[0].municipality;
        let peers = choose(&Group::Chosen(vec![code(2), code(0), code(9), code(1), code(2)]), own, &round).unwrap();
        assert_eq!((codes(&peers.municipalities), peers.unknown), (vec![code(2), code(1)], vec![code(9)]));
        assert_eq!(choose(&Group::Chosen(vec![code(0)]), own, &round), Err(NoPeers::NothingChosen));
        assert_eq!(choose(&Group::Chosen(vec![code(9)]), own, &round), Err(NoPeers::Nobody));
        let all_alike = Group::Near { by: BTreeSet::from([NearBy::Kind]), count: 7 };
        let mut alike = round.clone();
        for m in &mut alike {
            m.municipality.kind = Kind::Town;
        }
        assert_eq!(choose(&all_alike, &alike[0].municipality, &alike), Err(NoPeers::AllAlike));
    }

    #[test]
    fn a_large_group_is_cut_to_the_nearest() {
        let round = people(&vec![Some(1_000); MOST + 5]);
        let mut round: Vec<_> = round;
        for m in &mut round {
            m.municipality.kind = Kind::City;
        }
        let peers = choose(&Group::Kind, &round[0].municipality, &round).unwrap();
        assert!(peers.cut && peers.municipalities.len() == MOST);
    }
}
