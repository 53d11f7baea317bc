//! The pages of a round's questionnaire.

use super::*;
use crate::components::question::samples::plain;

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

fn words(words: &str, href: Option<&str>) -> QuestionWords {
    QuestionWords { words: words.to_owned(), href: href.map(str::to_owned) }
}

fn facts() -> QuestionnaireFacts {
    let section = |title: &str, questions, minutes| SectionFacts {
        title: title.to_owned(),
        href: Some("/desk/2027/questionnaire/preview/organization".to_owned()),
        questions,
        minutes,
    };
    QuestionnaireFacts {
        title: "令和9年度調査".into(),
        form_id: "dx_survey".into(),
        version: "2027.1".into(),
        sections: vec![section("推進体制", 7, 5), section("産業・しごと", 20, 15)],
    }
}

fn differences() -> Differences {
    Differences {
        year: year(2026),
        added: vec![words("新-1 新しい設問", None)],
        dropped: vec![words("旧-1 なくなる設問", Some("/desk/2026/questionnaire/preview/industry#q-old"))],
        changed: vec![ChangedItem {
            question: words("体-2 CIOはいますか。", None),
            earlier: vec![words(
                "体-2 CIOを任命していますか。",
                Some("/desk/2026/questionnaire/preview/organization#q-org_2"),
            )],
            differences: vec!["文が変わりました（前：CIOを任命していますか。）。".into()],
        }],
        form: vec!["設問の順番が変わりました。".into()],
        unchanged: 95,
        remarks: vec!["章「推進体制」の設問が2問増えましたが、目安は5分のままです。".into()],
    }
}

fn page(state: RoundState, refused: Vec<Fault>) -> String {
    let unused = UnusedQuestions {
        year: year(2026),
        unused: vec![UnusedItem { question: words("要-1 ご意見", None), mentioned: true }],
        hidden: Vec::new(),
    };
    let model = DeskQuestionnaire {
        year: year(2027),
        state,
        facts: facts(),
        differences: Some(differences()),
        unused: Some(unused),
        taken: false,
        refused,
    };
    plain(view! { <DeskQuestionnairePage model /> })
}

#[test]
fn a_draft_says_what_is_asked_what_differs_and_what_nobody_used() {
    let html = page(RoundState::Draft, Vec::new());
    for words in [
        "dx_survey 2027.1",
        "27問（条件により表示しないものを含む）",
        "約20分",
        "見積りであり",
        "追加 1問、廃止 1問、変更 1問、変更なし 95問。",
        "新-1 新しい設問",
        "href=\"/desk/2026/questionnaire/preview/industry#q-old\"",
        "文が変わりました（前：CIOを任命していますか。）。",
        "目安は5分のままです。",
        "要-1 ご意見",
        "ほかの設問の条件や計算で使っています",
        "開いた人や回数は記録しません",
        "当てはまる設問はありません。",
        "href=\"/data/2027/questionnaire.xlsx\"",
        "href=\"/desk/2027/questionnaire/preview\"",
        "enctype=\"multipart/form-data\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("error-summary") && !html.contains(" style="), "{html}");
}

#[test]
fn once_it_is_open_nothing_can_be_uploaded() {
    let html = page(RoundState::Open, Vec::new());
    assert!(html.contains("変更できません") && !html.contains("<form"), "{html}");
}

#[test]
fn faults_are_listed_with_sheet_row_and_column() {
    let fault = Fault {
        severity: "エラー",
        sheet: "survey".into(),
        row: Some(9),
        column: Some("relevant".into()),
        message: "org_6z という設問はありません。".into(),
    };
    let html = page(RoundState::Draft, vec![fault]);
    assert!(html.contains("id=\"error-summary\"") && html.contains("何も変えていません"), "{html}");
    for cell in ["survey</td>", ">9</td>", "relevant</td>", "org_6z という設問はありません。</td>"] {
        assert!(html.contains(cell), "{cell}: {html}");
    }
}

fn check(lineage: Vec<LineageItem>, same: bool) -> String {
    let model = model(lineage, same);
    plain(view! { <QuestionnaireCheckPage model /> })
}

fn model(lineage: Vec<LineageItem>, same: bool) -> QuestionnaireCheck {
    QuestionnaireCheck {
        year: year(2027),
        file: "a\"b.xlsx".into(),
        workbook: "UEsDBA==".into(),
        replaces: 3,
        facts: facts(),
        warnings: Vec::new(),
        differences: Some(differences()),
        lineage,
        lacking: Vec::new(),
        same,
        overtaken: false,
    }
}

#[test]
fn a_definition_that_lacks_questions_is_confirmed() {
    let item = |confirmed, missing| LackingItem {
        id: "half-of-areas".into(),
        title: "半数以上の市町村".into(),
        questions: "産-3 スマート農業".into(),
        confirmed,
        missing,
    };
    let page = |confirmed, missing| {
        let model = QuestionnaireCheck { lacking: vec![item(confirmed, missing)], ..model(Vec::new(), false) };
        plain(view! { <QuestionnaireCheckPage model /> })
    };
    let html = page(false, false);
    for words in ["name=\"confirmed_definition\" value=\"half-of-areas\"", "半数以上の市町村", "産-3 スマート農業"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("入力内容を確認してください") && !html.contains(" checked"), "{html}");
    assert!(page(false, true).contains("href=\"#confirmed-definition-half-of-areas\""));
    assert!(page(true, false).contains(" checked"));
}

#[test]
fn lineage_is_confirmed_one_by_one() {
    let item = |confirmed, missing| LineageItem {
        name: "org_2".into(),
        question: words("体-2 CIOはいますか。", None),
        earlier: vec![words("体-2 CIOを任命していますか。", None)],
        relation: "引き継ぎ",
        comparable: true,
        confirmed,
        missing,
    };
    let html = check(vec![item(false, false)], false);
    for words in [
        "action=\"/desk/2027/questionnaire/replacement\"",
        "name=\"workbook\" value=\"UEsDBA==\"",
        "name=\"replaces\" value=\"3\"",
        "name=\"confirmed\" value=\"org_2\"",
        "引き継ぎ：体-2 CIOはいますか。",
        "前の年度の結果と比較します。",
        "この調査票に差し替える",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("入力内容を確認してください") && !html.contains(" checked"), "{html}");
    let html = check(vec![item(false, true)], false);
    assert!(html.contains("href=\"#confirmed-org_2\"") && html.contains("aria-invalid"), "{html}");
    assert!(check(vec![item(true, false)], false).contains(" checked"));
}

#[test]
fn what_is_asked_already_cannot_be_taken_again() {
    let html = check(Vec::new(), true);
    assert!(html.contains("同じ内容です") && !html.contains("button--primary"), "{html}");
}
