//! The KPI ledger's values, a row an indicator and period. The file can be filled in and taken back (`import::ledger`).

use async_trait::async_trait;
use shared::kpi::Frequency;
use shared::{date, kpi::Half};

use super::kpis::FREQUENCIES;
use super::{About, Audience, Dataset, Made, Material, Span, note, year_columns};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;
use crate::service::ledger::{Figure, LedgerRow, LedgerValue};

/// The dataset.
pub struct KpiValues;

#[async_trait]
impl Dataset for KpiValues {
    fn about(&self) -> About {
        About {
            id: "kpi-values",
            title: "KPIの値",
            description: "青森県DX推進プランの指標の、時期ごとの値です。入力した値と、調査から計算した値があります。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let ledger = material.service.ledger().await?;
        let demonstration = material.service.is_demonstration().await?;
        let all = ledger.iter().flat_map(|one| one.values.iter().map(move |value| (one, value)));
        let warned = |(one, value): (&LedgerRow, &LedgerValue)| {
            let computed = matches!(value.figure, Figure::Computed(..) | Figure::Suppressed);
            row(one, value, note(demonstration && computed))
        };
        let table = HeldTable::new(columns(), all.map(warned).collect());
        let values = ledger.iter().flat_map(|one| &one.values).map(|value| value.at);
        let updated = ledger.iter().map(|one| one.record.at).chain(values).max();
        Ok(Made { updated, ..Made::new(table, &[]) })
    }
}

/// The table's columns.
pub fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let [year, wareki] = year_columns();
    vec![
        Column::new("kpi", "指標のID", Kind::Code, "指標のID"),
        text("category", "区分", "基本目標又は分野"),
        text("label", "指標名", "指標の名称"),
        text("unit", "単位", "値の単位"),
        Column::new("frequency", "測る頻度", Kind::Code, "値を測る頻度").coded(FREQUENCIES),
        Column::new("period", "時期", Kind::Code, "2026（年度）、2026H1（上半期）、2026H2（下半期）"),
        year,
        wareki,
        Column::new("half", "半期", Kind::Code, "半年ごとの指標の半期")
            .coded([("first", "上半期（4〜9月）"), ("second", "下半期（10〜3月）")]),
        Column::new("reference_date", "基準日", Kind::Date, "値の時点。分からないときは空欄"),
        Column::new("value", "値", Kind::Decimal, "値。分からないときは空欄"),
        Column::new("state", "状態", Kind::Code, "値がない理由")
            .coded([("withdrawn", "取消し"), ("suppressed", "秘匿")]),
        Column::new("kind", "種類", Kind::Code, "入力した値か、調査から計算した値か")
            .coded([("entered", "入力"), ("computed", "計算")]),
        text("note", "備考", "値についての備考"),
        Column::new("revision", "版", Kind::Integer, "値の版（計算した値は公表の版）"),
        Column::new("warning", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]
}

/// A row of the table.
pub fn row(row: &LedgerRow, value: &LedgerValue, warning: &str) -> Vec<Held> {
    let kpi = &row.record.kpi;
    let (state, kind) = match value.figure {
        Figure::Entered(_) => ("", "entered"),
        Figure::Withdrawn => ("withdrawn", "entered"),
        Figure::Computed(..) => ("", "computed"),
        Figure::Suppressed => ("suppressed", "computed"),
    };
    let day = row.schedule.and_then(|schedule| schedule.date_of(value.period)).map(date::iso);
    vec![
        Held::from(kpi.id.as_str()),
        Held::from(kpi.category.as_str()),
        Held::from(kpi.label.as_str()),
        Held::from(kpi.unit.as_str()),
        Held::from(row.schedule.map_or("", |schedule| Frequency::code(schedule.frequency))),
        Held::from(value.period.code()),
        Held::from(u32::from(value.period.year.year())),
        Held::from(value.period.year.wareki()),
        Held::from(value.period.half.map_or("", Half::code)),
        Held::from(day),
        value.figure.digits().map_or(Held::Empty, Held::Decimal),
        Held::from(state),
        Held::from(kind),
        Held::from(value.note.as_str()),
        Held::from(value.revision),
        Held::from(warning),
    ]
}
