//! The languages in which a questionnaire gives its texts.
//!
//! XLSForm gives a text in another language in a column of its own, `label::English (en)`. Translations are read from
//! the [`Source`] when they are asked for, so that the questionnaire stored and sent stays as small as without them.

use std::collections::BTreeMap;

use super::model::{Choice, Question, QuestionIndex, QuestionKind, Questionnaire};
use super::source::{Source, SourceSheet};

/// Columns of the survey sheet that may be given in several languages; of the choices sheet, `label` alone.
pub const TRANSLATED: [&str; 6] =
    ["label", "hint", "guidance_hint", "required_message", "constraint_message", "soft_message"];

/// The language of a form that does not name one.
const JAPANESE: &str = "日本語 (ja)";

/// A language, written 「English (en)」 in headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its name in itself.
    pub name: String,
    /// Its code by BCP 47, as HTML's `lang` takes it.
    pub code: String,
}

impl Language {
    /// Reads a language as headings write it; `None` without a code.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, code) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
        let (name, code) = (name.trim(), code.trim());
        let mut parts = code.split('-');
        let is_language = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_code = parts.next().is_some_and(is_language) && parts.all(is_part);
        let is_name = !name.is_empty() && !name.contains("::");
        (is_code && is_name).then(|| Self { name: name.to_owned(), code: code.to_owned() })
    }
}

impl Source {
    /// The language of the texts that are shown unless another is asked for, as headings write it: that of the setting
    /// `default_language`; Japanese where texts stand under plain headings; else the first that there is.
    pub fn default_language(&self) -> &str {
        let setting = self.settings.rows.first().and_then(|row| self.settings.cell(row, "default_language"));
        let of_labels = || {
            let is_plain = self.survey.columns.iter().any(|column| column == "label");
            let mut labels = self.survey.columns.iter().filter_map(|column| column.strip_prefix("label::"));
            if is_plain { None } else { labels.clone().find(|label| *label == JAPANESE).or_else(|| labels.next()) }
        };
        setting.or_else(of_labels).unwrap_or(JAPANESE)
    }
}

impl SourceSheet {
    /// The cell, when it is not blank.
    fn cell<'s>(&'s self, row: &'s [String], column: &str) -> Option<&'s str> {
        let place = self.columns.iter().position(|present| present == column)?;
        row.get(place).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// Headings of translations: the column translated, the language as written, the whole heading.
    fn translations(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let headings = self.columns.iter().filter_map(|column| {
            let (base, language) = column.split_once("::")?;
            Some((base, language, column.as_str()))
        });
        headings.filter(|(base, _, _)| TRANSLATED.contains(base))
    }
}

impl Questionnaire {
    /// The languages that it gives texts in, that of its own texts first.
    pub fn languages(&self) -> Vec<Language> {
        let own = self.source.default_language();
        let unnamed = || Language { name: own.to_owned(), code: "ja".to_owned() };
        let mut languages = vec![Language::parse(own).unwrap_or_else(unnamed)];
        for (_, language, _) in self.source.survey.translations().chain(self.source.choices.translations()) {
            if let Some(language) = Language::parse(language)
                && languages.iter().all(|known| known.code != language.code)
            {
                languages.push(language);
            }
        }
        languages
    }

    /// The questionnaire with its texts in the language of that code. A text without a translation stays as it is, and so
    /// does everything when there is no such language. Short texts of choices are not translated: the label takes
    /// their place.
    #[must_use]
    pub fn in_language(&self, code: &str) -> Self {
        let mut translated = self.clone();
        if self.languages().iter().skip(1).any(|language| language.code == code) {
            let texts = Texts::new(self, code);
            texts.translate_headings(&mut translated);
            texts.translate_questions(&mut translated);
        }
        translated
    }
}

/// Where the texts of one language stand.
struct Texts<'q> {
    /// Headings of that language by the column that they translate.
    headings: BTreeMap<&'q str, &'q str>,
    survey: &'q SourceSheet,
    /// Rows of questions, sections and groups by name.
    rows: BTreeMap<&'q str, &'q [String]>,
    /// Rows of the groups in each section, without repeats, in order.
    groups: BTreeMap<&'q str, Vec<&'q [String]>>,
    /// Labels of choices by list and name; where there is no translation, `None`.
    choices: BTreeMap<&'q str, BTreeMap<&'q str, Option<&'q str>>>,
    words: Option<Words>,
}

