//! 比較: every municipality among its usual peers, topic by topic, for those who may see named values.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use shared::comparison::peers::choose;
use shared::comparison::{Group, Measure, Outline, Row, Seen, Sight};
use shared::publication::{PublishedMunicipality, Snapshot};
use shared::share::Share;
use shared::statistics::quantile::QuantileType;
use shared::visibility::Visibility;

use super::{About, Audience, Dataset, Made, Material, Round, Span, note, status_columns, tenths, year_columns};
use crate::export::provenance::status;
use crate::export::table::{Column, Held, Kind, Sink, Table};
use crate::service::Result;
use crate::service::results::Results;

/// The dataset.
pub struct Comparisons;

/// What is compared with whom.
const PEERS: &str = "比べる相手は、人口が近い7市町村です（比較の画面で最初に選ばれている相手と同じです）。実施率は、該当なしと対象外を除いた取組のうち「一部実施・実証中」以上と答えたものの割合です。無回答と不明は実施していない側に数えます。県までしか公開しない設問は含みません。";
/// What a rank says.
const RANKS: &str = "順位は、実施率の高い順に、自団体と値のある相手の中で数えます。合わせて5市町村に満たないときは空欄です。成熟度の点数と順位の幅は、比較の画面とAPI（/api/v1/comparison）にあります。";

const STATES: [(&str, &str); 4] = [
    ("value", "比較あり"),
    ("not_visible", "公開範囲により示さない"),
    ("no_own_value", "自団体の値がない"),
    ("no_peers", "比べる相手又はその値がない"),
];

#[async_trait]
impl Dataset for Comparisons {
    fn about(&self) -> About {
        About {
            id: "comparisons",
            title: "市町村の比較",
            description: "市町村ごと、項目ごとに、取組の実施率を、人口が近い市町村の中央値と比べたものです。1行に1つの項目があります。",
            span: Span::YearOrAll,
            audience: Audience::Members,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let heads: Vec<&Snapshot> = material.rounds.iter().map(|round| &round.head.snapshot).collect();
        let topics = heads.iter().map(|snapshot| topics(snapshot, &heads)).collect::<Vec<_>>();
        let rounds = material.rounds.iter().cloned().zip(topics).collect();
        let kept = material.kept().await?;
        Ok(Made::new(Sets { columns: columns(), rounds, kept, reader: material.scope.reader }, &[PEERS, RANKS]))
    }
}

fn columns() -> Vec<Column> {
    let count =
        |name, label, description, unit| Column::new(name, label, Kind::Integer, description).in_unit(Some(unit));
    let percent = |name, label, description| Column::new(name, label, Kind::Decimal, description).in_unit(Some("％"));
    let mut columns = Vec::from(year_columns());
    columns.extend([
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("topic", "項目", Kind::Code, "項目のコード。allはすべての取組"),
        Column::new("topic_label", "項目の名称", Kind::Text, "項目の名称"),
        count("questions", "設問数", "比べた設問の数", "問"),
        Column::new("state", "状態", Kind::Code, "比較の状態。値がないものの列は空欄").coded(STATES),
        percent("own", "自団体の実施率", "その市町村の実施率"),
        percent("median", "相手の中央値", "値のある相手の実施率の中央値"),
        Column::new("gap", "中央値との差", Kind::Decimal, "四捨五入する前の値から求めた差").in_unit(Some("ポイント")),
        count("peers", "相手の数", "比べる相手の数", "市町村"),
        count("peers_with_value", "値のある相手の数", "実施率を求められる相手の数", "市町村"),
        count("rank", "順位", "実施率の高い順の順位。同じ値は同じ順位", "位"),
        count("rank_of", "順位の母数", "自団体を含む、順位を付けた市町村の数", "市町村"),
    ]);
    columns.extend(status_columns());
    columns
}

/// What is compared in: its code, its name, and the places of its questions.
type Topic = (String, String, Vec<usize>);

/// All practices together, then area by area.
fn topics(snapshot: &Snapshot, all: &[&Snapshot]) -> Vec<Topic> {
    let outline = Outline::of(snapshot, all);
    let practices = outline.practices();
    if practices.is_empty() {
        return Vec::new();
    }
    let whole = ("all".to_owned(), "すべての取組".to_owned(), practices);
    let areas = outline.areas().map(|(_, area)| (area.code.clone(), area.title.clone(), area.practices.clone()));
    std::iter::once(whole).chain(areas).collect()
}

struct Sets {
    columns: Vec<Column>,
    rounds: Vec<(Round, Vec<Topic>)>,
    kept: Option<Arc<Results>>,
    reader: Visibility,
}

impl Table for Sets {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn rows(&self, sink: &mut Sink<'_>) -> io::Result<()> {
        for (round, topics) in &self.rounds {
            let snapshot = round.snapshot(self.kept.as_deref())?;
            for own in &snapshot.municipalities {
                for row in self.of_municipality(round, &snapshot, own, topics) {
                    sink(&row.iter().map(Held::value).collect::<Vec<_>>())?;
                }
            }
        }
        Ok(())
    }

