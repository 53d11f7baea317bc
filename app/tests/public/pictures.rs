//! Every picture at the size of one prefecture and of the whole country, and where there is little or nothing to show.

use std::sync::Arc;

use app::chart::axis::{Axis, Mark};
use app::chart::bars::Bar;
use app::chart::boundary_map::BoundaryMap;
use app::chart::boxes::{BoxRow, Boxes};
use app::chart::diverging::DivergingBars;
use app::chart::heat::{HeatCell, HeatMap, HeatRow};
use app::chart::map::{MapPlace, MapValues};
use app::chart::radar::{Radar, Spoke};
use app::chart::slope::{Slope, SlopeLine};
use app::chart::stacked::{Look, Part, StackedBars, StackedRow};
use app::chart::strip::Strip;
use app::chart::{Chart, Frame, Layout};
use app::figures::Trend;
use app::pages::home::map_values;
use shared::boundary::{Boundaries, BoundaryArea};
use shared::indicator::{Field, Outcome};
use shared::municipality::{MunicipalityCode, Tile};
use shared::share::Share;
use shared::tabulation::Count;

use super::drawn::Drawn;
use super::sample::{places, published};

/// Municipalities of a prefecture and of the country.
const SIZES: [u32; 2] = [40, 1741];
const AREAS: [&str; 5] = ["窓口のオンライン化（書かない窓口）", "防災", "子育て・教育", "データ利活用", "人材"];

/// A number between 0 and `below` that looks like chance and never changes.
fn scattered(seed: u32, below: u32) -> u32 {
    seed.wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(40_503) % below
}

fn mark(permille: u32) -> Mark {
    Mark::of_share(Share::new(permille, 1000)).unwrap()
}

fn name(place: u32) -> String {
    let names = ["青森市", "弘前市", "五所川原市", "おいらせ町", "外ヶ浜町", "六ヶ所村"];
    format!("{}{}", names[place as usize % names.len()], if place < 6 { String::new() } else { place.to_string() })
}

fn parts() -> Vec<Part> {
    let stages = ["未着手", "検討中", "実施予定", "一部実施・実証中", "実施している"];
    let stages = (0..).zip(stages).map(|(place, label)| (label, Look::Stage { place, of: 5 }));
    let missing = (0..).zip(["無回答", "未提出"]).map(|(place, label)| (label, Look::Missing(place)));
    stages.chain(missing).map(|(label, look)| Part { label: label.to_owned(), look }).collect()
}

fn stacked_row(label: &str, register: u32, shares: [u32; 7]) -> StackedRow {
    let counts = shares.map(|share| register * share / 100);
    let rest = register - counts.iter().sum::<u32>();
    let counts = (0..).zip(counts).map(|(place, count)| Count::Shown(if place == 0 { count + rest } else { count }));
    StackedRow { label: label.to_owned(), register, counts: counts.collect(), emphasis: label == "令和8年度" }
}

fn stacked(register: u32) -> StackedBars {
    let rows = vec![
        stacked_row("令和8年度", register, [20, 10, 15, 15, 30, 5, 5]),
        stacked_row("令和7年度", register, [30, 15, 15, 10, 20, 5, 5]),
        stacked_row("人口5万人以上10万人未満の市町村", register / 8, [0, 0, 20, 40, 40, 0, 0]),
    ];
    StackedBars { parts: parts(), rows, multiple: false }
}

fn several(register: u32) -> StackedBars {
    let labels = ["電子申請", "キャッシュレス決済", "書かない窓口・ワンストップ窓口・リモート窓口のどれか"];
    let parts = (0..).zip(labels).map(|(place, label)| Part { label: label.to_owned(), look: Look::Distinct(place) });
    let counts = vec![Count::Shown(register * 3 / 4), Count::Suppressed, Count::Shown(register / 2)];
    let row = StackedRow { label: "全市町村".to_owned(), register, counts, emphasis: true };
    StackedBars { parts: parts.collect(), rows: vec![row], multiple: true }
}

