//! 前の年度からの変化: who started and who stopped.

use shared::municipality::MunicipalityCode;
use shared::tabulation::{CodeSet, Comparability, Count, Refusal, Transition, VariableKind, YearSlab};

use super::{Asked, Name};
use crate::chart::Chart;
use crate::chart::stacked::{Look, Part, StackedBars, StackedRow};
use crate::components::format;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::years;

/// So many names are written out; the API has them all.
const NAMES: usize = 60;

/// Since the year before.
pub fn since_before(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let Some(before) = asked.cube.year_before(asked.slab.year()) else {
        return Err(Refusal::NotComparable(Comparability::NotAsked));
    };
    let positive = asked.variable.doing().unwrap_or_default();
    let table = asked.reader.transition(asked.cube, asked.variable, (before, asked.slab), &positive)?;
    let words = words(asked, &positive);
    let labels = [format!("{words}に該当"), "該当しない".to_owned(), "回答なし・不明など".to_owned()];
    let since = before.year().wareki();
    let mut notes = vec![format!(
        "両方の年度に登録されている{}市町村を数えています。",
        format::thousands(u64::from(table.register))
    )];
    if !asked.filter.is_everybody() {
        notes.push("絞り込みによらず、すべての市町村を数えています。".to_owned());
    }
    if table.elsewhere > 0 {
        notes.push(format!("一方の年度だけに登録されている{}市町村は数えていません。", table.elsewhere));
    }
    if table.counts.as_flattened().contains(&Count::Suppressed) {
        notes.push("市町村の回答が分かるおそれがある数は秘匿しています。".to_owned());
    }
    notes.extend(named(asked, "始めた市町村", &table.started));
    notes.extend(named(asked, "やめた市町村", &table.stopped));
    Ok(Exhibit {
        id: Name::Changes.code().to_owned(),
        finding: finding(&since, &words, &table),
        subtitle: format!("{since}から{}まで、{words}に該当する市町村", asked.slab.year().wareki()),
        chart: chart(&table, &labels, &since),
        table: as_table(&table, &labels, (before, asked.slab)),
        notes,
        source: asked.source.to_owned(),
        computation: Some(asked.computation()),
        address: Some(asked.address(Name::Changes)),
        demonstration: asked.demonstration,
    })
}

/// 「実施している」又は「一部実施」
fn words(asked: &Asked<'_>, positive: &CodeSet) -> String {
    if asked.variable.is_level() {
        return "一部実施以上".to_owned();
    }
    let label =
        |code: &u8| asked.variable.choices.get(usize::from(*code)).map(|choice| format!("「{}」", choice.label));
    let words = positive.codes().iter().filter_map(label).collect::<Vec<_>>().join("又は");
    if asked.kind() == Some(VariableKind::Multiple) { format!("{words}の選択") } else { words }
}

fn finding(since: &str, words: &str, table: &Transition) -> Vec<String> {
    match (table.starts(), table.stops()) {
        (Count::Shown(0), Count::Shown(0)) => {
            vec![format!("{since}から、"), format!("{words}を始めた市町村も"), "やめた市町村もありません。".to_owned()]
        }
        (Count::Shown(starts), Count::Shown(stops)) => vec![
            format!("{since}から、"),
            format!("{words}を始めた市町村は{starts}、"),
            format!("やめた市町村は{stops}です。"),
        ],
        (Count::Suppressed | Count::NotOffered, _) | (_, Count::Suppressed | Count::NotOffered) => {
            vec![format!("{since}からの変化の"), "一部を秘匿しています。".to_owned()]
        }
    }
}

fn named(asked: &Asked<'_>, what: &str, codes: &[MunicipalityCode]) -> Option<String> {
    let name = |code: &MunicipalityCode| {
        let place = asked.cube.codes().binary_search(code).ok()?;
        asked.slab.register().get(place)?.as_ref().map(|municipality| municipality.name.clone())
    };
    let names: Vec<String> = codes.iter().take(NAMES).filter_map(name).collect();
    let more = codes.len().saturating_sub(names.len());
    let more = if more == 0 { String::new() } else { format!("、ほか{more}市町村") };
    (!names.is_empty()).then(|| format!("{what}：{}{more}", names.join("、")))
}

/// One bar for each group of the year before; `None` where anything is suppressed.
fn chart(table: &Transition, labels: &[String; 3], since: &str) -> Option<Chart> {
    let looks = [Look::Distinct(0), Look::Distinct(3), Look::Missing(1)];
    let part = |(label, look): (&String, Look)| Part { label: label.clone(), look };
    let row = |(label, counts): (&String, &[Count; 3])| {
        let register: Option<u32> = counts.iter().map(|count| count.shown()).sum();
        Some(StackedRow {
            label: format!("{since}に{label}"),
            register: register?,
            counts: counts.to_vec(),
            emphasis: false,
        })
    };
    let rows: Option<Vec<StackedRow>> = labels.iter().zip(&table.counts).map(row).collect();
    let rows: Vec<StackedRow> = rows?.into_iter().filter(|row| row.register > 0).collect();
    (!rows.is_empty()).then(|| {
        let parts = labels.iter().zip(looks).map(part).collect();
        Chart::Stacked(StackedBars { parts, rows, multiple: false })
    })
}

fn as_table(table: &Transition, labels: &[String; 3], (earlier, later): (&YearSlab, &YearSlab)) -> DataTable {
    let mut columns = vec![Column::words(earlier.year().wareki(), "earlier")];
    let names = ["positive", "negative", "undetermined"];
    let (year, later) = (later.year(), later.year().wareki());
    columns.extend(labels.iter().zip(names).map(|(label, name)| Column::count(format!("{later}に{label}"), name)));
    let row = |(label, counts): (&String, &[Count; 3])| {
        let counts = counts.iter().map(|count| Value::Count(*count));
        std::iter::once(Value::Text(label.clone())).chain(counts).collect()
    };
    let mut table = DataTable {
        caption: "2つの年度の回答の組合せ（市町村数）".to_owned(),
        columns,
        rows: labels.iter().zip(&table.counts).map(row).collect(),
    };
    years::of_change(&mut table, earlier.year(), year);
    table
}
