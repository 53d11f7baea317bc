//! A published round of Aomori's 40 municipalities with invented engagement.

use app::components::format;
use app::components::result_table::ResultRow;
use app::figures::{FieldFigure, Figure, Movement, Place, Places, Reference, ReferenceInterval, Trend, TrendYear};
use app::pages::home::{Home, Published};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{
    CountBounds, Counts, Definition, Denominator, Engagement, Field, FieldEngagement, FieldRule, FieldTest, Outcome,
    Quota, ReferenceCount, Role, Rule, Treatment,
};
use shared::municipality::{Kind, Municipality, Region, Tile};
use shared::publication::GroupOutcome;
use shared::time::Timestamp;

/// The seed of Aomori's register.
const REGISTER: &str = include_str!("../../../seeds/municipalities/aomori.csv");

pub fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

fn rule(at_least: u8, of: &[Field]) -> Rule {
    let own =
        |field: &Field| FieldRule { field: *field, test: FieldTest::Question(format!("engaged.{}", field.code())) };
    Rule { quota: Quota::at_least(at_least).unwrap(), fields: of.iter().map(own).collect() }
}

pub fn definition(id: &str, title: &str, at_least: u8, of: &[Field], role: Role) -> Definition {
    Definition {
        id: id.to_owned(),
        version: 1,
        role,
        official: role == Role::Headline,
        title: title.to_owned(),
        description: "3分野のうち1分野以上で「取り組んでいる」と回答し、県の確認を受けた市町村の割合です。".to_owned(),
        valid_from: year(2023),
        valid_to: None,
        rule: rule(at_least, of),
        counts: Counts::Choices(vec!["1".to_owned()]),
        treatment: Treatment::default(),
        denominator: Denominator::Register,
        source: "DXの推進に関する市町村アンケート（県企画政策部調べ）".to_owned(),
        note: String::new(),
    }
}

/// 公式, then the two references.
pub fn definitions() -> [Definition; 3] {
    [
        definition("engaged-any", "DXに取り組んでいる市町村の割合", 1, &Field::ALL, Role::Headline),
        definition("engaged-two", "2分野以上でDXに取り組んでいる市町村の割合", 2, &Field::ALL, Role::Reference),
        definition("engaged-all", "3分野すべてでDXに取り組んでいる市町村の割合", 3, &Field::ALL, Role::Reference),
    ]
}

/// The counts published for FY2022 and what they allow.
pub fn reference() -> Reference {
    let counts: Vec<ReferenceCount> = Field::ALL
        .into_iter()
        .zip([6, 11, 20])
        .map(|(field, count)| ReferenceCount {
            year: year(2022),
            field,
            count,
            population: 40,
            respondents: None,
            definition: "v0".to_owned(),
            source: "DXの推進に関する市町村アンケート（県企画調整課 令和5年2月）".to_owned(),
            note: String::new(),
        })
        .collect();
    let intervals = definitions().map(|definition| {
        let bounds = CountBounds::of(&definition, &counts).unwrap();
        ReferenceInterval { definition, bounds }
    });
    Reference { year: year(2022), intervals: intervals.to_vec(), unknown: Vec::new(), counts }
}

/// The 40, engaged by a fixed rule; the last two did not respond and one field is undetermined.
pub fn places() -> Vec<Place> {
    let rows: Vec<Vec<&str>> = REGISTER.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let place = |(index, row): (usize, &Vec<&str>)| {
        let responded = index < 38;
        let engaged = [index % 11 < 3, index % 7 < 4, index % 9 != 8];
        let fields: FieldEngagement = Field::ALL
            .into_iter()
            .zip(engaged)
            .map(|(field, engaged)| match (responded, engaged) {
                (false, _) => (field, Engagement::Undetermined),
                (true, _) if index == 17 && field == Field::Living => (field, Engagement::Undetermined),
                (true, true) => (field, Engagement::Engaged),
                (true, false) => (field, Engagement::NotEngaged),
            })
            .collect();
        let municipality = Municipality {
            code: row[0].parse().unwrap(),
            name: row[1].to_owned(),
            kana: row[2].to_owned(),
            kind: Kind::of_name(row[1]).unwrap(),
            region: Region::of_label(row[5]),
            population: row[6].parse().ok(),
            area: None,
            tile: Some(Tile { column: row[8].parse().unwrap(), row: row[9].parse().unwrap() }),
        };
        Place { municipality, responded, fields }
    };
    rows.iter().enumerate().map(place).collect()
}

