//! `${name}` before parsing.

use std::collections::BTreeMap;

use super::super::outline::{Meaning, Named};

/// What begins the variable that stands for `${last-saved#name}`: no name begins so.
pub(super) const LAST_SAVED: char = '0';

/// Writes every `${name}` outside quotes as the XPath variable `$name`, which the form's author cannot write.
/// The error is why the text cannot be parsed at all.
pub(super) fn as_variables(
    text: &str,
    names: &BTreeMap<String, Named>,
    problems: &mut Vec<String>,
) -> Result<String, String> {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(['\'', '"', '$']) {
        let (before, from) = rest.split_at(place);
        rewritten.push_str(before);
        if let Some(after) = from.strip_prefix("${") {
            let Some((name, after)) = after.split_once('}') else {
                return Err("${ を閉じる } がありません。".to_owned());
            };
            let (mark, name) = match name.trim().strip_prefix("last-saved#") {
                Some(name) => (LAST_SAVED.to_string(), name.trim()),
                None => (String::new(), name.trim()),
            };
            match names.get(name).map(|named| &named.meaning) {
                Some(Meaning::Question(_) | Meaning::Repeat(_) | Meaning::Repeated { .. }) => {
                    rewritten.extend([" $", &mark, name, " "]);
                }
                found => {
                    let what = if found.is_some() {
                        "は質問ではなくグループです"
                    } else {
                        "という名前の質問がありません"
                    };
                    problems.push(format!("${{{name}}}：{name} {what}。"));
                    // Any value: the rest of the expression is still checked.
                    rewritten.push_str(" 0 ");
                }
            }
            rest = after;
        } else if from.starts_with('$') {
            return Err("$ の後に {名前} がありません。".to_owned());
        } else {
            let quote = &from[..1];
            let Some((literal, after)) = from[1..].split_once(quote) else {
                return Err(format!("引用符 {quote} が閉じていません。"));
            };
            rewritten.extend([quote, literal, quote]);
            rest = after;
        }
    }
    rewritten.push_str(rest);
    Ok(rewritten)
}
