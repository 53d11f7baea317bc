//! `/answer/{year}/inquiries…`, `/desk/{year}/inquiries…`, `/desk/{year}/advice`: questions between prefecture and
//! municipality.

use tests::{Client, Installation};

const NEW: &str = "/answer/2026/inquiries/new?question=ind_00_1";

async fn ask(client: &Client, path: &str, text: &str) -> String {
    let answer = client.post(path, &[("text", text)]).await.expect(303);
    answer.header("location").to_owned()
}

/// The same thread on the other side.
fn other_side(thread: &str) -> String {
    thread.replace("/answer/", "/desk/")
}

#[tokio::test]
async fn a_question_is_answered_and_settled() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let thread = ask(&aomori, NEW, "RPAは</textarea><script>含みますか。\r\n二行目").await;
    assert!(thread.starts_with("/answer/2026/inquiries/"), "{thread}");
    let page = aomori.get(&thread).await.expect(200);
    assert!(page.page().text().contains("県の回答待ち") && !page.text().contains("<script>含み"));

    let list = officer.get("/desk/2026/inquiries").await.expect(200).page();
    let row = list.rows().into_iter().find(|row| row.iter().any(|cell| cell.contains("青森市"))).expect("a row");
    assert!(row.iter().any(|cell| cell.contains("産-1")) && row.iter().any(|cell| cell.contains("県の回答待ち")));

    let desk = other_side(&thread);
    let form = officer.get(&desk).await.expect(200).page().form(&desk);
    assert_eq!(form.values("after"), ["1"]);
    officer.post(&desk, &[("after", "1"), ("text", "含みます。")]).await.leads_to(&desk);
    assert!(aomori.get(&thread).await.page().text().contains("市町村の回答待ち"));
    // What was said meanwhile must be read first; what was typed stays.
    let page = aomori.post(&thread, &[("after", "1"), ("text", "追加の質問")]).await.expect(409).page();
    assert!(page.text().contains("含みます。") && page.text().contains("追加の質問"), "{}", page.text());
    aomori.post(&thread, &[("after", "2"), ("text", ""), ("closes", "1")]).await.leads_to(&thread);
    assert!(aomori.get("/answer/2026/inquiries").await.page().text().contains("完了"));
}

#[tokio::test]
async fn the_prefecture_asks_a_municipality() {
    let server = Installation::opened().await.serve();
    let (aomori, officer) = (server.visitor("aomori").await, server.visitor("officer").await);
    let path = "/desk/2026/022012/inquiries/new?question=org_6a";
    assert!(officer.get(path).await.expect(200).page().text().contains("体-6"));
    let thread = ask(&officer, path, "人数を確認してください。").await;
    let own = thread.replace("/desk/", "/answer/");
    assert!(aomori.get(&own).await.expect(200).page().text().contains("人数を確認してください。"));
    officer.get("/desk/2026/131016/inquiries/new").await.expect(404);
    aomori.post(path, &[("text", "なりすまし")]).await.expect(403);
}

#[tokio::test]
async fn the_prefecture_asks_from_the_response_and_finds_there_what_was_asked() {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    let response = async || officer.get("/desk/2026/022012").await.expect(200).page();
    assert!(response().await.text_of("inquiries").contains("まだやりとりはありません。"));
    for (ending, about) in [("/inquiries/new", "調査票の全体"), ("/inquiries/new?question=ind_00_1", "産-1")] {
        let link = response().await.links().into_iter().find(|link| link.ends_with(ending)).expect("a way to ask");
        let page = officer.get(&link).await.expect(200).page();
        assert!(page.text().contains(about), "{about}: {}", page.text());
        let mut form = page.form(&link);
        form.set("text", &["確認してください。"]);
        let thread = officer.post(&form.action, &form.fields).await.expect(303).header("location").to_owned();
        let page = response().await;
        assert!(page.links().contains(&thread), "{thread}: {:?}", page.links());
        let row = page.rows().into_iter().find(|row| row[0].contains(about)).expect("a row");
        assert!(row[1].contains("確認してください。") && row[3] == "市町村の回答待ち", "{row:?}");
    }
    // Also after the closing, until the results are fixed.
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");
    assert!(response().await.links().iter().any(|link| link.ends_with("/inquiries/new")));
}

#[tokio::test]
async fn what_is_blank_too_long_or_about_nothing_is_refused() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    assert!(aomori.post(NEW, &[("text", "　\n")]).await.expect(422).page().text().contains("内容を入力してください。"));
    let long = "あ".repeat(2_001);
    let page = aomori.post(NEW, &[("text", long.as_str())]).await.expect(422);
    assert!(page.text().contains(&long) && page.page().text().contains("現在2001文字"));
    aomori.post("/answer/2026/inquiries/new?question=no_such", &[("text", "質問")]).await.expect(404);
    aomori.get("/answer/2026/inquiries/999").await.expect(404);
    aomori.get("/answer/2026/inquiries/x").await.expect(404);
    assert!(aomori.get("/answer/2026/inquiries").await.page().text().contains("まだやりとりはありません。"));
}

