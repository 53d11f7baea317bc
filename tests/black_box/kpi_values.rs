//! `POST /desk/kpi/{id}/values`, `/desk/kpi/import`: the ledger's values, one by one and by file.

use tests::page::Form;
use tests::{Client, Installation, Table};

const ROW: &str = "/desk/kpi/copy-paper";
const VALUES: &str = "/desk/kpi/copy-paper/values";
const IMPORT: &str = "/desk/kpi/import";
const SAVE: &str = "/desk/kpi/import/save";

/// Makes the row one of every half-year.
async fn half_yearly(officer: &Client) {
    let mut form = officer.get(ROW).await.expect(200).page().form(ROW);
    form.set("frequency", &["half-yearly"]);
    form.set("reference_date", &["2024-09-30"]);
    form.set("unit", &["千枚"]);
    form.set("section", &["環境政策課"]);
    officer.post(ROW, &form.fields).await.expect(303);
}

async fn values_form(officer: &Client) -> Form {
    officer.get(ROW).await.expect(200).page().form(VALUES)
}

async fn dataset(client: &Client, name: &str) -> String {
    client.get(&format!("/data/all/{name}.csv?encoding=utf-8")).await.expect(200).text()
}

/// Uploads a text and returns what would be sent back to save it.
async fn previewed(officer: &Client, text: &str) -> Form {
    officer.upload(IMPORT, "台帳.csv", text.as_bytes()).await.expect(200).page().form(SAVE)
}

#[tokio::test]
async fn values_are_entered_by_period_and_what_changed_is_said() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let page = officer.get(ROW).await.expect(200).page();
    assert!(page.text().contains("先に上の「測る頻度」"), "{}", page.text());
    half_yearly(&officer).await;

    let mut form = values_form(&officer).await;
    assert_eq!(form.values("period")[..3], ["2024H1", "2024H2", "2025H1"]);
    form.set("value.2024H1", &["１，２００"]);
    form.set("value.2024H2", &["1,150.5"]);
    form.set("note.2024H2", &["速報値"]);
    officer.post(VALUES, &form.fields).await.leads_to("/desk/kpi/copy-paper#values");
    let text = officer.get(ROW).await.page().text();
    for words in ["令和6年度下半期（2025年3月31日現在）", "令和6年度下半期の値：（空欄） → 1150.5", "県DX推進課 田中"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    // Later ones are due: what is old does not repeat itself as new.
    for path in ["/indicators", "/indicators/ledger"] {
        let text = server.anonymous().get(path).await.expect(200).page().text();
        assert!(text.contains("上 1,200／下 1,150.5"), "{path}: {text}");
        assert!(text.contains("コピー用紙使用量（令和6年度下半期）：速報値"), "{path}: {text}");
        assert!(text.contains("更新なし（前回 令和6年度下半期（2025年3月31日現在））"), "{path}: {text}");
    }

    let mut wrong = values_form(&officer).await;
    wrong.set("value.2024H1", &["約千枚"]);
    wrong.set("value.2025H1", &["1"]);
    let page = officer.post(VALUES, &wrong.fields).await.expect(422).page();
    assert_eq!(page.form(VALUES).values("value.2024H1"), ["約千枚"]);
    assert!(page.text_of("e-value.2024H1").starts_with('＊'));
    assert_eq!(values_form(&officer).await.values("value.2025H1"), [""], "all or none");

    let late = values_form(&officer).await;
    let mut first = late.clone();
    first.set("value.2024H1", &["1,199"]);
    officer.post(VALUES, &first.fields).await.expect(303);
    let mut late = late;
    late.set("value.2024H1", &["7"]);
    officer.post(VALUES, &late.fields).await.expect(409);
    assert_eq!(values_form(&officer).await.values("value.2024H1"), ["1199"]);
}

#[tokio::test]
async fn saving_once_more_after_a_conflict_keeps_what_the_other_one_saved() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    half_yearly(&officer).await;
    let mut form = values_form(&officer).await;
    form.set("value.2024H1", &["1200"]);
    officer.post(VALUES, &form.fields).await.expect(303);
    let seen = values_form(&officer).await;
    let mut first = seen.clone();
    for (field, text) in [("value.2024H1", "1199"), ("note.2024H1", "確報"), ("value.2025H1", "5")] {
        first.set(field, &[text]);
    }
    officer.post(VALUES, &first.fields).await.expect(303);
    let mut late = seen;
    for (field, text) in [("value.2024H2", "7"), ("note.2024H1", "速報値")] {
        late.set(field, &[text]);
    }
    let page = officer.post(VALUES, &late.fields).await.expect(409).page();
    let again = page.form(VALUES);
    for (field, shown) in
        [("value.2024H1", "1199"), ("note.2024H1", "速報値"), ("value.2024H2", "7"), ("value.2025H1", "5")]
    {
        assert_eq!(again.values(field), [shown], "{field}");
    }
    assert!(page.text_of("e-note.2024H1").starts_with("＊いまの備考：確報"));
    assert!(page.tag("e-value.2024H1").is_none() && page.tag("e-value.2024H2").is_none());
    officer.post(VALUES, &again.fields).await.leads_to("/desk/kpi/copy-paper#values");
    let form = values_form(&officer).await;
    for (field, stored) in
        [("value.2024H1", "1199"), ("note.2024H1", "速報値"), ("value.2024H2", "7"), ("value.2025H1", "5")]
    {
        assert_eq!(form.values(field), [stored], "{field}");
    }
}

