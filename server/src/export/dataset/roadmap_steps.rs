//! The roadmap's steps, a row a step.

use async_trait::async_trait;
use shared::kpi::{Half, Period};
use shared::roadmap::Step;

use super::roadmap::last_change;
use super::{About, Audience, Dataset, Made, Material, Span, YES_NO, year_columns, yes_no};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;
use crate::store::RoadmapRecord;

/// The dataset.
pub struct RoadmapSteps;

#[async_trait]
impl Dataset for RoadmapSteps {
    fn about(&self) -> About {
        About {
            id: "roadmap-steps",
            title: "工程表の工程",
            description: "青森県DX推進プランの取組方針ごとの工程と、その時期、済んだかどうかです。1行に1つの工程があります。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: true,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let updated = last_change(material.service).await?;
        let roadmap = material.service.roadmap(material.scope.reader).await?;
        let steps =
            roadmap.iter().flat_map(|one| (1_u32..).zip(&one.record.item.steps).map(|step| (&one.record, step)));
        let table = HeldTable::new(columns(), steps.map(|(record, step)| row(record, step)).collect());
        Ok(Made { updated, ..Made::new(table, &[]) })
    }
}

fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let [year, wareki] = year_columns();
    vec![
        Column::new("item", "取組のID", Kind::Code, "取組のID"),
        text("measure", "取組方針", "プランの取組方針"),
        Column::new("step", "工程の順番", Kind::Integer, "取組の中での順番（1から）"),
        Column::new(
            "period",
            "時期",
            Kind::Code,
            "2026（年度）、2026H1（上半期）、2026H2（下半期）。決まっていなければ空欄",
        ),
        year,
        wareki,
        Column::new("half", "半期", Kind::Code, "時期が半期のとき、上半期か下半期か")
            .coded([("first", "上半期（4〜9月）"), ("second", "下半期（10〜3月）")]),
        Column::new("done", "済んだか", Kind::Code, "工程が済んだか").coded(YES_NO),
        text("content", "内容", "することの内容"),
    ]
}

fn row(record: &RoadmapRecord, (number, step): (u32, &Step)) -> Vec<Held> {
    let due = step.due;
    vec![
        Held::from(record.item.id.as_str()),
        Held::from(record.item.measure.as_str()),
        Held::from(number),
        Held::from(due.map(Period::code)),
        Held::from(due.map(|due| u32::from(due.year.year()))),
        Held::from(due.map(|due| due.year.wareki())),
        Held::from(due.and_then(|due| due.half).map(Half::code)),
        Held::from(yes_no(step.done)),
        Held::from(step.words.as_str()),
    ]
}
