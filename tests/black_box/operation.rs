//! For operators: health, metrics, the API's description, signals and crashes.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use tests::{Client, Installation, Response, program};

#[tokio::test]
async fn the_server_says_that_it_is_alive_and_ready() {
    let server = Installation::prepared().serve();
    let operator = server.anonymous();
    assert_eq!(operator.get("/healthz").await.expect(200).text(), "ok\n");
    assert_eq!(operator.get("/readyz").await.expect(200).text(), "ready\n");
}

async fn series(operator: &Client) -> Vec<String> {
    let metrics = operator.get("/metrics").await.expect(200).text();
    metrics.lines().filter(|line| line.starts_with("shirabe_requests_total{")).map(str::to_owned).collect()
}

#[tokio::test]
async fn requests_are_counted_by_route_without_saying_whose() {
    let server = Installation::opened().await.serve();
    let (aomori, operator) = (server.visitor("aomori").await, server.anonymous());
    let response = Response::of(&aomori, "022012");
    response.save("org_6a", &["31415"]).await;
    for _ in 0..3 {
        aomori.get("/answer/2026/industry").await.expect(200);
    }
    operator.get("/healthz").await.expect(200);
    operator.get("/no-such-page").await.expect(404);
    let counted = series(&operator).await;
    for line in [
        r#"{method="POST",route="/login",status="303"} 1"#,
        r#"{method="GET",route="/answer/{year}/{section}",status="200"} 3"#,
        r#"{method="PUT",route="/api/v1/rounds/{year}/responses/{code}/answers/{question}",status="200"} 1"#,
        r#"{method="GET",route="/api/v1/rounds/{year}/responses/{code}",status="200"} 1"#,
        r#"{method="GET",route="/healthz",status="200"} 1"#,
        r#"{method="GET",route="none",status="404"} 1"#,
    ] {
        assert!(counted.iter().any(|counted| counted.ends_with(line)), "{line}: {counted:#?}");
    }
    let metrics = operator.get("/metrics").await.text();
    assert!(metrics.contains("shirabe_request_seconds"));
    for private in ["022012", "aomori", "青森", "org_6a", "31415", "127.0.0.1", "no-such-page"] {
        assert!(!metrics.contains(private), "{private}");
    }
    for private in ["022012", "aomori", "青森", "31415"] {
        assert!(!server.log().contains(private), "{private}: {}", server.log());
    }
}

#[tokio::test]
async fn made_up_addresses_and_methods_do_not_swell_the_metrics() {
    let server = Installation::prepared().serve();
    let operator = server.anonymous();
    let ask = async |number: usize| {
        operator.get(&format!("/made/up/{number}")).await.expect(404);
        operator.get(&format!("/assets/{number}.css")).await.expect(404);
        let method = Method::from_bytes(format!("METHOD{number}").as_bytes()).unwrap();
        operator.send(operator.mutation(method, "/login")).await.expect(405);
    };
    ask(0).await;
    series(&operator).await;
    let before = series(&operator).await.len();
    for number in 1..20 {
        ask(number).await;
    }
    assert_eq!(series(&operator).await.len(), before);
}

