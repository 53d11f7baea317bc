//! Definitions on small snapshots.

use proptest::prelude::*;

use super::*;
use crate::indicator::{
    AreaRule, Counts, Denominator, FieldRule, FieldTest, Inapplicable, Quota, Role, Rule, Treatment,
};
use crate::response::AnswerValue;
use crate::tabulation::samples;
use crate::visibility::Visibility;

/// Industry by two areas of two questions, at least half; living by its own question; any of both.
fn definition() -> Definition {
    let area = |name: &str, questions: [&str; 2]| AreaRule {
        name: name.to_owned(),
        quota: Quota::Any,
        questions: questions.map(str::to_owned).to_vec(),
    };
    let areas = vec![area("商工業", ["a", "b"]), area("観光業", ["c", "d"])];
    Definition {
        id: "sample".to_owned(),
        version: 1,
        role: Role::Headline,
        official: true,
        title: "見本".to_owned(),
        description: "見本".to_owned(),
        valid_from: samples::year(2023),
        valid_to: None,
        rule: Rule {
            quota: Quota::Any,
            fields: vec![
                FieldRule {
                    field: Field::Industry,
                    test: FieldTest::Areas { quota: "at least 1/2".parse().unwrap(), areas },
                },
                FieldRule { field: Field::Living, test: FieldTest::Question("e".to_owned()) },
            ],
        },
        counts: Counts::FromStage(3),
        treatment: Treatment { not_applicable: Inapplicable::LeftOut, ..Treatment::default() },
        denominator: Denominator::Applicable,
        source: "見本".to_owned(),
        note: String::new(),
    }
}

fn cell(code: u8) -> Cell {
    match code {
        0..=4 => Cell::Value(AnswerValue::Choice(code.to_string())),
        5 => Cell::NotApplicable,
        6 => Cell::Unknown,
        _ => Cell::Blank,
    }
}

/// One row of five answers a municipality; `None` did not respond.
fn snapshot(definition: Definition, rows: &[Option<[u8; 5]>]) -> Snapshot {
    let questions = ["a", "b", "c", "d", "e"].map(|name| samples::question(name, &["0", "1", "2", "3", "4"]));
    let mut snapshot = samples::snapshot(2026, &questions);
    snapshot.municipalities = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let place = samples::municipality(number, None, (number != 1).then_some(1000));
            match row {
                Some(codes) => samples::published(place, codes.map(cell).to_vec()),
                None => PublishedMunicipality {
                    state: ResponseState::NotStarted,
                    ..samples::published(place, vec![Cell::NotSubmitted; 5])
                },
            }
        })
        .collect();
    let fields: Vec<_> = {
        let evaluation = snapshot.evaluate(&definition);
        snapshot.municipalities.iter().map(|m| evaluation.field_engagement(m)).collect()
    };
    for (municipality, fields) in snapshot.municipalities.iter_mut().zip(fields) {
        municipality.fields = fields;
    }
    snapshot.indicators = vec![snapshot.compute(definition, None)];
    snapshot
}

const ROWS: [Option<[u8; 5]>; 5] =
    [Some([4, 0, 5, 5, 0]), Some([0, 0, 3, 0, 6]), Some([5, 5, 5, 5, 5]), None, Some([0, 0, 0, 0, 0])];

#[test]
fn areas_stages_and_what_does_not_apply_are_counted_as_the_definition_says() {
    let snapshot = snapshot(definition(), &ROWS);
    let indicator = snapshot.official().unwrap();
    assert_eq!(indicator.outcome, Outcome { engaged: 2, not_engaged: 1, register: 4, respondents: 3 });
    assert_eq!(indicator.left_out, 1);
    let evaluation = snapshot.evaluate(&indicator.definition);
    assert_eq!(evaluation.field_outcome(Field::Industry), (Outcome { register: 4, ..indicator.outcome }, 1));
    // The second municipality's population is not known.
    let people = evaluation.companion().unwrap();
    assert_eq!((people.lower.numerator, people.lower.denominator, people.upper.numerator), (1000, 3000, 2000));
    assert_eq!(people.unknown, 1);

    let whole = Definition { denominator: Denominator::Register, ..definition() };
    assert_eq!(
        snapshot.evaluate(&whole).outcome(),
        (Outcome { engaged: 2, not_engaged: 2, register: 5, respondents: 4 }, 0)
    );
}

#[test]
fn nobody_on_the_register_and_nobody_known_give_no_figure() {
    let empty = snapshot(definition(), &[]);
    assert_eq!(empty.official().unwrap().outcome, Outcome::default());
    assert_eq!(empty.official().unwrap().outcome.share().to_string(), "－");
    assert!(empty.evaluate(&definition()).companion().is_err());
    let silent = snapshot(definition(), &[None, None]);
    assert_eq!(silent.official().unwrap().outcome, Outcome { register: 2, ..Outcome::default() });
    // A question that the year did not ask leaves everything open.
    let mut other = definition();
    other.rule.fields.truncate(1);
    other.rule.fields[0].test = FieldTest::Question("z".to_owned());
    assert_eq!(snapshot(other, &ROWS).official().unwrap().outcome.undetermined(), 5);
}

