//! `GET /results/{year}/explore`, `GET /api/v1/results/{year}/exploration`: exploratory tests under a stated chance model.

use serde_json::Value;
use tests::installation::DEMO_PASSWORD;
use tests::{Installation, program};

const GROUPS: &str = "compare=groups&of=i.engaged-any&by=kind";

async fn explored(client: &tests::Client, query: &str) -> Value {
    client.get(&format!("/api/v1/results/2025/exploration?{query}")).await.expect(200).json()
}

#[tokio::test]
async fn only_those_who_compare_municipalities_explore() {
    let server = Installation::demo().serve();
    let address = "/results/2025/explore";
    let anonymous = server.anonymous().get(address).await.expect(303);
    assert!(anonymous.header("location").starts_with("/login?next="));
    server.anonymous().get("/api/v1/results/2025/exploration").await.problem(401);
    server.visitor("m022012").await.get(address).await.expect(403);
    server.visitor("m022012").await.get("/api/v1/results/2025/exploration").await.problem(403);
    for account in ["analyst", "officer"] {
        let client = server.visitor(account).await;
        let page = client.get(address).await.expect(200).page();
        assert!(page.text().contains("この分析が前提とする偶然のしくみ"));
        // Nothing is chosen, nothing is missing yet, nothing is computed.
        assert!(!page.text().contains("入力内容を確認してください") && !page.text().contains("p値"));
        for missing in ["/results/2022/explore", "/results/1999/explore", "/results/x/explore"] {
            client.get(missing).await.expect(404);
        }
    }
}

#[tokio::test]
async fn nothing_is_computed_before_a_chance_model_is_stated() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let page = analyst.get(&format!("/results/2025/explore?{GROUPS}")).await.expect(200).page();
    assert!(page.text_of("error-summary").contains("偶然のしくみを選んでください"));
    assert!(!page.text().contains("フィッシャー"));
    let problem = analyst.get(&format!("/api/v1/results/2025/exploration?{GROUPS}")).await.problem(422);
    assert_eq!(problem["errors"][0]["field"], "chance");

    let page = analyst.get(&format!("/results/2025/explore?{GROUPS}&chance=exchangeable")).await.expect(200).page();
    let text = page.text();
    assert!(text.contains("等しく起こりうると仮定しています") && text.contains("クラメールのV"));
    // The form above names questions, whatever their words.
    let findings = text.split("この分析の前提").nth(1).expect("what was found");
    assert!(["証明され", "証明し", "立証", "明らかになった"].iter().all(|claim| !findings.contains(claim)));
    // What was chosen stands in the form again.
    let checked = page.tags().filter(|tag| tag.name == "input" && tag.attribute("checked").is_some());
    let values: Vec<_> = checked.filter_map(|tag| tag.attribute("value").map(str::to_owned)).collect();
    assert_eq!(values, ["groups", "exchangeable", "two_sided", "holm"]);
}

#[tokio::test]
async fn the_counts_are_those_of_the_published_results() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let published = analyst.get("/api/v1/rounds/2025/indicators").await.expect(200).json();
    let official = published["indicators"].as_array().unwrap().iter().find(|i| i["official"] == true).unwrap().clone();
    let found = explored(&analyst, &format!("{GROUPS}&chance=superpopulation")).await;
    assert_eq!(found["demonstration"], true);
    let whole = &found["findings"][0];
    let sum = |of: &dyn Fn(&Value) -> u64| whole["rows"].as_array().unwrap().iter().map(of).sum::<u64>();
    assert_eq!(sum(&|row| row["counts"][1].as_u64().unwrap()), official["engaged"].as_u64().unwrap());
    assert_eq!(sum(&|row| row["counts"][0].as_u64().unwrap()), official["not_engaged"].as_u64().unwrap());
    assert_eq!(sum(&|row| row["register"].as_u64().unwrap()), 40);
    // Every deciding p-value is in the family, and adjusting lowers none.
    let findings = found["findings"].as_array().unwrap();
    let tested: Vec<_> = findings.iter().filter(|f| !f["tests"].as_array().unwrap().is_empty()).collect();
    assert_eq!(found["family"], tested.len());
    for finding in tested {
        let p = finding["tests"][0]["p_value"].as_f64().unwrap();
        assert!((p..=1.0).contains(&finding["adjusted_p_value"].as_f64().unwrap()), "{finding}");
    }
}

