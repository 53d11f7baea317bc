//! 工程表: the plan's measures as they stand now. The file can be filled in and taken back (`import::roadmap`).

use async_trait::async_trait;
use shared::time::Timestamp;
use shared::visibility::Visibility;

use super::{About, Audience, Dataset, Made, Material, Span};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::{Result, Service};
use crate::store::RoadmapRecord;

/// The dataset.
pub struct Roadmap;

#[async_trait]
impl Dataset for Roadmap {
    fn about(&self) -> About {
        About {
            id: "roadmap",
            title: "工程表",
            description: "青森県DX推進プランの取組方針ごとの工程と、関連するKPI、調査の分野です。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: true,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let roadmap = material.service.roadmap(material.scope.reader).await?;
        let table = HeldTable::new(columns(), roadmap.iter().map(|one| row(&one.record)).collect());
        Ok(Made { updated: last_change(material.service).await?, ..Made::new(table, &[]) })
    }
}

/// When an item was last changed, whoever may see it: what becomes visible or invisible changes the tables of others.
pub(super) async fn last_change(service: &Service) -> Result<Option<Timestamp>> {
    Ok(service.roadmap(Visibility::Prefecture).await?.iter().map(|one| one.record.at).max())
}

/// The table's columns.
pub fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    vec![
        Column::new("item", "取組のID", Kind::Code, "取組のID"),
        text("field", "分野", "プランの分野"),
        text("area", "項目", "プランの項目"),
        Column::new("survey_area", "調査の項目", Kind::Code, "調査の設問の概念IDの始まり"),
        text("measure", "取組方針", "プランの取組方針"),
        text(
            "steps",
            "工程",
            "ファイルで直して県の画面で取り込むための列。1行に1つ、時期（2026、2026H1 など）、済んだものは「済」、内容の順。1つの値ずつのデータは roadmap-steps",
        ),
        text(
            "kpis",
            "関連するKPI",
            "ファイルで直して県の画面で取り込むための列。KPI台帳の指標のIDを空白で区切ったもの。1つの値ずつのデータは roadmap-kpis",
        ),
        Column::new("visibility", "公開範囲", Kind::Code, "だれに見せるか")
            .coded([("public", "公開"), ("prefecture", "県まで")]),
        text("note", "備考", "備考"),
        Column::new("revision", "版", Kind::Integer, "取組の版"),
    ]
}

/// A row of the table.
pub fn row(record: &RoadmapRecord) -> Vec<Held> {
    let item = &record.item;
    let fixed = [&item.id, &item.field, &item.area, &item.survey_area];
    let mut row: Vec<Held> = fixed.map(|text| Held::from(text.as_str())).into();
    row.extend(item.editable().map(|(_, text)| Held::from(text)));
    row.push(Held::from(record.revision));
    row
}