fn outcome_of(rule: &Rule, places: &[Place]) -> Outcome {
    Outcome::count(places.iter().filter_map(|place| Some((rule.decide(&place.fields)?, place.responded))))
}

/// An outcome of 40 with that many engaged and that many undetermined.
pub fn outcome(engaged: u32, undetermined: u32) -> Outcome {
    Outcome { engaged, not_engaged: 40 - engaged - undetermined, register: 40, respondents: 40 - undetermined }
}

fn movement(outcome: Outcome, earlier: Outcome) -> Option<Movement> {
    outcome.change_since(&earlier).map(|change| Movement { since: year(2024), change })
}

fn figure(definition: Definition, outcome: Outcome, earlier: Outcome) -> Figure {
    let computation = format::computation_href(&definition, year(2025));
    Figure { definition, outcome, movement: movement(outcome, earlier), bridge: None, computation }
}

/// FY2025, published, after FY2023 and FY2024.
pub fn published() -> Published {
    let places = places();
    let single = |field| outcome_of(&rule(1, &[field]), &places);
    let [official, two, all] = definitions();
    let headline = outcome_of(&official.rule, &places);
    let earlier = [outcome(7, 1), outcome(17, 0), outcome(28, 2)];
    let fields: Vec<FieldFigure> = Field::ALL
        .into_iter()
        .zip(earlier)
        .map(|(field, earlier)| FieldFigure {
            field,
            outcome: Some(single(field)),
            movement: movement(single(field), earlier),
            computation: format!("/indicators/engaged-any/2025#field-{}", field.code()),
        })
        .collect();
    let others = [(two, outcome(18, 1)), (all, outcome(4, 0))]
        .map(|(definition, earlier)| {
            let outcome = outcome_of(&definition.rule, &places);
            ResultRow::from(&figure(definition, outcome, earlier))
        })
        .to_vec();
    let past = |of: u16, headline: Outcome, fields: [Outcome; 3]| TrendYear {
        year: year(of),
        headline,
        fields: Field::ALL.into_iter().zip(fields).collect(),
        computation: format!("/indicators/engaged-any/{of}"),
    };
    let trend = Trend {
        headline: "いずれか1分野以上".to_owned(),
        first: year(2022),
        last: year(2028),
        years: vec![
            past(2023, outcome(24, 3), [outcome(5, 3), outcome(14, 3), outcome(22, 3)]),
            past(2024, outcome(31, 2), earlier),
            past(2025, headline, Field::ALL.map(single)),
        ],
        breaks: vec![year(2023)],
        reference: Some(reference()),
        target: None,
    };
    Published {
        year: year(2025),
        reference_date: Timestamp::parse_jst("2025-11-30T00:00").unwrap(),
        revision: 1,
        published_at: Timestamp::parse_jst("2026-01-30T10:00").unwrap(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        official: figure(official, headline, outcome(31, 2)),
        fields,
        others,
        trend,
        places: Places::Named(places),
        demonstration: true,
        boundaries: None,
    }
}

/// The same round where named values are not public.
pub fn by_region() -> Places {
    let rule = &definitions()[0].rule;
    let places = places();
    let regions = Region::ALL.map(|region| {
        let own: Vec<Place> = places.iter().filter(|p| p.municipality.region == Some(region)).cloned().collect();
        let outcome = outcome_of(rule, &own);
        // All or none engaged would tell every municipality's answer.
        let telling = outcome.engaged == outcome.register || outcome.not_engaged == outcome.register;
        GroupOutcome { label: region.label().to_owned(), outcome: (!telling).then_some(outcome) }
    });
    Places::ByRegion(regions.to_vec())
}

/// The public page of the published round.
pub fn home() -> Home {
    Home::Published(Box::new(published()))
}
