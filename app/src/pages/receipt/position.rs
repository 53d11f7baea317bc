//! The own place among municipalities of like size: three sentences, the strips, the table.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::share::Share;

use super::sentences::{heading, legend, sentences};
use crate::chart::Frame;
use crate::chart::axis::{Axis, Mark};
use crate::chart::strip::{Strip, strips};
use crate::components::picture::Picture;
use crate::components::table_frame::TableFrame;

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
    /// The others' shares, ascending.
    pub peers: Vec<Share>,
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
#[component]
pub fn PositionSection(
    /// Id of the heading; begins the picture's ids.
    id: &'static str,
    /// The place, or the reason in a sentence.
    position: Result<Position, String>,
    /// The own name.
    municipality: String,
    /// Generated data: written into the picture.
    demonstration: bool,
) -> impl IntoView {
    let provisional = position.as_ref().is_ok_and(|position| position.provisional);
    let mark = provisional.then(|| view! { <span class="mark-reference">"速報"</span> " " });
    let heading = position.as_ref().map_or_else(|_| "人口の近い団体との比較".to_owned(), heading);
    let body = match position {
        Err(reason) => Either::Left(view! { <p>{reason}</p> }),
        Ok(position) => Either::Right(view! { <Compared id position municipality demonstration /> }),
    };
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{mark} {heading}</h2>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Compared(id: &'static str, position: Position, municipality: String, demonstration: bool) -> impl IntoView {
    let lines = sentences(&position);
    let legend = legend(&position, &municipality);
    let drawn: Vec<Strip> = position.rows.iter().map(strip).collect();
    let title =
        format!("{municipality}と人口の近い{}団体、{}、実施している取組の割合", position.peers.len(), position.year);
    let own = municipality.clone();
    let draw = move |frame: Frame<'_>| strips(frame, &title, &own, &drawn);
    let picture = match id {
        "provisional" => "provisional-strips",
        _ => "position-strips",
    };
    let note = position.provisional.then_some(
        "受付を終えた時点の回答の集計で、県が確認している途中の回答を含みます。確定すると変わることがあります。",
    );
    view! {
        <ul class="standing-lines">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        {note.map(|note| view! { <p>{note}</p> })}
        <p class="picture-subtitle">{legend}</p>
        <Picture id=picture demonstration draw />
        <PositionTable position municipality />
        <p class="source">
            "取組の割合は、該当なしと対象外を除いた取組のうち、「一部実施・実証中」か「実施している」と答えたものの割合です。無回答と不明は、実施していない側に数えます。順位とこの比較は公表しません。"
        </p>
    }
    .into_any()
}

#[component]
fn PositionTable(position: Position, municipality: String) -> impl IntoView {
    let Position { year, peers, rows, .. } = position;
    let caption = format!("{municipality}と人口の近い{}団体（{year}）", peers.len());
    let with_now = rows.iter().any(|row| row.now.is_some());
    let share = |share: Option<Share>| share.map_or_else(|| "－".to_owned(), |share| share.to_string());
    let row = move |row: PositionRow| {
        let difference = row.own.zip(row.median).and_then(|(own, median)| own.points_since(median));
        let range = row.peers.first().zip(row.peers.last()).map(|(least, most)| format!("{least}〜{most}"));
        let rank = row.rank.map(|(place, of, _)| format!("{of}団体中{place}番目"));
        let or_dash = |words: Option<String>| words.unwrap_or_else(|| "－".to_owned());
        view! {
            <tr>
                <th scope="row">{row.label()}</th>
                <td class="number">{row.practices}</td>
                <td class="number">{share(row.own)}</td>
                <td class="number">{share(row.median)}</td>
                <td class="number">{or_dash(difference.map(|points| points.to_string()))}</td>
                <td class="number">{or_dash(range)}</td>
                <td class="number">{row.peers.len()}</td>
                <td class="number">{or_dash(rank)}</td>
                {with_now.then(|| view! { <td class="number">{share(row.now)}</td> })}
            </tr>
        }
    };
    view! {
        <TableFrame label=caption.clone()>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"区分"</th>
                        <th scope="col" class="number">"取組の数"</th>
                        <th scope="col" class="number">{municipality}</th>
                        <th scope="col" class="number">"中央値"</th>
                        <th scope="col" class="number">"中央値との差"</th>
                        <th scope="col" class="number">"最小〜最大"</th>
                        <th scope="col" class="number">"比べた団体"</th>
                        <th scope="col" class="number">"順位"</th>
                        {with_now.then(|| view! { <th scope="col" class="number">"今回の回答"</th> })}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
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
        plain(view! { <PositionSection id="position" position municipality="弘前市".to_owned() demonstration=true /> })
    }

    #[test]
    fn picture_and_table_say_the_same() {
        let html = show(Ok(position(vec![row(None, Some(30), Some(35)), row(Some("行政経営"), Some(40), Some(41))])));
        for words in [
            "令和7年度の実施している取組は44.8％、人口の近い6団体中3番目",
            "◆ 弘前市、○ 比べた団体",
            "9.0％〜71.6％",
            "6団体中3番目",
            "今回の回答",
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
