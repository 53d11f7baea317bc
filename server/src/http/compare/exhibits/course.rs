//! The own areas in two years.

use std::cmp::Ordering;

use app::chart::Chart;
use app::chart::axis::Axis;
use app::chart::slope::{Slope, SlopeLine};
use app::exhibit::Exhibit;
use app::exhibit::table::{Column, DataTable, Value};
use app::exhibit::years;
use shared::comparison::Measure;
use shared::share::{Points, Share};

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
            Column::points("差の下限", "change_lower"),
            Column::points("差の上限", "change_upper"),
        ];
        let share = |share: Option<Share>| share.map_or(Value::Nothing, Value::Share);
        let rows = course.iter().map(|line| {
            let [then, now] = line.own;
            let confirmed = now.zip(then).and_then(|(now, then)| now.points_since(then));
            let points = |points: Option<Points>| points.map_or(Value::Nothing, Value::Points);
            let change = line.change();
            vec![
                Value::Text(line.topic.label.clone()),
                whole(line.practices),
                share(then),
                share(now),
                points(confirmed),
                points(change.and_then(|change| change.lower.points())),
                points(change.and_then(|change| change.upper.points())),
            ]
        });
        let mut table = DataTable {
            caption: format!("{}の項目ごとの実施率（{from}と{to}）", self.own()),
            columns,
            rows: rows.collect(),
        };
        years::of_change(&mut table, since, self.year.year);
        let of_sign = |sign: Ordering| course.iter().filter(|line| line.sign() == Some(sign)).count();
        let (up, down) = (of_sign(Ordering::Greater), of_sign(Ordering::Less));
        let open = course.iter().filter(|line| line.change().is_some() && line.sign().is_none()).count();
        let mut finding = vec![format!("{from}から実施率が上がった項目は{up}、")];
        let mut notes = Vec::new();
        if open == 0 {
            finding.push(format!("下がった項目は{down}"));
        } else {
            finding.extend([format!("下がった項目は{down}、"), format!("未確定は{open}")]);
            notes.push("「未確定」は、無回答か不明の答えによって、上がったか下がったかが変わる項目です。差の下限は、その答えが前の年度はすべて実施、今回はすべて未実施だった場合、上限はその逆の場合の差です。".to_owned());
        }
        let subtitle = format!("{}の項目ごとの実施率。両年度で同じ聞き方の取組だけを数えています。", self.own());
        Some(Exhibit { chart: Some(Chart::Slope(slope)), notes, ..self.exhibit("course", finding, subtitle, table) })
    }
}
