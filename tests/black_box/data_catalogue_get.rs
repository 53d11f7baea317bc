//! `GET /data/catalog.jsonld` and `GET /data/{period}/{dataset}`: what catalogues and search engines read.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use tests::workbook::python;
use tests::{Client, Installation, Server, program::repository};

#[tokio::test]
async fn the_catalogue_names_pages_and_files_that_are_there() {
    let server = Installation::demo().serve();
    let public = server.anonymous();
    let answer = public.get("/data/catalog.jsonld").await.expect(200);
    assert_eq!(answer.header("content-type"), "application/ld+json");
    let catalog = answer.json();
    assert_eq!(catalog["@type"], "dcat:Catalog");
    let datasets = catalog["dcat:dataset"].as_array().unwrap();
    assert!(datasets.len() >= 21, "{}", datasets.len());
    let mut seen = BTreeSet::new();
    for dataset in datasets {
        assert_eq!(dataset["dct:license"]["@id"], "https://creativecommons.org/licenses/by/4.0/deed.ja");
        assert!(seen.insert(dataset["@id"].as_str().unwrap().to_owned()));
        // Of the other years there are the same files.
        let identifier = dataset["@id"].as_str().unwrap();
        let path = identifier.strip_prefix(server.address()).expect("an address of this site");
        let page = public.get(path).await.expect(200).page();
        assert!(page.text().contains(identifier), "{identifier} is said on its page");
        let newest = identifier.contains("/data/2025/") || identifier.contains("/data/all/");
        for distribution in dataset["dcat:distribution"].as_array().unwrap().iter().filter(|_| newest) {
            let address = distribution["dcat:downloadURL"]["@id"].as_str().unwrap();
            let path = address.strip_prefix(server.address()).expect("an address of this site");
            let head = public.send(public.request(reqwest::Method::HEAD, path)).await.expect(200);
            let kind = distribution["dcat:mediaType"]["@id"].as_str().unwrap();
            let kind = kind.strip_prefix("https://www.iana.org/assignments/media-types/").unwrap();
            assert!(head.header("content-type").starts_with(kind), "{address}");
        }
    }
    // Of all years it covers every one of them.
    let all = datasets.iter().find(|dataset| dataset["@id"].as_str().unwrap().ends_with("/data/all/answers")).unwrap();
    assert_eq!(all["dct:temporal"]["dcat:startDate"]["@value"], "2023-04-01");
    assert_eq!(all["dct:temporal"]["dcat:endDate"]["@value"], "2026-03-31");
    // The page carries the same for search engines.
    let structured = structured(&public, "/data").await;
    assert_eq!(structured["dataset"].as_array().unwrap().len(), datasets.len());
    assert!(
        structured["dataset"][0]["description"].as_str().unwrap().chars().count() >= 50,
        "search engines ask for it"
    );
    for dataset in structured["dataset"].as_array().unwrap() {
        assert_eq!(dataset["url"], dataset["identifier"]);
        assert_eq!(dataset["creator"]["name"], "青森県");
    }
    // And each dataset's own page.
    let own = self::structured(&public, "/data/2025/tabulations").await;
    assert_eq!((&own["@type"], &own["@context"]), (&"Dataset".into(), &"https://schema.org".into()));
    assert_eq!(own["url"], format!("{}/data/2025/tabulations", server.address()));
}

/// What a page says to search engines.
async fn structured(client: &Client, path: &str) -> serde_json::Value {
    let html = client.get(path).await.expect(200).text();
    let start = html.find("application/ld+json").expect("structured data");
    let script = &html[start..];
    let json = &script[script.find('>').unwrap() + 1..script.find("</script>").unwrap()];
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn the_catalogue_is_read_as_rdf() {
    const CONTACT: &str = "企画政策部DX推進課 017-000-0000";
    let server = Server::start(&Installation::demo(), &["--contact", CONTACT]);
    let catalog = server.anonymous().get("/data/catalog.jsonld").await.expect(200);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.jsonld");
    std::fs::write(&path, &catalog.bytes).unwrap();
    let mut command = Command::new(python());
    command.arg(repository().join("tests/readers/catalogue.py")).arg(&path).args(["青森県", CONTACT]);
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("Python (cargo xtask test): {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let datasets = catalog.json()["dcat:dataset"].as_array().unwrap().len();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), datasets.to_string());
}

#[tokio::test]
async fn a_datasets_page_says_what_its_columns_hold() {
    let server = Installation::demo().serve();
    let (public, member) = (server.anonymous(), server.visitor("councilmember").await);
    let page = public.get("/data/2025/tabulations").await.expect(200).page();
    for words in ["share_of_population", "対象に占める割合", "秘匿", "CC BY 4.0", "令和7年度（2025年度）"]
    {
        assert!(page.text().contains(words), "{words}");
    }
    for file in ["tabulations.parquet", "tabulations.csv?encoding=utf-8", "tabulations.csv?encoding=cp932"] {
        assert!(page.links().contains(&format!("/data/2025/{file}")), "{file}");
    }
    public.get("/data/2025/comparisons?scope=council").await.expect(404);
    let council = member.get("/data/2025/comparisons?scope=council").await.expect(200).page();
    assert!(council.links().contains(&"/data/2025/comparisons.csv?scope=council".to_owned()));
    let encoded = "/data/2025/comparisons.csv?scope=council&encoding=cp932".to_owned();
    assert!(council.links().contains(&encoded), "{:?}", council.links());
    assert!(!council.text().contains("CC BY 4.0"), "it is not public");
}
