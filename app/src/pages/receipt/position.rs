//! The own place among municipalities of like size: three sentences, the strips, the table.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::share::Share;

use super::sentences::{heading, legend, sentences};
use crate::chart::Chart;
use crate::chart::axis::{Axis, Mark};
use crate::chart::strip::Strip;
use crate::components::exhibit::ExhibitSection;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::{Address, Exhibit};

/// The own place in one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The round compared with.
    pub year: FiscalYear,
    /// 速報: the prefecture has not finalized it yet.
    pub provisional: bool,
    /// Names of those compared with, nearest in population first.
    pub peers: Vec<String>,
    /// How many of them handed in a response.
    pub responded: usize,
    /// All practices first, then by section.
    pub rows: Vec<PositionRow>,
}

/// One comparison of shares of practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionRow {
    /// The section; `None` for all practices together.
    pub section: Option<String>,
    /// How many practices are compared.
    pub practices: usize,
    /// The own share in that round.
    pub own: Option<Share>,
    /// The own share in the response just handed in, where that is another round.
    pub now: Option<Share>,
    /// The others' shares, ascending; empty where they would tell whose they are.
    pub peers: Vec<Share>,
    /// How many of the others have one.
    pub answered: usize,
    /// Their median.
    pub median: Option<Share>,
    /// The own place from the highest, out of how many, and how many others are equal; `None` among too few.
    pub rank: Option<(usize, usize, usize)>,
}

impl PositionRow {
    /// The section's title, or the words for all practices.
    pub fn label(&self) -> String {
        self.section.clone().unwrap_or_else(|| "すべての取組".to_owned())
    }
}

/// The own place, or why there is none.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn PositionSection(
    /// Id of the heading; begins the picture's ids.
    id: &'static str,
    /// The place, or the reason in a sentence.
    position: Result<Position, String>,
    /// The own name.
    municipality: String,
    /// The round of the receipt: the picture's own address.
    round: FiscalYear,
    /// Generated data: written into the picture.
    demonstration: bool,
) -> impl IntoView {
    match position {
        Err(reason) => Either::Left(view! {
            <section class="section" aria-labelledby=id>
                <h2 id=id>"人口の近い団体との比較"</h2>
                <p>{reason}</p>
            </section>
        }),
        Ok(position) => {
            let (mark, lead) = (position.provisional.then_some("速報"), sentences(&position));
            let exhibit = exhibit(id, &position, &municipality, round, demonstration);
            Either::Right(view! { <ExhibitSection exhibit mark lead /> })
        }
    }
    .into_any()
}

/// The place as an exhibit; `round` is the one of the receipt that shows it.
pub fn exhibit(id: &str, position: &Position, municipality: &str, round: FiscalYear, demonstration: bool) -> Exhibit {
    let provisional = position.provisional.then_some(
        "速報：受付を終えた時点の回答の集計で、県が確認している途中の回答を含みます。確定すると変わることがあります。",
    );
    let definition = "取組の割合は、該当なしと対象外を除いた取組のうち、「一部実施・実証中」か「実施している」と答えたものの割合です。無回答と不明は、実施していない側に数えます。";
    let edition = if position.provisional { "速報" } else { "確定値" };
    let strips = position.rows.iter().map(strip).collect();
    Exhibit {
        id: id.to_owned(),
        finding: vec![heading(position)],
        subtitle: legend(position, municipality),
        chart: Some(Chart::Strips { own: municipality.to_owned(), strips }),
        table: table(position, municipality),
        notes: provisional.into_iter().chain([definition]).map(str::to_owned).collect(),
        source: format!(
            "出典：DXの推進に関する市町村アンケート {}（{edition}）。順位とこの比較は公表しません。",
            position.year
        ),
        computation: Some("/compare/method#method-strips".to_owned()),
        address: Some(Address { path: format!("/pictures/answer/{}/{id}", round.year()), query: String::new() }),
        demonstration,
    }
}

