//! `GET /answer/{year}/workbook`, `GET /answer/{year}/workbook.xlsx`

use tests::{Installation, Response, workbook};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[tokio::test]
async fn the_response_is_downloaded_as_it_is() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.save("org_1", &["2"]).await;
    response.save("org_6a", &["12"]).await;
    response.save("ind_00_1", &["1"]).await;
    response.save("ind_00_3", &["1", "5"]).await;

    let page = aomori.get("/answer/2026/workbook").await.expect(200).page();
    assert!(page.links().contains(&"/answer/2026/workbook.xlsx".to_owned()));
    let answer = aomori.get("/answer/2026/workbook.xlsx").await.expect(200);
    assert_eq!(answer.header("content-type"), XLSX);
    assert_eq!(answer.header("cache-control"), "no-store");
    let disposition = answer.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"shirabe-2026-022012.xlsx\"; filename*=UTF-8''"),
        "{disposition}"
    );

    let rows = workbook::rows(&answer.bytes);
    let cell = |number: &str, heading: &str| rows[number][heading].clone();
    assert_eq!(cell("体-1", "回答"), "当年度中に策定予定");
    assert_eq!(cell("体-6", "回答"), "12");
    assert_eq!(cell("体-6", "単位"), "人");
    assert_eq!((cell("産-3［1］", "回答"), cell("産-3［2］", "回答")), ("○".to_owned(), String::new()));
    assert_eq!(cell("体-1", "必須・任意"), "必須");
    // Not asked as it stands, listed all the same.
    assert_eq!(cell("産-4", "必須・任意"), "対象外\n（現在）");
    assert!(cell("体-1", "説明・定義").contains("全体方針とは"));
    assert!(cell("体-1", "公開範囲").contains("市町村別：協議会まで"));
    let texts = workbook::texts(&answer.bytes);
    assert!(texts.contains("青森市") && !texts.contains("デモデータ"));
    // Its hidden columns break a rule of machine-readability; it says so itself.
    assert!(texts.contains("機械可読性に関するルール」のL1-13"));
}

#[tokio::test]
async fn last_years_answers_stand_beside_the_questions() {
    let server = Installation::demo().serve();
    let hachinohe = server.visitor("m022039").await;
    let answer = hachinohe.get("/answer/2026/workbook.xlsx").await.expect(200);
    assert!(answer.header("content-disposition").contains("shirabe-2026-022039-demo.xlsx"));
    assert!(workbook::texts(&answer.bytes).contains("デモデータ（架空の回答）"));
    let rows = workbook::rows(&answer.bytes);
    let answered =
        rows.values().filter(|row| !row["前年度の回答"].is_empty() && row["前年度の回答"] != "未回答").count();
    assert!(answered > 50, "{answered}");
    // 弘前市 has handed in: a copy to keep.
    let hirosaki = server.visitor("m022021").await;
    let page = hirosaki.get("/answer/2026/workbook").await.expect(200).page();
    assert!(
        page.text().contains("控えをダウンロードする") && !page.tags().any(|tag| tag.attribute("type") == Some("file"))
    );
    let copy = hirosaki.get("/answer/2026/workbook.xlsx").await.expect(200);
    assert!(workbook::texts(&copy.bytes).contains("控えです"));
}

#[tokio::test]
async fn only_the_municipality_itself_gets_it() {
    let server = Installation::opened().await.serve();
    for path in ["/answer/2026/workbook", "/answer/2026/workbook.xlsx"] {
        server.anonymous().get(path).await.expect(303);
        server.visitor("officer").await.get(path).await.expect(403);
        server.visitor("analyst").await.get(path).await.expect(403);
        let aomori = server.visitor("aomori").await;
        aomori.get(&path.replace("2026", "2030")).await.expect(404);
        aomori.get(&path.replace("2026", "x")).await.expect(404);
    }
}
