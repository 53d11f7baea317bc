//! `GET /results…` and `GET /api/v1/results/…`: question by question, for each reader what they may see.

use serde_json::Value;
use tests::installation::PASSWORD;
use tests::{Answer, Client, Installation, Page, Response, Server, Table};

/// A question whose named values are public, one of the council's, one of the prefecture's, and a text.
const NAMED: &str = "engaged.industry";
const LEVEL: &str = "industry.tourism.data";
const MULTIPLE: &str = "trigger.industry";
const NUMBER: &str = "organization.staff";
const TEXT: &str = "trigger.industry.other";

async fn member(server: &Server) -> Client {
    server.installation().add_user("member", "協議会 山田", "member", None);
    let client = server.anonymous();
    client.login("member", PASSWORD).await;
    client
}

async fn page(client: &Client, path: &str) -> Page {
    let page = client.get(path).await.expect(200).page();
    honest(&page, path);
    page
}

/// Never a number of nothing.
fn honest(page: &Page, path: &str) {
    let text = page.text();
    for word in ["NaN", "inf％", "Infinity"] {
        assert!(!text.contains(word), "{path}: {word}");
    }
}

fn heading(page: &Page) -> String {
    page.texts_of(|tag| tag.name == "h1").concat()
}

async fn table(client: &Client, path: &str) -> Value {
    client.get(&format!("/api/v1/results/2025/questions/{path}")).await.expect(200).json()
}

fn count(line: &Value, choice: &str) -> Option<u64> {
    let choices = line["choices"].as_array().unwrap().iter().chain(line["states"].as_array().unwrap());
    choices.into_iter().find(|one| one["name"] == choice).unwrap_or_else(|| panic!("{choice}: {line}"))["count"]
        .as_u64()
}

#[tokio::test]
async fn the_results_begin_with_the_latest_year_and_list_every_question() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    public.get("/results").await.leads_to("/results/2025");
    let index = page(&public, "/results/2025").await;
    assert_eq!(heading(&index), "令和7年度 設問ごとの結果");
    let links = index.links();
    for path in
        ["/results/2025/engaged.industry", "/results/2025/industry.tourism.data", "/results/2024", "/results/2023"]
    {
        assert!(links.iter().any(|link| link == path), "{path}: {links:?}");
    }
    let text = index.text();
    for words in ["産業・しごと", "商工業・サービス業", "公開範囲：公開", "公開範囲：県まで", "最も多く"]
    {
        assert!(text.contains(words), "{words}");
    }
    // Reached from the pages around it.
    for path in ["/", "/data", "/indicators"] {
        let links = public.get(path).await.page().links();
        assert!(links.iter().any(|link| link.starts_with("/results")), "{path}: {links:?}");
    }
}

#[tokio::test]
async fn questions_are_found_by_words_of_number_text_and_area() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for (query, found, missing) in [
        ("q=%E8%A6%B3%E5%85%89%E6%A5%AD", "/results/2025/industry.tourism.data", "/results/2025/engaged.living"),
        (
            "q=%E7%94%A3-%EF%BC%91%E3%80%80%E5%8F%96%E3%82%8A%E7%B5%84%E3%82%93",
            "/results/2025/engaged.industry",
            "/results/2025/industry.tourism.data",
        ),
    ] {
        let page = page(&public, &format!("/results/2025?{query}")).await;
        let links = page.links();
        assert!(links.iter().any(|link| link == found) && !links.iter().any(|link| link == missing), "{links:?}");
    }
    let nothing = page(&public, "/results/2025?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(nothing.text().contains("当てはまる設問はありません"), "{}", nothing.text());
    assert!(nothing.tags().all(|tag| tag.name != "script" || tag.attribute("nonce").is_some()));
    let values: Vec<&str> = nothing
        .tags()
        .filter(|tag| tag.attribute("name") == Some("q"))
        .filter_map(|tag| tag.attribute("value"))
        .collect();
    assert_eq!(values, ["<script>alert(1)</script>"]);
}

