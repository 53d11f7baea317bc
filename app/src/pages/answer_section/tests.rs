use shared::questionnaire::{ChoiceState, GroupLayout, Instance, Question, QuestionIndex, QuestionKind};
use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;
use shared::time::Timestamp;

use super::super::answer_list::SectionProgress;
use super::*;
use crate::components::advice::Advice;
use crate::components::languages::LanguageLink;
use crate::components::question::samples::{field, group, levels, plain, question, select};
use crate::components::question::{Conflict, InquiryLink, LastYear, Prefill, QuestionField, ReferenceNote};

fn model(groups: Vec<QuestionGroup>) -> AnswerSection {
    let section = |name: &str, title: &str, progress| SectionItem {
        name: SectionName(name.into()),
        href: format!("/answer/2026/{name}"),
        title: title.into(),
        progress,
        minutes: 8,
    };
    AnswerSection {
        year: FiscalYear::new(2026).unwrap(),
        municipality: "おいらせ町".into(),
        code: "024121".parse().unwrap(),
        login_name: "oirase".into(),
        deadline: Some(Deadline {
            at: Timestamp::parse_jst("2026-11-30T17:00").unwrap(),
            days_left: 8,
            extended: false,
        }),
        name: SectionName("industry".into()),
        title: "産業・しごと".into(),
        lead: Some("この分野の取組をお答えください。".into()),
        sections: vec![
            section("basic", "基本情報・推進体制", SectionProgress::Done),
            section("industry", "産業・しごと", SectionProgress::InProgress { answered: 7, asked: 11 }),
            section("base", "各分野を支える基盤整備", SectionProgress::NeedsAttention { count: 2 }),
        ],
        groups,
        copyable: 0,
        copied: None,
        added: Vec::new(),
        read_only: None,
        from_check: false,
        languages: Languages::default(),
        live: None,
    }
}

fn rendered(model: AnswerSection) -> String {
    let html = plain(view! { <AnswerSectionPage model /> });
    assert!(!html.contains(" style="), "{html}");
    html
}

fn list(fields: Vec<QuestionField>) -> AnswerSection {
    model(vec![group(GroupLayout::List, fields)])
}

#[test]
fn every_kind_of_question_has_its_input() {
    let budget =
        Question { unit: Some("千円".into()), may_be_unknown: true, ..question("budget", QuestionKind::Decimal) };
    let html = rendered(list(vec![
        field(select("stage"), &["1"]),
        field(question("why", QuestionKind::SelectMultiple { choices: levels() }), &["0", "3"]),
        field(question("name", QuestionKind::Text { multiline: false, max_length: 50 }), &["A&B\"商会"]),
        field(question("wish", QuestionKind::Text { multiline: true, max_length: 500 }), &["要望"]),
        field(question("staff", QuestionKind::Integer), &["12人"]),
        field(budget, &["12400"]),
        field(question("since", QuestionKind::Date), &[]),
        field(question("note", QuestionKind::Note), &[]),
    ]));
    assert!(html.contains("<input type=\"radio\" id=\"f-stage-1\" name=\"stage\" value=\"1\" checked>"), "{html}");
    assert_eq!(html.matches("type=\"radio\" id=\"f-stage-").count(), 8, "seven choices and taking it back");
    assert!(html.contains("<input type=\"checkbox\" id=\"f-why-3\" name=\"why\" value=\"3\" checked>"));
    assert!(html.contains("value=\"A&amp;B&quot;商会\""), "{html}");
    assert!(html.contains(">\n要望</textarea>") && html.contains("500文字以内"));
    assert!(html.contains("value=\"12人\"") && html.contains("inputmode=\"numeric\""));
    assert!(html.contains("inputmode=\"decimal\"") && html.contains("千円"));
    assert!(html.contains("name=\"budget.unknown\" value=\"1\""));
    assert!(html.contains("例：2026-11-30"));
    assert!(html.contains("<input type=\"hidden\" name=\"stage.revision\" value=\"3\">"));
    assert!(!html.contains("name=\"note\"") && !html.contains("type=\"number\""));
    assert_eq!(html.matches("<label for=\"f-staff\"").count(), 1);
}