fn diverging(register: u32) -> DivergingBars {
    DivergingBars { bars: stacked(register), negative: 2, neutral: Some(2) }
}

fn strips(size: u32) -> Chart {
    let strip = |label: &str, seed: u32| Strip {
        label: label.to_owned(),
        remark: "取組 67".to_owned(),
        own: Some(mark(400 + seed * 100)),
        now: Some(mark(520)),
        peers: (0..size).map(|peer| mark(scattered(peer + seed, 1001))).collect(),
        median: Some(mark(430)),
        axis: Axis::Share,
    };
    let stage = |at: i32| Mark::new(at, format!("{}.{:02}", at / 100, at % 100));
    let staged = Strip {
        label: "成熟度".to_owned(),
        remark: String::new(),
        own: Some(stage(400)),
        now: None,
        peers: (0..12).map(|peer| stage(peer * 30)).collect(),
        median: Some(stage(190)),
        axis: Axis::Stage,
    };
    Chart::Strips {
        own: "五所川原市".to_owned(), strips: vec![strip("すべての取組", 0), strip("行政経営", 1), staged]
    }
}

fn slope(size: u32) -> Slope {
    let line = |place: u32| SlopeLine {
        label: name(place),
        from: (place != 3).then(|| mark(scattered(place, 1001))),
        to: (place != 4).then(|| mark(scattered(place + 7, 1001))),
        emphasis: place == 2,
        field: None,
    };
    Slope {
        from: "令和7年度".to_owned(),
        to: "令和8年度".to_owned(),
        axis: Axis::Share,
        lines: (0..size).map(line).collect(),
    }
}

fn boxes(size: u32) -> Boxes {
    let row = |label: &str, n: u32, own: bool| {
        let mut values: Vec<u32> = (0..n).map(|peer| 200 + scattered(peer + n, 500)).collect();
        values.extend((n > 9).then_some(980));
        values.sort_unstable();
        let at =
            |quarter: usize| values.get(values.len() * quarter / 4).map_or(0, |value| i32::try_from(*value).unwrap());
        BoxRow {
            label: label.to_owned(),
            quartiles: (n > 0).then(|| [at(1), at(2), at(3)]),
            values: values.into_iter().map(mark).collect(),
            own: own.then(|| Mark::new(640, "むつ市 64.0％")),
        }
    };
    let rows = vec![
        row("人口10万人以上", 3, false),
        row("5万人以上10万人未満の市町村", size / 3, true),
        row("1万人未満", size / 2, false),
        row("不明", 0, false),
    ];
    Boxes { axis: Axis::Share, rows }
}

fn heat(size: u32) -> HeatMap {
    let cell = |row: u32, column: u32| match scattered(row * 5 + column, 12) {
        0 => HeatCell::Missing("未提出".to_owned()),
        step => HeatCell::Value { permille: u16::try_from(step * 90).unwrap(), words: format!("{}.0％", step * 9) },
    };
    let row = |place: u32| HeatRow {
        label: name(place),
        own: place == size - 2,
        cells: (0..5).map(|column| cell(place, column)).collect(),
    };
    HeatMap { columns: AREAS.map(str::to_owned).to_vec(), rows: (0..size).map(row).collect() }
}

fn radar() -> Radar {
    let spoke = |(place, label): (u32, &str)| Spoke {
        label: label.to_owned(),
        own: (place != 1).then(|| mark(scattered(place, 1001))),
        compared: Some(mark(500)),
    };
    Radar {
        axis: Axis::Share,
        spokes: (0..).zip(AREAS).map(spoke).collect(),
        own: "五所川原市".to_owned(),
        compared: "人口の近い7団体の中央値".to_owned(),
    }
}

/// As many axes as a questionnaire has areas.
fn radar_of_many() -> Radar {
    let few = radar();
    let spokes = few.spokes.iter().cycle().take(18).cloned().collect();
    Radar { spokes, ..few }
}

