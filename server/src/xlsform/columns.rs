//! Which columns there are, under which names.

use shared::questionnaire::translation::{Language, TRANSLATED};

use super::finding::{Finding, Severity};
use super::workbook::{Sheet, Sheets};

/// Columns of the survey sheet; those from `number` on are ours.
pub(super) const SURVEY: [&str; 33] = [
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "parameters",
    "default",
    "readonly",
    "calculation",
    "choice_filter",
    "repeat_count",
    "disabled",
    "number",
    "concept",
    "derived_from",
    "comparable",
    "unit",
    "max_length",
    "core",
    "aggregate_visibility",
    "named_visibility",
    "may_be_unknown",
    "soft_constraint",
    "soft_message",
    "change_threshold",
    "minutes",
    "field",
];

/// Columns of the choices sheet; those from `short` on are ours. Any other is for choice filters.
pub(super) const CHOICES: [&str; 6] = ["list_name", "name", "label", "short", "state", "exclusive"];

/// Columns of the settings sheet. The last two are for other XLSForm tools.
pub(super) const SETTINGS: [&str; 5] = ["form_title", "form_id", "version", "default_language", "style"];

/// XLSForm columns that change what a form does and are not supported: ignoring one would change its meaning.
const UNSUPPORTED: [&str; 9] = [
    "trigger",
    "image",
    "audio",
    "video",
    "big-image",
    "save_to",
    "allow_choice_duplicates",
    "clean_text_values",
    "instance_name",
];

/// XLSForm's other names for the same columns.
const ALIASES: [(&str, &str); 13] = [
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("caption", "label"),
    ("value", "name"),
    ("tag", "name"),
    ("command", "type"),
    ("requiredmsg", "required_message"),
    ("constraining_message", "constraint_message"),
    ("read_only", "readonly"),
    ("count", "repeat_count"),
    ("title", "form_title"),
    ("set_form_title", "form_title"),
    ("id_string", "form_id"),
];

/// The one name of a column that a heading stands for. A column of the author's own keeps its heading to the letter:
/// choice filters mention it. So does the language of a translation.
pub(super) fn canonical(heading: &str) -> String {
    let heading = heading.trim();
    // Before `label::English` there was `label:English`; nothing but texts is given in several languages.
    let legacy = || heading.split_once(':').filter(|(base, _)| TRANSLATED.contains(&known_as(base).as_str()));
    if let Some((base, language)) = heading.split_once("::").or_else(legacy) {
        return format!("{}::{}", known_as(base), language.trim());
    }
    let name = known_as(heading);
    if is_known(&name) { name } else { heading.to_owned() }
}

/// The name in lower case with underscores, and the one of several.
fn known_as(heading: &str) -> String {
    let name = heading.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, column)| (*column).to_owned())
}

fn is_known(name: &str) -> bool {
    [&SURVEY[..], &CHOICES, &SETTINGS, &UNSUPPORTED].iter().any(|columns| columns.contains(&name))
}

/// Whether the column would change what a form does and is not supported.
pub(super) fn is_refused(name: &str) -> bool {
    UNSUPPORTED.contains(&name) || name.contains(':')
}

/// Checks the headings of every sheet and that no value stands outside them. `language` is the form's own.
pub(super) fn check(sheets: &Sheets, language: &str, findings: &mut Vec<Finding>) {
    let is_there = |sheet: &Sheet, column: &str| {
        let translated = format!("{column}::{language}");
        sheet.columns.iter().any(|present| present == column || *present == translated)
    };
    for (sheet, known, needed) in [
        (&sheets.survey, &SURVEY[..], &["type", "name", "label"][..]),
        (&sheets.choices, &CHOICES, &[]),
        (&sheets.settings, &SETTINGS, &["form_title", "form_id", "version"]),
    ] {
        for column in needed.iter().filter(|column| !is_there(sheet, column)) {
            let message = format!("{column}列がありません。1行目の見出しに加えてください。");
            findings.push(sheet.finding(Severity::Error, None, message));
        }
        check_sheet(sheet, known, findings);
    }
}

/// Columns of the sheet that may be given in several languages, as `label::日本語 (ja)`.
pub(super) fn translated(known: &[&str]) -> impl Iterator<Item = &'static str> {
    TRANSLATED.into_iter().filter(|column| known.contains(column))
}

fn check_sheet(sheet: &Sheet, known: &[&str], findings: &mut Vec<Finding>) {
    // What no choice filter mentions is found later.
    let may_have_own = known == CHOICES;
    for (place, column) in sheet.columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
        let mut finding = |severity, message: &str| findings.push(sheet.finding(severity, Some(column), message));
        let parts = column.split_once("::");
        let is_translation = parts.is_some_and(|(base, _)| translated(known).any(|column| column == base));
        let looks_like_one =
            parts.is_some_and(|(base, language)| !UNSUPPORTED.contains(&base) && Language::parse(language).is_some());
        if sheet.columns.iter().take(place).any(|earlier| earlier == column) {
            finding(Severity::Error, "同じ見出しの列が2つあります。1つにしてください。");
        } else if is_refused(column) && !is_translation && !looks_like_one {
            if sheet.rows.iter().any(|row| row.cell(column).is_some()) {
                finding(Severity::Error, "この列には対応していません。列を削除してください。");
            }
        } else if !is_translation && (looks_like_one || !may_have_own && !known.contains(&column.as_str())) {
            finding(Severity::Warning, "この列は使いません。見出しの書き間違いでないか確認してください。");
        }
    }
    for row in &sheet.rows {
        if row.width != sheet.columns.len() {
            let message = format!(
                "セルの数（{}）が見出しの数（{}）と違います。コンマの過不足や、コンマを含むセルの引用符を確認してください。",
                row.width,
                sheet.columns.len()
            );
            findings.push(row.error("", message));
        } else if row.cell("").is_some() {
            findings.push(row.error("", "見出しのない列に値があります。見出しを付けるか、値を消してください。"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn headings_have_one_name_and_own_columns_keep_theirs() {
        for (heading, name) in [
            (" Relevance ", "relevant"),
            ("List Name", "list_name"),
            ("Constraint Message", "constraint_message"),
            ("Label::日本語 (ja)", "label::日本語 (ja)"),
            ("caption :: English (en)", "label::English (en)"),
            ("label:english", "label::english"),
            ("Constraint Message: 日本語 (ja)", "constraint_message::日本語 (ja)"),
            ("media:image", "media:image"),
            ("bind:jr:constraintMsg", "bind:jr:constraintMsg"),
            ("Region", "Region"),
            ("対象 人口", "対象 人口"),
            ("", ""),
        ] {
            assert_eq!(canonical(heading), name, "{heading:?}");
        }
    }
}
