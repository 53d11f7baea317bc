//! Every mistake is found, with its place.

use std::fs;

use shared::questionnaire::Questionnaire;

use super::super::{ReadError, compile, read, read_embedded};
use super::{compiled, shown};

#[test]
fn every_mistake_of_a_broken_form_is_reported_at_once() {
    let compilation = compiled("broken");
    assert!(compilation.questionnaire.is_none());
    insta::assert_snapshot!(shown(&compilation));
}

const SETTINGS: &str = "form_title,form_id,version\n題,id,1\n";

/// Findings of a form with these questions in one section, and a list of the choices 1 and 2.
fn findings_of(columns: &str, rows: &str) -> String {
    let survey =
        format!("type,name,number,concept,label,aggregate_visibility,named_visibility,minutes,{columns}\n{rows}");
    let choices = "list_name,name,label\nlist,1,一\nlist,2,二\n";
    shown(&compile(&read_embedded(&survey, choices, SETTINGS).unwrap()))
}

const BEGIN: &str = "begin_group,s,,,章,,,5,";
const SELECT: &str = "select_one list,q,1,q,問,public,public,,";

#[test]
fn a_circle_of_conditions_is_named() {
    let rows = format!(
        "{BEGIN}\n{SELECT}${{c}} = '1'\ntext,b,2,b,問,public,public,,${{q}} = '1'\n\
         text,c,3,c,問,public,public,,${{b}} = '1'\ntext,d,4,d,問,public,public,,${{c}} = '1'\nend_group,,,,,,,,\n"
    );
    assert_eq!(
        findings_of("relevant", &rows),
        "エラー survey.csv 3行目 relevant列: 条件が循環しています：q → c → b → q"
    );
}

#[test]
fn a_group_may_not_depend_on_its_own_question() {
    let rows = format!("{BEGIN}${{q}} = '1'\n{SELECT}\ntext,b,2,b,問,public,public,,\nend_group,,,,,,,,\n");
    assert_eq!(
        findings_of("relevant", &rows),
        "エラー survey.csv 2行目 relevant列: q の条件が q 自身の回答を参照しています。"
    );
}

#[test]
fn a_choice_that_does_not_exist_is_a_warning() {
    let rows = format!("{BEGIN}\n{SELECT}\ntext,b,2,b,問,public,public,,${{q}} = '3'\nend_group,,,,,,,,\n");
    assert_eq!(findings_of("relevant", &rows), "警告 survey.csv 4行目 relevant列: q に「3」という選択肢はありません。");
}

#[test]
fn a_helper_value_that_is_said_to_have_results_is_a_warning() {
    let rows = format!("{BEGIN}\n{SELECT}\ncalculate,c,,c,,public,council,,${{q}}\nend_group,,,,,,,,\n");
    let findings = findings_of("calculation", &rows);
    let columns: Vec<&str> = findings.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(
        columns,
        ["警告 survey.csv 4行目 aggregate_visibility列", "警告 survey.csv 4行目 named_visibility列"],
        "{findings}"
    );
    assert!(findings.contains("集計にもデータにも含めない"));
    let silent = rows.replace("public,council,,${q}", ",,,${q}");
    assert_eq!(findings_of("calculation", &silent), "");
}

#[test]
fn an_expression_beyond_the_limits_is_refused() {
    for (expression, reason) in [
        (format!("{}1{}", "(".repeat(200), ")".repeat(200)), "かっこの入れ子が深すぎます"),
        (format!("1{}", " + 1".repeat(400)), "式の入れ子が深すぎます"),
        (format!("{}1", "-".repeat(900)), "式の入れ子が深すぎます"),
        (format!("1{}", " + 1".repeat(4000)), "式が長すぎます"),
        ("9".repeat(400), "数が大きすぎます"),
    ] {
        let rows = format!("{BEGIN}\n{SELECT}{expression}\nend_group,,,,,,,,\n");
        let findings = findings_of("constraint", &rows);
        assert!(findings.contains(reason) && findings.lines().count() == 1, "{reason}: {findings}");
    }
    let chain = format!("\"'1'{}\"", " or ${q} = '1'".repeat(200));
    let rows = format!("{BEGIN}\n{SELECT}\ntext,b,2,b,問,public,public,,{chain}\nend_group,,,,,,,,\n");
    assert_eq!(findings_of("relevant", &rows), "", "a chain is flattened, however long");
}

