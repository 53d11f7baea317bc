//! Any figure leads to how it was computed: `GET /results/{year}/{concept}/computation`, `GET /compare/method`.

use std::collections::BTreeSet;

use tests::{Client, Installation, Page};

/// A question whose named values are public, one of the council's, one with several answers, a number, and a text.
const QUESTIONS: [&str; 5] =
    ["engaged.industry", "industry.tourism.data", "trigger.industry", "organization.staff", "request.text"];
const WORDS: &str = "どう計算したか";

/// The words of every exhibit of the page.
fn exhibits(page: &Page) -> Vec<String> {
    page.texts_of(|tag| {
        tag.name == "section"
            && tag.attribute("class").is_some_and(|class| class.split(' ').any(|one| one == "exhibit"))
    })
}

/// Requires the link in every exhibit of a page, and that each of the linked pages answers; gives their addresses.
async fn led(client: &Client, path: &str, prefixes: &[&str]) -> BTreeSet<String> {
    let page = client.get(path).await.expect(200).page();
    let exhibits = exhibits(&page);
    assert!(!exhibits.is_empty(), "{path}");
    for exhibit in exhibits {
        assert!(exhibit.contains(WORDS), "{path}: {exhibit}");
    }
    let leads = |link: &String| prefixes.iter().any(|prefix| link.starts_with(prefix));
    let links: BTreeSet<String> = page.links().into_iter().filter(leads).collect();
    assert!(!links.is_empty(), "{path}");
    for link in &links {
        let page = client.get(link).await.expect(200).page();
        assert!(!page.text().contains("NaN"), "{link}");
    }
    links
}

#[tokio::test]
async fn every_exhibit_of_a_question_leads_to_its_counts_rule_hash_and_answers() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    for concept in QUESTIONS {
        let own = format!("/results/2025/{concept}/computation");
        assert_eq!(led(&officer, &format!("/results/2025/{concept}"), &[&own]).await, [own.clone()].into());
        let page = officer.get(&own).await.expect(200).page();
        for words in ["40市町村が分母です", "秘匿する数はありません", "分母（市町村数）", "SHA-256", "市町村"]
        {
            assert!(page.text().contains(words), "{own}: {words}: {}", page.text());
        }
        assert!(page.tag("values").is_some(), "{own}: the answers");
    }
    // What is filtered on the page is what is explained.
    let filtered = "/results/2025/industry.tourism.data/computation?region=tosei";
    let links = led(&officer, "/results/2025/industry.tourism.data?region=tosei", &[filtered]).await;
    assert_eq!(links, [filtered.to_owned()].into());
    assert!(officer.get(filtered).await.expect(200).page().text().contains("東青の"));
}

#[tokio::test]
async fn the_public_reads_the_rule_of_suppression_and_no_answer() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let address = "/results/2025/industry.tourism.data/computation";
    let page = public.get(address).await.expect(200).page();
    for words in ["0の数と", "組の表では、3に満たない数も秘匿します。", "公開範囲は「協議会まで」です"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(page.tag("values").is_none());
    let hidden = public.get("/results/2025/trigger.industry.other/computation").await.expect(200).page();
    assert!(hidden.text().contains("公開範囲の設定により表示できません") && hidden.tag("counts-table").is_none());
    for missing in ["/results/1999/engaged.industry/computation", "/results/2025/no-such/computation"] {
        public.get(missing).await.expect(404);
    }
    let invalid = public.get(&format!("{address}?kind=county")).await.expect(422).page();
    assert!(invalid.text().contains("「county」はありません") && invalid.tag("counts-table").is_none());
    assert!(invalid.links().iter().any(|link| link == "/results/2025/industry.tourism.data"));
    led(&public, "/", &["/indicators/"]).await;
}

#[tokio::test]
async fn every_exhibit_of_a_comparison_leads_to_its_method() {
    let server = Installation::demo().serve();
    let respondent = server.visitor("m022021").await;
    led(&respondent, "/compare", &["/compare/method"]).await;
    led(&respondent, "/answer/2026/receipt", &["/compare/method"]).await;
    let officer = server.visitor("officer").await;
    for query in ["municipality=022021", "municipality=022021&rows=question", "municipality=022021&rows=field&scale=z"]
    {
        led(&officer, &format!("/compare?{query}"), &["/compare/method"]).await;
    }
    let handout = officer.get("/compare/handout?municipality=022021").await.expect(200).page();
    assert!(handout.links().iter().any(|link| link.starts_with("/compare/method?municipality=022021")));
    // Down to each answer.
    let method = officer.get("/compare/method?municipality=022021&year=2025").await.expect(200).page();
    let answers = "/compare?municipality=022021&year=2025&rows=question";
    assert!(method.links().iter().any(|link| link == answers), "{:?}", method.links());
    assert!(method.text().contains("すべての取組") && method.text().contains("SHA-256"));
    // Nothing is chosen yet: the method stands all the same.
    assert!(officer.get("/compare/method").await.expect(200).page().text().contains("順位の幅"));
    let answer = server.anonymous().get("/compare/method").await.expect(303);
    assert!(answer.header("location").starts_with("/login?next=%2Fcompare%2Fmethod"));
}

#[tokio::test]
async fn an_exploration_leads_to_the_counts_behind_it() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let query = "compare=groups&of=i.engaged-any&of=q.engaged.industry&by=kind&chance=exchangeable";
    let page = analyst.get(&format!("/results/2025/explore?{query}")).await.expect(200).page();
    for link in ["/indicators/engaged-any/2025", "/results/2025/engaged.industry/computation"] {
        assert!(page.links().iter().any(|found| found == link), "{link}: {:?}", page.links());
        analyst.get(link).await.expect(200);
    }
}