#[tokio::test]
async fn values_from_before_the_frequency_was_changed_stay_or_are_taken_back() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let measured = async |frequency: &str, reference: &str| {
        let mut form = officer.get(ROW).await.expect(200).page().form(ROW);
        form.set("frequency", &[frequency]);
        form.set("reference_date", &[reference]);
        officer.post(ROW, &form.fields).await.expect(303);
    };
    measured("yearly", "").await;
    let mut form = values_form(&officer).await;
    for (field, text) in [("value.2024", "1200"), ("note.2024", "確報"), ("value.2025", "1100")] {
        form.set(field, &[text]);
    }
    officer.post(VALUES, &form.fields).await.expect(303);

    for (frequency, reference) in [("five-yearly", "2021-10-20"), ("", ""), ("half-yearly", "2024-09-30")] {
        measured(frequency, reference).await;
        let page = officer.get(ROW).await.expect(200).page();
        assert!(page.text().contains("令和6年度（いまの頻度にはない時期）"), "{frequency}: {}", page.text());
        officer.post(VALUES, &page.form(VALUES).fields).await.leads_to("/desk/kpi/copy-paper#values");
        let file = officer.get("/data/all/kpi-values.csv?encoding=utf-8").await.expect(200).bytes;
        let page = officer.upload(IMPORT, "a.csv", &file).await.expect(200).page();
        assert!(page.text().contains("いまの内容と同じです"), "{frequency}: {}", page.text());
    }

    // Others are saved, old ones emptied, and nothing else.
    let mut form = values_form(&officer).await;
    form.set("value.2024H1", &["600"]);
    form.set("value.2025", &[""]);
    officer.post(VALUES, &form.fields).await.expect(303);
    let mut form = values_form(&officer).await;
    assert_eq!((form.values("value.2024H1"), form.values("value.2025")), (vec!["600"], vec![""]));
    form.set("value.2024", &["1201"]);
    let page = officer.post(VALUES, &form.fields).await.expect(422).page();
    assert_eq!(page.form(VALUES).values("value.2024"), ["1201"]);
    assert!(page.text_of("e-value.2024").contains("元のままにするか、値を空欄に"), "{}", page.text());
    assert!(page.tags().any(|tag| tag.attribute("href") == Some("#value.2024")) && page.tag("value.2024").is_some());
    let said = officer.upload(IMPORT, "f.csv", b"kpi,period,value\ncopy-paper,2024,1201\n").await.expect(422).page();
    assert!(said.text().contains("f.csv 2行目 period列"), "{}", said.text());
    let form = previewed(&officer, "kpi,period,value\ncopy-paper,2024,\n").await;
    officer.post(SAVE, &form.fields).await.leads_to("/desk/kpi?saved=1");
    assert_eq!(values_form(&officer).await.values("value.2024"), [""]);
    assert!(server.anonymous().get("/indicators").await.page().text().contains("上 600／下 －"));
}

#[tokio::test]
async fn the_municipal_share_is_computed_and_says_when_there_is_no_new_survey() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let page = public.get("/indicators").await.expect(200).page();
    let row = page.rows().into_iter().find(|row| row.iter().any(|cell| cell.starts_with("更新なし"))).expect("a row");
    assert_eq!(row[0], "DXに取り組んでいる市町村の割合");
    assert!(row.iter().any(|cell| cell.starts_with("更新なし（前回調査 2025年")), "{row:?}");
    let text = page.text();
    assert!(text.contains("定義、とりうる範囲、版、接続") && text.contains("直近の値"), "{text}");
    let officer = server.visitor("officer").await;
    let page = officer.get("/desk/kpi/municipalities-engaged").await.expect(200).page();
    assert!(page.text().contains("自動で計算されます"));
    let form = [("period", "2025"), ("value.2025", "99.9"), ("revision.2025", "0")];
    officer.post("/desk/kpi/municipalities-engaged/values", &form).await.expect(422);
}