#[tokio::test]
async fn counts_are_those_of_the_published_answers() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let csv = Table::read(&public.get("/data/2025/answers.csv").await.expect(200).text());
    let codes = csv.values("municipality_code");
    let chosen = |choice: &str| {
        codes.iter().filter(|code| csv.cells(code, "ind_00_1").iter().any(|cell| cell["choice"] == *choice)).count()
            as u64
    };
    let result = table(&public, NAMED).await;
    assert_eq!(
        (&result["total"]["register"], &result["edition"]["demonstration"]),
        (&Value::from(40), &Value::from(true))
    );
    let years: Vec<&str> =
        result["lines"].as_array().unwrap().iter().filter_map(|line| line["label"].as_str()).collect();
    assert_eq!(years, ["令和5年度", "令和6年度", "令和7年度"]);
    for choice in ["1", "2", "3", "4"] {
        assert_eq!(count(&result["total"], choice), Some(chosen(choice)), "{choice}");
    }
    // Groups add up to everybody, and a group is what its filter counts.
    for by in ["region", "kind", "band", "question:engaged.living"] {
        let groups = table(&public, &format!("{NAMED}?by={by}")).await;
        let sum: u64 = groups["lines"].as_array().unwrap().iter().map(|line| count(line, "1").unwrap()).sum();
        assert_eq!(Some(sum), count(&result["total"], "1"), "{by}");
    }
    let regions = table(&public, &format!("{NAMED}?by=region")).await;
    let filtered = table(&public, &format!("{NAMED}?region=tosei")).await;
    assert_eq!(regions["lines"][0]["label"], "東青");
    assert_eq!(regions["lines"][0]["choices"], filtered["total"]["choices"]);
    let bands = table(&public, &format!("{NAMED}?by=band")).await;
    let mut registered = 0;
    for band in ["below5k", "below10k", "below30k", "below100k", "below300k", "from300k"] {
        let total = table(&public, &format!("{NAMED}?band={band}")).await["total"].clone();
        let register = total["register"].as_u64().unwrap();
        let is_it = |line: &Value| line["choices"] == total["choices"];
        assert!(register == 0 || bands["lines"].as_array().unwrap().iter().any(is_it), "{band}: {total}");
        registered += register;
    }
    assert_eq!(registered, 40, "everybody is in one band");

    let page = page(&public, &format!("/results/2025/{NAMED}")).await;
    let lead = ["1", "2", "3", "4"].into_iter().max_by_key(|choice| chosen(choice)).unwrap();
    assert!(heading(&page).contains(&format!("40市町村のうち{}（", chosen(lead))), "{}", heading(&page));
    assert_eq!(result["finding"], heading(&page));
}

#[tokio::test]
async fn several_conditions_are_combined_where_named_values_are_visible_and_refused_in_words_elsewhere() {
    let server = Installation::demo().serve();
    let (public, member) = (server.anonymous(), member(&server).await);
    let both = "region=sanpachi&kind=town";
    let shown = page(&public, &format!("/results/2025/{NAMED}?{both}")).await;
    assert!(heading(&shown).contains("三八・町の"), "{}", heading(&shown));
    // The address carries the filter on: to the other years and to the pictures.
    assert!(shown.links().iter().any(|link| *link == format!("/results/2024/{NAMED}?{both}")), "{:?}", shown.links());

    let refused = page(&public, &format!("/results/2025/{LEVEL}?{both}")).await;
    assert!(refused.text().contains("この条件では表示できません"), "{}", refused.text());
    let problem = public.get(&format!("/api/v1/results/2025/questions/{LEVEL}?{both}")).await.problem(403);
    assert!(problem["detail"].as_str().unwrap().contains("条件を減らしてください"), "{problem}");
    // One group is a row of the suppressed table.
    page(&public, &format!("/results/2025/{LEVEL}?region=sanpachi")).await;
    let seen = page(&member, &format!("/results/2025/{LEVEL}?{both}")).await;
    assert!(heading(&seen).contains("三八・町の"), "{}", heading(&seen));
}

