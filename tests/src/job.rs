//! What takes long, watched as its page does by itself.

use std::time::Duration;

use crate::client::{Answer, Client};

/// So often the page is asked for at most, and how long between.
const ASKED: usize = 1_200;
const PAUSE: Duration = Duration::from_millis(50);

impl Answer {
    /// The address of the job that a form led to.
    pub fn job(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        let address = self.header("location").to_owned();
        assert!(address.starts_with("/jobs/") && address.len() == "/jobs/".len() + 32, "{address}");
        address
    }
}

impl Client {
    /// The words of a job's page, once it has ended.
    pub async fn ended(&self, address: &str) -> String {
        for _ in 0..ASKED {
            let answer = self.get(address).await.expect(200);
            if answer.header("refresh").is_empty() {
                return answer.page().text();
            }
            assert_eq!(answer.header("refresh"), "3");
            answer.page().form(&format!("{address}/stop"));
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{address} never ended");
    }

    /// How many are done of how many, once that is known of a job that has not ended.
    pub async fn progress(&self, address: &str) -> (u64, u64) {
        for _ in 0..ASKED {
            let answer = self.get(address).await.expect(200);
            let page = answer.page();
            assert_eq!(answer.header("refresh"), "3", "it ended before it was watched: {}", page.text());
            if let Some(bar) = page.tags().find(|tag| tag.name == "progress") {
                let number = |name: &str| bar.attribute(name).and_then(|text| text.parse().ok()).expect("a number");
                return (number("value"), number("max"));
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("{address} was never begun");
    }

    /// The file that a form asks for.
    pub async fn made(&self, form: &str, fields: &[(&str, &str)]) -> Answer {
        let address = self.post(form, fields).await.job();
        let said = self.ended(&address).await;
        assert!(said.contains("ファイルができました（"), "{said}");
        self.get(&format!("{address}/file")).await.expect(200)
    }
}
