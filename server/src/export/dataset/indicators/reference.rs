//! The years before the platform.

use shared::indicator::{CountBounds, Definition, ReferenceCount};
use shared::share::Share;

use super::{percent, role, yes_no};
use crate::export::table::Held;

/// Years known only as one count a field: the counts, and what follows for the definitions over several fields, each in
/// its latest version. No round was counted then, so none of them was its version of that year.
pub fn rows(counts: &[ReferenceCount], definitions: &[Definition]) -> Vec<Vec<Held>> {
    let mut years: Vec<_> = counts.iter().map(|count| count.year).collect();
    years.dedup();
    let mut rows = Vec::new();
    for year in years {
        let of_year: Vec<ReferenceCount> = counts.iter().filter(|count| count.year == year).cloned().collect();
        let Some(first) = of_year.first() else { continue };
        for definition in definitions.iter().filter(|definition| is_latest(definition, definitions)) {
            // Of other definitions the counts tell nothing.
            let Ok(bounds) = CountBounds::of(definition, &of_year) else { continue };
            let counted = match definition.rule.fields.as_slice() {
                [rule] => of_year.iter().find(|count| count.field == rule.field),
                _ => None,
            };
            let bounds = Some(bounds).filter(|_| counted.is_none());
            let condition = if counted.is_some() {
                "公表された数。回答した市町村数は公表されていないため、割合は求めない".to_owned()
            } else {
                format!("対象の{}市町村がすべて回答していた場合にとりうる範囲。割合は求めない", first.population)
            };
            rows.push(vec![
                Held::from(u32::from(year.year())),
                Held::from(year.wareki()),
                Held::from(definition.id.as_str()),
                Held::from(first.definition.as_str()),
                Held::from(definition.title.as_str()),
                Held::from(role(definition.role)),
                Held::from(yes_no(false)),
                Held::from(yes_no(false)),
                Held::from("value"),
                Held::from(counted.map(|count| count.count)),
                Held::Empty,
                Held::Empty,
                Held::from(first.population),
                Held::Empty,
                Held::from(first.respondents),
                first.respondents.map_or(Held::Empty, |respondents| percent(Share::new(respondents, first.population))),
                Held::Empty,
                bounds.map_or(Held::Empty, |bounds| percent(bounds.lower)),
                bounds.map_or(Held::Empty, |bounds| percent(bounds.upper)),
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::Empty,
                Held::from(condition),
                Held::Empty,
                Held::from(first.source.as_str()),
                Held::Empty,
            ]);
        }
    }
    rows
}

fn is_latest(definition: &Definition, all: &[Definition]) -> bool {
    !all.iter().any(|other| other.id == definition.id && other.version > definition.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    #[test]
    fn a_definition_has_one_row_a_year_however_many_versions_it_has() {
        let counts = Seeds::Embedded.reference_counts().unwrap();
        let mut definitions = Seeds::Embedded.definitions().unwrap();
        let first = rows(&counts, &definitions);
        assert!(first.len() > 1);
        let newer = |definition: &Definition| Definition {
            version: definition.version + 1,
            title: format!("{}（改）", definition.title),
            ..definition.clone()
        };
        definitions.extend(definitions.clone().iter().map(newer));
        let second = rows(&counts, &definitions);
        assert_eq!(second.len(), first.len());
        assert!(second.iter().all(|row| matches!(&row[4], Held::Text(title) if title.ends_with("（改）"))));
    }
}
