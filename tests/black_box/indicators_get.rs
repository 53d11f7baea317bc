//! `GET /indicators/{id}/{year}` and below, `GET /api/v1/indicators/{id}`: how each published figure was computed.

use serde_json::Value;
use tests::program::repository;
use tests::{Client, Installation, Page};

async fn page(client: &Client, path: &str) -> Page {
    client.get(path).await.expect(200).page()
}

async fn results(client: &Client, year: u16) -> Vec<Value> {
    let answer = client.get(&format!("/api/v1/rounds/{year}/indicators")).await.expect(200);
    answer.json()["indicators"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_figure_leads_to_how_it_was_computed_and_on_to_the_answers() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for from in ["/", "/indicators"] {
        let links = page(&public, from).await.links();
        for id in ["engaged-any", "engaged-two", "engaged-all", "half-of-areas", "stage-digitalization"] {
            let computation = format!("/indicators/{id}/2025");
            assert!(links.contains(&computation), "{from} does not lead to {computation}: {links:?}");
        }
    }
    for result in results(&public, 2024).await {
        let computation = result["computation"].as_str().unwrap();
        let text = page(&public, computation).await.text();
        assert!(text.contains(result["title"].as_str().unwrap()), "{computation}");
        assert!(text.contains("shirabe indicator verify --year 2024") && text.contains("第1版、"), "{text}");
        let counted = format!("{}団体のうち{}団体", result["register"], result["engaged"]);
        assert!(result["suppressed"] == true || text.contains(&counted), "{computation}: {text}");
    }
    let official = page(&public, "/indicators/engaged-any/2025").await;
    let ids: Vec<_> = official.tags().filter_map(|tag| tag.attribute("id").map(str::to_owned)).collect();
    assert!(["field-industry", "field-living", "field-administration"].iter().all(|id| ids.iter().any(|i| i == id)));
    let answers: Vec<String> =
        official.links().into_iter().filter(|link| link.starts_with("/indicators/engaged-any/2025/0")).collect();
    assert_eq!(answers.len(), 40);
    // 青森市 did not respond in 2025; 弘前市 did.
    assert!(page(&public, &answers[0]).await.text().contains("どの回答も未確定とします"));
    let text = page(&public, &answers[1]).await.text();
    for words in ["産-1", "暮-1", "行-1", "県が回答を確認し、受理しています", "弘前市は"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn what_each_municipality_counts_as_adds_up_to_the_published_counts() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let all = results(&public, 2025).await;
    let official = all.iter().find(|result| result["official"] == true).unwrap();
    let count = |word: &str| {
        let all = official["municipalities"].as_array().unwrap();
        all.iter().filter(|m| m["engagement"] == word).count() as u64
    };
    assert_eq!(official["engaged"], count("engaged"));
    assert_eq!(official["not_engaged"], count("not_engaged"));
    assert_eq!(official["undetermined"], count("undetermined"));
    let rows = page(&public, "/indicators/engaged-any/2025").await.rows();
    let judged = |word: &str| rows.iter().filter(|row| row.len() == 7 && row[6] == word).count() as u64;
    assert_eq!(official["engaged"], judged("取り組んでいる"));
    assert_eq!(official["undetermined"], judged("未確定"));
    // People live where municipalities are counted.
    let population = &official["population"];
    assert_eq!((&population["share"]["denominator"], &population["unknown"]), (&1_237_984.into(), &0.into()));
    // Somebody is missing, so an interval stands within the bounds, with what it supposes.
    let (share, upper, interval) = (&official["share"], &official["upper"], &official["interval"]);
    assert!(interval["lower"]["numerator"].as_u64() >= share["numerator"].as_u64());
    assert!(interval["upper"]["numerator"].as_u64() <= upper["numerator"].as_u64());
    assert!(interval["assumption"].as_str().unwrap().contains("仮定"));
}

#[tokio::test]
async fn names_are_for_those_who_may_see_every_answer_behind_them() {
    let installation = Installation::demo();
    let mut add = installation.command(&["user", "add", "member", "--name", "会員", "--role", "member"]);
    add.args(["--municipality", "022021"]);
    tests::program::run(add, &format!("{}\n", installation.password())).done();
    let server = installation.serve();
    let (public, member) = (server.anonymous(), server.visitor("member").await);
    let respondent = server.visitor("m022012").await;
    let path = "/indicators/half-of-areas/2025";
    let names = |page: &Page| page.text().contains("五所川原市");
    assert!(!names(&page(&public, path).await) && names(&page(&member, path).await));
    let public_page = page(&public, path).await;
    assert!(public_page.text().contains("市町村別の値は公開されていない"), "{}", public_page.text());
    let find = |all: Vec<Value>| all.into_iter().find(|result| result["id"] == "half-of-areas").unwrap();
    let seen = find(results(&public, 2025).await);
    assert_eq!((&seen["municipalities"], &seen["population"]), (&Value::Null, &Value::Null));
    assert_eq!(find(results(&member, 2025).await)["municipalities"].as_array().unwrap().len(), 40);
    // Its own answers every municipality may see, nobody else's.
    for (client, code, status) in
        [(&public, "022012", 404), (&respondent, "022012", 200), (&respondent, "022021", 404), (&member, "022012", 200)]
    {
        client.get(&format!("{path}/{code}")).await.expect(status);
    }
    let own = page(&respondent, &format!("{path}/022012")).await;
    assert_eq!(
        own.rows().iter().filter(|row| row.len() == 5 && row[1] != "番号").count(),
        28,
        "two questions of each of 14 areas"
    );
    // An officer goes on to the whole response.
    let officer = server.visitor("officer").await;
    let links = page(&officer, &format!("{path}/022012")).await.links();
    assert!(links.iter().any(|link| link.starts_with("/desk/2025/022012")), "{links:?}");
}

#[tokio::test]
async fn what_is_not_there_is_said_in_a_sentence() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    for (path, words) in [
        ("/indicators/nothing/2025", "このIDの指標はありません"),
        ("/indicators/%3Cscript%3E/2025", "このIDの指標はありません"),
        ("/indicators/engaged-any/20255", "年度は西暦の4桁"),
        ("/indicators/engaged-any/2022", "分野ごとの団体数だけが公表されています"),
        ("/indicators/engaged-any/2026", "まだ公表されていません"),
        ("/indicators/engaged-any/2025?version=9", "この版による結果がありません"),
        ("/indicators/engaged-any/2025/131016", "このコードの市町村はありません"),
        ("/indicators/engaged-any/2025/%E9%9D%92%E6%A3%AE", "このコードの市町村はありません"),
    ] {
        let text = public.get(path).await.expect(404).page().text();
        assert!(text.contains(words), "{path}: {text}");
    }
    public.get("/indicators/engaged-any/2025?version=x").await.expect(400);
    public.get("/api/v1/indicators/nothing").await.problem(404);
    public.get("/api/v1/rounds/1999/indicators").await.problem(404);
}

#[tokio::test]
async fn the_history_has_every_year_with_bounds_and_the_reference_year_with_its_condition() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let history = public.get("/api/v1/indicators/engaged-any").await.expect(200).json();
    let years: Vec<u64> = history["years"].as_array().unwrap().iter().map(|y| y["year"].as_u64().unwrap()).collect();
    assert_eq!(years, [2023, 2024, 2025]);
    for year in history["years"].as_array().unwrap() {
        assert_eq!((&year["broken"], year["sha256"].as_str().unwrap().len()), (&false.into(), 64));
        assert!(year["result"]["share"]["permille"].as_u64() <= year["result"]["upper"]["permille"].as_u64());
    }
    assert_eq!(history["years"][0]["result"]["change"], Value::Null);
    assert_eq!(history["years"][1]["result"]["change"]["since"], 2023);
    assert!(history["years"][2]["result"]["change"]["sign_known"].is_boolean());
    assert_eq!(
        (&history["reference"]["lower"]["permille"], &history["reference"]["upper"]["permille"]),
        (&500.into(), &925.into())
    );
    assert!(history["reference"]["condition"].as_str().unwrap().contains("すべてが回答したと仮定"));
    assert_eq!(history["versions"][0]["counts"].as_str().unwrap().chars().last(), Some('。'));
    let areas = public.get("/api/v1/indicators/half-of-areas").await.expect(200).json();
    assert_eq!(areas["reference"]["lower"], Value::Null);
    assert!(areas["reference"]["condition"].as_str().unwrap().contains("異なるため"));
}

