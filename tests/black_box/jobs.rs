//! `/jobs/{id}`: what takes long survives the server's end, shows how far it is, can be stopped and is its owner's.

use reqwest::Method;
use tests::{Answer, Client, Installation, Server};

const HEADING: &str = "ログイン名,表示名,役割,市町村,メールアドレス\n";
/// Every question of every year by every group: it takes longer than all that follows.
const LONG: [(&str, &str); 2] = [("data", "all/crosstabs/all"), ("format", "xlsx")];

fn accounts(number: usize) -> String {
    let row = |n: usize| format!("import-{n},企画課 {n},回答者,青森市,secret-{n}@example.jp\n");
    HEADING.to_owned() + &(0..number).map(row).collect::<String>()
}

async fn upload(officer: &Client, text: &str) -> String {
    officer.upload("/desk/accounts/file", "名簿.csv", text.as_bytes()).await.job()
}

/// Accounts that were added and not invited yet.
async fn added(officer: &Client) -> usize {
    let page = officer.get("/desk/accounts?standing=uninvited").await.expect(200).page();
    page.rows().len().saturating_sub(1)
}

/// Takes both places with what takes long; the addresses of these jobs.
async fn busy(analyst: &Client) -> [String; 2] {
    let jobs = [analyst.post("/data/exports", &LONG).await.job(), analyst.post("/data/exports", &LONG).await.job()];
    for job in &jobs {
        analyst.progress(job).await;
    }
    jobs
}

async fn stop(client: &Client, jobs: &[String]) {
    for job in jobs {
        client.press(&format!("{job}/stop")).await.leads_to(job);
    }
}

#[tokio::test]
async fn what_waited_and_ran_when_the_server_died_is_done_once() {
    let installation = Installation::demo();
    let server = installation.serve();
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    let exports = busy(&analyst).await;
    let import = upload(&officer, &accounts(300)).await;
    let said = officer.get(&import).await.expect(200).page().text();
    assert!(said.contains("順番を待って") && said.contains("名簿.csv"), "{said}");
    // Kills it.
    drop(server);

    let server = installation.serve();
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    assert_eq!(added(&officer).await, 0);
    // What was under way is done anew, before what came after it.
    analyst.progress(&exports[0]).await;
    stop(&analyst, &exports).await;
    assert!(officer.ended(&import).await.contains("300件のアカウントを追加しました"));
    assert_eq!(added(&officer).await, 300);
    drop(server);

    let server = installation.serve();
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    assert!(officer.ended(&import).await.contains("300件のアカウントを追加しました"));
    assert!(analyst.ended(&exports[0]).await.contains("止めました"));
    assert_eq!(added(&officer).await, 300);
    assert!(!server.log().contains("secret-") && !server.log().contains("企画課"), "{}", server.log());
}

#[tokio::test]
async fn an_import_that_dies_at_any_moment_adds_everybody_once() {
    for installation in [Installation::prepared(), Installation::prepared_on_postgres()] {
        let server = installation.serve();
        let import = upload(&server.visitor("officer").await, &accounts(1_000)).await;
        drop(server);
        let server = installation.serve();
        let officer = server.visitor("officer").await;
        assert!(officer.ended(&import).await.contains("1,000件のアカウントを追加しました"));
        assert_eq!(added(&officer).await, 1_000);
        // Again, nobody is new.
        let again = upload(&officer, &accounts(1_000)).await;
        let said = officer.ended(&again).await;
        assert!(said.contains("0件のアカウントを追加") && said.contains("登録済みの1,000件"), "{said}");
    }
}

#[tokio::test]
async fn what_became_wrong_while_it_waited_is_said_by_line_and_column() {
    let server = Installation::demo().serve();
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    let exports = busy(&analyst).await;
    let import = upload(&officer, &accounts(2)).await;
    let taken = [("login_name", "import-1"), ("display_name", "別人"), ("role", "analyst"), ("municipality", "")];
    officer.post("/desk/accounts", &taken).await.expect(303);
    stop(&analyst, &exports).await;
    let said = officer.ended(&import).await;
    assert!(said.contains("何も追加していません") && said.contains("名簿.csv 3行目 ログイン名列: "), "{said}");
    assert_eq!(added(&officer).await, 1);
}

#[tokio::test]
async fn a_job_is_stopped_before_it_is_begun_and_belongs_to_its_owner() {
    let server = Installation::demo().serve();
    let (officer, analyst) = (server.visitor("officer").await, server.visitor("analyst").await);
    let exports = busy(&analyst).await;
    let import = upload(&officer, &accounts(2)).await;
    for other in [&analyst, &server.anonymous()] {
        other.get(&import).await.expect(404);
        other.get(&format!("{import}/file")).await.expect(404);
        other.press(&format!("{import}/stop")).await.expect(404);
    }
    stop(&officer, std::slice::from_ref(&import)).await;
    assert!(officer.ended(&import).await.contains("止めました"));
    officer.get(&format!("{import}/file")).await.expect(404);
    stop(&analyst, &exports).await;
    for export in &exports {
        assert!(analyst.ended(export).await.contains("止めました"));
    }
    // There is place again.
    let next = upload(&officer, &accounts(1)).await;
    assert!(officer.ended(&next).await.contains("1件のアカウントを追加しました"));
    assert_eq!(added(&officer).await, 1);
}

