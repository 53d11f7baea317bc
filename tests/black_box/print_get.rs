//! `GET /answer/{year}/print`: the whole response on paper.

use tests::{Installation, Response};

#[tokio::test]
async fn before_it_is_handed_in_the_paper_has_everything_for_a_decision() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.save("org_1", &["1"]).await;
    let page = aomori.get("/answer/2026/print").await.expect(200).page();
    let text = page.text();
    for words in [
        "回答案（決裁用）",
        "決裁欄",
        "青森市",
        "改訂番号1",
        "未回答",
        "全体方針とは、市町村のDX",
        "提出する前に直すところが",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.tags().all(|tag| tag.name != "details" && tag.name != "textarea"), "nothing is folded");
    let questions = page.rows().iter().filter(|row| row.len() == 3 && row[0].contains('-')).count();
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    let on_check = check.tags().filter(|tag| tag.attribute("class") == Some("answered-row")).count();
    assert_eq!(questions, on_check, "every question of the check page");
}

#[tokio::test]
async fn the_hash_on_paper_is_the_receipts() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&[]).await;
    let hash_of = |text: &str| {
        let at = text.find("SHA-256").expect("a hash") + "SHA-256".len();
        text[at..at + 64].to_owned()
    };
    let before = hash_of(&aomori.get("/answer/2026/print").await.expect(200).page().text());
    let receipt = response.submit().await.expect(200).json();
    assert_eq!(receipt["sha256"], before.as_str());
    let after = aomori.get("/answer/2026/print").await.expect(200).page().text();
    assert_eq!(hash_of(&after), before);
    assert!(after.contains("回答の控え") && after.contains(receipt["number"].as_str().unwrap()));
    assert!(!after.contains("決裁欄"));
}

#[tokio::test]
async fn last_years_answers_stand_beside_this_years() {
    let server = Installation::demo().serve();
    let hirosaki = server.visitor("m022021").await;
    let text = hirosaki.get("/answer/2026/print").await.expect(200).page().text();
    assert!(text.contains("令和7年度の回答"), "{text}");
    let list = hirosaki.get("/answer/2026").await.expect(200).page();
    assert!(list.links().contains(&"/answer/2025/receipt".to_owned()));
    hirosaki.get("/answer/2025/print").await.expect(200);
    hirosaki.get("/answer/2030/print").await.expect(404);
}
