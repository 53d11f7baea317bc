use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, Municipality, MunicipalityCode, Region};
use shared::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::questionnaire::{Choice, Lineage};
use shared::response::{AnswerValue, Cell, ResponseState};
use shared::tabulation::{Attribute, Cube, Filter, Reader, Refusal, SmallCells};
use shared::time::Timestamp;
use shared::visibility::{QuestionVisibility, Visibility};

use super::{Asked, Name, encoded, lineage};
use crate::chart::Chart;
use crate::exhibit::Exhibit;
use crate::exhibit::table::Value;

const LEVELS: [&str; 5] = ["0", "1", "2", "3", "4"];

fn question(concept: &str, choices: &[&str]) -> PublishedQuestion {
    let choice = |name: &&str| Choice {
        name: (*name).to_owned(),
        label: format!("選択肢{name}"),
        short: None,
        exclusive: false,
        state: None,
    };
    PublishedQuestion {
        name: concept.to_owned(),
        number: String::new(),
        concept: concept.to_owned(),
        label: format!("設問{concept}"),
        choices: choices.iter().map(choice).collect(),
        unit: None,
        visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council },
        lineage: Lineage::default(),
        withheld: None,
        place: None,
    }
}

fn one(name: &str) -> Cell {
    Cell::Value(AnswerValue::Choice(name.to_owned()))
}

fn municipality(number: usize) -> Municipality {
    let code: MunicipalityCode = (0..10).find_map(|digit| format!("02{number:03}{digit}").parse().ok()).unwrap();
    let kind = [Kind::City, Kind::Town][number % 2];
    Municipality {
        code,
        name: format!("第{number}{}", kind.label()),
        kana: String::new(),
        kind,
        region: Some(Region::ALL[number % 2]),
        population: Some(1_000 * u32::try_from(number + 1).unwrap()),
        area: None,
        tile: None,
    }
}

/// One question; a cell for each municipality.
fn year(of: u16, question: PublishedQuestion, cells: Vec<Cell>) -> Snapshot {
    let published = |(number, cell): (usize, Cell)| PublishedMunicipality {
        municipality: municipality(number),
        state: ResponseState::Accepted,
        fields: std::iter::empty().collect(),
        cells: vec![cell],
    };
    Snapshot {
        year: FiscalYear::new(of).unwrap(),
        reference_date: Timestamp(0),
        questionnaire: ("form".to_owned(), "1".to_owned()),
        questions: vec![question],
        municipalities: cells.into_iter().enumerate().map(published).collect(),
        indicators: Vec::new(),
        demonstration: false,
        small_cells: SmallCells::default(),
    }
}

fn cube(years: &[Snapshot]) -> Cube {
    Cube::from_snapshots(&years.iter().collect::<Vec<_>>()).unwrap()
}

fn shown(cube: &Cube, concept: &str, cleared: Visibility, filter: &Filter, name: Name) -> Result<Exhibit, Refusal> {
    asked(cube, concept, cleared, filter).exhibit(name)
}

fn asked<'a>(cube: &'a Cube, concept: &str, cleared: Visibility, filter: &'a Filter) -> Asked<'a> {
    Asked {
        cube,
        slab: cube.years().last().unwrap(),
        variable: cube.variable(concept).unwrap(),
        by: None,
        reader: Reader::new(cleared),
        filter,
        provisional: &[],
        source: "出典",
        demonstration: false,
    }
}

fn repeated(pattern: &[&str], times: usize) -> Vec<Cell> {
    pattern.iter().cycle().take(pattern.len() * times).map(|name| one(name)).collect()
}

#[test]
fn years_that_cannot_be_compared_or_did_not_ask_say_so() {
    let everybody = Filter::default();
    let years = [
        year(2023, question("other", &["a"]), repeated(&["a"], 12)),
        year(2024, question("q", &["a", "b"]), repeated(&["a", "b"], 6)),
        year(2025, question("q", &["a", "b", "c"]), repeated(&["a", "b", "c"], 4)),
    ];
    let cube = cube(&years);
    let exhibit = shown(&cube, "q", Visibility::Council, &everybody, Name::Years).unwrap();
    let labels: Vec<String> = exhibit.table.rows.iter().map(|row| row[0].to_string()).collect();
    assert_eq!(labels, ["令和5年度", "令和6年度（比較不可）", "令和7年度"]);
    for note in ["令和5年度：この設問を聞いていません。", "令和6年度：選択肢が変わったため、比較できません。"]
    {
        assert!(exhibit.notes.iter().any(|one| one == note), "{:?}", exhibit.notes);
    }
    assert!(exhibit.notes.iter().any(|note| note.contains("「選択肢なし」")));
    let sentences = lineage::sentences(&cube, cube.variable("q").unwrap(), FiscalYear::new(2025).unwrap());
    assert_eq!(sentences, ["令和6年度から聞いています。", "令和6年度とは選択肢が変わったため、比較できません。"]);
}

#[test]
fn a_split_is_told_from_both_sides() {
    let part = |concept: &str| PublishedQuestion {
        lineage: Lineage { derived_from: vec!["whole".to_owned(), "rest".to_owned()], not_comparable: false },
        ..question(concept, &["a"])
    };
    let years =
        [year(2024, question("whole", &["a"]), repeated(&["a"], 3)), year(2025, part("merged"), repeated(&["a"], 3))];
    let cube = cube(&years);
    let said = |concept: &str| {
        lineage::sentences(&cube, cube.variable(concept).unwrap(), FiscalYear::new(2025).unwrap()).concat()
    };
    assert!(said("merged").contains("令和7年度に「設問whole」と「rest」をまとめた設問です。"), "{}", said("merged"));
    assert!(said("whole").contains("令和7年度から「設問merged」に引き継がれています。"), "{}", said("whole"));
    assert!(said("whole").contains("令和7年度は聞いていません。"));
}

