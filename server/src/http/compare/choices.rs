//! What can be chosen, for the form.

use std::collections::BTreeSet;

use app::pages::compare::choose::{Choice, Chooser, Narrowing, QuestionChoices, SavedGroup};
use app::pages::compare::what_if::{WeightField, WhatIfForm};
use shared::comparison::{Comparison, NearBy};
use shared::maturity::ScaleKind;
use shared::municipality::Municipality;
use shared::tabulation::attribute::prefecture_name;

use super::query::{GROUPS, MEANS, Query, RANKS, ROWS};
use crate::service::comparison::Compared;

/// More municipalities than this are not listed all at once: those of a prefecture, or those that are searched for.
const MOST_LISTED: usize = 100;

/// The municipalities among which one chooses.
struct Listing<'a> {
    /// In the register's order.
    municipalities: Vec<&'a Municipality>,
    /// How to see others; `None` where all are listed.
    narrowing: Option<Narrowing>,
}

impl<'a> Listing<'a> {
    /// All of them, or what the address asks for. Who is compared, and with whom, is always among them: what is not listed
    /// could not stay chosen.
    fn of(query: &Query, compared: &'a Compared) -> Self {
        let all = &compared.municipalities;
        if all.len() <= MOST_LISTED {
            return Self { municipalities: all.iter().collect(), narrowing: None };
        }
        let own = compared.own.as_ref().map(|own| own.code);
        let nearest = own.or(compared.own_code).map(|code| code.prefecture().to_owned());
        let prefecture = query.prefecture.clone().or(nearest.filter(|_| query.find.is_empty()));
        let found = |m: &Municipality| {
            let typed = query.find.as_str();
            m.name.contains(typed) || m.kana.contains(typed) || m.code.as_str().starts_with(typed)
        };
        // Neither chosen nor searched: nobody is listed before.
        let wanted = |m: &Municipality| {
            prefecture.as_ref().is_none_or(|of| m.code.prefecture() == of)
                && found(m)
                && (prefecture.is_some() || !query.find.is_empty())
        };
        let hits = all.iter().filter(|m| wanted(m)).count();
        let mut left = MOST_LISTED;
        let mut listed = |m: &&Municipality| {
            let chosen = Some(m.code) == own || query.peers.contains(&m.code);
            let within = wanted(m) && left > 0;
            left -= usize::from(within);
            chosen || within
        };
        let municipalities = all.iter().filter(|m| listed(m)).collect();
        let prefectures: BTreeSet<&str> = all.iter().map(|m| m.code.prefecture()).collect();
        let choice = |digits: &str| {
            let name = prefecture_name(digits).unwrap_or(digits);
            Choice::new(digits, name, prefecture.as_deref() == Some(digits))
        };
        let note = match hits {
            0 if query.find.is_empty() => None,
            0 => Some(format!("「{}」に当てはまる市町村はありません。", query.find)),
            hits if hits > MOST_LISTED => Some(format!(
                "当てはまる{hits}市町村のうち、はじめの{MOST_LISTED}を並べています。条件を足してください。"
            )),
            _ => None,
        };
        let everywhere = Choice::new("", "すべての都道府県", prefecture.is_none());
        let narrowing = Narrowing {
            prefectures: std::iter::once(everywhere).chain(prefectures.into_iter().map(choice)).collect(),
            find: query.find.clone(),
            note,
        };
        Self { municipalities, narrowing: Some(narrowing) }
    }
}

