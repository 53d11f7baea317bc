//! `POST /answer/{year}/{section}`: last year's answers are taken over by an explicit act only.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::page::Form;
use tests::{Client, Installation, Response, Server};

const SECTION: &str = "/answer/2026/industry";

/// Somebody of a municipality that answered last year and has not begun this year.
struct Official {
    client: Client,
    code: String,
}

impl Official {
    async fn of(server: &Server) -> Self {
        let officer = server.visitor("officer").await;
        let in_state = async |year: u16, states: &[&str]| -> Vec<String> {
            let all = officer.get(&format!("/api/v1/rounds/{year}/responses")).await.expect(200).json();
            let wanted = all.as_array().unwrap().iter().filter(|r| states.contains(&r["state"].as_str().unwrap()));
            wanted.map(|response| response["code"].as_str().unwrap().to_owned()).collect()
        };
        let answered = in_state(2025, &["accepted"]).await;
        let untouched = in_state(2026, &["not_started"]).await;
        let code = untouched.into_iter().find(|code| answered.contains(code)).expect("one who has not begun");
        Self { client: server.visitor(&format!("m{code}")).await, code }
    }

    fn response(&self) -> Response<'_> {
        Response::of(&self.client, &self.code)
    }

    async fn form(&self) -> Form {
        self.client.get(SECTION).await.expect(200).page().form(SECTION)
    }

    /// Last year's answers, by question.
    async fn last_year(&self) -> BTreeMap<String, Value> {
        let response = self.client.get(&format!("/api/v1/rounds/2025/responses/{}", self.code)).await.expect(200);
        answers(&response.json())
    }

    /// This year's.
    async fn now(&self) -> BTreeMap<String, Value> {
        answers(&self.response().get().await)
    }
}

fn answers(response: &Value) -> BTreeMap<String, Value> {
    let all = response["answers"].as_array().unwrap().iter().filter(|answer| !answer["value"].is_null());
    all.map(|answer| (answer["question"].as_str().unwrap().to_owned(), answer["value"].clone())).collect()
}

/// Another level than last year's.
fn another(before: &BTreeMap<String, Value>, question: &str) -> &'static str {
    if before[question] == json!({ "choice": "0" }) { "3" } else { "0" }
}

#[tokio::test]
async fn last_years_answer_is_shown_and_not_taken_over_by_itself() {
    let server = Installation::demo().serve();
    let official = Official::of(&server).await;
    let answer = official.client.get(SECTION).await.expect(200);
    let page = answer.page();
    assert!(page.text_of("q-ind_00_1").contains("前年（令和7年度）の回答："), "{}", page.text_of("q-ind_00_1"));
    let form = page.form(SECTION);
    assert!(form.values("ind_00_1").is_empty());
    official.client.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(official.now().await, BTreeMap::new());
}

#[tokio::test]
async fn one_question_gets_last_years_answer_and_the_rest_is_saved_with_it() {
    let server = Installation::demo().serve();
    let official = Official::of(&server).await;
    let before = official.last_year().await;
    let mut form = official.form().await;
    form.set("ind_01_1", &["2"]);
    form.set("same", &["ind_00_1"]);
    official.client.post(SECTION, &form.fields).await.leads_to("/answer/2026/industry#q-ind_00_1");
    let expected = [("ind_00_1", before["ind_00_1"].clone()), ("ind_01_1", json!({ "choice": "2" }))];
    assert_eq!(official.now().await, expected.map(|(name, value)| (name.to_owned(), value)).into());
    // From the check page one comes back to where one was.
    form.set("same", &["ind_01_2"]);
    let from_check = format!("{SECTION}?from=check");
    official.client.post(&from_check, &form.fields).await.leads_to("/answer/2026/industry?from=check#q-ind_01_2");
}

#[tokio::test]
async fn a_whole_section_gets_last_years_answers_where_nothing_was_answered() {
    let server = Installation::demo().serve();
    let official = Official::of(&server).await;
    let before = official.last_year().await;
    let mut form = official.form().await;
    let other = another(&before, "ind_01_1");
    form.set("ind_01_1", &[other]);
    form.set("same", &["*"]);
    let answer = official.client.post(SECTION, &form.fields).await.expect(303);
    let location = answer.header("location").to_owned();
    let count: usize = location.strip_prefix("/answer/2026/industry?copied=").expect(&location).parse().unwrap();
    let after = official.now().await;
    assert!(count > 10 && after.len() == count + 1, "{count}, {after:?}");
    assert_eq!(after["ind_01_1"], json!({ "choice": other }), "what was typed stays");
    for (question, value) in after.iter().filter(|(question, _)| *question != "ind_01_1") {
        assert_eq!(Some(value), before.get(question), "{question}");
        assert!(question.starts_with("ind_"), "only this section: {question}");
    }
    let page = official.client.get(&location).await.expect(200).page();
    assert!(page.text_of("copied").contains(&format!("未回答だった{count}問に前年の回答を入れました")));

    // Again: nothing is left, and nothing changes.
    let mut form = page.form(SECTION);
    form.set("same", &["*"]);
    official.client.post(SECTION, &form.fields).await.leads_to("/answer/2026/industry?copied=0");
    assert_eq!(official.now().await, after);
    let page = official.client.get("/answer/2026/industry?copied=0").await.expect(200).page();
    assert!(page.text_of("copied").contains("未回答の設問はありませんでした"));
}

#[tokio::test]
async fn what_a_colleague_answered_meanwhile_is_not_replaced() {
    let server = Installation::demo().serve();
    let official = Official::of(&server).await;
    let before = official.last_year().await;
    let mut form = official.form().await;
    let other = another(&before, "ind_01_1");
    official.response().save("ind_01_1", &[other]).await;
    form.set("same", &["*"]);
    official.client.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(official.now().await["ind_01_1"], json!({ "choice": other }));
    // Asked for just that question, both values are shown.
    form.set("same", &["ind_01_1"]);
    let page = official.client.post(SECTION, &form.fields).await.expect(409).page();
    assert!(page.text_of("q-ind_01_1").contains("ほかの人が別の値を保存しています"));
    assert_eq!(official.now().await["ind_01_1"], json!({ "choice": other }));
}

#[tokio::test]
async fn names_that_mean_nothing_take_nothing_over() {
    let server = Installation::demo().serve();
    let official = Official::of(&server).await;
    let form = official.form().await;
    for pressed in ["no_such_question", "org_1", ""] {
        let mut form = form.clone();
        form.set("same", &[pressed]);
        official.client.post(SECTION, &form.fields).await.expect(303);
    }
    official.client.get("/answer/2026/industry?copied=-1").await.expect(400);
    assert_eq!(official.now().await, BTreeMap::new());
}
