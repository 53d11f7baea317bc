//! What can be chosen, for the form.

use app::pages::compare::choose::{Choice, Chooser, QuestionChoices, SavedGroup, WeightField, WhatIfForm};
use shared::comparison::{Comparison, NearBy};
use shared::maturity::ScaleKind;

use super::query::{GROUPS, MEANS, Query, ROWS};
use crate::service::comparison::Compared;

/// More municipalities than this are not listed to be ticked, only those of the own prefecture.
const MOST_LISTED: usize = 100;

/// The form that chooses whom and what is compared.
pub fn chooser(query: &Query, compared: &Compared, path: &str) -> Chooser {
    let own = compared.own.as_ref().map(|own| own.code);
    let prefecture = own.as_ref().map(|code| code.prefecture().to_owned());
    let listed = compared
        .municipalities
        .iter()
        .filter(|m| compared.municipalities.len() <= MOST_LISTED || Some(m.code.prefecture()) == prefecture.as_deref());
    let listed: Vec<_> = listed.collect();
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
            .filter(|(code, _)| free || *code != "chosen")
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