fn tiles(size: u32) -> MapValues {
    if size == 40 {
        return map_values(&places());
    }
    let register = places();
    let place = |place: u32| MapPlace {
        code: register[place as usize % register.len()].municipality.code,
        name: name(place),
        tile: Some(Tile { column: u8::try_from(place % 8).unwrap(), row: u8::try_from(place / 8).unwrap() }),
        look: if place.is_multiple_of(9) { Look::Missing(0) } else { Look::Distinct(u8::try_from(place % 6).unwrap()) },
        partly: place.is_multiple_of(7),
        words: "実施している".to_owned(),
    };
    MapValues { places: (0..size).map(place).collect(), legend: Vec::new() }
}

/// Where nobody has said where they lie: in rows.
fn tiles_in_rows(size: u32) -> MapValues {
    let values = tiles(size);
    let places = values.places.into_iter().map(|place| MapPlace { tile: None, ..place });
    MapValues { places: places.collect(), ..values }
}

/// A code that no other place has.
fn code(place: u32) -> MunicipalityCode {
    let digits = format!("{:02}{:03}", place / 40 + 1, place % 40 + 201);
    (0..10).find_map(|check| format!("{digits}{check}").parse().ok()).unwrap()
}

/// Of a prefecture, coasts, an island and a lake that were made up for this test, in the codes of the sample's places. Of the
/// country, squares side by side, every fifth with a hole; the first place has no boundary.
fn outlines(size: u32) -> BoundaryMap {
    if size == 40 {
        let boundaries: Boundaries = serde_json::from_str(include_str!("boundaries.json")).unwrap();
        assert_eq!(boundaries.areas.len(), places().len());
        return BoundaryMap { values: map_values(&places()), boundaries: Arc::new(boundaries) };
    }
    let values = tiles(size);
    let places = (0..).zip(values.places).map(|(place, of)| MapPlace { code: code(place), ..of });
    let values = MapValues { places: places.collect(), ..values };
    let square = |x: i32, y: i32, side: i32| vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)];
    let area = |place: u32| {
        let at = |cell: u32, from: i32| from + i32::try_from(cell).unwrap() * 10_000;
        let (x, y) = (at(place % 40, 14_000_000), at(place / 40, 4_000_000));
        let hole = place.is_multiple_of(5).then(|| square(x + 4_000, y + 4_000, 2_000));
        BoundaryArea { code: code(place), rings: [square(x, y, 10_000)].into_iter().chain(hole).collect() }
    };
    let boundaries = Boundaries { source: "架空の境界".to_owned(), areas: (1..size).map(area).collect() };
    BoundaryMap { values, boundaries: Arc::new(boundaries) }
}

/// Of so many municipalities that permille engaged, and two undetermined.
fn outcome(size: u32, permille: u32) -> Outcome {
    let engaged = (size - 2) * permille / 1000;
    Outcome { engaged, not_engaged: size - 2 - engaged, register: size, respondents: size - 2 }
}

fn bars(size: u32) -> Vec<Bar> {
    let bar = |(field, permille): (Field, u32)| Bar {
        label: field.label().to_owned(),
        field: Some(field),
        outcome: Some(outcome(size, permille)),
        remark: "令和6年度より ＋5.0ポイント".to_owned(),
    };
    Field::ALL.into_iter().zip([0, 500, 1000]).map(bar).collect()
}

/// Of 40 municipalities with the reference year, which is known of one prefecture only.
fn trend(size: u32) -> Trend {
    let mut trend = published().trend;
    if size != 40 {
        trend.reference = None;
        for year in &mut trend.years {
            year.headline = outcome(size, 600);
            year.fields = Field::ALL.into_iter().zip([350, 400, 450]).map(|(f, p)| (f, outcome(size, p))).collect();
        }
    }
    trend
}