#[tokio::test]
async fn what_was_exported_is_taken_back_and_changes_nothing() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    half_yearly(&officer).await;
    let mut form = values_form(&officer).await;
    form.set("value.2024H1", &["-5"]);
    form.set("note.2024H1", &["=1+1\r\n二行目 \\n"]);
    officer.post(VALUES, &form.fields).await.expect(303);
    for name in ["kpis", "kpi-values"] {
        for encoding in ["utf-8-bom", "utf-8", "cp932&on_unmappable=replace"] {
            let file = officer.get(&format!("/data/all/{name}.csv?encoding={encoding}")).await.expect(200).bytes;
            let page = officer.upload(IMPORT, "a.csv", &file).await.expect(200).page();
            assert!(page.text().contains("いまの内容と同じです"), "{name} {encoding}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn a_file_is_shown_before_it_is_saved_and_saved_as_it_was_shown() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    half_yearly(&officer).await;
    let before = dataset(&officer, "kpi-values").await;
    let file = "kpi,period,value,note\ncopy-paper,2024H1,1200,\ncopy-paper,2024H2,1150,確報\n";
    let preview = officer.upload(IMPORT, "値.csv", file.as_bytes()).await.expect(200).page();
    let text = preview.text();
    for words in ["値.csv（UTF-8）", "変わるところ 3件", "令和6年度上半期の値", "確報"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(dataset(&officer, "kpi-values").await, before, "nothing is saved yet");
    officer.post(SAVE, &preview.form(SAVE).fields).await.leads_to("/desk/kpi?saved=3");
    let values = Table::read(&dataset(&server.anonymous(), "kpi-values").await);
    let value = |period: &str| values.rows.iter().find(|row| row["period"] == period).expect("a row")["value"].clone();
    assert_eq!((value("2024H1"), value("2024H2")), ("1200".to_owned(), "1150".to_owned()));

    // Rows come in the same way.
    let rows = "kpi,target_2028,section\ncopy-paper,1000,環境保全課\n";
    let form = previewed(&officer, rows).await;
    officer.post(SAVE, &form.fields).await.leads_to("/desk/kpi?saved=2");
    let form = officer.get(ROW).await.page().form(ROW);
    assert_eq!((form.values("target_2028"), form.values("section")), (vec!["1000"], vec!["環境保全課"]));

    // What was changed since is shown again, not overwritten.
    let form = previewed(&officer, "kpi,period,value\ncopy-paper,2024H1,1\n").await;
    let mut other = values_form(&officer).await;
    other.set("value.2024H1", &["1300"]);
    officer.post(VALUES, &other.fields).await.expect(303);
    let page = officer.post(SAVE, &form.fields).await.expect(409).page();
    assert!(page.text().contains("比べ直しています") && page.text().contains("1300"), "{}", page.text());
    assert_eq!(values_form(&officer).await.values("value.2024H1"), ["1300"]);
}

#[tokio::test]
async fn every_fault_of_a_file_is_named_and_nothing_of_it_is_saved() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    half_yearly(&officer).await;
    let before = (dataset(&officer, "kpi-values").await, dataset(&officer, "kpis").await);
    let refused = async |text: &str, places: &[&str]| {
        let said = officer.upload(IMPORT, "f.csv", text.as_bytes()).await.expect(422).page().text();
        for place in places {
            assert!(said.contains(place), "{place}: {said}");
        }
    };
    refused(
        "kpi,period,value,revision\ncopy-paper,2024H1,10,\ncopy-paper,2024,1,\ncopy-paper,2024H2,約,\n\
         copy-paper,2025H1,1,3\nno-such,2024H1,1,\ncopy-paper,2024H1,2,\nmunicipalities-engaged,2025,99,\n",
        &[
            "f.csv 3行目 period列",
            "f.csv 4行目 value列",
            "f.csv 5行目 revision列",
            "f.csv 6行目 kpi列",
            "f.csv 7行目 period列",
            "f.csv 8行目 period列",
        ],
    )
    .await;
    refused(
        "kpi,label,category,frequency\ncopy-paper,,x,毎月\n",
        &["f.csv 2行目 label列", "f.csv 2行目 category列", "f.csv 2行目 frequency列"],
    )
    .await;
    refused("kpi,colour\ncopy-paper,red\n", &["f.csv 1行目 colour列", "知らない見出し"]).await;
    refused("period,value\n2024H1,1\n", &["見出し kpi の列がありません"]).await;
    refused("kpi,period,value\ncopy-paper,2024H1\n", &["f.csv 2行目", "列の数"]).await;
    refused("", &["ファイルが空です"]).await;
    refused("PK\u{3}\u{4}x", &["Excelのブック"]).await;
    refused(&"x".repeat(9 * 1024 * 1024), &["8MBまで"]).await;
    let page = officer.upload(IMPORT, "f.csv", b"kpi,note\ncopy-paper,\xc3\xb1\n").await.expect(422).page();
    assert!(page.text().contains("「文字コード」で選んで"), "{}", page.text());
    assert_eq!((dataset(&officer, "kpi-values").await, dataset(&officer, "kpis").await), before);
}

#[tokio::test]
async fn only_an_officer_sees_and_changes_the_ledgers_desk() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    half_yearly(&officer).await;
    let form = previewed(&officer, "kpi,target_2028\ncopy-paper,1\n").await;
    let file = b"kpi,target_2028\ncopy-paper,1\n";
    for name in ["analyst", "aomori"] {
        let other = server.visitor(name).await;
        other.get("/desk/kpi").await.expect(403);
        other.upload(IMPORT, "f.csv", file).await.expect(403);
        other.upload(IMPORT, "f.csv", b"").await.expect(403);
        other.post(SAVE, &form.fields).await.expect(403);
        other.post(VALUES, &[("period", "2024H1")]).await.expect(403);
    }
    server.anonymous().upload(IMPORT, "f.csv", file).await.expect(401);
    let form = officer.get(ROW).await.page().form(ROW);
    assert_eq!(form.values("target_2028"), [""]);
}