#[test]
fn what_was_published_is_found_again_and_what_was_changed_is_named() {
    let published = snapshot(definition(), &ROWS);
    let wrong = |snapshot: &Snapshot, stored: &[Definition]| {
        let findings = snapshot.verify(stored).into_iter().filter(|finding| !finding.agrees());
        findings.map(|finding| finding.place).collect::<Vec<_>>()
    };
    assert_eq!(wrong(&published, &[definition()]), Vec::<String>::new());
    assert_eq!(published.verify(&[definition()]).len(), 5);

    let mut counted = published.clone();
    counted.indicators[0].outcome.engaged += 1;
    assert_eq!(wrong(&counted, &[definition()]), ["sample v1"]);

    let mut answered = published.clone();
    answered.municipalities[4].cells[4] = cell(4);
    let code = answered.municipalities[4].municipality.code;
    assert_eq!(
        wrong(&answered, &[definition()]),
        ["sample v1".to_owned(), format!("{code} 分野別の判定"), "sample v1 暮らし・まち".to_owned()]
    );

    let other = Definition { counts: Counts::FromStage(4), ..definition() };
    assert_eq!(wrong(&published, &[other]), ["sample v1 の定義"]);
    assert_eq!(wrong(&published, &[]), ["sample v1 の定義"]);
}

#[test]
fn a_bridge_computes_both_versions_on_the_same_answers() {
    let published = snapshot(definition(), &ROWS);
    let stricter = Definition { version: 2, counts: Counts::FromStage(4), ..definition() };
    let mut both = published.clone();
    both.indicators = vec![published.compute(stricter.clone(), Some(definition()))];
    let bridge = both.indicators[0].bridge.as_ref().unwrap();
    assert_eq!((both.indicators[0].outcome.engaged, bridge.outcome.engaged), (1, 2));
    let json = serde_json::to_string(&both).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), both);
    both.indicators[0].bridge.as_mut().unwrap().outcome.engaged = 3;
    let findings = both.verify(&[stricter, definition()]);
    assert!(findings.iter().any(|finding| finding.place == "sample v1（接続）" && !finding.agrees()));
}

#[test]
fn what_is_not_for_a_reader_is_hidden_or_suppressed() {
    // Each field counts somebody and not everybody.
    let mut rows = ROWS;
    rows[0] = Some([4, 0, 5, 5, 4]);
    let published = snapshot(definition(), &rows);
    let reference = Definition { official: false, role: Role::Reference, ..definition() };
    let shown = |outcome: Outcome, reader| published.shown(&reference, outcome, reader);
    let some = Outcome { engaged: 2, not_engaged: 1, register: 4, respondents: 3 };
    let none = Outcome { engaged: 0, ..some };
    assert_eq!(shown(some, Visibility::Public), ShownOutcome::Counted(some));
    assert_eq!(shown(none, Visibility::Public), ShownOutcome::Suppressed, "nobody's value must be told");
    assert_eq!(shown(none, Visibility::Council), ShownOutcome::Counted(none));
    assert_eq!(
        published.shown(&definition(), none, Visibility::Public),
        ShownOutcome::Counted(none),
        "it is published"
    );
    let mut higher = published.clone();
    higher.small_cells.whole = 3;
    assert_eq!(higher.shown(&reference, some, Visibility::Public), ShownOutcome::Suppressed, "as the plan says");
    let mut closed = published.clone();
    closed.questions[0].visibility.aggregate = Visibility::Prefecture;
    assert_eq!(closed.shown(&reference, some, Visibility::Council), ShownOutcome::Hidden);
}

proptest! {
    #[test]
    fn the_bounds_contain_every_completion_of_the_answers(
        rows in prop::collection::vec(prop::option::of(prop::array::uniform5(0_u8..8)), 1..8),
        turns in prop::collection::vec(prop::array::uniform5(0_u8..6), 8),
    ) {
        let completed: Vec<_> = rows
            .iter()
            .zip(turns)
            .map(|(row, turn)| {
                let mut codes = row.unwrap_or([7; 5]);
                for (code, turn) in codes.iter_mut().zip(turn) {
                    if *code > 5 {
                        *code = turn;
                    }
                }
                Some(codes)
            })
            .collect();
        let (partial, whole) = (snapshot(definition(), &rows), snapshot(definition(), &completed));
        let (partial, whole) = (partial.official().unwrap().outcome, whole.official().unwrap().outcome);
        prop_assert_eq!(whole.undetermined(), 0);
        let ratios = (partial.share().ratio(), whole.share().ratio(), partial.upper().ratio());
        if let (Some(lower), Some(truth), Some(upper)) = ratios {
            prop_assert!(lower <= truth && truth <= upper, "{lower} {truth} {upper}");
        }
    }
}
