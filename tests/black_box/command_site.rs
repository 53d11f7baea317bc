//! `shirabe site` and `/desk/site`: the public pages as files.

use std::collections::BTreeSet;
use std::path::Path;

use tests::{Installation, sha256};

/// The files of a folder, by their paths within it.
fn files_of(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn an_officer_gets_them_as_one_file() {
    let server = Installation::prepared().serve();
    server.visitor("analyst").await.press("/desk/site").await.expect(403);
    let zip = server.visitor("officer").await.made("/desk/site", &[]).await;
    assert_eq!(zip.header("content-type"), "application/zip");
    assert!(zip.bytes.starts_with(b"PK"));
    for name in
        ["shirabe/SHA256SUMS", "shirabe/index.html", "shirabe/data/index.html", "shirabe/publications/index.html"]
    {
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
    // Every file stands in the list, with the hash of what was written.
    let sums = std::fs::read_to_string(format!("{output}/SHA256SUMS")).unwrap();
    let mut listed = BTreeSet::from(["SHA256SUMS".to_owned()]);
    for line in sums.lines() {
        let (hash, path) = line.split_once("  ").expect("a hash and a path");
        assert_eq!(hash, sha256(&std::fs::read(Path::new(output).join(path)).unwrap()), "{path}");
        listed.insert(path.to_owned());
    }
    assert_eq!(listed, files_of(Path::new(output)));
}