/// The form that chooses whom and what is compared.
pub fn chooser(query: &Query, compared: &Compared, path: &str) -> Chooser {
    let own = compared.own.as_ref().map(|own| own.code);
    let Listing { municipalities: listed, narrowing } = Listing::of(query, compared);
    let free = compared.may_choose;
    let year = compared.year.as_ref().map(|year| year.year);
    let sections = compared.found.as_ref().map(|found| found.sections.clone()).unwrap_or_default();
    let peers = listed.iter().filter(|m| Some(m.code) != own);
    let chosen_peer = |code| {
        let shown = compared.found.as_ref().is_ok_and(|found| found.peers.iter().any(|peer| peer.code == code));
        if query.peers.is_empty() { shown } else { query.peers.contains(&code) }
    };
    Chooser {
        path: path.to_owned(),
        municipalities: if free {
            listed.iter().map(|m| Choice::new(m.code.to_string(), &m.name, Some(m.code) == own)).collect()
        } else {
            Vec::new()
        },
        narrowing: narrowing.filter(|_| free),
        own: compared.own.as_ref().map(|own| own.name.clone()),
        years: compared
            .years
            .iter()
            .map(|y| {
                let label = if y.provisional { format!("{}（速報）", y.year.wareki()) } else { y.year.wareki() };
                Choice::new(y.year.year().to_string(), &label, Some(y.year) == year)
            })
            .collect(),
        earlier: compared
            .years
            .iter()
            .filter(|y| year.is_some_and(|year| y.year < year))
            .map(|y| Choice::new(y.year.year().to_string(), &y.year.wareki(), Some(y.year) == compared.since))
            .collect(),
        groups: GROUPS
            .iter()
            .filter(|(code, _)| {
                let group = Query { group: code, ..Query::default() }.asked().request.group;
                // What is asked for stays, so that a refusal is about what is seen to be chosen.
                free || compared.offered.contains(&group) || (*code == query.group && *code != "chosen")
            })
            .map(|(code, label)| {
                let label = if free || *code != "near" {
                    (*label).to_owned()
                } else {
                    "人口規模の近い7団体".to_owned()
                };
                Choice::new(*code, &label, *code == query.group)
            })
            .collect(),
        near_by: if free {
            NearBy::ALL.iter().map(|by| Choice::new(by.code(), by.label(), query.by.contains(by))).collect()
        } else {
            Vec::new()
        },
        count: query.count,
        most: shared::comparison::peers::MOST,
        peers: if free {
            peers.map(|m| Choice::new(m.code.to_string(), &m.name, chosen_peer(m.code))).collect()
        } else {
            Vec::new()
        },
        rows: ROWS.iter().map(|(level, code, label)| Choice::new(*code, label, *level == query.rows)).collect(),
        sections: std::iter::once(Choice::new("", "すべての分野", query.section.is_none()))
            .chain(sections.iter().map(|section| {
                Choice::new(&section.code, &section.title, query.section.as_deref() == Some(&section.code))
            }))
            .collect(),
        questions: sections
            .iter()
            .filter(|section| query.section.as_ref().is_none_or(|code| *code == section.code))
            .map(|section| QuestionChoices {
                title: section.title.clone(),
                questions: section
                    .questions
                    .iter()
                    .map(|(name, number, label)| {
                        Choice::new(name, &format!("{number} {label}"), query.questions.contains(name))
                    })
                    .collect(),
            })
            .collect(),
        quartiles: vec![
            Choice::new("7", "type 7（ExcelのQUARTILE.INC）", !query.type6),
            Choice::new("6", "type 6（ExcelのQUARTILE.EXC）", query.type6),
        ],
        kept: query.what_if_pairs(),
    }
}

/// The groups that the account keeps, each with the address that compares with it.
pub fn saved(query: &Query, compared: &Compared) -> Vec<SavedGroup> {
    let of = |group: &crate::store::PeerGroup| SavedGroup {
        name: group.name.clone(),
        count: group.municipalities.len(),
        href: Query { group: "chosen", peers: group.municipalities.clone(), ..query.clone() }.address("/compare"),
    };
    if compared.may_choose { compared.groups.iter().map(of).collect() } else { Vec::new() }
}

