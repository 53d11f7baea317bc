//! `/roadmap`, `/desk/roadmap`: the plan's measures with steps and reviews.

use tests::{Client, Installation, Table};

const ITEM: &str = "/desk/roadmap/industry-commerce-1";
const REVIEWS: &str = "/desk/roadmap/industry-commerce-1/reviews";
const IMPORT: &str = "/desk/roadmap/import";
const SAVE: &str = "/desk/roadmap/import/save";

async fn dataset(client: &Client, name: &str, query: &str) -> Table {
    let path = format!("/data/all/{name}.csv?encoding=utf-8{query}");
    Table::read(&client.get(&path).await.expect(200).text())
}

#[tokio::test]
async fn every_measure_of_the_plan_is_there_and_nothing_is_said_of_it_yet() {
    let server = Installation::prepared().serve();
    let public = server.anonymous();
    let page = public.get("/roadmap").await.expect(200).page();
    assert_eq!(page.rows().iter().filter(|row| row.len() == 7 && row[0] != "取組方針").count(), 63);
    assert!(page.text().contains("状況の記入なし") && page.text().contains("キャッシュレス"));
    assert!(page.links().iter().all(|link| !link.starts_with("/desk")));
    let items = dataset(&public, "roadmap", "").await;
    assert_eq!(items.rows.len(), 63);
    assert!(items.rows.iter().all(|row| row["steps"].is_empty() && row["visibility"] == "public"));
}

#[tokio::test]
async fn an_item_has_steps_status_and_links_and_its_history() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let mut form = officer.get(ITEM).await.expect(200).page().form(ITEM);
    form.set("steps", &["2026H1 済 <b>募集\r\n2027 評価"]);
    form.set("kpis", &["business-support-cases", "smes-engaged"]);
    officer.post(ITEM, &form.fields).await.leads_to(ITEM);
    let mut reviews = officer.get(ITEM).await.page().form(REVIEWS);
    assert_eq!(reviews.values("period").last(), Some(&"2024H1"), "latest first");
    reviews.set("status.2025H2", &["delayed"]);
    reviews.set("note.2025H2", &["人員の見直し"]);
    officer.post(REVIEWS, &reviews.fields).await.leads_to(&format!("{ITEM}#reviews"));

    let page = officer.get(ITEM).await.expect(200).page();
    assert_eq!(page.form(ITEM).values("steps"), ["2026H1 済 <b>募集\n2027 評価"]);
    assert_eq!(page.form(ITEM).values("kpis").len(), 2);
    let text = page.text();
    assert!(text.contains("令和7年度下半期の状況：（空欄） → 遅れ") && text.contains("工程：（空欄） → "), "{text}");
    let public = server.anonymous().get("/roadmap").await.expect(200).page();
    let row = public.rows().into_iter().find(|row| row.iter().any(|cell| cell == "遅れ")).expect("a row");
    assert_eq!(row[2], "令和8年度上半期 <b>募集（済）、令和9年度 評価");
    assert_eq!((row[4].as_str(), row[5].as_str()), ("令和7年度下半期", "人員の見直し"));
    assert!(row[6].contains("県内企業のデジタル化・DX支援件数"), "{row:?}");
    // A row a step, and a row a KPI.
    let steps = dataset(&server.anonymous(), "roadmap-steps", "").await;
    let own: Vec<_> = steps.rows.iter().filter(|row| row["item"] == "industry-commerce-1").collect();
    let cells = |place: usize| {
        ["step", "period", "fiscal_year", "half", "done", "content"].map(|name| own[place][name].as_str())
    };
    assert_eq!(cells(0), ["1", "2026H1", "2026", "first", "yes", "<b>募集"]);
    assert_eq!(cells(1), ["2", "2027", "2027", "", "no", "評価"]);
    let kpis = dataset(&server.anonymous(), "roadmap-kpis", "").await;
    let own = kpis.rows.iter().filter(|row| row["item"] == "industry-commerce-1").map(|row| row["kpi"].as_str());
    assert_eq!(own.collect::<Vec<_>>(), ["business-support-cases", "smes-engaged"]);
    // It leads to the survey's questions on the same area.
    let results = public.links().into_iter().find(|link| link.starts_with("/results/2025?q=")).expect("a link");
    let found = server.anonymous().get(&results).await.expect(200).page().text();
    assert!(!found.contains("当てはまる設問はありません"), "{results}");
}

#[tokio::test]
async fn what_is_for_the_prefecture_alone_is_seen_by_nobody_else() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let mut form = officer.get(ITEM).await.expect(200).page().form(ITEM);
    form.set("visibility", &["prefecture"]);
    form.set("measure", &["内部の準備"]);
    officer.post(ITEM, &form.fields).await.expect(303);
    let aomori = server.visitor("aomori").await;
    for other in [&server.anonymous(), &aomori] {
        assert!(!other.get("/roadmap").await.expect(200).page().text().contains("内部の準備"));
        for name in ["roadmap", "roadmap-reviews"] {
            let table = dataset(other, name, "").await;
            assert!(table.rows.iter().all(|row| row["item"] != "industry-commerce-1"), "{name}");
            other.get(&format!("/data/all/{name}.csv?scope=all")).await.expect(404);
        }
    }
    assert!(officer.get("/roadmap").await.page().text().contains("内部の準備（県まで）"));
    assert_eq!(dataset(&officer, "roadmap", "&scope=all").await.rows.len(), 63);
    assert_eq!(dataset(&officer, "roadmap", "").await.rows.len(), 62);
}