#[tokio::test]
async fn every_comparison_answers() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    for (query, methods) in [
        ("compare=groups&of=q.industry.commerce.support_desk&by=kind", &["kruskal_wallis", "mann_whitney"][..]),
        ("compare=groups&of=q.industry.commerce.support_desk&as=category&by=q.engaged.industry", &[][..]),
        ("compare=years&of=i.engaged-two&since=2024", &["mcnemar_exact", "mcnemar_midp"][..]),
        ("compare=years&of=i.engaged-two&since=all", &["mcnemar_exact"][..]),
        ("compare=trend&of=i.engaged-any&of=q.organization.staff", &["kendall_tau_b"][..]),
        (
            "compare=agreement&of=q.industry.commerce.support_desk&of=q.industry.commerce.it_matching",
            &["kendall_tau_b", "spearman"][..],
        ),
        (
            "compare=subjects&of=i.engaged-industry&of=i.engaged-living&of=i.engaged-administration",
            &["mcnemar_exact"][..],
        ),
    ] {
        let found = explored(&analyst, &format!("{query}&chance=superpopulation&adjust=benjamini_hochberg")).await;
        let text = found.to_string();
        assert!(!found["findings"].as_array().unwrap().is_empty(), "{query}");
        for method in methods {
            assert!(text.contains(&format!("\"{method}\"")), "{query}: {method}: {text}");
        }
        let address = format!("/results/2025/explore?{query}&chance=superpopulation");
        let page = analyst.get(&address).await.expect(200).page();
        assert!(page.text().contains("この分析の前提") && !page.text().contains("NaN"), "{query}");
    }
}

#[tokio::test]
async fn bad_input_is_a_sentence() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    for (query, sentence) in [
        ("compare=nothing&of=i.x&chance=luck", "一覧から選び直してください"),
        ("compare=groups&of=i.unknown&by=kind&chance=exchangeable", "この年度の結果にありません"),
        ("compare=groups&of=q.unknown&by=kind&chance=exchangeable", "この年度の結果にありません"),
        ("compare=groups&of=i.engaged-any&by=q.organization.staff&chance=exchangeable", "組を分けられません"),
        ("compare=groups&of=i.engaged-any&chance=exchangeable", "組の分け方を選んでください"),
        ("compare=years&of=i.engaged-any&since=2025&chance=exchangeable", "同じ年度どうしは比べられません"),
        ("compare=years&of=i.engaged-any&since=2035&chance=exchangeable", "その年度の結果はありません"),
        ("compare=agreement&of=i.engaged-any&chance=exchangeable", "2つ以上選んでください"),
        ("compare=groups&of=q.trigger.industry&by=kind&chance=exchangeable", "選択肢を1つだけ選んでください"),
        ("compare=groups&of=q.engaged.industry&as=yes&by=kind&chance=exchangeable", "選択肢を1つ以上選んでください"),
        ("compare=groups&of=i.engaged-any&by=kind&chance=non_response", "検定には「超母集団」か「並べ替え」"),
        ("of=%FF%FE&compare=%00&chance=%3Cscript%3E", "一覧から選び直してください"),
    ] {
        let answer = analyst.get(&format!("/results/2025/explore?{query}")).await.expect(200);
        assert!(answer.page().text().contains(sentence), "{query}: {}", answer.page().text());
        assert!(!answer.text().contains("<script>alert"));
    }
}

#[tokio::test]
async fn a_member_is_refused_what_is_not_named_for_the_council() {
    let installation = Installation::demo();
    let command = installation.command(&["user", "add", "member", "--name", "会員", "--role", "member"]);
    program::run(command, &format!("{DEMO_PASSWORD}\n")).done();
    let server = installation.serve();
    let member = server.visitor("member").await;
    let page = member.get("/results/2025/explore").await.expect(200).page();
    let offered = page.tags().filter(|tag| tag.name == "option").filter_map(|tag| tag.attribute("value"));
    let offered: Vec<_> = offered.map(str::to_owned).collect();
    assert!(offered.contains(&"q.industry.commerce.support_desk".to_owned()));
    let officer = server.visitor("officer").await.get("/results/2025/explore").await.expect(200).page();
    let hidden = officer.tags().filter(|tag| tag.name == "option").filter_map(|tag| tag.attribute("value"));
    for subject in hidden.filter(|value| value.starts_with("q.") && !offered.contains(&(*value).to_owned())) {
        let query = format!("compare=groups&of={subject}&by=kind&chance=exchangeable");
        let problem = member.get(&format!("/api/v1/results/2025/exploration?{query}")).await.problem(422);
        assert!(problem.to_string().contains("公開範囲"), "{problem}");
    }
}
