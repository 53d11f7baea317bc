//! Who may see and do what: another municipality's response answers exactly like one that does not exist.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, Client, Installation, Response};

/// 弘前市, in the round with answers; a municipality outside the round; a code that is none.
const OTHERS: [&str; 3] = ["022021", "131016", "022013"];

#[tokio::test]
async fn another_municipality_answers_like_one_that_does_not_exist() {
    let server = Installation::opened().await.serve();
    let hirosaki = server.visitor("hirosaki").await;
    Response::of(&hirosaki, "022021").fill(&[]).await;
    Response::of(&hirosaki, "022021").submit().await.expect(200);
    let before = Response::of(&hirosaki, "022021").get().await;

    let aomori = server.visitor("aomori").await;
    for (method, path, same_for) in [
        (Method::GET, "/api/v1/rounds/2026/responses/{code}", &OTHERS[..]),
        (Method::PUT, "/api/v1/rounds/2026/responses/{code}/answers/org_1", &OTHERS[..]),
        (Method::PUT, "/api/v1/rounds/2026/responses/{code}/answers/no_such_question", &OTHERS[..]),
        (Method::POST, "/api/v1/rounds/2026/responses/{code}/submission", &OTHERS[..]),
        (Method::POST, "/api/v1/rounds/2026/responses/{code}/acceptance", &OTHERS[..2]),
        (Method::GET, "/desk/2026/{code}", &OTHERS[..2]),
        (Method::GET, "/desk/2026/{code}/changes", &OTHERS[..2]),
        (Method::POST, "/desk/2026/{code}/accept", &OTHERS[..2]),
    ] {
        let mut answers = Vec::new();
        for code in same_for {
            let request = aomori.mutation(method.clone(), &path.replace("{code}", code));
            let body = json!({ "values": ["1"], "revision": 0 });
            let request = if method == Method::PUT { request.json(&body) } else { request };
            answers.push(told(&aomori.send(request).await));
        }
        assert!(answers[0].0 == 404 || answers[0].0 == 403, "{path}: {:?}", answers[0]);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{method} {path}: {answers:?}");
    }
    assert_eq!(Response::of(&hirosaki, "022021").get().await, before);
}

/// What an answer tells: everything but the nonce and the times.
fn told(answer: &Answer) -> (u16, Vec<String>, String) {
    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    let names = answer.headers.keys().map(ToString::to_string).collect();
    (answer.status, names, answer.text().replace(nonce, "NONCE"))
}

#[tokio::test]
async fn a_respondent_stays_out_of_the_prefectures_side() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    for path in ["/desk", "/desk/2026", "/desk/2026/022012", "/desk/kpi/labour-productivity", "/desk/kpi/no-such-row"] {
        assert!(aomori.get(path).await.expect(403).page().text().contains("権限がありません"), "{path}");
    }
    aomori.get("/api/v1/rounds/2026/responses").await.problem(403);
    for to in ["closed", "finalized", "published", "open"] {
        let fields = [("to", to), ("deadline", "2099-11-30T17:00"), ("reference_date", "2026-04-01T00:00")];
        aomori.post("/desk/2026/state", &fields).await.expect(403);
    }
    assert_eq!(aomori.get("/api/v1/rounds").await.json()[0]["state"], "open");
    assert!(!aomori.get("/").await.page().text().contains("県の管理"));
}

#[tokio::test]
async fn only_the_prefectures_staff_gets_unpublished_answers() {
    let server = Installation::opened().await.serve();
    let all = "/data/2026/answers.csv?scope=all";
    for client in [server.anonymous(), server.visitor("aomori").await] {
        client.get(all).await.expect(404);
        client.get("/data/2026/answers.csv").await.expect(404);
        client.get("/api/v1/rounds/2026/indicators").await.problem(404);
        assert!(!client.get("/data").await.expect(200).page().text().contains("全設問"));
    }
    for name in ["analyst", "officer"] {
        let client = server.visitor(name).await;
        client.get(all).await.expect(200);
        assert!(client.get("/data").await.expect(200).page().text().contains("全設問"));
    }
}

#[tokio::test]
async fn an_analyst_reads_every_response_and_writes_none() {
    let server = Installation::opened().await.serve();
    let hirosaki = server.visitor("hirosaki").await;
    Response::of(&hirosaki, "022021").fill(&[]).await;
    Response::of(&hirosaki, "022021").submit().await.expect(200);

    let analyst = server.visitor("analyst").await;
    let response = Response::of(&analyst, "022021");
    let before = response.get().await;
    assert_eq!(before["name"], "弘前市");
    response.put("org_1", &["2"], 1).await.problem(404);
    response.submit().await.problem(404);
    response.accept().await.problem(403);
    analyst.get("/answer").await.expect(403);
    analyst.get("/answer/2026/industry").await.expect(403);
    analyst.post("/answer/2026/organization", &[("org_1", "2"), ("org_1.revision", "1")]).await.expect(403);
    analyst.press("/answer/2026/submit").await.expect(403);
    analyst.get("/desk/2026").await.expect(403);
    analyst.post("/desk/2026/state", &[("to", "closed")]).await.expect(403);
    analyst.press("/desk/2026/022021/accept").await.expect(403);
    assert_eq!(response.get().await, before);
    assert_eq!(before["state"], "submitted");
}

#[tokio::test]
async fn an_officer_answers_for_no_municipality() {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    let response = Response::of(&officer, "022012");
    response.put("org_1", &["1"], 0).await.problem(404);
    response.submit().await.problem(404);
    officer.get("/answer").await.expect(403);
    officer.post("/answer/2026/organization", &[("org_1", "1"), ("org_1.revision", "0")]).await.expect(403);
    assert_eq!(response.get().await["answers"], json!([]));
}

#[tokio::test]
async fn a_round_of_another_year_does_not_exist() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let missing = async |client: &Client, path: &str| client.get(path).await.expect(404);
    for year in ["2025", "1999", "0", "abcd", "２０２６", "99999999999999999999"] {
        missing(&aomori, &format!("/answer/{year}")).await;
        missing(&aomori, &format!("/answer/{year}/industry")).await;
        missing(&aomori, &format!("/answer/{year}/check")).await;
        missing(&aomori, &format!("/data/{year}/answers.csv")).await;
        missing(&aomori, &format!("/api/v1/rounds/{year}/responses/022012")).await.problem(404);
    }
    missing(&aomori, "/answer/2026/no_such_section").await;
    missing(&aomori, "/answer/2026/receipt").await;
}
