//! KPI台帳: the plan's indicators as they stand now. The file can be filled in and taken back (`import::ledger`).

use async_trait::async_trait;
use shared::response::Decimal;
use unicode_normalization::UnicodeNormalization as _;

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
            description: "青森県DX推進プランの指標の基準値、目標値、出典、測る頻度です。公表資料にない値は空欄です。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let ledger = material.service.ledger().await?;
        let table = HeldTable::new(columns(), ledger.iter().map(|one| row(&one.record)).collect());
        Ok(Made { updated: ledger.iter().map(|one| one.record.at).max(), ..Made::new(table, &[]) })
    }
}

/// How often a row is measured, as codes.
pub(super) const FREQUENCIES: [(&str, &str); 3] =
    [("half-yearly", "半年ごと"), ("yearly", "毎年"), ("five-yearly", "5年ごと")];

/// The table's columns.
pub fn columns() -> Vec<Column> {
    let text = |name, label, description| Column::new(name, label, Kind::FreeText, description);
    let number = |name, label, description| Column::new(name, label, Kind::Decimal, description);
    vec![
        Column::new("kpi", "指標のID", Kind::Code, "指標のID"),
        text("category", "区分", "基本目標又は分野"),
        text("label", "指標名", "指標の名称"),
        text("unit", "単位", "値の単位"),
        text("baseline", "基準値", "公表されたとおりの基準値。数値は列 baseline_value"),
        text("baseline_period", "基準値の時点", "基準値の年度など"),
        text(
            "target_2028",
            "目標値（2028年度）",
            "公表されたとおりの、令和10年度（2028年度）の目標値。数値は列 target_value",
        ),
        text("source", "出典", "値の出典"),
        text("section", "担当課", "値を入力する課"),
        Column::new("frequency", "測る頻度", Kind::Code, "値を測る頻度。分からないときは空欄").coded(FREQUENCIES),
        Column::new("reference_date", "基準日", Kind::Date, "ある回の値がいつの時点のものか。ほかの回は頻度から決まる"),
        text("note", "備考", "備考"),
        Column::new("computed", "計算する定義", Kind::Code, "調査から計算する指標の定義のID"),
        Column::new("revision", "版", Kind::Integer, "台帳の行の版"),
        number("baseline_value", "基準値の数値", "基準値が1つの数のとき、その数。単位は列unit"),
        number("target_value", "目標値の数値", "目標値が1つの数のとき、その数。単位は列unit"),
    ]
}

/// A row of the table.
pub fn row(record: &KpiRecord) -> Vec<Held> {
    let kpi = &record.kpi;
    let mut row = vec![Held::from(kpi.id.as_str()), Held::from(kpi.category.as_str())];
    row.extend(kpi.editable().map(|(_, text)| Held::from(text)));
    row.extend([Held::from(kpi.computed.as_str()), Held::from(record.revision)]);
    row.extend([number(&kpi.baseline), number(&kpi.target_2028)]);
    row
}

/// The text as a number, where it is one and nothing else: 「1,234.5」, not 「約8割」 or 「10％以上」.
fn number(text: &str) -> Held {
    let digits: String = text.trim().nfkc().filter(|letter| *letter != ',').collect();
    digits.parse::<Decimal>().map_or(Held::Empty, |number| Held::Decimal(number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_a_number_and_nothing_else_is_one() {
        let numbers = ["1,234.5", "５０", " -3 "].map(number);
        assert_eq!(numbers, ["1234.5", "50", "-3"].map(|digits| Held::Decimal(digits.to_owned())));
        for text in ["", "約8割", "10％以上", "40/40市町村", "1.2.3"] {
            assert_eq!(number(text), Held::Empty, "{text}");
        }
    }
}
