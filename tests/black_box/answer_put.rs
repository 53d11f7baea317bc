//! `PUT /api/v1/rounds/{year}/responses/{code}/answers/{question}`

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tests::{Installation, Response, Server};

async fn opened() -> Server {
    Installation::opened().await.serve()
}

#[tokio::test]
async fn an_answer_is_saved_and_saving_it_again_changes_nothing() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.get().await["state"], "not_started");

    let saved = response.put("org_6a", &["１，２３４"], 0).await.expect(200).json();
    assert_eq!(
        (&saved["question"], &saved["revision"], &saved["problem"]),
        (&json!("org_6a"), &json!(1), &Value::Null)
    );
    let answer = response.answer("org_6a").await;
    assert_eq!(answer["value"], json!({ "integer": 1234 }));
    assert_eq!((&answer["revision"], &answer["author"]), (&json!(1), &json!("企画課 佐藤")));
    assert_eq!(response.get().await["state"], "in_progress");

    let before = response.get().await;
    let again = response.put("org_6a", &["1234"], 1).await.expect(200).json();
    assert_eq!(again["revision"], 1);
    // Also when the first reply was lost.
    assert_eq!(response.put("org_6a", &["1234"], 0).await.expect(200).json()["revision"], 1);
    assert_eq!(response.get().await, before);
}

#[tokio::test]
async fn an_answer_can_be_taken_back() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.put("org_6a", &["5"], 0).await.expect(200);
    assert_eq!(response.put("org_6a", &[], 1).await.expect(200).json()["revision"], 2);
    let answer = response.answer("org_6a").await;
    assert_eq!((&answer["value"], &answer["revision"]), (&Value::Null, &json!(2)));
}

#[tokio::test]
async fn every_kind_of_answer_keeps_its_kind() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let text = "㈱①髙 <b>&\"' = \\ 一行目\n二行目";
    for (question, values, stored) in [
        ("org_1", vec!["2"], json!({ "choice": "2" })),
        ("ind_00_5", vec!["3", "1"], json!({ "choices": ["1", "3"] })),
        ("num_1", vec!["0"], json!({ "integer": 0 })),
        ("num_4", vec!["１２．５０"], json!({ "decimal": "12.5" })),
        ("free_1_outline", vec![text], json!({ "text": text })),
    ] {
        response.put(question, &values, 0).await.expect(200);
        assert_eq!(response.answer(question).await["value"], stored);
    }
    let unknown = json!({ "values": [], "unknown": true, "revision": 0 });
    aomori.put(&format!("{}/answers/num_5", response.address()), &unknown).await.expect(200);
    assert_eq!(response.answer("num_5").await["value"], json!({ "state": "unknown" }));
}

#[tokio::test]
async fn a_stale_revision_is_refused_with_author_and_time() {
    let server = opened().await;
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let (of_sato, of_suzuki) = (Response::of(&sato, "022012"), Response::of(&suzuki, "022012"));
    of_sato.put("org_6a", &["5"], 0).await.expect(200);
    of_suzuki.put("org_6a", &["6"], 1).await.expect(200);
    let before = of_sato.get().await;
    // Another value; no value; the value that was on the screen: none of them is what is stored now.
    for values in [&["7"][..], &[], &["5"]] {
        let problem = of_sato.put("org_6a", values, 1).await.problem(409);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("総務課 鈴木") && detail.contains("年") && detail.contains("日（"), "{detail}");
        // Enough to choose from, without another page.
        let conflict = &problem["conflict"];
        assert_eq!((&conflict["theirs"], &conflict["values"]), (&json!("6人"), &json!(["6"])));
        assert_eq!((&conflict["author"], &conflict["revision"]), (&json!("総務課 鈴木"), &json!(2)));
        let mine = values.first().map_or_else(|| "（空欄）".to_owned(), |value| format!("{value}人"));
        assert_eq!(conflict["mine"], mine);
    }
    of_sato.put("org_6a", &["7"], 0).await.problem(409);
    of_sato.put("org_6a", &["7"], 99).await.problem(409);
    assert_eq!(of_sato.get().await, before);
    assert_eq!(of_sato.put("org_6a", &["7"], 2).await.expect(200).json()["revision"], 3);
}

#[tokio::test]
async fn of_two_who_save_at_once_one_is_told() {
    let server = opened().await;
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let (of_sato, of_suzuki) = (Response::of(&sato, "022012"), Response::of(&suzuki, "022012"));
    for revision in 0..5 {
        let (mine, yours) = (format!("1{revision}"), format!("2{revision}"));
        let (of_mine, of_yours) = ([mine.as_str()], [yours.as_str()]);
        let (one, two) =
            tokio::join!(of_sato.put("org_6a", &of_mine, revision), of_suzuki.put("org_6a", &of_yours, revision));
        let kept = match (one.status, two.status) {
            (200, 409) => mine,
            (409, 200) => yours,
            statuses => panic!("{statuses:?}"),
        };
        let answer = of_sato.answer("org_6a").await;
        assert_eq!((answer["value"]["integer"].to_string(), &answer["revision"]), (kept, &json!(revision + 1)));
    }
}