#[tokio::test]
async fn a_new_version_breaks_the_line_and_both_are_computed_in_its_first_year() {
    // The demonstration on definitions of which one changes in 2024: two fields are needed from then on.
    let installation = Installation::empty();
    let seeds = installation.file("seeds");
    let copied = std::process::Command::new("cp").arg("-r").arg(repository().join("seeds")).arg(&seeds).status();
    assert!(copied.unwrap().success());
    let first = std::fs::read_to_string(seeds.join("indicators/engaged-any.v1.toml")).unwrap();
    let second = first.replace("version = 1", "version = 2").replace("valid_from = 2023", "valid_from = 2024");
    let second = second.replace("quota = \"any\"", "quota = \"at least 2\"");
    std::fs::write(seeds.join("indicators/engaged-any.v2.toml"), second).unwrap();
    let mut migrate = installation.command(&["migrate", "--demo", "--seeds"]);
    migrate.arg(&seeds);
    tests::program::run(migrate, "").done();
    assert!(installation.run(&["indicator", "verify", "--demo"]).done().contains("engaged-any v1（接続）"));

    let server = tests::Server::start(&installation, &["--demo"]);
    let public = server.anonymous();
    let history = public.get("/api/v1/indicators/engaged-any").await.expect(200).json();
    let year = |place: usize| history["years"][place].clone();
    assert_eq!([0, 1, 2].map(|place| year(place)["broken"] == true), [false, true, false]);
    let (before, first_of_new) = (year(0)["result"].clone(), year(1)["result"].clone());
    assert_eq!(first_of_new["change"], Value::Null, "the two versions are not compared");
    let bridge = &first_of_new["bridge"];
    assert_eq!((&bridge["version"], &bridge["change"]["since"]), (&1.into(), &2023.into()));
    let difference = bridge["share"]["permille"].as_i64().unwrap() - before["share"]["permille"].as_i64().unwrap();
    assert_eq!(bridge["change"]["confirmed"], difference);
    assert!(bridge["share"]["numerator"].as_u64() > first_of_new["share"]["numerator"].as_u64());

    let computed = bridge["computation"].as_str().unwrap();
    assert_eq!(computed, "/indicators/engaged-any/2024?version=1");
    let text = page(&public, computed).await.text();
    assert!(text.contains("この年度には使われなくなった版です"), "{text}");
    assert!(text.contains(&format!("40団体のうち{}団体", bridge["share"]["numerator"])), "{text}");
    let text = page(&public, "/indicators/engaged-any/2024").await.text();
    assert!(text.contains("この年度から定義が変わったため、前回の値とは比べられません"), "{text}");
    assert!(page(&public, "/indicators").await.text().contains("定義の変更"));
}
