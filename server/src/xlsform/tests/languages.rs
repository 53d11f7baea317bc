//! Forms in several languages.

use shared::questionnaire::{GroupLayout, Question, Questionnaire};

use super::super::{Compilation, compile, read_embedded};
use super::{compiled, shown};

/// The form with every feature, in Japanese and English.
fn full() -> Questionnaire {
    let compilation = compiled("full");
    assert_eq!(shown(&compilation), "");
    compilation.questionnaire.unwrap()
}

fn question<'q>(form: &'q Questionnaire, name: &str) -> &'q Question {
    form.question(form.find(name).unwrap_or_else(|| panic!("{name} is not asked")))
}

#[test]
fn a_form_may_give_its_own_texts_under_their_language() {
    let form = full();
    assert_eq!(form.sections[0].title, "基本");
    assert_eq!(question(&form, "staff").label, "人数");
    let languages: Vec<_> = form.languages().into_iter().map(|language| (language.name, language.code)).collect();
    assert_eq!(languages, [("日本語", "ja"), ("English", "en")].map(|(n, c)| (n.to_owned(), c.to_owned())));
    assert!(form.in_language("ja") == form && form.in_language("fr") == form);
}

#[test]
fn every_text_is_translated_and_nothing_else() {
    let own = full();
    let form = own.in_language("en");
    let [basics, work] = form.sections.as_slice() else { panic!("two sections") };
    assert_eq!((&*basics.title, basics.lead.as_deref()), ("Basics", Some("The first section.")));
    let titles: Vec<_> = work.groups.iter().filter_map(|group| group.title.as_deref()).collect();
    assert_eq!(titles, ["Levels", "Cases", "Cases", "Cases", "At last"]);

    let staff = question(&form, "staff");
    assert_eq!(staff.required_message.as_deref(), Some("Enter the number."));
    assert_eq!(staff.constraint_message.as_deref(), Some("0 or more."));
    assert_eq!(staff.soft_message.as_deref(), Some("Is it that many?"));
    assert_eq!(question(&form, "outline").definition.as_deref(), Some("A description\nof the whole"));
    assert_eq!(question(&form, "tools").hint.as_deref(), Some("As many as apply"));
    assert_eq!(question(&form, "case_cost.3").label, "Cost");
    assert!(question(&form, "case_cost.3.reason").label.starts_with("Reason ("));
    for other in ["tools_other", "case_means_other", "case_means_other.2"] {
        assert_eq!(question(&form, other).label, "Please specify", "{other}");
    }
    let labels: Vec<_> = question(&form, "tools").kind.choices().iter().map(|choice| &*choice.label).collect();
    assert_eq!(labels, ["Computer", "Tablet", "Other"]);
    assert_eq!(question(&own, "farming").kind.choices()[1].short.as_deref(), Some("未"));
    assert_eq!(question(&form, "farming").kind.choices()[1].short, None);

    for question in form.questions.iter().filter(|question| question.reason_for.is_none()) {
        assert!(question.label.is_ascii(), "{}: {}", question.name, question.label);
        assert!(question.kind.choices().iter().all(|choice| choice.label.is_ascii()), "{}", question.name);
    }
    assert!(form.logic == own.logic && form.source == own.source);
    assert!(form.sections[1].groups.iter().any(|group| group.layout == GroupLayout::Table));
    for (translated, own) in form.questions.iter().zip(&own.questions) {
        assert_eq!((&translated.name, &translated.concept), (&own.name, &own.concept));
    }
}

/// A form of one section with one select, in these columns.
fn form(columns: &str, begin: &str, question: &str, choices: &str, language: &str) -> Compilation {
    let survey = format!(
        "type,name,number,concept,aggregate_visibility,named_visibility,minutes,{columns}\n\
         begin_group,s,,,,,5,{begin}\nselect_one list,q,1,q,public,public,,{question}\nend_group,,,,,,,{}\n",
        ",".repeat(columns.matches(',').count())
    );
    let settings = format!("form_title,form_id,version,default_language\n題,id,1,{language}\n");
    compile(&read_embedded(&survey, choices, &settings).unwrap())
}