#[test]
fn questions_that_share_their_choices_are_one_table() {
    let mut late = field(select("ec"), &[]);
    late.saved_at = Timestamp::parse_jst("2026-11-22T16:42");
    let html = rendered(model(vec![group(GroupLayout::Table, vec![field(select("desk"), &["2"]), late])]));
    assert_eq!(html.matches("<table").count(), 1);
    assert_eq!(html.matches("<input type=\"radio\"").count(), 16, "seven choices and taking it back, twice");
    assert!(html.contains("id=\"f-desk-\" name=\"desk\" value=\"\" aria-labelledby=\"t-desk c-desk\""), "{html}");
    assert_eq!(html.matches("data-clear=\"\" hidden").count(), 1, "only an answer can be taken back");
    assert_eq!(html.matches("<th scope=\"col\" class=\"question-table-choice\"").count(), 7);
    assert!(html.contains("aria-labelledby=\"t-desk w-desk-2\"") && html.contains("id=\"w-desk-2\""));
    assert!(html.contains("保存済み 16:42"));
    assert_eq!(html.matches("公開範囲").count(), 1, "said once for the whole table: {html}");
}

#[test]
fn a_table_of_unlike_questions_is_a_list() {
    let fields = vec![field(select("desk"), &[]), field(question("n", QuestionKind::Integer), &[])];
    let html = rendered(model(vec![group(GroupLayout::Table, fields)]));
    assert!(!html.contains("<table") && html.contains("name=\"n\""));
}

#[test]
fn what_is_not_asked_is_there_but_hidden() {
    let mut stage = field(select("stage"), &["1"]);
    stage.relevant = false;
    let html = rendered(list(vec![field(select("engaged"), &[]), stage.clone()]));
    assert!(html.contains("id=\"q-stage\" data-question=\"stage\" hidden"), "{html}");
    assert!(!html.contains("data-question=\"engaged\" hidden"));
    assert!(!html.contains(" disabled"));
    let html = rendered(list(vec![stage]));
    assert!(html.contains("data-group=\"\" hidden"), "{html}");
}

#[test]
fn errors_stand_below_their_field_and_first_on_the_page() {
    let mut staff = field(question("staff", QuestionKind::Integer), &["12人"]);
    staff.error = Some("整数で入力してください。例：12".into());
    let mut stage = field(select("stage"), &[]);
    stage.error = Some("回答してください。".into());
    let html = rendered(list(vec![staff, stage]));
    assert!(html.contains("role=\"alert\"") && html.contains("入力内容を確認してください（2件）"));
    assert!(html.contains("href=\"#f-staff\"") && html.contains("href=\"#f-stage-0\""));
    assert!(
        html.contains("id=\"e-staff\" data-error=\"\" class=\"question-error\">＊整数で入力してください。例：12"),
        "{html}"
    );
    assert!(html.contains("aria-invalid=\"true\""));
    assert!(html.find("error-summary").unwrap() < html.find("<form").unwrap());
    assert!(!rendered(list(vec![field(select("stage"), &[])])).contains("role=\"alert\""));
}

#[test]
fn a_conflict_shows_both_values_and_asks() {
    let mut stage = field(select("stage"), &["1"]);
    stage.conflict = Some(Conflict {
        author: "商工観光課".into(),
        at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
        value: Some(AnswerValue::Choice("4".into())),
    });
    let html = rendered(list(vec![stage]));
    assert!(html.contains("<strong>実施している（本格運用）</strong>"), "{html}");
    assert!(html.contains("商工観光課") && html.contains("2026年11月22日（日） 16:42"));
    for value in ["theirs", "mine"] {
        assert!(html.contains(&format!("name=\"stage.keep\" value=\"{value}\" required")), "{html}");
    }
    assert!(html.contains("href=\"#f-stage-0\""));
}

