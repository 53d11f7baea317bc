//! Choices: 「その他」, rankings, filters, confirmations.

use shared::questionnaire::evaluation::Breach;
use shared::questionnaire::{Evaluation, GroupLayout, QuestionKind, Questionnaire};
use shared::response::AnswerValue;
use shared::response::answer::ACKNOWLEDGED;
use shared::visibility::Visibility;

use super::{SETTINGS, at, compile, form_of, read_embedded, shown, survey, used};

const COLUMNS: &str = "type,name,choice_filter,appearance,repeat_count,relevant";

const CHOICES: &str = "list_name,name,label,Kind,largest\n\
                       town,aomori,青森,city,3\n\
                       town,hiranai,平内,town,1\n\
                       kind,city,市,,\n\
                       kind,town,町,,\n";

/// The same without columns for filters.
const PLAIN: &str = "list_name,name,label\n\
                     town,aomori,青森\n\
                     town,hiranai,平内\n\
                     kind,city,市\n\
                     kind,town,町\n";

fn form(rows: &[&str]) -> Questionnaire {
    let survey = survey(COLUMNS, rows);
    let choices = if survey.contains("Kind") { CHOICES } else { PLAIN };
    form_of(&survey, &used(choices, &survey), SETTINGS)
}

const FILTERED: [&str; 3] = [
    "select_one kind,k",
    "integer,n",
    "select_multiple town,t,Kind = ${k} and ${n} <= number(largest) and name != 'x'",
];

#[test]
fn a_choice_is_offered_where_its_columns_fit() {
    let form = form(&FILTERED);
    let town = at(&form, "t");
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    assert!(!answers.is_offered(town, "aomori"), "nothing is known yet");
    answers.set(at(&form, "k"), Some(AnswerValue::Choice("city".to_owned())));
    answers.set(at(&form, "n"), Some(AnswerValue::Integer(2)));
    assert!(answers.is_offered(town, "aomori") && !answers.is_offered(town, "hiranai"));
    answers.set(town, Some(AnswerValue::Choices(vec!["aomori".to_owned()])));
    assert_eq!(answers.breach(town), None);
    answers.set(at(&form, "n"), Some(AnswerValue::Integer(4)));
    assert_eq!(answers.breach(town), Some(Breach::NotOffered));
}

#[test]
fn other_brings_a_choice_and_a_text() {
    let form = form(&["select_multiple kind or_other,k", "rank town or_other,r", "text,why,,,,${k_other} != ''"]);
    let names: Vec<&str> = form.questions.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(names, ["k", "k_other", "r", "r_other", "why"]);
    let kind = &form.question(at(&form, "k")).kind;
    assert_eq!(kind.choices().last().map(|choice| (&*choice.name, &*choice.label)), Some(("other", "その他")));
    assert!(matches!(form.question(at(&form, "r")).kind, QuestionKind::Rank { .. }));
    let other = form.question(at(&form, "k_other"));
    assert_eq!((&*other.label, &*other.number, &*other.concept), ("その他の内容", "k（その他）", "k.other"));
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    assert!(!answers.is_relevant(at(&form, "k_other")));
    let chosen = AnswerValue::Choices(vec!["city".to_owned(), "other".to_owned()]);
    assert_eq!(answers.set(at(&form, "k"), Some(chosen)).relevance, [at(&form, "k_other")]);
    answers.set(at(&form, "k_other"), Some(AnswerValue::Text("村".to_owned())));
    assert!(answers.is_relevant(at(&form, "why")));
}

#[test]
fn in_a_table_the_text_stands_below_and_in_a_repeat_with_its_time() {
    let form = form(&[
        "begin_group,g,,table-list",
        "select_one kind or_other,a",
        "select_one kind or_other,b",
        "end_group",
        "begin_repeat,again,,,2",
        "select_one town or_other,c",
        "end_repeat",
    ]);
    let groups: Vec<_> = form.sections[0].groups.iter().map(|group| (group.layout, group.questions.len())).collect();
    let list = GroupLayout::List;
    assert_eq!(groups, [(GroupLayout::Table, 2), (list, 2), (list, 2), (list, 2)]);
    let names: Vec<&str> = form.questions.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "a_other", "b_other", "c", "c_other", "c.2", "c_other.2"]);
    assert_eq!(form.question(at(&form, "c_other.2")).concept, "c.other.2");
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let changes = answers.set(at(&form, "c.2"), Some(AnswerValue::Choice("other".to_owned())));
    assert_eq!(changes.relevance, [at(&form, "c_other.2")]);
}

