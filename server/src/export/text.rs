//! What a text becomes in a file of lines (CSV), and back.
//!
//! - A value stays on its line (rule L1-14): a line end is written `\n`, a carriage return alone `\r`, a backslash `\\`.
//! - A text that a spreadsheet would take for a formula, and one that begins with an apostrophe, gets a leading
//!   apostrophe (OWASP "CSV Injection": `= + - @`, tab and CR at the start; their full-width forms too, and the minus sign
//!   U+2212, which other encodings turn into one). Numbers stand in columns of numbers, which are never touched: −5 stays
//!   a number.
//!
//! Both can be undone: [`unescaped`] gives back what [`escaped`] was given, except that a line end of two characters
//! (CR LF) comes back as one.

use std::borrow::Cow;

/// Beginnings that a spreadsheet may run as a formula, and the mark itself.
const MARKED: [char; 11] = ['\'', '=', '+', '-', '@', '\t', '＝', '＋', '－', '＠', MINUS];
/// Runs only once it was replaced by one of the others: a file in which it stands unmarked is read all the same.
const MINUS: char = '−';

/// A text as a value in a line.
pub fn escaped(text: &str) -> Cow<'_, str> {
    // Most texts begin with none of the bytes that the marked ones begin with.
    let first = text.as_bytes().first();
    let marked =
        matches!(first, Some(b'\'' | b'=' | b'+' | b'-' | b'@' | b'\t' | 0xE2 | 0xEF)) && text.starts_with(MARKED);
    if !marked && memchr::memchr3(b'\\', b'\r', b'\n', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    if marked {
        line.push('\'');
    }
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => line.push_str("\\r"),
            other => line.push(other),
        }
    }
    Cow::Owned(line)
}

/// Whether a spreadsheet might run it: what [`escaped`] writes never does.
pub fn runs(line: &str) -> bool {
    line.starts_with(MARKED) && !line.starts_with(['\'', MINUS])
}

/// The text that was written so. An unknown escape is kept as it stands.
pub fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut letters = line.strip_prefix('\'').unwrap_or(line).chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('\\') | None => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_stay_on_one_line_and_never_run() {
        assert_eq!(escaped("一行目\r\n二行目 \\ 終"), "一行目\\n二行目 \\\\ 終");
        for text in ["=1+1", "＝1", "@SUM(A1)", "-5", "+81", "\tx", "－1", "＋1", "＠x", "−5"] {
            assert!(escaped(text).starts_with('\''), "{text:?}");
            assert_eq!(unescaped(&escaped(text)), text);
        }
        assert_eq!((runs("−5"), unescaped("−5").as_str()), (false, "−5"), "as somebody types it");
        assert_eq!(escaped("\r=1"), "\\r=1");
        assert_eq!(escaped("㈱①髙"), "㈱①髙");
    }

    proptest! {
        #[test]
        fn what_was_typed_comes_back(text in "['=+\\-@\\\\nr\r\n\t ＝＋−あ\"]{0,12}") {
            let line = escaped(&text).into_owned();
            prop_assert!(!line.contains(['\r', '\n']));
            prop_assert!(!runs(&line));
            prop_assert_eq!(unescaped(&line), text.replace("\r\n", "\n"));
        }
    }
}