#[test]
fn the_deepest_expression_can_be_stored() {
    let sum = format!("1{}", " + 1".repeat(47));
    let survey = format!(
        "type,name,number,concept,label,aggregate_visibility,named_visibility,minutes,relevant\n\
         {BEGIN}{sum}\nbegin_group,g,,,項目,,,,{sum}\ntext,q,1,q,問,public,public,,{sum}\nend_group,,,,,,,,\nend_group,,,,,,,,\n"
    );
    let form = compile(&read_embedded(&survey, "", SETTINGS).unwrap()).questionnaire.unwrap();
    let stored = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<Questionnaire>(&stored).unwrap(), form);
}

#[test]
fn a_row_names_the_line_where_it_begins() {
    let rows = format!(
        "{BEGIN}\n\n{SELECT}\n\"text\",b,2,b,\"二行の\n問\",public,public,,\ntext,c,3,,問,public,public,,\nend_group,,,,,,,,\n"
    );
    let findings = findings_of("hint", &rows);
    assert!(findings.starts_with("エラー survey.csv 7行目 concept列: "), "{findings}");
}

#[test]
fn sheets_that_are_not_read_are_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [
        (
            "Survey",
            "type,name,label,number,concept,aggregate_visibility,named_visibility,minutes\n\
             begin_group,s,章,,,,,5\ntext,q,問,1,q,public,public,\nend_group,s,,,,,,",
        ),
        ("settings", "form_title,form_id,version\n題,id,1"),
        ("entities", "list_name\ntrees"),
        ("メモ", "自分用"),
        ("_下書き", "x"),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (number, row) in (0..).zip(rows.lines()) {
            for (column, cell) in (0..).zip(row.split(',')) {
                sheet.write_string(number, column, cell).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.xlsx");
    book.save(&path).unwrap();
    let compilation = compile(&read(&path).unwrap());
    assert_eq!(
        shown(&compilation),
        "警告 ブック: 読まないシートがあります：entities、メモ。survey、choices、settings のほかは、調査票に使いません。"
    );
    assert!(compilation.questionnaire.is_some());
}

#[test]
fn an_appearance_that_changes_nothing_is_a_warning() {
    for appearance in ["thousands-sep", "numbers"] {
        let rows = format!("{BEGIN}\ninteger,q,1,q,問,public,public,,{appearance}\nend_group,,,,,,,,\n");
        let findings = findings_of("appearance", &rows);
        assert!(
            findings.contains("警告 survey.csv 3行目 appearance列: この行の種類では使わない列です。"),
            "{findings}"
        );
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let read_in_folder = || read(folder.path()).map(|_| ());
    assert!(matches!(read_in_folder(), Err(ReadError::NotAForm(_))));

    fs::write(folder.path().join("survey.csv"), b"type,name\ntext,\x8e\x96\n").unwrap();
    let not_utf8 = read_in_folder().unwrap_err();
    assert_eq!(
        not_utf8.to_string(),
        "survey.csv の2行目がUTF-8ではありません。文字コードをUTF-8にして保存し直してください。"
    );

    let of_file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        read(&path).unwrap_err()
    };
    assert!(matches!(of_file("form.xlsx", b"no workbook"), ReadError::NotAWorkbook { .. }));
    assert!(matches!(of_file("form.ods", b""), ReadError::NotAForm(_)));
    assert!(matches!(read(&folder.path().join("none.xlsx")), Err(ReadError::Unreadable { .. })));
}
