//! `shirabe site` and `/desk/site`: the public pages as files.

use std::collections::BTreeSet;
use std::path::Path;

use reqwest::Url;
use tests::{Installation, sha256};

use crate::publication_post::{narrow, take_back};

const LIVE: &str = "https://shirabe.example.lg.jp";

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

/// The files that are written into that folder. Every link of their pages leads to one of them or to another site.
fn written(installation: &Installation, folder: &Path) -> BTreeSet<String> {
    let output = folder.to_str().expect("a path in UTF-8");
    installation.run(&["site", "--output", output, "--public-url", LIVE]).done();
    let files = files_of(folder);
    let root = Url::parse("file:///site/").unwrap();
    let known: BTreeSet<Url> = files.iter().map(|file| root.join(file).unwrap()).collect();
    for file in files.iter().filter(|file| Path::new(file).extension().is_some_and(|extension| extension == "html")) {
        let (page, own) = (std::fs::read_to_string(folder.join(file)).unwrap(), root.join(file).unwrap());
        for link in page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let mut leads_to = own.join(link).unwrap();
            // How a table is sorted and the place within a page are no files.
            leads_to.set_query(None);
            leads_to.set_fragment(None);
            assert!(leads_to.scheme() != "file" || known.contains(&leads_to), "{file}: {link}");
        }
    }
    files
}

#[tokio::test]
async fn corrections_are_written_with_what_they_replaced_and_without_what_was_taken_back() {
    let server = Installation::demo().serve();
    let officer = server.visitor("officer").await;
    let folder = tempfile::tempdir().unwrap();
    narrow(&officer).await;
    let corrected = written(server.installation(), &folder.path().join("corrected"));
    for file in [
        "publications/2025/1/index.html",
        "publications/2025/2/manifest.json",
        "data/2025/answers.revision-1.csv",
        "data/2025/answers.revision-2.csv",
        "data/2024/answers.csv",
        "results/2024/index.html",
        "roadmap/index.html",
    ] {
        assert!(corrected.contains(file), "{file}");
    }

    // A revision that was corrected, and the only one of a year.
    take_back(&officer, 2025, "1").await.leads_to("/desk/2025/publication");
    take_back(&officer, 2024, "1").await.leads_to("/desk/2024/publication");
    let rest = written(server.installation(), &folder.path().join("rest"));
    let of_withdrawn = |file: &&String| {
        file.split('/').any(|part| part == "2024")
            || file.starts_with("publications/2025/1/")
            || file.starts_with("data/2025/") && file.contains("revision-1")
    };
    assert_eq!(rest.iter().find(of_withdrawn), None);
    assert!(rest.contains("publications/2025/2/index.html") && rest.contains("data/2025/answers.csv"));
    let history = std::fs::read_to_string(folder.path().join("rest/publications/index.html")).unwrap();
    assert!(history.contains("市町村名を広く出しすぎたため") && !history.contains("2025/1/"), "{history}");
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
