//! `/data/exports`: files that are made while somebody watches, without scripts.

use tests::Installation;

#[tokio::test]
async fn a_file_that_is_made_is_the_download_with_its_length() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let page = public.get("/data").await.expect(200).page();
    assert!(page.text().contains("大きなファイルを作る"));
    page.form("/data/exports");
    for format in ["csv", "xlsx", "zip", "parquet", "json", "ndjson"] {
        let file = public.made("/data/exports", &[("data", "2025/answers/public"), ("format", format)]).await;
        let direct = public.get(&format!("/data/2025/answers.{format}")).await.expect(200);
        assert!(file.bytes == direct.bytes, "{format}");
        assert_eq!(file.header("content-disposition"), direct.header("content-disposition"));
    }
}

#[tokio::test]
async fn a_made_file_carries_its_proof_in_the_encoding_that_was_asked_for() {
    let installation = Installation::demo();
    let server = installation.serve();
    let public = server.anonymous();
    let fields = [("data", "2025/crosstabs/public"), ("format", "csv"), ("encoding", "cp932")];
    let refused = public.post("/data/exports", &fields).await.job();
    assert!(public.ended(&refused).await.contains("U+301C"));
    public.get(&format!("{refused}/file-metadata.json")).await.expect(404);

    let fields = [&fields[..], &[("on_unmappable", "replace")]].concat();
    let address = public.post("/data/exports", &fields).await.job();
    let said = public.ended(&address).await;
    let query = "encoding=cp932&on_unmappable=replace";
    let whole = public.get(&format!("/data/2025/crosstabs.csv?{query}")).await.expect(200);
    let direct = public.get(&format!("/data/2025/crosstabs.csv-metadata.json?{query}")).await.expect(200).json();
    drop(server);

    let server = installation.serve();
    let public = server.anonymous();
    let file = public.get(&format!("{address}/file")).await.expect(200);
    assert!(file.bytes == whole.bytes, "it survives the server's end");
    let described = format!("{address}/file-metadata.json");
    assert!(file.header("link").contains(&described), "{}", file.header("link"));
    let manifest = public.get(&described).await.expect(200).json();
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
async fn a_made_file_is_its_owners_and_holds_what_the_owner_may_see() {
    let server = Installation::demo().serve();
    let (public, analyst, officer) =
        (server.anonymous(), server.visitor("analyst").await, server.visitor("officer").await);
    let fields = [("data", "all/answers/all"), ("format", "csv")];
    let address = analyst.post("/data/exports", &fields).await.job();
    let said = analyst.ended(&address).await;
    let file = analyst.get(&format!("{address}/file")).await.expect(200);
    assert_eq!(file.bytes, analyst.get("/data/all/answers.csv?scope=all").await.expect(200).bytes);
    let manifest = analyst.get(&format!("{address}/file-metadata.json")).await.expect(200).json();
    assert!(said.contains(manifest["file"]["sha256"].as_str().expect("a hash")), "{said}");
    for other in [&public, &officer] {
        other.get(&address).await.expect(404);
        other.get(&format!("{address}/file")).await.expect(404);
        other.get(&format!("{address}/file-metadata.json")).await.expect(404);
        other.post(&format!("{address}/stop"), &[("", "")]).await.expect(404);
    }
    public.post("/data/exports", &[("data", "2025/answers/all"), ("format", "csv")]).await.expect(404);
    public.post("/data/exports", &[("data", "2025/answers"), ("format", "csv")]).await.expect(400);
    public.post("/data/exports", &[("data", "2025/answers/public"), ("format", "sav")]).await.expect(400);
    public.get("/jobs/0123").await.expect(404);
}

#[tokio::test]
async fn it_shows_its_progress_holds_up_nobody_and_leaves_no_file_when_stopped() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    // Every question of every year by every group: it takes longer than all that follows.
    let fields = [("data", "all/crosstabs/all"), ("format", "xlsx")];
    let address = analyst.post("/data/exports", &fields).await.job();
    let (mut done, mut total) = analyst.progress(&address).await;
    while done == 0 {
        (done, total) = analyst.progress(&address).await;
    }
    assert!(done < total, "{done} of {total}");
    // Others are served meanwhile.
    let other = server.anonymous().get("/data/2025/indicators.csv").await.expect(200);
    assert!(!other.bytes.is_empty());
    assert!(analyst.progress(&address).await.0 > done);
    analyst.press(&format!("{address}/stop")).await.leads_to(&address);
    let said = analyst.ended(&address).await;
    assert!(said.contains("止めました"), "{said}");
    analyst.get(&format!("{address}/file")).await.expect(404);
}
