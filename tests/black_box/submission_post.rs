//! `POST /answer/{year}/submit`, `POST /api/v1/rounds/{year}/responses/{code}/submission`

use serde_json::{Value, json};
use tests::{Installation, Response, Table};

#[tokio::test]
async fn an_incomplete_response_is_not_taken_and_everything_missing_is_listed() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.save("ind_00_1", &["1"]).await;
    let problems = response.problems().await;
    aomori.press("/answer/2026/submit").await.leads_to("/answer/2026/check");

    let page = aomori.get("/answer/2026/check").await.expect(200).page();
    assert!(page.text_of("problems").contains(&format!("提出する前に直すところが {} 件あります", problems.len())));
    let links: Vec<&str> = page.tags().filter_map(|tag| tag.attribute("href")).collect();
    for (question, message) in &problems {
        assert!(page.text_of(&format!("a-{question}")).contains(message), "{question}");
        assert!(links.iter().any(|link| link.ends_with(&format!("?from=check#q-{question}"))), "{question}");
    }
    assert!(page.tags().all(|tag| tag.attribute("action") != Some("/answer/2026/submit")));

    let problem = response.submit().await.problem(422);
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields.len(), problems.len());
    assert!(fields.iter().all(|field| problems.contains_key(*field)));
    assert_eq!(response.get().await["state"], "in_progress");
    aomori.get("/answer/2026/receipt").await.expect(404);
}

#[tokio::test]
async fn a_complete_response_gets_a_receipt_and_cannot_be_changed_any_more() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&[]).await;
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    let form = check.form("/answer/2026/submit");
    aomori.post("/answer/2026/submit", &form.fields).await.leads_to("/answer/2026/receipt");

    let receipt = response.submit().await.expect(200).json();
    let text = |name: &str| receipt[name].as_str().unwrap().to_owned();
    assert_eq!(text("number"), "2026-022012-1");
    assert_eq!(text("submitted_by"), "企画課 佐藤");
    let sha256 = text("sha256");
    assert!(sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit()));
    assert!(text("submitted_at").ends_with("+09:00"));
    let shown = aomori.get("/answer/2026/receipt").await.expect(200).page().text();
    let at = text("submitted_at");
    let clock = &at[11..16];
    for words in [&text("number"), &sha256, "企画課 佐藤", "青森市", clock] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    let before = response.get().await;
    assert_eq!(before["state"], "submitted");
    assert!(before["read_only"].as_str().unwrap().contains("提出済みのため"));
    assert!(response.put("org_1", &["4"], 1).await.problem(409)["detail"].as_str().unwrap().contains("提出済み"));
    aomori.post("/answer/2026/organization", &[("org_1", "4"), ("org_1.revision", "1")]).await.expect(409);
    for path in ["/answer/2026/organization", "/answer/2026/industry", "/answer/2026/check"] {
        let page = aomori.get(path).await.expect(200).page();
        assert!(page.text().contains("提出済みのため、変更できません"), "{path}");
        assert!(page.tags().all(|tag| tag.name != "input" && tag.name != "textarea"), "{path}");
    }
    assert_eq!(response.get().await, before);
}

#[tokio::test]
async fn handing_in_again_gives_the_same_receipt() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let response = Response::of(&sato, "022012");
    response.fill(&[]).await;
    let first = response.submit().await.expect(200).json();
    assert_eq!(response.submit().await.expect(200).json(), first);
    assert_eq!(Response::of(&suzuki, "022012").submit().await.expect(200).json(), first);
    suzuki.press("/answer/2026/submit").await.leads_to("/answer/2026/receipt");
    assert!(suzuki.get("/answer/2026/receipt").await.page().text().contains(first["number"].as_str().unwrap()));
}

#[tokio::test]
async fn handing_in_at_once_gives_one_receipt() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let (of_sato, of_suzuki) = (Response::of(&sato, "022012"), Response::of(&suzuki, "022012"));
    of_sato.fill(&[]).await;
    let (a, b, c, d) = tokio::join!(of_sato.submit(), of_suzuki.submit(), of_sato.submit(), of_suzuki.submit());
    let receipts: Vec<Value> = [a, b, c, d].map(|answer| answer.expect(200).json()).into();
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    let officer = server.visitor("officer").await;
    let history = officer.get("/desk/2026/022012").await.expect(200).page().text();
    assert_eq!(history.matches("提出しました").count(), 1, "{history}");
}

#[tokio::test]
async fn the_same_answers_have_the_same_hash_and_others_another() {
    let mut hashes = Vec::new();
    for number in ["5", "5", "6"] {
        let server = Installation::opened().await.serve();
        let aomori = server.visitor("aomori").await;
        let response = Response::of(&aomori, "022012");
        response.fill(&[("org_6a", number)]).await;
        hashes.push(response.submit().await.expect(200).json()["sha256"].clone());
    }
    assert_eq!(hashes[0], hashes[1]);
    assert_ne!(hashes[1], hashes[2]);
}

