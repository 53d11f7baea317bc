//! `GET /answer/{year}/{section}?lang=…`, `GET /answer/{year}/check?lang=…`

use tests::program::repository;
use tests::{Installation, Server};

/// A round with a questionnaire in Japanese and English.
async fn bilingual() -> Server {
    let installation = Installation::prepared();
    let full = repository().join("server/src/xlsform/testdata/full");
    installation.run(&["questionnaire", "import", full.to_str().unwrap()]).done();
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
    assert!(check.page().links().iter().any(|link| link == "/answer/2027/check"));
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
}
