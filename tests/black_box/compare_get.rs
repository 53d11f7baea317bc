//! `GET /compare`, `GET /compare/handout`, `POST /compare/groups`, `GET /api/v1/comparison`

use serde_json::Value;
use tests::installation::DEMO_PASSWORD;
use tests::{Installation, Page, Server, program};

/// A demonstration with a member of 弘前市's office, and one of the council without a municipality.
fn council() -> Server {
    let installation = Installation::demo();
    for (login, options) in [
        ("hirosaki-member", &["--role", "respondent", "--role", "member", "--municipality", "022021"][..]),
        ("council", &["--role", "member"][..]),
    ] {
        let mut command = installation.command(&["user", "add", login, "--name", "会員（架空）"]);
        command.args(options);
        program::run(command, &format!("{DEMO_PASSWORD}\n")).done();
    }
    installation.serve()
}

fn heading(page: &Page) -> String {
    page.texts_of(|tag| tag.name == "h1").concat()
}

fn section(page: &Page, id: &str) -> String {
    let found = page.texts_of(|tag| tag.name == "section" && tag.attribute("aria-labelledby") == Some(id));
    found.into_iter().next().unwrap_or_else(|| panic!("no section {id} in {}", page.text()))
}

async fn json(client: &tests::Client, query: &str) -> Value {
    client.get(&format!("/api/v1/comparison{query}")).await.expect(200).json()
}

#[tokio::test]
async fn a_member_compares_any_municipality_by_name() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    let page = member.get("/compare").await.expect(200).page();
    assert!(heading(&page).starts_with("弘前市は、人口規模の近い7団体と比べて"), "{}", heading(&page));
    let text = page.text();
    for words in ["八戸市", "令和7年度（2025年度） 確定値", "順位、成熟度とこの比較は公表しません。", "乱数の種 2026"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("NaN") && !text.contains("速報"));
    // 青森市 did not respond that year.
    assert!(page.text().contains("このうち1団体は未提出です。"));
    assert!(section(&page, "strips").contains("位／7") && section(&page, "maturity").contains("順位の幅"));
    assert!(section(&page, "elsewhere").contains("実施："));
    for id in ["areas", "course", "changes", "what-if"] {
        assert!(page.tag(id).is_some(), "{id}");
    }
    let chosen = "/compare?municipality=022039&group=chosen&peer=022021&peer=022012&rows=field&year=2024";
    let page = member.get(chosen).await.expect(200).page();
    assert!(heading(&page).starts_with("八戸市は、選んだ2団体と比べて"), "{}", heading(&page));
    assert!(page.text().contains("令和6年度（2024年度）"));
}

#[tokio::test]
async fn a_respondent_sees_own_values_and_no_name_of_anothers() {
    let server = council();
    let respondent = server.visitor("m022021").await;
    let page = respondent.get("/compare").await.expect(200).page();
    assert!(page.tag("areas").is_none(), "no table of others by name");
    assert!(section(&page, "strips").contains("市町村名を付けずに"));
    assert!(!section(&page, "elsewhere").contains("実施："));
    assert!(page.tag("choose-municipality").is_none());
    respondent.get("/compare?municipality=022039").await.expect(403);
    respondent.get("/api/v1/comparison?municipality=022039").await.problem(403);
    // The cities differ from the nearest seven in two that responded.
    for free in ["?group=chosen&peer=022012", "?count=6", "?by=kind", "?group=kind"] {
        let page = respondent.get(&format!("/compare{free}")).await.expect(200).page();
        assert!(page.text().contains("1団体の回答が分かってしまうため"), "{free}");
        assert!(page.tag("strips").is_none(), "{free}");
    }
    // Another group that everybody may choose: its median, and no single value.
    let page = respondent.get("/compare?group=region").await.expect(200).page();
    assert!(!section(&page, "strips").contains("位／"));
    assert!(page.tags().all(|tag| tag.name != "option" || tag.attribute("value") != Some("kind")), "not offered");
    let region = json(&respondent, "?group=region").await;
    for row in region["rows"].as_array().unwrap() {
        assert!(row["rank"].is_null() && row["quartiles"].is_null(), "{row}");
        assert!(row["peers"].as_array().unwrap().is_empty(), "{row}");
        assert!(["median", "suppressed"].contains(&row["peers_seen"].as_str().unwrap()), "{row}");
    }
    let questions = json(&respondent, "?rows=question").await;
    let rows = questions["rows"].as_array().unwrap();
    assert!(rows[1..].iter().all(|row| row["peers_seen"] == "suppressed" && row["median"].is_null()));
    assert_eq!((rows.len(), questions["maturity"].as_array().unwrap().len()), (68, 1));
}

