//! Groups of municipalities: by region, kind, population, prefecture, or any list of the caller's.

use serde::{Deserialize, Serialize};

use super::code::{CHOSEN, MOST_CHOICES, NOT_CHOSEN, OFF, State};
use super::cube::YearSlab;
use super::variable::{Variable, VariableKind};
use crate::municipality::{Kind, Municipality, Region};

/// A property of a municipality, as it was in the year that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// 地域
    Region,
    /// 市・町・村
    Kind,
    /// 人口規模
    Band,
    /// 都道府県
    Prefecture,
}

impl Attribute {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Region, Self::Kind, Self::Band, Self::Prefecture];

    /// The code used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Kind => "kind",
            Self::Band => "band",
            Self::Prefecture => "prefecture",
        }
    }

    /// The attribute of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.code() == code)
    }

    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Region => "地域",
            Self::Kind => "市町村の別",
            Self::Band => "人口規模",
            Self::Prefecture => "都道府県",
        }
    }

    /// The headings of all its groups, in order.
    fn groups(self) -> Vec<&'static str> {
        match self {
            Self::Region => Region::ALL.into_iter().map(Region::label).collect(),
            Self::Kind => Kind::ALL.into_iter().map(Kind::label).collect(),
            Self::Band => PopulationBand::ALL.into_iter().map(PopulationBand::label).collect(),
            Self::Prefecture => PREFECTURES.to_vec(),
        }
    }

    /// Which of them the municipality is in; `None` for nowhere.
    fn group_of(self, municipality: &Municipality) -> Option<usize> {
        match self {
            Self::Region => Region::ALL.into_iter().position(|region| municipality.region == Some(region)),
            Self::Kind => Kind::ALL.into_iter().position(|kind| municipality.kind == kind),
            Self::Band => {
                let band = PopulationBand::of(municipality.population?);
                PopulationBand::ALL.into_iter().position(|one| band == one)
            }
            Self::Prefecture => municipality.code.prefecture().parse::<usize>().ok()?.checked_sub(1),
        }
    }
}

/// 人口規模: bands of the population on the register. Municipalities of Aomori in each: 9, 8, 13, 7, 3, 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopulationBand {
    /// Below 5,000.
    Below5k,
    /// 5,000 to below 10,000.
    Below10k,
    /// 10,000 to below 30,000.
    Below30k,
    /// 30,000 to below 100,000.
    Below100k,
    /// 100,000 to below 300,000.
    Below300k,
    /// 300,000 and more.
    From300k,
}

impl PopulationBand {
    /// All, ascending.
    pub const ALL: [Self; 6] =
        [Self::Below5k, Self::Below10k, Self::Below30k, Self::Below100k, Self::Below300k, Self::From300k];

    /// The band of a population.
    pub fn of(population: u32) -> Self {
        match population {
            0..5_000 => Self::Below5k,
            5_000..10_000 => Self::Below10k,
            10_000..30_000 => Self::Below30k,
            30_000..100_000 => Self::Below100k,
            100_000..300_000 => Self::Below300k,
            300_000.. => Self::From300k,
        }
    }

    /// The code used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Below5k => "below5k",
            Self::Below10k => "below10k",
            Self::Below30k => "below30k",
            Self::Below100k => "below100k",
            Self::Below300k => "below300k",
            Self::From300k => "from300k",
        }
    }

    /// The band of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.code() == code)
    }

    /// The words in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Below5k => "5千人未満",
            Self::Below10k => "5千〜1万人未満",
            Self::Below30k => "1万〜3万人未満",
            Self::Below100k => "3万〜10万人未満",
            Self::Below300k => "10万〜30万人未満",
            Self::From300k => "30万人以上",
        }
    }
}

/// 都道府県 by the first two digits of the code, from 01. Source: 総務省「全国地方公共団体コード」.
const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// The name of the prefecture of those two digits.
pub fn prefecture_name(digits: &str) -> Option<&'static str> {
    PREFECTURES.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

/// Municipalities in groups: a byte for each place of the cube. Those that belong nowhere are a group of their own, so
/// that groups always add up to the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    labels: Vec<String>,
    codes: Vec<u8>,
}

/// The heading of the group of those that belong nowhere.
pub const UNGROUPED: &str = "分類なし";

impl Grouping {
    /// Groups by the caller's list: each place's group, `None` for nowhere. Groups beyond 254 labels are nowhere.
    pub fn new(mut labels: Vec<String>, groups: impl IntoIterator<Item = Option<usize>>) -> Self {
        labels.truncate(254);
        let nowhere = u8::try_from(labels.len()).unwrap_or(OFF);
        let code = |group: Option<usize>| group.and_then(|g| u8::try_from(g).ok()).filter(|g| *g < nowhere);
        let codes: Vec<u8> = groups.into_iter().map(|group| code(group).unwrap_or(nowhere)).collect();
        if codes.contains(&nowhere) {
            labels.push(UNGROUPED.to_owned());
        }
        Self { labels, codes }
    }

    /// Groups by a property; only groups that have a municipality on that year's register.
    pub fn by(slab: &YearSlab, attribute: Attribute) -> Self {
        Self::of_register(slab.register().iter().map(Option::as_ref), attribute)
    }

