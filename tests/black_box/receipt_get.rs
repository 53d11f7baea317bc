//! `GET /answer/{year}/receipt`, `GET /answer/{year}/receipt/answers.csv`

use tests::installation::DEMO_PASSWORD;
use tests::{Client, Installation, Page, Response, Server, Table, program};

const RECEIPT: &str = "/answer/2026/receipt";
const CSV: &str = "/answer/2026/receipt/answers.csv";

async fn receipt(client: &Client) -> Page {
    client.get(RECEIPT).await.expect(200).page()
}

/// The words of a section of the page, by the id of its heading.
fn section(page: &Page, heading: &str) -> String {
    let sections = page.texts_of(|tag| tag.name == "section" && tag.attribute("aria-labelledby") == Some(heading));
    sections.into_iter().next().unwrap_or_else(|| panic!("no section {heading} in {}", page.text()))
}

fn has_section(page: &Page, heading: &str) -> bool {
    page.tag(heading).is_some()
}

#[tokio::test]
async fn right_after_submission_the_own_position_is_among_seven_of_the_last_finalized_round() {
    let server = Installation::demo().serve();
    let page = receipt(&server.visitor("m022021").await).await;
    let position = section(&page, "position");
    // By population, the seven nearest to 弘前市 are known.
    for words in [
        "令和7年度（2025年度）の回答を、人口が最も近い7団体（八戸市、青森市、十和田市、むつ市、五所川原市、三沢市、黒石市）と比べました。",
        "団体の中央値",
        "今回の回答では",
        "順位とこの比較は公表しません。",
    ] {
        assert!(position.contains(words), "{words}: {position}");
    }
    assert!(!page.text().contains("速報"), "the round is still open");
    let rows: Vec<Vec<String>> = page.rows().into_iter().filter(|row| row.len() == 11).collect();
    let names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["区分", "すべての取組", "産業・しごと", "暮らし・まち", "行政経営", "各分野を支える基盤整備"]);
    for row in &rows[1..] {
        assert!(row[2].ends_with('％') && row[3].ends_with('％') && row[10].ends_with('％'), "{row:?}");
    }
    assert!(section(&page, "changes").contains("令和7年度から"));
    assert!(!page.text().contains("NaN"));
}

#[tokio::test]
async fn the_picture_of_a_receipt_has_an_address_for_its_municipality_alone() {
    let server = Installation::demo().serve();
    let own = server.visitor("m022021").await;
    let address = "/pictures/answer/2026/position";
    assert!(own.get(address).await.expect(200).page().text().contains("人口の近い"));
    let csv = own.get(&format!("{address}.csv")).await.expect(200).text();
    let table = Table::read(csv.strip_prefix('\u{feff}').unwrap());
    assert!(table.columns.iter().any(|column| column == "rank_of") && table.rows.len() > 1, "{:?}", table.columns);
    assert!(own.get(&format!("{address}.svg")).await.expect(200).text().contains("弘前市"));
    assert!(own.get(&format!("{address}.png")).await.expect(200).bytes.starts_with(b"\x89PNG"));
    // The round is open: there are no provisional figures; 青森市 has not handed in.
    own.get("/pictures/answer/2026/provisional.svg").await.expect(404);
    own.get("/pictures/answer/2026/other.svg").await.expect(404);
    server.visitor("m022012").await.get(&format!("{address}.csv")).await.expect(404);
    server.visitor("officer").await.get(&format!("{address}.csv")).await.expect(403);
    assert_eq!(server.anonymous().get(&format!("{address}.csv")).await.status, 303);
}

#[tokio::test]
async fn who_does_what_is_planned_is_named_to_members_and_counted_for_others() {
    let installation = Installation::demo();
    let mut command = installation.command(&["user", "add", "hirosaki-member", "--name", "企画課（会員）"]);
    command.args(["--role", "respondent", "--role", "member", "--municipality", "022021"]);
    program::run(command, &format!("{DEMO_PASSWORD}\n")).done();
    let server = installation.serve();

    let others = section(&receipt(&server.visitor("m022021").await).await, "planned");
    let members = section(&receipt(&server.visitor("hirosaki-member").await).await, "planned");
    let levels = |text: &str| text.matches("実施：").count();
    assert_eq!(levels(&others), 0, "{others}");
    assert!(others.contains("団体のうち") && others.contains("協議会会員のアカウント"), "{others}");
    assert!(levels(&members) > 0 && !members.contains("団体のうち"), "{members}");
    assert!(
        !members.contains("：弘前市") && !members.contains("、弘前市"),
        "oneself is not among the others: {members}"
    );
    // The demonstration has such an account: what members see can be looked at without making one.
    let shown = section(&receipt(&server.visitor("m024121").await).await, "planned");
    assert!(levels(&shown) > 0 && !shown.contains("団体のうち"), "{shown}");
}