/// Our own words in a form, for what has no row in its sheets.
struct Words {
    other: &'static str,
    other_text: &'static str,
    reason: &'static str,
}

fn words(code: &str) -> Option<Words> {
    let is_english = code.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    is_english.then_some(Words { other: "Other", other_text: "Please specify", reason: "Reason" })
}

impl<'q> Texts<'q> {
    fn new(of: &'q Questionnaire, code: &str) -> Self {
        let (survey, choices) = (&of.source.survey, &of.source.choices);
        let mut texts = Self {
            headings: BTreeMap::new(),
            survey,
            rows: BTreeMap::new(),
            groups: BTreeMap::new(),
            choices: BTreeMap::new(),
            words: words(code),
        };
        let is_it = |language: &str| Language::parse(language).is_some_and(|language| language.code == code);
        for (base, _, heading) in survey.translations().filter(|(_, language, _)| is_it(language)) {
            texts.headings.entry(base).or_insert(heading);
        }
        let label =
            choices.translations().find(|(base, language, _)| *base == "label" && is_it(language)).map(|(.., h)| h);
        for row in &choices.rows {
            if let (Some(list), Some(name)) = (choices.cell(row, "list_name"), choices.cell(row, "name")) {
                let label = label.and_then(|heading| choices.cell(row, heading));
                texts.choices.entry(list).or_default().insert(name, label);
            }
        }
        texts.read_rows();
        texts
    }

    fn read_rows(&mut self) {
        let survey = self.survey;
        let mut open: Vec<&str> = Vec::new();
        for row in &survey.rows {
            let kind = survey.cell(row, "type").unwrap_or_default();
            let is_disabled = survey
                .cell(row, "disabled")
                .is_some_and(|cell| !matches!(&*cell.to_lowercase(), "0" | "no" | "false" | "false()"));
            if is_disabled {
                continue;
            }
            if kind.starts_with("end") {
                open.pop();
                continue;
            }
            let name = survey.cell(row, "name").unwrap_or_default();
            self.rows.insert(name, row);
            if kind.starts_with("begin") {
                if let [section] = open.as_slice()
                    && !kind.contains("repeat")
                {
                    self.groups.entry(section).or_default().push(row);
                }
                open.push(name);
            }
        }
    }

    fn text(&self, row: &'q [String], base: &str) -> Option<String> {
        self.headings.get(base).and_then(|heading| self.survey.cell(row, heading)).map(str::to_owned)
    }

    fn translate_headings(&self, form: &mut Questionnaire) {
        for section in &mut form.sections {
            if let Some(row) = self.rows.get(section.name.as_str()) {
                replace(&mut section.title, self.text(row, "label"));
                replace_some(&mut section.lead, self.text(row, "hint"));
            }
            let mut groups = self.groups.get(section.name.as_str()).into_iter().flatten();
            for group in section.groups.iter_mut().filter(|group| group.title.is_some()) {
                let row = match &group.instance {
                    Some(instance) => self.rows.get(instance.repeat.as_str()),
                    None => groups.next(),
                };
                replace_some(&mut group.title, row.and_then(|row| self.text(row, "label")));
            }
        }
    }