const CHOICES: &str = "list_name,name,label,label::English (en)\nlist,1,一,One\nlist,2,二,Two\n";

#[test]
fn a_missing_translation_is_told_and_the_own_text_is_shown() {
    let choices = "list_name,name,label,label::English (en)\nlist,1,一,One\nlist,2,二,\n";
    let compilation = form("label,hint,label::English (en)", "章,前書き,Section", "問,,", choices, "日本語 (ja)");
    assert_eq!(
        shown(&compilation),
        "警告 survey.csv hint::English (en)列: この言語の訳の列がありません。もとの文のまま示します。\n\
         警告 survey.csv 3行目 label::English (en)列: 訳がありません。もとの文のまま示します。\n\
         警告 choices.csv 3行目 label::English (en)列: 訳がありません。もとの文のまま示します。"
    );
    let english = compilation.questionnaire.unwrap().in_language("en");
    assert_eq!((&*english.sections[0].title, english.sections[0].lead.as_deref()), ("Section", Some("前書き")));
    assert_eq!(english.questions[0].label, "問");
    let labels: Vec<_> = english.questions[0].kind.choices().iter().map(|choice| &*choice.label).collect();
    assert_eq!(labels, ["One", "二"]);
}

#[test]
fn languages_may_stand_behind_a_single_colon() {
    let choices = "list_name,name,label,label:English (en)\nlist,1,一,One\nlist,2,二,Two\n";
    let compilation = form("label,label:English (en)", "章,Section", "問,Question", choices, "日本語 (ja)");
    assert_eq!(shown(&compilation), "");
    let english = compilation.questionnaire.unwrap().in_language("en");
    assert_eq!((&*english.sections[0].title, &*english.questions[0].label), ("Section", "Question"));
    assert_eq!(english.questions[0].kind.choices()[1].label, "Two");
}

#[test]
fn headings_that_are_no_translation_are_told() {
    for (columns, language, expected) in [
        (
            "label,label::English (en),lable::English (en)",
            "日本語 (ja)",
            "警告 survey.csv lable::English (en)列: この列は使いません。見出しの書き間違いでないか確認してください。",
        ),
        (
            "label,label::English (en),hint::English",
            "",
            "警告 survey.csv hint::English列: 「English」には言語の符号がないため、使いません。「English (en)」のように書いてください。",
        ),
        (
            "label,label::English (en),label::日本語 (ja)",
            "",
            "警告 survey.csv label::日本語 (ja)列: label列と同じ言語です。どちらか1つの列にまとめてください。",
        ),
        (
            "label,label::English (en),bind::x",
            "",
            "エラー survey.csv bind::x列: この列には対応していません。列を削除してください。",
        ),
        (
            "label,label::English (en),hint",
            "日本語",
            "警告 settings.csv 2行目 default_language列: 「日本語」には言語の符号がないため、使いません。「English (en)」のように書いてください。",
        ),
    ] {
        let last = if columns.ends_with(",hint") { "" } else { "値" };
        let found = form(columns, "章,Section,", &format!("問,Question,{last}"), CHOICES, language);
        assert_eq!(shown(&found), expected, "{columns}");
    }
}

#[test]
fn a_missing_own_text_is_told_with_the_column_where_it_belongs() {
    let found = form("label::日本語 (ja),label::English (en)", "章,Section", ",Question", CHOICES, "");
    assert_eq!(shown(&found), "エラー survey.csv 3行目 label::日本語 (ja)列: 質問の文がありません。");
    let found = form("label::English (en)", "Section", "Question", CHOICES, "日本語 (ja)");
    assert!(shown(&found).contains("label列がありません"), "{}", shown(&found));
}
