//! `/data/exports`: files that are made while somebody watches, without scripts.

use tests::{Client, Installation};

/// Orders a file and returns the address of its page.
async fn order(client: &Client, data: &str, format: &str) -> String {
    let answer = client.post("/data/exports", &[("data", data), ("format", format)]).await.expect(303);
    let address = answer.header("location").to_owned();
    assert!(address.starts_with("/data/exports/") && address.len() == "/data/exports/".len() + 32, "{address}");
    address
}

/// Asks as the page does by itself, until there is nothing to wait for.
async fn finished(client: &Client, address: &str) -> String {
    for _ in 0..200 {
        let answer = client.get(address).await.expect(200);
        if answer.header("refresh").is_empty() {
            return answer.page().text();
        }
        assert_eq!(answer.header("refresh"), "3");
        assert!(answer.page().text().contains("作成を止める"));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{address} was never finished");
}

#[tokio::test]
async fn an_ordered_file_is_the_download_with_its_length() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let page = public.get("/data").await.expect(200).page();
    assert!(page.text().contains("大きなファイルを作る"));
    page.form("/data/exports");
    for format in ["csv", "xlsx", "zip", "parquet", "json", "ndjson"] {
        let address = order(&public, "2025/answers/public", format).await;
        let said = finished(&public, &address).await;
        assert!(said.contains("ファイルができました（") && said.contains("ダウンロードする"), "{said}");
        let file = public.get(&format!("{address}/file")).await.expect(200);
        let direct = public.get(&format!("/data/2025/answers.{format}")).await.expect(200);
        assert!(file.bytes == direct.bytes, "{format}");
        assert_eq!(file.header("content-disposition"), direct.header("content-disposition"));
    }
}

#[tokio::test]
async fn an_ordered_file_carries_its_proof_in_the_encoding_that_was_asked_for() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let fields = [("data", "2025/crosstabs/public"), ("format", "csv"), ("encoding", "cp932")];
    let refused = public.post("/data/exports", &fields).await.expect(303).header("location").to_owned();
    assert!(finished(&public, &refused).await.contains("U+301C"));
    public.get(&format!("{refused}/file-metadata.json")).await.expect(404);

    let fields = [&fields[..], &[("on_unmappable", "replace")]].concat();
    let address = public.post("/data/exports", &fields).await.expect(303).header("location").to_owned();
    let said = finished(&public, &address).await;
    let file = public.get(&format!("{address}/file")).await.expect(200);
    let query = "encoding=cp932&on_unmappable=replace";
    assert!(file.bytes == public.get(&format!("/data/2025/crosstabs.csv?{query}")).await.expect(200).bytes);
    let manifest = public.get(&format!("{address}/file-metadata.json")).await.expect(200).json();
    let direct = public.get(&format!("/data/2025/crosstabs.csv-metadata.json?{query}")).await.expect(200).json();
    let sha256 = manifest["file"]["sha256"].as_str().unwrap();
    assert!(said.contains(sha256), "{said}");
    assert_eq!(file.header("etag"), format!("W/\"{sha256}\""));
    assert_eq!((&manifest["file"]["sha256"], &manifest["rounds"]), (&direct["file"]["sha256"], &direct["rounds"]));
    assert_eq!(manifest["file"]["replaced"], direct["file"]["replaced"]);
    let saved = file.header("content-disposition");
    assert!(saved.contains(manifest["file"]["name"].as_str().unwrap()), "{saved}");
    let fields = [("data", "2025/answers/public"), ("format", "csv"), ("encoding", "euc-jp")];
    public.post("/data/exports", &fields).await.expect(400);
}

#[tokio::test]
async fn an_order_is_its_owners_and_holds_what_the_owner_may_see() {
    let server = Installation::demo().serve();
    let (public, analyst, officer) =
        (server.anonymous(), server.visitor("analyst").await, server.visitor("officer").await);
    let address = order(&analyst, "all/answers/all", "csv").await;
    finished(&analyst, &address).await;
    let file = analyst.get(&format!("{address}/file")).await.expect(200);
    assert_eq!(file.bytes, analyst.get("/data/all/answers.csv?scope=all").await.expect(200).bytes);
    for other in [&public, &officer] {
        other.get(&address).await.expect(404);
        other.get(&format!("{address}/file")).await.expect(404);
        other.post(&format!("{address}/stop"), &[("", "")]).await.expect(404);
    }
    public.post("/data/exports", &[("data", "2025/answers/all"), ("format", "csv")]).await.expect(404);
    public.post("/data/exports", &[("data", "2025/answers"), ("format", "csv")]).await.expect(400);
    public.post("/data/exports", &[("data", "2025/answers/public"), ("format", "sav")]).await.expect(400);
    public.get("/data/exports/0123").await.expect(404);
}

#[tokio::test]
async fn an_order_shows_its_progress_holds_up_nobody_and_leaves_no_file_when_stopped() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    // Every question of every year by every group: it takes longer than all that follows.
    let address = order(&analyst, "all/crosstabs/all", "xlsx").await;
    let progress = async || {
        let page = analyst.get(&address).await.expect(200).page();
        let bar = page.tags().find(|tag| tag.name == "progress").map(|bar| {
            let number = |name: &str| bar.attribute(name).and_then(|text| text.parse::<u64>().ok()).expect("a number");
            (number("value"), number("max"))
        });
        (bar, page.text())
    };
    let mut seen = progress().await;
    while seen.0.is_none_or(|(done, _)| done == 0) {
        assert!(seen.1.contains("作成を止める"), "it ended before it was watched: {}", seen.1);
        seen = progress().await;
    }
    let (done, total) = seen.0.expect("a bar");
    assert!(done < total && seen.1.contains("行を書き込みました"), "{done} of {total}: {}", seen.1);
    // Others are served meanwhile.
    let other = server.anonymous().get("/data/2025/indicators.csv").await.expect(200);
    assert!(!other.bytes.is_empty());
    let (later, said) = progress().await;
    let (further, _) = later.unwrap_or_else(|| panic!("the order was made before the download: {said}"));
    assert!(further > done, "{further}");
    analyst.post(&format!("{address}/stop"), &[("", "")]).await.leads_to(&address);
    let said = finished(&analyst, &address).await;
    assert!(said.contains("作成を止めました"), "{said}");
    analyst.get(&format!("{address}/file")).await.expect(404);
}
