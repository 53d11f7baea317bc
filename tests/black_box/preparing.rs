//! `/desk/rounds/new`, `/desk/{year}/questionnaire`: the next year's round and what it asks.

use serde_json::{Value, json};
use tests::workbook::rewritten;
use tests::{Client, Installation, Page, Server};

const NEW: &str = "/desk/rounds/new";
const QUESTIONNAIRE: &str = "/desk/2027/questionnaire";
const REPLACEMENT: &str = "/desk/2027/questionnaire/replacement";
const PREVIEW: &str = "/desk/2027/questionnaire/preview/organization";

/// The round of FY2026 is open, that of FY2027 is being prepared.
async fn preparing() -> (Server, Client) {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    let form = officer.get(NEW).await.expect(200).page().form(NEW);
    officer.post(NEW, &form.fields).await.leads_to(QUESTIONNAIRE);
    (server, officer)
}

async fn workbook(officer: &Client) -> Vec<u8> {
    officer.get("/data/2027/questionnaire.xlsx").await.expect(200).bytes
}

/// A new version with a reworded, a renamed, a dropped and a new question, and another choice.
fn edited(workbook: &[u8]) -> Vec<u8> {
    let new = json!({
        "type": "integer", "name": "org_7", "number": "体-7", "concept": "organization.budget",
        "label": "担当部署の予算", "aggregate_visibility": "public", "named_visibility": "council",
    });
    let renamed = json!({ "concept": "organization.adviser", "derived_from": "organization.cio_advisor" });
    rewritten(
        workbook,
        &json!([
            { "sheet": "settings", "cells": { "version": "2027.1" } },
            { "sheet": "survey", "row": "org_2", "cells": { "label": "CIOはいますか。" } },
            { "sheet": "survey", "row": "org_3", "cells": renamed },
            { "sheet": "survey", "row": "org_4", "drop": true },
            { "sheet": "survey", "after": "org_5", "cells": new },
            { "sheet": "choices", "row": "plan_status/3", "cells": { "label": "検討している" } },
        ]),
    )
}

async fn upload(officer: &Client, workbook: &[u8], status: u16) -> Page {
    officer.upload(QUESTIONNAIRE, "q.xlsx", workbook).await.expect(status).page()
}