#[tokio::test]
async fn officers_and_analysts_choose_whom_first_and_see_names() {
    let server = council();
    for login in ["officer", "analyst", "council"] {
        let client = server.visitor(login).await;
        let page = client.get("/compare").await.expect(200).page();
        assert!(page.text().contains("比べる市町村を選んでください。"), "{login}");
        let found = json(&client, "?municipality=022021").await;
        assert_eq!((found["named"].as_bool(), found["peers"].as_array().unwrap().len()), (Some(true), 7));
        assert_eq!(found["maturity"].as_array().unwrap().len(), 8);
        assert_eq!(found["combinations"], 20_000);
    }
}

#[tokio::test]
async fn anonymous_visitors_log_in_first() {
    let server = council();
    let anonymous = server.anonymous();
    for path in ["/compare", "/compare/handout?rows=field"] {
        let answer = anonymous.get(path).await;
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").starts_with("/login?next=%2Fcompare"), "{path}");
    }
    anonymous.get("/api/v1/comparison").await.problem(401);
    assert!(!anonymous.get("/").await.expect(200).page().links().iter().any(|link| link == "/compare"));
    let links = server.visitor("m022021").await.get("/").await.expect(200).page().links();
    assert!(links.iter().any(|link| link == "/compare"));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ranks_and_a_what_if_changes_nothing_else() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    let usual = json(&member, "").await;
    assert_eq!(json(&member, "?seed=2026").await, usual);
    let tried = json(&member, "?seed=7&scale=rank&mean=geometric&w.industry=0").await;
    assert_eq!(tried["seed"], 7);
    assert_ne!(tried["maturity"], usual["maturity"]);
    assert_eq!((&tried["rows"], &tried["elsewhere"]), (&usual["rows"], &usual["elsewhere"]));
    assert_eq!(json(&member, "").await, usual, "nothing was kept");
    for ranks in usual["maturity"].as_array().unwrap().iter().map(|score| &score["ranks"]) {
        if let Some([best, worst]) = ranks.as_array().map(Vec::as_slice) {
            assert!(best.as_u64() <= worst.as_u64() && worst.as_u64() <= Some(8));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_compared_is_said_in_a_sentence() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    for (query, words) in [
        ("municipality=022011", "市町村コード「022011」は読み取れないため、使っていません。"),
        ("municipality=131016", "この年度の調査の対象でなかったため"),
        ("year=2022", "この年度の結果はありません。"),
        ("year=x&count=0&scale=q", "団体の数「0」は読み取れないため"),
        ("group=chosen", "比べる団体が選ばれていません。"),
        ("group=chosen&peer=022021", "比べる団体が選ばれていません。"),
        ("group=chosen&peer=131016", "当てはまる団体がほかにありません。"),
        ("group=chosen&peer=131016&peer=022012", "この年度の調査にない団体（131016）は比べていません。"),
        ("section=nothing", "選んだ分野・設問に、比べられる取組がありません。"),
        ("rows=question&question=org_1", "選んだ分野・設問に、比べられる取組がありません。"),
        ("scale=z&mean=harmonic", "算術平均にしました。"),
        ("w.industry=0&w.living=0&w.administration=0&w.foundation=0", "この条件では計算できません"),
        ("w.industry=1000", "重み「1000」は読み取れないため"),
    ] {
        for path in ["/compare", "/compare/handout"] {
            let page = member.get(&format!("{path}?{query}")).await.expect(200).page();
            let text = page.text();
            assert!(path != "/compare" || text.contains(words), "{query}: {text}");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{query}");
        }
    }
    // One peer: no rank, no interval of nothing.
    let one = json(&member, "?group=chosen&peer=022012").await;
    assert!(one["rows"].as_array().unwrap().iter().all(|row| row["rank"].is_null()));
    member.get("/api/v1/comparison?group=chosen").await.problem(409);
}

#[tokio::test]
async fn a_selection_is_kept_under_a_name_of_the_account_alone() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    let fields = [("name", "近隣 ㈱"), ("peer", "022012"), ("peer", "022047"), ("on", "rows=field")];
    member.post("/compare/groups", &fields).await.leads_to("/compare?group=chosen&peer=022012&peer=022047&rows=field");
    let page = member.get("/compare").await.expect(200).page();
    assert!(page.text().contains("近隣 ㈱") && page.text().contains("（2団体）"));
    let others = server.visitor("council").await.get("/compare?municipality=022021").await.expect(200).page();
    assert!(!others.text().contains("近隣 ㈱"));
    for (name, peers) in [("", 1), ("名", 0)] {
        let mut fields = vec![("name", name), ("on", "")];
        fields.extend(std::iter::repeat_n(("peer", "022012"), peers));
        let answer = member.post("/compare/groups", &fields).await.expect(422);
        assert!(answer.page().text().contains('＊'));
    }
    member.post("/compare/groups/removal", &[("name", "近隣 ㈱"), ("on", "")]).await.leads_to("/compare");
    assert!(!member.get("/compare").await.expect(200).page().text().contains("近隣 ㈱"));
    server.anonymous().post("/compare/groups", &fields).await.expect(401);
}

#[tokio::test]
async fn the_handout_says_the_same_on_one_sheet() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    let page = member.get("/compare/handout").await.expect(200).page();
    assert_eq!(heading(&page), heading(&member.get("/compare").await.expect(200).page()));
    assert!(page.rows().len() > 15 && page.text().contains("成熟度は"));
    let questions = member.get("/compare/handout?rows=question").await.expect(200).page();
    assert!(questions.text().contains("行は省きました。") && questions.rows().len() <= 24);
}

