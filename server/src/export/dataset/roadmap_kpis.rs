//! Which KPI rows a measure of the roadmap is to move, a row a pair.

use async_trait::async_trait;

use super::roadmap::last_change;
use super::{About, Audience, Dataset, Made, Material, Span};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;

/// The dataset.
pub struct RoadmapKpis;

#[async_trait]
impl Dataset for RoadmapKpis {
    fn about(&self) -> About {
        About {
            id: "roadmap-kpis",
            title: "工程表とKPIの対応",
            description: "青森県DX推進プランの取組方針と、関連するKPIの組です。1行に1つの組があります。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: true,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let updated = last_change(material.service).await?;
        let roadmap = material.service.roadmap(material.scope.reader).await?;
        let columns = vec![
            Column::new("item", "取組のID", Kind::Code, "取組のID（工程表）"),
            Column::new("kpi", "指標のID", Kind::Code, "指標のID（KPI台帳）"),
        ];
        let pairs = roadmap.iter().flat_map(|one| {
            let item = &one.record.item;
            item.kpis.iter().map(|kpi| vec![Held::from(item.id.as_str()), Held::from(kpi.as_str())])
        });
        let table = HeldTable::new(columns, pairs.collect());
        Ok(Made { updated, ..Made::new(table, &[]) })
    }
}
