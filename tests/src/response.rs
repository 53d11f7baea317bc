//! A municipality's response, through the API.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};

/// The response of one municipality to a round, as one visitor sees it.
pub struct Response<'a> {
    client: &'a Client,
    address: String,
}

impl<'a> Response<'a> {
    /// That municipality's to the round of FY2026.
    pub fn of(client: &'a Client, code: &str) -> Self {
        Self::of_year(client, 2026, code)
    }

    /// That municipality's to the round of that year.
    pub fn of_year(client: &'a Client, year: u16, code: &str) -> Self {
        Self { client, address: format!("/api/v1/rounds/{year}/responses/{code}") }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Everything about it.
    pub async fn get(&self) -> Value {
        self.client.get(&self.address).await.expect(200).json()
    }

    /// One current answer, null where there is none.
    pub async fn answer(&self, question: &str) -> Value {
        find(&self.get().await, question).cloned().unwrap_or_default()
    }

    /// What prevents submission, by question.
    pub async fn problems(&self) -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let problems = self.get().await["problems"].take();
        let problems = problems.as_array().expect("a list").iter();
        problems.map(|problem| (text(&problem["field"]), text(&problem["message"]))).collect()
    }

    /// Saves an answer on a revision.
    pub async fn put(&self, question: &str, values: &[&str], revision: u32) -> Answer {
        let body = json!({ "values": values, "revision": revision });
        self.client.put(&format!("{}/answers/{question}", self.address), &body).await
    }

    /// Saves an answer, whatever is there.
    pub async fn save(&self, question: &str, values: &[&str]) {
        let current = self.get().await;
        let revision = find(&current, question).map_or(0, |answer| answer["revision"].as_u64().expect("a number"));
        let revision = u32::try_from(revision).expect("a small number");
        self.put(question, values, revision).await.expect(200);
    }

    /// Answers so, and then whatever else is required with the first value that fits.
    pub async fn fill(&self, chosen: &[(&str, &str)]) {
        for (question, value) in chosen {
            self.save(question, &[value]).await;
        }
        let choices = self.first_choices().await;
        // An answer may make further questions relevant.
        for _ in 0..5 {
            let problems = self.problems().await;
            if problems.is_empty() {
                return;
            }
            for question in problems.keys() {
                let value = choices.get(question).map_or("1", String::as_str);
                self.put(question, &[value], 0).await.expect(200);
            }
        }
        panic!("cannot be completed: {:?}", self.problems().await);
    }

    /// The first choice of every question that has choices, from the pages.
    async fn first_choices(&self) -> BTreeMap<String, String> {
        let mut choices = BTreeMap::new();
        let list = self.client.get("/answer/2026").await.expect(200).page();
        for section in list.links().iter().filter(|link| is_section(link)) {
            let page = self.client.get(section).await.expect(200).page();
            for input in page.tags().filter(|tag| matches!(tag.attribute("type"), Some("radio" | "checkbox"))) {
                if let (Some(name), Some(value)) = (input.attribute("name"), input.attribute("value")) {
                    choices.entry(name.to_owned()).or_insert_with(|| value.to_owned());
                }
            }
        }
        choices
    }

    /// Hands it in.
    pub async fn submit(&self) -> Answer {
        self.client.press(&format!("{}/submission", self.address)).await
    }

    /// Takes a step of the municipality's own approval: `request`, `withdraw`, `approve`, `send_back`.
    pub async fn approval(&self, act: &str, reason: &str) -> Answer {
        self.post("approval", &json!({ "act": act, "reason": reason })).await
    }

    /// Sends questions back, each with its reason, or without any the whole form, as an officer.
    pub async fn give_back(&self, note: &str, questions: &[(&str, &str)]) -> Answer {
        let reason = |(question, reason): &(&str, &str)| json!({ "question": question, "reason": reason });
        let questions: Vec<Value> = questions.iter().map(reason).collect();
        self.post("return", &json!({ "note": note, "questions": questions })).await
    }

    /// POST of JSON to one of its acts.
    pub async fn post(&self, act: &str, body: &Value) -> Answer {
        let request = self.client.mutation(Method::POST, &format!("{}/{act}", self.address));
        self.client.send(request.json(body)).await
    }

    /// Accepts it, as an officer.
    pub async fn accept(&self) -> Answer {
        self.client.press(&format!("{}/acceptance", self.address)).await
    }
}

fn is_section(link: &str) -> bool {
    let rest = link.strip_prefix("/answer/2026/");
    let pages = ["check", "extension", "receipt", "print", "tasks", "inquiries", "workbook"];
    rest.is_some_and(|name| !pages.contains(&name) && !name.contains('/'))
}

/// An answer in a response.
pub fn find<'v>(response: &'v Value, question: &str) -> Option<&'v Value> {
    let answers = response["answers"].as_array().expect("a list");
    answers.iter().find(|answer| answer["question"] == question)
}