#[tokio::test]
async fn the_prefectures_roadmap_is_listed_wherever_files_are() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    let links = officer.get("/data").await.expect(200).page().links();
    let listed = officer.get("/api/v1/datasets?per_page=1000").await.expect(200).json();
    let rows: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one["rows"].as_str().unwrap()).collect();
    for name in ["roadmap", "roadmap-steps", "roadmap-kpis", "roadmap-reviews"] {
        assert!(links.contains(&format!("/data/all/{name}.csv?scope=all")), "{name}: {links:?}");
        assert!(rows.contains(&format!("/api/v1/datasets/{name}/all?scope=all").as_str()), "{name}");
        officer.get(&format!("/data/all/{name}?scope=all")).await.expect(200);
        public.get(&format!("/data/all/{name}?scope=all")).await.expect(404);
        let order = format!("all/{name}/all");
        officer.post("/data/exports", &[("data", order.as_str()), ("format", "csv")]).await.expect(303);
    }
    // What stands now says when it last changed.
    let dated = |listed: &serde_json::Value| {
        let dataset = |id: &str| {
            let found = listed.as_array().unwrap().iter().find(|one| one["id"] == id && one["period"] == "all");
            found.unwrap_or_else(|| panic!("{id}"))["updated"].as_str().map(str::to_owned)
        };
        ["municipalities", "kpis", "roadmap"].map(dataset)
    };
    let listed = public.get("/api/v1/datasets?per_page=1000").await.expect(200).json();
    let before = dated(&listed);
    assert!(before.iter().all(Option::is_some), "{before:?}");
    let mut form = officer.get(ITEM).await.expect(200).page().form(ITEM);
    form.set("note", &["見直し"]);
    officer.post(ITEM, &form.fields).await.expect(303);
    let after = dated(&public.get("/api/v1/datasets?per_page=1000").await.expect(200).json());
    assert!(after[2] > before[2] && after[..2] == before[..2], "{before:?} {after:?}");
    let page = public.get("/data/all/municipalities").await.expect(200).page().text();
    assert!(page.contains("更新"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_saved_stays_as_typed() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let fresh = officer.get(ITEM).await.expect(200).page();
    for (field, typed) in [("steps", "2026H1 済"), ("measure", ""), ("kpis", "no-such-row")] {
        let mut form = fresh.form(ITEM);
        form.set(field, &[typed]);
        form.set("note", &["</textarea>残る"]);
        let page = officer.post(ITEM, &form.fields).await.expect(422).page();
        assert_eq!(page.form(ITEM).values("note"), ["</textarea>残る"]);
        assert!(page.text_of(&format!("e-{field}")).starts_with('＊'), "{field}");
    }
    let mut reviews = fresh.form(REVIEWS);
    reviews.set("note.2025H1", &["長".repeat(2001).as_str()]);
    reviews.set("status.2025H2", &["done"]);
    let page = officer.post(REVIEWS, &reviews.fields).await.expect(422).page();
    assert_eq!(page.form(REVIEWS).values("status.2025H2"), ["done"]);
    assert_eq!(officer.get(ITEM).await.page().form(REVIEWS).values("status.2025H2"), [""], "all or none");

    let mut first = fresh.form(ITEM);
    first.set("note", &["先"]);
    officer.post(ITEM, &first.fields).await.expect(303);
    let mut late = fresh.form(ITEM);
    late.set("note", &["後"]);
    let page = officer.post(ITEM, &late.fields).await.expect(409).page();
    assert_eq!(page.form(ITEM).values("note"), ["後"]);
    assert_eq!(officer.get(ITEM).await.page().form(ITEM).values("note"), ["先"]);
}

#[tokio::test]
async fn saving_once_more_after_a_conflict_keeps_what_the_other_one_saved() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let seen = officer.get(ITEM).await.expect(200).page();
    let mut first = seen.form(ITEM);
    first.set("steps", &["2026H1 募集"]);
    first.set("kpis", &["smes-engaged", "business-support-cases"]);
    first.set("visibility", &["prefecture"]);
    officer.post(ITEM, &first.fields).await.expect(303);
    let mut late = seen.form(ITEM);
    late.set("note", &["後"]);
    late.set("steps", &["2027 評価"]);
    let page = officer.post(ITEM, &late.fields).await.expect(409).page();
    let again = page.form(ITEM);
    assert_eq!((again.values("note"), again.values("steps")), (vec!["後"], vec!["2027 評価"]));
    assert_eq!((again.values("kpis").len(), again.values("visibility")), (2, vec!["prefecture"]));
    assert!(page.text_of("e-steps").starts_with("＊いまの内容：2026H1 募集（"), "{}", page.text());
    officer.post(ITEM, &again.fields).await.leads_to(ITEM);
    let form = officer.get(ITEM).await.page().form(ITEM);
    assert_eq!((form.values("note"), form.values("kpis").len()), (vec!["後"], 2));
    assert_eq!(form.values("visibility"), ["prefecture"]);

    let mut first = seen.form(REVIEWS);
    first.set("status.2025H1", &["delayed"]);
    first.set("status.2025H2", &["done"]);
    officer.post(REVIEWS, &first.fields).await.expect(303);
    let mut late = seen.form(REVIEWS);
    late.set("note.2024H1", &["後"]);
    late.set("status.2025H2", &["stopped"]);
    let page = officer.post(REVIEWS, &late.fields).await.expect(409).page();
    assert_eq!(page.form(REVIEWS).values("status.2025H1"), ["delayed"]);
    assert!(page.text_of("e-review.2025H2").starts_with("＊いまの状況：完了（"), "{}", page.text());
    assert_eq!(page.text_of("e-review.2025H1"), "");
    officer.post(REVIEWS, &page.form(REVIEWS).fields).await.expect(303);
    let form = officer.get(ITEM).await.page().form(REVIEWS);
    for (field, stored) in [("status.2025H1", "delayed"), ("status.2025H2", "stopped"), ("note.2024H1", "後")] {
        assert_eq!(form.values(field), [stored], "{field}");
    }
}

