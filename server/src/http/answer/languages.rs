//! The questions in another language (`?lang=en`).

use std::sync::Arc;

use app::components::languages::{LanguageLink, Languages};

use crate::service::answering::Form;

/// Puts the questionnaire's texts into that language. What is none of its languages changes nothing.
pub fn translate(form: &mut Form, code: Option<&str>) {
    if let Some(code) = shown(form, code) {
        form.questionnaire = Arc::new(form.questionnaire.in_language(code));
    }
}

/// The language asked for, unless it is the questionnaire's own or none of its languages.
fn shown<'c>(form: &Form, code: Option<&'c str>) -> Option<&'c str> {
    let languages = form.questionnaire.languages();
    code.filter(|code| languages.iter().skip(1).any(|language| language.code == *code))
}

/// The languages of the page at `address`, which is that in the questionnaire's own.
pub fn languages(form: &Form, code: Option<&str>, address: &str) -> Languages {
    let shown = shown(form, code);
    let all = form.questionnaire.languages().into_iter().enumerate();
    let others = all.filter(|(place, language)| match shown {
        Some(code) => language.code != code,
        None => *place > 0,
    });
    let others = others.map(|(place, language)| LanguageLink {
        href: if place == 0 { address.to_owned() } else { with_language(address.to_owned(), Some(&language.code)) },
        name: language.name,
        code: language.code,
    });
    Languages { shown: shown.map(str::to_owned), others: others.collect() }
}

/// The address with the language that the visitor reads.
pub fn with_language(mut address: String, code: Option<&str>) -> String {
    if let Some(code) = code {
        address.push_str(if address.contains('?') { "&lang=" } else { "?lang=" });
        address.extend(form_urlencoded::byte_serialize(code.as_bytes()));
    }
    address
}