#[tokio::test]
async fn another_municipalitys_talk_does_not_exist() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let thread = ask(&aomori, NEW, "質問です。").await;
    for path in [thread.clone(), other_side(&thread)] {
        hirosaki.get(&path).await.expect(404);
        hirosaki.post(&path, &[("after", "1"), ("text", "横から")]).await.expect(404);
    }
    assert!(!hirosaki.get("/answer/2026/inquiries").await.page().text().contains("質問です。"));
    for path in ["/desk/2026/inquiries", "/desk/2026/advice"] {
        hirosaki.get(path).await.expect(403);
    }
    let analyst = server.visitor("analyst").await;
    let page = analyst.get(&other_side(&thread)).await.expect(200).page();
    assert!(page.text().contains("質問です。") && !page.text().contains("返信する"));
    analyst.post(&other_side(&thread), &[("after", "1"), ("text", "分析者から")]).await.expect(403);
}

#[tokio::test]
async fn an_answer_of_general_interest_stands_beside_the_question_for_everybody() {
    let server = Installation::opened().await.serve();
    let (aomori, hirosaki) = (server.visitor("aomori").await, server.visitor("hirosaki").await);
    let officer = server.visitor("officer").await;
    let thread = ask(&aomori, NEW, "RPAは含みますか。").await;
    let desk = other_side(&thread);
    officer.post(&desk, &[("after", "1"), ("text", "含みます。")]).await.leads_to(&desk);
    let mut draft = officer.get(&desk).await.page().form("/desk/2026/advice");
    assert_eq!((draft.values("asked"), draft.values("answer")), (vec!["RPAは含みますか。"], vec!["含みます。"]));
    assert_eq!(draft.values("question"), ["ind_00_1"]);
    draft.set("answer", &[""]);
    let page = officer.post(&draft.action, &draft.fields).await.expect(422).page();
    assert!(page.text().contains("RPAは含みますか。") && page.text().contains("内容を入力してください。"));
    draft.set("answer", &["RPAも含みます。"]);
    officer.post(&draft.action, &draft.fields).await.leads_to("/desk/2026/advice");
    assert!(hirosaki.get("/answer/2026/industry").await.page().text().contains("RPAも含みます。"));

    let withdrawal = officer.get("/desk/2026/advice").await.page();
    let action =
        withdrawal.tags().filter_map(|tag| tag.attribute("action")).find(|action| action.ends_with("withdrawal"));
    let action = action.expect("a way to withdraw it").to_owned();
    hirosaki.press(&action).await.expect(403);
    for _ in 0..2 {
        officer.press(&action).await.leads_to("/desk/2026/advice");
    }
    officer.press("/desk/2026/advice/999/withdrawal").await.expect(404);
    assert!(!hirosaki.get("/answer/2026/industry").await.page().text().contains("RPAも含みます。"));
    assert!(officer.get("/desk/2026/advice").await.page().text().contains("取り下げ済み"));
}

#[tokio::test]
async fn what_holds_for_the_whole_form_stands_where_everybody_begins() {
    let server = Installation::opened().await.serve();
    let (hirosaki, officer) = (server.visitor("hirosaki").await, server.visitor("officer").await);
    let pages = ["/answer/2026", "/answer/2026/inquiries"];
    let fields = [("question", ""), ("asked", "基準日より後の取組も含めますか。"), ("answer", "含めません。")];
    officer.post("/desk/2026/advice", &fields).await.leads_to("/desk/2026/advice");
    for path in pages {
        let text = hirosaki.get(path).await.expect(200).page().text();
        for words in ["調査票の全体のQ&A（1件）", "基準日より後の取組も含めますか。", "含めません。"]
        {
            assert!(text.contains(words), "{path} {words}: {text}");
        }
    }
    // It is about no question in particular.
    assert!(!hirosaki.get("/answer/2026/industry").await.expect(200).page().text().contains("含めません。"));

    let advice = officer.get("/desk/2026/advice").await.page();
    let action = advice.tags().filter_map(|tag| tag.attribute("action")).find(|action| action.ends_with("withdrawal"));
    officer.press(action.expect("a way to withdraw it")).await.leads_to("/desk/2026/advice");
    for path in pages {
        assert!(!hirosaki.get(path).await.expect(200).page().text().contains("含めません。"), "{path}");
    }
}
