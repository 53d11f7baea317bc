//! The KPI ledger's values, a row an indicator and period. The file can be filled in and taken back (`import::ledger`).

use async_trait::async_trait;
use shared::kpi::Frequency;
use shared::publication::Publication;
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
        let (ledger, publications) = (material.service.ledger().await?, material.service.publications().await?);
        let demonstration = material.service.is_demonstration().await?;
        let all = ledger.iter().flat_map(|one| one.values.iter().map(move |value| (one, value)));
        let warned = |(one, value): (&LedgerRow, &LedgerValue)| {
            let computed = matches!(value.figure, Figure::Computed(..) | Figure::Suppressed);
            let origin = if computed { Origin::of(one, value, &publications) } else { Origin::default() };
            row_of(one, value, origin, note(demonstration && computed))
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
        Column::new("definition", "定義のID", Kind::Code, "計算した値の、指標の定義のID"),
        Column::new("definition_version", "定義の版", Kind::Code, "計算した値の、指標の定義の版"),
        Column::new(
            "snapshot_sha256",
            "結果のSHA-256",
            Kind::Code,
            "計算した値の、公表した結果のSHA-256（公表の記録と同じ）",
        ),
        Column::new("warning", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]
}

/// What a computed value follows from; an entered one has none.
#[derive(Default)]
struct Origin {
    definition: Option<String>,
    version: Option<String>,
    sha256: Option<String>,
}

impl Origin {
    fn of(row: &LedgerRow, value: &LedgerValue, publications: &[Publication]) -> Self {
        let id = &row.record.kpi.computed;
        let publication = publications.iter().find(|publication| publication.year == value.period.year);
        let found = publication.and_then(|publication| Some((publication, publication.snapshot.indicator(id)?)));
        let Some((publication, indicator)) = found else { return Self::default() };
        Self {
            definition: Some(indicator.definition.id.clone()),
            version: Some(indicator.definition.version.to_string()),
            sha256: Some(publication.sha256.clone()),
        }
    }
}

/// The row of a value that was entered.
pub fn row(row: &LedgerRow, value: &LedgerValue, warning: &str) -> Vec<Held> {
    row_of(row, value, Origin::default(), warning)
}

fn row_of(row: &LedgerRow, value: &LedgerValue, origin: Origin, warning: &str) -> Vec<Held> {
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
        Held::from(origin.definition),
        Held::from(origin.version),
        Held::from(origin.sha256),
        Held::from(warning),
    ]
}
