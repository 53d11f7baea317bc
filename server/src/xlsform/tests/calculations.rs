//! What the form works out.

use shared::questionnaire::logic::CalculationResult;
use shared::questionnaire::{Evaluation, QuestionKind, Questionnaire};
use shared::response::AnswerValue;

use super::{SETTINGS, at, compile, form_of, read_embedded, shown, survey, used};

const COLUMNS: &str = "type,name,calculation,relevant,readonly,default,constraint,required,parameters,unit";

const CHOICES: &str = "list_name,name,label\nlevel,1,未着手\nlevel,2,実施\n";

fn form(rows: &[&str]) -> Questionnaire {
    let survey = survey(COLUMNS, rows);
    form_of(&survey, &used(CHOICES, &survey), SETTINGS)
}

/// What a calculation makes of `a` = 7, `b` = 2.5, `d` = 2026-01-31, `e` = 2024-02-28, `s` = 2 and `m` = "1 2".
fn calculated(expression: &str) -> (Option<AnswerValue>, CalculationResult) {
    let row = format!("calculate,c,\"{expression}\"");
    let form = form(&[
        "integer,a",
        "decimal,b",
        "date,d",
        "date,e",
        "select_one level,s",
        "select_multiple level,m",
        "integer,blank",
        &row,
    ]);
    let choices = |names: &[&str]| AnswerValue::Choices(names.iter().map(|name| (*name).to_owned()).collect());
    let values = vec![
        Some(AnswerValue::Integer(7)),
        Some(AnswerValue::Decimal("2.5".parse().unwrap())),
        Some(AnswerValue::Date("2026-01-31".to_owned())),
        Some(AnswerValue::Date("2024-02-28".to_owned())),
        Some(AnswerValue::Choice("2".to_owned())),
        Some(choices(&["1", "2"])),
    ];
    let index = at(&form, "c");
    let result = form.logic.rules[usize::from(index.0)].calculation.as_ref().unwrap().result;
    (Evaluation::new(&form.logic, values, Vec::new()).value(index).cloned(), result)
}

#[test]
fn the_kind_of_a_result_is_known_from_the_expression() {
    let text = |text: &str| (Some(AnswerValue::Text(text.to_owned())), CalculationResult::Text);
    let integer = |number| (Some(AnswerValue::Integer(number)), CalculationResult::Integer);
    let decimal = |text: &str| (Some(AnswerValue::Decimal(text.parse().unwrap())), CalculationResult::Decimal);
    let date = |text: &str| (Some(AnswerValue::Date(text.to_owned())), CalculationResult::Date);
    for (expression, result) in [
        ("${a} + 1", integer(8)),
        ("${a} * ${b}", decimal("17.5")),
        ("${a} div 3", decimal("2.33333333333333")),
        ("round(${a} div 3)", integer(2)),
        ("round(${a} div 3, 1)", decimal("2.3")),
        ("if(${blank} > 0, ${a} div ${blank}, '')", (None, CalculationResult::Decimal)),
        ("${blank} + 1", (None, CalculationResult::Integer)),
        ("coalesce(${blank}, ${a})", integer(7)),
        ("if(${a} > 5, '多い', '少ない')", text("多い")),
        ("${a} > 5", text("true")),
        ("sum(${a}) + count-selected(${m})", integer(9)),
        ("min(${a}, ${b}, ${blank})", decimal("2.5")),
        ("concat(${a}, '件')", text("7件")),
        ("date(${d} + 1)", date("2026-02-01")),
        ("date('2026-4-1')", date("2026-04-01")),
        ("${d} - ${e}", integer(703)),
        ("if(${d} > ${e}, ${d}, ${e})", date("2026-01-31")),
        ("max(${d}, ${e}) = ${d}", text("true")),
        ("int(${d}) - int(date('1970-01-01'))", integer(20_484)),
        ("format-date(${d}, '%Y年%n月%e日（%y-%m-%d）')", text("2026年1月31日（26-01-31）")),
        ("jr:choice-name(${s}, '${s}')", text("実施")),
        ("jr:choice-name(selected-at(${m}, 0), '${m}')", text("未着手")),
        ("checklist(1, 2, ${a} = 7, ${s} = '2', ${blank})", text("true")),
        ("checklist(-1, 1, ${a} = 7, ${s} = '2')", text("false")),
        ("weighted-checklist(3, -1, ${a} = 7, 2, ${blank}, 5)", text("false")),
        ("pow(${a}, 2)", integer(49)),
    ] {
        assert_eq!(calculated(expression), result, "{expression}");
    }
}