    fn row_count(&self) -> io::Result<u64> {
        let rows = self.rounds.iter().map(|(round, topics)| round.head.snapshot.municipalities.len() * topics.len());
        Ok(rows.sum::<usize>() as u64)
    }
}

impl Sets {
    fn of_municipality(
        &self,
        round: &Round,
        snapshot: &Snapshot,
        own: &PublishedMunicipality,
        topics: &[Topic],
    ) -> Vec<Vec<Held>> {
        // Without peers the own values stand alone.
        let peers = choose(&Group::default(), &own.municipality, &snapshot.municipalities);
        let peers = peers.map(|peers| peers.municipalities).unwrap_or_default();
        let sight = Sight { reader: self.reader, usual_group: true, beside: &[] };
        let row = |(code, label, places): &Topic| {
            let mut row = Row::of(snapshot, own, &peers, (Measure::Done, places), sight, QuantileType::Type7);
            // Whoever reads the file is not the municipality itself.
            row.own = row.own.filter(|_| matches!(row.peers, Seen::Named(_)));
            vec![
                Held::from(u32::from(snapshot.year.year())),
                Held::from(snapshot.year.wareki()),
                Held::from(own.municipality.code.as_str()),
                Held::from(own.municipality.name.as_str()),
                Held::from(code.as_str()),
                Held::from(label.as_str()),
                count(row.questions),
                Held::from(state(&row)),
                percent(row.own),
                percent(row.median),
                gap(&row),
                count(peers.len()),
                count(row.answered),
                Held::from(row.rank.map(|rank| count(rank.place))),
                Held::from(row.rank.map(|rank| count(rank.of))),
                Held::from(status(round.head.revision)),
                Held::from(note(snapshot.demonstration)),
            ]
        };
        topics.iter().map(row).collect()
    }
}

fn state(row: &Row) -> &'static str {
    match (&row.peers, row.own, row.median) {
        (Seen::Unnamed(_) | Seen::Median | Seen::Suppressed | Seen::NotVisible, _, _) => "not_visible",
        (Seen::Named(_), None, _) => "no_own_value",
        (Seen::Named(_), Some(_), None) => "no_peers",
        (Seen::Named(_), Some(_), Some(_)) => "value",
    }
}

fn count(count: usize) -> Held {
    i64::try_from(count).map_or(Held::Empty, Held::Integer)
}

fn percent(share: Option<Share>) -> Held {
    share.and_then(|share| share.percent(1)).map_or(Held::Empty, Held::Decimal)
}

fn gap(row: &Row) -> Held {
    let points = row.own.zip(row.median).and_then(|(own, median)| own.points_since(median));
    points.map_or(Held::Empty, |points| Held::Decimal(tenths(i64::from(points.0))))
}

#[cfg(test)]
mod tests {
    use shared::comparison::peers::NEAREST;

    use super::*;

    #[test]
    fn the_note_names_as_many_peers_as_are_compared_with() {
        assert!(PEERS.contains(&format!("人口が近い{NEAREST}市町村")));
    }
}
