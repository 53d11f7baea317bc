//! The own areas in two years.

use std::cmp::Ordering;

use app::chart::Chart;
use app::chart::axis::Axis;
use app::chart::slope::{Slope, SlopeLine};
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use shared::comparison::Measure;
use shared::share::Share;

use super::{Maker, mark, whole};

impl Maker<'_> {
    /// The own shares then and now; `None` without an earlier year.
    pub(super) fn course(&self) -> Option<Exhibit> {
        let since = self.compared.since?;
        let course = &self.comparison.course;
        if course.is_empty() {
            return None;
        }
        let mark = |share: Option<Share>| share.and_then(|share| mark(Measure::Done, share));
        let lines = course.iter().map(|line| SlopeLine {
            label: line.topic.label.clone(),
            from: mark(line.own[0]),
            to: mark(line.own[1]),
            emphasis: false,
            field: line.topic.field,
        });
        let (from, to) = (since.wareki(), self.year.year.wareki());
        let slope = Slope { from: from.clone(), to: to.clone(), axis: Axis::Share, lines: lines.collect() };
        let columns = vec![
            Column::words("項目", "area"),
            Column::whole("取組の数", "practices", "設問"),
            Column::share(&from, "then"),
            Column::share(&to, "now"),
            Column::points("差", "change"),
        ];
        let share = |share: Option<Share>| share.map_or(Value::Nothing, Value::Share);
        let rows = course.iter().map(|line| {
            let [then, now] = line.own;
            let change = now.zip(then).and_then(|(now, then)| now.points_since(then));
            vec![
                Value::Text(line.topic.label.clone()),
                whole(line.practices),
                share(then),
                share(now),
                change.map_or(Value::Nothing, Value::Points),
            ]
        });
        let table = DataTable {
            caption: format!("{}の項目ごとの実施率（{from}と{to}）", self.own()),
            columns,
            rows: rows.collect(),
        };
        let rose = |sign: Ordering| {
            let changes = course.iter().filter_map(|line| Some(line.own[1]?.since(line.own[0]?)?.sign()));
            changes.filter(|found| *found == sign).count()
        };
        let (up, down) = (rose(Ordering::Greater), rose(Ordering::Less));
        let finding = vec![format!("{from}から実施率が上がった項目は{up}、"), format!("下がった項目は{down}")];
        let subtitle = format!("{}の項目ごとの実施率。両年度で同じ聞き方の取組だけを数えています。", self.own());
        Some(Exhibit { chart: Some(Chart::Slope(slope)), ..self.exhibit("course", finding, subtitle, table) })
    }
}