#[test]
fn the_text_of_other_is_published_no_wider_than_named_values() {
    let survey = "type,name,label,number,concept,minutes,aggregate_visibility,named_visibility\n\
                  begin_group,s,章,,,5,,\n\
                  select_one kind or_other,k,問い,1,k,,public,council\n\
                  select_one town,t,問い,2,t,,public,council\n\
                  end_group,,,,,,,\n";
    let choices = "list_name,name,label\nkind,1,一\ntown,1,一\n";
    let form = form_of(survey, choices, SETTINGS);
    let visibility = form.question(at(&form, "k_other")).visibility;
    assert_eq!([visibility.aggregate, visibility.named], [Visibility::Council, Visibility::Council]);
}

#[test]
fn a_confirmation_is_ticked_or_blank() {
    let form = form(&["trigger,seen", "text,then,,,,${seen} = 'OK'"]);
    assert_eq!(form.question(at(&form, "seen")).kind, QuestionKind::Acknowledge);
    let mut answers = Evaluation::new(&form.logic, Vec::new(), Vec::new());
    let changes = answers.set(at(&form, "seen"), Some(AnswerValue::Choice(ACKNOWLEDGED.to_owned())));
    assert_eq!(changes.relevance, [at(&form, "then")]);
}

#[test]
fn what_does_not_go_together_is_told() {
    let [kind, number, _] = FILTERED;
    for (rows, found) in [
        (
            &["select_one town,t,Area = 1"][..],
            "エラー survey.csv 3行目 choice_filter列: 「Area」という列がchoicesシートにありません。",
        ),
        (
            &["select_one town,t,Kind = ${t}"],
            "エラー survey.csv 3行目 choice_filter列: t の選択肢の条件が t 自身の回答を参照しています。",
        ),
        (
            &["select_one town,t,Kind = ."],
            "エラー survey.csv 3行目 choice_filter列: choice_filterでは . （自分自身の回答）を使えません。",
        ),
        (
            &["select_one town or_other,t,Kind = 'a'"],
            "エラー survey.csv 3行目 choice_filter列: or_otherと同時には使えません。",
        ),
        (
            &["begin_group,g,,table-list", "select_one town,t,Kind = 'a'", "end_group"],
            "エラー survey.csv 4行目 choice_filter列: table-listのグループの中では使えません。",
        ),
        (&["text,q,Kind = 'a'"], "警告 survey.csv 3行目 choice_filter列: この行の種類では使わない列です。"),
        (&["select_one town or_other,t", "text,t_other"], "name「t_other」は3行目で使われています"),
    ] {
        let rows: Vec<&str> = [kind, number].into_iter().chain(rows.iter().copied()).collect();
        let found_all = shown(&compile(&read_embedded(&survey(COLUMNS, &rows), CHOICES, SETTINGS).unwrap()));
        let moved = found.replace("3行目", "5行目").replace("4行目", "6行目");
        assert!(found_all.contains(&moved), "{rows:?}: {found_all}");
    }
}

#[test]
fn columns_and_lists_that_are_not_used_as_meant_are_told() {
    let found = |rows: &[&str]| shown(&compile(&read_embedded(&survey(COLUMNS, rows), CHOICES, SETTINGS).unwrap()));
    let unused = found(&["select_one kind,k", "select_one town,t,Kind = ${k}"]);
    assert_eq!(unused, "警告 choices.csv largest列: この列は使いません。見出しの書き間違いでないか確認してください。");
    let mixed = found(&["select_one kind or_other,k", "select_one kind,l", "select_one town,t,Kind = largest"]);
    assert!(
        mixed.starts_with("警告 choices.csv 4行目 list_name列: リスト「kind」を、or_otherのある質問とない質問で"),
        "{mixed}"
    );
}
