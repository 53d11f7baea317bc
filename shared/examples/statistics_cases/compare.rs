//! When a value is as expected.

use serde_json::Value;

use crate::case::{Case, Tolerance};

/// The fields that differ, a line each. Fields that are not expected are not looked at; one that the method does not
/// have differs from everything. A result that is undefined as a whole (null) has every field undefined.
pub fn differences(case: &Case, got: &Value) -> Vec<String> {
    let differs = |(field, expected): (&String, &Value)| {
        let found = if got.is_null() { Some(got) } else { got.get(field) };
        let shown = found.map_or_else(|| "nothing".to_owned(), Value::to_string);
        let agrees = found.is_some_and(|found| agree(expected, found, case.tolerance));
        (!agrees).then(|| format!("{}: {field}: got {shown}, expected {expected}", case.id))
    };
    case.expected.iter().filter_map(differs).collect()
}

/// Strings, booleans and whole numbers exactly, other numbers within the tolerance, lists item by item. Undefined is
/// null, a list of undefined, or what a text prints for it.
fn agree(expected: &Value, got: &Value, tolerance: Tolerance) -> bool {
    let whole = expected.is_i64() || expected.is_u64();
    match (expected, got) {
        (expected, Value::Null) => is_undefined(expected),
        (Value::Array(expected), Value::Array(got)) => {
            expected.len() == got.len() && expected.iter().zip(got).all(|(e, g)| agree(e, g, tolerance))
        }
        (Value::Number(expected), Value::Number(got)) => {
            let may_be_off =
                |expected: f64| if whole { 0.0 } else { tolerance.abs.max(tolerance.rel * expected.abs()) };
            let pair = expected.as_f64().zip(got.as_f64());
            pair.is_some_and(|(expected, got)| (got - expected).abs() <= may_be_off(expected))
        }
        (expected, got) => expected == got,
    }
}

fn is_undefined(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(is_undefined),
        Value::String(text) => text == &shared::share::Share::new(0, 0).to_string(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// Another value of the same kind.
#[cfg(test)]
pub fn spoiled(value: &Value) -> Value {
    match value {
        Value::Null => 0.into(),
        Value::Bool(yes) => (!yes).into(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => (number + 1).into(),
            None => number.as_f64().map_or(Value::Null, |number| (number * (1.0 + 1e-8) + 1e-8).into()),
        },
        Value::String(text) => format!("{text}0").into(),
        Value::Array(items) => items.iter().map(spoiled).collect(),
        Value::Object(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_agree_within_the_tolerance_and_kinds_are_not_mixed() {
        let agree = |expected: Value, got: Value| agree(&expected, &got, Tolerance::default());
        assert!(agree(json!(1.0), json!(1.000_000_000_1)));
        assert!(!agree(json!(1.0), json!(1.000_000_01)));
        assert!(agree(json!(0.0), json!(1e-13)));
        assert!(agree(json!(3.0), json!(3)));
        assert!(!agree(json!(3), json!(4)));
        assert!(!agree(json!(3), json!(3.000_000_000_1)));
        assert!(!agree(json!(0.0), json!(null)));
        assert!(!agree(json!(null), json!(0.0)));
        assert!(agree(json!([null, null]), json!(null)));
        assert!(!agree(json!([]), json!(null)));
        assert!(agree(json!("－"), json!(null)));
        assert!(!agree(json!("27.5"), json!(27.5)));
        assert!(!agree(json!([1, 2]), json!([1])));
    }
}
