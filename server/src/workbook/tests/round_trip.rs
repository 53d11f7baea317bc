//! What was filled in comes back, whatever happened to the workbook on its way.

use proptest::prelude::*;
use shared::response::{AnswerValue, Decision, Merge};

use super::office::Office;
use super::resaved::{Cell, Resaved};
use crate::service::workbook::{Comparison, Decided, Offer};
use crate::workbook::layout;

/// The merge of each question that is not unchanged, by name.
fn differences(comparison: &Comparison) -> Vec<(&str, &Merge)> {
    let questionnaire = &comparison.form.questionnaire;
    let changed = comparison.compared.iter().filter(|one| !matches!(one.merge, Merge::Unchanged));
    changed.map(|one| (questionnaire.question(one.index).name.as_str(), &one.merge)).collect()
}

fn take(value: AnswerValue) -> Merge {
    Merge::TakeWorkbook { workbook: value }
}

fn names(names: &[&str]) -> AnswerValue {
    AnswerValue::Choices(names.iter().map(|name| (*name).to_owned()).collect())
}

#[tokio::test]
async fn a_workbook_that_nobody_touched_changes_nothing() {
    let office = Office::open().await;
    for filled in [false, true] {
        if filled {
            office.fill().await;
        }
        let bytes = office.download().await;
        for bytes in [Resaved::open(&bytes).save(), bytes] {
            let comparison = office.compare(&bytes).await;
            assert_eq!(differences(&comparison), []);
            assert_eq!((comparison.problems.as_slice(), comparison.missing), (&[][..], 0));
            assert_eq!(comparison.compared.len(), 10);
        }
    }
}

#[tokio::test]
async fn what_is_filled_in_is_read() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    book.set("体-1", " 検討中　");
    book.set("体-2［a］", "〇");
    book.set("体-2［b］", "○");
    book.set("体-3［a］", "２");
    book.set("体-3［c］", 1.0);
    book.set("体-4", "１，２３４人");
    book.set("体-5", 0.1 + 0.2);
    book.set("体-6", Cell::Date(46_331.0));
    book.set("体-7", "00123");
    book.set("体-8", "\n㈱①髙\n  _x000D_ =1+1");
    book.set("体-9", "");
    book.set("体-10", "○");
    let comparison = office.compare(&book.save()).await;
    assert_eq!(comparison.problems, []);
    let text = |text: &str| take(AnswerValue::Text(text.into()));
    assert_eq!(
        differences(&comparison),
        [
            ("stage", &take(AnswerValue::Choice("2".into()))),
            ("topics", &take(names(&["a", "b"]))),
            ("order", &take(names(&["c", "a"]))),
            ("staff", &take(AnswerValue::Integer(1234))),
            ("share", &take(AnswerValue::Decimal("0.3".parse().unwrap()))),
            ("since", &take(AnswerValue::Date("2026-11-05".into()))),
            ("code", &text("00123")),
            ("outline", &text("\n㈱①髙\n  _x000D_ =1+1")),
            // The default stood there and was emptied.
            ("contact", &Merge::Clear),
            ("sure", &take(AnswerValue::Choice("OK".into()))),
        ]
    );
    let irrelevant = comparison.compared.iter().find(|one| one.warning.is_some()).unwrap();
    assert_eq!(comparison.form.questionnaire.question(irrelevant.index).name.as_str(), "topics");
}

#[tokio::test]
async fn unknown_is_a_word_and_a_lost_date_format_is_no_loss() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    book.set("体-4", "不明");
    book.set("体-6", 46_331.0);
    book.set("体-1", 9.0);
    let comparison = office.compare(&book.save()).await;
    let unknown = AnswerValue::State(shared::questionnaire::ChoiceState::Unknown);
    assert_eq!(
        differences(&comparison),
        [
            ("stage", &take(AnswerValue::Choice("9".into()))),
            ("staff", &take(unknown)),
            ("since", &take(AnswerValue::Date("2026-11-05".into()))),
        ]
    );
}

