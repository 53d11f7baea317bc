//! The roadmap's reviews, a row an item and half-year. The file can be filled in and taken back (`import::roadmap`).

use async_trait::async_trait;
use shared::kpi::Half;
use shared::roadmap::Status;

use super::{About, Audience, Dataset, Made, Material, Span, year_columns};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;
use crate::service::roadmap::RoadmapRow;
use crate::store::RoadmapReviewRecord;

/// The dataset.
pub struct RoadmapReviews;

#[async_trait]
impl Dataset for RoadmapReviews {
    fn about(&self) -> About {
        About {
            id: "roadmap-reviews",
            title: "工程表の状況",
            description: "青森県DX推進プランの取組方針ごとの、半年ごとの状況と評価・見直しです。",
            span: Span::All,
            audience: Audience::ByVisibility,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let roadmap = material.service.roadmap(material.scope.reader).await?;
        let all = roadmap.iter().flat_map(|one| one.reviews.iter().map(move |review| (one, review)));
        let updated = all.clone().flat_map(|(one, review)| [one.record.at, review.at]).max();
        let table = HeldTable::new(columns(), all.map(|(one, review)| row(one, review)).collect());
        Ok(Made { updated, ..Made::new(table, &[]) })
    }
}

/// The table's columns.
pub fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let statuses = Status::ALL.map(|status| (status.code(), status.label()));
    let [year, wareki] = year_columns();
    vec![
        Column::new("item", "取組のID", Kind::Code, "取組のID"),
        text("field", "分野", "プランの分野"),
        text("area", "項目", "プランの項目"),
        text("measure", "取組方針", "プランの取組方針"),
        Column::new("period", "時期", Kind::Code, "2026H1（上半期）、2026H2（下半期）"),
        year,
        wareki,
        Column::new("half", "半期", Kind::Code, "上半期か下半期か")
            .coded([("first", "上半期（4〜9月）"), ("second", "下半期（10〜3月）")]),
        Column::new("status", "状況", Kind::Code, "取組の状況").coded(statuses),
        text("note", "評価・見直し", "評価と見直しの内容"),
        Column::new("revision", "版", Kind::Integer, "状況の版"),
    ]
}

/// A row of the table.
pub fn row(row: &RoadmapRow, review: &RoadmapReviewRecord) -> Vec<Held> {
    let item = &row.record.item;
    vec![
        Held::from(item.id.as_str()),
        Held::from(item.field.as_str()),
        Held::from(item.area.as_str()),
        Held::from(item.measure.as_str()),
        Held::from(review.period.code()),
        Held::from(u32::from(review.period.year.year())),
        Held::from(review.period.year.wareki()),
        Held::from(review.period.half.map_or("", Half::code)),
        Held::from(review.status.map_or("", Status::code)),
        Held::from(review.note.as_str()),
        Held::from(review.revision),
    ]
}
