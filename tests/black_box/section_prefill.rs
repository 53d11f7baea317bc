//! `POST /answer/{year}/{section}`: a public figure stands in the input and is saved only once somebody says so. The
//! figures here are invented for the tests.

use serde_json::{Value, json};
use tests::{Client, Installation, Response, Server, program};

const SECTION: &str = "/answer/2026/organization";
const TABLE: &str = "code6,name,CIOの任命\n022012,青森市,実施\n022021,弘前市,未実施\n";

async fn with_figures() -> Server {
    let installation = Installation::opened().await;
    let file = installation.file("figures.csv");
    std::fs::write(&file, TABLE).unwrap();
    let mut command = installation.command(&["import", "reference"]);
    command.arg(file).args(["--source", "digital-agency-dx", "--title", "架空の資料", "--as-of", "令和7年4月1日時点"]);
    program::run(command, "").done();
    installation.serve()
}

async fn cio(client: &Client) -> Value {
    Response::of(client, "022012").answer("org_2").await["value"].take()
}

#[tokio::test]
async fn saving_the_page_does_not_save_what_nobody_confirmed() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    assert_eq!(form.values("org_2"), ["1"]);
    form.set("org_1", &["2"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(
        (cio(&aomori).await, Response::of(&aomori, "022012").answer("org_1").await["value"].take()),
        (Value::Null, json!({ "choice": "2" }))
    );
    // It is still offered, still marked, and still missing.
    let page = aomori.get(SECTION).await.page();
    assert!(page.text_of("q-org_2").contains("公表資料から入力（要確認）"));
    assert!(Response::of(&aomori, "022012").problems().await.contains_key("org_2"));
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    assert!(check.text_of("a-org_2").contains("公表資料の値がまだ確認されていません"));
    // Nor does 「前年と同じ」 for the section take it for confirmed.
    form.set("same", &["*"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(cio(&aomori).await, Value::Null);
}

#[tokio::test]
async fn confirming_saves_it_with_the_rest_of_the_page() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    form.set("org_6a", &["7"]);
    form.set("confirm", &["org_2"]);
    aomori.post(SECTION, &form.fields).await.leads_to("/answer/2026/organization#q-org_2");
    assert_eq!(cio(&aomori).await, json!({ "choice": "1" }));
    assert_eq!(Response::of(&aomori, "022012").answer("org_6a").await["value"], json!({ "integer": 7 }));
    let page = aomori.get(SECTION).await.page();
    assert!(!page.text_of("q-org_2").contains("要確認"));
    assert!(page.form(SECTION).values("org_2.prefill").is_empty());
}

#[tokio::test]
async fn another_choice_is_an_answer_like_any_other() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    form.set("org_2", &["3"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(cio(&aomori).await, json!({ "choice": "3" }));
}

#[tokio::test]
async fn what_was_taken_back_is_not_filled_in_again() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.put("org_2", &["3"], 0).await.expect(200);
    response.put("org_2", &[], 1).await.expect(200);
    let form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    assert!(form.values("org_2").is_empty() && form.values("org_2.prefill").is_empty());
}

#[tokio::test]
async fn what_was_rejected_is_not_filled_in_again() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    assert_eq!(form.values("org_2.prefill"), ["1"]);
    form.set("org_2", &[]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    let stored = Response::of(&aomori, "022012").answer("org_2").await;
    assert_eq!((&stored["value"], &stored["revision"]), (&Value::Null, &json!(1)));
    let form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    assert!(form.values("org_2").is_empty() && form.values("org_2.prefill").is_empty());
}

#[tokio::test]
async fn a_figure_is_rejected_through_the_api() {
    let server = with_figures().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.put("org_2", &[], 0).await.expect(200).json()["revision"], 1);
    assert_eq!(response.put("org_1", &[], 0).await.expect(200).json()["revision"], 0, "nothing stood there");
    let form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    assert!(form.values("org_2").is_empty() && form.values("org_2.prefill").is_empty());
}