#[tokio::test]
async fn small_groups_are_suppressed_for_the_public_and_for_municipalities_and_shown_to_members() {
    let server = Installation::demo().serve();
    let suppressed = |result: &Value| {
        let cells = result["lines"].as_array().unwrap().iter().flat_map(|line| line["choices"].as_array().unwrap());
        cells.filter(|cell| cell["missing"] == "suppressed").count()
    };
    let by_region = format!("{LEVEL}?by=region");
    for reader in [server.anonymous(), server.visitor("m022012").await] {
        let result = table(&reader, &by_region).await;
        assert!(suppressed(&result) > 0, "{result}");
        // No count below three is told.
        let counts = result["lines"].as_array().unwrap().iter().flat_map(|line| line["choices"].as_array().unwrap());
        let told: Vec<u64> = counts.filter_map(|cell| cell["count"].as_u64()).collect();
        assert!(told.iter().all(|count| *count >= 3), "{told:?}");
        assert_eq!(result["weighted"], Value::Null);
        let page = page(&reader, &format!("/results/2025/{LEVEL}")).await;
        assert!(page.text().contains("秘匿") && page.text().contains("0とは限りません"));
        assert!(page.text().contains("市町村別の回答の公開範囲は「協議会まで」です"));
        assert!(page.tag("values").is_none());
        reader.get(&format!("/api/v1/results/2025/questions/{LEVEL}/values")).await.problem(403);
    }
    let member = member(&server).await;
    for reader in [&member, &server.visitor("officer").await, &server.visitor("analyst").await] {
        let result = table(reader, &by_region).await;
        assert_eq!(suppressed(&result), 0);
        let people: u64 = result["weighted"]["choices"].as_array().unwrap().iter().filter_map(Value::as_u64).sum();
        assert!(people > 0 && people <= result["weighted"]["population"].as_u64().unwrap());
        let page = page(reader, &format!("/results/2025/{LEVEL}")).await;
        assert!(page.text_of("values").contains("市町村別の回答"));
        assert_eq!(page.rows().iter().filter(|row| row.len() == 3 && is_named(&row[0])).count(), 40);
    }
    // What only the prefecture may see, members do not.
    let refused = page(&member, &format!("/results/2025/{MULTIPLE}")).await;
    assert!(refused.tag("values").is_none() && refused.text().contains("「県まで」"));
}

#[tokio::test]
async fn several_answers_may_exceed_a_hundred_per_cent_and_say_so() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let page = page(&officer, &format!("/results/2025/{MULTIPLE}")).await;
    assert!(page.text().contains("複数回答のため、割合の合計は100％を超えることがあります"));
    assert!(heading(&page).contains("（複数回答）"), "{}", heading(&page));
}

#[tokio::test]
async fn numbers_have_their_middle_and_single_numbers_only_for_who_may_see_them() {
    let server = Installation::demo().serve();
    let (public, officer) = (server.anonymous(), server.visitor("officer").await);
    let numbers = table(&officer, NUMBER).await["total"]["numbers"].clone();
    let number = |name: &str| numbers[name].as_str().unwrap().parse::<f64>().unwrap();
    assert!(number("minimum") <= number("lower_quartile") && number("lower_quartile") <= number("median"));
    assert!(number("median") <= number("upper_quartile") && number("upper_quartile") <= number("maximum"));
    let hidden = table(&public, NUMBER).await["total"]["numbers"].clone();
    assert_eq!(
        (&hidden["minimum"], &hidden["maximum"], &hidden["suppressed"]),
        (&Value::Null, &Value::Null, &Value::from(true))
    );
    assert_eq!(hidden["median"], numbers["median"]);
    let page = page(&officer, &format!("/results/2025/{NUMBER}")).await;
    assert!(heading(&page).contains("中央値は") && page.tag("boxes").is_some(), "{}", heading(&page));
}

#[tokio::test]
async fn who_started_and_who_stopped_is_named_where_names_are_visible() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let changes = public.get(&format!("/api/v1/results/2025/transitions/{NAMED}")).await.expect(200).json();
    let counts = |row: usize, column: usize| changes["counts"][row][column].as_u64().unwrap();
    assert_eq!(changes["started"].as_array().unwrap().len() as u64, counts(1, 0));
    assert_eq!(changes["stopped"].as_array().unwrap().len() as u64, counts(0, 1));
    let sum: u64 = (0..3).flat_map(|row| (0..3).map(move |column| (row, column))).map(|(r, c)| counts(r, c)).sum();
    assert_eq!(Some(sum), changes["register"].as_u64());
    let page = page(&public, &format!("/results/2025/{NAMED}")).await;
    for started in changes["started"].as_array().unwrap() {
        assert!(page.text().contains(started["name"].as_str().unwrap()));
    }
    let earlier = public.get(&format!("/api/v1/results/2025/transitions/{NAMED}?since=2023")).await.expect(200).json();
    assert_eq!(earlier["since"], 2023);
    for since in ["2025", "2022", "x"] {
        public.get(&format!("/api/v1/results/2025/transitions/{NAMED}?since={since}")).await.problem(404);
    }
    let member_level = public.get(&format!("/api/v1/results/2025/transitions/{LEVEL}")).await;
    match member_level.status {
        200 => assert_eq!(member_level.json()["started"], Value::Array(Vec::new())),
        _ => drop(member_level.problem(403)),
    }
}

