//! `/desk/audit`: who did what when, with the value before and after.

use tests::{Client, Installation, Response, Table};

/// The rows of the page: what, on what, before, after, by whom.
async fn rows(officer: &Client, query: &str) -> Vec<Vec<String>> {
    let rows = officer.get(&format!("/desk/audit{query}")).await.expect(200).page().rows();
    rows.into_iter().skip(1).map(|row| row.into_iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[tokio::test]
async fn an_officer_reads_who_changed_which_answer_from_what_to_what() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.put("org_1", &["1"], 0).await.expect(200);
    response.put("org_1", &["2"], 1).await.expect(200);
    let officer = server.visitor("officer").await;
    let found = rows(&officer, "?about=response&year=2026&municipality=青森市&act=answer").await;
    assert_eq!(found.len(), 2, "{found:?}");
    let [_, author, act, about, from, to] = found[0].as_slice() else { panic!("{found:?}") };
    assert_eq!((author.as_str(), act.as_str()), ("企画課 佐藤", "回答の入力・変更"));
    assert!(about.contains("令和8年度") && about.contains("青森市の回答") && about.contains("体-1 DX推進"), "{about}");
    assert_eq!((from.as_str(), to.as_str(), found[1][4].as_str()), ("策定済", "当年度中に策定予定", "－"));
    // The round's opening, the accounts and the logins are there as well.
    let all = rows(&officer, "").await;
    for act in ["調査の状態", "アカウントの追加", "ログイン", "回答の状態"] {
        assert!(all.iter().any(|row| row[2] == act), "{act}: {all:?}");
    }
    assert_eq!(rows(&officer, "?author=佐藤").await.len(), rows(&officer, "?author=佐藤&since=2020-01-01").await.len());
    assert!(
        rows(&officer, "?since=2099-01-01").await.is_empty() && rows(&officer, "?until=2020-01-01").await.is_empty()
    );
}

#[tokio::test]
async fn the_reasons_of_a_return_and_changes_of_the_register_are_recorded() {
    let server = Installation::opened().await.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let response = Response::of(&aomori, "022012");
    response.fill(&[("ind_00_1", "4"), ("org_6a", "10")]).await;
    response.submit().await.expect(200);
    let reason = "ほかの回答と合いません。";
    Response::of(&officer, "022012").give_back("", &[("ind_00_1", reason)]).await.expect(204);
    let found = rows(&officer, "?about=response&year=2026&municipality=青森市&act=response_state").await;
    let (from, to) = (&found[0][4], &found[0][5]);
    assert!(from == "提出済み" && to.contains("差戻し") && to.contains("産-1 産業・しごと分野"), "{found:?}");
    assert!(to.contains(&format!("：{reason}")), "{found:?}");

    let file = server.installation().file("register.csv");
    std::fs::write(&file, "市町村名,人口\n青森市,\"260,000\"\n").unwrap();
    let mut import = server.installation().command(&["import", "municipalities"]);
    import.arg(&file);
    tests::program::run(import, "").done();
    let found = rows(&officer, "?about=municipality&municipality=青森市&act=register").await;
    assert_eq!((found.len(), found[0][4].as_str(), found[0][5].as_str()), (1, "人口：275192", "人口：260000"));
}

#[tokio::test]
async fn a_municipality_or_a_year_alone_narrows_whatever_the_object() {
    let server = Installation::opened().await.serve();
    for (name, code) in [("aomori", "022012"), ("hirosaki", "022021")] {
        Response::of(&server.visitor(name).await, code).put("org_1", &["1"], 0).await.expect(200);
    }
    let officer = server.visitor("officer").await;
    let both = rows(&officer, "?about=response").await.len();
    for query in
        ["?municipality=青森市", "?about=response&municipality=青森市", "?municipality=０２２０１２&year=２０２６"]
    {
        let found = rows(&officer, query).await;
        assert!(
            found.len() == both / 2 && found.iter().all(|row| row[3].contains("青森市の回答")),
            "{query}: {found:?}"
        );
    }
    let of_year = rows(&officer, "?year=2026").await;
    assert_eq!(of_year.len(), both + rows(&officer, "?about=round&year=2026").await.len());
    assert!(of_year.iter().all(|row| row[3].contains("令和8年度")), "{of_year:?}");
    assert!(rows(&officer, "?year=2030").await.is_empty() && rows(&officer, "?about=round&year=2030").await.is_empty());
    let file = officer.get("/desk/audit.csv?municipality=弘前市").await.expect(200).text();
    let file = Table::read(file.trim_start_matches('\u{feff}'));
    assert_eq!(file.values("chain").into_iter().collect::<Vec<_>>(), ["response/2026/022021"]);
    assert_eq!(
        rows(&officer, "?since=２０２０/１/１").await.len(),
        rows(&officer, "?since=2020-01-01").await.len(),
        "dates as they are typed elsewhere"
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_nothing_is_shown_instead() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    for (field, typed, query) in [
        ("municipality", "浪岡町", "municipality=浪岡町"),
        ("municipality", "青森市", "about=account&municipality=青森市"),
        ("year", "1999", "year=1999"),
        ("year", "八年", "year=八年"),
        ("year", "2026", "about=kpi&year=2026"),
        ("since", "2026-02-30", "since=2026-02-30"),
        ("until", "昨日", "until=昨日"),
        ("about", "", "about=everything"),
        ("act", "", "act=nothing"),
    ] {
        let page = officer.get(&format!("/desk/audit?{query}&author=佐")).await.expect(422).page();
        let error = page.text_of(&format!("e-{field}"));
        assert!(error.starts_with('＊') && tests::client::is_japanese(&error), "{query}: {error}");
        let form = page.form("/desk/audit");
        assert_eq!((form.values(field), form.values("author")), (vec![typed], vec!["佐"]), "{query}");
        assert!(page.rows().is_empty() && !page.text().contains("当てはまる記録"), "{query}: {}", page.text());
        let file = officer.get(&format!("/desk/audit.csv?{query}")).await.expect(422).page();
        assert!(file.text().contains(error.trim_start_matches('＊').trim()), "{query}: {}", file.text());
    }
    server.visitor("analyst").await.get("/desk/audit?year=1999").await.expect(403);
    server.visitor("analyst").await.get("/desk/audit.csv?year=1999").await.expect(403);
}

#[tokio::test]
async fn entries_about_an_account_say_whose_it_is() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let found = rows(&officer, "?about=account").await;
    assert!(found.iter().all(|row| row[3].contains('（') && !row[3].contains("アカウント番号")), "{found:?}");
    let added =
        found.iter().find(|row| row[2] == "アカウントの追加" && row[3].contains("（aomori）")).expect("an entry");
    assert!(
        added[3].contains("企画課 佐藤") && added[5].contains("回答者") && added[5].contains("青森市"),
        "{added:?}"
    );
    let file = officer.get("/desk/audit.csv?about=account").await.expect(200).text();
    let file = Table::read(file.trim_start_matches('\u{feff}'));
    assert!(file.values("about_login_name").contains("aomori"), "{:?}", file.values("about_login_name"));
}

#[tokio::test]
async fn all_that_match_come_as_csv() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    Response::of(&aomori, "022012").put("free_2_text", &["=1+1\n二行目"], 0).await;
    let officer = server.visitor("officer").await;
    let answer = officer.get("/desk/audit.csv").await.expect(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let table = Table::read(answer.text().trim_start_matches('\u{feff}'));
    assert!(table.rows.len() > 5, "{}", answer.text());
    assert!(table.values("act").contains("round_state") && table.values("chain").contains("response/2026/022012"));
    let answer = table.rows.iter().find(|row| row["chain"] == "response/2026/022012").expect("an entry");
    let about = ["about", "fiscal_year", "fiscal_year_wareki", "municipality_code", "municipality_name"];
    assert_eq!(about.map(|name| answer[name].as_str()), ["response", "2026", "令和8年度", "022012", "青森市"]);
    assert!(table.rows.iter().any(|row| row["about"] == "account" && row["municipality_code"].is_empty()));
    let page = officer.get("/data/all/audit?scope=all").await.expect(200).page();
    assert!(page.text().contains("個人に関する情報") && page.text().contains("JSON"), "{}", page.text());
    assert!(officer.get("/desk/audit").await.page().links().contains(&"/data/all/audit?scope=all".to_owned()));
    // The same in the list of datasets; everything that was recorded before it was asked for, and nothing after.
    let data = officer.get("/data").await.expect(200);
    assert!(data.text().contains("/data/all/audit.csv?scope=all"), "{}", data.text());
    let dataset = officer.get("/data/all/audit.csv?scope=all").await.expect(200).text();
    assert_eq!(Table::read(dataset.trim_start_matches('\u{feff}')).rows, table.rows);
    let page = officer.get("/api/v1/datasets/audit/all?scope=all&per_page=3&page=2").await.expect(200);
    assert_eq!(page.header("shirabe-total-count"), table.rows.len().to_string());
    let page = page.json();
    assert_eq!(page["rows"].as_array().map(Vec::len), Some(3), "{page}");
    let some = officer.get("/desk/audit.csv?act=login").await.expect(200).text();
    let some = Table::read(some.trim_start_matches('\u{feff}'));
    assert_eq!(some.values("act").into_iter().collect::<Vec<_>>(), ["login"]);
}

#[tokio::test]
async fn only_an_officer_reads_the_audit_log() {
    let server = Installation::opened().await.serve();
    for name in ["analyst", "aomori"] {
        let visitor = server.visitor(name).await;
        visitor.get("/desk/audit").await.expect(403);
        visitor.get("/desk/audit.csv").await.expect(403);
        visitor.get("/data/all/audit.csv?scope=all").await.expect(404);
        visitor.get("/api/v1/datasets/audit/all?scope=all").await.problem(404);
    }
    server.anonymous().get("/desk/audit").await.expect(303);
}

#[tokio::test]
async fn answers_get_into_no_log() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let secret = "この回答は記録だけに残る";
    let fields =
        [("free_2_text", secret), ("free_2_text.revision", "0"), ("org_1", "nonsense"), ("org_1.revision", "0")];
    aomori.post("/answer/2026/requests", &fields).await;
    Response::of(&aomori, "022012").put("org_1", &[secret], 0).await;
    assert!(!server.log().contains("この回答"), "{}", server.log());
}
