//! The address of a comparison. What cannot be understood is said in a sentence and left out.

use std::collections::{BTreeMap, BTreeSet};

use shared::comparison::peers::{MOST, NEAREST};
use shared::comparison::{Group, Level, NearBy, Request, WhatIf};
use shared::fiscal_year::FiscalYear;
use shared::maturity::ScaleKind;
use shared::maturity::ranks::SEED;
use shared::maturity::weights::MOST as MOST_WEIGHT;
use shared::municipality::MunicipalityCode;
use shared::statistics::aggregation::Aggregation;
use shared::statistics::quantile::QuantileType;
use shared::tabulation::attribute::prefecture_name;

use crate::service::comparison::Asked;

/// The kinds of mean with their codes and names.
pub const MEANS: [(Aggregation, &str, &str); 3] = [
    (Aggregation::Arithmetic, "arithmetic", "算術平均（弱い項目を強い項目で補える）"),
    (Aggregation::Geometric, "geometric", "幾何平均（一部だけ補える）"),
    (Aggregation::Harmonic, "harmonic", "調和平均（ほとんど補えない）"),
];
/// Over what ranks are tried, with codes and names: the second is [`WhatIf::without_one_area`].
pub const RANKS: [(&str, &str); 2] =
    [("weights", "2,000通りの重みで試す"), ("without-one", "同じ重みで、項目を1つずつ除いて試す")];
/// The groups with their codes and names.
pub const GROUPS: [(&str, &str); 5] = [
    ("near", "条件の近い団体"),
    ("band", "同じ人口規模"),
    ("region", "同じ地域"),
    ("kind", "同じ市・町・村の別"),
    ("chosen", "自分で選ぶ"),
];
/// What a row can be, with codes and names.
pub const ROWS: [(Level, &str, &str); 3] =
    [(Level::Area, "area", "項目ごと"), (Level::Field, "field", "分野ごと"), (Level::Question, "question", "設問ごと")];

/// An address, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Whom.
    pub municipality: Option<MunicipalityCode>,
    /// In which round.
    pub year: Option<FiscalYear>,
    /// Against which one.
    pub since: Option<FiscalYear>,
    /// Code of the group.
    pub group: &'static str,
    /// Near by what.
    pub by: BTreeSet<NearBy>,
    /// How many near ones.
    pub count: usize,
    /// Municipalities chosen; kept while another group is compared with.
    pub peers: Vec<MunicipalityCode>,
    /// What a row is.
    pub rows: Level,
    /// Only this section.
    pub section: Option<String>,
    /// Only these questions.
    pub questions: BTreeSet<String>,
    /// Quartiles by type 6 instead of 7.
    pub type6: bool,
    /// What is tried out.
    pub what_if: WhatIf,
    /// Of which prefecture municipalities are listed, where there are too many: two digits. Like [`Self::find`], it changes
    /// what can be chosen and not what is compared: no address that is passed on holds it.
    pub prefecture: Option<String>,
    /// Name, reading or code of municipalities to be listed.
    pub find: String,
    /// What was not understood, in sentences.
    pub notices: Vec<String>,
}

/// The longest search that is answered, in characters.
const LONGEST_SEARCH: usize = 60;

impl Default for Query {
    fn default() -> Self {
        Self {
            municipality: None,
            year: None,
            since: None,
            group: "near",
            by: BTreeSet::from([NearBy::Population]),
            count: NEAREST,
            peers: Vec::new(),
            rows: Level::Area,
            section: None,
            questions: BTreeSet::new(),
            type6: false,
            what_if: WhatIf::default(),
            prefecture: None,
            find: String::new(),
            notices: Vec::new(),
        }
    }
}