#[tokio::test]
async fn a_copy_holds_the_own_answers_and_no_other() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    for (client, code) in [(&aomori, "022012"), (&hirosaki, "022021")] {
        let response = Response::of(client, code);
        response.fill(&[("num_1", if code == "022012" { "12" } else { "34" })]).await;
        response.submit().await.expect(200);
    }
    let copy = aomori.get(CSV).await.expect(200);
    assert!(copy.header("content-disposition").contains("shirabe-2026-022012-answers.csv"));
    assert!(copy.header("shirabe-rounds").starts_with("2026;revision=preliminary;snapshot-sha256="));
    let table = Table::read(&copy.text());
    assert_eq!(copy.header("shirabe-rows"), table.rows.len().to_string());
    assert_eq!(table.values("municipality_code"), ["022012"].into());
    assert_eq!(table.cells("022012", "num_1")[0]["number"], "12");
    // Of the prefecture's eyes only, and of one's own.
    assert_eq!(table.cells("022012", "free_2").len(), 1);
    let links = receipt(&aomori).await.links();
    for address in ["/answer/2026/check", "/answer/2026/print", "/answer/2026/workbook.xlsx", CSV] {
        assert!(links.iter().any(|link| link == address), "{address}: {links:?}");
    }
}

#[tokio::test]
async fn there_is_no_receipt_before_submission_nor_for_anybody_else() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    Response::of(&aomori, "022012").fill(&[]).await;
    for path in [RECEIPT, CSV] {
        aomori.get(path).await.expect(404);
    }
    Response::of(&aomori, "022012").submit().await.expect(200);
    let hirosaki = server.visitor("hirosaki").await;
    let officer = server.visitor("officer").await;
    for path in [RECEIPT, CSV] {
        aomori.get(path).await.expect(200);
        // The address names no municipality: each sees its own, which has none yet.
        hirosaki.get(path).await.expect(404);
        officer.get(path).await.expect(403);
        let asked = server.anonymous().get(path).await;
        assert_eq!(asked.status, 303);
        assert!(asked.header("location").starts_with("/login?next="));
        aomori.get(&path.replace("2026", "2025")).await.expect(404);
        aomori.get(&path.replace("2026", "x")).await.expect(404);
    }
}

/// Four hand in; the round then comes to that state.
async fn four(server: &Server, states: &[&str]) {
    for (name, code) in [("aomori", "022012"), ("hirosaki", "022021"), ("hachinohe", "022039"), ("kuroishi", "022047")]
    {
        let client = server.visitor(name).await;
        Response::of(&client, code).fill(&[]).await;
        Response::of(&client, code).submit().await.expect(200);
    }
    let officer = server.visitor("officer").await;
    for state in states {
        if *state == "finalized" {
            for code in ["022012", "022021", "022039", "022047"] {
                Response::of(&officer, code).accept().await.expect(204);
            }
        }
        officer.post("/desk/2026/state", &[("to", *state)]).await.leads_to("/desk/2026");
    }
}

#[tokio::test]
async fn this_rounds_figures_are_shown_only_after_closing_and_marked_provisional() {
    let server = Installation::opened().await.serve();
    four(&server, &[]).await;
    let hirosaki = server.visitor("hirosaki").await;
    let open = receipt(&hirosaki).await;
    assert!(!has_section(&open, "provisional") && !open.text().contains("速報"));
    assert!(section(&open, "position").contains("前の調査が確定してから表示します"));
    assert!(!has_section(&open, "changes") && !has_section(&open, "planned"));

    let officer = server.visitor("officer").await;
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");
    let closed = receipt(&hirosaki).await;
    let provisional = section(&closed, "provisional");
    for words in [
        "速報",
        "県が確認している途中の回答を含みます",
        "このうち4団体は未提出です。",
        // Three others and oneself are too few.
        "比べられる団体が少ないため、順位は示しません。",
    ] {
        assert!(provisional.contains(words), "{words}: {provisional}");
    }
    assert!(!provisional.contains("番目"), "{provisional}");
}

#[tokio::test]
async fn once_finalized_this_round_is_the_one_compared_with() {
    let server = Installation::opened().await.serve();
    four(&server, &["closed", "finalized"]).await;
    let page = receipt(&server.visitor("hirosaki").await).await;
    assert!(!page.text().contains("速報"));
    let position = section(&page, "position");
    assert!(position.contains("令和8年度（2026年度）の回答を") && !position.contains("今回の回答"), "{position}");
}
