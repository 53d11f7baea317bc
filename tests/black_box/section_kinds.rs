//! `GET` and `POST /answer/{year}/{section}`: every kind of question, without WebAssembly.

use serde_json::{Value, json};
use tests::page::Form;
use tests::{Client, Installation, Page, Response, Server};

const SECTION: &str = "/answer/2026/all";
const SURVEY: &str = "\
type,name,number,concept,label,relevant,appearance,readonly,calculation,choice_filter,repeat_count,unit,aggregate_visibility,named_visibility,soft_constraint,soft_message,minutes,default
begin_group,all,,,全部,,,,,,,,,,,,5,
rank aim,aim,1,t.aim,目的の順,,,,,,,,public,council,,,,
acknowledge,read,2,t.read,要領を読みましたか。,,,,,,,,public,council,,,,
text,contact,2-2,t.contact,担当課,,,,,,,,public,council,,,,企画課
integer,staff,3,t.staff,職員の数,,,,,,,人,public,council,. <= 50,50人を超えています。,,
integer,cost,4,t.cost,1人あたり,,,,,,,千円,public,council,,,,
decimal,total,5,t.total,合計,,,yes,${staff} * ${cost},,,千円,public,council,,,,
select_one kind,kind,6,t.kind,区分,,,,,,,,public,council,,,,
select_one item,item,7,t.item,項目,,,,,of=${kind},,,public,council,,,,
begin_group,levels,,,段階,,table-list,,,,,,,,,,,
select_one level,one,8-1,t.one,取組1,,,,,,,,public,council,. != '0',珍しい回答です。,,
select_one level,two,8-2,t.two,取組2,,,,,,,,public,council,,,,
end_group,levels,,,,,,,,,,,,,,,,
begin_repeat,case,,,事例,,,,,,3,,,,,,,
text,title,9,t.title,名称,,,,,,,,public,council,,,,
end_repeat,case,,,,,,,,,,,,,,,,
end_group,all,,,,,,,,,,,,,,,,
";
const CHOICES: &str = "\
list_name,name,label,of
aim,a,人材,
aim,b,予算,
kind,1,市,
kind,2,町,
item,x,市の項目,1
item,y,町の項目,2
level,0,未着手,
level,1,検討中,
";
const SETTINGS: &str = "form_title,form_id,version\n試し,kinds,1\n";

/// A round that asks one question of every kind.
async fn opened() -> Server {
    let installation = Installation::empty();
    installation.run(&["migrate"]).done();
    for (name, sheet) in [("survey.csv", SURVEY), ("choices.csv", CHOICES), ("settings.csv", SETTINGS)] {
        std::fs::write(installation.file(name), sheet).unwrap();
    }
    installation.run(&["questionnaire", "import", installation.directory().to_str().unwrap()]).done();
    installation.read_officially(2026, 2, "t.kind");
    installation.run(&["round", "add", "2026", "--questionnaire", "kinds", "1"]).done();
    installation.add_user("officer", "県担当", "officer", None);
    installation.add_user("aomori", "企画課", "respondent", Some("022012"));
    let server = installation.serve();
    server.open_round().await;
    server
}

async fn open(client: &Client) -> (Page, Form) {
    let page = client.get(SECTION).await.expect(200).page();
    let mut form = page.form(SECTION);
    form.set("then", &["list"]);
    (page, form)
}

async fn value(client: &Client, question: &str) -> Value {
    Response::of(client, "022012").answer(question).await["value"].take()
}

#[tokio::test]
async fn choices_are_ranked_by_one_list_a_place() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let (page, mut form) = open(&aomori).await;
    let lists = page.tags().filter(|tag| tag.name == "select" && tag.attribute("name") == Some("aim"));
    assert_eq!(lists.count(), 2);
    form.set("aim", &["b", "a"]);
    form.set("read", &["OK"]);
    aomori.post(SECTION, &form.fields).await.leads_to("/answer/2026");
    assert_eq!(value(&aomori, "aim").await, json!({ "choices": ["b", "a"] }));
    assert_eq!(value(&aomori, "read").await, json!({ "choice": "OK" }));
    let (_, mut form) = open(&aomori).await;
    form.set("aim", &["a", "a"]);
    let page = aomori.post(SECTION, &form.fields).await.expect(422).page();
    assert!(page.text_of("e-aim").contains("「人材」を2つの順位で選んでいます"));
    assert_eq!(value(&aomori, "aim").await, json!({ "choices": ["b", "a"] }));
}