#[tokio::test]
async fn a_token_has_files_made_only_where_it_reads_and_stops_nothing() {
    let server = Installation::demo().serve();
    let (officer, program) = (server.visitor("officer").await, server.anonymous());
    let (reads, reviews) = (officer.token("読む", &["read"]).await, officer.token("確認する", &["review"]).await);
    let get = async |path: &str, token: &str| program.send(program.bearing(Method::GET, path, token)).await;
    let post = async |path: &str, token: &str, fields: &[(&str, &str)]| -> Answer {
        program.send(program.bearing(Method::POST, path, token).form(fields)).await
    };
    let short = [("data", "2025/answers/all"), ("format", "csv")];
    let refused = post("/data/exports", &reviews, &short).await;
    assert_eq!(refused.problem(403)["type"], "/api/v1/problems/out-of-scope");
    let made = post("/data/exports", &reads, &short).await.job();
    assert!(officer.ended(&made).await.contains("ファイルができました"));
    get(&made, &reads).await.expect(200);
    let whole = officer.get("/data/2025/answers.csv?scope=all").await.expect(200);
    assert!(get(&format!("{made}/file"), &reads).await.expect(200).bytes == whole.bytes);
    get(&format!("{made}/file-metadata.json"), &reads).await.expect(200);
    for path in [made.clone(), format!("{made}/file"), format!("{made}/file-metadata.json")] {
        get(&path, &reviews).await.problem(403);
    }
    for path in ["/data/2025/answers.csv", "/data/2025/questionnaire.xlsx", "/data/catalog.jsonld"] {
        get(path, &reviews).await.problem(403);
    }

    let long = post("/data/exports", &reads, &LONG).await.job();
    officer.progress(&long).await;
    for token in [&reads, &reviews] {
        let refused = post(&format!("{long}/stop"), token, &[]).await;
        assert_eq!(refused.problem(403)["type"], "/api/v1/problems/not-by-token");
    }
    officer.progress(&long).await;
    stop(&officer, std::slice::from_ref(&long)).await;
    assert!(officer.ended(&long).await.contains("止めました"));
}

#[tokio::test]
async fn an_encoding_that_is_not_sure_is_chosen_on_the_page() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    officer.get("/desk/accounts").await.expect(200).page().form("/desk/accounts/file");
    let bytes: Vec<u8> = accounts(2).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refused = officer.upload("/desk/accounts/file", "名簿.txt", &bytes).await.expect(422).page().text();
    assert!(refused.contains("「文字コード」で選んで") && !refused.contains("--encoding"), "{refused}");
    let part = reqwest::multipart::Part::bytes(bytes).file_name("名簿.txt");
    let form = reqwest::multipart::Form::new().text("encoding", "utf-16le").part("file", part);
    let chosen = officer.mutation(Method::POST, "/desk/accounts/file").multipart(form);
    let import = officer.send(chosen).await.job();
    assert!(officer.ended(&import).await.contains("2件のアカウントを追加しました"));
}

#[tokio::test]
async fn nobody_has_more_than_a_few_jobs_at_once() {
    let server = Installation::demo().serve();
    let analyst = server.visitor("analyst").await;
    let mut jobs = busy(&analyst).await.to_vec();
    for _ in 0..2 {
        jobs.push(analyst.post("/data/exports", &LONG).await.job());
    }
    let refused = analyst.post("/data/exports", &LONG).await.expect(409);
    assert!(refused.page().text().contains("終わっていない処理がいくつもあります"));
    server.visitor("officer").await.post("/data/exports", &LONG).await.expect(303);
    stop(&analyst, &jobs).await;
    let other = [("data", "2025/indicators/public"), ("format", "csv")];
    analyst.post("/data/exports", &other).await.expect(303);
}

#[tokio::test]
async fn visitors_hold_up_neither_each_other_nor_accounts() {
    let installation = Installation::demo();
    let server = Server::start(&installation, &["--proxies", "1"]);
    let (public, analyst) = (server.anonymous(), server.visitor("analyst").await);
    let long = [("data", "all/crosstabs/public"), ("format", "xlsx")];
    let short = [("data", "2025/indicators/public"), ("format", "csv")];
    let from = async |address: &str, fields: &[(&str, &str)]| -> Answer {
        let asked = public.mutation(Method::POST, "/data/exports").header("x-forwarded-for", address);
        public.send(asked.form(fields)).await
    };
    let mut jobs = Vec::new();
    for _ in 0..4 {
        jobs.push(from("203.0.113.1", &long).await.job());
    }
    from("203.0.113.1", &short).await.expect(409);
    jobs.push(from("203.0.113.2", &short).await.job());
    analyst.made("/data/exports", &short).await;
    let last = public.get(&jobs[4]).await.expect(200);
    assert!(last.page().text().contains("順番を待って"), "{}", last.page().text());
    stop(&public, &jobs[..4]).await;
    assert!(public.ended(&jobs[4]).await.contains("ファイルができました"));
}

#[tokio::test]
async fn a_signal_does_not_wait_for_what_takes_long() {
    let installation = Installation::demo();
    let server = installation.serve();
    let analyst = server.visitor("analyst").await;
    let exports = busy(&analyst).await;
    assert_eq!(server.terminate().code(), Some(0));
    let server: Server = installation.serve();
    let analyst = server.visitor("analyst").await;
    analyst.progress(&exports[0]).await;
    stop(&analyst, &exports).await;
}
