//! Plain CSS, put together and without comments.

use super::files;
use crate::repository;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The Digital Agency Design System's tokens as custom properties.
const TOKENS: &str = "node_modules/@digital-go-jp/design-tokens/dist/tokens.css";

/// The pages' stylesheet: the tokens, then every `.css` of a folder in file-name order.
pub fn stylesheet(folder: &Path) -> Result<String> {
    let mut sheet = String::new();
    let own = files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "css"));
    for path in std::iter::once(repository::path(TOKENS)).chain(own) {
        sheet += &compact(&fs::read_to_string(&path).with_context(|| path.display().to_string())?);
    }
    Ok(sheet)
}

/// CSS without comments, indentation and empty lines. Strings stay as they are.
pub fn compact(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    let mut quote = None;
    while let Some(character) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let mut length = character.len_utf8();
        match (quote, character) {
            // An escape in a string: the next character ends nothing.
            (Some(_), '\\') => length += rest[length..].chars().next().map_or(0, char::len_utf8),
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (Some(_) | None, _) => {}
        }
        bare.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_indentation_and_empty_lines_go() {
        let css = "/* one\n two */\na {\n  color: red; /* why */\n\n}\n/* open";
        assert_eq!(compact(css), "a {\ncolor: red;\n}\n");
    }

    #[test]
    fn strings_stay_as_they_are() {
        let css = r#"a::before { content: "/* ※必須 \" */"; } b { content: '/*'; } /* gone */"#;
        assert_eq!(compact(css), "a::before { content: \"/* ※必須 \\\" */\"; } b { content: '/*'; }\n");
    }

    #[test]
    fn the_parts_come_in_file_name_order_after_the_tokens() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("20-b.css", "b {}"), ("10-a.css", "a {}"), ("notes.txt", "c {}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let sheet = stylesheet(folder.path()).unwrap();
        assert!(sheet.starts_with(":root {\n--color-primitive-blue-50:"), "{}", &sheet[..100]);
        assert!(sheet.ends_with("}\na {}\nb {}\n"), "{}", &sheet[sheet.len() - 100..]);
    }
}