fn table(position: &Position, municipality: &str) -> DataTable {
    let Position { year, peers, rows, .. } = position;
    let with_now = rows.iter().any(|row| row.now.is_some());
    let mut columns = vec![
        Column::words("区分", "topic_label"),
        Column::whole("取組の数", "practices", "設問"),
        Column::share(municipality, "own"),
        Column::share("中央値", "median"),
        Column::points("中央値との差", "gap"),
        Column::share("最小", "least"),
        Column::share("最大", "most"),
        Column::whole("比べた団体", "answered", "団体"),
        Column::whole("順位", "rank", "位"),
        Column::whole("順位を付けた団体", "rank_of", "団体"),
    ];
    columns.extend(with_now.then(|| Column::share("今回の回答", "now")));
    let share = |share: Option<Share>| share.map_or(Value::Nothing, Value::Share);
    let whole = |number: usize| Value::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let cells = |row: &PositionRow| {
        let gap = row.own.zip(row.median).and_then(|(own, median)| own.points_since(median));
        let mut cells = vec![
            Value::Text(row.label()),
            whole(row.practices),
            share(row.own),
            share(row.median),
            gap.map_or(Value::Nothing, Value::Points),
            share(row.peers.first().copied()),
            share(row.peers.last().copied()),
            whole(row.answered),
            row.rank.map_or(Value::Nothing, |(place, ..)| whole(place)),
            row.rank.map_or(Value::Nothing, |(_, of, _)| whole(of)),
        ];
        cells.extend(with_now.then(|| share(row.now)));
        cells
    };
    DataTable {
        caption: format!("{municipality}と人口の近い{}団体（{year}）", peers.len()),
        columns,
        rows: rows.iter().map(cells).collect(),
    }
}

fn strip(row: &PositionRow) -> Strip {
    Strip {
        label: row.label(),
        remark: format!("取組 {}", row.practices),
        own: row.own.and_then(Mark::of_share),
        now: row.now.and_then(Mark::of_share),
        peers: row.peers.iter().copied().filter_map(Mark::of_share).collect(),
        median: row.median.and_then(Mark::of_share),
        axis: Axis::Share,
    }
}

/// Places for tests.
#[cfg(test)]
pub mod samples {
    use super::*;

    fn share(numerator: u32) -> Share {
        Share::new(numerator, 67)
    }

    /// A row among five others.
    pub fn row(section: Option<&str>, own: Option<u32>, now: Option<u32>) -> PositionRow {
        PositionRow {
            section: section.map(str::to_owned),
            practices: 67,
            own: own.map(share),
            now: now.map(share),
            peers: [6, 12, 24, 36, 48].into_iter().map(share).collect(),
            answered: 5,
            median: Some(share(24)),
            rank: own.map(|_| (3, 6, 0)),
        }
    }

    /// A place among seven, of whom five responded.
    ///
    /// # Panics
    /// Never: 2025 is a fiscal year.
    pub fn position(rows: Vec<PositionRow>) -> Position {
        let peers = ["八戸市", "五所川原市", "十和田市", "むつ市", "三沢市", "黒石市", "つがる市"];
        Position {
            year: FiscalYear::new(2025).unwrap(),
            provisional: false,
            peers: peers.map(str::to_owned).to_vec(),
            responded: 5,
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{position, row};
    use super::*;
    use crate::components::question::samples::plain;

    fn show(position: Result<Position, String>) -> String {
        let (municipality, round) = ("弘前市".to_owned(), FiscalYear::new(2026).unwrap());
        plain(view! { <PositionSection id="position" position municipality round demonstration=true /> })
    }

    #[test]
    fn picture_and_table_say_the_same() {
        let html = show(Ok(position(vec![row(None, Some(30), Some(35)), row(Some("行政経営"), Some(40), Some(41))])));
        for words in [
            "令和7年度の実施している取組は44.8％、人口の近い6団体中3番目",
            "◆ 弘前市、○ 比べた団体",
            ">9.0％</td>",
            ">71.6％</td>",
            "6団体中3番目",
            "今回の回答",
            "/pictures/answer/2026/position.csv",
            "/compare/method#method-strips",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("<svg").count(), 2);
        assert_eq!(html.matches("デモデータ（架空の回答）").count(), 2);
        assert!(!html.contains("速報") && !html.contains(" style=") && !html.contains("NaN"));
    }

    #[test]
    fn provisional_figures_say_so_and_a_missing_place_says_why() {
        let provisional = Position { provisional: true, ..position(vec![row(None, Some(30), None)]) };
        let html = show(Ok(provisional));
        assert!(html.contains("速報") && html.contains("県が確認している途中の回答を含みます"));
        assert!(!html.contains("今回の回答"));
        let html = show(Err("人口がわからないため、比べられません。".to_owned()));
        assert!(html.contains("人口がわからないため") && !html.contains("<svg") && !html.contains("<table"));
    }
}
