//! Of two values that are kept as JSON, the fields that differ.

use serde_json::Value;

/// Names of fields, from outside in, joined by `/`; and what stands in them, empty where nothing does.
pub type Fields = Vec<(String, String)>;

/// The fields that differ, with the values before and after; `None` where a value has no fields.
pub fn differing(from: Option<&str>, to: Option<&str>) -> Option<(Fields, Fields)> {
    let (before, after) = (read(from)?, read(to)?);
    let gone = before.iter().filter(|(name, _)| after.iter().all(|(known, _)| known != name));
    let (mut old, mut new) = (Fields::new(), Fields::new());
    for (name, _) in after.iter().chain(gone) {
        let (from, to) = (value(&before, name), value(&after, name));
        if from != to {
            old.push((name.clone(), from.to_owned()));
            new.push((name.clone(), to.to_owned()));
        }
    }
    Some((old, new))
}

fn value<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// An object, or a list of names with values.
fn read(stored: Option<&str>) -> Option<Fields> {
    let mut fields = Fields::new();
    let Some(stored) = stored else { return Some(fields) };
    match serde_json::from_str::<Value>(stored).ok()? {
        Value::Object(object) => {
            for (name, value) in &object {
                collect(name, value, &mut fields);
            }
        }
        Value::Array(pairs) => {
            for pair in &pairs {
                let [Value::String(name), value] = pair.as_array()?.as_slice() else { return None };
                collect(name, value, &mut fields);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    }
    Some(fields)
}

fn collect(name: &str, value: &Value, fields: &mut Fields) {
    match value {
        Value::Object(object) => {
            for (inner, value) in object {
                collect(&format!("{name}/{inner}"), value, fields);
            }
        }
        Value::Null => fields.push((name.to_owned(), String::new())),
        Value::String(text) => fields.push((name.to_owned(), text.clone())),
        other => fields.push((name.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_differs_is_left() {
        let (from, to) = (r#"[["label","a"],["unit","件"]]"#, r#"[["label","b"],["unit","件"]]"#);
        assert_eq!(differing(Some(from), Some(to)), Some((fields(&[("label", "a")]), fields(&[("label", "b")]))));
        let (from, to) = (r#"{"x":{"y":1,"z":"c"},"w":null}"#, r#"{"x":{"y":2},"w":null}"#);
        let (old, new) = (fields(&[("x/y", "1"), ("x/z", "c")]), fields(&[("x/y", "2"), ("x/z", "")]));
        assert_eq!(differing(Some(from), Some(to)), Some((old, new)));
    }

    #[test]
    fn what_was_not_there_is_empty_and_what_has_no_fields_is_left_alone() {
        let added = differing(None, Some(r#"{"a":"1","b":null}"#));
        assert_eq!(added, Some((fields(&[("a", "")]), fields(&[("a", "1")]))));
        assert_eq!(differing(Some("12.5（速報値）"), None), None);
        assert_eq!(differing(Some("[1]"), Some("{}")), None);
    }
}
