//! 人口で見た割合: how many people live where each answer was given.

use shared::tabulation::code::State;
use shared::tabulation::{Count, Refusal, Weighted};

use super::{Asked, Name};
use crate::components::format;
use crate::exhibit::Exhibit;
use crate::exhibit::table::{Column, DataTable, Value};

/// Each choice in people.
pub fn weighted(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let table = asked.reader.weighted(asked.slab, asked.variable, asked.filter)?;
    let mut notes = vec![
        "人口は名簿に登録されている人口（はじめは令和2年国勢調査）です。人口の多い市町村ほど大きく数えます。"
            .to_owned(),
    ];
    if table.without_population > 0 {
        notes.push(format!(
            "人口が登録されていない{}市町村は含みません。",
            format::thousands(u64::from(table.without_population))
        ));
    }
    Ok(Exhibit {
        id: Name::Population.code().to_owned(),
        finding: finding(asked, &table),
        subtitle: format!("{}、{}人口{}人", asked.slab.year(), asked.group(), format::thousands(table.population)),
        chart: None,
        table: as_table(asked, &table),
        notes,
        source: asked.source.to_owned(),
        computation: Some(asked.computation()),
        address: Some(asked.address(Name::Population)),
        demonstration: asked.demonstration,
    })
}

fn finding(asked: &Asked<'_>, table: &Weighted) -> Vec<String> {
    let most = table.choices.iter().enumerate().filter_map(|(code, people)| Some((code, (*people)?)));
    let most = most.max_by_key(|(code, people)| (*people, usize::MAX - code)).filter(|(_, people)| *people > 0);
    let Some((code, people)) = most else {
        return vec!["人口で見ると、".to_owned(), "値を回答した市町村に住む人はいません。".to_owned()];
    };
    let label = asked.variable.choices.get(code).map_or("", |choice| choice.label.as_str());
    vec![
        format!("人口で見ると、"),
        format!("「{label}」の市町村に"),
        format!("{}が住んでいます。", percent(table, people)),
    ]
}

fn percent(table: &Weighted, people: u64) -> String {
    table.permille(people).map_or_else(|| "－".to_owned(), |tenths| format!("{}.{}％", tenths / 10, tenths % 10))
}

fn as_table(asked: &Asked<'_>, table: &Weighted) -> DataTable {
    let row = |label: &str, people: Option<u64>| {
        let (people, share) = match people {
            Some(people) => (
                i64::try_from(people).map_or(Value::Nothing, Value::Whole),
                table
                    .permille(people)
                    .map_or(Value::Nothing, |tenths| Value::Rounded(format!("{}.{}", tenths / 10, tenths % 10))),
            ),
            None => (Value::Count(Count::NotOffered), Value::Nothing),
        };
        vec![Value::Text(label.to_owned()), people, share]
    };
    let choices = asked.variable.choices.iter().zip(&table.choices);
    let mut rows: Vec<Vec<Value>> = choices.map(|(choice, people)| row(&choice.label, *people)).collect();
    let states = State::ALL.into_iter().zip(table.states).filter(|(_, people)| *people > 0);
    rows.extend(states.map(|(state, people)| row(state.label(), Some(people))));
    DataTable {
        caption: format!("{}回答ごとの人口（{}）", asked.group(), asked.slab.year().wareki()),
        columns: vec![
            Column::words("回答", "answer"),
            Column::whole("人口（人）", "population", "人"),
            Column::share("割合（％）", "percent"),
        ],
        rows,
    }
}
