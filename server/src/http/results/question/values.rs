//! Answers by municipality, a page at a time.

use app::components::question::in_words;
use app::pages::results::values::{ValueRow, Values};
use shared::municipality::{Municipality, Region};
use shared::questionnaire::QuestionKind;
use shared::response::Cell;
use shared::tabulation::Variable;

use crate::http::results::asked::Asked;
use crate::http::results::seen::{Answers, Seen, SeenYear};

/// Municipalities on one page.
const PAGE: usize = 50;

/// The page of the answers that the address asks for, or who may see them; `path` is the page's own.
pub fn shown_values(
    seen: &Seen,
    year: SeenYear<'_>,
    variable: &Variable,
    asked: &Asked,
    path: &str,
) -> Result<Values, String> {
    let query = asked.filter.query();
    let page_of = |number: usize| {
        let query = [query.clone(), format!("page={number}")];
        let query: Vec<String> = query.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{path}?{}#values", query.join("&"))
    };
    match (seen.reader.require_named(year.slab, variable), year.answers(variable, &asked.filter)) {
        (Ok(()), Some(answers)) => Ok(values(&answers, asked.page(), page_of)),
        (Ok(()), None) => Err("この年度に市町村別の回答はありません。".to_owned()),
        (Err(_), _) => {
            let edition = variable.edition(year.slab.year()).or_else(|| variable.editions.values().next_back());
            let range = edition.map_or("県まで", |edition| edition.visibility.named.label());
            Err(format!("市町村別の回答の公開範囲は「{range}」です。この画面では表示できません。"))
        }
    }
}

/// The page of the answers with that number, from 1; the last one where there are fewer. `href` makes the address of a
/// page. Only for readers who may see named values.
fn values(answers: &Answers<'_>, number: usize, href: impl Fn(usize) -> String) -> Values {
    let question = answers.question;
    let texts = matches!(question.kind, QuestionKind::Text { .. });
    // Of free texts only those that were written: the others are counted above.
    let listed = |cell: &Cell| !texts || matches!(cell, Cell::Value(_));
    let cells: Vec<&(&Municipality, &Cell)> = answers.cells.iter().filter(|(_, cell)| listed(cell)).collect();
    let pages = cells.len().div_ceil(PAGE).max(1);
    let number = number.min(pages);
    let row = |(municipality, cell): &&(&Municipality, &Cell)| ValueRow {
        name: municipality.name.clone(),
        place: place_of(municipality),
        words: match cell {
            Cell::Value(value) => in_words(question, value),
            state => state.label().to_owned(),
        },
        answered: matches!(cell, Cell::Value(_)),
    };
    Values {
        title: if texts { "自由記述の回答" } else { "市町村別の回答" }.to_owned(),
        rows: cells.iter().skip((number - 1) * PAGE).take(PAGE).map(row).collect(),
        total: cells.len(),
        first: (number - 1) * PAGE + 1,
        before: (number > 1).then(|| href(number - 1)),
        after: (number < pages).then(|| href(number + 1)),
    }
}

/// 「市・東青」; the prefecture where no region is known.
fn place_of(municipality: &Municipality) -> String {
    let prefecture = shared::tabulation::attribute::prefecture_name(municipality.code.prefecture());
    let region = municipality.region.map(Region::label).or(prefecture).unwrap_or_default();
    format!("{}・{region}", municipality.kind.label())
}
