//! A repeat is laid out as questions of their own, a group for each time.

use shared::questionnaire::{Evaluation, GroupLayout, QuestionKind, Questionnaire};
use shared::response::AnswerValue;

use super::{SETTINGS, at, compile, form_of, read_embedded, shown, survey};

const COLUMNS: &str = "type,name,repeat_count,required,relevant,constraint,calculation,default";

fn cases() -> Questionnaire {
    let rows = [
        "begin_repeat,case,3",
        "text,title,,yes",
        "integer,cost,,${title} != '',,. >= 0",
        "date,since",
        "text,city,,yes,,,,青森市",
        "calculate,double,,,,,${cost} * 2",
        "calculate,place,,,,,position(..)",
        "end_repeat,case",
        "calculate,total,,,,,sum(${cost})",
        "calculate,dearest,,,,,max(${cost})",
        "calculate,times,,,,,count(${case})",
        "calculate,priced,,,,,count-non-empty(${cost})",
        "calculate,second,,,,,\"indexed-repeat(${title}, ${case}, 2)\"",
        "text,why,,,count(${case}) > 1",
    ];
    form_of(&survey(COLUMNS, &rows), "", SETTINGS)
}

#[test]
fn every_time_has_a_group_and_questions_of_its_own() {
    let form = cases();
    let groups: Vec<_> = form.sections[0].groups.iter().collect();
    let instances: Vec<_> = groups
        .iter()
        .map(|group| group.instance.as_ref().map(|instance| (&*instance.repeat, instance.number, instance.of)))
        .collect();
    assert_eq!(instances, [Some(("case", 1, 3)), Some(("case", 2, 3)), Some(("case", 3, 3)), None]);
    assert!(groups.iter().all(|group| group.layout == GroupLayout::List));
    let second: Vec<&str> = groups[1].questions.iter().map(|index| form.question(*index).name.as_str()).collect();
    assert_eq!(second, ["title.2", "cost.2", "since.2", "city.2", "double.2", "place.2"]);
    let cost = form.question(at(&form, "cost.2"));
    assert_eq!((&*cost.concept, &*cost.number), ("cost.2", "cost（2件目）"));
    let cost = form.question(at(&form, "cost"));
    assert_eq!((&*cost.concept, &*cost.number), ("cost", "cost"));
    let in_order: Vec<_> = form.sections[0].questions().collect();
    assert!(in_order.is_sorted() && in_order.len() == form.questions.len());
    assert_eq!(form.question(at(&form, "total")).kind, QuestionKind::Calculate);
}

#[test]
fn names_mean_the_same_time_inside_and_all_times_in_aggregates() {
    let form = cases();
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let integer = |number| Some(AnswerValue::Integer(number));
    let value = |answers: &Evaluation, name| answers.value(at(&form, name)).cloned();
    assert_eq!(value(&answers, "total"), integer(0));
    assert_eq!(value(&answers, "dearest"), None);
    answers.set(at(&form, "cost"), integer(5));
    answers.set(at(&form, "cost.3"), integer(7));
    answers.set(at(&form, "title.2"), Some(AnswerValue::Text("二つ目".to_owned())));
    assert_eq!(
        [value(&answers, "double"), value(&answers, "double.2"), value(&answers, "double.3")],
        [integer(10), None, integer(14)]
    );
    assert_eq!([value(&answers, "place"), value(&answers, "place.3")], [integer(1), integer(3)]);
    assert_eq!([value(&answers, "total"), value(&answers, "dearest")], [integer(12), integer(7)]);
    assert_eq!([value(&answers, "times"), value(&answers, "priced")], [integer(3), integer(2)]);
    assert_eq!(value(&answers, "second"), Some(AnswerValue::Text("二つ目".to_owned())));
    assert!(answers.is_relevant(at(&form, "why")));
}

