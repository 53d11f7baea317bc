//! Soft checks: an unusual answer is allowed, and its reason asked for.

use shared::questionnaire::{Evaluation, GroupLayout, QuestionKind, Questionnaire};
use shared::response::AnswerValue;
use shared::visibility::Visibility;

use super::{SETTINGS, at, compile, form_of, read_embedded, shown, survey, used};

const COLUMNS: &str =
    "type,name,soft_constraint,soft_message,change_threshold,relevant,appearance,repeat_count,constraint,unit";

const CHOICES: &str = "list_name,name,label\nlevel,1,未着手\nlevel,2,実施\n";

fn form(rows: &[&str]) -> Questionnaire {
    let survey = survey(COLUMNS, rows);
    form_of(&survey, &used(CHOICES, &survey), SETTINGS)
}

fn integer(number: i64) -> AnswerValue {
    AnswerValue::Integer(number)
}

#[test]
fn the_reason_is_asked_for_while_the_check_fails() {
    let form = form(&["text,any", "integer,n,. > 0 or ${any} = 'x',0人です。,,,,,,人", "text,last"]);
    let names: Vec<&str> = form.questions.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(names, ["any", "n", "n.reason", "last"]);
    let (number, reason) = (at(&form, "n"), at(&form, "n.reason"));
    let question = form.question(reason);
    assert_eq!((&*question.label, &*question.concept, question.reason_for), ("理由（n）", "n.reason", Some(number)));
    assert!(matches!(question.kind, QuestionKind::Text { multiline: true, .. }));
    assert_eq!([question.visibility.aggregate, question.visibility.named], [Visibility::Prefecture; 2]);
    assert_eq!(form.question(number).soft_message.as_deref(), Some("0人です。"));

    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    assert!(!answers.is_unusual(number) && !answers.is_relevant(reason), "nothing is answered yet");
    assert_eq!(answers.set(number, Some(integer(0))).relevance, [reason]);
    assert!(answers.is_unusual(number) && !answers.is_required(reason) && !answers.breaks_constraint(number));
    answers.set(reason, Some(AnswerValue::Text("準備中".to_owned())));
    assert_eq!(answers.set(at(&form, "any"), Some(AnswerValue::Text("x".to_owned()))).relevance, [reason]);
    assert!(!answers.is_unusual(number));
    answers.set(at(&form, "any"), None);
    assert_eq!(answers.value(reason), Some(&AnswerValue::Text("準備中".to_owned())), "the reason comes back");
}

#[test]
fn a_change_beyond_the_threshold_needs_a_reason() {
    let form = form(&["integer,share,,,50%,,,,,件", "integer,points,,,１０,,,,,％", "decimal,both,. < 90,多い。,50％"]);
    let message = |name| form.question(at(&form, name)).soft_message.clone().unwrap();
    assert_eq!(message("share"), "前年度の回答から50％を超えて変わっています。値を確かめ、理由を記入してください。");
    assert_eq!(
        message("points"),
        "前年度の回答から10ポイントを超えて変わっています。値を確かめ、理由を記入してください。"
    );
    let unusual = |name: &str, before, now| {
        let index = at(&form, name);
        let mut values = vec![None; form.questions.len()];
        let mut previous = values.clone();
        (values[usize::from(index.0)], previous[usize::from(index.0)]) = (now, before);
        Evaluation::new(&form.logic, values, previous).is_unusual(index)
    };
    for (before, now, expected) in [(100, 150, false), (100, 151, true), (100, 49, true), (3, 2, false), (0, 1, true)] {
        assert_eq!(unusual("share", Some(integer(before)), Some(integer(now))), expected, "{before} {now}");
    }
    assert!(!unusual("share", None, Some(integer(9))) && !unusual("share", Some(integer(9)), None));
    assert!(
        !unusual("points", Some(integer(-5)), Some(integer(5)))
            && unusual("points", Some(integer(-5)), Some(integer(6)))
    );
    let decimal = |text: &str| Some(AnswerValue::Decimal(text.parse().unwrap()));
    assert!(unusual("both", decimal("0.1"), decimal("0.2")) && unusual("both", None, decimal("95")));
    assert!(!unusual("both", decimal("0.1"), decimal("0.15")));
}

#[test]
fn last_years_answer_can_be_named() {
    let form = form(&[
        "select_one level,s,. >= ${last-saved#s},前年度より戻っています。",
        "text,why,,,,${last-saved#s} = '2'",
    ]);
    let level = |name: &str| Some(AnswerValue::Choice(name.to_owned()));
    let mut answers = Evaluation::new(&form.logic, vec![level("2")], vec![level("2")]);
    assert!(!answers.is_unusual(at(&form, "s")) && answers.is_relevant(at(&form, "why")));
    answers.set(at(&form, "s"), level("1"));
    assert!(answers.is_unusual(at(&form, "s")));
}

#[test]
fn reasons_stand_below_a_table_and_with_their_time_of_a_repeat() {
    let form = form(&[
        "begin_group,g,,,,,table-list",
        "select_one level,a,. = '2',未着手です。",
        "select_one level,b",
        "end_group",
        "begin_repeat,again,,,,,,2",
        "integer,n,. > 0,0です。",
        "end_repeat",
    ]);
    let groups: Vec<_> = form.sections[0].groups.iter().map(|group| (group.layout, group.title.is_some())).collect();
    let list = GroupLayout::List;
    assert_eq!(groups, [(GroupLayout::Table, true), (list, false), (list, true), (list, true)]);
    let names: Vec<&str> = form.questions.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "a.reason", "n", "n.reason", "n.2", "n.2.reason"]);
    assert_eq!(form.question(at(&form, "n.2.reason")).label, "理由（n（2件目））");
    let answers = Evaluation::new(&form.logic, vec![None, None, None, None, None, Some(integer(0))], Vec::new());
    assert!(answers.is_unusual(at(&form, "n.2")) && !answers.is_unusual(at(&form, "n")));
}

#[test]
fn what_is_wrong_with_a_check_is_told() {
    for (row, found) in [
        (
            "integer,q,. > 0",
            "エラー survey.csv 3行目 soft_message列: soft_constraintに合わないときに示す文がありません。",
        ),
        ("integer,q,,文", "警告 survey.csv 3行目 soft_message列: soft_constraintもchange_thresholdもないため"),
        ("integer,q,. >,文", "エラー survey.csv 3行目 soft_constraint列: 式を読み取れません。"),
        ("integer,q,,,half", "エラー survey.csv 3行目 change_threshold列: 「half」は使えません。"),
        ("integer,q,,,-5%", "エラー survey.csv 3行目 change_threshold列: 「-5%」は使えません。"),
        ("text,q,,,50%", "警告 survey.csv 3行目 change_threshold列: この行の種類では使わない列です。"),
        (
            "text,q,${last-saved#nobody} = 1,文",
            "エラー survey.csv 3行目 soft_constraint列: ${nobody}：nobody という名前の質問がありません。",
        ),
    ] {
        let found_all = shown(&compile(&read_embedded(&survey(COLUMNS, &[row]), "", SETTINGS).unwrap()));
        assert!(found_all.starts_with(found) && found_all.lines().count() == 1, "{row}: {found_all}");
    }
}
