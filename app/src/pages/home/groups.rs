//! The official indicator by groups of municipalities.

use shared::comparison::place::compare;
use shared::publication::GroupOutcome;

use super::fields::{HATCHING, SUPPRESSED, outcome_row, outcome_table};
use super::{Published, source};
use crate::chart::Chart;
use crate::chart::bars::Bar;
use crate::exhibit::Exhibit;
use crate::exhibit::table::Value;

/// The groups as bars; `first` says what they are groups by.
pub fn groups(published: &Published, id: &str, first: &str, groups: &[GroupOutcome]) -> Exhibit {
    let year = published.year;
    let suppressed = groups.iter().any(|group| group.outcome.is_none());
    let open = groups.iter().any(|group| group.outcome.is_some_and(|outcome| outcome.undetermined() > 0));
    let bars = groups.iter().map(|group| Bar {
        label: group.label.clone(),
        field: None,
        outcome: group.outcome,
        remark: String::new(),
    });
    let computation = &published.official.computation;
    let rows = groups.iter().map(|group| {
        let name = Value::Link(group.label.clone(), computation.clone());
        outcome_row(name, group.outcome, None)
    });
    let notes = [open.then(|| HATCHING.to_owned()), suppressed.then(|| SUPPRESSED.to_owned())];
    Exhibit {
        id: id.to_owned(),
        finding: finding(first, groups),
        subtitle: format!("DXに取り組んでいる市町村の割合。{}、分母は{first}ごとの市町村数。", year.wareki()),
        chart: Some(Chart::Bars(bars.collect())),
        table: outcome_table(format!("{first}ごとの結果（{year}、団体数）"), year, first, rows.collect()),
        notes: notes.into_iter().flatten().collect(),
        source: source(published),
        computation: Some(computation.clone()),
        address: None,
        demonstration: published.demonstration,
    }
}

/// Which groups stand highest, among those whose value is shown.
fn finding(first: &str, groups: &[GroupOutcome]) -> Vec<String> {
    let shown = || groups.iter().filter_map(|group| Some((group.label.as_str(), group.outcome?.share())));
    let Some(highest) = shown().map(|(_, share)| share).max_by(|a, b| compare(*a, *b)) else {
        return vec![format!("{first}ごとの割合は"), "秘匿しています".to_owned()];
    };
    let leaders: Vec<&str> =
        shown().filter(|(_, share)| compare(*share, highest).is_eq()).map(|(label, _)| label).collect();
    if leaders.len() == groups.len() && leaders.len() > 1 {
        return vec!["DXに取り組んでいる市町村の割合は、".to_owned(), format!("どの{first}でも{highest}")];
    }
    let begin = if shown().count() < groups.len() {
        format!("値を示せる{first}では、")
    } else {
        format!("{first}別では")
    };
    vec![begin, format!("{}が", leaders.join("と")), format!("{highest}で最も高い")]
}

#[cfg(test)]
mod tests {
    use shared::indicator::Outcome;

    use super::*;

    fn group(label: &str, engaged: Option<u32>) -> GroupOutcome {
        let outcome = |engaged| Outcome { engaged, not_engaged: 8 - engaged, register: 8, respondents: 8 };
        GroupOutcome { label: label.to_owned(), outcome: engaged.map(outcome) }
    }

    #[test]
    fn the_finding_names_the_highest_of_what_is_shown() {
        let said = |figures: &[GroupOutcome]| finding("地域", figures).concat();
        let all = [group("東青", Some(6)), group("中南", Some(2)), group("三八", Some(1))];
        assert_eq!(said(&all), "地域別では東青が75.0％で最も高い");
        let tied = [group("東青", Some(6)), group("中南", Some(6)), group("三八", None)];
        assert_eq!(said(&tied), "値を示せる地域では、東青と中南が75.0％で最も高い");
        assert!(said(&tied[..2]).contains("どの地域でも75.0％"));
        assert!(said(&tied[2..]).contains("秘匿しています"));
    }
}
