//! The plan's roadmap as exhibits: one table a field, on its page and in the annual report.

use shared::kpi::Period;
use shared::roadmap::{Item, Status};
use shared::visibility::Visibility;

use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};

/// An item as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadmapRow {
    /// The item.
    pub item: Item,
    /// The names of the KPI rows that it is to move.
    pub kpis: Vec<String>,
    /// The last half-year's review: when, how far, what is said of it.
    pub review: Option<(Period, Option<Status>, String)>,
    /// Where the survey's results on it stand, where there are any.
    pub results: Option<String>,
}

/// One exhibit a field, in the plan's order.
pub fn exhibits(rows: &[RoadmapRow], demonstration: bool) -> Vec<Exhibit> {
    let mut fields: Vec<&str> = rows.iter().map(|row| row.item.field.as_str()).collect();
    fields.dedup();
    let exhibit = |(place, field): (usize, &str)| {
        let rows: Vec<&RoadmapRow> = rows.iter().filter(|row| row.item.field == field).collect();
        exhibit(place, field, &rows, demonstration)
    };
    fields.into_iter().enumerate().map(exhibit).collect()
}

fn exhibit(place: usize, field: &str, rows: &[&RoadmapRow], demonstration: bool) -> Exhibit {
    let columns = [
        ("取組方針", "measure"),
        ("項目", "area"),
        ("工程", "steps"),
        ("状況", "status"),
        ("時期", "period"),
        ("評価・見直し", "review"),
        ("関連するKPI", "kpis"),
    ];
    let internal = rows.iter().any(|row| row.item.visibility != Visibility::Public);
    Exhibit {
        id: format!("roadmap-{}", place + 1),
        finding: vec![field.to_owned()],
        subtitle: summary(rows),
        chart: None,
        table: DataTable {
            caption: format!("{field}の取組方針と状況"),
            columns: columns.map(|(label, name)| Column::words(label, name)).to_vec(),
            rows: rows.iter().map(|row| cells(row)).collect(),
        },
        notes: internal.then(|| "（県まで）の取組は、県の中だけで見られます。".to_owned()).into_iter().collect(),
        source: "資料：青森県DX推進プラン（取組方針）、県の工程表".to_owned(),
        computation: None,
        address: None,
        demonstration,
    }
}

/// 「17の取組方針：計画どおり 3、状況の記入なし 14」
fn summary(rows: &[&RoadmapRow]) -> String {
    let status = |row: &&&RoadmapRow| row.review.as_ref().and_then(|(_, status, _)| *status);
    let count = |wanted: Option<Status>| rows.iter().filter(|row| status(row) == wanted).count();
    let known = Status::ALL.map(|one| (one.label(), count(Some(one))));
    let counts = known.into_iter().chain([("状況の記入なし", count(None))]).filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(words, count)| format!("{words} {count}")).collect();
    format!("{}の取組方針：{}", rows.len(), counts.join("、"))
}

fn cells(row: &RoadmapRow) -> Vec<Value> {
    let RoadmapRow { item, kpis, review, results } = row;
    let mark = if item.visibility == Visibility::Public { "" } else { "（県まで）" };
    let area = match results {
        Some(href) => Value::Link(item.area.clone(), href.clone()),
        None => Value::Text(item.area.clone()),
    };
    let steps = item.steps.iter().map(|step| {
        let due = step.due.map(|due| format!("{due} ")).unwrap_or_default();
        let done = if step.done { "（済）" } else { "" };
        format!("{due}{}{done}", step.words)
    });
    let (period, status, note) = match review {
        Some((period, status, note)) => (period.to_string(), status.map_or("", Status::label), note.as_str()),
        None => (String::new(), "", ""),
    };
    vec![
        Value::Text(format!("{}{mark}", item.measure)),
        area,
        words(&steps.collect::<Vec<_>>().join("、")),
        words(status),
        words(&period),
        words(note),
        words(&kpis.join("、")),
    ]
}

fn words(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use shared::fiscal_year::FiscalYear;
    use shared::kpi::Half;

    use super::*;

    fn row(field: &str, status: Option<Status>) -> RoadmapRow {
        let period = Period { year: FiscalYear::new(2026).unwrap(), half: Some(Half::First) };
        RoadmapRow {
            item: Item {
                id: "a-1".to_owned(),
                field: field.to_owned(),
                area: "観光業".to_owned(),
                survey_area: "industry.tourism".to_owned(),
                measure: "情報発信".to_owned(),
                steps: vec!["2026H1 済 調査".parse().unwrap(), "評価".parse().unwrap()],
                kpis: Vec::new(),
                visibility: Visibility::Prefecture,
                note: String::new(),
            },
            kpis: vec!["DMO数".to_owned()],
            review: status.map(|status| (period, Some(status), "見直し".to_owned())),
            results: None,
        }
    }

    #[test]
    fn each_field_has_a_table_and_says_how_many_have_come_how_far() {
        let rows = [row("産業・しごと", Some(Status::OnTrack)), row("産業・しごと", None), row("行政経営", None)];
        let exhibits = exhibits(&rows, false);
        assert_eq!(exhibits.len(), 2);
        assert_eq!(exhibits[0].subtitle, "2の取組方針：計画どおり 1、状況の記入なし 1");
        let said: Vec<String> = exhibits[0].table.rows[0].iter().map(Value::to_string).collect();
        assert_eq!(
            said,
            [
                "情報発信（県まで）",
                "観光業",
                "令和8年度上半期 調査（済）、評価",
                "計画どおり",
                "令和8年度上半期",
                "見直し",
                "DMO数"
            ]
        );
        assert_eq!(exhibits[1].table.rows[0][3], Value::Nothing);
    }
}
