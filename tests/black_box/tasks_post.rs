//! `GET /answer/{year}/tasks`, `POST /answer/{year}/tasks`, `GET /answer/{year}/tasks/{section}`: who fills which section.

use tests::page::Form;
use tests::{Answer, Client, Installation, Response};

const TASKS: &str = "/answer/2026/tasks";

fn task<'a>(
    section: &'a str,
    revision: &'a str,
    assignee: &'a str,
    state: &'a str,
    comment: &'a str,
) -> [(&'a str, &'a str); 5] {
    [("section", section), ("revision", revision), ("assignee", assignee), ("state", state), ("comment", comment)]
}

async fn save(client: &Client, fields: &[(&str, &str)]) -> Answer {
    client.post(TASKS, fields).await
}

#[tokio::test]
async fn sections_are_handed_out_and_everybody_sees_how_far_they_are() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    save(&sato, &task("industry", "0", " 商工観光課 ", "open", "25日まで\r\n<b>")).await.leads_to(TASKS);
    Response::of(&suzuki, "022012").save("ind_00_1", &["4"]).await;

    let page = suzuki.get(TASKS).await.expect(200).page();
    let row = page.rows().into_iter().find(|row| row[0] == "産業・しごと").expect("a row");
    assert!(row[1].starts_with("商工観光課（依頼中）"), "{row:?}");
    assert!(row[2].starts_with("1/") && row[5] == "25日まで\n<b>" && row[6].starts_with("総務課 鈴木 "), "{row:?}");
    assert!(page.rows().iter().any(|row| row[0] == "合計"));
    assert!(page.tags().any(|tag| tag.name == "option" && tag.attribute("value") == Some("商工観光課")));

    // One press in the list says that a section is complete.
    let list = suzuki.get("/answer/2026").await.expect(200).page();
    assert!(list.text().contains("担当：商工観光課（依頼中）"));
    let mut done = list.form(TASKS);
    assert_eq!(done.values("section"), ["industry"]);
    done.set("state", &["done"]);
    suzuki.post(TASKS, &done.fields).await.leads_to("/answer/2026");
    assert!(sato.get("/answer/2026").await.page().text().contains("担当：商工観光課（入力済み）"));
    // A double click changes nothing, although the page shows an older revision.
    suzuki.post(TASKS, &done.fields).await.leads_to("/answer/2026");
}

#[tokio::test]
async fn colleagues_are_offered_by_name_and_each_sees_what_is_theirs() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let page = sato.get(TASKS).await.expect(200).page();
    let offered: Vec<&str> =
        page.tags().filter(|tag| tag.name == "option").filter_map(|tag| tag.attribute("value")).collect();
    assert!(offered.contains(&"企画課 佐藤") && offered.contains(&"総務課 鈴木"), "{offered:?}");
    assert!(!offered.contains(&"企画課 高橋"), "of another municipality: {offered:?}");
    // Typed by hand, with another space.
    save(&sato, &task("industry", "0", "総務課　鈴木", "open", "")).await.leads_to(TASKS);
    let own = async |client: &Client| {
        client.get("/answer/2026").await.expect(200).page().text().matches("あなたの担当です").count()
    };
    assert_eq!((own(&suzuki).await, own(&sato).await), (1, 0));
}

#[tokio::test]
async fn what_somebody_else_changed_is_shown_and_not_overwritten() {
    let server = Installation::opened().await.serve();
    let (sato, suzuki) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    save(&sato, &task("industry", "0", "商工観光課", "open", "")).await.leads_to(TASKS);
    let page = save(&suzuki, &task("industry", "0", "農林水産課", "open", "</textarea>急ぎ")).await.expect(409).page();
    let text = page.text();
    assert!(text.contains("ほかの人が先に変更しました") && text.contains("企画課 佐藤さんが"), "{text}");
    let forms = page.tags().filter(|tag| tag.name == "form" && tag.attribute("action") == Some(TASKS)).count();
    assert_eq!(forms, 8, "one a section");
    let typed = form_of(&page, "industry");
    assert_eq!((typed.values("revision"), typed.values("assignee")), (vec!["1"], vec!["農林水産課"]));
    assert_eq!(typed.values("comment"), ["</textarea>急ぎ"]);
    assert!(suzuki.get(TASKS).await.page().text().contains("商工観光課（依頼中）"), "nothing was overwritten");
    suzuki.post(TASKS, &typed.fields).await.leads_to(TASKS);
    assert!(sato.get(TASKS).await.page().text().contains("農林水産課（依頼中）"));
}