/// The form that tries out weights, scale and mean.
pub fn what_if(query: &Query, compared: &Compared, comparison: &Comparison) -> WhatIfForm {
    let maturity = &comparison.maturity;
    WhatIfForm {
        kept: query.without_what_if().pairs(),
        scales: ScaleKind::ALL
            .iter()
            .filter(|kind| compared.may_choose || **kind == ScaleKind::Stage)
            .map(|kind| Choice::new(kind.code(), kind.label(), *kind == maturity.what_if.scale))
            .collect(),
        means: MEANS
            .iter()
            .map(|(mean, code, label)| Choice::new(*code, label, *mean == maturity.what_if.aggregation))
            .collect(),
        ranks: RANKS
            .iter()
            .enumerate()
            .map(|(place, (code, label))| Choice::new(*code, label, (place == 1) == maturity.what_if.without_one_area))
            .collect(),
        fields: maturity
            .weights
            .0
            .iter()
            .map(|field| {
                let areas = field.areas.iter().map(|area| (area.code.clone(), area.label.clone(), area.weight));
                WeightField {
                    code: field.code.clone(),
                    label: field.label.clone(),
                    weight: field.weight,
                    areas: areas.collect(),
                }
            })
            .collect(),
        seed: maturity.what_if.seed,
        most: shared::maturity::weights::MOST,
        usual: query.without_what_if().address("/compare"),
        changed: !query.what_if_pairs().is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn country() -> Compared {
        Compared {
            years: Vec::new(),
            year: None,
            since: None,
            municipalities: Seeds::Embedded.municipalities().unwrap(),
            own: None,
            own_code: None,
            may_choose: true,
            offered: Vec::new(),
            groups: Vec::new(),
            demonstration: false,
            found: Err(String::new()),
        }
    }

    fn names(query: &str, compared: &Compared) -> (Vec<String>, Narrowing) {
        let chooser = chooser(&Query::read(query), compared, "/compare");
        (chooser.municipalities.into_iter().map(|choice| choice.label).collect(), chooser.narrowing.unwrap())
    }

    #[test]
    fn whoever_has_no_municipality_reaches_every_one_of_the_country() {
        let country = country();
        let (none, narrowing) = names("", &country);
        assert_eq!((none.len(), narrowing.prefectures.len(), narrowing.note), (0, 1 + 47, None));
        let mut reached = 0;
        for prefecture in &narrowing.prefectures[1..] {
            let of = format!("prefecture={}", prefecture.value);
            let (listed, narrowing) = names(&of, &country);
            // 北海道 has more than are listed, and says so.
            assert_eq!(narrowing.note.is_some(), prefecture.value == "01", "{of}");
            assert!(!listed.is_empty() && listed.len() <= MOST_LISTED, "{of}: {}", listed.len());
            reached += listed.len();
        }
        assert!(reached > 1_600, "{reached}");
        assert_eq!(names("prefecture=01&find=札幌", &country).0, ["札幌市"]);
        for search in ["find=弘前", "find=ひろさき", "find=022021"] {
            assert_eq!(names(search, &country).0, ["弘前市"], "{search}");
        }
        let (nobody, narrowing) = names("find=どこにもない", &country);
        assert!(nobody.is_empty() && narrowing.note.unwrap().contains("どこにもない"));
        assert_eq!(names("find=市", &country).0.len(), MOST_LISTED);
    }

    #[test]
    fn who_is_compared_stays_listed_whatever_is_searched() {
        let mut country = country();
        country.own = country.municipalities.iter().find(|m| m.name == "弘前市").cloned();
        let (own, narrowing) = names("", &country);
        assert_eq!(own.len(), 40);
        assert!(narrowing.prefectures.iter().any(|p| p.value == "02" && p.chosen));
        assert_eq!(names("prefecture=13&find=千代田&peer=011002", &country).0, ["札幌市", "弘前市", "千代田区"]);
    }

    #[test]
    fn a_prefecture_is_listed_whole() {
        let mut prefecture = country();
        prefecture.municipalities.retain(|m| m.code.prefecture() == "02");
        let chooser = chooser(&Query::default(), &prefecture, "/compare");
        assert_eq!((chooser.municipalities.len(), chooser.narrowing), (40, None));
    }
}
