//! `GET /desk/kpi/{id}`, `POST /desk/kpi/{id}`: the plan's ledger, edited with a history.

use tests::Installation;

const ROW: &str = "/desk/kpi/copy-paper";

#[tokio::test]
async fn a_row_is_edited_with_its_history() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let mut form = officer.get(ROW).await.expect(200).page().form(ROW);
    assert_eq!(
        (form.values("label"), form.values("baseline"), form.values("revision")),
        (vec!["コピー用紙使用量"], vec![""], vec!["1"])
    );
    form.set("baseline", &["１２３　千枚"]);
    form.set("note", &["一行目\r\n<b>二行目"]);
    officer.post(ROW, &form.fields).await.leads_to("/indicators#ledger");

    let page = officer.get(ROW).await.expect(200).page();
    assert_eq!(
        (page.form(ROW).values("baseline"), page.form(ROW).values("revision")),
        (vec!["１２３　千枚"], vec!["2"])
    );
    assert_eq!(page.form(ROW).values("note"), ["一行目\n<b>二行目"]);
    let text = page.text();
    assert!(text.contains("基準値：（空欄） → １２３　千枚") && text.contains("県DX推進課 田中"), "{text}");
    assert!(server.anonymous().get("/indicators").await.page().text().contains("１２３　千枚"));
}

#[tokio::test]
async fn what_cannot_be_saved_stays_as_typed() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let fresh = officer.get(ROW).await.expect(200).page().form(ROW);
    let (long, blank) = ("長".repeat(501), String::new());
    for (field, typed) in [("label", &blank), ("source", &long)] {
        let mut form = fresh.clone();
        form.set(field, &[typed]);
        form.set("unit", &["千枚"]);
        let page = officer.post(ROW, &form.fields).await.expect(422).page();
        assert_eq!((page.form(ROW).values(field), page.form(ROW).values("unit")), (vec![typed.as_str()], vec!["千枚"]));
        assert!(page.text_of(&format!("e-{field}")).starts_with('＊'));
    }
    let mut first = fresh.clone();
    first.set("unit", &["枚"]);
    officer.post(ROW, &first.fields).await.expect(303);
    let mut late = fresh.clone();
    late.set("unit", &["箱"]);
    let page = officer.post(ROW, &late.fields).await.expect(409).page();
    assert!(page.text().contains("ほかの人が先に変更しました") && page.form(ROW).values("unit") == ["箱"]);
    assert_eq!(officer.get(ROW).await.page().form(ROW).values("unit"), ["枚"]);
}

#[tokio::test]
async fn saving_once_more_after_a_conflict_keeps_what_the_other_one_saved() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let seen = officer.get(ROW).await.expect(200).page().form(ROW);
    let changed = |fields: &[(&str, &str)]| {
        let mut form = seen.clone();
        for (field, text) in fields {
            form.set(field, &[text]);
        }
        form
    };
    let first = changed(&[("unit", "枚"), ("target_2028", "1000"), ("frequency", "yearly")]);
    officer.post(ROW, &first.fields).await.expect(303);

    let late = changed(&[("unit", "箱"), ("note", "見直し"), ("frequency", "half-yearly")]);
    let page = officer.post(ROW, &late.fields).await.expect(409).page();
    let mut again = page.form(ROW);
    assert_eq!((again.values("target_2028"), again.values("note")), (vec!["1000"], vec!["見直し"]));
    assert_eq!((again.values("unit"), again.values("frequency")), (vec!["箱"], vec!["half-yearly"]));
    assert!(page.text_of("e-unit").starts_with("＊いまの値：枚（"), "{}", page.text());
    assert!(page.text_of("e-frequency").starts_with("＊いまの値：毎年（"), "{}", page.text());
    assert_eq!((page.text_of("e-note").as_str(), page.text_of("e-target_2028").as_str()), ("", ""));
    again.set("unit", &["枚"]);
    officer.post(ROW, &again.fields).await.expect(303);
    let form = officer.get(ROW).await.page().form(ROW);
    for (field, stored) in [("unit", "枚"), ("target_2028", "1000"), ("note", "見直し"), ("frequency", "half-yearly")]
    {
        assert_eq!(form.values(field), [stored], "{field}");
    }

    // What was refused for another reason comes back just so.
    let page = officer.post(ROW, &changed(&[("label", "")]).fields).await.expect(422).page();
    assert!(page.text().contains("ほかの人が先に変更しました"), "{}", page.text());
    assert_eq!((page.form(ROW).values("label"), page.form(ROW).values("target_2028")), (vec![""], vec!["1000"]));
}

#[tokio::test]
async fn only_an_officer_edits_the_ledger() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let form = officer.get(ROW).await.expect(200).page().form(ROW);
    server.visitor("analyst").await.post(ROW, &form.fields).await.expect(403);
    server.visitor("aomori").await.post(ROW, &form.fields).await.expect(403);
    server.anonymous().post(ROW, &form.fields).await.expect(401);
    officer.post("/desk/kpi/no-such-row", &form.fields).await.expect(404);
    assert_eq!(officer.get(ROW).await.page().form(ROW).values("revision"), ["1"]);
}