/// The fields of one section's form.
fn form_of(page: &tests::Page, section: &str) -> Form {
    let fields = page.fields_of(&format!("edit-{section}"));
    Form { action: TASKS.to_owned(), fields }
}

#[tokio::test]
async fn what_is_wrong_stays_as_typed() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let long = "課".repeat(101);
    let page = save(&aomori, &task("industry", "0", &long, "done", &"連".repeat(501))).await.expect(422).page();
    assert!(page.text_of("e-industry-assignee").contains("100文字以内"));
    assert!(page.text_of("e-industry-comment").contains("500文字以内"));
    let typed = form_of(&page, "industry");
    assert_eq!((typed.values("assignee"), typed.values("state")), (vec![long.as_str()], vec!["done"]));
    save(&aomori, &task("no_such_section", "0", "課", "open", "")).await.expect(404);
    save(&aomori, &task("industry", "0", "課", "finished", "")).await.expect(400);
    save(&aomori, &[("section", "industry")]).await.expect(400);
    assert!(!aomori.get(TASKS).await.page().text().contains("依頼中）"));
}

#[tokio::test]
async fn tasks_are_a_municipalitys_own() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    save(&aomori, &task("industry", "0", "商工観光課", "open", "内輪の話")).await.leads_to(TASKS);
    let hirosaki = server.visitor("hirosaki").await;
    let theirs = hirosaki.get(TASKS).await.expect(200).page().text();
    assert!(!theirs.contains("商工観光課") && !theirs.contains("内輪の話"));
    for name in ["officer", "analyst"] {
        let other = server.visitor(name).await;
        other.get(TASKS).await.expect(403);
        other.get(&format!("{TASKS}/industry")).await.expect(403);
        save(&other, &task("industry", "1", "x", "open", "")).await.expect(403);
    }
    // A page of 青森市, left open in a browser where 弘前市 signed in.
    let mut left_open = form_of(&aomori.get(TASKS).await.page(), "living");
    left_open.set("assignee", &["青森市の課"]);
    let refused = hirosaki.post(TASKS, &left_open.fields).await.expect(409).page();
    assert!(refused.text().contains("別の市町村の画面"));
    assert!(!hirosaki.get(TASKS).await.page().text().contains("青森市の課"));
    server.anonymous().get(TASKS).await.leads_to("/login?next=%2Fanswer%2F2026%2Ftasks");
    save(&server.anonymous(), &task("industry", "1", "x", "open", "")).await.expect(401);
    aomori.get("/answer/2025/tasks").await.expect(404);
    let desk = server.visitor("officer").await.get("/desk/2026/022012").await.expect(200).page().text();
    assert!(!desk.contains("内輪の話"));
}

#[tokio::test]
async fn a_letter_hands_a_section_to_another_office() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    save(&aomori, &task("industry", "0", "商工観光課", "open", "25日まで")).await.leads_to(TASKS);
    Response::of(&aomori, "022012").save("ind_00_1", &["4"]).await;
    let letter = aomori.get(&format!("{TASKS}/industry")).await.expect(200).page();
    let text = letter.text();
    for words in
        ["商工観光課　御中", "青森市　企画課 佐藤", "25日まで", "2099年11月30日", "産-1", "選択肢（番号を記入）"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("体-1"), "its own section only");
    assert!(letter.tags().all(|tag| tag.name != "details" && tag.name != "input"));
    aomori.get(&format!("{TASKS}/no_such_section")).await.expect(404);
}
