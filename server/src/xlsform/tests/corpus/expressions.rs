//! rxeval's expressions: our compiler and evaluator beside JavaRosa and openrosa-xpath-evaluator.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::Value;
use shared::questionnaire::{Evaluation, Questionnaire};
use shared::response::AnswerValue;

use super::super::super::{Finding, Severity, compile, read_embedded};
use super::sources_of;

/// The questions of rxeval's instance, and their answers.
const ANSWERS: [(&str, &str); 13] = [
    ("age", "42"),
    ("income", "1500.5"),
    ("zero", "0"),
    ("negative", "-7"),
    ("consent", "yes"),
    ("name", "Maria da Silva"),
    ("spaced", "  padded  "),
    ("services", "water power"),
    ("one_service", "water"),
    ("blank", ""),
    ("date", "2026-08-07"),
    ("stamp", "2026-08-07T06:31:13.834-03:00"),
    ("cpf", "12345678901"),
];

const RESIDENTS: [(&str, &str); 3] = [("Ana", "34"), ("Bia", "7"), ("Caio", "19")];

/// Why a value differs from one of the engines, by the function that makes it.
const REASONS: [(&str, &str); 5] = [
    ("floor(", "JavaRosaにはない関数。値はEnketoと同じ。"),
    ("ceiling(", "JavaRosaにはない関数。値はEnketoと同じ。"),
    ("round(", "ちょうど半分は大きいほうの整数にする（XPath 1.0、JavaRosaと同じ）。"),
    ("boolean(", "空欄は偽とする（JavaRosaと同じ）。"),
    ("regex(", "文字全体が型に合うかをみる（JavaRosaと同じ）。"),
];

/// Why what stands behind an `@` is refused. No question has such a name: our compiler would say so of an empty one.
const ATTRIBUTE: &str = "調査票の属性（識別名、版）は式では参照できません。settingsシートの値を式に書いてください。";

/// A form with these questions and one calculation.
fn form(expression: &str) -> Result<Questionnaire, Vec<Finding>> {
    let mut survey = String::from(
        "type,name,label,number,concept,aggregate_visibility,named_visibility,minutes,calculation,repeat_count\n",
    );
    survey += "begin_group,data,データ,,,,,1,,\n";
    for (name, _) in ANSWERS {
        writeln!(survey, "text,{name},{name},1,{name},public,public,,,").unwrap();
    }
    survey += "begin_repeat,resident,住民,,,,,,,3\n";
    for name in ["nome", "idade"] {
        writeln!(survey, "text,{name},{name},2,{name},public,public,,,").unwrap();
    }
    survey += "end_repeat,,,,,,,,,\n";
    let quoted = format!("concat('=', {})", in_our_words(expression)).replace('"', "\"\"");
    writeln!(survey, "calculate,result,,,result,,,,\"{quoted}\",").unwrap();
    survey += "end_group,,,,,,,,,\n";
    let settings = "form_title,form_id,version\n式,oracle,1\n";
    let compilation = compile(&read_embedded(&survey, "", settings).unwrap());
    compilation.questionnaire.ok_or(compilation.findings)
}

/// `/data/age` is `${age}` here.
fn in_our_words(expression: &str) -> String {
    let mut ours = String::new();
    let mut rest = expression.trim();
    while let Some(at) = rest.find("/data/") {
        ours += &rest[..at];
        let path = rest[at + 6..].trim_start_matches("household/");
        let path = path.strip_prefix("resident/").unwrap_or(path);
        let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(path.len());
        ours += "${";
        ours += &path[..end];
        ours += "}";
        rest = &path[end..];
    }
    ours + rest
}

/// What our compiler and evaluator make of it, as text.
fn ours(expression: &str) -> Result<String, String> {
    let form = form(expression).map_err(|findings| {
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.message.clone()).collect::<Vec<_>>().join(" ")
    })?;
    let mut given: BTreeMap<String, &str> = ANSWERS.iter().map(|(name, text)| ((*name).to_owned(), *text)).collect();
    for (time, (name, age)) in (1..).zip(RESIDENTS) {
        // The first time of a repeat has the question's own name.
        let number = if time == 1 { String::new() } else { format!(".{time}") };
        given.insert(format!("nome{number}"), name);
        given.insert(format!("idade{number}"), age);
    }
    let text = |text: &str| (!text.is_empty()).then(|| AnswerValue::Text(text.to_owned()));
    let values = form.questions.iter().map(|question| text(given.get(question.name.as_str()).unwrap_or(&"")));
    let evaluation = Evaluation::new(&form.logic, values.collect(), Vec::new());
    match evaluation.value(form.find("result").unwrap()) {
        Some(AnswerValue::Text(text)) => Ok(text.strip_prefix('=').unwrap().to_owned()),
        other => panic!("{expression}: {other:?}"),
    }
}

/// What an engine makes of it, as text; `None` for an error.
fn text_of(result: &Value) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            if number == 0.0 { "0".to_owned() } else { number.to_string() }
        }
        other => other.to_string(),
    };
    match result["type"].as_str()? {
        "error" => None,
        "nodeset" => Some(result["value"].as_array()?.first().map(text).unwrap_or_default()),
        _ => Some(text(&result["value"])),
    }
}

#[test]
fn the_expressions_of_both_engines_agree_or_deviate_with_a_reason() {
    let folder = sources_of("rxeval").join("tests/oracle");
    let results = |name: &str| -> Value { serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap() };
    let (enketo, javarosa) = (results("expected.json"), results("javarosa-expected.json"));
    let corpus = fs::read_to_string(folder.join("corpus.txt")).unwrap();
    let expressions = corpus.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut agreed, mut all, mut list) = (0, 0, String::new());
    for expression in expressions {
        all += 1;
        let theirs = [("Enketo", text_of(&enketo[expression])), ("JavaRosa", text_of(&javarosa[expression]))];
        let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "誤り".to_owned());
        match ours(expression) {
            Ok(text) if theirs.iter().all(|(_, theirs)| theirs.as_ref() == Some(&text)) => agreed += 1,
            Ok(text) => {
                let theirs = theirs.each_ref().map(|(engine, theirs)| format!("{engine} {}", told(theirs))).join("、");
                let reason = REASONS.iter().find(|(function, _)| expression.starts_with(function));
                let reason = reason.unwrap_or_else(|| panic!("{expression}: {text}, {theirs}: no reason")).1;
                writeln!(list, "{expression}\n    調べ {text}、{theirs}。{reason}").unwrap();
            }
            Err(_) if expression.contains('@') => writeln!(list, "{expression}\n    {ATTRIBUTE}").unwrap(),
            Err(reason) => writeln!(list, "{expression}\n    {reason}").unwrap(),
        }
    }
    assert_eq!((all, agreed), (126, 73), "what is added or lost is to be looked at, not to be accepted");
    insta::assert_snapshot!(format!("両方と一致: {agreed}\n\n{list}"));
}
