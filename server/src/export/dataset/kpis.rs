//! KPI台帳: the plan's indicators as they stand now.

use async_trait::async_trait;

use super::{About, Audience, Dataset, Made, Material, Span};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;
use crate::store::KpiRecord;

/// The dataset.
pub struct Kpis;

#[async_trait]
impl Dataset for Kpis {
    fn about(&self) -> About {
        About {
            id: "kpis",
            title: "KPI台帳",
            description: "青森県DX推進プランの指標の基準値、目標値、出典です。公表資料にない値は空欄です。",
            span: Span::All,
            audience: Audience::ByVisibility,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let ledger = material.service.kpis().await?;
        let table = HeldTable::new(columns(), ledger.iter().map(row).collect());
        Ok(Made { updated: ledger.iter().map(|record| record.at).max(), ..Made::new(table, &[]) })
    }
}

fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    vec![
        Column::new("kpi", "指標のID", Kind::Code, "指標のID"),
        text("category", "区分", "基本目標又は分野"),
        text("label", "指標名", "指標の名称"),
        text("unit", "単位", "値の単位"),
        text("baseline", "基準値", "公表されたとおりの基準値"),
        text("baseline_period", "基準値の時点", "基準値の年度など"),
        text("target_2028", "目標値（2028年度）", "令和10年度（2028年度）の目標値"),
        text("source", "出典", "値の出典"),
        text("frequency", "測る頻度", "値を測る頻度"),
        text("note", "備考", "備考"),
        Column::new("computed", "計算する定義", Kind::Code, "調査から計算する指標の定義のID"),
        Column::new("revision", "版", Kind::Integer, "台帳の行の版"),
    ]
}

fn row(record: &KpiRecord) -> Vec<Held> {
    let kpi = &record.kpi;
    let texts = [
        &kpi.id,
        &kpi.category,
        &kpi.label,
        &kpi.unit,
        &kpi.baseline,
        &kpi.baseline_period,
        &kpi.target_2028,
        &kpi.source,
        &kpi.frequency,
        &kpi.note,
        &kpi.computed,
    ];
    texts.into_iter().map(|text| Held::from(text.as_str())).chain([Held::from(record.revision)]).collect()
}
