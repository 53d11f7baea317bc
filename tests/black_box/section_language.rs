//! `GET /answer/{year}/{section}?lang=…`, `GET /answer/{year}/check?lang=…`

use serde_json::json;
use tests::program::repository;
use tests::{Installation, Server};

/// A round with a questionnaire in Japanese and English.
async fn bilingual() -> Server {
    let installation = Installation::prepared();
    let full = repository().join("server/src/xlsform/testdata/full");
    installation.run(&["questionnaire", "import", full.to_str().unwrap()]).done();
    installation.read_officially(2027, 2, "contact");
    installation.run(&["round", "add", "2027", "--questionnaire", "full", "1"]).done();
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
    server
}

#[tokio::test]
async fn the_questions_are_read_in_the_language_asked_for() {
    let server = bilingual().await;
    let aomori = server.visitor("aomori").await;
    let own = aomori.get("/answer/2027/basics").await.expect(200);
    assert!(own.page().text().contains("担当課") && !own.text().contains("Section in charge"));
    assert!(own.page().links().iter().any(|link| link == "/answer/2027/basics?lang=en"));
    let english = aomori.get("/answer/2027/basics?lang=en").await.expect(200);
    let text = english.page().text();
    for words in ["Basics", "The first section.", "Section in charge", "As many as apply", "Computer", "Please specify"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("担当課") && english.text().contains("<h1 lang=\"en\">Basics</h1>"));
    assert!(english.page().links().iter().any(|link| link == "/answer/2027/basics"));
    let check = aomori.get("/answer/2027/check?lang=en").await.expect(200);
    assert!(check.page().text().contains("Section in charge"));
    let links = check.page().links();
    for link in ["/answer/2027/check", "/answer/2027/basics?from=check&lang=en", "/answer/2027?lang=en"] {
        assert!(links.iter().any(|other| other == link), "{link}: {links:?}");
    }
    // None of its languages, and what is no language.
    for lang in ["fr", "ja", "", "%22%3E%3Cscript%3E"] {
        let same = aomori.get(&format!("/answer/2027/basics?lang={lang}")).await.expect(200);
        assert!(same.page().text().contains("担当課") && !same.text().contains("\"><script>"), "{lang}");
    }
}

#[tokio::test]
async fn saving_stays_in_the_language() {
    let server = bilingual().await;
    let aomori = server.visitor("aomori").await;
    let address = "/answer/2027/basics?lang=en";
    let mut form = aomori.get(address).await.expect(200).page().form(address);
    form.set("contact", &["Planning"]);
    form.set("staff", &["-1"]);
    form.set("then", &["next"]);
    let again = aomori.post(address, &form.fields).await.expect(422).page();
    let text = again.text();
    assert!(text.contains("0 or more.") && text.contains("Section in charge"), "{text}");
    let mut form = again.form(address);
    assert_eq!(form.values("contact"), ["Planning"]);
    form.set("staff", &["5"]);
    form.set("then", &["next"]);
    aomori.post(address, &form.fields).await.leads_to("/answer/2027/work?lang=en");
    form.set("then", &["list"]);
    aomori.post(address, &form.fields).await.leads_to("/answer/2027?lang=en");
}

#[tokio::test]
async fn every_way_to_a_section_keeps_the_language() {
    let server = bilingual().await;
    let aomori = server.visitor("aomori").await;
    for page in ["/answer/2027/basics?lang=en", "/answer/2027?lang=en"] {
        let page = aomori.get(page).await.expect(200).page();
        assert!(page.text().contains("Basics") && !page.text().contains("基本"), "{}", page.text());
        let links = page.links();
        let sections: Vec<&String> = links.iter().filter(|link| link.starts_with("/answer/2027/basics?")).collect();
        assert!(!sections.is_empty() && sections.iter().all(|link| link.ends_with("lang=en")), "{links:?}");
    }
    let list = aomori.get("/answer/2027?lang=en").await.expect(200).page();
    assert!(list.links().iter().any(|link| link == "/answer/2027/check?lang=en"), "{:?}", list.links());
    let own = aomori.get("/answer/2027").await.expect(200).page();
    assert!(own.text().contains("基本") && own.links().iter().any(|link| link == "/answer/2027?lang=en"));
}

#[tokio::test]
async fn what_is_said_of_an_answer_is_in_the_language() {
    let server = bilingual().await;
    let (aomori, colleague) = (server.visitor("aomori").await, server.visitor("aomori2").await);
    let address = "/api/v1/rounds/2027/responses/022012/answers";
    let save = |values: &str| json!({ "values": [values], "revision": 0 });
    colleague.put(&format!("{address}/area"), &save("east")).await.expect(200);
    for (lang, theirs, mine) in [("", "東", "西"), ("?lang=ja", "東", "西"), ("?lang=en", "East", "West")] {
        let problem = aomori.put(&format!("{address}/area{lang}"), &save("west")).await.problem(409);
        let conflict = &problem["conflict"];
        assert_eq!((&conflict["theirs"], &conflict["mine"]), (&json!(theirs), &json!(mine)), "{lang}");
    }
    let saved = aomori.put(&format!("{address}/staff?lang=en"), &save("-1")).await.expect(200).json();
    assert_eq!(saved["problem"], "0 or more.");
}
