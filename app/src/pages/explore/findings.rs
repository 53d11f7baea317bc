//! The findings: for each hypothesis its effect, its test and what that says.

use leptos::prelude::*;
use shared::exploration::Exploration;
use shared::exploration::finding::{CountRow, Counts, Effect, Finding, Method, Test};
use shared::exploration::words;
use shared::share::Share;
use shared::statistics::ranking::{Order, Ranks};
use shared::tabulation::Count;

use crate::components::exhibit::ExhibitTable;
use crate::components::link::Link;
use crate::exhibit::table::{Column, DataTable, Value};

/// All findings, with what they suppose first.
#[component]
pub(super) fn Findings(exploration: Exploration, source: String, computations: Vec<Link>) -> impl IntoView {
    let family = exploration.family();
    let Exploration { terms, findings } = exploration;
    let adjusted = match family {
        0 => "検定は行っていません。".to_owned(),
        1 => "検定は1件のため、補正しても値は変わりません。".to_owned(),
        many => format!("検定{many}件を、{}でまとめて補正しています。", terms.adjustment.label()),
    };
    let computations = computations.into_iter().map(|Link { label, href }| view! { <li><a href=href>{label}</a></li> });
    let computations = computations.collect_view();
    let sections = findings.into_iter().enumerate().map(|(place, finding)| section(place, finding)).collect_view();
    view! {
        <section class="section" aria-labelledby="explore-terms">
            <h2 id="explore-terms">"この分析の前提"</h2>
            <ul>
                <li>{terms.chance.assumption()}</li>
                <li>{adjusted}</li>
                <li>{format!("検定は{}、区間は95％です。", terms.alternative.label())}</li>
                <li>"p値が小さいほど、偶然では起こりにくい結果です。0.05は慣習上の目安です。"</li>
                <li>"探索的な分析の結果です。公表された値ではなく、因果関係を示すものでもありません。"</li>
            </ul>
        </section>
        {sections}
        <section class="section" aria-labelledby="explore-computations">
            <h2 id="explore-computations">"どう計算したか"</h2>
            <p>"検定と区間は、次の回答を上の表のように数えたものから求めています。"</p>
            <ul>{computations}</ul>
        </section>
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
        let interval = effect.interval.map_or(Value::Nothing, |interval| Value::Text(words::points_interval(interval)));
        vec![Value::Text(effect.method.label().to_owned()), Value::Said(effect.value, value), interval]
    };
    DataTable {
        caption: format!("差や関係の大きさ：{heading}"),
        columns: vec![
            Column::words("大きさ", "effect"),
            Column::decimal("値", "value", ""),
            Column::words("95％区間", "interval"),
        ],
        rows: effects.iter().map(row).collect(),
    }
}

fn test_table(heading: &str, tests: &[Test], adjusted: Option<f64>) -> DataTable {
    let row = |(place, test): (usize, &Test)| {
        let said = |value: Option<f64>, words: fn(f64) -> String| {
            value.map_or(Value::Nothing, |value| Value::Said(value, words(value)))
        };
        let decides = place == 0;
        vec![
            Value::Text(test.method.label().to_owned()),
            Value::Text(if decides { "判断に使う" } else { "参考" }.to_owned()),
            said(test.statistic, words::coefficient),
            test.degrees_of_freedom.map_or(Value::Nothing, |df| Value::Whole(df.into())),
            said(Some(test.p_value), words::p_value),
            said(adjusted.filter(|_| decides), words::p_value),
        ]
    };
    DataTable {
        caption: format!("検定：{heading}"),
        columns: vec![
            Column::words("検定", "test"),
            Column::words("扱い", "role"),
            Column::decimal("統計量", "statistic", ""),
            Column::whole("自由度", "degrees_of_freedom", ""),
            Column::decimal("p値", "p_value", ""),
            Column::decimal("補正後のp値", "adjusted_p_value", ""),
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
        vec![Column::words(of, "group"), Column::count("n（確定）", "n"), Column::count("未確定", "undetermined")];
    headings.extend(columns.iter().enumerate().map(|(place, label)| Column::count(label, format!("count_{place}"))));
    headings.extend(
        flags.then(|| Column::share(format!("割合（{}）", columns.last().map_or("", String::as_str)), "share")),
    );
    // Equal shares have one rank and the next follows it: how many shares there are, not how many groups stand before.
    let shares: Vec<f64> = rows.iter().filter_map(|row| row.share().ratio()).collect();
    let ranks = Ranks::of(&shares, Order::Descending).ok().filter(|_| flags && shares.len() == rows.len());
    let ranks = ranks.filter(|_| rows.len() > 2).map(|ranks| ranks.dense);
    headings.extend(ranks.is_some().then(|| Column::whole("割合の大きい順（同じ割合は同じ番号）", "rank", "")));
    headings.extend(numbers.then(|| Column::decimal("中央値", "median", "")));
    headings.extend(methods.iter().map(|method| Column::words(method.label(), method.code())));
    let cells = |(place, row): (usize, &CountRow)| {
        let mut cells = vec![
            Value::Text(row.label.clone()),
            Value::Whole(row.determined.into()),
            Value::Whole(row.register.saturating_sub(row.determined).into()),
        ];
        cells.extend(row.counts.iter().map(|count| Value::Count(Count::Shown(*count))));
        cells.extend(flags.then(|| Value::Share(Share::new(row.share().numerator, row.share().denominator))));
        let rank = ranks.as_ref().map(|ranks| ranks.get(place).copied());
        cells.extend(rank.map(|rank| rank.map_or(Value::Nothing, |rank| Value::Whole(rank.into()))));
        cells.extend(numbers.then(|| row.median.map_or(Value::Nothing, |m| Value::Said(m, words::coefficient(m)))));
        cells.extend(methods.iter().map(|method| {
            let own = row.intervals.iter().find(|(one, _)| one == method);
            own.map_or(Value::Nothing, |(_, interval)| Value::Text(words::share_interval(*interval)))
        }));
        cells
    };
    DataTable {
        caption: format!("数えた市町村：{heading}"),
        columns: headings,
        rows: rows.iter().enumerate().map(cells).collect(),
    }
}