#[test]
fn a_form_that_takes_no_answers_is_text() {
    let budget =
        Question { unit: Some("千円".into()), may_be_unknown: true, ..question("budget", QuestionKind::Decimal) };
    let mut unknown = field(budget.clone(), &[]);
    unknown.raw = AnswerValue::State(ChoiceState::Unknown).raw();
    let mut skipped = field(select("skipped"), &["1"]);
    skipped.relevant = false;
    let fields = vec![field(budget, &["12400"]), unknown, field(select("blank"), &[]), skipped];
    let mut model = list(fields);
    model.groups.push(group(GroupLayout::Table, vec![field(select("desk"), &["4"])]));
    let html =
        rendered(AnswerSection { read_only: Some("提出済みのため、変更できません。".into()), ..model });
    for words in [
        "提出済みのため、変更できません。",
        "12,400千円",
        "不明",
        "未回答",
        "分岐により対象外",
        "実施している（本格運用）",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    for control in ["<input", "<button", "<form", "<textarea"] {
        assert!(!html.contains(control), "{control}: {html}");
    }
}

#[test]
fn saving_goes_on_or_back_to_where_one_came_from() {
    let html = rendered(list(vec![field(select("stage"), &[])]));
    assert!(html.contains("action=\"/answer/2026/industry\""));
    assert!(html.contains("name=\"then\" value=\"next\"") && html.contains("name=\"then\" value=\"list\""));
    assert!(html.contains("href=\"/answer/2026/industry\" aria-current=\"page\""), "{html}");
    let html = rendered(AnswerSection { from_check: true, ..list(vec![field(select("stage"), &[])]) });
    assert!(html.contains("action=\"/answer/2026/industry?from=check\"") && html.contains("value=\"check\""));
}

fn raw(values: &[&str]) -> RawAnswer {
    RawAnswer { values: values.iter().map(|v| (*v).to_owned()).collect(), unknown: false }
}

fn last_year(words: &str, copy: Option<RawAnswer>, changed: bool) -> LastYear {
    LastYear { year: "令和7年度".into(), words: words.into(), copy, changed }
}

#[test]
fn last_years_answer_stands_beside_and_is_taken_over_by_a_button_of_its_own() {
    let mut stage = field(select("stage"), &[]);
    stage.beside.last_year = Some(last_year("検討中", Some(raw(&["1"])), false));
    let mut why = field(question("why", QuestionKind::SelectMultiple { choices: levels() }), &[]);
    why.beside.last_year = Some(last_year("未着手、検討中", Some(raw(&["0", "1"])), false));
    let mut budget = field(question("budget", QuestionKind::Integer), &[]);
    budget.beside.last_year = Some(last_year("12,400千円", None, true));
    let html = rendered(list(vec![stage, why, budget]));
    assert!(html.contains("前年（令和7年度）の回答："), "{html}");
    assert!(html.contains("name=\"same\" value=\"stage\""), "{html}");
    assert!(html.contains("data-values=\"0 1\""), "{html}");
    assert!(!html.contains("value=\"budget\""), "what cannot be taken over has no button");
    assert_eq!(html.matches("前年と問い方が変わりました（比較不可）").count(), 1);
    assert!(!html.contains("checked"), "nothing is taken over by itself");
}

#[test]
fn enter_in_a_text_saves_and_takes_nothing_over() {
    let mut name = field(question("name", QuestionKind::Text { multiline: false, max_length: 50 }), &[]);
    name.beside.last_year = Some(last_year("A商会", Some(raw(&["A商会"])), false));
    let html = rendered(AnswerSection { copyable: 1, ..list(vec![name]) });
    let first = &html[html.find("<button").unwrap()..];
    assert!(first.contains("name=\"then\" value=\"next\""), "{html}");
    assert!(html.find("value=\"next\"").unwrap() < html.find("name=\"same\"").unwrap());
}

#[test]
fn last_years_answers_of_a_section_are_offered_only_where_there_are_any() {
    let section = || list(vec![field(select("stage"), &[])]);
    let html = rendered(AnswerSection { copyable: 12, ..section() });
    assert!(
        html.contains("name=\"same\" value=\"*\"") && html.contains("前年の回答を使える未回答の設問：12問"),
        "{html}"
    );
    assert!(!rendered(section()).contains("name=\"same\""));
    let left = vec![("#q-stage".to_owned(), "産-stage 段階".to_owned())];
    let html = rendered(AnswerSection { copied: Some(Copied { count: 12, left: left.clone() }), ..section() });
    assert!(html.contains("未回答だった12問に前年の回答を入れました") && html.contains("href=\"#q-stage\""), "{html}");
}

#[test]
fn what_a_save_brings_up_is_named_first_on_the_page() {
    let added = vec![("#q-stage".to_owned(), "産-stage 段階".to_owned())];
    let html = rendered(AnswerSection { added, ..list(vec![field(select("stage"), &[])]) });
    assert!(html.contains("お答えいただく設問が加わりました"), "{html}");
    assert!(html.find("href=\"#q-stage\"").unwrap() < html.find("<form").unwrap(), "{html}");
}

#[test]
fn a_public_figure_stands_in_the_input_marked_with_its_source() {
    let mut cio = field(select("cio"), &["1"]);
    cio.beside.prefill =
        Some(Prefill { raw: raw(&["1"]), source: "デジタル庁「資料」のCIOの任命：実施".into() });
    cio.beside.references =
        vec![ReferenceNote { words: "AIの導入状況：実施".into(), source: "総務省「資料」".into() }];
    let html = rendered(list(vec![cio.clone()]));
    assert!(html.contains("公表資料から入力（要確認）：出典 デジタル庁「資料」のCIOの任命：実施"), "{html}");
    assert!(html.contains("<input type=\"hidden\" name=\"cio.prefill\" value=\"1\">"), "{html}");
    assert!(html.contains("name=\"confirm\" value=\"cio\""));
    assert!(html.contains("参考：AIの導入状況：実施") && html.contains("（出典：総務省「資料」）"), "{html}");
    let html = rendered(AnswerSection { read_only: Some("提出済みのため".into()), ..list(vec![cio]) });
    assert!(!html.contains("要確認") && html.contains("参考：AIの導入状況：実施"), "{html}");
}

#[test]
fn a_returned_question_says_why_and_a_locked_one_is_text() {
    let mut returned = field(select("stage"), &["1"]);
    returned.beside.returned = Some("予算の額と合いません。".into());
    let mut locked = field(select("other"), &["4"]);
    locked.beside.locked = Some("差し戻した設問ではないため、変更できません。".into());
    locked.beside.last_year = Some(last_year("検討中", Some(raw(&["1"])), false));
    for layout in [GroupLayout::List, GroupLayout::Table] {
        let html = rendered(model(vec![group(layout, vec![returned.clone(), locked.clone()])]));
        assert!(html.contains("県からの差戻し：</strong>予算の額と合いません。"), "{html}");
        assert!(
            html.contains("差し戻した設問ではないため、変更できません。") && html.contains("実施している（本格運用）")
        );
        assert!(html.contains("name=\"stage\"") && !html.contains("name=\"other"), "{html}");
        assert!(!html.contains("name=\"same\""), "{html}");
    }
}

#[test]
fn an_unusual_answer_is_no_error_and_asks_for_a_reason_below() {
    let soft = Some("前年より5割以上増えています。".to_owned());
    let staff = Question { soft_message: soft.clone(), ..question("staff", QuestionKind::Integer) };
    let text = QuestionKind::Text { multiline: true, max_length: 200 };
    let reason = Question { reason_for: Some(QuestionIndex(0)), ..question("staff.reason", text.clone()) };
    let fields = |warned: bool| {
        let mut staff = field(staff.clone(), &["90"]);
        staff.beside.warned = warned;
        let mut reason = field(reason.clone(), &[]);
        (reason.relevant, reason.required) = (warned, false);
        vec![staff, reason]
    };
    let html = rendered(list(fields(true)));
    assert!(html.contains("<strong>確認してください：</strong>前年より5割以上増えています。"), "{html}");
    assert!(html.contains("aria-describedby=\"e-staff s-staff\"") && !html.contains("role=\"alert\""), "{html}");
    assert!(html.contains("<label for=\"f-staff.reason\">理由<span class=\"visually-hidden\">"), "{html}");
    assert!(html.contains("name=\"staff.reason.revision\""));
    let html = rendered(list(fields(false)));
    assert!(html.contains("id=\"s-staff\" data-warning=\"\" hidden"), "{html}");
    assert!(html.contains("data-question=\"staff.reason\" hidden"), "{html}");

    let level = Question { soft_message: soft, ..select("level") };
    let reason = Question { reason_for: Some(QuestionIndex(0)), ..question("level.reason", text) };
    let fields = vec![field(level, &["0"]), field(reason, &[]), field(select("next"), &[])];
    let html = rendered(model(vec![group(GroupLayout::Table, fields)]));
    assert_eq!(html.matches("<table").count(), 1, "a reason does not break the table");
    assert!(html.contains("<td colspan=\"9\"><div id=\"q-level.reason\""), "{html}");
}

#[test]
fn what_the_form_works_out_is_text_without_an_input() {
    let total = Question { readonly: true, unit: Some("千円".into()), ..question("total", QuestionKind::Decimal) };
    let hidden = question("key", QuestionKind::Hidden);
    let html = rendered(list(vec![field(total.clone(), &["-12400.5"]), field(hidden, &["x"])]));
    assert!(html.contains("<span data-answer=\"\">△12,400.5</span>千円"), "{html}");
    assert!(!html.contains("name=\"total") && !html.contains("key"), "{html}");
    assert!(rendered(list(vec![field(total, &[])])).contains("<span data-answer=\"\">－</span>"));
}

#[test]
fn times_of_a_repeated_group_without_an_answer_are_folded_into_each_other() {
    let time = |number: u16, values: &[&str]| {
        let kind = QuestionKind::Text { multiline: false, max_length: 50 };
        let name = if number == 1 { "name".to_owned() } else { format!("name.{number}") };
        let questions = vec![field(question(&name, kind), values)];
        let instance = Some(Instance { repeat: "case".into(), number, of: 4 });
        QuestionGroup { title: Some("取組事例".into()), instance, ..group(GroupLayout::List, questions) }
    };
    let html = rendered(model(vec![time(1, &[]), time(2, &["窓口"]), time(3, &[]), time(4, &[])]));
    assert!(html.contains("<h2>取組事例 1件目</h2>") && html.contains("<h2>取組事例 2件目</h2>"), "{html}");
    let open = &html[..html.find("<details").unwrap()];
    assert!(open.contains("id=\"q-name.2\"") && !open.contains("id=\"q-name.3\""), "{html}");
    let third = html.find("もう1件追加する（3件目）").unwrap();
    let fourth = html.find("もう1件追加する（4件目）").unwrap();
    assert!(third < html.find("id=\"q-name.3\"").unwrap() && html.find("id=\"q-name.3\"").unwrap() < fourth);
    assert!(!html[third..fourth].contains("</details>"), "the fourth is folded into the third");
    assert_eq!(rendered(model(vec![time(1, &[]), time(2, &[])])).matches("<details").count(), 1);
}

#[test]
fn a_choice_that_is_not_offered_is_out_of_sight_unless_it_was_chosen() {
    let mut stage = field(select("stage"), &["1"]);
    stage.withheld = vec!["1".into(), "2".into()];
    let mut order = field(question("order", QuestionKind::Rank { choices: levels() }), &["1", "0"]);
    order.withheld = vec!["2".into()];
    let html = rendered(list(vec![stage.clone(), order]));
    assert_eq!(html.matches("<label hidden class=\"choice\"").count(), 1, "{html}");
    assert!(html.contains("<option value=\"2\" hidden") && html.contains("<option value=\"1\" selected"), "{html}");
    assert_eq!(html.matches("<select").count(), 7, "one list a place");
    let html = rendered(model(vec![group(GroupLayout::Table, vec![stage])]));
    assert!(!html.contains("<table"), "columns are offered in every row");
}

#[test]
fn what_others_asked_and_where_to_ask_stand_below() {
    let mut stage = field(select("stage"), &[]);
    stage.beside.advice =
        vec![Advice { asked: "委託分も含みますか。".into(), answer: "含みます。".into() }];
    stage.beside.inquiries =
        Some(InquiryLink { href: "/answer/2026/inquiries/new?question=stage".into(), open: 0, awaited: false });
    let mut other = field(select("other"), &[]);
    other.beside.inquiries = Some(InquiryLink { href: "/answer/2026/inquiries/3".into(), open: 1, awaited: true });
    let html = rendered(list(vec![stage, other]));
    assert!(html.contains("<summary>この設問のQ&amp;A（1件）</summary>"), "{html}");
    assert!(html.contains("問　委託分も含みますか。") && html.contains("答　含みます。"), "{html}");
    assert!(html.contains("href=\"/answer/2026/inquiries/new?question=stage\"") && html.contains("県に質問する"));
    assert!(html.contains("県からの確認があります") && html.contains("やりとり中 1件"), "{html}");
}

#[test]
fn the_form_says_whose_response_it_is() {
    let html = rendered(list(vec![field(select("stage"), &[])]));
    assert!(html.contains("name=\".municipality\" value=\"024121\""), "{html}");
    assert!(html.contains("name=\".login_name\" value=\"oirase\""), "{html}");
}

#[test]
fn questions_in_another_language_say_so_and_lead_back() {
    let section = || list(vec![field(select("stage"), &[])]);
    let own = rendered(section());
    assert!(!own.contains("設問の言語を変える") && !own.contains("lang="), "{own}");
    let back = LanguageLink { name: "日本語".into(), code: "ja".into(), href: "/answer/2026/industry".into() };
    let languages = Languages { shown: Some("en".into()), others: vec![back] };
    let html = rendered(AnswerSection { languages, from_check: true, title: "Industry".into(), ..section() });
    assert!(html.contains(r#"<h1 lang="en">Industry</h1>"#), "{html}");
    assert!(html.contains(r#"<a href="/answer/2026/industry" lang="ja" hreflang="ja">日本語</a>"#), "{html}");
    assert!(html.contains(r#"action="/answer/2026/industry?from=check&amp;lang=en""#), "{html}");
}
