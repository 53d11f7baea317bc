//! `shirabe export`

use tests::{Installation, Response};

#[tokio::test]
async fn the_file_is_the_download() {
    let installation = Installation::demo();
    let server = installation.serve();
    let download = server.visitor("analyst").await.get("/data/2025/answers.csv?scope=all").await.expect(200).text();
    let public = server.anonymous().get("/data/2025/answers.csv").await.expect(200).text();
    // While the server runs.
    assert_eq!(installation.run(&["export", "--year", "2025"]).done(), download);
    assert_eq!(installation.run(&["export", "--year", "2025", "--audience", "public"]).done(), public);
    let output = installation.file("answers.csv");
    std::fs::write(&output, "older").unwrap();
    let said = installation.run(&["export", "--year", "2025", "--output", output.to_str().unwrap()]).done();
    assert_eq!(said, "");
    assert_eq!(std::fs::read_to_string(&output).unwrap(), download);
    // Beside it stands what is known of it, as beside the download.
    let beside = std::fs::read_to_string(installation.file("answers.csv-metadata.json")).unwrap();
    let described = server.visitor("analyst").await.get("/data/2025/answers.csv-metadata.json?scope=all").await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&beside).unwrap(), described.expect(200).json());
    let council = installation.run(&["export", "--year", "2025", "--audience", "council"]).done();
    assert!(public.len() < council.len() && council.len() < download.len());
    // Everybody's files hold what is published and nothing else, as those of the web do.
    let all = server.anonymous().get("/data/all/tabulations.csv").await.expect(200).text();
    let arguments = ["export", "--year", "all", "--dataset", "tabulations", "--audience", "public"];
    assert_eq!(installation.run(&arguments).done(), all);
    let refused = installation.run(&["export", "--year", "2026", "--audience", "public"]).refused(1);
    assert!(refused.contains("--audience prefecture"), "{refused}");
    let first = server.anonymous().get("/data/2025/answers.csv?revision=1").await.expect(200).text();
    let arguments = ["export", "--year", "2025", "--audience", "public", "--revision", "1"];
    assert_eq!(installation.run(&arguments).done(), first);
    installation.run(&["export", "--year", "2025", "--revision", "9"]).refused(1);
    installation.run(&["export", "--year", "2025", "--revision", "0"]).refused(2);
}

#[test]
fn what_cannot_be_exported_leaves_every_file_alone() {
    let installation = Installation::prepared();
    let output = installation.file("answers.csv");
    std::fs::write(&output, "older").unwrap();
    let before = names(&installation);
    let export =
        |year: &str, output: &str| installation.run(&["export", "--year", year, "--output", output]).refused(1);
    assert!(export("2030", output.to_str().unwrap()).contains("令和12年度（2030年度）の調査はありません"));
    assert!(export("2026", output.to_str().unwrap()).contains("受付を開始していない"));
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "older");
    assert_eq!(names(&installation), before);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named() {
    let installation = Installation::opened().await;
    let missing = installation.file("missing").join("answers.csv");
    let missing = missing.to_str().unwrap();
    let said = installation.run(&["export", "--year", "2026", "--output", missing]).refused(1);
    assert!(said.contains(missing) && said.contains("書き込めません"), "{said}");
    // A folder stands where the file should: the half-written file must not stay beside it.
    let folder = installation.file("folder.csv");
    std::fs::create_dir(&folder).unwrap();
    let before = names(&installation);
    installation.run(&["export", "--year", "2026", "--output", folder.to_str().unwrap()]).refused(1);
    assert_eq!(names(&installation), before);
}

fn names(installation: &Installation) -> Vec<String> {
    let entries = std::fs::read_dir(installation.directory()).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.ends_with("-shm") && !name.ends_with("-wal"));
    names.sort();
    names
}

#[tokio::test]
async fn a_round_under_way_is_exported_as_preliminary() {
    let installation = Installation::opened().await;
    let server = installation.serve();
    let aomori = server.visitor("aomori").await;
    let response = Response::of(&aomori, "022012");
    response.fill(&[("org_6a", "42")]).await;
    let before = installation.run(&["export", "--year", "2026"]).done();
    assert!(!before.contains("回答あり") && before.contains("速報（未公表）"));
    response.submit().await.expect(200);
    let after = installation.run(&["export", "--year", "2026"]).done();
    assert!(after.lines().any(|line| line.contains(",022012,青森市,org_6a,") && line.contains(",回答あり,,,42,人,,")));
}
