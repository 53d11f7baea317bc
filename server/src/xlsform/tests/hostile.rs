//! No input makes the reader panic.

use std::fs;

use proptest::prelude::*;

use super::super::{compile, read, read_embedded};

const SETTINGS: &str = "form_title,form_id,version\n題,id,1\n";

const COLUMNS: &str = "type,name,number,concept,label,hint,required,relevant,constraint,appearance,parameters,\
                       aggregate_visibility,named_visibility,minutes,field,core,disabled,calculation,choice_filter,\
                       soft_constraint,repeat_count,default,readonly,soft_message,change_threshold";

fn any_type() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "begin_group", "end_group", "begin repeat", "end_repeat", "text", "integer", "date", "note", "select_one l",
            "select_multiple l", "select_one none", "ranK l", "select_one l or_other", "begin loop over l", "İ", "",
            "rank l", "calculate", "hidden", "range", "decimal", "acknowledge", "geopoint", "begin_repeat",
        ]).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

fn any_expression() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "${a}",
        "${b}",
        "${c}",
        "${",
        "}",
        "$",
        ".",
        "..",
        "/",
        "//",
        "[",
        "]",
        "(",
        ")",
        "'",
        "\"",
        "'1'",
        "1",
        "1.2.3",
        "or",
        "and",
        "div",
        "=",
        "!=",
        "<",
        "+",
        "-",
        "*",
        "|",
        ",",
        "@",
        "::",
        "not(",
        "selected(",
        "if(",
        "concat(",
        "true()",
        "count-selected(",
        "é",
        "＝",
        "yes",
        "no",
        "self::node()",
        "${r}",
        "${last-saved#a}",
        "a_other",
        "extra",
        "..",
        "sum(",
        "count(",
        "max(",
        "position(",
        "indexed-repeat(",
        "checklist(",
        "format-date(",
        "jr:choice-name(",
        "'${a}'",
        "date(",
        "regex(",
        "pow(",
        "today()",
    ]);
    prop_oneof![
        3 => prop::collection::vec(token, 0..12).prop_map(|tokens| tokens.join(" ")),
        1 => ".{0,20}",
    ]
}

fn any_row() -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![5 => "[abcr]", 1 => "[ab](\\.2|_other|\\.reason)", 1 => ".{0,4}"];
    let word =
        prop_oneof![3 => Just("public".to_owned()), 1 => Just("5".to_owned()), 1 => Just(String::new()), 1 => ".{0,6}"];
    (
        any_type(),
        name,
        prop::collection::vec(".{0,6}", 4),
        prop::collection::vec(any_expression(), 6),
        prop::collection::vec(word, 7),
        prop::sample::select(vec!["", "", "", "", "yes", "?"]),
        [
            prop::sample::select(vec!["3", "2", "50", "", "x"]),
            prop::sample::select(vec!["", "1", "2 1", "today()", "${a}"]),
            prop::sample::select(vec!["", "", "yes", "maybe"]),
            prop::sample::select(vec!["", "文"]),
            prop::sample::select(vec!["", "5", "50%", "%"]),
        ],
    )
        .prop_map(|(kind, name, texts, expressions, words, disabled, rest)| {
            let (first, last) = expressions.split_at(3);
            let [first, last] = [first, last].map(<[String]>::to_vec);
            let middle = words.into_iter().chain([disabled.to_owned()]);
            let rest = rest.map(str::to_owned);
            [kind, name].into_iter().chain(texts).chain(first).chain(middle).chain(last).chain(rest).collect()
        })
}

fn as_csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    format!("{COLUMNS}\n{}", String::from_utf8(writer.into_inner().unwrap()).unwrap())
}

proptest! {
    #[test]
    fn rows_of_nonsense(rows in prop::collection::vec(any_row(), 0..12), choices in ".{0,40}") {
        let choices = format!("list_name,name,label,extra\nl,1,一,a\nl,2,二,b\n{choices}");
        let compilation = compile(&read_embedded(&as_csv(&rows), &choices, SETTINGS).unwrap());
        let errors = compilation.findings.iter().any(|finding| finding.severity.label() == "エラー");
        prop_assert_eq!(compilation.questionnaire.is_none(), errors);
    }

    #[test]
    fn expressions_of_nonsense(expression in any_expression()) {
        let row = |kind: &str, name: &str, expression: &str, minutes: &str| {
            let cells = [kind, name, name, name, "文", "", "", "", expression, "", "", "public", "public", minutes];
            let blank = COLUMNS.split(',').count() - cells.len();
            cells.into_iter().chain(std::iter::repeat_n("", blank)).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut begin = row("begin_group", "s", "", "5");
        let mut end = row("end_group", "", "", "");
        for cells in [&mut begin, &mut end] {
            cells[2..4].fill(String::new());
            cells[11..13].fill(String::new());
        }
        end[4].clear();
        let rows =
            [begin, row("text", "a", "", ""), row("select_one l", "b", "", ""), row("text", "c", &expression, ""), end];
        let choices = "list_name,name,label\nl,1,一\n";
        let compilation = compile(&read_embedded(&as_csv(&rows), choices, SETTINGS).unwrap());
        for finding in &compilation.findings {
            prop_assert_eq!((finding.row, finding.column.as_deref()), (Some(5), Some("constraint")), "{}", finding);
        }
    }

    #[test]
    fn text_of_any_kind(survey in "(\\PC|[\n\r\",]){0,80}", choices in "\\PC{0,20}", settings in "\\PC{0,20}") {
        let _ = compile(&read_embedded(&survey, &choices, &settings).unwrap());
    }
}

#[test]
fn bytes_of_any_kind() {
    let folder = tempfile::tempdir().unwrap();
    let workbook = include_bytes!("../testdata/small.xlsx");
    for length in (0..workbook.len()).step_by(97) {
        let path = folder.path().join("cut.xlsx");
        fs::write(&path, &workbook[..length]).unwrap();
        assert!(read(&path).is_err(), "cut at {length}");
    }
}