#[tokio::test]
async fn the_next_year_begins_with_what_the_last_one_asks() {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    assert!(officer.get("/desk/2026").await.expect(200).page().links().iter().any(|link| link == NEW));
    let page = officer.get(NEW).await.expect(200).page();
    for words in ["令和9年度（2027年度）", "dx_survey 2026.1", "DXに取り組んでいる市町村"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let form = page.form(NEW);
    for name in ["analyst", "aomori"] {
        let other = server.visitor(name).await;
        other.get(NEW).await.expect(403);
        other.post(NEW, &form.fields).await.expect(403);
    }
    server.anonymous().post(NEW, &form.fields).await.expect(401);
    officer.post(NEW, &[("year", "2030")]).await.expect(409);
    officer.post(NEW, &form.fields).await.leads_to(QUESTIONNAIRE);
    // One round is prepared at a time.
    officer.post(NEW, &form.fields).await.expect(409);
    officer.get(NEW).await.expect(409);
    assert_eq!(server.installation().run(&["round", "list"]).done(), "2027\t準備中\t02\n2026\t受付中\t02\n");
    officer.get("/desk").await.leads_to("/desk/2026");

    let text = officer.get(QUESTIONNAIRE).await.expect(200).page().text();
    assert!(text.contains("追加 0問、廃止 0問、変更 0問") && text.contains("見積りであり"), "{text}");
    let same = upload(&officer, &workbook(&officer).await, 200).await;
    assert!(same.text().contains("同じ内容です"), "{}", same.text());
}

#[tokio::test]
async fn an_edited_questionnaire_is_examined_confirmed_and_asked() {
    let (server, officer) = preparing().await;
    let page = upload(&officer, &edited(&workbook(&officer).await), 200).await;
    let text = page.text_of("differences");
    for words in [
        "追加 1問、廃止 1問、変更 3問",
        "体-7 担当部署の予算",
        "文が変わりました（前：CIO（情報化統括責任者）を任命していますか。）。",
        "選択肢「検討中」が「検討している」に変わりました。",
        "概念IDが変わります",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(page.links().iter().any(|link| link == "/desk/2026/questionnaire/preview/organization"));
    let present = async || officer.get(QUESTIONNAIRE).await.expect(200).page().text();
    assert!(present().await.contains("dx_survey 2026.1"), "nothing was taken yet");

    // What continues another question is confirmed first.
    let mut form = page.form(REPLACEMENT);
    let refused = officer.post(REPLACEMENT, &form.fields).await.expect(422).page();
    assert!(refused.text_of("e-confirmed-org_3").starts_with('＊'));
    assert!(present().await.contains("dx_survey 2026.1"));
    form.set("confirmed", &["org_3"]);
    officer.post(REPLACEMENT, &form.fields).await.leads_to("/desk/2027/questionnaire?taken=1");
    assert!(present().await.contains("dx_survey 2027.1"));
    let overtaken = officer.post(REPLACEMENT, &form.fields).await.expect(409).page();
    assert!(overtaken.text().contains("ほかの人が調査票を差し替えました"), "{}", overtaken.text());
    let audit = officer.get("/desk/audit?act=questionnaire").await.expect(200).page().text();
    assert!(audit.contains("dx_survey 2026.1") && audit.contains("dx_survey 2027.1"), "{audit}");
    assert!(audit.contains("org_3（organization.cio_advisor を引き継ぐ）"), "what was confirmed: {audit}");

    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
    let asked = server.visitor("aomori").await.get("/answer/2027/organization").await.expect(200).page().text();
    assert!(asked.contains("CIOはいますか。") && asked.contains("担当部署の予算"), "{asked}");
    // What is asked stays.
    let page = officer.get(QUESTIONNAIRE).await.expect(200).page();
    assert!(page.tags().all(|tag| tag.attribute("type") != Some("file")));
    officer.upload(QUESTIONNAIRE, "q.xlsx", b"late").await.expect(409);
    officer.post(REPLACEMENT, &form.fields).await.expect(409);
}

#[tokio::test]
async fn every_fault_is_named_by_sheet_row_and_column_and_nothing_is_taken() {
    let (_server, officer) = preparing().await;
    let present = workbook(&officer).await;
    let place = |page: &Page| -> Vec<Vec<String>> {
        let faults = page.rows().into_iter().filter(|row| row.first().is_some_and(|kind| kind == "エラー"));
        faults.map(|row| row[1..4].to_vec()).collect()
    };
    for (change, expected) in [
        (
            json!({ "sheet": "survey", "row": "org_6b", "cells": { "relevant": "${org_6z} > 0" } }),
            ["survey", "9", "relevant"],
        ),
        (json!({ "sheet": "choices", "row": "plan_status/2", "cells": { "name": "1" } }), ["choices", "3", "name"]),
        (json!({ "sheet": "settings", "cells": { "version": Value::Null } }), ["settings", "2", "version"]),
        // The version stands for what last year asked.
        (
            json!({ "sheet": "survey", "row": "org_2", "cells": { "label": "CIOはいますか。" } }),
            ["settings", "2", "version"],
        ),
    ] {
        let page = upload(&officer, &rewritten(&present, &json!([change])), 422).await;
        assert!(place(&page).iter().any(|found| *found == expected), "{expected:?}: {}", page.text());
        assert!(page.text().contains("何も変えていません"));
    }
    let large = vec![0; 11 << 20];
    for (file, said) in [
        (&b"type,name,label\n"[..], "CSVなどのテキストファイルです"),
        (b"PK\x03\x04broken", "壊れている"),
        (b"", "選ばれていない"),
        (large.as_slice(), "大きすぎます"),
    ] {
        let text = upload(&officer, file, 422).await.text();
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(workbook(&officer).await == present, "the same bytes");
    officer.post(REPLACEMENT, &[("workbook", "?"), ("replaces", "1")]).await.expect(400);
}

#[tokio::test]
async fn a_section_can_be_tried_and_nothing_is_kept() {
    let (server, officer) = preparing().await;
    let index = officer.get("/desk/2027/questionnaire/preview").await.expect(200).page();
    assert!(index.links().iter().any(|link| link == PREVIEW));
    let page = officer.get(PREVIEW).await.expect(200).page();
    let is_hidden = |page: &Page| page.tag("q-org_6b").expect("the question").attribute("hidden").is_some();
    assert!(is_hidden(&page) && page.text().contains("いまの入力では表示しない設問"), "{}", page.text());
    let mut form = page.form(PREVIEW);
    form.set("org_6a", &["３"]);
    let tried = officer.post(PREVIEW, &form.fields).await.expect(200).page();
    assert!(!is_hidden(&tried), "it depends on what was typed");
    assert!(!tried.text().contains("保存済み"), "{}", tried.text());
    form.set("org_6a", &["三人"]);
    let refused = officer.post(PREVIEW, &form.fields).await.expect(422).page();
    assert!(refused.text_of("e-org_6a").starts_with('＊'));
    assert_eq!(refused.form(PREVIEW).values("org_6a"), ["三人"]);
    assert_eq!(officer.get(PREVIEW).await.expect(200).page().form(PREVIEW).values("org_6a"), [""]);
    officer.get("/desk/2027/questionnaire/preview/no-such-section").await.expect(404);
    for path in [QUESTIONNAIRE, "/desk/2027/questionnaire/preview", PREVIEW] {
        server.visitor("aomori").await.get(path).await.expect(403);
    }
    server.visitor("aomori").await.post(PREVIEW, &form.fields).await.expect(403);
}

/// A new version without a question that the official definition reads and one that a reference reads.
fn without_what_indicators_read(workbook: &[u8]) -> Vec<u8> {
    let renamed = json!({ "concept": "engaged.living_2027", "derived_from": "engaged.living" });
    rewritten(
        workbook,
        &json!([
            { "sheet": "settings", "cells": { "version": "2027.1" } },
            { "sheet": "survey", "row": "lif_00_1", "cells": renamed },
            { "sheet": "survey", "row": "ind_01_1", "drop": true },
        ]),
    )
}

#[tokio::test]
async fn a_questionnaire_that_empties_the_official_indicator_is_told_and_not_opened() {
    let (server, officer) = preparing().await;
    let page = upload(&officer, &without_what_indicators_read(&workbook(&officer).await), 200).await;
    let text = page.text_of("differences");
    for words in [
        "公式の指標「DXに取り組んでいる市町村の割合」が読む設問がなくなります",
        "新しい版の定義を登録してください",
        "登録するまで、受付を始められません",
        "参考の指標「",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // What is not official is confirmed; the official one is nothing to confirm.
    let boxes = page.form(REPLACEMENT);
    assert!(boxes.values("confirmed_definition").is_empty(), "nothing is ticked");
    let mut form = boxes;
    form.set("confirmed", &["lif_00_1"]);
    let refused = officer.post(REPLACEMENT, &form.fields).await.expect(422).page();
    assert!(refused.text_of("e-confirmed-definition-half-of-areas").starts_with('＊'), "{}", refused.text());
    assert!(refused.tag("confirmed-definition-engaged-any").is_none());
    form.set("confirmed_definition", &["half-of-areas", "engaged-two", "engaged-all", "engaged-living"]);
    officer.post(REPLACEMENT, &form.fields).await.leads_to("/desk/2027/questionnaire?taken=1");
    let audit = officer.get("/desk/audit?act=questionnaire").await.expect(200).page().text();
    assert!(audit.contains("engaged-any（第1版は engaged.living を読めない）"), "{audit}");

    let board = officer.get("/desk/2027").await.expect(200).page();
    assert!(board.text().contains("調査票にありません"), "{}", board.text());
    assert!(board.tags().all(|tag| tag.attribute("action") != Some("/desk/2027/state")), "no way to open it");
    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    let refused = officer.post("/desk/2027/state", &dates).await.expect(409).page();
    assert!(refused.text().contains("engaged.living"), "{}", refused.text());
    server.installation().read_officially(2027, 2, "engaged.living_2027");
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
}

#[tokio::test]
async fn what_nobody_opened_last_year_is_proposed_to_be_dropped() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let listed = async |id: &str| officer.get("/desk/2026/questionnaire").await.expect(200).page().text_of(id);
    let unused = listed("unused").await;
    assert!(unused.contains("令和7年度") && unused.contains("開いた人や回数は記録しません"), "{unused}");
    // In the official definition; opened by nobody yet.
    assert!(!unused.contains("産-1 ") && unused.contains("体-1 ") && unused.contains("産-3 "), "{unused}");
    let hidden = listed("hidden").await;
    assert!(hidden.contains("要-2 ") && !hidden.contains("体-1 "), "for the prefecture alone: {hidden}");

    // The index of all questions is no use of one.
    let public = server.anonymous();
    public.get("/results/2025").await.expect(200);
    // Neither is a crawler's visit.
    let crawler = public.request(reqwest::Method::GET, "/results/2025/organization.plan");
    public.send(crawler.header("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")).await.expect(200);
    assert!(listed("unused").await.contains("体-1 "));
    public.get("/results/2025/organization.plan").await.expect(200);
    officer.get("/results/2025/trigger.industry").await.expect(200);
    let unused = listed("unused").await;
    assert!(!unused.contains("体-1 ") && !unused.contains("産-3 "), "{unused}");
}
