//! What stands in the workbook's own XML: what a person may change, and what Excel shows.

use super::office::Office;
use super::resaved::{Cell, Resaved, parts};

#[tokio::test]
async fn only_answers_can_be_changed_and_there_is_no_macro() {
    let office = Office::open().await;
    let parts = parts(&office.download().await);
    assert!(!parts.keys().any(|name| name.contains(".bin") || name.contains("vba")), "{:?}", parts.keys());
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<sheetProtection sheet=\"1\"") && !sheet.contains("password"), "{sheet}");
    assert!(!sheet.contains("<mergeCell") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToHeight=\"0\""));
    // 12 answers less the two questions with rows of choices, and the rows of three choices each.
    let styles = &parts["xl/styles.xml"];
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    let unlocked = |cell: &&str| {
        let style = cell.split(" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
        formats[style.parse::<usize>().unwrap()].contains("locked=\"0\"")
    };
    let open: Vec<&str> = sheet.split("<c r=\"").skip(1).filter(unlocked).collect();
    assert!(open.iter().all(|cell| cell.starts_with('D')), "{open:?}");
    assert_eq!(open.len(), 14, "{open:?}");
    assert!(parts["xl/workbook.xml"].contains("name=\"管理情報\" sheetId=\"4\" state=\"veryHidden\""));
}

#[tokio::test]
async fn choices_are_drop_downs() {
    let office = Office::open().await;
    let parts = parts(&office.download().await);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("<formula1>'選択肢'!$C$4:$C$6</formula1>"), "{sheet}");
    assert_eq!(sheet.matches("<formula1>\"○\"</formula1>").count(), 3);
    assert_eq!(sheet.matches("<formula1>\"1,2,3\"</formula1>").count(), 3);
    assert!(sheet.contains("<formula1>\"確認しました\"</formula1>"));
}

#[tokio::test]
async fn numbers_are_numbers_dates_are_dates_and_codes_are_text() {
    let office = Office::open().await;
    office.fill().await;
    let book = Resaved::open(&office.download().await);
    let answer = |number: &str| book.sheets[0].1[book.row(number)][book.column("回答")].clone();
    assert_eq!(answer("体-1"), "実施している".into());
    assert_eq!(
        [answer("体-2［a］"), answer("体-2［b］"), answer("体-2［none］")],
        ["○".into(), "○".into(), Cell::Empty]
    );
    assert_eq!([answer("体-3［a］"), answer("体-3［b］"), answer("体-3［c］")], ["3".into(), "1".into(), "2".into()]);
    assert_eq!(answer("体-4"), "不明".into());
    assert_eq!(answer("体-5"), 12.5.into());
    assert_eq!(answer("体-6"), Cell::Date(46_331.0));
    assert_eq!(answer("体-7"), "00123".into());
    assert_eq!(answer("体-9"), "企画課".into());
    assert_eq!(answer("体-10"), "確認しました".into());
}

#[tokio::test]
async fn every_question_is_there_with_what_stands_beside_it() {
    let office = Office::open().await;
    let book = Resaved::open(&office.download().await);
    let cell = |number: &str, heading: &str| book.sheets[0].1[book.row(number)][book.column(heading)].clone();
    assert_eq!(cell("体-1", "必須・任意"), "必須".into());
    assert_eq!(cell("体-2", "必須・任意"), "対象外\n（現在）".into());
    assert_eq!(cell("体-5", "単位"), "％".into());
    assert_eq!(cell("体-1", "説明・定義"), "ヒントです。\n定義です。\n1つ選ぶ（▼）".into());
    assert_eq!(cell("体-1", "公開範囲"), "集計値：公開\n市町村別：協議会まで".into());
    let all = format!("{:?}", book.sheets);
    assert!(all.contains("この章は体制についてです。") && all.contains("管理番号"));
}

#[tokio::test]
async fn a_response_that_cannot_change_makes_a_copy_to_keep() {
    let office = Office::open().await;
    office.fill().await;
    office.service.submit(&office.account, office.year).await.unwrap();
    let bytes = office.download().await;
    let parts = parts(&bytes);
    assert!(!parts["xl/worksheets/sheet1.xml"].contains("<dataValidation "));
    let text = format!("{:?}", Resaved::open(&bytes).sheets[0].1[1]);
    assert!(text.contains("控えです") && text.contains("提出済みのため"), "{text}");
}