#[tokio::test]
async fn what_cannot_be_an_answer_is_refused_by_name_and_changes_nothing() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.put("org_6a", &["5"], 0).await.expect(200);
    let before = response.get().await;
    let long = "長".repeat(201);
    for (question, values, message) in [
        ("org_6a", vec!["五"], "整数で入力してください"),
        ("org_6a", vec!["1.5"], "整数で入力してください"),
        ("org_6a", vec!["1", "2"], "1つだけ選んでください"),
        ("org_6a", vec!["12345678901234567"], "桁数が多すぎます"),
        ("num_4", vec!["12％"], "数値で入力してください"),
        ("num_4", vec!["NaN"], "数値で入力してください"),
        ("org_1", vec!["5"], "選択肢にない値です"),
        ("org_1", vec!["策定済"], "選択肢にない値です"),
        ("org_1", vec!["1", "2"], "1つだけ選んでください"),
        ("ind_00_5", vec!["1", "11"], "選択肢にない値です"),
        ("ind_00_5", vec!["1", "9"], "ほかの選択肢と同時に選べません"),
        ("free_1_name", vec![&long], "200文字以内で入力してください（現在201文字）"),
    ] {
        let problem = response.put(question, &values, 1).await.problem(422);
        assert_eq!(problem["errors"][0]["field"], question);
        let said = problem["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains(message), "{question}: {said}");
    }
    for (question, values) in [("org_6a", &[][..]), ("num_1", &["3"])] {
        let body = json!({ "values": values, "unknown": true, "revision": 1 });
        let answer = aomori.put(&format!("{}/answers/{question}", response.address()), &body).await;
        assert_eq!(answer.problem(422)["errors"][0]["message"], "「不明」を選ぶときは、値を空欄にしてください。");
    }
    assert_eq!(response.get().await, before);
    // The longest text that is allowed is.
    response.put("free_1_name", &[&"長".repeat(200)], 0).await.expect(200);
}

#[tokio::test]
async fn an_answer_that_breaks_a_constraint_is_kept_and_said_so() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.put("num_1", &["10"], 0).await.expect(200);
    let saved = response.put("num_2", &["150"], 0).await.expect(200).json();
    assert_eq!(saved["problem"], "0から100までの数値で入力してください。例：12.5");
    assert_eq!(response.problems().await["num_2"], "0から100までの数値で入力してください。例：12.5");
    let saved = response.put("num_2", &["99.9"], 1).await.expect(200).json();
    assert_eq!(saved["problem"], Value::Null);
    assert!(!response.problems().await.contains_key("num_2"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let body = json!({ "values": ["1"], "revision": 0 });
    for path in [
        "/api/v1/rounds/2026/responses/022012/answers/no_such_question",
        "/api/v1/rounds/2026/responses/022012/answers/industry",
        "/api/v1/rounds/2026/responses/022012/answers/ORG_1",
        "/api/v1/rounds/2025/responses/022012/answers/org_1",
        "/api/v1/rounds/2026/responses/022021/answers/org_1",
        "/api/v1/rounds/2026/responses/999999/answers/org_1",
        "/api/v1/rounds/2026/responses/0/answers/org_1",
    ] {
        aomori.put(path, &body).await.problem(404);
    }
    assert_eq!(Response::of(&aomori, "022012").get().await["answers"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let path = "/api/v1/rounds/2026/responses/022012/answers/org_6a";
    let send = async |kind: &'static str, body: Vec<u8>| {
        let request = aomori.mutation(Method::PUT, path).header(CONTENT_TYPE, kind).body(body);
        aomori.send(request).await
    };
    for body in [
        "",
        "{",
        "[]",
        "null",
        r#"{"values":"1","revision":0}"#,
        r#"{"values":[1],"revision":0}"#,
        r#"{"values":["1"]}"#,
        r#"{"values":["1"],"revision":-1}"#,
        r#"{"values":["1"],"revision":0,"author":"誰か"}"#,
    ] {
        send("application/json", body.as_bytes().to_vec()).await.problem(400);
    }
    send("application/json", b"{\"values\":[\"\xff\"],\"revision\":0}".to_vec()).await.problem(400);
    send("text/plain", br#"{"values":["1"],"revision":0}"#.to_vec()).await.problem(400);
    let huge = json!({ "values": ["9".repeat(3 * 1024 * 1024)], "revision": 0 });
    send("application/json", huge.to_string().into_bytes()).await.problem(413);
    let refused = aomori.send(aomori.mutation(Method::DELETE, path)).await;
    refused.problem(405);
    assert_eq!(refused.header("allow"), "PUT");
    assert_eq!(Response::of(&aomori, "022012").get().await["answers"], json!([]));
}
