//! `GET /assets/{path}`: style, fonts and browser bundle, embedded in the binary.

use reqwest::Method;
use reqwest::header::ACCEPT_ENCODING;
use tests::{Installation, Page};

/// What a page names below `/assets/`.
fn named(page: &Page) -> Vec<String> {
    let hrefs = page.tags().filter(|tag| tag.name == "link").filter_map(|tag| tag.attribute("href"));
    hrefs.filter(|href| href.starts_with("/assets/")).map(str::to_owned).collect()
}

#[tokio::test]
async fn whatever_a_page_names_is_there_to_be_kept_for_ever() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let assets = named(&aomori.get("/answer/2026/industry").await.expect(200).page());
    let ending = |asset: &str| asset.rsplit('.').next().unwrap_or_default().to_owned();
    let mut kinds: Vec<String> = assets.iter().map(|asset| ending(asset)).collect();
    kinds.sort();
    assert_eq!(kinds, ["css", "css", "js", "svg", "wasm"], "was the bundle made? Run: cargo xtask test");
    for asset in assets {
        let answer = aomori.get(&asset).await.expect(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        let kind = match ending(&asset).as_str() {
            "css" => "text/css",
            "js" => "text/javascript",
            "svg" => "image/svg+xml",
            _ => "application/wasm",
        };
        assert!(answer.header("content-type").starts_with(kind), "{asset}");
        for coding in ["br", "gzip"] {
            let request = aomori.request(Method::GET, &asset).header(ACCEPT_ENCODING, coding);
            let compressed = aomori.send(request).await.expect(200);
            assert_eq!(compressed.header("content-encoding"), coding, "{asset}");
            assert!(compressed.bytes.len() < answer.bytes.len(), "{asset}");
        }
    }
}

#[tokio::test]
async fn nothing_else_can_be_had_there() {
    let server = Installation::prepared().serve();
    let visitor = server.anonymous();
    for path in ["/assets/", "/assets/..%2f..%2fCargo.toml", "/assets/%2e%2e/shirabe.db", "/assets//etc/passwd"] {
        visitor.get(path).await.expect(404);
    }
}
