//! What is legal and still a mistake; what the reference implementation refuses.
//!
//! - [`outline`](fn@outline): what concerns more than one row
//! - [`comparison`]: comparisons that cannot come true, and what other tools read otherwise
//! - [`reference`](fn@reference): rxform's own judgement

mod comparison;

use std::collections::{BTreeMap, BTreeSet};

use rxeval::parser::{Token, tokenize};
use shared::questionnaire::GroupLayout;

use super::choices::ChoiceLists;
use super::columns;
use super::finding::{Finding, Severity};
use super::outline::{Outline, Place, Role};
use super::row_type::RowType;
use super::workbook::{Row, Sheet, Sheets};

pub(super) use self::comparison::{bare_date, expression};

/// Names of sections that would meet an address of their own below `/answer/{year}/`.
const RESERVED: [&str; 10] =
    ["approval", "check", "extension", "inquiries", "print", "receipt", "submit", "tasks", "workbook", "workbook.xlsx"];

/// Checks what concerns more than one row.
pub(super) fn outline(outline: &Outline, lists: &ChoiceLists, findings: &mut Vec<Finding>) {
    concepts_are_unique(outline, findings);
    groups_are_filled(outline, findings);
    lists_are_used(outline, lists, findings);
    for section in outline.sections.iter().filter(|section| RESERVED.contains(&section.name.as_str())) {
        if let Some(named) = outline.names.get(section.name.as_str()) {
            let message = format!("章の名前に「{}」は使えません。画面のアドレスと重なります。", section.name.as_str());
            findings.push(named.row.error("name", message));
        }
    }
    for place in outline.places.iter().filter(|place| place.is_first()) {
        if place.kind.has_other() && place.row.cell("choice_filter").is_some() {
            findings.push(place.row.error("choice_filter", "or_otherと同時には使えません。どちらかを消してください。"));
        }
    }
}

fn concepts_are_unique(outline: &Outline, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Row> = BTreeMap::new();
    for (question, place) in outline.questions.iter().zip(&outline.places) {
        if question.concept.is_empty() || place.kind == RowType::Note {
            continue;
        }
        if let Some(earlier) = seen.insert(&question.concept, place.row)
            && (place.is_first() || place.time.is_none() && earlier.cell("concept") != place.row.cell("concept"))
        {
            let message = format!("概念ID「{}」は{}行目で使われています。", question.concept, earlier.number);
            findings.push(place.row.error("concept", message));
        }
    }
}

fn groups_are_filled(outline: &Outline, findings: &mut Vec<Finding>) {
    let row_of = |name: &str| outline.names.get(name).map(|named| named.row);
    for section in &outline.sections {
        if section.questions().next().is_none()
            && let Some(row) = row_of(section.name.as_str())
        {
            findings.push(row.error("", "この章には質問がありません。"));
        }
        for group in &section.groups {
            if let Some(instance) = group.instance.as_ref().filter(|_| group.questions.is_empty())
                && let Some(row) = row_of(&instance.repeat).filter(|_| instance.number == 1)
            {
                findings.push(row.error("", "この繰り返しには質問がありません。"));
            }
            if group.layout == GroupLayout::Table {
                let places: Vec<&Place> = group.questions.iter().map(|index| outline.place(*index)).collect();
                rows_fit_in_a_table(&places, findings);
            }
        }
    }
}

fn rows_fit_in_a_table(places: &[&Place], findings: &mut Vec<Finding>) {
    for place in places {
        if place.kind.list().is_none() || Some(place.kind) != places.first().map(|first| first.kind) {
            let message = "table-listのグループには、同じ選択肢リストの同じ種類の質問だけを置けます。";
            findings.push(place.row.error("type", message));
        }
        if place.row.cell("choice_filter").is_some() {
            findings.push(place.row.error("choice_filter", "table-listのグループの中では使えません。"));
        }
    }
}

fn lists_are_used(outline: &Outline, lists: &ChoiceLists, findings: &mut Vec<Finding>) {
    let mut used: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for place in &outline.places {
        if let Some(list) = place.kind.list() {
            used.entry(list).or_default().insert(place.kind.has_other());
        }
    }
    for (name, list) in lists {
        let Some(row) = list.rows.first() else { continue };
        match used.get(name).map(BTreeSet::len) {
            None => {
                findings.push(row.warning("list_name", format!("リスト「{name}」はどの質問でも使われていません。")));
            }
            Some(2) => {
                let message = format!(
                    "リスト「{name}」を、or_otherのある質問とない質問で使っています。ほかのXLSFormの道具では、\
                     どちらにも「その他」が付きます。リストを分けてください。"
                );
                findings.push(row.warning("list_name", message));
            }
            Some(_) => {}
        }
    }
}

/// Warns of columns of the choices sheet that no choice filter mentions.
pub(super) fn own_columns(outline: &Outline, choices: &Sheet, findings: &mut Vec<Finding>) {
    let filters = outline.places.iter().filter(|place| place.role == Role::Row);
    let filters = filters.filter_map(|place| place.row.cell("choice_filter"));
    let tokens = filters.filter_map(|filter| tokenize(&filter.replace(['$', '{', '}'], " ")).ok()).flatten();
    let mentioned: BTreeSet<String> = tokens
        .filter_map(|token| match token {
            Token::Name(name) => Some(columns::canonical(&name)),
            _ => None,
        })
        .collect();
    for column in choices.columns.iter().filter(|column| !column.is_empty() && !column.contains("::")) {
        if !columns::CHOICES.contains(&column.as_str()) && !columns::is_refused(column) && !mentioned.contains(column) {
            let message = "この列は使いません。見出しの書き間違いでないか確認してください。";
            findings.push(choices.finding(Severity::Warning, Some(column), message));
        }
    }
}

/// Lets rxform, a port of the reference implementation, read a form that passed all else.
pub(super) fn reference(sheets: &Sheets, findings: &mut Vec<Finding>) {
    let own: Vec<&str> = sheets.choices.columns.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let workbook = rxform::xls::Workbook {
        survey: for_rxform(&sheets.survey, &columns::SURVEY),
        choices: for_rxform(&sheets.choices, &own),
        settings: for_rxform(&sheets.settings, &columns::SETTINGS),
        ..rxform::xls::Workbook::default()
    };
    if let Err(error) = rxform::parser::parse(&workbook, "form") {
        let sheet = match error.location.sheet.as_deref() {
            Some("choices") => &sheets.choices,
            Some("settings") => &sheets.settings,
            _ => &sheets.survey,
        };
        let message = format!("XLSFormの規則に反しています：{}", error.message);
        let mut finding = sheet.finding(Severity::Error, error.location.column.as_deref(), message);
        finding.row = error.location.row;
        findings.push(finding);
    }
}

fn for_rxform(sheet: &Sheet, known: &[&str]) -> rxform::xls::Sheet {
    let headers = known.iter().map(|column| (*column).to_owned()).collect();
    let rows = sheet.rows.iter().filter(|row| !row.is_disabled()).map(|row| {
        let cells = row.cells.iter().filter(|(column, _)| known.contains(&column.as_str()));
        (row.number, cells.map(|(column, cell)| (column.clone(), cell.clone())).collect())
    });
    rxform::xls::Sheet { headers, rows: rows.collect() }
}
