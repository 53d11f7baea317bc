//! A workbook that went through other programs still loads: LibreOffice saves it anew, openpyxl stands for gateways
//! that take a file apart and put it together again.

use serde_json::json;
use tests::{Installation, Response, workbook};

const UPLOAD: &str = "/answer/2026/workbook";
const MERGE: &str = "/answer/2026/workbook/merge";

#[tokio::test]
async fn saved_by_libreoffice_before_and_after_filling() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    let outline = "一行目\n  二行目 ㈱①髙";
    for (question, values) in [
        ("org_1", &["2"][..]),
        ("org_6a", &["12"]),
        ("ind_00_1", &["1"]),
        ("ind_00_3", &["1", "9"]),
        ("num_2", &["12.5"]),
        ("free_1_outline", &[outline]),
        ("free_1_name", &["00123"]),
    ] {
        response.save(question, values).await;
    }
    let downloaded = aomori.get("/answer/2026/workbook.xlsx").await.expect(200).bytes;
    let resaved = workbook::through_libreoffice(&downloaded);
    assert_ne!(resaved, downloaded);
    let page = aomori.upload(UPLOAD, "回答.xlsx", &resaved).await.expect(200).page();
    assert!(page.text().contains("保存する違いはありません。"), "{}", page.text());

    let filled =
        workbook::edited(&resaved, &[("体-1", json!("検討中")), ("産-3［9］", json!(null)), ("体-6", json!("１３"))]);
    let filled = workbook::through_libreoffice(&filled);
    let page = aomori.upload(UPLOAD, "回答.xlsx", &filled).await.expect(200).page();
    aomori.post(MERGE, &page.form(MERGE).fields).await.leads_to("/answer/2026/workbook?saved=3");
    assert_eq!(response.answer("org_1").await["value"], json!({ "choice": "3" }));
    assert_eq!(response.answer("org_6a").await["value"], json!({ "integer": 13 }));
    assert_eq!(response.answer("ind_00_3").await["value"], json!({ "choices": ["1"] }));
    assert_eq!(response.answer("free_1_outline").await["value"], json!({ "text": outline }));
    assert_eq!(response.answer("free_1_name").await["value"], json!({ "text": "00123" }));
}

#[tokio::test]
async fn protection_and_drop_downs_outlive_libreoffice() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let downloaded = aomori.get("/answer/2026/workbook.xlsx").await.expect(200).bytes;
    let resaved = workbook::through_libreoffice(&downloaded);
    for bytes in [downloaded, resaved] {
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<sheetProtection") && sheet.contains("<dataValidation "), "{}", &sheet[..2000]);
        assert!(
            part(&bytes, "xl/styles.xml").contains("locked=\"0\"")
                || part(&bytes, "xl/styles.xml").contains("locked=\"false\"")
        );
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}