#[tokio::test]
async fn what_the_form_works_out_is_shown_and_never_taken() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let (page, mut form) = open(&aomori).await;
    assert!(page.text_of("q-total").contains('－'));
    form.set("staff", &["１２"]);
    form.set("cost", &["1,500"]);
    form.set("total", &["7"]);
    form.set("total.revision", &["0"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    let (page, _) = open(&aomori).await;
    assert!(page.text_of("q-total").contains("18,000千円"), "{}", page.text_of("q-total"));
    assert!(page.tags().all(|tag| tag.attribute("name") != Some("total")));
    Response::of(&aomori, "022012").put("total", &["7"], 0).await.problem(422);
    assert_eq!(value(&aomori, "total").await, Value::Null);
}

#[tokio::test]
async fn an_unusual_answer_is_saved_and_its_reason_asked_for_right_below() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let (page, mut form) = open(&aomori).await;
    let hidden = |page: &Page, id: &str| page.tag(id).unwrap().attribute("hidden").is_some();
    assert!(hidden(&page, "s-staff") && hidden(&page, "q-staff.reason"));
    form.set("staff", &["90"]);
    form.set("one", &["0"]);
    form.set("then", &["next"]);
    let here = format!("{SECTION}?added=staff.reason%2Cone.reason");
    aomori.post(SECTION, &form.fields).await.leads_to(&here);
    assert_eq!(value(&aomori, "staff").await, json!({ "integer": 90 }));

    let page = aomori.get(&here).await.expect(200).page();
    assert_eq!(page.text_of("s-staff"), "確認してください：50人を超えています。");
    assert!(!hidden(&page, "q-staff.reason") && !hidden(&page, "q-one.reason"));
    let order: Vec<_> = page.tags().filter_map(|tag| tag.attribute("data-question")).collect();
    let below = |question: &str| order[order.iter().position(|name| *name == question).unwrap() + 1];
    assert_eq!((below("staff"), below("one")), ("staff.reason", "one.reason"));
    assert!(page.tags().any(|tag| tag.name == "table"), "a reason does not break the table");
    let mut form = page.form(SECTION);
    form.set("staff.reason", &["委託を含むため"]);
    form.set("then", &["next"]);
    aomori.post(SECTION, &form.fields).await.leads_to("/answer/2026/check");
    assert_eq!(value(&aomori, "staff.reason").await, json!({ "text": "委託を含むため" }));
}

#[tokio::test]
async fn choices_that_other_answers_rule_out_are_out_of_sight_and_one_chosen_before_stays() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.save("kind", &["1"]).await;
    response.save("item", &["x"]).await;
    let offered = |page: &Page| {
        let labels = page.texts_of(|tag| tag.name == "label" && tag.attribute("hidden").is_none());
        ["市の項目", "町の項目"].map(|words| labels.iter().any(|label| label == words))
    };
    let (page, _) = open(&aomori).await;
    assert_eq!(offered(&page), [true, false]);
    response.save("kind", &["2"]).await;
    let (page, form) = open(&aomori).await;
    assert_eq!(offered(&page), [true, true]);
    assert_eq!(form.values("item"), ["x"]);
    assert_eq!(page.text_of("e-item"), "＊ほかの回答と合わない選択肢です。選び直してください。");
}

#[tokio::test]
async fn a_repeated_group_gets_one_more_time_without_scripts() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let folded = |page: &Page| page.texts_of(|tag| tag.attribute("class") == Some("repeat-more")).len();
    let (page, mut form) = open(&aomori).await;
    assert!(page.text().contains("事例 1件目") && page.text().contains("もう1件追加する（2件目）"));
    assert_eq!(folded(&page), 2);
    form.set("title.2", &["窓口"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(value(&aomori, "title.2").await, json!({ "text": "窓口" }));
    let (page, form) = open(&aomori).await;
    assert_eq!((folded(&page), form.values("title.2")), (1, vec!["窓口"]));
}

#[tokio::test]
async fn a_level_of_a_table_can_be_taken_back() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    Response::of(&aomori, "022012").save("two", &["1"]).await;
    let (page, mut form) = open(&aomori).await;
    let back = page.tag("f-two-").expect("a way to take it back");
    assert_eq!((back.attribute("type"), back.attribute("value")), (Some("radio"), Some("")));
    form.set("two", &[""]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(value(&aomori, "two").await, Value::Null);
}

#[tokio::test]
async fn a_default_that_is_cleared_does_not_stand_there_again() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let (_, mut form) = open(&aomori).await;
    assert_eq!(form.values("contact"), ["企画課"]);
    form.set("contact", &[""]);
    aomori.post(SECTION, &form.fields).await.leads_to("/answer/2026");
    let stored = response.answer("contact").await;
    assert_eq!((&stored["value"], &stored["revision"]), (&Value::Null, &json!(1)));
    let (_, form) = open(&aomori).await;
    assert_eq!(form.values("contact"), [""]);
    let check = aomori.get("/answer/2026/check").await.expect(200).page();
    assert!(!check.text_of("a-contact").contains("企画課"), "{}", check.text_of("a-contact"));
}

#[tokio::test]
async fn a_default_is_cleared_through_the_api_and_a_blank_is_not_stored() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    assert_eq!(response.put("read", &[], 0).await.expect(200).json()["revision"], 0);
    assert_eq!(response.put("contact", &[], 0).await.expect(200).json()["revision"], 1);
    let answers = response.get().await["answers"].take();
    assert_eq!(answers.as_array().unwrap().len(), 1, "{answers}");
    let (_, form) = open(&aomori).await;
    assert_eq!(form.values("contact"), [""]);
}

#[tokio::test]
async fn a_default_that_nobody_touched_is_not_in_the_way_of_a_colleagues_answer() {
    let server = opened().await;
    let aomori = server.visitor("aomori").await;
    let (_, mut form) = open(&aomori).await;
    Response::of(&aomori, "022012").save("contact", &["総務課"]).await;
    form.set("staff", &["3"]);
    aomori.post(SECTION, &form.fields).await.expect(303);
    assert_eq!(value(&aomori, "contact").await, json!({ "text": "総務課" }));
    assert_eq!(value(&aomori, "staff").await, json!({ "integer": 3 }));
}
