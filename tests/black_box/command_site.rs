//! `shirabe site` and `/desk/site`: the public pages as files.

use tests::Installation;

#[tokio::test]
async fn an_officer_gets_them_as_one_file() {
    let server = Installation::prepared().serve();
    server.visitor("analyst").await.press("/desk/site").await.expect(403);
    let zip = server.visitor("officer").await.made("/desk/site", &[]).await;
    assert_eq!(zip.header("content-type"), "application/zip");
    assert!(zip.bytes.starts_with(b"PK"));
    for name in ["shirabe/index.html", "shirabe/data/index.html", "shirabe/publications/index.html"] {
        assert!(zip.bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name}");
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let installation = Installation::prepared();
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let output = output.to_str().unwrap();
    let run = || installation.run(&["site", "--output", output, "--public-url", "https://shirabe.example.lg.jp"]);
    assert!(run().done().contains("個のファイルを書き出しました"));
    let home = std::fs::read_to_string(format!("{output}/index.html")).unwrap();
    assert!(home.contains("href=\"https://shirabe.example.lg.jp/login\"") && !home.contains("<form"), "{home}");
    assert!(home.contains("href=\"data/index.html\""), "{home}");
    assert!(run().refused(1).contains("空ではありません"));
}