#[tokio::test]
async fn the_radar_repeats_medians_that_may_be_shown_and_no_others() {
    let server = council();
    let member = server.visitor("hirosaki-member").await;
    let page = member.get("/compare").await.expect(200).page();
    assert!(section(&page, "radar").contains("中央値との差が最も大きいのは、"), "{}", section(&page, "radar"));
    let svg = member.get("/pictures/compare/radar.svg").await.expect(200).text();
    for words in ["弘前市", "面積は値に比例しません", "人口規模の近い7団体の中央値"] {
        assert!(svg.contains(words), "{words}");
    }
    // Of single questions there are too many axes.
    assert!(member.get("/compare?rows=question").await.expect(200).page().tag("radar").is_none());
    member.get("/pictures/compare/radar.svg?rows=question").await.expect(404);
    // Where medians are suppressed, there is none.
    let respondent = server.visitor("m022021").await;
    respondent.get("/pictures/compare/radar.svg").await.expect(200);
    for group in ["region", "band", "kind"] {
        let answer = respondent.get(&format!("/api/v1/comparison?group={group}")).await;
        if answer.status == 409 {
            // The group would tell what single municipalities answered.
            respondent.get(&format!("/pictures/compare/radar.svg?group={group}")).await.expect(404);
            continue;
        }
        let found = answer.expect(200).json();
        let medians = found["rows"].as_array().unwrap()[1..].iter().filter(|row| !row["median"].is_null()).count();
        let status = if medians < 3 { 404 } else { 200 };
        respondent.get(&format!("/pictures/compare/radar.svg?group={group}")).await.expect(status);
        let page = respondent.get(&format!("/compare?group={group}")).await.expect(200).page();
        assert_eq!(page.tag("radar").is_some(), medians >= 3, "{group}");
    }
}
