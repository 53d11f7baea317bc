//! What every answer forbids the browser.

use std::collections::{BTreeMap, BTreeSet};

use tests::{Answer, Installation};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let server = Installation::opened().await.serve();
    let (aomori, anonymous) = (server.visitor("aomori").await, server.anonymous());
    for answer in [
        anonymous.get("/").await.expect(200),
        anonymous.get("/no-such-page").await.expect(404),
        anonymous.get("/answer").await.expect(303),
        anonymous.get("/api/v1/rounds").await.expect(200),
        anonymous.get("/api/v1/no-such-resource").await.expect(404),
        anonymous.get("/api/v1/rounds/2026/responses").await.expect(401),
        anonymous.get("/data/2026/answers.csv").await.expect(404),
        anonymous.get("/assets/no-such-file.css").await.expect(404),
        anonymous.get("/healthz").await.expect(200),
        aomori.get("/answer/2026/industry").await.expect(200),
        aomori.get("/desk").await.expect(403),
    ] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("permissions-policy"), "camera=(), microphone=(), geolocation=()");
        let policy = policy(&answer);
        for (directive, sources) in [
            ("default-src", vec!["'none'"]),
            ("style-src", vec!["'self'"]),
            ("connect-src", vec!["'self'"]),
            ("form-action", vec!["'self'"]),
            ("base-uri", vec!["'none'"]),
            ("frame-ancestors", vec!["'none'"]),
        ] {
            assert_eq!(policy[directive], sources);
        }
        let all: BTreeSet<&str> = policy.values().flatten().map(String::as_str).collect();
        let known = ["'none'", "'self'", "'wasm-unsafe-eval'", "data:"];
        let others: Vec<_> = all.into_iter().filter(|source| !known.contains(source)).collect();
        assert!(matches!(others.as_slice(), [nonce] if nonce.starts_with("'nonce-")), "{others:?}");
    }
}

fn policy(answer: &Answer) -> BTreeMap<String, Vec<String>> {
    let directives = answer.header("content-security-policy").split(';').map(|directive| {
        let mut words = directive.split_whitespace().map(str::to_owned);
        (words.next().expect("a directive"), words.collect())
    });
    directives.collect()
}

#[tokio::test]
async fn webassembly_may_run_only_where_there_is_an_island() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let may_run = |answer: &Answer| policy(answer)["script-src"].contains(&"'wasm-unsafe-eval'".to_owned());
    assert!(may_run(&aomori.get("/answer/2026/industry").await.expect(200)));
    for path in ["/", "/indicators", "/data", "/answer/2026", "/answer/2026/check", "/no-such-page"] {
        assert!(!may_run(&aomori.get(path).await), "{path}");
    }
}

#[tokio::test]
async fn a_nonce_is_used_once() {
    let server = Installation::prepared().serve();
    let visitor = server.anonymous();
    let mut nonces = BTreeSet::new();
    for _ in 0..20 {
        let answer = visitor.get("/login").await.expect(200);
        let nonce = policy(&answer)["script-src"].iter().find(|source| source.starts_with("'nonce-")).cloned();
        let nonce = nonce.expect("a nonce");
        assert!(nonce.len() >= "'nonce-'".len() + 22, "at least 128 bits: {nonce}");
        assert!(nonces.insert(nonce));
    }
}

#[tokio::test]
async fn what_only_one_person_may_see_is_not_kept_by_caches() {
    let server = Installation::opened().await.serve();
    let (aomori, analyst) = (server.visitor("aomori").await, server.visitor("analyst").await);
    for answer in [
        aomori.get("/answer/2026").await,
        aomori.get("/answer/2026/industry").await,
        aomori.get("/api/v1/rounds/2026/responses/022012").await,
        analyst.get("/data/2026/answers.csv?scope=all").await,
    ] {
        assert_eq!(answer.expect(200).header("cache-control"), "no-store");
    }
}
