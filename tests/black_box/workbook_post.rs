//! `POST /answer/{year}/workbook`, `POST /answer/{year}/workbook/merge`: a filled workbook comes back and is decided.

use serde_json::{Value, json};
use tests::page::Form;
use tests::{Answer, Client, Installation, Page, Response, workbook};

const UPLOAD: &str = "/answer/2026/workbook";
const MERGE: &str = "/answer/2026/workbook/merge";

async fn download(client: &Client) -> Vec<u8> {
    client.get("/answer/2026/workbook.xlsx").await.expect(200).bytes
}

async fn upload(client: &Client, bytes: &[u8]) -> Answer {
    client.upload(UPLOAD, "回答.xlsx", bytes).await
}

async fn decide(client: &Client, form: &Form) -> Answer {
    client.post(MERGE, &form.fields).await
}

/// The words of a question's row: base, now, workbook.
fn sides(page: &Page, question: &str) -> String {
    page.text_of(&format!("m-{question}"))
}

#[tokio::test]
async fn a_filled_workbook_is_compared_decided_and_saved() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.save("org_6a", &["3"]).await;
    let filled = workbook::edited(
        &download(&aomori).await,
        &[
            ("体-1", json!("検討中")),
            ("体-6", json!(" １，２３４人 ")),
            ("産-1", json!(1)),
            ("産-3［2］", json!("○")),
            ("産-3［9］", json!("〇")),
        ],
    );
    let before = response.get().await;
    let page = upload(&aomori, &filled).await.expect(200).page();
    assert_eq!(response.get().await, before, "an upload changes nothing");
    for (question, words) in [
        ("org_1", ["新しい回答", "（空欄）", "検討中"]),
        ("org_6a", ["変更", "3人", "1,234人"]),
        ("ind_00_3", ["新しい回答", "庁内検討会等の結果", "その他"]),
    ] {
        let row = sides(&page, question);
        assert!(words.iter().all(|word| row.contains(word)), "{row}");
    }
    assert!(page.tag("m-org_2").is_none(), "only what differs is shown");

    let mut form = page.form(MERGE);
    assert_eq!(form.values("org_1.keep"), ["workbook"]);
    form.set("org_6a.keep", &["now"]);
    decide(&aomori, &form).await.leads_to("/answer/2026/workbook?saved=3");
    assert_eq!(response.answer("org_1").await["value"], json!({ "choice": "3" }));
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 3 }));
    assert_eq!(response.answer("ind_00_1").await["value"], json!({ "choice": "1" }));
    assert_eq!(response.answer("ind_00_3").await["value"], json!({ "choices": ["2", "9"] }));
    let page = aomori.get("/answer/2026/workbook?saved=3").await.expect(200).page();
    assert!(page.text().contains("3 件の回答を保存しました"));

    // Sent once more, as by the browser's Back: nothing is doubled.
    decide(&aomori, &form).await.leads_to("/answer/2026/workbook?saved=3");
    assert_eq!(response.answer("org_1").await["revision"], 1);
    let page = upload(&aomori, &workbook::edited(&filled, &[("体-6", json!(3))])).await.expect(200).page();
    assert!(page.text().contains("保存する違いはありません。"));
}

#[tokio::test]
async fn what_two_people_changed_is_asked_and_nothing_is_saved_before() {
    let server = Installation::opened().await.serve();
    let (aomori, colleague) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let response = Response::of(&aomori, "022012");
    response.save("org_6a", &["3"]).await;
    response.save("org_1", &["1"]).await;
    response.save("org_2", &["1"]).await;
    let filled = workbook::edited(
        &download(&aomori).await,
        &[("体-6", json!(5)), ("体-1", Value::Null), ("体-3", json!("任命していない"))],
    );
    let theirs = Response::of(&colleague, "022012");
    theirs.save("org_6a", &["4"]).await;
    theirs.save("org_2", &["2"]).await;

    let page = upload(&aomori, &filled).await.expect(200).page();
    let row = sides(&page, "org_6a");
    assert!(["両方で変更", "3人", "4人", "5人", "総務課 鈴木さん"].iter().all(|word| row.contains(word)), "{row}");
    assert!(sides(&page, "org_1").contains("消去"));
    assert!(page.text().contains("ダウンロード後に画面で変わった回答") && page.tag("m-org_2").is_none());
    let mut form = page.form(MERGE);
    assert_eq!(form.values("org_6a.keep"), [""; 0], "a conflict is not decided for anybody");
    assert_eq!(form.values("org_1.keep"), ["now"], "a deletion is not the default");

    let before = response.get().await;
    form.set("org_3.keep", &["now"]);
    let page = decide(&aomori, &form).await.expect(422).page();
    assert!(page.text_of("error-summary").contains("どちらの回答にするか選んでください。"));
    assert_eq!(response.get().await, before);
    let mut form = page.form(MERGE);
    assert_eq!(form.values("org_3.keep"), ["now"], "what was chosen stays chosen");

    form.set("org_6a.keep", &["workbook"]);
    form.set("org_1.keep", &["workbook"]);
    decide(&aomori, &form).await.leads_to("/answer/2026/workbook?saved=2");
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 5 }));
    assert_eq!(response.answer("org_1").await["value"], Value::Null);
    assert_eq!(response.answer("org_2").await["value"], json!({ "choice": "2" }));
    assert_eq!(response.answer("org_3").await, Value::Null);
}