#[test]
fn an_ordinary_question_can_be_calculated_and_is_then_read_only() {
    let form = form(&["integer,a", "decimal,share,${a} div 8 * 100,,,,. <= 100,,,％", "integer,half,int(${a} div 2)"]);
    let share = form.question(at(&form, "share"));
    assert!(share.readonly && share.kind == QuestionKind::Decimal);
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let changes = answers.set(at(&form, "a"), Some(AnswerValue::Integer(9)));
    assert_eq!(changes.values, [at(&form, "share"), at(&form, "half")]);
    let decimal = AnswerValue::Decimal("112.5".parse().unwrap());
    assert_eq!(answers.value(at(&form, "share")), Some(&decimal));
    assert_eq!(answers.value(at(&form, "half")), Some(&AnswerValue::Integer(4)));
    assert!(answers.breaks_constraint(at(&form, "share")), "a result may be checked");
}

#[test]
fn defaults_and_hidden_values_are_literals() {
    let form = form(&[
        "text,city,,,,青森市",
        "integer,n,,,,１２",
        "date,since,,,,2026/4/1",
        "select_one level,s,,,yes,2",
        "select_multiple level,m,,,,2 1",
        "hidden,source,,,,form-a",
        "calculate,copy,\"concat(${source}, '!')\"",
    ]);
    let default = |name| form.question(at(&form, name)).default.clone().unwrap();
    assert_eq!(default("city"), AnswerValue::Text("青森市".to_owned()));
    assert_eq!(default("n"), AnswerValue::Integer(12));
    assert_eq!(default("since"), AnswerValue::Date("2026-04-01".to_owned()));
    assert_eq!(default("s"), AnswerValue::Choice("2".to_owned()));
    assert_eq!(default("m"), AnswerValue::Choices(vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(default("source"), AnswerValue::Text("form-a".to_owned()));
    assert!(form.question(at(&form, "s")).readonly && !form.question(at(&form, "n")).readonly);
    let values = form.questions.iter().map(|question| question.default.clone()).collect();
    let answers = Evaluation::new(&form.logic, values, Vec::new());
    assert_eq!(answers.value(at(&form, "copy")), Some(&AnswerValue::Text("form-a!".to_owned())));
}

#[test]
fn a_range_is_a_number_between_its_bounds() {
    let form = form(&[
        "range,share,,,,,,,start=0 end=100 step=0.1,％",
        "range,score,,,,,. != 4,,\"start=2;end=10,step=2\"",
        "range,plain",
    ]);
    let question = |name| form.question(at(&form, name));
    assert_eq!([&question("share").kind, &question("score").kind], [&QuestionKind::Decimal, &QuestionKind::Integer]);
    let message = |name| question(name).constraint_message.clone().unwrap();
    assert_eq!(message("share"), "0から100までの数値を入力してください。");
    assert_eq!(message("score"), "2から10まで、2きざみの数値を入力してください。");
    assert_eq!(message("plain"), "1から10までの数値を入力してください。");
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let decimal = |text: &str| Some(AnswerValue::Decimal(text.parse().unwrap()));
    let mut breaks = |name, value| {
        answers.set(at(&form, name), value);
        answers.breaks_constraint(at(&form, name))
    };
    assert!(!breaks("share", decimal("0")) && !breaks("share", decimal("99.95")) && breaks("share", decimal("100.1")));
    let integer = |number| Some(AnswerValue::Integer(number));
    assert!(!breaks("score", integer(2)) && breaks("score", integer(3)) && breaks("score", integer(4)));
    assert!(breaks("score", integer(12)));
}

fn findings(rows: &[&str]) -> String {
    let survey = survey(COLUMNS, rows);
    shown(&compile(&read_embedded(&survey, &used(CHOICES, &survey), SETTINGS).unwrap()))
}

#[test]
fn what_cannot_be_calculated_is_told() {
    for (row, found) in [
        ("integer,q,${a} div 2", "警告 survey.csv 4行目 calculation列: 計算の結果に小数が出ると、切り捨てます。"),
        ("select_one level,q,'1'", "エラー survey.csv 4行目 calculation列: 選択肢の質問は計算できません。"),
        ("calculate,q", "エラー survey.csv 4行目 calculation列: 計算する式がありません。"),
        ("integer,q,${q} + 1", "エラー survey.csv 4行目 calculation列: 条件や計算が循環しています：q → q"),
        (
            "integer,q,. + 1",
            "エラー survey.csv 4行目 calculation列: calculationでは . （自分自身の回答）を使えません。",
        ),
        ("text,q,'a',,,b", "警告 survey.csv 4行目 default列: この行の種類では使わない列です。"),
        ("text,q,,,,today()", "エラー survey.csv 4行目 default列: defaultには値だけを書けます。"),
        ("text,q,,,,${a}", "エラー survey.csv 4行目 default列: defaultには値だけを書けます。"),
        ("select_one level,q,,,,3", "エラー survey.csv 4行目 default列: 「3」はこの質問の回答になりません。"),
        ("date,q,,,,2026-02-30", "エラー survey.csv 4行目 default列: 「2026-02-30」はこの質問の回答になりません。"),
        ("text,q,,,${a} > 1", "エラー survey.csv 4行目 readonly列: 「${a} > 1」は使えません。"),
        ("range,q,,,,,,,start=5 end=5", "エラー survey.csv 4行目 parameters列: startはendより小さく"),
        ("range,q,,,,,,,start=x", "エラー survey.csv 4行目 parameters列: 「start=x」は使えません。"),
    ] {
        let found_all = findings(&["integer,a", row]);
        assert!(found_all.starts_with(found) && found_all.lines().count() == 1, "{row}: {found_all}");
    }
}

#[test]
fn dates_are_compared_with_dates() {
    for (expression, found) in [
        (". > '2026-04-01'", "date('2026-04-01') のように書いてください"),
        (". = '2026/4/1'", "日付と「2026/4/1」は比べられません"),
        (". < date('2026-02-30')", "「2026-02-30」という日付はありません"),
        (". > ${a} or ${later} - ${a} > 1", "${later} は計算した日付です。date(${later}) と書いてください"),
        ("format-date(${a}, '%Y') = '2026'", "日付の質問への ${…} にしてください"),
        ("format-date(., '%A') = '2026'", "書式に使えるのは"),
    ] {
        let row = format!("date,d,,,,,\"{expression}\"");
        let found_all = findings(&["text,a", "calculate,later,date('2026-05-01')", &row]);
        assert!(found_all.contains(found) && found_all.lines().count() == 1, "{expression}: {found_all}");
    }
    let form = form(&[
        "date,from",
        "calculate,last,date(${from} + 1000)",
        "date,to,,,,,. >= ${from} and . < ${last} and . != '2026-05-05'",
    ]);
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let date = |text: &str| Some(AnswerValue::Date(text.to_owned()));
    answers.set(at(&form, "from"), date("2026-05-01"));
    for (to, breaks) in
        [("2026-04-30", true), ("2026-05-01", false), ("2026-05-05", true), ("2029-01-24", false), ("2029-01-25", true)]
    {
        answers.set(at(&form, "to"), date(to));
        assert_eq!(answers.breaks_constraint(at(&form, "to")), breaks, "{to}");
    }
}
