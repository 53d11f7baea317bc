//! The same as the strips on axes around a centre, because officials ask for it: it repeats what stands above it.

use std::cmp::Ordering;

use app::chart::Chart;
use app::chart::axis::Axis;
use app::chart::radar::{Radar, Spoke};
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use shared::comparison::{Measure, Row, Topic};

use super::{Maker, gap_of, mark};

/// Fewer axes enclose nothing.
const FEWEST_AXES: usize = 3;

impl Maker<'_> {
    /// The own shares and the peers' medians around a centre, in the questionnaire's order. `None` for single questions
    /// (too many axes), and where too few medians may be shown.
    pub(super) fn radar(&self) -> Option<Exhibit> {
        let mut rows: Vec<&(Topic, Row)> =
            self.comparison.rows.iter().filter(|(_, row)| row.median.is_some()).collect();
        let compared = rows.iter().filter(|(_, row)| row.own.is_some()).count();
        if self.measure() != Measure::Done || compared < FEWEST_AXES {
            return None;
        }
        let fields = &self.comparison.maturity.weights.0;
        let in_order: Vec<&str> = fields
            .iter()
            .flat_map(|field| std::iter::once(&field.code).chain(field.areas.iter().map(|area| &area.code)))
            .map(String::as_str)
            .collect();
        rows.sort_by_key(|(topic, _)| in_order.iter().position(|code| *code == topic.code));
        let spoke = |(topic, row): &&(Topic, Row)| Spoke {
            label: topic.label.clone(),
            own: row.own.and_then(|own| mark(row.measure, own)),
            compared: row.median.and_then(|median| mark(row.measure, median)),
        };
        let radar = Radar {
            axis: Axis::Share,
            spokes: rows.iter().map(spoke).collect(),
            own: self.own().to_owned(),
            compared: format!("{}の中央値", self.group()),
        };
        let topics = self.topics();
        let subtitle = format!("{topics}ごとの実施率。{}と{}の中央値、{}。", self.own(), self.group(), self.year.year);
        let cells = |(topic, row): &&(Topic, Row)| {
            let share = |share: Option<_>| share.map_or(Value::Nothing, Value::Share);
            vec![Value::Text(topic.label.clone()), share(row.own), share(row.median), gap_of(row)]
        };
        let table = DataTable {
            caption: format!("{topics}ごとの実施率と中央値（{}、調査票の順）", self.year.year),
            columns: vec![
                Column::words(topics, "topic_label"),
                Column::share(self.own(), "own"),
                Column::share("中央値", "median"),
                Column::points("中央値との差", "gap"),
            ],
            rows: rows.iter().map(cells).collect(),
        };
        let notes = vec!["レーダーチャートの面積は値に比例せず、形は軸の順番で変わります。".to_owned()];
        let finding = furthest(&rows);
        Some(Exhibit { chart: Some(Chart::Radar(radar)), notes, ..self.exhibit("radar", finding, subtitle, table) })
    }
}

/// Where the own value lies furthest from the median.
fn furthest(rows: &[&(Topic, Row)]) -> Vec<String> {
    let size = |row: &Row| row.gap().map(f64::abs);
    let compare = |a: &&&(Topic, Row), b: &&&(Topic, Row)| match (size(&a.1), size(&b.1)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    };
    let furthest = rows.iter().max_by(compare).filter(|(_, row)| row.gap_sign() != Some(Ordering::Equal));
    match furthest.and_then(|(topic, row)| Some((&topic.label, row.gap_words()?))) {
        Some((label, gap)) => vec!["中央値との差が最も大きいのは、".to_owned(), format!("{label}（{gap}）")],
        None => vec!["どの軸でも".to_owned(), "中央値との差はありません".to_owned()],
    }
}