#[tokio::test]
async fn every_cell_that_cannot_be_read_is_named_with_its_place() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    for (number, typed) in [
        ("体-1", "やっている"),
        ("体-2［b］", "たぶん"),
        ("体-3［a］", "2"),
        ("体-4", "約12人"),
        ("体-5", "不明"),
        ("体-6", "来月"),
        ("体-10", "いいえ"),
        ("体-2", "要望"),
    ] {
        book.set(number, typed);
    }
    let place = |number: &str| format!("回答!D{}", book.row(number) + 1);
    let comparison = office.compare(&book.save()).await;
    assert_eq!(differences(&comparison), []);
    let told: Vec<(&str, &str)> = comparison.problems.iter().map(|p| (p.place.as_str(), p.what.as_str())).collect();
    for (number, words) in [
        ("体-1", "選択肢にない値です。"),
        ("体-2［b］", "あてはまるときは「○」"),
        ("体-3［a］", "順位は1から順に"),
        ("体-4", "整数で入力してください。例：12（セルの内容：「約12人」）"),
        ("体-5", "数値で入力してください。"),
        ("体-6", "日付は"),
        ("体-10", "「確認しました」か空欄"),
        ("体-2", "この行には記入しません。"),
    ] {
        assert!(told.iter().any(|(p, what)| *p == place(number) && what.contains(words)), "{number}: {told:?}");
    }
    assert_eq!(told.len(), 8);
}

#[tokio::test]
async fn exclusive_choices_and_broken_rules_are_said_before_saving() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    book.set("体-2［a］", "○");
    book.set("体-2［none］", "○");
    book.set("体-4", -5.0);
    let comparison = office.compare(&book.save()).await;
    assert!(
        comparison.problems[0].what.contains("「特になし」は、ほかの選択肢と同時に選べません。"),
        "{:?}",
        comparison.problems
    );
    let staff = comparison.compared.iter().find(|one| one.merge.is_offer()).unwrap();
    assert!(staff.warning.as_ref().unwrap().contains("0以上の整数"), "{staff:?}");
}

#[tokio::test]
async fn rows_may_be_reordered_and_inserted_and_sheets_renamed() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    book.set("体-5", 99.5);
    let blank = vec![Cell::Empty; book.rows()[2].len()];
    book.rows()[3..].reverse();
    let mut letterhead = blank.clone();
    letterhead[0] = "企画課からの送付状".into();
    book.rows().insert(5, blank);
    book.rows().insert(0, letterhead);
    book.sheets[0].0 = "企画課回答済".to_owned();
    for row in book.rows() {
        row.insert(2, Cell::Empty);
    }
    let comparison = office.compare(&book.save()).await;
    assert_eq!(comparison.problems, []);
    assert_eq!(differences(&comparison), [("share", &take(AnswerValue::Decimal("99.5".parse().unwrap())))]);
}

#[tokio::test]
async fn a_workbook_that_lost_all_that_is_hidden_still_says_its_answers() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    for heading in ["設問キー", "選択肢キー", "版"] {
        book.without_column(heading);
    }
    book.without_sheet(layout::REVISIONS);
    book.without_sheet(layout::LISTS);
    let last = book.rows()[2].len() - 1;
    book.rows()[2][last] = Cell::Empty;
    book.set("体-4", 7.0);
    book.set("体-2［b］", "");
    book.set("体-5", "");
    let comparison = office.compare(&book.save()).await;
    assert_eq!(comparison.problems, []);
    // Nobody knows any more what stood there: whatever differs is asked, and an empty cell takes nothing away.
    let changed: Vec<_> = differences(&comparison).into_iter().filter(|(_, merge)| **merge != Merge::Same).collect();
    assert_eq!(
        changed,
        [
            ("topics", &Merge::Conflict { workbook: Some(names(&["a"])) }),
            ("staff", &Merge::Conflict { workbook: Some(AnswerValue::Integer(7)) }),
            ("share", &Merge::KeepNow),
        ]
    );
}

