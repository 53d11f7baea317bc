//! Our compiler and evaluator together against rxeval, on the subset that both know.
//!
//! Where an answer stands, rxeval is given `string(/data/name)`: its node-sets are true as soon as the element exists,
//! an answer in our forms only when there is one. `round` is compared on numbers above zero only: rxeval rounds −1.5
//! to −2, XPath 1.0 and JavaRosa to −1. `min` and `max` are compared without blank answers: rxeval says NaN, ours look
//! at what was answered. rxeval knows no `checklist` and no `date`, and no `regex` as it is built here.

use std::sync::LazyLock;

use proptest::prelude::*;
use rxeval::{Context, Fixed, Instance};
use shared::questionnaire::logic::{Logic, Rules};
use shared::questionnaire::{Evaluation, QuestionIndex};
use shared::response::AnswerValue;

use super::super::choices::ChoiceLists;
use super::super::outline::Outline;
use super::super::workbook::Sheets;
use super::super::{expression, read_embedded, survey};

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

static SHEETS: LazyLock<Sheets> = LazyLock::new(|| {
    let rows = NAMES.map(|name| format!("text,{name}"));
    read_embedded(&format!("type,name\n{}\n", rows.join("\n")), "", "").unwrap()
});

static OUTLINE: LazyLock<Outline<'static>> =
    LazyLock::new(|| survey::read(&SHEETS.survey, &ChoiceLists::new(), &mut Vec::new()));

/// What we find true, `.` being the answer to `a`.
fn ours(expression: &str, answers: &[&str]) -> bool {
    let own = Some(QuestionIndex(0));
    let context = expression::Context { outline: &OUTLINE, column: "required", own, time: None, choice: None };
    let compiled = expression::compile(expression, context).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut rules = vec![Rules::default(); NAMES.len()];
    rules[0].required = Some(compiled);
    let logic = Logic::of(rules).unwrap();
    let values = answers.iter().map(|text| (!text.is_empty()).then(|| AnswerValue::Text((*text).to_owned())));
    Evaluation::new(&logic, values.collect(), Vec::new()).is_required(QuestionIndex(0))
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
        "abs(${d}) = 3.5",
        "floor(${d}) = -4 and ceiling(${d}) = -3",
        "round(2.345, 2) = 2.35",
        "round(1.2345, 2) = 1.23",
        "round(1235.5, -2) = 1200",
        "pow(${a}, 10) = 1024",
        "min(3, ${a}, 5) = 2",
        "max(${d}, -4, 1) = 1",
        "ends-with(${b}, 'zz')",
        "substring-before(${b}, ' ') = 'x'",
        "substring-after(${b}, ' ') = 'y zz'",
        "substring-after(${b}, 'q') = ''",
        "substr(${b}, 2, 3) = 'y'",
        "substr(${b}, -2) = 'zz'",
        "substr('青森県', 1) = '森県'",
        "translate(${b}, 'xyz', 'ab') = 'a b '",
        "normalize-space('  a   b ') = 'a b'",
        "selected-at(${b}, 1) = 'y' and selected-at(${b}, 5) = ''",
        "format-date('2026-01-09', '%Y-%m-%d') = '2026-01-09'",
        "format-date('2026-01-09', '%e/%n/%y') = '9/1/26'",
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
        let one = prop::sample::select(vec![
            "not",
            "boolean",
            "number",
            "string",
            "string-length",
            "int",
            "count-selected",
            "abs",
            "floor",
            "ceiling",
            "normalize-space",
        ]);
        let two = prop::sample::select(vec![
            "selected",
            "contains",
            "starts-with",
            "ends-with",
            "coalesce",
            "concat",
            "substring-before",
            "substring-after",
        ]);
        let with_number = prop::sample::select(vec!["selected-at", "substr", "pow"]);
        prop_oneof![
            4 => (inner.clone(), operator, inner.clone()).prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            2 => (one, inner.clone()).prop_map(|(name, a)| format!("{name}({a})")),
            2 => (two, inner.clone(), inner.clone()).prop_map(|(name, a, b)| format!("{name}({a}, {b})")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
            1 => inner.clone().prop_map(|a| format!("(-{a})")),
            1 => (with_number, inner.clone(), 0..3).prop_map(|(name, a, n)| format!("{name}({a}, {n})")),
            1 => inner.clone().prop_map(|a| format!("translate({a}, 'x1', '2')")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max(number({a}), number({b}))")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("min(number({a}), number({b}))")),
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
