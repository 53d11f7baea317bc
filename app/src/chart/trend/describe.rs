//! The trend in words.

use shared::indicator::Outcome;
use shared::share::Share;

use crate::figures::Trend;

/// What the picture shows, for those who do not see it. The table beside it says the same in full.
pub fn description(trend: &Trend) -> String {
    let mut words = String::new();
    for year in &trend.years {
        words.push_str(&format!("{}は{}{}", year.year, trend.headline, shown(year.headline)));
        for (field, outcome) in &year.fields {
            words.push_str(&format!("、{}{}", field.label(), shown(*outcome)));
        }
        words.push('。');
    }
    if let Some(reference) = &trend.reference {
        words.push_str(&format!("{}は参考値で", reference.year));
        for count in &reference.counts {
            words.push_str(&format!("、{} {}", count.field.label(), Share::new(count.count, count.population)));
        }
        words.push('。');
    }
    if let Some(target) = trend.target {
        words.push_str(&format!("{}の目標は{target}。", trend.last));
    }
    words
}

fn shown(outcome: Outcome) -> String {
    format!(" {}", outcome.share())
}