#[test]
fn a_time_is_required_only_once_anything_of_it_is_answered() {
    let form = cases();
    let mut answers =
        Evaluation::new(&form.logic, form.questions.iter().map(|q| q.default.clone()).collect(), Vec::new());
    assert!(!answers.is_required(at(&form, "title")), "a default is nobody's answer");
    let date = || Some(AnswerValue::Date("2026-04-01".to_owned()));
    answers.set(at(&form, "since.2"), date());
    assert!(answers.is_missing(at(&form, "title.2")) && !answers.is_required(at(&form, "title.3")));
    assert!(!answers.is_required(at(&form, "cost.2")));
    answers.set(at(&form, "title.2"), Some(AnswerValue::Text("題".to_owned())));
    assert!(answers.is_missing(at(&form, "cost.2")) && !answers.is_required(at(&form, "cost.3")));
}

fn findings(rows: &[&str]) -> String {
    shown(&compile(&read_embedded(&survey(COLUMNS, rows), "", SETTINGS).unwrap()))
}

#[test]
fn a_repeat_needs_a_largest_number() {
    for count in ["", "0", "51", "${n}", "3.5"] {
        let found = findings(&[&format!("begin_repeat,case,{count}"), "text,title", "end_repeat"]);
        assert_eq!(
            found,
            "エラー survey.csv 3行目 repeat_count列: 繰り返しには最大の回数が必要です。1から50までの整数で書いてください。"
        );
    }
}

#[test]
fn what_is_wrong_with_a_row_is_told_once() {
    let rows = ["begin_repeat,case,3", "text,title,,,,nothing() = 1", "select_one none,kind", "end_repeat"];
    let found = findings(&rows);
    assert_eq!(found.lines().count(), 2, "{found}");
}

#[test]
fn a_repeated_answer_alone_has_no_meaning_outside() {
    let inside = ["begin_repeat,case,2", "integer,cost", "end_repeat"];
    for (expression, found) in [
        ("${cost} > 1", "外からは sum、min、max、count"),
        ("concat(${cost})", "外からは sum、min、max、count"),
        ("${case} > 1", "${case} は繰り返しです"),
        ("count(${q})", "q は繰り返しません"),
        ("position(..) = 1", "繰り返しの中だけで"),
        ("indexed-repeat(${cost}, ${case}, 3) = 1", "3回目に cost はありません"),
        ("sum(${cost}, 1) = 1", "引数の数が違います"),
    ] {
        let row = format!("text,why,,,\"{expression}\"");
        let found_all = findings(&[inside[0], inside[1], inside[2], "text,q", &row]);
        assert!(found_all.contains(found) && found_all.lines().count() == 1, "{expression}: {found_all}");
    }
}

#[test]
fn a_repeat_stands_in_a_section_and_ends_as_one() {
    let nested = findings(&["begin_group,g", "begin_repeat,case,2", "text,t", "end_repeat", "end_group"]);
    assert!(nested.contains("グループは2段まで"), "{nested}");
    let crossed = findings(&["begin_repeat,case,2", "text,t", "end_group,case"]);
    assert!(crossed.contains("begin_repeatを、end_groupで閉じています"), "{crossed}");
    let empty = findings(&["begin_repeat,case,2", "end_repeat", "text,t"]);
    assert_eq!(empty, "エラー survey.csv 3行目: この繰り返しには質問がありません。");
}

#[test]
fn a_name_of_one_time_may_not_be_taken() {
    let found = findings(&["text,cost.2", "begin_repeat,case,2", "integer,cost", "end_repeat"]);
    assert!(
        found.contains("5行目 name列: この行から作られる質問の名前「cost.2」が、ほかの質問と重なっています"),
        "{found}"
    );
}

#[test]
fn a_circle_through_every_time_is_told_once() {
    let rows = ["begin_repeat,case,3", "integer,a,,,,,${b}", "integer,b,,,,,${a}", "end_repeat"];
    assert_eq!(findings(&rows), "エラー survey.csv 4行目 calculation列: 条件や計算が循環しています：a → b → a");
}
