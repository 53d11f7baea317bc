//! `POST /answer/{year}/{section}`: two officials of one municipality fill the same section.

use serde_json::json;
use tests::page::Form;
use tests::{Client, Installation, Page, Response, Server};

const SECTION: &str = "/answer/2026/organization";

async fn open(client: &Client) -> Form {
    client.get(SECTION).await.expect(200).page().form(SECTION)
}

async fn two_officials(server: &Server) -> (Client, Client) {
    (server.visitor("aomori").await, server.visitor("aomori2").await)
}

#[tokio::test]
async fn different_questions_are_both_kept_without_a_conflict() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = two_officials(&server).await;
    Response::of(&sato, "022012").save("org_4", &["1"]).await;
    let mut form = open(&sato).await;
    let of_suzuki = Response::of(&suzuki, "022012");
    of_suzuki.save("org_2", &["2"]).await;
    // Also one that the form was opened with.
    of_suzuki.save("org_4", &["3"]).await;

    form.set("org_1", &["1"]);
    sato.post(SECTION, &form.fields).await.expect(303);
    for (question, choice, author) in
        [("org_1", "1", "企画課 佐藤"), ("org_2", "2", "総務課 鈴木"), ("org_4", "3", "総務課 鈴木")]
    {
        let answer = of_suzuki.answer(question).await;
        assert_eq!((&answer["value"]["choice"], &answer["author"]), (&json!(choice), &json!(author)));
    }
}

/// 鈴木 saves 5 while 佐藤 has the form open, who then sends 7; returns what 佐藤 sees.
async fn conflict(sato: &Client, suzuki: &Client) -> Page {
    let mut form = open(sato).await;
    Response::of(suzuki, "022012").save("org_6a", &["5"]).await;
    form.set("org_6a", &["7"]);
    form.set("org_1", &["1"]);
    sato.post(SECTION, &form.fields).await.expect(409).page()
}

#[tokio::test]
async fn the_same_question_shows_both_values_and_changes_nothing() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = two_officials(&server).await;
    let page = conflict(&sato, &suzuki).await;
    assert_eq!(page.form(SECTION).values("org_6a"), ["7"]);
    let notice = page.text_of("q-org_6a");
    assert!(notice.contains("総務課 鈴木さんが") && notice.contains("保存した値：5人"), "{notice}");
    // Nothing is chosen beforehand.
    assert!(page.form(SECTION).values("org_6a.keep").is_empty());
    let response = Response::of(&sato, "022012");
    assert_eq!(response.answer("org_6a").await["value"]["integer"], 5);
    assert_eq!(response.answer("org_1").await["value"]["choice"], "1");
}

#[tokio::test]
async fn either_value_can_be_kept() {
    for (keep, kept, revision, author) in [("theirs", 5, 1, "総務課 鈴木"), ("mine", 7, 2, "企画課 佐藤")] {
        let server = Installation::opened().await.serve();
        let (sato, suzuki) = two_officials(&server).await;
        let mut form = conflict(&sato, &suzuki).await.form(SECTION);
        form.set("org_6a.keep", &[keep]);
        sato.post(SECTION, &form.fields).await.expect(303);
        let answer = Response::of(&sato, "022012").answer("org_6a").await;
        assert_eq!((&answer["value"]["integer"], &answer["revision"]), (&json!(kept), &json!(revision)));
        assert_eq!(answer["author"], author);
    }
}

#[tokio::test]
async fn a_third_change_meanwhile_is_a_conflict_again() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = two_officials(&server).await;
    let mut form = conflict(&sato, &suzuki).await.form(SECTION);
    Response::of(&suzuki, "022012").save("org_6a", &["6"]).await;
    form.set("org_6a.keep", &["mine"]);
    let page = sato.post(SECTION, &form.fields).await.expect(409).page();
    assert!(page.text_of("q-org_6a").contains("保存した値：6人"));
    assert_eq!(Response::of(&sato, "022012").answer("org_6a").await["value"]["integer"], 6);
}

#[tokio::test]
async fn without_a_choice_nothing_is_overwritten_and_the_page_asks_again() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = two_officials(&server).await;
    let form = conflict(&sato, &suzuki).await.form(SECTION);
    let page = sato.post(SECTION, &form.fields).await.expect(409).page();
    assert!(page.text_of("q-org_6a").contains("保存した値：5人"));
    assert_eq!(page.form(SECTION).values("org_6a"), ["7"]);
    assert_eq!(Response::of(&sato, "022012").answer("org_6a").await["value"]["integer"], 5);
}
