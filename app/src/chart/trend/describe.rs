//! The trend in words.

use shared::share::Share;

use crate::figures::{Reference, Trend, TrendYear};

/// What the picture shows, for those who do not see it. The table beside it says the same in full.
pub fn description(trend: &Trend) -> String {
    let years = trend.years.iter().map(|year| year_words(trend, year));
    let reference = trend.reference.iter().map(reference_words);
    let target = trend.target.iter().map(|target| format!("{}の目標は{target}。", trend.last));
    years.chain(reference).chain(target).collect()
}

fn year_words(trend: &Trend, year: &TrendYear) -> String {
    let fields: Vec<String> =
        year.fields.iter().map(|(field, outcome)| format!("、{} {}", field.label(), outcome.share())).collect();
    format!("{}は{} {}{}。", year.year, trend.headline, year.headline.share(), fields.concat())
}

fn reference_words(reference: &Reference) -> String {
    let counts = reference.counts.iter();
    let counts: Vec<String> =
        counts.map(|c| format!("{} {}", c.field.label(), Share::new(c.count, c.population))).collect();
    format!("{}は参考値で{}。", reference.year, counts.join("、"))
}