impl Query {
    /// Reads what follows the `?`.
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        let mut by = BTreeSet::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let (true, Some(attribute)) = (name == "by", NearBy::of_code(value)) {
                by.insert(attribute);
            } else if let Err(what) = query.take(&name, value) {
                let notice = format!("{what}「{value}」は読み取れないため、使っていません。");
                if !query.notices.contains(&notice) {
                    query.notices.push(notice);
                }
            }
        }
        if !by.is_empty() {
            query.by = by;
        }
        if query.what_if.scale == ScaleKind::ZScore && query.what_if.aggregation != Aggregation::Arithmetic {
            query.what_if.aggregation = Aggregation::Arithmetic;
            query
                .notices
                .push("標準得点は負にもなるため、幾何平均と調和平均は使えません。算術平均にしました。".to_owned());
        }
        query
    }

    /// Takes one parameter; says what it was where the value cannot be understood.
    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "municipality" => self.municipality = Some(value.parse().map_err(|_| "市町村コード")?),
            "year" => self.year = Some(value.parse().map_err(|_| "年度")?),
            "since" => self.since = Some(value.parse().map_err(|_| "前の年度")?),
            "group" => self.group = known(GROUPS.iter().map(|(code, _)| *code), value).ok_or("比較グループ")?,
            "prefecture" => {
                let known = Some(value).filter(|digits| digits.len() == 2 && prefecture_name(digits).is_some());
                self.prefecture = Some(known.ok_or("都道府県")?.to_owned());
            }
            "find" => self.find = value.chars().take(LONGEST_SEARCH).collect(),
            "by" => return Err("近さの条件"),
            "count" => {
                self.count = value.parse().ok().filter(|count| (1..=MOST).contains(count)).ok_or("団体の数")?;
            }
            "peer" => {
                let code = value.parse().map_err(|_| "比べる市町村のコード")?;
                if !self.peers.contains(&code) {
                    self.peers.push(code);
                }
            }
            "rows" => {
                self.rows = ROWS.iter().find(|(_, code, _)| *code == value).map(|(level, ..)| *level).ok_or("行")?;
            }
            "section" => self.section = Some(value.to_owned()),
            "question" => {
                self.questions.insert(value.to_owned());
            }
            "quartile" => self.type6 = value == known(["7", "6"], value).ok_or("四分位の求め方")? && value == "6",
            "scale" => self.what_if.scale = ScaleKind::of_code(value).ok_or("物差し")?,
            "mean" => {
                let mean = MEANS.iter().find(|(_, code, _)| *code == value).ok_or("平均の種類")?;
                self.what_if.aggregation = mean.0;
            }
            "ranks" => {
                self.what_if.without_one_area =
                    RANKS.iter().position(|(code, _)| *code == value).map(|place| place == 1).ok_or("順位の幅")?;
            }
            "seed" => self.what_if.seed = value.parse().map_err(|_| "乱数の種")?,
            _ => {
                if let Some(code) = name.strip_prefix("w.") {
                    let weight = value.parse().ok().filter(|weight| *weight <= MOST_WEIGHT).ok_or("重み")?;
                    self.what_if.weights.insert(code.to_owned(), weight);
                }
            }
        }
        Ok(())
    }

    /// What is asked of the service.
    pub fn asked(&self) -> Asked {
        let group = match self.group {
            "band" => Group::Band,
            "region" => Group::Region,
            "kind" => Group::Kind,
            "chosen" => Group::Chosen(self.peers.clone()),
            _ => Group::Near { by: self.by.clone(), count: self.count },
        };
        let request = Request {
            group,
            level: self.rows,
            section: self.section.clone(),
            questions: if self.rows == Level::Question { self.questions.clone() } else { BTreeSet::new() },
            quartiles: if self.type6 { QuantileType::Type6 } else { QuantileType::Type7 },
            what_if: self.what_if.clone(),
        };
        Asked { municipality: self.municipality, year: self.year, since: self.since, request }
    }

    /// Names and values, those that are as usual left out; in a fixed order, so that one comparison has one address.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let usual = Self::default();
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(code) = self.municipality {
            add("municipality", code.to_string());
        }
        if let Some(year) = self.year {
            add("year", year.year().to_string());
        }
        if let Some(year) = self.since {
            add("since", year.year().to_string());
        }
        if self.group != usual.group {
            add("group", self.group.to_owned());
        }
        if self.by != usual.by {
            self.by.iter().for_each(|by| add("by", by.code().to_owned()));
        }
        if self.count != usual.count {
            add("count", self.count.to_string());
        }
        if self.group == "chosen" {
            self.peers.iter().for_each(|code| add("peer", code.to_string()));
        }
        if let Some((_, code, _)) = ROWS.iter().find(|(level, ..)| *level == self.rows && *level != usual.rows) {
            add("rows", (*code).to_owned());
        }
        if let Some(section) = &self.section {
            add("section", section.clone());
        }
        if self.rows == Level::Question {
            self.questions.iter().for_each(|question| add("question", question.clone()));
        }
        if self.type6 {
            add("quartile", "6".to_owned());
        }
        pairs.extend(self.what_if_pairs());
        pairs
    }

    /// Those of what is tried out.
    pub fn what_if_pairs(&self) -> Vec<(String, String)> {
        let WhatIf { scale, aggregation, weights, seed, without_one_area } = &self.what_if;
        let usual = WhatIf::default();
        let mut pairs = Vec::new();
        if *scale != usual.scale {
            pairs.push(("scale".to_owned(), scale.code().to_owned()));
        }
        if let Some((_, code, _)) = MEANS.iter().find(|(mean, ..)| mean == aggregation && *mean != usual.aggregation) {
            pairs.push(("mean".to_owned(), (*code).to_owned()));
        }
        if *without_one_area {
            pairs.push(("ranks".to_owned(), RANKS[1].0.to_owned()));
        }
        if *seed != SEED {
            pairs.push(("seed".to_owned(), seed.to_string()));
        }
        let changed: BTreeMap<_, _> = weights.iter().filter(|(_, weight)| **weight != 1).collect();
        pairs.extend(changed.into_iter().map(|(code, weight)| (format!("w.{code}"), weight.to_string())));
        pairs
    }

    /// Without what is tried out.
    #[must_use]
    pub fn without_what_if(&self) -> Self {
        Self { what_if: WhatIf::default(), ..self.clone() }
    }

    /// As written after a `?`; empty where everything is as usual.
    pub fn written(&self) -> String {
        let mut serializer = form_urlencoded::Serializer::new(String::new());
        serializer.extend_pairs(self.pairs());
        serializer.finish()
    }

    /// The address below `path`.
    pub fn address(&self, path: &str) -> String {
        let written = self.written();
        if written.is_empty() { path.to_owned() } else { format!("{path}?{written}") }
    }
}

