//! The findings: for each hypothesis its effect, its test and what that says.

use leptos::prelude::*;
use shared::exploration::Exploration;
use shared::exploration::finding::{CountRow, Counts, Effect, Finding, Method, Test};
use shared::exploration::words;
use shared::share::Share;
use shared::tabulation::Count;

use crate::components::exhibit::ExhibitTable;
use crate::exhibit::table::{Column, DataTable, Value};

/// All findings, with what they suppose first.
#[component]
pub(super) fn Findings(exploration: Exploration, source: String) -> impl IntoView {
    let family = exploration.family();
    let Exploration { terms, findings } = exploration;
    let adjusted = match family {
        0 => "検定は行っていません。".to_owned(),
        1 => "検定は1件のため、補正しても値は変わりません。".to_owned(),
        many => format!("検定{many}件を、{}でまとめて補正しています。", terms.adjustment.label()),
    };
    let sections = findings.into_iter().enumerate().map(|(place, finding)| section(place, finding)).collect_view();
    view! {
        <section class="section" aria-labelledby="explore-terms">
            <h2 id="explore-terms">"この分析の前提"</h2>
            <ul>
                <li>{terms.chance.assumption()}</li>
                <li>{adjusted}</li>
                <li>"検定は両側、区間は95％です。p値が小さいほど、偶然では起こりにくい結果です。0.05は慣習上の目安です。"</li>
                <li>"探索的な分析の結果です。公表された値ではなく、因果関係を示すものでもありません。"</li>
            </ul>
        </section>
        {sections}
        <p class="source">{source}</p>
    }
    .into_any()
}

fn section(place: usize, finding: Finding) -> AnyView {
    let id = format!("finding-{}", place + 1);
    let Finding { heading, statement, counts, effects, tests, adjusted, reading, remarks } = finding;
    let counts = counts.filter(|counts| !counts.rows.is_empty()).map(|counts| {
        let table = count_table(&heading, counts);
        view! { <ExhibitTable id=format!("{id}-counts") table /> }
    });
    let effects = (!effects.is_empty()).then(|| {
        let table = effect_table(&heading, &effects);
        view! { <ExhibitTable id=format!("{id}-effects") table /> }
    });
    let tests = (!tests.is_empty()).then(|| {
        let table = test_table(&heading, &tests, adjusted);
        view! { <ExhibitTable id=format!("{id}-tests") table /> }
    });
    let remarks = (!remarks.is_empty()).then(|| {
        let items = remarks.into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view();
        view! { <ul class="explore-remarks">{items}</ul> }
    });
    view! {
        <section class="section explore-finding" aria-labelledby=id>
            <h2 id=id.clone()>{heading}</h2>
            {(!statement.is_empty()).then(|| view! { <p>{statement}</p> })}
            {(!reading.is_empty()).then(|| view! { <p class="explore-reading">{reading}</p> })}
            {effects}
            {tests}
            {counts}
            {remarks}
        </section>
    }
    .into_any()
}

fn effect_table(heading: &str, effects: &[Effect]) -> DataTable {
    let row = |effect: &Effect| {
        let points = effect.method.is_difference_of_shares();
        let value = if points { words::points(effect.value) } else { words::coefficient(effect.value) };
        let interval =
            effect.interval.map_or(Value::Nothing, |interval| Value::Rounded(words::points_interval(interval)));
        vec![Value::Text(effect.method.label().to_owned()), Value::Rounded(value), interval]
    };
    DataTable {
        caption: format!("差や関係の大きさ：{heading}"),
        columns: vec![Column::new("大きさ", "effect"), Column::new("値", "value"), Column::new("95％区間", "interval")],
        rows: effects.iter().map(row).collect(),
    }
}

fn test_table(heading: &str, tests: &[Test], adjusted: Option<f64>) -> DataTable {
    let row = |(place, test): (usize, &Test)| {
        let rounded = |value: Option<String>| value.map_or(Value::Nothing, Value::Rounded);
        let decides = place == 0;
        vec![
            Value::Text(test.method.label().to_owned()),
            Value::Text(if decides { "判断に使う" } else { "参考" }.to_owned()),
            rounded(test.statistic.map(words::coefficient)),
            test.degrees_of_freedom.map_or(Value::Nothing, |df| Value::Whole(df.into())),
            Value::Rounded(words::p_value(test.p_value)),
            rounded(adjusted.filter(|_| decides).map(words::p_value)),
        ]
    };
    let column = |label: &str, name: &str| Column::new(label, name);
    DataTable {
        caption: format!("検定：{heading}"),
        columns: vec![
            column("検定", "test"),
            column("扱い", "role"),
            column("統計量", "statistic"),
            column("自由度", "degrees_of_freedom"),
            column("p値", "p_value"),
            column("補正後のp値", "adjusted_p_value"),
        ],
        rows: tests.iter().enumerate().map(row).collect(),
    }
}

fn count_table(heading: &str, counts: Counts) -> DataTable {
    let Counts { of, columns, rows } = counts;
    // Two columns are no and yes: then the share of yes says what the row says.
    let flags = columns.len() == 2;
    let numbers = rows.iter().any(|row| row.median.is_some());
    let methods: Vec<Method> = rows
        .iter()
        .map(|row| &row.intervals)
        .max_by_key(|all| all.len())
        .map_or_else(Vec::new, |all| all.iter().map(|(method, _)| *method).collect());
    let mut headings =
        vec![Column::new(of, "group"), Column::new("n（確定）", "n"), Column::new("未確定", "undetermined")];
    headings.extend(columns.iter().enumerate().map(|(place, label)| Column::new(label, format!("count_{place}"))));
    headings
        .extend(flags.then(|| Column::new(format!("割合（{}）", columns.last().map_or("", String::as_str)), "share")));
    headings.extend(numbers.then(|| Column::new("中央値", "median")));
    headings.extend(methods.iter().map(|method| Column::new(method.label(), method.code())));
    let cells = |row: &CountRow| {
        let mut cells = vec![
            Value::Text(row.label.clone()),
            Value::Whole(row.determined.into()),
            Value::Whole(row.register.saturating_sub(row.determined).into()),
        ];
        cells.extend(row.counts.iter().map(|count| Value::Count(Count::Shown(*count))));
        cells.extend(flags.then(|| Value::Share(Share::new(row.share().numerator, row.share().denominator))));
        cells.extend(numbers.then(|| row.median.map_or(Value::Nothing, |m| Value::Rounded(words::coefficient(m)))));
        cells.extend(methods.iter().map(|method| {
            let own = row.intervals.iter().find(|(one, _)| one == method);
            own.map_or(Value::Nothing, |(_, interval)| Value::Rounded(words::share_interval(*interval)))
        }));
        cells
    };
    DataTable {
        caption: format!("数えた市町村：{heading}"), columns: headings, rows: rows.iter().map(cells).collect()
    }
}