#[tokio::test]
async fn a_file_of_every_measure_with_full_notes_is_taken() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let items = dataset(&officer, "roadmap", "").await;
    let note = "評".repeat(2_000);
    let mut file = "item,period,status,note\n".to_owned();
    for row in &items.rows {
        for period in ["2024H1", "2024H2", "2025H1"] {
            file.extend([row["item"].as_str(), ",", period, ",on-track,", note.as_str(), "\n"]);
        }
    }
    assert!(file.len() > 1024 * 1024, "{}", file.len());
    let page = officer.upload(IMPORT, "全部.csv", file.as_bytes()).await.expect(200).page();
    officer.post(SAVE, &page.form(SAVE).fields).await.leads_to(&format!("/desk/roadmap?saved={}", 2 * 3 * 63));
    let exported = officer.get("/data/all/roadmap-reviews.csv?scope=all&encoding=utf-8").await.expect(200).bytes;
    let page = officer.upload(IMPORT, "a.csv", &exported).await.expect(200).page();
    assert!(page.text().contains("いまの内容と同じです"), "{} bytes", exported.len());
    let page = officer.upload(IMPORT, "a.csv", "x".repeat(9 * 1024 * 1024).as_bytes()).await.expect(422).page();
    assert!(page.text().contains("8MBまで"), "{}", page.text());
}

#[tokio::test]
async fn files_go_out_and_come_back() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let items = "item,steps,visibility\nindustry-commerce-1,2026H1 準備\\n2027 評価,public\n";
    let reviews = "item,period,status,note\nindustry-commerce-1,2026H1,計画どおり,=1+1\nliving-health-1,2026H1,done,\n";
    for (text, count) in [(items, 1), (reviews, 3)] {
        let page = officer.upload(IMPORT, "f.csv", text.as_bytes()).await.expect(200).page();
        officer.post(SAVE, &page.form(SAVE).fields).await.leads_to(&format!("/desk/roadmap?saved={count}"));
    }
    let form = officer.get(ITEM).await.page();
    assert_eq!(form.form(ITEM).values("steps"), ["2026H1 準備\n2027 評価"]);
    assert_eq!(form.form(REVIEWS).values("note.2026H1"), ["=1+1"]);
    for name in ["roadmap", "roadmap-reviews"] {
        let file = officer.get(&format!("/data/all/{name}.csv?scope=all")).await.expect(200).bytes;
        let page = officer.upload(IMPORT, "a.csv", &file).await.expect(200).page();
        assert!(page.text().contains("いまの内容と同じです"), "{name}: {}", page.text());
    }
    let wrong = "item,period,status\nindustry-commerce-1,2026,done\nx,2026H1,done\nindustry-commerce-2,2026H1,順風\n";
    let said = officer.upload(IMPORT, "w.csv", wrong.as_bytes()).await.expect(422).page().text();
    for place in ["w.csv 2行目 period列", "w.csv 3行目 item列", "w.csv 4行目 status列"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert_eq!(dataset(&officer, "roadmap-reviews", "").await.rows.len(), 2);
}

#[tokio::test]
async fn only_an_officer_edits_the_roadmap() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let form = officer.get(ITEM).await.expect(200).page().form(ITEM);
    for name in ["analyst", "aomori"] {
        let other = server.visitor(name).await;
        other.get("/desk/roadmap").await.expect(403);
        other.get(ITEM).await.expect(403);
        other.post(ITEM, &form.fields).await.expect(403);
        other.post(REVIEWS, &[("period", "2026H1")]).await.expect(403);
        other.upload(IMPORT, "f.csv", b"item,note\nindustry-commerce-1,x\n").await.expect(403);
    }
    server.anonymous().post(ITEM, &form.fields).await.expect(401);
    officer.get("/desk/roadmap/no-such-item").await.expect(404);
}