#[tokio::test]
async fn an_unusual_answer_is_asked_about_and_prevents_nothing() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    // A department in charge (体-5) and nobody in it (体-6).
    response.fill(&[("org_5", "1"), ("org_6a", "3")]).await;
    let officer = server.visitor("officer").await;
    let counted = async || {
        let all = officer.get("/api/v1/rounds/2026/responses").await.expect(200).json();
        let own = all.as_array().unwrap().iter().find(|response| response["code"] == "022012").unwrap().clone();
        (own["answered"].as_u64().unwrap(), own["asked"].as_u64().unwrap())
    };
    let check = async || aomori.get("/answer/2026/check").await.expect(200).page();
    assert!(check().await.tag("doubts").is_none() && check().await.tag("a-org_6a.reason").is_none());
    response.save("org_6a", &["0"]).await;
    let before = counted().await;

    let page = check().await;
    let doubts = page.text_of("doubts");
    assert!(doubts.contains("確認してください（1 件）") && doubts.contains("値を確かめ、理由を記入してください"));
    assert!(page.tags().any(|tag| tag.attribute("href").is_some_and(|href| href.ends_with("#q-org_6a.reason"))));
    assert!(page.tag("problems").is_none() && response.problems().await.is_empty());
    let tasks = aomori.get("/answer/2026/tasks").await.expect(200).page().rows();
    assert_eq!(tasks.iter().find(|row| row[0] == "推進体制").unwrap()[4], "1", "要確認");

    response.save("org_6a.reason", &["年度の途中で異動したため"]).await;
    assert!(check().await.tag("doubts").is_none());
    assert_eq!(counted().await, before, "a reason counts in no progress");
    response.save("org_6a.reason", &[""]).await;
    response.submit().await.expect(200);
}

#[tokio::test]
async fn what_was_confirmed_is_handed_in_and_nothing_newer() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let response = Response::of(&sato, "022012");
    response.fill(&[]).await;
    let confirmed = sato.get("/answer/2026/check").await.expect(200).page().form("/answer/2026/submit");
    Response::of(&suzuki, "022012").save("org_6a", &["7"]).await;
    sato.post(&confirmed.action, &confirmed.fields).await.leads_to("/answer/2026/check?changed=1");
    assert_eq!(response.get().await["state"], "in_progress");
    let page = sato.get("/answer/2026/check?changed=1").await.expect(200).page();
    assert!(page.text().contains("まだ何も送っていません") && page.text_of("a-org_6a").contains("7人"));
    let again = page.form("/answer/2026/submit");
    for _ in 0..2 {
        sato.post(&again.action, &again.fields).await.leads_to("/answer/2026/receipt");
    }
}

#[tokio::test]
async fn an_answer_that_is_kept_aside_never_counts() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let response = Response::of(&aomori, "022012");
    // The stage is asked of who is engaged; then that is taken back.
    response.save("ind_00_1", &["1"]).await;
    response.save("ind_00_2", &["2"]).await;
    response.save("ind_00_1", &["4"]).await;
    response.fill(&[]).await;
    assert_eq!(response.answer("ind_00_2").await["value"], json!({ "choice": "2" }), "it is kept");
    response.submit().await.expect(200);
    let copy = Table::read(&aomori.get("/answer/2026/receipt/answers.csv").await.expect(200).text());
    Response::of(&officer, "022012").accept().await.expect(204);
    for state in ["closed", "finalized", "published"] {
        officer.post("/desk/2026/state", &[("to", state)]).await.expect(303);
    }
    let analyst = server.visitor("analyst").await;
    let published = Table::read(&analyst.get("/data/2026/answers.csv?scope=all").await.expect(200).text());
    for table in [copy, published] {
        let cells = table.cells("022012", "ind_00_2");
        let [cell] = cells.as_slice() else { panic!("{cells:?}") };
        assert_eq!((cell["state"].as_str(), cell["choice"].as_str()), ("skipped", ""));
    }
    let result = officer.get("/api/v1/results/2026/questions/stage.industry").await.expect(200).json();
    let total = &result["total"];
    let count = |of: &str, name: &str| {
        let found = total[of].as_array().unwrap().iter().find(|one| one["name"] == name);
        found.unwrap_or_else(|| panic!("{name}: {total}"))["count"].clone()
    };
    assert_eq!(
        (count("choices", "2"), count("states", "skipped"), &total["answered"]["count"]),
        (json!(0), json!(1), &json!(0))
    );
}