#[tokio::test]
async fn free_answers_are_for_their_readers_only() {
    let server = Installation::demo().serve();
    let public = page(&server.anonymous(), &format!("/results/2025/{TEXT}")).await;
    assert!(public.text().contains("公開範囲の設定により表示できません"), "{}", public.text());
    server.anonymous().get(&format!("/api/v1/results/2025/questions/{TEXT}")).await.problem(403);
    let officer = server.visitor("officer").await;
    page(&officer, &format!("/results/2025/{TEXT}")).await;
    let text = page(&officer, "/results/2025/request.text").await;
    assert!(heading(&text).contains("記入しました"), "{}", heading(&text));
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_a_sentence() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for (status, path, words) in [
        (404, "/results/2022".to_owned(), "令和4年度（2022年度）の結果はありません"),
        (404, "/results/2026".to_owned(), "令和8年度（2026年度）の結果はありません"),
        (404, "/results/abc".to_owned(), "「abc」の結果はありません"),
        (404, "/results/2022/engaged.industry".to_owned(), "結果はありません"),
        (404, "/results/2025/no.such.concept".to_owned(), "設問「no.such.concept」はありません"),
        (404, "/results/2025/%3Cb%3E".to_owned(), "設問「<b>」はありません"),
        (422, format!("/results/2025/{NAMED}?region=atlantis"), "地域「atlantis」はありません"),
        (422, format!("/results/2025/{NAMED}?prefecture=99"), "都道府県「99」はありません"),
        (422, format!("/results/2025/{NAMED}?cross=nothing"), "組み合わせる設問「nothing」はありません"),
        (200, format!("/results/2025/{NAMED}?prefecture=13"), "当てはまる市町村はありません"),
        (200, format!("/results/2025/{NAMED}?kind=ward"), "当てはまる市町村はありません"),
        (200, format!("/results/2025/{NAMED}?page=99999999999999999999&page=2&kind=&x=%FF"), "市町村別の回答"),
        (200, format!("/results/2025/{NAMED}?cross={LEVEL}"), "別の設問"),
        (422, format!("/results/2025/{NAMED}?cross={MULTIPLE}:99"), "はありません"),
    ] {
        let page = public.get(&path).await.expect(status).page();
        honest(&page, &path);
        assert!(page.text().contains(words), "{path}: {}", page.text());
        assert!(page.links().iter().any(|link| link.starts_with("/results/2025")), "{path}");
    }
    for (status, path) in [
        (404, "/api/v1/results/2022".to_owned()),
        (404, "/api/v1/results/x".to_owned()),
        (404, "/api/v1/results/2025/questions/none".to_owned()),
        (400, format!("/api/v1/results/2025/questions/{NAMED}?by=colour")),
        (400, format!("/api/v1/results/2025/questions/{NAMED}?kind=county")),
        (404, format!("/api/v1/results/2025/questions/{NAMED}?by=question:none")),
        (409, format!("/api/v1/results/2025/transitions/{NUMBER}")),
    ] {
        public.get(&path).await.problem(status);
    }
    let nobody = table(&public, &format!("{NAMED}?prefecture=13&by=region")).await;
    assert_eq!(
        (&nobody["total"]["register"], nobody["total"]["choices"][0]["share"]["permille"].clone()),
        (&Value::from(0), Value::Null)
    );
}

#[tokio::test]
async fn a_question_is_crossed_with_one_choice_of_a_multiple_answer() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let form = page(&officer, &format!("/results/2025/{LEVEL}")).await;
    let choice = format!("{MULTIPLE}:1");
    let offered = |tag: &tests::page::Tag| tag.name == "option" && tag.attribute("value") == Some(&choice);
    assert!(form.tags().any(offered), "{choice} is not offered");
    let crossed = page(&officer, &format!("/results/2025/{LEVEL}?cross={choice}")).await;
    assert!(crossed.text().contains("「首長・幹部の指示」を選択していない"), "{}", crossed.text());
    let address = format!("/pictures/results/2025/{LEVEL}/cross?cross=trigger.industry%3A1");
    assert!(crossed.links().contains(&address), "{:?}", crossed.links());
    officer.get(&address).await.expect(200);
    let lines = table(&officer, &format!("{LEVEL}?by=question:{choice}")).await;
    let labels: Vec<&str> =
        lines["lines"].as_array().unwrap().iter().filter_map(|line| line["label"].as_str()).collect();
    assert!(labels.contains(&"「首長・幹部の指示」を選択"), "{labels:?}");
    let total: u64 = lines["lines"].as_array().unwrap().iter().filter_map(|line| line["register"].as_u64()).sum();
    assert!(total > 0 && total <= 40, "{total}");
}