#[tokio::test]
async fn an_answer_changed_while_the_page_was_open_is_asked_again() {
    let server = Installation::opened().await.serve();
    let (aomori, colleague) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let response = Response::of(&aomori, "022012");
    let filled = workbook::edited(&download(&aomori).await, &[("体-6", json!(5)), ("体-1", json!("検討中"))]);
    let page = upload(&aomori, &filled).await.expect(200).page();
    let form = page.form(MERGE);
    Response::of(&colleague, "022012").save("org_6a", &["9"]).await;

    let page = decide(&aomori, &form).await.expect(409).page();
    assert!(page.text().contains("1 件の回答を保存しました。"));
    assert_eq!(response.answer("org_1").await["value"], json!({ "choice": "3" }));
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 9 }));
    let row = sides(&page, "org_6a");
    assert!(row.contains("9人") && row.contains("5人") && page.tag("m-org_1").is_none(), "{row}");
    let mut form = page.form(MERGE);
    assert_eq!(form.values("org_6a.keep"), [""; 0]);
    form.set("org_6a.keep", &["workbook"]);
    decide(&aomori, &form).await.leads_to("/answer/2026/workbook?saved=1");
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 5 }));
}

#[tokio::test]
async fn a_cell_that_cannot_be_read_is_named_and_the_rest_is_saved() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let workbook = download(&aomori).await;
    let filled =
        workbook::edited(&workbook, &[("体-6", json!("数名")), ("数-2", json!(150)), ("体-1", json!("検討中"))]);
    let page = upload(&aomori, &filled).await.expect(200).page();
    let text = page.text();
    assert!(
        text.contains("回答!D") && text.contains("整数で入力してください。例：12（セルの内容：「数名」）"),
        "{text}"
    );
    let mut form = page.form(MERGE);
    assert!(form.values("org_6a.revision").is_empty());
    form.set("org_6a.value", &["数名"]);
    decide(&aomori, &form).await.expect(303);
    assert_eq!(response.answer("org_6a").await, Value::Null);
    assert_eq!(response.answer("org_1").await["value"], json!({ "choice": "3" }));
}

#[tokio::test]
async fn texts_go_out_and_come_back_to_the_letter() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let typed = "\n</textarea><script>alert(1)</script> &lt; \"'\n  ㈱①髙 \\n ＝１＋１ =1+1 _x000D_";
    response.save("free_1_outline", &[typed]).await;
    let page = upload(&aomori, &download(&aomori).await).await.expect(200).page();
    assert!(page.text().contains("保存する違いはありません。"), "{}", page.text());

    let number = workbook::rows(&download(&aomori).await)
        .into_iter()
        .find_map(|(number, row)| (row["設問キー"] == "free_1_outline").then_some(number));
    // openpyxl writes `_x000D_` as it stands, which means a line end to Excel.
    let other = format!("{}\n追記 00123", typed.replace(" _x000D_", ""));
    let filled = workbook::edited(&download(&aomori).await, &[(&number.unwrap(), json!(other))]);
    let answer = upload(&aomori, &filled).await.expect(200);
    assert!(!answer.text().contains("<script>alert"));
    decide(&aomori, &answer.page().form(MERGE)).await.expect(303);
    assert_eq!(response.answer("free_1_outline").await["value"], json!({ "text": other }));
}

#[tokio::test]
async fn a_response_that_was_handed_in_takes_no_workbook() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&[]).await;
    let bytes = download(&aomori).await;
    let filled = workbook::edited(&bytes, &[("体-1", json!("検討中"))]);
    let form = upload(&aomori, &filled).await.expect(200).page().form(MERGE);
    response.submit().await.expect(200);
    let before = response.get().await;
    let page = upload(&aomori, &filled).await.expect(409).page();
    assert!(page.text().contains("提出済みのため、変更できません。"));
    decide(&aomori, &form).await.expect(409);
    assert_eq!(response.get().await, before);
}

#[tokio::test]
async fn a_form_made_by_hand_saves_nothing_that_is_no_answer() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let before = response.get().await;
    let fields = [("org_6a.revision", "0"), ("org_6a.value", "数名"), ("org_6a.keep", "workbook")];
    aomori.post(MERGE, &fields).await.expect(400);
    let fields =
        [("no_such_question.revision", "0"), ("no_such_question.value", "1"), ("no_such_question.keep", "workbook")];
    aomori.post(MERGE, &fields).await.leads_to("/answer/2026/workbook?saved=0");
    assert_eq!(response.get().await, before);
    aomori.press(UPLOAD).await.expect(400);
    for path in [UPLOAD, MERGE] {
        server.anonymous().press(path).await.expect(401);
    }
    let officer = server.visitor("officer").await;
    officer.upload(UPLOAD, "回答.xlsx", b"x").await.expect(403);
    officer.press(MERGE).await.expect(403);
}
