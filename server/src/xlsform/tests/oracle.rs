//! Our compiler and evaluator together against rxeval, on the subset that both know.
//!
//! Where an answer stands, rxeval is given `string(/data/name)`: its node-sets are true as soon as the element exists,
//! an answer in our forms only when there is one. `round` is compared on numbers above zero only: rxeval rounds −1.5
//! to −2, XPath 1.0 and JavaRosa to −1.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rxeval::{Context, Fixed, Instance};
use shared::questionnaire::logic::{Logic, Rules};
use shared::questionnaire::{Evaluation, QuestionIndex};
use shared::response::AnswerValue;

use super::super::expression::{Own, compile};
use super::super::read_embedded;
use super::super::survey::Named;

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// What we find true, `.` being the answer to `a`.
fn ours(expression: &str, answers: &[&str]) -> bool {
    let sheets = read_embedded("type\nnote\n", "", "").unwrap();
    let row = &sheets.survey.rows[0];
    let names: BTreeMap<&str, Named> =
        (0..).map(QuestionIndex).zip(NAMES).map(|(index, name)| (name, Named { row, question: Some(index) })).collect();
    let compiled = compile(expression, &names, Own::Allowed).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut rules = vec![Rules::default(); NAMES.len()];
    rules[0].required = Some(compiled);
    let logic = Logic::of(rules).unwrap();
    let values = answers.iter().map(|text| (!text.is_empty()).then(|| AnswerValue::Text((*text).to_owned())));
    Evaluation::new(&logic, values.collect()).is_required(QuestionIndex(0))
}

/// What rxeval makes of it: whether it is true, and its text.
fn theirs(expression: &str, answers: &[&str]) -> (bool, String) {
    let mut instance = Instance::new();
    let root = instance.create_element("data", "");
    let elements: Vec<_> = NAMES
        .iter()
        .zip(answers)
        .map(|(name, text)| {
            let element = instance.create_element(name, text);
            instance.append_child(root, element);
            element
        })
        .collect();
    instance.set_root(root);
    let mut expression = expression.replace(" . ", " string(.) ");
    for name in NAMES {
        expression = expression.replace(&format!("${{{name}}}"), &format!(" string(/data/{name}) "));
    }
    let parsed = rxeval::parse(&expression).unwrap();
    let clock = Fixed { today: "2026-11-30".to_owned(), now: "2026-11-30T09:00:00.000+09:00".to_owned() };
    let value = rxeval::evaluate(&parsed, &instance, Context::at(elements[0]), &clock).unwrap();
    (value.to_boolean(&instance), value.to_string_value(&instance))
}

#[test]
fn conditions_as_authors_write_them_agree() {
    let answers = ["2", "x y zz", "", "-3.5"];
    for expression in [
        "${a} = '2'",
        "${a} = 2",
        "${a} != ''",
        "${a} = '2.0'",
        "${a} = 2.0",
        "${c} = ''",
        "${c} = 0",
        "${c} < 1",
        "not(${c})",
        "${c} or ${a}",
        "selected(${b}, 'z')",
        "selected(${b}, 'zz')",
        "count-selected(${b}) = 3",
        "count-selected(${c}) = 0",
        "${a} >= 0 and ${a} <= 10",
        ". = '2'",
        "number(${c}) = number(${c})",
        "string(1 div 3) = '0.3333333333333333'",
        "string(0.1 + 0.2)='0.30000000000000004'",
        "1 div 0 > 1",
        "string(-1 div 0) = '-Infinity'",
        "string(number('x')) = 'NaN'",
        "int(${d}) = -3",
        "-7 mod 3 = -1",
        "round(2.5) = 3",
        "coalesce(${c}, ${a}) = 2",
        "if(${c} = '', 'p', 'q') = 'p'",
        "string-length(${b}) = 6",
        "concat(${a}, '-', ${b}) = '2-x y zz'",
        "contains(${b}, 'y z')",
        "starts-with(${b}, 'y')",
        "true() = 'anything'",
        "false() = ''",
        "boolean('false')",
        "1 < 2 = true()",
        "1 - 1 = 0 or 1 div 0 = 0",
        "'${a}' = '2'",
        "\"it's\" = 'it'",
        "${a}-1 = 1",
        "2 * -${d} = 7",
        "1 = 2 or 3 = 3 or 1 = 2 or 4 = 5",
    ] {
        assert_eq!(ours(expression, &answers), theirs(expression, &answers).0, "{expression}");
    }
}

fn any_answer() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "0", "1", "2", "10", "-3.5", "0.1", "x", "x y", "1 2", "青 森", "true"])
}

fn any_expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "${a}", "${b}", "${c}", "${d}", " . ", "''", "'x'", "'1'", "\"青\"", "0", "1", "2.5", "10", "true()", "false()",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operator = prop::sample::select(vec!["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "mod"]);
        let one =
            prop::sample::select(vec!["not", "boolean", "number", "string", "string-length", "int", "count-selected"]);
        let two = prop::sample::select(vec!["selected", "contains", "starts-with", "coalesce", "concat"]);
        prop_oneof![
            4 => (inner.clone(), operator, inner.clone()).prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            2 => (one, inner.clone()).prop_map(|(name, a)| format!("{name}({a})")),
            2 => (two, inner.clone(), inner.clone()).prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
            1 => inner.clone().prop_map(|a| format!("(-{a})")),
            // Never by zero: rxeval reads the text "Infinity" as a number, XPath 1.0 does not.
            1 => inner.prop_map(|a| format!("({a} div 4)")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn random_expressions_agree(expression in any_expression(), answers in prop::array::uniform4(any_answer())) {
        let (truth, text) = theirs(&expression, &answers);
        prop_assert_eq!(ours(&expression, &answers), truth, "{}", expression);
        prop_assert!(ours(&format!("string({expression}) = '{text}'"), &answers), "{} is {:?}", expression, text);
    }
}