#[test]
fn what_may_not_be_told_is_hidden_in_the_picture_and_in_the_table_and_said() {
    // One municipality stands alone with its answer.
    let mut cells = repeated(&["0", "1", "3"], 6);
    cells.push(one("4"));
    let cube = cube(&[year(2025, question("level", &LEVELS), cells)]);
    let everybody = Filter::default();
    let exhibit = shown(&cube, "level", Visibility::Public, &everybody, Name::By(Attribute::Region)).unwrap();
    let cells = || exhibit.table.rows.iter().flatten();
    assert!(cells().any(|value| matches!(value, Value::Suppressed)));
    assert!(cells().all(|value| value.to_string() != "0" && value.to_string() != "0.0％"));
    assert!(exhibit.notes.iter().any(|note| note.contains("0とは限りません")));
    let named = shown(&cube, "level", Visibility::Council, &everybody, Name::By(Attribute::Region)).unwrap();
    assert!(named.table.rows.iter().flatten().all(|value| !matches!(value, Value::Suppressed)));
    assert_eq!(shown(&cube, "level", Visibility::Public, &everybody, Name::Population).unwrap_err(), Refusal::TooFine);
    let stages = shown(&cube, "level", Visibility::Council, &everybody, Name::Stages).unwrap();
    assert!(matches!(stages.chart, Some(Chart::Diverging(_))));
    assert_eq!(stages.sentence(), "一部実施以上の市町村は19のうち7（36.8％）です。");
}

#[test]
fn who_started_is_named_only_for_who_may_see_names() {
    let before = repeated(&["a", "b"], 8);
    let mut after = before.clone();
    for number in [1, 3, 5, 7] {
        after[number] = one("a");
    }
    for number in [0, 2, 4] {
        after[number] = one("b");
    }
    let cube = cube(&[year(2024, question("q", &["a", "b"]), before), year(2025, question("q", &["a", "b"]), after)]);
    let everybody = Filter::default();
    let member = shown(&cube, "q", Visibility::Council, &everybody, Name::Changes).unwrap();
    assert_eq!(member.sentence(), "令和6年度から、「選択肢a」を始めた市町村は4、やめた市町村は3です。");
    assert!(member.notes.iter().any(|note| note == "始めた市町村：第1町、第3町、第5町、第7町"), "{:?}", member.notes);
    let public = shown(&cube, "q", Visibility::Public, &everybody, Name::Changes).unwrap();
    assert!(public.notes.iter().all(|note| !note.contains('第')), "{:?}", public.notes);
}

#[test]
fn several_answers_say_that_they_may_exceed_a_hundred() {
    let both = Cell::Value(AnswerValue::Choices(vec!["a".to_owned(), "b".to_owned()]));
    let cube = cube(&[year(2025, question("m", &["a", "b"]), vec![both; 8])]);
    let everybody = Filter::default();
    let exhibit = shown(&cube, "m", Visibility::Council, &everybody, Name::Years).unwrap();
    assert!(exhibit.notes.iter().any(|note| note.contains("100％を超える")));
    assert!(matches!(exhibit.chart, Some(Chart::Stacked(bars)) if bars.multiple));
}

#[test]
fn ties_everywhere_and_nobody_at_all_are_sentences() {
    let everybody = Filter::default();
    let tied = cube(&[year(2025, question("q", &["a", "b"]), repeated(&["a", "b", "b", "a"], 3))]);
    let scope = asked(&tied, "q", Visibility::Council, &everybody);
    assert_eq!(
        scope.finding().unwrap().concat(),
        "「選択肢a」と「選択肢b」が同数で最も多く、12市町村のうちそれぞれ6（50.0％）です。"
    );
    assert_eq!(
        scope.exhibit(Name::By(Attribute::Kind)).unwrap().sentence(),
        "市・町・村ごとの結果：「選択肢a」と「選択肢b」が同数で最も多く、12市町村のうちそれぞれ6（50.0％）です。"
    );
    let nobody = Filter { kind: Some(Kind::Village), ..Filter::default() };
    for name in Name::ALL {
        let scope = asked(&tied, "q", Visibility::Council, &nobody);
        if !scope.names().contains(&name) {
            continue;
        }
        let exhibit = scope.exhibit(name).unwrap();
        let said = format!("{} {} {:?}", exhibit.sentence(), exhibit.subtitle, exhibit.table);
        assert!(!said.contains("NaN") && !said.contains("0.0％"), "{said}");
    }
}

#[test]
fn an_address_carries_the_filter() {
    let cube = cube(&[year(2025, question("a/b", &["a", "b"]), repeated(&["a", "b"], 6))]);
    let filter = Filter { region: Some(Region::Tosei), kind: Some(Kind::City), ..Filter::default() };
    let exhibit = shown(&cube, "a/b", Visibility::Council, &filter, Name::By(Attribute::Band)).unwrap();
    let address = exhibit.address.unwrap();
    assert_eq!(address.with(".svg"), "/pictures/results/2025/a%2Fb/band.svg?region=tosei&kind=city");
}

#[test]
fn a_name_is_read_as_it_was_written() {
    for name in Name::ALL {
        assert_eq!(Name::of_code(name.code()), Some(name));
    }
    assert_eq!(Name::of_code("codes"), None);
}

#[test]
fn an_address_holds_any_concept() {
    assert_eq!(encoded("stage.industry-1_2"), "stage.industry-1_2");
    assert_eq!(encoded("a/b ?案"), "a%2Fb%20%3F%E6%A1%88");
}