#[tokio::test]
async fn the_hidden_sheet_says_revisions_where_the_columns_were_taken_out() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    book.without_column("版");
    book.set("体-5", 7.0);
    let comparison = office.compare(&book.save()).await;
    assert_eq!(differences(&comparison), [("share", &take(AnswerValue::Decimal("7".parse().unwrap())))]);
}

#[tokio::test]
async fn a_part_of_the_rows_sorted_apart_is_found_out() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    let (first, second) = (book.row("体-4"), book.row("体-5"));
    // Numbers, questions and answers change places; the hidden keys do not.
    for column in 0..4 {
        let kept = book.rows()[first][column].clone();
        book.rows()[first][column] = book.rows()[second][column].clone();
        book.rows()[second][column] = kept;
    }
    book.rows()[first][3] = 5.0.into();
    book.rows()[second][3] = 6.0.into();
    let comparison = office.compare(&book.save()).await;
    assert!(
        comparison.problems.iter().all(|problem| problem.what.contains("一部だけが並べ替え")),
        "{:?}",
        comparison.problems
    );
    assert_eq!((comparison.problems.len(), comparison.missing, differences(&comparison)), (2, 2, vec![]));
}

#[tokio::test]
async fn rows_that_are_doubled_or_gone_are_no_answers() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    let doubled = book.row("体-5");
    let copy = book.rows()[doubled].clone();
    book.rows().push(copy);
    assert_eq!(differences(&office.compare(&book.save()).await), []);

    book.set("体-5", 1.0);
    let gone = book.row("体-2［a］");
    book.rows().remove(gone);
    let gone = book.row("体-7");
    book.rows().remove(gone);
    let comparison = office.compare(&book.save()).await;
    assert_eq!((differences(&comparison), comparison.missing), (vec![], 1));
    let told: Vec<&str> = comparison.problems.iter().map(|problem| problem.what.as_str()).collect();
    assert!(told[0].contains("選択肢の行が足りません（3行のうち2行）"), "{told:?}");
    assert!(told[1].contains("「体-5」の行がもう1つあり（回答!D"), "{told:?}");
}

#[tokio::test]
async fn answers_changed_meanwhile_stay_or_are_asked_about() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    office.save(&[("share", &["50"]), ("staff", &["3"]), ("code", &["777"]), ("since", &[])]).await;
    book.set("体-4", 4.0);
    book.set("体-7", "777");
    book.set("体-6", "");
    book.set("体-1", "");
    let comparison = office.compare(&book.save()).await;
    assert_eq!(
        differences(&comparison),
        [
            ("stage", &Merge::Clear),
            ("staff", &Merge::Conflict { workbook: Some(AnswerValue::Integer(4)) }),
            ("share", &Merge::KeepNow),
            ("since", &Merge::Same),
            ("code", &Merge::Same),
        ]
    );
}

#[tokio::test]
async fn only_what_was_sent_back_can_be_changed() {
    let office = Office::open().await;
    office.fill().await;
    office.send_back("share").await;
    let mut book = Resaved::open(&office.download().await);
    let (row, column) = (book.row("体-5"), book.column("説明・定義"));
    let Cell::Text(words) = book.rows()[row][column].clone() else { panic!("no words") };
    assert!(words.contains("【差戻し】単位を確かめてください。"), "{words}");
    book.set("体-5", 13.0);
    book.set("体-4", 7.0);
    let comparison = office.compare(&book.save()).await;
    assert_eq!(differences(&comparison), [("share", &take(AnswerValue::Decimal("13".parse().unwrap())))]);
    let place = format!("回答!D{}", book.row("体-4") + 1);
    let [problem] = comparison.problems.as_slice() else { panic!("{:?}", comparison.problems) };
    assert_eq!(
        (problem.place.as_str(), problem.what.contains("変更できません")),
        (place.as_str(), true),
        "{problem:?}"
    );
}

