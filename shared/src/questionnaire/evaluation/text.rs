//! What expressions do with text.

/// The characters from `start` (counted from 0) up to but not `end`; negative ones count from the end
/// (OpenRosa `substr`).
pub(super) fn substr(text: &str, start: f64, end: f64) -> String {
    let length = text.chars().count();
    let place = |number: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, also for NaN")]
        let magnitude = number.abs() as usize;
        if number < 0.0 { length.saturating_sub(magnitude) } else { magnitude }
    };
    let (start, end) = (place(start), place(end));
    text.chars().take(end).skip(start).collect()
}

/// Replaces each character of `from` by that at the same place of `to`, or by nothing where there is none
/// (XPath 1.0 §4.2).
pub(super) fn translate(text: &str, from: &str, to: &str) -> String {
    let replaced = |c: char| match from.chars().position(|other| other == c) {
        Some(place) => to.chars().nth(place),
        None => Some(c),
    };
    text.chars().filter_map(replaced).collect()
}

/// Without white space around, and with one space for each inside (XPath 1.0 §4.2: not the full-width space).
pub(super) fn normalize_space(text: &str) -> String {
    let mut words = text.split_ascii_whitespace();
    let mut joined = words.next().unwrap_or_default().to_owned();
    for word in words {
        joined.push(' ');
        joined.push_str(word);
    }
    joined
}

/// Whether the whole text matches the pattern, as in JavaRosa. `\d`, `\w` and `\s` are ASCII, as in Java and JavaScript.
///
/// The compiler refused what is no pattern (`is_pattern`).
#[cfg(feature = "regex")]
pub(super) fn is_match(text: &str, pattern: &str) -> bool {
    anchored(pattern).is_none_or(|pattern| pattern.is_match(text))
}

/// Patterns are checked on the server.
#[cfg(not(feature = "regex"))]
pub(super) fn is_match(_: &str, _: &str) -> bool {
    true
}

#[cfg(feature = "regex")]
pub(super) fn anchored(pattern: &str) -> Option<regex_lite::Regex> {
    // The pattern alone first: `a)|(b` is none.
    regex_lite::Regex::new(pattern).ok()?;
    regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substr_counts_characters_from_either_end() {
        for (start, end, cut) in [
            (0.0, 2.0, "青森"),
            (1.0, f64::INFINITY, "森県庁"),
            (-2.0, f64::INFINITY, "県庁"),
            (-3.0, -1.0, "森県"),
            (2.0, 2.0, ""),
            (3.0, 1.0, ""),
            (-9.0, 1.0, "青"),
            (f64::NAN, 1.0, "青"),
        ] {
            assert_eq!(substr("青森県庁", start, end), cut, "{start} {end}");
        }
    }

    #[test]
    fn translate_replaces_and_removes() {
        assert_eq!(translate("017-734-1111", "-", ""), "0177341111");
        assert_eq!(translate("bar", "abc", "ABC"), "BAr");
        assert_eq!(translate("１２", "１２３", "123"), "12");
    }

    #[test]
    fn normalize_space_keeps_the_full_width_space() {
        assert_eq!(normalize_space(" a \n b　c "), "a b　c");
        assert_eq!(normalize_space("  "), "");
    }

    #[cfg(feature = "regex")]
    #[test]
    fn a_pattern_matches_the_whole_text() {
        for (text, pattern, matches) in [
            ("0301234", "[0-9]{7}", true),
            ("03012345", "[0-9]{7}", false),
            ("x0301234", "[0-9]{7}", false),
            ("0301234\n", "^[0-9]{7}$", false),
            ("１", r"\d", false),
            ("b", "a|b", true),
            ("ab", "a|b", false),
            ("青森", ".森", true),
        ] {
            assert_eq!(is_match(text, pattern), matches, "{text:?} {pattern:?}");
        }
        assert!(anchored("a)|(b").is_none() && anchored("(?=a)").is_none());
    }
}