#[tokio::test]
async fn the_api_describes_itself_as_openapi_3_1() {
    let server = Installation::prepared().serve();
    let document = server.anonymous().get("/api/v1/openapi.json").await.expect(200).json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut operations = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        operations.extend(methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")));
    }
    let expected = [
        "get /api/v1/accounts",
        "get /api/v1/comparison",
        "get /api/v1/datasets",
        "get /api/v1/datasets/{dataset}/{period}",
        "get /api/v1/exhibits/answer/{year}/{name}",
        "get /api/v1/exhibits/compare/{name}",
        "get /api/v1/exhibits/home/{name}",
        "get /api/v1/exhibits/results/{year}/{concept}/{name}",
        "get /api/v1/indicators",
        "get /api/v1/indicators/{id}",
        "get /api/v1/indicators/{id}/{year}",
        "get /api/v1/indicators/{id}/{year}/{code}",
        "get /api/v1/kpis",
        "get /api/v1/kpis/{id}/revisions",
        "get /api/v1/municipalities",
        "get /api/v1/publications",
        "get /api/v1/publications/{year}/{revision}",
        "get /api/v1/publications/{year}/{revision}/corrections",
        "get /api/v1/results/{year}",
        "get /api/v1/results/{year}/exploration",
        "get /api/v1/results/{year}/questions/{concept}",
        "get /api/v1/results/{year}/questions/{concept}/values",
        "get /api/v1/results/{year}/transitions/{concept}",
        "get /api/v1/rounds",
        "get /api/v1/rounds/{year}/advice",
        "get /api/v1/rounds/{year}/extensions",
        "get /api/v1/rounds/{year}/indicators",
        "get /api/v1/rounds/{year}/inquiries",
        "get /api/v1/rounds/{year}/questionnaire",
        "get /api/v1/rounds/{year}/reminders/mails",
        "get /api/v1/rounds/{year}/responses",
        "get /api/v1/rounds/{year}/responses/{code}",
        "get /api/v1/rounds/{year}/responses/{code}/comparison",
        "get /api/v1/rounds/{year}/responses/{code}/corrections",
        "get /api/v1/rounds/{year}/responses/{code}/events",
        "get /api/v1/rounds/{year}/responses/{code}/sections",
        "get /api/v1/rounds/{year}/responses/{code}/standing",
        "get /data/catalog.jsonld",
        "get /data/{period}/{file}",
        "get /data/{year}/questionnaire.xlsx",
        "get /pictures/{path}",
        "post /api/v1/rounds/{year}/responses/{code}/acceptance",
        "post /api/v1/rounds/{year}/responses/{code}/approval",
        "post /api/v1/rounds/{year}/responses/{code}/return",
        "post /api/v1/rounds/{year}/responses/{code}/submission",
        "put /api/v1/rounds/{year}/responses/{code}/answers/{question}",
    ];
    assert_eq!(operations, expected.map(str::to_owned).into());
    let described = document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let described: Vec<_> = described.collect();
    let ids: BTreeSet<&str> = described.iter().map(|o| o["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), described.len(), "every operation has a name of its own");
    for operation in &described {
        assert!(!operation["security"].as_array().unwrap().is_empty(), "{operation}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            let shared = response["$ref"].as_str().and_then(|name| name.strip_prefix("#/components/responses/"));
            let response = shared.map_or(response, |name| &document["components"]["responses"][name]);
            assert!(response["description"].is_string(), "{status} of {operation}");
        }
    }
    // Every reference leads to a schema.
    let schemas = &document["components"]["schemas"];
    for name in document.to_string().split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap())
    {
        assert!(schemas[name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn sigterm_stops_the_server_gracefully() {
    let installation = Installation::opened().await;
    let server = installation.serve();
    let aomori = server.visitor("aomori").await;
    Response::of(&aomori, "022012").save("org_6a", &["5"]).await;
    let address = server.address().to_owned();
    let begun = Instant::now();
    assert_eq!(server.terminate().code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(15), "an idle connection held it up");
    assert!(TcpListener::bind(address.trim_start_matches("http://")).is_ok());

    let server = installation.serve();
    let aomori = server.visitor("aomori").await;
    assert_eq!(Response::of(&aomori, "022012").answer("org_6a").await["value"]["integer"], 5);
}

#[tokio::test]
async fn an_answer_that_was_confirmed_survives_sigkill() {
    let installation = Installation::opened().await;
    let questions = ["ind_00_1", "lif_00_1", "gov_00_1"];
    for question in questions {
        let server = installation.serve();
        let aomori = server.visitor("aomori").await;
        Response::of(&aomori, "022012").put(question, &["1"], 0).await.expect(200);
        // Dropping kills it: whatever was not written yet is lost.
        drop(server);
    }
    let server = installation.serve();
    let aomori = server.visitor("aomori").await;
    for question in questions {
        let answer = Response::of(&aomori, "022012").answer(question).await;
        assert_eq!((&answer["value"]["choice"], &answer["revision"]), (&json!("1"), &json!(1)), "{question}");
    }
}

#[test]
fn a_port_in_use_is_said_before_anything_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for demo in [&[][..], &["--demo"]] {
        let installation = Installation::empty();
        let mut command = installation.command(&["serve", "--listen", &address]);
        command.args(demo);
        let said = program::run(command, "").refused(1);
        assert!(said.contains(&address) && said.contains("使用中") && said.contains("--listen"), "{said}");
        assert_eq!(std::fs::read_dir(installation.directory()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn whom_to_ask_stands_on_every_page() {
    let contact = "青森県DX推進課 <017-000-0000>";
    let server = tests::Server::start(&Installation::prepared(), &["--contact", contact]);
    for path in ["/", "/login", "/no-such-page"] {
        let answer = server.anonymous().get(path).await;
        assert!(answer.page().text().contains(contact), "{path}");
    }
}