#[tokio::test]
async fn one_municipality_is_counted_like_any_other() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    // 東青 has one city.
    let page = page(&officer, &format!("/results/2025/{LEVEL}?region=tosei&kind=city")).await;
    assert!(heading(&page).contains("1市町村"), "{}", heading(&page));
    let result = table(&officer, &format!("{NUMBER}?region=tosei&kind=city")).await;
    assert_eq!(result["total"]["register"], 1);
}

#[tokio::test]
async fn an_answer_is_sent_once_as_long_as_nothing_changed() {
    let server = Installation::demo().serve();
    let (public, officer) = (server.anonymous(), server.visitor("officer").await);
    let path = format!("/api/v1/results/2025/questions/{LEVEL}?by=region");
    let again = async |client: &Client, tag: &str| {
        client.send(client.request(reqwest::Method::GET, &path).header("if-none-match", tag)).await
    };
    let first = public.get(&path).await.expect(200);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let second: Answer = again(&public, &tag).await.expect(304);
    assert!(second.bytes.is_empty() && second.header("etag") == tag);
    // Another class of readers gets its own.
    let seen = again(&officer, &tag).await.expect(200);
    assert_ne!(seen.header("etag"), tag);
    assert_eq!(seen.header("cache-control"), "no-store");
    for address in ["/api/v1/results/2025".to_owned(), format!("/api/v1/results/2025/transitions/{NAMED}")] {
        assert!(!public.get(&address).await.expect(200).header("etag").is_empty(), "{address}");
    }
    let described = public.get("/api/v1/openapi.json").await.json();
    for path in [
        "/api/v1/results/{year}",
        "/api/v1/results/{year}/questions/{concept}",
        "/api/v1/results/{year}/questions/{concept}/values",
        "/api/v1/results/{year}/transitions/{concept}",
    ] {
        assert!(described["paths"][path]["get"].is_object(), "{path}");
    }
}

#[tokio::test]
async fn a_closed_round_is_preliminary_and_only_for_who_is_signed_in() {
    let server = Installation::prepared().serve();
    server.open_round().await;
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    officer.get("/results").await.expect(200);
    let response = Response::of(&aomori, "022012");
    response.fill(&[("org_1", "1"), ("free_2_text", "<script>alert('x')</script>\n2行目")]).await;
    response.submit().await.expect(200);
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");

    let public = server.anonymous();
    let nothing = public.get("/results").await.expect(200).page();
    assert!(nothing.text().contains("公表された結果はまだありません"));
    public.get("/results/2026").await.expect(404);
    public.get("/api/v1/results/2026").await.problem(404);
    for reader in [&officer, &aomori] {
        reader.get("/results").await.leads_to("/results/2026");
        let page = page(reader, "/results/2026/organization.plan").await;
        assert!(page.text().contains("速報") && page.text().contains("県の確認と公表はまだ"), "{}", page.text());
    }
    let index = officer.get("/api/v1/results/2026").await.expect(200).json();
    assert_eq!((&index["edition"]["provisional"], &index["edition"]["sha256"]), (&Value::from(true), &Value::Null));
    // Almost everybody is missing, and that is what is said.
    let plan = page(&officer, "/results/2026/organization.plan").await;
    assert!(plan.text().contains("未提出39"), "{}", plan.text());
    let text = page(&officer, "/results/2026/request.text").await;
    assert!(text.tags().all(|tag| tag.name != "script" || tag.attribute("nonce").is_some()));
    assert!(text.text().contains("<script>alert('x')</script>"), "{}", text.text());
}

#[tokio::test]
async fn nobody_answering_is_said_without_a_number() {
    let server = Installation::prepared().serve();
    server.open_round().await;
    let officer = server.visitor("officer").await;
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");
    page(&officer, "/results/2026").await;
    for concept in [NAMED, LEVEL, MULTIPLE, NUMBER, TEXT, "stage.industry"] {
        let page = page(&officer, &format!("/results/2026/{concept}")).await;
        assert!(
            heading(&page).contains("40市町村すべてが値を回答していません（未提出40）"),
            "{concept}: {}",
            heading(&page)
        );
        assert!(!heading(&page).contains('％'));
    }
}

/// Whether a row is headed by one municipality, not by a kind of them or by all.
fn is_named(heading: &str) -> bool {
    heading.chars().count() > 1 && !heading.contains("市町村") && heading.ends_with(['市', '町', '村'])
}