    /// The same of any register; `None` for a place that is not on it.
    pub fn of_register<'m>(register: impl IntoIterator<Item = Option<&'m Municipality>>, attribute: Attribute) -> Self {
        let all = attribute.groups();
        let of = |municipality: &Municipality| attribute.group_of(municipality);
        let places: Vec<Option<Option<usize>>> = register.into_iter().map(|place| place.map(of)).collect();
        let used: Vec<usize> = (0..all.len()).filter(|group| places.contains(&Some(Some(*group)))).collect();
        let labels: Vec<String> = used.iter().filter_map(|group| all.get(*group)).map(|l| (*l).to_owned()).collect();
        // Who is not on the register has no cell in any column; the first group takes it without counting it.
        let group = |place: &Option<Option<usize>>| match place {
            None => Some(0),
            Some(group) => group.and_then(|group| used.iter().position(|one| *one == group)),
        };
        Self::new(labels, places.iter().map(group))
    }

    /// Groups by what was answered: one choice a group, then the states. For a multiple answer see
    /// [`Self::by_choice`]; numbers and texts have one group of those that answered.
    pub fn by_answers(slab: &YearSlab, variable: &Variable) -> Self {
        let single = variable.edition(slab.year()).is_none_or(|edition| edition.kind == VariableKind::Single);
        let values: Vec<String> = if single {
            variable.choices.iter().map(|choice| choice.label.clone()).collect()
        } else {
            vec!["回答あり".to_owned()]
        };
        Self::of_column(slab.column(variable), values)
    }

    /// Groups by one choice of a multiple answer: chosen, not chosen, then the states.
    pub fn by_choice(slab: &YearSlab, variable: &Variable, code: u8) -> Self {
        let label = variable.choices.get(usize::from(code)).map_or("", |choice| choice.label.as_str());
        let mut values = vec![String::new(); 2];
        values[usize::from(NOT_CHOSEN)] = format!("「{label}」を選択していない");
        values[usize::from(CHOSEN)] = format!("「{label}」を選択");
        Self::of_column(slab.choice_column(variable, code), values)
    }

    fn of_column(column: &[u8], values: Vec<String>) -> Self {
        let count = values.len().min(MOST_CHOICES - State::ALL.len());
        let labels = values.into_iter().take(count).chain(State::ALL.map(|state| state.label().to_owned()));
        let group = |cell: &u8| match *cell {
            OFF => Some(0),
            value if usize::from(value) < MOST_CHOICES => Some(usize::from(value)).filter(|value| *value < count),
            state => Some(count + usize::from(state - State::Unknown.code())),
        };
        Self::new(labels.collect(), column.iter().map(group))
    }

    /// The groups' headings, in order; 「分類なし」 last, where there is such a municipality.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Each place's group.
    pub fn codes(&self) -> &[u8] {
        &self.codes
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, year};
    use super::super::{Cube, Filter};
    use super::*;

    #[test]
    fn bands_begin_where_the_one_before_ends() {
        for (population, band) in [
            (0, PopulationBand::Below5k),
            (4_999, PopulationBand::Below5k),
            (5_000, PopulationBand::Below10k),
            (29_999, PopulationBand::Below30k),
            (30_000, PopulationBand::Below100k),
            (100_000, PopulationBand::Below300k),
            (300_000, PopulationBand::From300k),
        ] {
            assert_eq!(PopulationBand::of(population), band, "{population}");
        }
    }

    #[test]
    fn only_groups_that_exist_are_shown_and_nobody_is_lost() {
        let mut snapshot = samples::snapshot(2026, &[]);
        let places = [(0, Some(Region::Sanpachi), Some(8_000)), (1, None, None), (2, Some(Region::Tosei), Some(8_000))];
        snapshot.municipalities = places
            .map(|(n, region, people)| samples::published(samples::municipality(n, region, people), Vec::new()))
            .into();
        let cube = Cube::from_snapshots(&[&snapshot]).unwrap();
        let slab = cube.year(year(2026)).unwrap();
        let regions = Grouping::by(slab, Attribute::Region);
        assert_eq!(
            (regions.labels(), regions.codes()),
            (["東青", "三八", UNGROUPED].map(String::from).as_slice(), [1, 2, 0].as_slice())
        );
        assert_eq!(Grouping::by(slab, Attribute::Kind).labels(), ["市", "町", "村"]);
        assert_eq!(Grouping::by(slab, Attribute::Band).labels(), ["5千〜1万人未満", UNGROUPED]);
        assert_eq!(Grouping::by(slab, Attribute::Prefecture).labels(), ["青森県"]);
    }

    #[test]
    fn a_filter_of_one_group_is_told_from_anything_else() {
        let region = Filter { region: Some(Region::Tosei), ..Filter::default() };
        assert_eq!(region.only_group(), Some((Attribute::Region, "東青".to_owned())));
        let prefecture = |digits: &str| Filter { prefecture: Some(digits.to_owned()), ..Filter::default() };
        assert_eq!(prefecture("02").only_group(), Some((Attribute::Prefecture, "青森県".to_owned())));
        for filter in [
            Filter::default(),
            prefecture("99"),
            Filter { prefecture: Some("99".to_owned()), ..region.clone() },
            Filter { kind: Some(Kind::Town), ..region.clone() },
            Filter { codes: Some(std::collections::BTreeSet::new()), ..region },
        ] {
            assert_eq!(filter.only_group(), None, "{filter:?}");
        }
    }
}