fn known(codes: impl IntoIterator<Item = &'static str>, value: &str) -> Option<&'static str> {
    codes.into_iter().find(|code| *code == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_was_read_is_written_the_same_again() {
        for text in [
            "",
            "municipality=022012&year=2025&since=2023&group=chosen&peer=022021&peer=022039&rows=question&section=industry&question=ind_01_1&quartile=6",
            "group=band&scale=min-max&mean=harmonic&ranks=without-one&seed=7&w.industry=3&w.industry_work=0",
            "by=population&by=kind&count=12&rows=field",
        ] {
            let query = Query::read(text);
            assert_eq!((query.written().as_str(), query.notices.len()), (text, 0));
            assert_eq!(Query::read(&query.written()), query);
        }
        let listed = Query::read("prefecture=13&find=%E5%8C%BA");
        assert_eq!(
            (listed.prefecture.as_deref(), listed.find.as_str(), listed.written().as_str()),
            (Some("13"), "区", "")
        );
        assert_eq!(Query::read("group=near&count=7&rows=area&quartile=7&scale=stage&w.x=1&year=").written(), "");
    }

    #[test]
    fn what_cannot_be_understood_is_said_and_left_out() {
        let query = Query::read(
            "municipality=1&year=x&group=all&by=height&count=0&count=999&peer=022011&rows=row&quartile=5&prefecture=99&scale=x&mean=x&ranks=x&seed=-1&w.a=-1&w.b=1000",
        );
        assert_eq!((query.written().as_str(), query.notices.len()), ("", 16), "{:?}", query.notices);
        assert!(query.notices.iter().all(|notice| notice.ends_with("使っていません。")));
        assert!(query.notices.contains(&"団体の数「0」は読み取れないため、使っていません。".to_owned()));
        let impossible = Query::read("scale=z&mean=geometric");
        assert_eq!((impossible.what_if.aggregation, impossible.notices.len()), (Aggregation::Arithmetic, 1));
    }
}
