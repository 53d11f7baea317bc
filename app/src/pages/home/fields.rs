//! The three fields as bars, and the tables that say the same and more.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Change, Field, Outcome};
use shared::share::{Points, Share};

use super::{Published, address, source};
use crate::chart::Chart;
use crate::chart::bars::Bar;
use crate::components::format;
use crate::components::result_table::{ResultRow, ResultTable};
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};
use crate::exhibit::years;
use crate::figures::{FieldFigure, Movement};

/// What hatching on bars means.
pub const HATCHING: &str = "斜線は未確定（未提出、無回答、不明、県の確認前）の団体です。";

/// What 秘匿 means.
pub const SUPPRESSED: &str = "「秘匿」は、市町村ごとの回答が分かってしまうため表示していない値です。";

/// The three fields as bars on one scale.
pub fn fields(published: &Published) -> Exhibit {
    let Published { year, official, fields, demonstration, .. } = published;
    let register = official.outcome.register;
    let bars = fields.iter().map(|figure| Bar {
        label: figure.field.label().to_owned(),
        field: Some(figure.field),
        outcome: figure.outcome,
        remark: format::movement(figure.movement),
    });
    let rows = fields.iter().map(|figure| {
        let name = Value::Link(figure.field.label().to_owned(), figure.computation.clone());
        outcome_row(name, figure.outcome, figure.movement)
    });
    let hatching = fields.iter().any(|figure| figure.outcome.is_some_and(|outcome| outcome.undetermined() > 0));
    let suppressed = fields.iter().any(|figure| figure.outcome.is_none());
    let notes = [hatching.then(|| HATCHING.to_owned()), suppressed.then(|| SUPPRESSED.to_owned())];
    Exhibit {
        id: "fields".to_owned(),
        finding: heading(fields).to_vec(),
        subtitle: format!(
            "「取り組んでいる」と回答し、県が確認した市町村の割合。{}、分母は全{register}市町村。",
            year.wareki()
        ),
        chart: Some(Chart::Bars(bars.collect())),
        table: outcome_table(format!("分野ごとの割合（{year}、全{register}市町村）"), *year, "分野", rows.collect()),
        notes: notes.into_iter().flatten().collect(),
        source: source(published),
        computation: Some(published.official.computation.clone()),
        address: Some(address("fields")),
        demonstration: *demonstration,
    }
}

/// A table of a year's results: what was counted, with counts, share, bounds and change.
pub fn outcome_table(caption: String, year: FiscalYear, first: &str, rows: Vec<Vec<Value>>) -> DataTable {
    let mut columns = vec![
        Column::words(first, "name"),
        Column::count("取り組んでいる", "engaged"),
        Column::count("取り組んでいない", "not_engaged"),
        Column::count("未確定", "undetermined"),
        Column::share("割合", "share"),
        Column::share("とりうる上限", "upper"),
        Column::points("前回との差", "change"),
        Column::points("差の下限", "change_lower"),
        Column::points("差の上限", "change_upper"),
    ];
    columns.extend(years::since_columns());
    let mut table = DataTable { caption, columns, rows };
    years::of_year(&mut table, year);
    table
}

/// A row of [`outcome_table`]; without an outcome it is suppressed.
pub fn outcome_row(name: Value, outcome: Option<Outcome>, movement: Option<Movement>) -> Vec<Value> {
    let counted = |count: fn(&Outcome) -> u32| {
        outcome.map_or(Value::Suppressed, |outcome| Value::Whole(i64::from(count(&outcome))))
    };
    let share =
        |share: fn(&Outcome) -> Share| outcome.map_or(Value::Suppressed, |outcome| Value::Share(share(&outcome)));
    let points =
        |end: fn(&Change) -> Points| movement.map_or(Value::Nothing, |movement| Value::Points(end(&movement.change)));
    let mut row = vec![
        name,
        counted(|outcome| outcome.engaged),
        counted(|outcome| outcome.not_engaged),
        counted(Outcome::undetermined),
        share(Outcome::share),
        share(Outcome::upper),
        movement.map_or(Value::Nothing, |movement| Value::Difference(movement.change)),
        points(|change| change.lower),
        points(|change| change.upper),
    ];
    row.extend(years::cells(movement.map(|movement| movement.since)));
    row
}

/// The finding over the fields: which stands highest, where all are shown and one does.
fn heading(fields: &[FieldFigure]) -> [String; 3] {
    let shown: Option<Vec<(Field, Share)>> =
        fields.iter().map(|figure| Some((figure.field, figure.outcome?.share()))).collect();
    let shown = shown.unwrap_or_default();
    let highest = shown.iter().filter_map(|(_, share)| share.permille()).max();
    let mut leaders = shown.iter().filter(|(_, share)| highest.is_some() && share.permille() == highest);
    match (leaders.next(), leaders.next()) {
        (Some((field, share)), None) => {
            ["分野別では".to_owned(), format!("{}が", field.label()), format!("{share}で最も高い")]
        }
        _ => ["分野ごとの".to_owned(), "割合".to_owned(), String::new()],
    }
}

/// The same in figures, and 「別の定義による参考値」.
#[component]
pub fn TableSection(published: Published) -> impl IntoView {
    let Published { year, official, fields, others, .. } = published;
    let register = official.outcome.register;
    let rows: Vec<ResultRow> =
        std::iter::once(ResultRow::from(&official)).chain(fields.iter().map(ResultRow::from)).collect();
    let among = official.outcome.among_respondents();
    view! {
        <section class="section" aria-labelledby="tables">
            <h2 id="tables">"表で見る"</h2>
            <ResultTable caption=format!("{year}の結果（団体数、分母は全{register}市町村）") first_column="区分" rows />
            <p class="source">
                {format!(
                    "回答した{}団体だけを分母にすると{among}です（参考）。分野をまたいで数えるため、分野の数を足しても全体の数にはなりません。",
                    among.denominator,
                )}
            </p>
        </section>
        {(!others.is_empty()).then(|| view! {
            <section class="section" aria-labelledby="other-definitions">
                <h2 id="other-definitions">"別の定義による参考値"</h2>
                <p>"公式の値ではありません。「取り組んでいる」を別の数え方にすると次のようになります。"</p>
                <ResultTable
                    caption=format!("{year}の参考値（団体数、分母は全{register}市町村）")
                    first_column="定義"
                    rows=others
                />
            </section>
        })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(field: Field, engaged: u32) -> FieldFigure {
        let outcome = Outcome { engaged, not_engaged: 40 - engaged, register: 40, respondents: 40 };
        FieldFigure { field, outcome: Some(outcome), movement: None, computation: String::new() }
    }

    #[test]
    fn a_heading_names_the_highest_field_only_when_there_is_one() {
        let [a, b, c] = Field::ALL;
        assert_eq!(
            heading(&[figure(a, 11), figure(b, 19), figure(c, 31)]).concat(),
            "分野別では行政経営が77.5％で最も高い"
        );
        assert_eq!(heading(&[figure(a, 11), figure(b, 19), figure(c, 19)]).concat(), "分野ごとの割合");
        assert_eq!(heading(&[]).concat(), "分野ごとの割合");
        let hidden = FieldFigure { outcome: None, ..figure(b, 19) };
        assert_eq!(heading(&[figure(a, 11), hidden]).concat(), "分野ごとの割合", "the other may stand higher");
    }
}
