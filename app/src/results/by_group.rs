//! By groups of municipalities: a property, or the answers to another question.

use std::cmp::Ordering;

use shared::share::Share;
use shared::tabulation::{Attribute, Count, Crosstab, Refusal};

use super::finding::{Lead, lead, subtitle};
use super::parts::{Line, Parts};
use super::{Asked, Name};
use crate::exhibit::Exhibit;

/// By a property of the municipalities.
pub fn by_attribute(asked: &Asked<'_>, attribute: Attribute) -> Result<Exhibit, Refusal> {
    let table = asked.reader.crosstab(asked.slab, asked.variable, attribute, asked.filter)?;
    Ok(exhibit(asked, Name::By(attribute), &table, attribute.label()))
}

/// By the answers to another question.
pub fn by_question(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let by = asked.by.unwrap_or_else(|| asked.variable.into());
    let table = asked.reader.crosstab_by_answers(asked.slab, asked.variable, by, asked.filter)?;
    let label = by.label(asked.slab.year()).unwrap_or_else(|| "別の設問".to_owned());
    let mut exhibit = exhibit(asked, Name::Cross, &table, "別の設問の回答");
    exhibit.subtitle = format!("行は「{label}」の回答です。{}", exhibit.subtitle);
    Ok(exhibit)
}

fn exhibit(asked: &Asked<'_>, name: Name, table: &Crosstab, first: &str) -> Exhibit {
    let groups = table.groups.iter().filter(|group| group.frequency.register > 0);
    let mut lines: Vec<Line> = groups
        .map(|group| Line { label: group.label.clone(), href: None, table: group.frequency.clone(), emphasis: false })
        .collect();
    let finding = highest_and_lowest(asked, table, name);
    lines.push(Line { label: "全体".to_owned(), href: None, table: table.total.clone(), emphasis: true });
    let parts = Parts::of(asked.variable, &lines);
    let caption = format!("{}ごとの市町村数（{}）", first, asked.slab.year().wareki());
    Exhibit {
        id: name.code().to_owned(),
        finding,
        subtitle: subtitle(&table.total, &asked.group()),
        chart: parts.chart(&lines),
        table: parts.table(caption, first, &lines),
        notes: parts.notes(&lines),
        source: asked.source.to_owned(),
        computation: Some(asked.computation()),
        address: Some(asked.address(name)),
        demonstration: asked.demonstration,
    }
}

/// In which groups the leading choice has the greatest and the least share; the whole result where that is not known.
fn highest_and_lowest(asked: &Asked<'_>, table: &Crosstab, name: Name) -> Vec<String> {
    let plain = || asked.finding_or(name);
    let Lead::One { code, among_shown: false, .. } = lead(&table.total) else { return plain() };
    let groups = table.groups.iter().filter(|group| group.frequency.register > 0);
    let shares: Option<Vec<(&str, Share)>> = groups
        .map(|group| {
            let count = group.frequency.choices.get(usize::from(code)).copied().and_then(Count::shown)?;
            Some((group.label.as_str(), Share::new(count, group.frequency.register)))
        })
        .collect();
    let Some(shares) = shares.filter(|shares| shares.len() > 1) else { return plain() };
    let compare = |a: &Share, b: &Share| a.since(*b).map_or(Ordering::Equal, shared::share::Difference::sign);
    let Some(highest) = shares.iter().map(|(_, share)| *share).max_by(compare) else { return plain() };
    let Some(lowest) = shares.iter().map(|(_, share)| *share).min_by(compare) else { return plain() };
    let label = asked.variable.choices.get(usize::from(code)).map_or("", |choice| choice.label.as_str());
    if compare(&highest, &lowest) == Ordering::Equal {
        return vec![format!("「{label}」の割合は、"), format!("どこでも{highest}です。")];
    }
    let named = |wanted: Share| {
        let names: Vec<&str> = shares
            .iter()
            .filter(|(_, share)| compare(share, &wanted) == Ordering::Equal)
            .map(|(name, _)| *name)
            .collect();
        match names.as_slice() {
            [one] => format!("「{one}」"),
            [one, other] => format!("「{one}」と「{other}」"),
            [first, ..] => format!("「{first}」など{}つ", names.len()),
            [] => String::new(),
        }
    };
    vec![
        format!("「{label}」の割合は、"),
        format!("{}で最も高く（{highest}）、", named(highest)),
        format!("{}で最も低い（{lowest}）です。", named(lowest)),
    ]
}
