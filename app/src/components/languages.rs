//! Other languages in which the questions can be read.

use leptos::prelude::*;

/// The language of a page's questions, and the others that there are.
#[derive(Debug, Clone, Default)]
pub struct Languages {
    /// Code (BCP 47) of the language shown; `None` for the questionnaire's own.
    pub shown: Option<String>,
    /// The others; none where the questionnaire has no translation.
    pub others: Vec<LanguageLink>,
}

impl Languages {
    /// The address with the language that is shown.
    pub fn keep(&self, mut href: String) -> String {
        if let Some(code) = &self.shown {
            href.push_str(if href.contains('?') { "&lang=" } else { "?lang=" });
            href.push_str(code);
        }
        href
    }
}

/// The page in another language.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// The language's name in itself.
    pub name: String,
    /// Its code (BCP 47).
    pub code: String,
    /// The page's address.
    pub href: String,
}

/// Links to the page in the other languages; nothing where there is none.
#[component]
pub fn LanguageLinks(
    /// Where they lead.
    others: Vec<LanguageLink>,
) -> impl IntoView {
    let link =
        |LanguageLink { name, code, href }| view! { <a href=href lang=code.clone() hreflang=code>{name}</a> " " };
    let links = (!others.is_empty()).then(|| {
        let links = others.into_iter().map(link).collect_view();
        view! { <p class="screen-only">"設問の言語を変える：" {links}</p> }
    });
    links.into_any()
}

/// The part of a page with the questionnaire's own words.
#[component]
pub fn InLanguage(
    /// As [`Languages::shown`].
    code: Option<String>,
    /// What is written in it.
    children: Children,
) -> impl IntoView {
    match code {
        Some(code) => view! { <div lang=code>{children()}</div> }.into_any(),
        None => children().into_any(),
    }
}
