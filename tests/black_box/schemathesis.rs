//! schemathesis, other people's tester of APIs, asks the running server what its description promises: no answer of 5xx, no
//! status, media type, header or body that the description does not know.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use serde_json::Value;
use tests::workbook::python;
use tests::{Installation, Server};

/// What is checked.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,response_headers_conformance";
/// The same requests each time.
const SEED: &str = "20261127";

/// Every operation by its examples and at random; `further` arguments add to that. Returns the operations, `GET /…`, that
/// succeeded at least once: only those were seen with all that they give.
fn examine(server: &Server, token: Option<&str>, further: &[&str]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(python().with_file_name("schemathesis"));
    command.args(["--no-color", "run"]).arg(format!("{}/api/v1/openapi.json", server.address()));
    command.args(["--checks", CHECKS, "--seed", SEED, "--max-examples", "8", "--workers", "1"]);
    command.args(["--continue-on-failure", "--no-shrink"]).args(further);
    // A questionnaire is a workbook, and nothing in it is described: `data_files_get` reads it back.
    command.args([
        "--exclude-path-regex",
        "^/data/.*questionnaire",
        "--suppress-health-check",
        "all",
        "--warnings",
        "off",
    ]);
    command.args(["--report", "har", "--report-har-path", "requests.har"]);
    if let Some(token) = token {
        command.arg("--header").arg(format!("Authorization: Bearer {token}"));
    }
    let output = command.current_dir(folder.path()).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("schemathesis (cargo xtask test installs it): {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let requests = std::fs::read(folder.path().join("requests.har")).expect("the requests");
    succeeded(&serde_json::from_slice(&requests).expect("JSON"), server.address())
}

fn succeeded(requests: &Value, base: &str) -> BTreeSet<String> {
    let entries = requests["log"]["entries"].as_array().expect("entries");
    let good = entries.iter().filter(|entry| entry["response"]["status"].as_u64().is_some_and(|s| s / 100 == 2));
    let operation = |entry: &Value| {
        let url = entry["request"]["url"].as_str().expect("an address");
        let path = url.strip_prefix(base).expect("this server").split('?').next().unwrap_or_default();
        format!("{} {path}", entry["request"]["method"].as_str().expect("a method"))
    };
    good.map(operation).collect()
}

/// Every limit of every parameter, besides.
const THOROUGH: [&str; 2] = ["--phases", "examples,coverage,fuzzing"];

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_what_the_description_does_not_know() {
    let server = Server::start(&Installation::demo(), &["--rate-limit", "1000000"]);
    let seen = examine(&server, None, &["--phases", "examples,fuzzing"]);
    for path in
        ["rounds", "results/2025", "indicators/engaged-any", "datasets", "kpis", "municipalities", "publications"]
    {
        assert!(seen.contains(&format!("GET /api/v1/{path}")), "{path}: {seen:?}");
    }
    assert!(seen.contains("GET /data/catalog.jsonld"), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officers_token_finds_nothing_either() {
    let server = Server::start(&Installation::demo(), &["--rate-limit", "1000000"]);
    let token = server.visitor("officer").await.token("schemathesis", &["read", "review"]).await;
    let seen = examine(&server, Some(&token), &THOROUGH);
    for path in [
        "rounds/2025/responses",
        "rounds/2025/responses/022012",
        "rounds/2025/responses/022012/events",
        "rounds/2025/inquiries",
        "rounds/2025/extensions",
        "rounds/2025/reminders/mails",
        "rounds/2025/questionnaire",
        "rounds/2025/responses/022012/comparison",
        "accounts",
        "results/2025/questions/organization.plan/values",
        "results/2025/exploration",
        "kpis/labour-productivity/revisions",
        "indicators/engaged-any/2025/022012",
    ] {
        assert!(seen.contains(&format!("GET /api/v1/{path}")), "{path}: {seen:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_a_respondents() {
    let server = Server::start(&Installation::demo(), &["--rate-limit", "1000000"]);
    let token = server.visitor("m022012").await.token("schemathesis", &["read", "answer"]).await;
    let own = ["--include-path-regex", "/answers/|/approval|/submission|/sections|/comparison|/exhibits/compare"];
    let seen = examine(&server, Some(&token), &[&THOROUGH[..], &own].concat());
    for path in ["comparison", "exhibits/compare/strips", "rounds/2025/responses/022012/sections"] {
        assert!(seen.contains(&format!("GET /api/v1/{path}")), "{path}: {seen:?}");
    }
}
