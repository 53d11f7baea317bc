//! `shirabe questionnaire`, `shirabe round`

use std::path::{Path, PathBuf};

use tests::program::{self, repository};
use tests::{Installation, Response, pyxform};

/// A copy of the FY2026 questionnaire with one text replaced in one sheet.
fn changed(folder: &Path, sheet: &str, from: &str, to: &str) -> PathBuf {
    let copy = folder.join("questionnaire");
    std::fs::create_dir_all(&copy).unwrap();
    for name in ["survey.csv", "choices.csv", "settings.csv"] {
        let text = std::fs::read_to_string(repository().join("seeds/questionnaires/2026").join(name)).unwrap();
        let text = if name == sheet { text.replacen(from, to, 1) } else { text };
        assert!(name != sheet || text.contains(to), "nothing was replaced");
        std::fs::write(copy.join(name), text).unwrap();
    }
    copy
}

fn questionnaire(installation: &Installation, verb: &str, path: &Path) -> program::Ended {
    let mut command = installation.command(&["questionnaire", verb]);
    command.arg(path);
    program::run(command, "")
}

#[test]
fn a_clean_questionnaire_ends_with_0() {
    let installation = Installation::empty();
    let said = questionnaire(&installation, "check", &repository().join("seeds/questionnaires/2026")).done();
    assert!(said.starts_with("令和8年度 DXの推進に関する市町村アンケート（2026.1）"), "{said}");
    assert_eq!(std::fs::read_dir(installation.directory()).unwrap().count(), 0, "checking needs no database");
}

#[test]
fn findings_name_sheet_line_and_column_and_end_with_1() {
    let installation = Installation::empty();
    for (sheet, from, to, place) in [
        ("survey.csv", "${org_6a} > 0", "${org_6z} > 0", "survey.csv 9行目 relevant列: "),
        ("survey.csv", "select_one plan_status", "select_one plan_statuses", "survey.csv 3行目 type列: "),
        ("survey.csv", ". >= 0 and . <= 100", ". >= 0 and and", "行目 constraint列: "),
        ("survey.csv", "end_group,organization", "end_grou,organization", "survey.csv 10行目"),
        ("choices.csv", "plan_status,2,", "plan_status,1,", "choices.csv 3行目 name列: "),
        ("settings.csv", "2026.1", "", "settings.csv 2行目 version列: "),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = changed(folder.path(), sheet, from, to);
        for verb in ["check", "import"] {
            let said = questionnaire(&installation, verb, &path).refused(1);
            assert!(said.contains(place), "{place}: {said}");
        }
    }
    assert_eq!(std::fs::read_dir(installation.directory()).unwrap().count(), 0, "nothing was imported");
}

#[test]
fn what_is_no_questionnaire_is_said_to_be_none() {
    let installation = Installation::empty();
    let junk = installation.file("junk.xlsx");
    std::fs::write(&junk, [0x50, 0x4b, 0x03, 0x04, 0xff, 0xff]).unwrap();
    for path in [installation.file("missing"), installation.directory().to_owned(), junk] {
        let said = questionnaire(&installation, "check", &path).refused(1);
        assert!(said.starts_with("エラー: ") || said.contains(".csv"), "{said}");
    }
}

#[tokio::test]
async fn next_years_questionnaire_is_imported_and_asked() {
    let installation = Installation::prepared();
    let folder = tempfile::tempdir().unwrap();
    let path = changed(folder.path(), "settings.csv", "2026.1", "2027.1");
    let round = ["round", "add", "2027", "--questionnaire", "dx_survey", "2027.1"];
    assert!(installation.run(&round).refused(1).contains("登録されていません"));
    for _ in 0..2 {
        questionnaire(&installation, "import", &path).done();
    }
    installation.run(&round).done();
    assert!(installation.run(&round).refused(1).contains("すでにあります"));
    assert!(installation.run(&["round", "add", "2028", "--prefecture", "99"]).refused(1).contains("名簿にありません"));
    assert_eq!(installation.run(&["round", "list"]).done(), "2027\t準備中\t02\n2026\t準備中\t02\n");

    // The same version with other contents would change what was asked.
    let path = changed(folder.path(), "survey.csv", "CIO（情報化統括責任者）を任命していますか。", "CIOはいますか。");
    assert!(questionnaire(&installation, "import", &path).refused(1).contains("別の内容ですでに登録されています"));

    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
    let aomori = server.visitor("aomori").await;
    aomori.get("/answer").await.leads_to("/answer/2027");
    Response::of(&aomori, "022012").put("org_1", &["1"], 0).await.problem(404);
}

