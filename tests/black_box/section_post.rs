//! `GET /answer/{year}/{section}`, `POST /answer/{year}/{section}`: one official fills a section without WebAssembly.

use serde_json::{Value, json};
use tests::page::Form;
use tests::{Answer, Client, Installation, Response};

async fn open(client: &Client, section: &str) -> Form {
    client.get(section).await.expect(200).page().form(section)
}

async fn send(client: &Client, form: &Form) -> Answer {
    client.post(&form.action, &form.fields).await
}

#[tokio::test]
async fn a_section_is_saved_and_leads_on() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let mut form = open(&aomori, "/answer/2026/organization").await;
    form.set("org_1", &["3"]);
    form.set("org_6a", &["１２"]);
    form.set("then", &["next"]);
    send(&aomori, &form).await.leads_to("/answer/2026/industry");

    let mut form = open(&aomori, "/answer/2026/organization").await;
    assert_eq!(form.values("org_1"), ["3"]);
    assert_eq!(form.values("org_6a"), ["12"]);
    assert_eq!((form.values("org_6a.revision"), form.values("org_2.revision")), (vec!["1"], vec!["0"]));
    form.set("then", &["list"]);
    send(&aomori, &form).await.leads_to("/answer/2026");

    let mut form = open(&aomori, "/answer/2026/requests").await;
    form.set("then", &["next"]);
    send(&aomori, &form).await.leads_to("/answer/2026/check");
    // What was sent again unchanged is no change.
    assert_eq!(Response::of(&aomori, "022012").answer("org_6a").await["revision"], 1);
}

#[tokio::test]
async fn texts_come_back_to_the_letter() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let typed = "\n</textarea><script>alert(1)</script> &lt; &amp;lt; \"'\n  ㈱①髙 \\n ＝１＋１";
    let line = "\"><b>'&quot;";
    let mut form = open(&aomori, "/answer/2026/cases").await;
    form.set("free_1_name", &[line]);
    // A browser sends line ends as CRLF.
    form.set("free_1_outline", &[&typed.replace('\n', "\r\n")]);
    send(&aomori, &form).await.expect(303);
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.answer("free_1_outline").await["value"], json!({ "text": typed }));
    assert_eq!(response.answer("free_1_name").await["value"], json!({ "text": line }));

    let form = open(&aomori, "/answer/2026/cases").await;
    assert_eq!((form.values("free_1_name"), form.values("free_1_outline")), (vec![line], vec![typed]));
    for path in ["/answer/2026/cases", "/answer/2026/check"] {
        assert!(!aomori.get(path).await.text().contains("<script>alert"), "{path}");
    }
}

#[tokio::test]
async fn what_is_wrong_stays_as_typed_and_the_rest_is_saved() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let mut form = open(&aomori, "/answer/2026/figures").await;
    form.set("num_1", &["たくさん"]);
    form.set("num_3", &["12"]);
    form.set("then", &["next"]);
    let page = send(&aomori, &form).await.expect(422).page();
    let again = page.form("/answer/2026/figures");
    assert_eq!((again.values("num_1"), again.values("num_3")), (vec!["たくさん"], vec!["12"]));
    assert_eq!(page.text_of("e-num_1"), "＊整数で入力してください。例：12");
    assert_eq!(page.tag("f-num_1").unwrap().attribute("aria-invalid"), Some("true"));
    let links: Vec<_> =
        page.tags().filter_map(|tag| tag.attribute("href")).filter(|href| href.starts_with('#')).collect();
    assert!(links.contains(&"#f-num_1") && !links.contains(&"#f-num_3"), "{links:?}");

    let response = Response::of(&aomori, "022012");
    assert_eq!(response.answer("num_1").await, Value::Null);
    assert_eq!(response.answer("num_3").await["value"], json!({ "integer": 12 }));
}

#[tokio::test]
async fn a_percentage_of_150_is_kept_and_must_be_corrected() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let mut form = open(&aomori, "/answer/2026/figures").await;
    form.set("num_1", &["10"]);
    form.set("num_2", &["150"]);
    let page = send(&aomori, &form).await.expect(422).page();
    assert_eq!(page.form("/answer/2026/figures").values("num_2"), ["150"]);
    assert_eq!(page.text_of("e-num_2"), "＊0から100までの数値で入力してください。例：12.5");
    let list = aomori.get("/answer/2026").await.expect(200).page().text();
    assert!(list.contains("確認が必要 1件"), "{list}");

    let response = Response::of(&aomori, "022012");
    response.fill(&[("num_2", "15")]).await;
    response.save("num_2", &["150"]).await;
    assert_eq!(response.submit().await.problem(422)["errors"].as_array().unwrap().len(), 1);
    aomori.press("/answer/2026/submit").await.leads_to("/answer/2026/check");
    response.save("num_2", &["15"]).await;
    response.submit().await.expect(200);
}

