//! `shirabe site` and `/desk/site.zip`: the public pages as files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tests::{Installation, Page};

const LIVE: &str = "https://shirabe.example.lg.jp";

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Where a page's links lead, without the place within the page.
fn links(html: &str) -> BTreeSet<String> {
    let page = Page::read(html);
    let links = page.tags().filter_map(|tag| tag.attribute("href").or_else(|| tag.attribute("src")));
    links.map(|link| link.split('#').next().unwrap_or_default().to_owned()).filter(|link| !link.is_empty()).collect()
}

#[test]
fn every_public_page_is_a_file_whose_links_lead_to_files_or_to_the_installation() {
    let installation = Installation::demo();
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let run = || installation.run(&["site", "--output", output.to_str().unwrap(), "--public-url", LIVE]);
    assert!(run().done().contains("個のファイルを書き出しました"));
    let mut pages = 0;
    for file in files(&output).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")) {
        let html = fs::read_to_string(&file).unwrap();
        pages += 1;
        assert!(!html.contains("<form"), "{}: nobody answers a form", file.display());
        for link in links(&html) {
            if let Some(live) = link.strip_prefix(LIVE) {
                assert!(
                    ["/login", "/api/", "/pictures/", "/compare", "/tokens"].iter().any(|part| live.starts_with(part)),
                    "{link}"
                );
            } else {
                let target = file.parent().unwrap().join(link.replace("%20", " "));
                assert!(target.is_file(), "{} leads to {link}", file.display());
            }
        }
    }
    assert!(pages > 300, "{pages} pages");
    let home = fs::read_to_string(output.join("index.html")).unwrap();
    assert!(home.contains("デモデータ（架空の回答）") && output.join("data/2025/answers.csv").is_file());
    let style =
        files(&output.join("assets")).into_iter().find(|file| file.to_string_lossy().contains("fonts-")).unwrap();
    assert!(!fs::read_to_string(style).unwrap().contains("url(/"), "fonts are found from any folder");
    assert!(run().refused(1).contains("空ではありません"));
}

#[tokio::test]
async fn an_officer_gets_them_as_one_file() {
    let server = Installation::prepared().serve();
    server.visitor("analyst").await.get("/desk/site.zip").await.expect(403);
    let zip = server.visitor("officer").await.get("/desk/site.zip").await.expect(200);
    assert_eq!(zip.header("content-type"), "application/zip");
    assert!(zip.bytes.starts_with(b"PK"));
    for name in ["shirabe/index.html", "shirabe/data/index.html", "shirabe/publications/index.html"] {
        assert!(zip.bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name}");
    }
}