/// The page's offers with one choice for all.
fn offers(comparison: &Comparison, chosen: Option<Decision>) -> Vec<Offer> {
    let form = &comparison.form;
    let offer = |one: &crate::service::workbook::Compared| Offer {
        index: one.index,
        workbook: match &one.merge {
            Merge::TakeWorkbook { workbook } => Some(workbook.clone()),
            Merge::Conflict { workbook } => workbook.clone(),
            _ => None,
        },
        base_revision: one.base_revision,
        revision: form.answers.get(&form.questionnaire.question(one.index).name).map_or(0, |stored| stored.revision),
        chosen: chosen.or(one.merge.proposed()),
    };
    comparison.compared.iter().filter(|one| one.merge.is_offer()).map(offer).collect()
}

#[tokio::test]
async fn nothing_is_saved_before_everything_is_decided() {
    let office = Office::open().await;
    office.fill().await;
    let mut book = Resaved::open(&office.download().await);
    office.save(&[("staff", &["3"])]).await;
    book.set("体-4", 4.0);
    book.set("体-5", 5.0);
    let comparison = office.compare(&book.save()).await;
    let before = office.form().await.answers;
    let decide = async |offers| office.service.decide_workbook(&office.account, office.year, offers).await.unwrap();
    let Decided::Undecided(again) = decide(offers(&comparison, None)).await else { panic!("decided") };
    assert_eq!(again.compared.iter().filter(|one| one.merge.is_offer()).count(), 2);
    assert_eq!(office.form().await.answers, before);

    assert!(matches!(decide(offers(&comparison, Some(Decision::Now))).await, Decided::Saved(0)));
    assert_eq!(office.form().await.answers, before);

    // While the page was open, one more change.
    office.save(&[("share", &["60"])]).await;
    let Decided::Changed { saved, again } = decide(offers(&comparison, Some(Decision::Workbook))).await else {
        panic!("not changed")
    };
    assert_eq!(saved, 1);
    let conflict = Merge::Conflict { workbook: Some(AnswerValue::Decimal("5".parse().unwrap())) };
    assert_eq!(differences(&again), [("share", &conflict)]);
    assert!(matches!(decide(offers(&again, Some(Decision::Workbook))).await, Decided::Saved(1)));
    let form = office.form().await;
    let value = |name: &str| form.answers[&shared::questionnaire::QuestionName(name.to_owned())].value.clone();
    assert_eq!(value("staff"), Some(AnswerValue::Integer(4)));
    assert_eq!(value("share"), Some(AnswerValue::Decimal("5".parse().unwrap())));
}

#[tokio::test]
async fn a_default_that_is_emptied_stays_empty() {
    let office = Office::open().await;
    let mut book = Resaved::open(&office.download().await);
    book.set("体-9", "");
    let offers = offers(&office.compare(&book.save()).await, Some(Decision::Workbook));
    let decided = office.service.decide_workbook(&office.account, office.year, offers).await.unwrap();
    assert!(matches!(decided, Decided::Saved(1)));
    let form = office.form().await;
    let contact = form.questionnaire.question(form.questionnaire.find("contact").unwrap());
    assert_eq!((form.value(contact), form.answers[&contact.name].revision), (None, 1));
    for bytes in [book.save(), office.download().await] {
        let again = office.compare(&bytes).await;
        assert!(again.compared.iter().all(|one| !one.merge.is_offer()), "{:?}", differences(&again));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Texts and numbers go out and come in as they are.
    #[test]
    fn any_answer_survives_the_way(
        text in "[^\r]{1,60}", code in "[0-9A-Za-z= '@+_x-]{1,20}", staff in 0_i64..999_999_999_999_999, share in 0_u32..1_000_000,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let office = Office::open().await;
            let (staff, share) = (staff.to_string(), format!("{}.{:03}", share / 1000, share % 1000));
            office.save(&[("outline", &[&text]), ("code", &[&code]), ("staff", &[&staff]), ("share", &[&share])]).await;
            let comparison = office.compare(&office.download().await).await;
            assert_eq!(differences(&comparison), [], "{:?}", comparison.problems);
            assert_eq!(comparison.problems, []);
        });
    }
}