#[tokio::test]
async fn only_what_is_relevant_is_required() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let (stage, reason) = ("ind_00_2", "ind_00_4");
    for (engaged, stage_required, reason_required) in
        [("1", true, false), ("2", false, false), ("3", false, true), ("4", false, true)]
    {
        response.save("ind_00_1", &[engaged]).await;
        let problems = response.problems().await;
        let required = (problems.contains_key(stage), problems.contains_key(reason));
        assert_eq!(required, (stage_required, reason_required), "{engaged}");
        let page = aomori.get("/answer/2026/industry").await.expect(200).page();
        let hidden = |question: &str| page.tag(&format!("q-{question}")).unwrap().attribute("hidden").is_some();
        assert_eq!((!hidden(stage), !hidden(reason)), (stage_required, reason_required), "{engaged}");
    }
}

#[tokio::test]
async fn nobody_is_led_past_a_question_that_the_save_brought_up() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let section = "/answer/2026/industry";
    let mut form = open(&aomori, section).await;
    form.set("ind_00_1", &["1"]);
    form.set("then", &["next"]);
    let here = format!("{section}?added=ind_00_2");
    send(&aomori, &form).await.leads_to(&here);
    let page = aomori.get(&here).await.expect(200).page();
    assert!(page.text_of("added").contains("産-2"), "{}", page.text_of("added"));
    // Whoever has seen it may go on without it.
    let mut form = page.form(section);
    form.set("then", &["next"]);
    send(&aomori, &form).await.leads_to("/answer/2026/living");
    // Only questions of the section that are asked are named.
    for names in ["ind_00_4", "org_1", "no_such_question,,", "%22%3E%3Cscript%3E"] {
        let page = aomori.get(&format!("{section}?added={names}")).await.expect(200);
        assert!(!page.text().contains("id=\"added\""), "{names}");
    }
}

#[tokio::test]
async fn what_is_no_longer_asked_is_kept_and_comes_back() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let section = "/answer/2026/industry";
    let mut form = open(&aomori, section).await;
    form.set("ind_00_1", &["1"]);
    form.set("ind_00_2", &["2"]);
    form.set("ind_00_3", &["1", "5"]);
    send(&aomori, &form).await.expect(303);

    // The browser sends the hidden inputs too.
    let mut form = open(&aomori, section).await;
    form.set("ind_00_1", &["4"]);
    form.set("ind_00_4", &["1"]);
    send(&aomori, &form).await.expect(303);
    let response = Response::of(&aomori, "022012");
    assert!(!response.problems().await.contains_key("ind_00_2"));
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    assert!(check.text_of("a-ind_00_2").contains("分岐により対象外"));
    assert!(!check.text_of("a-ind_00_2").contains("デジタライゼーション（"));

    let mut form = open(&aomori, section).await;
    form.set("ind_00_1", &["1"]);
    send(&aomori, &form).await.expect(303);
    let form = open(&aomori, section).await;
    assert_eq!((form.values("ind_00_2"), form.values("ind_00_3")), (vec!["2"], vec!["1", "5"]));
    assert_eq!(response.answer("ind_00_2").await["revision"], 1);
    assert!(aomori.get("/answer/2026/check").await.page().text_of("a-ind_00_4").contains("分岐により対象外"));
}

#[tokio::test]
async fn a_form_changes_its_own_section_only() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let mut form = open(&aomori, "/answer/2026/organization").await;
    form.set("org_1", &["1"]);
    for foreign in ["num_1", "no_such_question", "ind_00_1"] {
        form.set(foreign, &["1"]);
        form.set(&format!("{foreign}.revision"), &["0"]);
    }
    // Without its revision a question was not on the page.
    form.set("org_2", &["1"]);
    form.set("org_2.revision", &[]);
    send(&aomori, &form).await.expect(303);
    let answers = Response::of(&aomori, "022012").get().await["answers"].take();
    let names: Vec<_> = answers.as_array().unwrap().iter().map(|answer| &answer["question"]).collect();
    assert_eq!(names, ["org_1"]);
    aomori.post("/answer/2026/no_such_section", &form.fields).await.expect(404);
    aomori.post("/answer/2025/organization", &form.fields).await.expect(404);
}

#[tokio::test]
async fn a_section_of_a_finished_round_is_read_only() {
    let server = Installation::demo().serve();
    let hirosaki = server.visitor("m022021").await;
    let page = hirosaki.get("/answer/2025/industry").await.expect(200).page();
    assert!(page.text().contains("変更できません"));
    assert!(page.tags().all(|tag| tag.attribute("name") != Some("ind_00_1")));
    let before = hirosaki.get("/api/v1/rounds/2025/responses/022021").await.expect(200).json();
    let change = [("ind_00_1", "4"), ("ind_00_1.revision", "1")];
    let refused = hirosaki.post("/answer/2025/industry", &change).await.expect(409);
    assert!(refused.page().text().contains("変更できません"));
    let body = json!({ "values": ["4"], "revision": 1 });
    hirosaki.put("/api/v1/rounds/2025/responses/022021/answers/ind_00_1", &body).await.problem(409);
    assert_eq!(hirosaki.get("/api/v1/rounds/2025/responses/022021").await.json(), before);
}