    fn translate_questions(&self, form: &mut Questionnaire) {
        let mut times: BTreeMap<QuestionIndex, u16> = BTreeMap::new();
        for group in form.sections.iter().flat_map(|section| &section.groups) {
            if let Some(instance) = &group.instance {
                times.extend(group.questions.iter().map(|index| (*index, instance.number)));
            }
        }
        let numbers: Vec<String> = form.questions.iter().map(|question| question.number.clone()).collect();
        for (index, question) in (0..).map(QuestionIndex).zip(&mut form.questions) {
            if let Some(of) = question.reason_for {
                let label =
                    self.words.as_ref().map(|words| format!("{} ({})", words.reason, numbers[usize::from(of.0)]));
                replace(&mut question.label, label);
                continue;
            }
            // What is asked for the second time of a repeat is named `name.2`.
            let name = match times.get(&index) {
                Some(time) if *time > 1 => question.name.as_str().strip_suffix(&format!(".{time}")),
                _ => None,
            };
            match self.rows.get(name.unwrap_or(question.name.as_str())) {
                Some(row) => self.translate_question(question, row),
                // 「その他」 has no row of its own.
                None => replace(&mut question.label, self.words.as_ref().map(|words| words.other_text.to_owned())),
            }
        }
    }

    fn translate_question(&self, question: &mut Question, row: &'q [String]) {
        replace(&mut question.label, self.text(row, "label"));
        replace_some(&mut question.hint, self.text(row, "hint"));
        replace_some(&mut question.definition, self.text(row, "guidance_hint"));
        replace_some(&mut question.required_message, self.text(row, "required_message"));
        replace_some(&mut question.constraint_message, self.text(row, "constraint_message"));
        replace_some(&mut question.soft_message, self.text(row, "soft_message"));
        let kind = self.survey.cell(row, "type").unwrap_or_default();
        let list = kind.split_whitespace().skip(1).find_map(|word| self.choices.get(word));
        let (Some(list), Some(choices)) = (list, choices_mut(&mut question.kind)) else { return };
        for choice in choices {
            let label = match list.get(choice.name.as_str()) {
                Some(label) => *label,
                None => self.words.as_ref().map(|words| words.other),
            };
            if let Some(label) = label {
                label.clone_into(&mut choice.label);
                choice.short = None;
            }
        }
    }
}

fn choices_mut(kind: &mut QuestionKind) -> Option<&mut Vec<Choice>> {
    match kind {
        QuestionKind::SelectOne { choices }
        | QuestionKind::SelectMultiple { choices }
        | QuestionKind::Rank { choices } => Some(choices),
        QuestionKind::Text { .. }
        | QuestionKind::Integer
        | QuestionKind::Decimal
        | QuestionKind::Date
        | QuestionKind::Acknowledge
        | QuestionKind::Calculate
        | QuestionKind::Hidden
        | QuestionKind::Note => None,
    }
}

fn replace(text: &mut String, translation: Option<String>) {
    if let Some(translation) = translation {
        *text = translation;
    }
}

fn replace_some(text: &mut Option<String>, translation: Option<String>) {
    if translation.is_some() {
        *text = translation;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_name_and_a_code() {
        let language = |name: &str, code: &str| Some(Language { name: name.to_owned(), code: code.to_owned() });
        assert_eq!(Language::parse("English (en)"), language("English", "en"));
        assert_eq!(Language::parse(" 日本語(ja) "), language("日本語", "ja"));
        assert_eq!(Language::parse("中文 (简体) (zh-Hans)"), language("中文 (简体)", "zh-Hans"));
        for text in
            ["English", "en", "(en)", "English ()", "English (e n)", "English (en-)", "English (en) x", "a::b (en)"]
        {
            assert_eq!(Language::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_form_without_a_language_is_japanese() {
        let source = |columns: &[&str], language: &str| Source {
            survey: SourceSheet { columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows: Vec::new() },
            settings: SourceSheet {
                columns: vec!["default_language".to_owned()],
                rows: vec![vec![language.to_owned()]],
            },
            choices: SourceSheet::default(),
        };
        for (columns, setting, expected) in [
            (&["label"][..], "", "日本語 (ja)"),
            (&["label", "label::English (en)"], "", "日本語 (ja)"),
            (&["label", "label::日本語 (ja)"], "English (en)", "English (en)"),
            (&["label::English (en)", "label::日本語 (ja)"], "", "日本語 (ja)"),
            (&["label::English (en)"], "", "English (en)"),
            (&[], "", "日本語 (ja)"),
        ] {
            assert_eq!(source(columns, setting).default_language(), expected, "{columns:?} {setting}");
        }
    }
}