#[test]
fn what_a_new_questionnaire_asks_differently_is_listed() {
    let installation = Installation::prepared();
    let same = questionnaire(&installation, "compare", &repository().join("seeds/questionnaires/2026")).done();
    assert!(same.contains("追加0問、廃止0問、変更0問"), "{same}");
    let folder = tempfile::tempdir().unwrap();
    let path = changed(folder.path(), "survey.csv", "CIO（情報化統括責任者）を任命していますか。", "CIOはいますか。");
    let listed = questionnaire(&installation, "compare", &path).done();
    assert!(listed.contains("変更1問") && listed.contains("文が変わりました（前：CIO（情報化統括責任者）"), "{listed}");
}

#[tokio::test]
async fn a_round_may_ask_the_whole_country() {
    let installation = Installation::prepared();
    installation.run(&["round", "add", "2027", "--prefecture", "all"]).done();
    installation.add_user("chiyoda", "東京都千代田区", "respondent", Some("131016"));
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let dates = [("to", "open"), ("reference_date", "2027-04-01T00:00"), ("deadline", "2099-11-30T17:00")];
    officer.post("/desk/2027/state", &dates).await.leads_to("/desk/2027");
    let responses = officer.get("/api/v1/rounds/2027/responses").await.expect(200);
    assert_eq!((responses.header("shirabe-total-count"), responses.json().as_array().unwrap().len()), ("1741", 100));
    let chiyoda = server.visitor("chiyoda").await;
    assert!(chiyoda.get("/answer/2027").await.expect(200).page().text().contains("千代田区"));
}

/// Writes the questionnaire to a new file.
fn exported(installation: &Installation, which: &[&str], name: &str) -> PathBuf {
    let path = installation.file(name);
    let output = ["questionnaire", "export", "--output", path.to_str().unwrap()];
    let said = installation.run(&[&output[..], which].concat()).done();
    assert!(said.contains("書き出しました"), "{said}");
    path
}

#[test]
fn an_exported_questionnaire_is_read_by_pyxform_and_by_us() {
    let installation = Installation::prepared();
    // Every type, a repeat, two languages, a choice filter, soft checks.
    let full = repository().join("server/src/xlsform/testdata/full");
    questionnaire(&installation, "import", &full).done();

    let latest = exported(&installation, &[], "latest.xlsx");
    assert_eq!(pyxform::converted(&latest), [""; 0]);
    let named = exported(&installation, &["--questionnaire", "full", "1"], "full.xlsx");
    let warnings = pyxform::converted(&named);
    // What pyxform says of every form with a row switched off, or with 「その他」 in two languages.
    let known =
        ["The 'disabled' column header is not part of the current spec", "This form uses or_other and translations"];
    for warning in &warnings {
        assert!(known.iter().any(|known| warning.contains(known)), "{warning}");
    }
    for path in [&latest, &named] {
        let ended = {
            let mut command = installation.command(&["questionnaire", "check"]);
            command.arg(path);
            program::run(command, "")
        };
        assert_eq!(ended.stderr, "", "{}", path.display());
        ended.done();
        // The same questionnaire: it may be imported over itself.
        questionnaire(&installation, "import", path).done();
    }
    let again = exported(&installation, &[], "again.xlsx");
    assert!(std::fs::read(again).unwrap() == std::fs::read(latest).unwrap(), "the same bytes");
}

#[test]
fn a_questionnaire_that_is_not_there_is_not_exported() {
    let installation = Installation::prepared();
    let path = installation.file("none.xlsx");
    let output = ["questionnaire", "export", "--output", path.to_str().unwrap(), "--questionnaire", "dx_survey"];
    let said = installation.run(&[&output[..], &["1999.1"]].concat()).refused(1);
    assert!(said.contains("調査票 dx_survey の版 1999.1 は登録されていません。"), "{said}");
    installation.run(&output).refused(2);
    assert!(!path.exists());
    let missing = installation.file("missing").join("out.xlsx");
    let said = installation.run(&["questionnaire", "export", "--output", missing.to_str().unwrap()]).refused(1);
    assert!(said.contains("書き込めません"), "{said}");
}
