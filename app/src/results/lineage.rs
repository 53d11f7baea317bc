//! 設問の系譜: since when it is asked, and what it continues, in sentences.

use shared::fiscal_year::FiscalYear;
use shared::tabulation::{Comparability, Cube, Variable};

/// What is to be said of the question's years, seen from one of them.
pub fn sentences(cube: &Cube, variable: &Variable, from: FiscalYear) -> Vec<String> {
    let mut said = Vec::new();
    let mut earlier: Option<&str> = None;
    for (year, edition) in &variable.editions {
        match earlier {
            None => said.push(format!("{}から聞いています。", year.wareki())),
            Some(concept) if concept != edition.concept => said.push(format!(
                "{}に概念IDが「{concept}」から「{}」に変わりました。",
                year.wareki(),
                edition.concept
            )),
            Some(_) => {}
        }
        match edition.continues.as_slice() {
            [] => {}
            [one] => said.push(format!("{}に「{}」を分けた設問です。", year.wareki(), title(cube, one))),
            several => {
                let titles: Vec<String> = several.iter().map(|one| format!("「{}」", title(cube, one))).collect();
                said.push(format!("{}に{}をまとめた設問です。", year.wareki(), titles.join("と")));
            }
        }
        earlier = Some(edition.concept.as_str());
    }
    for slab in cube.years() {
        let year = slab.year();
        let later = variable.editions.keys().next().is_some_and(|first| *first < year);
        match variable.comparability(year, from) {
            Comparability::NotAsked if later && variable.edition(year).is_none() => {
                said.push(format!("{}は聞いていません。", year.wareki()));
            }
            _ if year == from => {}
            Comparability::Comparable | Comparability::NotAsked => {}
            reason => said.push(format!("{}とは{}", year.wareki(), reason.sentence())),
        }
    }
    let names: Vec<&str> = variable.editions.values().map(|edition| edition.concept.as_str()).collect();
    for other in cube.variables() {
        for (year, edition) in &other.editions {
            if edition.continues.iter().any(|concept| names.contains(&concept.as_str())) {
                said.push(format!("{}から「{}」に引き継がれています。", year.wareki(), edition.label));
            }
        }
    }
    said
}

/// The question's text; its concept where no year has it.
fn title(cube: &Cube, concept: &str) -> String {
    let edition = cube.variable(concept).and_then(|variable| variable.editions.values().next_back());
    edition.map_or_else(|| concept.to_owned(), |edition| edition.label.clone())
}