fn every_chart(size: u32) -> Vec<(&'static str, Chart)> {
    vec![
        ("bars", Chart::Bars(bars(size))),
        ("trend", Chart::Trend(trend(size))),
        ("stacked", Chart::Stacked(stacked(size))),
        ("several", Chart::Stacked(several(size))),
        ("diverging", Chart::Diverging(diverging(size))),
        ("strips", strips(size)),
        ("slope", Chart::Slope(slope(size))),
        ("boxes", Chart::Boxes(boxes(size))),
        ("heat", Chart::Heat(heat(size))),
        ("radar", Chart::Radar(radar())),
        ("radar_of_many", Chart::Radar(radar_of_many())),
        ("tiles", Chart::TileMap(tiles(size))),
        ("tiles_in_rows", Chart::TileMap(tiles_in_rows(size))),
        ("boundaries", Chart::BoundaryMap(outlines(size))),
    ]
}

fn draw(chart: &Chart, layout: Layout) -> Drawn {
    let frame = Frame { id: "sample", layout, demonstration: true, around: None };
    Drawn::read(&chart.draw(frame, "見出し"), layout)
}

#[test]
fn every_picture_of_a_prefecture() {
    for (name, chart) in every_chart(SIZES[0]) {
        for (layout, width) in [(Layout::Wide, "wide"), (Layout::Narrow, "narrow")] {
            let drawn = draw(&chart, layout);
            drawn.keeps_the_rules(name);
            insta::assert_snapshot!(format!("{name}_{width}"), drawn.lines());
        }
    }
}

#[test]
fn every_picture_of_the_country() {
    for (name, chart) in every_chart(SIZES[1]) {
        for layout in [Layout::Wide, Layout::Narrow] {
            let drawn = draw(&chart, layout);
            drawn.keeps_the_rules(name);
            insta::assert_snapshot!(format!("{name}_country_{layout:?}"), drawn.structure());
        }
    }
}

