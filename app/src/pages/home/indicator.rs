//! The official indicator with its bounds, and 「別の定義による参考値」 beside it.

use super::fields::{outcome_row, outcome_table};
use super::{Published, source};
use crate::components::format;
use crate::components::result_table::ResultRow;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, Value};

/// Every definition's result as a table.
pub fn indicator(published: &Published) -> Exhibit {
    let official = ResultRow::from(&published.official);
    let outcome = published.official.outcome;
    let mut table = outcome_table(
        format!("定義ごとの結果（{}、団体数、分母は全{}市町村）", published.year, outcome.register),
        published.year,
        "定義",
        std::iter::once(&official).chain(&published.others).map(row).collect(),
    );
    table.columns.insert(1, Column::words("区分", "role"));
    let undetermined = outcome.undetermined();
    let bounds = match undetermined {
        0 => "未確定の団体はないため、値は1つに決まります。".to_owned(),
        count => {
            format!("未確定の{count}団体がどちらであっても、公式の値は{}の間にあります。", format::bounds(outcome))
        }
    };
    let bridge = published.official.bridge.as_ref().map(|bridge| {
        format!(
            "この年度から定義が変わりました。前の定義（{}）で同じ回答を数えると{}です。",
            bridge.definition.version_label(),
            format::counted(bridge.outcome)
        )
    });
    Exhibit {
        id: "indicator".to_owned(),
        finding: vec!["指標の値と".to_owned(), "とりうる範囲".to_owned()],
        subtitle: published.official.definition.description.clone(),
        chart: None,
        table,
        notes: std::iter::once(bounds).chain(bridge).collect(),
        source: source(published),
        computation: Some(published.official.computation.clone()),
        address: None,
        demonstration: published.demonstration,
    }
}

fn row(result: &ResultRow) -> Vec<Value> {
    let version = result.version.as_ref().map(|version| format!("（{version}）")).unwrap_or_default();
    let label = format!("{}{version}", result.label);
    let name = match &result.href {
        Some(href) => Value::Link(label, href.clone()),
        None => Value::Text(label),
    };
    let mut row = outcome_row(name, result.outcome, result.movement);
    row.insert(1, Value::Text(if result.official { "公式" } else { "参考" }.to_owned()));
    row
}