/// Every chart where there is nothing, one thing, or only equal things.
#[expect(clippy::too_many_lines, reason = "one list of cases")]
fn poor_charts() -> Vec<(&'static str, Chart)> {
    let all_missing = stacked_row("令和8年度", 40, [0, 0, 0, 0, 0, 0, 100]);
    let all_missing =
        StackedRow { counts: vec![Count::Shown(0); 6].into_iter().chain([Count::Shown(40)]).collect(), ..all_missing };
    let nobody =
        StackedRow { label: "下北".to_owned(), register: 0, counts: vec![Count::Shown(0); 7], emphasis: false };
    let one = StackedRow {
        register: 1,
        counts: vec![
            Count::Shown(0),
            Count::Shown(1),
            Count::Shown(0),
            Count::Shown(0),
            Count::Shown(0),
            Count::Shown(0),
            Count::Shown(0),
        ],
        ..nobody.clone()
    };
    let hidden = StackedRow {
        register: 6,
        counts: vec![
            Count::Suppressed,
            Count::Suppressed,
            Count::Shown(0),
            Count::NotOffered,
            Count::Shown(3),
            Count::Shown(0),
            Count::Shown(0),
        ],
        ..nobody.clone()
    };
    let bars = StackedBars { parts: parts(), rows: vec![all_missing, nobody, one, hidden], multiple: false };
    let none = StackedBars { parts: parts(), rows: Vec::new(), multiple: false };
    let several_of_nobody = StackedBars {
        rows: vec![StackedRow {
            label: "全市町村".to_owned(),
            register: 0,
            counts: vec![Count::Shown(0), Count::Suppressed, Count::NotOffered],
            emphasis: false,
        }],
        ..several(40)
    };
    let empty_strip = |peers: Vec<Mark>| Strip {
        label: "防災".to_owned(),
        remark: String::new(),
        own: None,
        now: None,
        median: peers.first().cloned(),
        peers,
        axis: Axis::Number { from: 5, to: 5, low: "5".to_owned(), high: "5人".to_owned() },
    };
    let same = |label: &str| SlopeLine {
        label: label.to_owned(),
        from: Some(mark(500)),
        to: Some(mark(500)),
        emphasis: false,
        field: None,
    };
    let year = |lines: Vec<SlopeLine>| Slope { lines, ..slope(0) };
    let ties = BoxRow {
        label: "同じ値".to_owned(),
        values: vec![mark(500); 30],
        own: Some(mark(500)),
        quartiles: Some([500; 3]),
    };
    let missing_row = HeatRow {
        label: "青森市".to_owned(),
        own: true,
        cells: AREAS.map(|_| HeatCell::Missing("無回答".to_owned())).to_vec(),
    };
    vec![
        ("stacked", Chart::Stacked(bars.clone())),
        ("stacked none", Chart::Stacked(none.clone())),
        ("several of nobody", Chart::Stacked(several_of_nobody)),
        ("diverging", Chart::Diverging(DivergingBars { bars, negative: 2, neutral: None })),
        ("diverging none", Chart::Diverging(DivergingBars { bars: none, negative: 2, neutral: Some(2) })),
        ("strips none", Chart::Strips { own: "青森市".to_owned(), strips: Vec::new() }),
        (
            "strips",
            Chart::Strips {
                own: "青森市".to_owned(),
                strips: vec![empty_strip(Vec::new()), empty_strip(vec![Mark::new(5, "5人"); 20])],
            },
        ),
        ("slope none", Chart::Slope(year(Vec::new()))),
        ("slope one", Chart::Slope(year(vec![SlopeLine { to: None, ..same("青森市") }]))),
        ("slope ties", Chart::Slope(year(vec![same("青森市"), same("弘前市"), same("八戸市")]))),
        ("boxes none", Chart::Boxes(Boxes { axis: Axis::Share, rows: Vec::new() })),
        ("boxes ties", Chart::Boxes(Boxes { axis: Axis::Share, rows: vec![ties] })),
        ("heat none", Chart::Heat(HeatMap { columns: Vec::new(), rows: Vec::new() })),
        ("heat missing", Chart::Heat(HeatMap { columns: AREAS.map(str::to_owned).to_vec(), rows: vec![missing_row] })),
        ("radar none", Chart::Radar(Radar { spokes: Vec::new(), ..radar() })),
        (
            "radar missing",
            Chart::Radar(Radar {
                spokes: vec![Spoke { label: "防災".to_owned(), own: None, compared: None }],
                ..radar()
            }),
        ),
        ("tiles none", Chart::TileMap(MapValues { places: Vec::new(), legend: Vec::new() })),
        (
            "boundaries none",
            Chart::BoundaryMap(BoundaryMap {
                values: MapValues { places: Vec::new(), legend: Vec::new() },
                boundaries: Arc::new(Boundaries { source: "架空の境界".to_owned(), areas: Vec::new() }),
            }),
        ),
    ]
}

#[test]
fn where_there_is_nothing_a_sentence_says_so() {
    for (name, chart) in poor_charts() {
        for layout in [Layout::Wide, Layout::Narrow] {
            let drawn = draw(&chart, layout);
            drawn.keeps_the_rules(name);
            let nothing = [" 0.0％", "：0.0％"];
            assert!(!nothing.iter().any(|share| drawn.words().contains(share)), "{name}: {}", drawn.words());
            insta::assert_snapshot!(format!("poor_{}_{layout:?}", name.replace(' ', "_")), drawn.words());
        }
    }
}

#[test]
fn a_suppressed_count_has_no_length_of_its_own() {
    let row = |hidden: [u32; 2]| StackedRow {
        label: "下北".to_owned(),
        register: 12,
        counts: vec![Count::Suppressed, Count::Suppressed, Count::Shown(12 - hidden[0] - hidden[1])],
        emphasis: false,
    };
    let drawn = |hidden| {
        let bars = StackedBars { parts: parts(), rows: vec![row(hidden)], multiple: false };
        Chart::Stacked(bars).draw(Frame { id: "s", layout: Layout::Wide, demonstration: false, around: None }, "t")
    };
    assert_eq!(drawn([1, 3]), drawn([2, 2]), "only the sum shows");
}
