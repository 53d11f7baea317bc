//! `/desk/{year}/publication` and `/publications`: what is disclosed, corrections, withdrawals, previews.

use tests::{Answer, Client, Installation, Page, Response, Table, sha256};

const PAGE: &str = "/desk/2025/publication";
const QUESTION: &str = "ind_00_1";
/// 弘前市
const CODE: &str = "022021";

async fn reopen(officer: &Client, reason: &str) -> Answer {
    officer.post("/desk/2025/publication/reopening", &[("reason", reason)]).await
}

async fn step(officer: &Client, to: &str, reason: &str) -> Answer {
    officer.post("/desk/2025/state", &[("to", to), ("reason", reason)]).await
}

/// Where the round of FY2025 stands.
async fn state(officer: &Client) -> String {
    let rounds = officer.get("/api/v1/rounds").await.expect(200).json();
    let round = rounds.as_array().unwrap().iter().find(|round| round["year"] == 2025).expect("the round");
    round["state"].as_str().expect("its state").to_owned()
}

/// Publishes a second revision of FY2025, in which the answers to [`QUESTION`] by municipality are for the council.
pub async fn narrow(officer: &Client) {
    let mut form = officer.get(PAGE).await.expect(200).page().form(PAGE);
    form.set(&format!("named.{QUESTION}"), &["council"]);
    officer.post(PAGE, &form.fields).await.leads_to(PAGE);
    reopen(officer, "公開範囲の変更").await.leads_to(PAGE);
    step(officer, "finalized", "").await.leads_to("/desk/2025");
    step(officer, "published", "産-1の市町村別の値を協議会までとしました。").await.leads_to("/desk/2025");
}

/// Takes a revision back.
pub async fn take_back(officer: &Client, year: u16, revision: &str) -> Answer {
    let fields = [("revision", revision), ("reason", "市町村名を広く出しすぎたため")];
    officer.post(&format!("/desk/{year}/publication/withdrawal"), &fields).await
}

/// The value that the public file of that address has for the question.
async fn published(client: &Client, address: &str) -> String {
    let table = Table::read(client.get(address).await.expect(200).text().trim_start_matches('\u{feff}'));
    let cells = table.cells(CODE, QUESTION);
    cells.first().map(|cell| cell["choice"].clone()).unwrap_or_default()
}

#[tokio::test]
async fn a_correction_is_a_revision_of_its_own_and_both_stay_readable() {
    let server = Installation::demo().serve();
    let (officer, hirosaki, public) =
        (server.visitor("officer").await, server.visitor("m022021").await, server.anonymous());
    let before = published(&public, "/data/2025/answers.csv").await;
    assert_eq!(before, "1");
    let after = "4";

    let counted = public.get("/data/2025/tabulations.csv").await.expect(200).bytes;

    let page = reopen(&officer, "  ").await.expect(422).page();
    assert!(page.text().contains("理由を入力してください。"), "{}", page.text());
    reopen(&officer, "弘前市の回答の訂正").await.leads_to(PAGE);
    reopen(&officer, "もう一度").await.expect(409);
    assert_eq!(published(&public, "/data/2025/answers.csv").await, before, "what is published stands");

    let (theirs, own) = (Response::of_year(&officer, 2025, CODE), Response::of_year(&hirosaki, 2025, CODE));
    theirs.give_back("", &[(QUESTION, "根拠と違います。")]).await.expect(204);
    own.save(QUESTION, &[after]).await;
    // Who does not act says why.
    own.save("ind_00_4", &["1"]).await;
    own.submit().await.expect(200);
    theirs.accept().await.expect(204);
    step(&officer, "finalized", "").await.leads_to("/desk/2025");
    step(&officer, "published", "").await.expect(422);
    assert_eq!(published(&public, "/data/2025/answers.csv").await, before, "nothing is half published");
    step(&officer, "published", "弘前市の回答を訂正しました。").await.leads_to("/desk/2025");

    assert_eq!(published(&public, "/data/2025/answers.csv").await, after);
    assert_eq!(published(&public, "/data/2025/answers.csv?revision=1").await, before);
    assert_eq!(published(&public, "/data/2025/answers.csv?revision=2").await, after);
    public.get("/data/2025/answers.csv?revision=3").await.expect(404);
    // Counted anew from what is kept of it, the first revision is to the byte what it was as the current one.
    assert!(public.get("/data/2025/tabulations.csv").await.expect(200).bytes != counted);
    assert!(public.get("/data/2025/tabulations.csv?revision=1").await.expect(200).bytes == counted);
    public.get("/data/all/answers.csv?revision=1").await.expect(404);
    let history = public.get("/publications").await.expect(200).page().text();
    for words in ["第2版", "弘前市の回答を訂正しました。", "公表中", "訂正版に置き換え"] {
        assert!(history.contains(words), "{words}: {history}");
    }
    let corrected = public.get("/publications/2025/2").await.expect(200).page().text();
    assert!(corrected.contains("前の版からの訂正") && corrected.contains("弘前市"), "{corrected}");
    // Programs read the same.
    let revisions = public.get("/api/v1/publications").await.expect(200).json();
    let of_revision = |revision: u64| {
        let all = revisions.as_array().unwrap().iter();
        all.clone().find(|one| one["year"] == 2025 && one["revision"] == revision).expect("the revision").clone()
    };
    assert_eq!((&of_revision(2)["current"], &of_revision(1)["current"]), (&true.into(), &false.into()));
    assert_eq!(of_revision(2)["reason"], "弘前市の回答を訂正しました。");
    let second = public.get("/api/v1/publications/2025/2").await.expect(200).json();
    assert_eq!(second["revision"], of_revision(2));
    let answers = public.get("/api/v1/publications/2025/2/corrections").await.expect(200).json();
    assert_eq!(second["corrected"]["answers"].as_u64(), Some(answers.as_array().unwrap().len() as u64));
    let changed = answers.as_array().unwrap().iter().find(|one| one["question"] == QUESTION).expect("the answer");
    assert_eq!((&changed["code"], &changed["before"]["state"]), (&CODE.into(), &"value".into()));
    assert_ne!(changed["before"]["words"], changed["after"]["words"]);
    let oldest = public.get("/api/v1/publications/2025/1").await.expect(200).json();
    assert!(oldest["corrected"].is_null() && !oldest["figures"].as_array().unwrap().is_empty());
    let first = public.get("/publications/2025/1").await.expect(200).page().text();
    assert!(!first.contains("前の版からの訂正"), "{first}");
    let results = public.get("/results/2025").await.expect(200);
    assert!(!results.text().contains("速報"));
    let source = public.get("/").await.expect(200).page().text();
    assert!(source.contains("第2版"), "{source}");
    assert!(server.installation().run(&["indicator", "verify"]).done().contains("第2版"));
}

#[tokio::test]
async fn a_manifest_names_every_public_file_with_its_hash() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    let address = "/publications/2025/1/manifest.json";
    assert!(public.get("/publications/2025/1").await.expect(200).page().links().contains(&address.to_owned()));
    let manifest = public.get(address).await.expect(200).json();
    let published = public.get("/api/v1/publications/2025/1").await.expect(200).json();
    assert_eq!(manifest["snapshot"]["sha256"], published["revision"]["sha256"]);
    assert!(manifest["year"] == 2025 && manifest["revision"] == 1, "{manifest}");
    assert!(manifest["questionnaire"]["version"].is_string() && manifest["definitions"][0]["version"].is_u64());
    let files = manifest["files"].as_array().expect("files");
    let names: Vec<&str> = files.iter().filter_map(|file| file["name"].as_str()).collect();
    for name in ["answers.csv", "answers.xlsx", "tabulations.csv"] {
        assert!(names.contains(&name), "{names:?}");
    }
    for file in files {
        let path = file["url"].as_str().and_then(|url| url.strip_prefix(server.address())).expect("of this site");
        let bytes = public.get(path).await.expect(200).bytes;
        assert!(file["bytes"] == bytes.len() && file["sha256"] == sha256(&bytes), "{path}: {file}");
    }
    let withdrawal = [("revision", "1"), ("reason", "誤り")];
    officer.post("/desk/2025/publication/withdrawal", &withdrawal).await.leads_to(PAGE);
    public.get(address).await.expect(404);
    assert_eq!(officer.get(address).await.expect(200).json()["files"], serde_json::json!([]));
}

#[tokio::test]
async fn what_was_taken_back_nobody_sees_but_its_reason() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    let withdraw = async |revision: &str, reason: &str| {
        officer.post("/desk/2025/publication/withdrawal", &[("revision", revision), ("reason", reason)]).await
    };
    withdraw("1", "").await.expect(422);
    withdraw("2", "誤り").await.expect(409);
    public.get("/results/2025").await.expect(200);
    withdraw("1", "集計に誤りがあったため").await.leads_to(PAGE);
    withdraw("1", "もう一度").await.expect(409);

    public.get("/data/2025/answers.csv").await.expect(404);
    public.get("/data/2025/answers.csv?revision=1").await.expect(404);
    public.get("/api/v1/rounds/2025/indicators").await.expect(404);
    public.get("/publications/2025/1").await.expect(404);
    assert!(public.get("/results/2025").await.expect(404).page().text().contains("令和6年度"));
    assert!(public.get("/").await.expect(200).page().text().contains("令和6年度"));
    let history = public.get("/publications").await.expect(200).page().text();
    assert!(history.contains("取下げ（集計に誤りがあったため）"), "{history}");
    officer.get("/publications/2025/1").await.expect(200);
    public.get("/api/v1/publications/2025/1").await.problem(404);
    officer.get("/api/v1/publications/2025/1").await.expect(200);
    let listed = public.get("/api/v1/publications").await.expect(200).json();
    assert_eq!(listed[0]["withdrawn"]["reason"], "集計に誤りがあったため");

    step(&officer, "published", "集計の誤りを直しました。").await.leads_to("/desk/2025");
    public.get("/data/2025/answers.csv").await.expect(200);
    assert!(public.get("/publications").await.page().text().contains("第2版"));
}

#[tokio::test]
async fn a_revision_that_was_corrected_is_taken_back_and_the_correction_stays() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    narrow(&officer).await;
    let names = "/data/2025/answers.csv?revision=1";
    assert_ne!(published(&public, names).await, "", "they are still there");
    let form = officer.get(PAGE).await.expect(200).page().form("/desk/2025/publication/withdrawal");
    assert_eq!(form.values("revision"), ["2"], "first of all the current one");
    take_back(&officer, 2025, "1").await.leads_to(PAGE);
    take_back(&officer, 2025, "1").await.expect(409);
    take_back(&officer, 2025, "3").await.expect(409);

    for address in [
        names,
        "/data/2025/answers.csv-metadata.json?revision=1",
        "/data/2025/tabulations.csv?revision=1",
        "/publications/2025/1",
        "/publications/2025/1/manifest.json",
    ] {
        public.get(address).await.expect(404);
    }
    for address in ["/api/v1/publications/2025/1", "/api/v1/publications/2025/1/corrections"] {
        public.get(address).await.problem(404);
    }
    let member = server.visitor("councilmember").await;
    member.get("/data/2025/answers.csv?revision=1&scope=council").await.expect(404);
    officer.get("/data/2025/answers.csv?revision=1&scope=all").await.expect(404);
    assert!(!public.get("/publications/2025/2").await.expect(200).page().text().contains("前の版からの訂正"));

    // What everybody sees stays, and nothing leads to what is gone.
    for address in ["/data/2025/answers.csv", "/data/2025/answers.csv?revision=2", "/api/v1/publications/2025/2"] {
        public.get(address).await.expect(200);
    }
    assert!(!public.get("/results/2025").await.expect(200).text().contains("速報"));
    assert_eq!(state(&officer).await, "published");
    let history = public.get("/publications").await.expect(200).page();
    let leads_to = |page: &Page, revision: u8| page.links().contains(&format!("/publications/2025/{revision}"));
    assert!(leads_to(&history, 2) && !leads_to(&history, 1), "{:?}", history.links());
    assert!(history.text().contains("取下げ（市町村名を広く出しすぎたため）"), "{}", history.text());
    assert!(leads_to(&officer.get(PAGE).await.expect(200).page(), 1), "officers keep it");
    officer.get("/publications/2025/1").await.expect(200);
    let audit = officer.get("/desk/audit?act=withdrawal").await.expect(200).page().text();
    assert!(audit.contains("市町村名を広く出しすぎたため"), "{audit}");
}

#[tokio::test]
async fn without_the_correction_the_revision_before_is_no_current_one() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    narrow(&officer).await;
    take_back(&officer, 2025, "2").await.leads_to(PAGE);
    assert_eq!(state(&officer).await, "finalized");
    public.get("/data/2025/answers.csv").await.expect(404);
    public.get("/results/2025").await.expect(404);
    public.get("/data/2025/answers.csv?revision=1").await.expect(200);
    let first = public.get("/publications/2025/1").await.expect(200).page().text();
    assert!(first.contains("以前の版（公表中の版はありません）"), "{first}");
    let history = public.get("/publications").await.expect(200).page().text();
    assert!(!history.contains("訂正版に置き換え"), "{history}");
    let listed = public.get("/api/v1/publications").await.expect(200).json();
    let of_year = listed.as_array().unwrap().iter().filter(|one| one["year"] == 2025);
    assert!(of_year.clone().count() == 2 && of_year.clone().all(|one| one["current"] == false), "{listed}");
}

#[tokio::test]
async fn what_a_correction_would_leave_out_is_named_before_the_results_are_final() {
    let server = Installation::demo().serve();
    let (officer, hirosaki) = (server.visitor("officer").await, server.visitor("m022021").await);
    reopen(&officer, "弘前市の回答の訂正").await.leads_to(PAGE);
    Response::of_year(&officer, 2025, CODE).give_back("", &[(QUESTION, "根拠と違います。")]).await.expect(204);
    let desk = officer.get("/desk/2025").await.expect(200).page();
    let warning = "提出し直されていない回答が1件あります：弘前市（差戻し）";
    assert!(desk.text().contains(warning), "{}", desk.text());
    assert!(desk.links().contains(&"/desk/2025/report".to_owned()), "what is published has its report");

    let own = Response::of_year(&hirosaki, 2025, CODE);
    own.save(QUESTION, &["4"]).await;
    own.save("ind_00_4", &["1"]).await;
    own.submit().await.expect(200);
    let refused = step(&officer, "finalized", "").await.expect(409).page().text();
    assert!(refused.contains("提出済みで受理していない回答が1件あります"), "{refused}");
    assert_eq!(state(&officer).await, "closed");
}

#[tokio::test]
async fn what_is_disclosed_is_narrowed_for_the_next_revision_and_never_widened() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    let mut form = officer.get(PAGE).await.expect(200).page().form(PAGE);
    let named = format!("named.{QUESTION}");
    assert_eq!((form.values("groups"), form.values("whole")), (vec!["3"], vec!["0"]));

    form.set("groups", &["百"]);
    let refused = officer.post(PAGE, &form.fields).await.expect(422).page();
    assert_eq!(refused.form(PAGE).values("groups"), ["百"]);
    form.set("groups", &["５"]);
    form.set(&named, &["council"]);
    form.set(&format!("aggregate.{QUESTION}"), &["prefecture"]);
    let refused = officer.post(PAGE, &form.fields).await.expect(422).page();
    assert!(refused.text().contains("集計値の範囲より広くできません"), "{}", refused.text());
    form.set(&format!("aggregate.{QUESTION}"), &["public"]);
    officer.post(PAGE, &form.fields).await.leads_to(PAGE);
    // The same page once more in another window.
    form.set(&named, &["prefecture"]);
    officer.post(PAGE, &form.fields).await.expect(409);
    assert_ne!(published(&public, "/data/2025/answers.csv").await, "", "what is published stands");

    reopen(&officer, "公開範囲の変更").await.leads_to(PAGE);
    step(&officer, "finalized", "").await.leads_to("/desk/2025");
    step(&officer, "published", "産-1の市町村別の値を協議会までとしました。").await.leads_to("/desk/2025");
    assert_eq!(published(&public, "/data/2025/answers.csv").await, "", "no row for the public");
    assert_ne!(published(&officer, "/data/2025/answers.csv?scope=all").await, "");
    assert_ne!(published(&public, "/data/2024/answers.csv").await, "", "other years stay");
}

#[tokio::test]
async fn a_preview_shows_what_others_would_see_and_changes_nothing() {
    let server = Installation::demo().serve();
    let (officer, public) = (server.visitor("officer").await, server.anonymous());
    let item = "/desk/roadmap/industry-commerce-1";
    let mut internal = officer.get(item).await.expect(200).page().form(item);
    internal.set("visibility", &["prefecture"]);
    internal.set("measure", &["内部の準備"]);
    officer.post(item, &internal.fields).await.leads_to(item);
    assert!(officer.get("/roadmap").await.expect(200).page().text().contains("内部の準備"));
    let preview = async |seen_by: &str| officer.post("/desk/2026/preview", &[("as", seen_by)]).await;
    preview("nobody").await.expect(400);
    preview("public").await.leads_to("/");
    let home = officer.get("/").await.expect(200);
    assert_eq!(home.header("cache-control"), "no-store");
    let text = home.page().text();
    assert!(
        text.contains("プレビュー") && text.contains("一般の人に見える内容") && text.contains("ログイン"),
        "{text}"
    );
    let results = officer.get("/results/2026").await.expect(200).page().text();
    assert!(!results.contains("速報"), "{results}");
    officer.get("/data/2026/answers.csv").await.expect(200);
    let roadmap = officer.get("/roadmap").await.expect(200).page();
    assert!(roadmap.text().contains("一般の人に見える内容") && !roadmap.text().contains("内部の準備"));
    assert!(roadmap.links().iter().all(|link| !link.starts_with("/desk")), "{:?}", roadmap.links());
    officer.get("/compare").await.leads_to("/login?next=%2Fcompare");
    public.get("/results/2026").await.expect(404);
    public.get("/data/2026/answers.csv").await.expect(404);

    // To a member the same and what is the council's, but nothing that is the prefecture's.
    preview("member").await.leads_to("/");
    let home = officer.get("/").await.expect(200).page().text();
    assert!(home.contains("協議会の会員に見える内容"), "{home}");
    let council = "/data/2026/answers.csv?scope=council";
    assert_eq!(officer.get(council).await.expect(200).header("cache-control"), "no-store");
    officer.get("/compare").await.expect(200);
    officer.get("/data/2026/answers.csv?scope=all").await.expect(404);
    public.get(council).await.expect(404);
    server.visitor("councilmember").await.get(council).await.expect(404);

    preview("022012").await.leads_to("/");
    let compare = officer.get("/compare").await.expect(200).page().text();
    assert!(compare.contains("青森市の回答者に見える内容"), "{compare}");
    let group = [("name", "x"), ("year", "2026")];
    officer.post("/compare/groups", &group).await.expect(409);
    assert!(officer.get("/desk/2026").await.expect(200).page().text().contains("県の管理"));

    officer.post("/desk/preview/end", &[("", "")]).await.leads_to("/desk");
    assert!(!officer.get("/").await.page().text().contains("プレビュー"));
}

#[tokio::test]
async fn only_those_who_run_the_rounds_decide() {
    let server = Installation::demo().serve();
    for login_name in ["analyst", "councilmember", "m022012"] {
        let other = server.visitor(login_name).await;
        other.get(PAGE).await.expect(403);
        other.post(PAGE, &[("revision", "0")]).await.expect(403);
        reopen(&other, "理由").await.expect(403);
        other.post("/desk/2025/publication/withdrawal", &[("revision", "1"), ("reason", "理由")]).await.expect(403);
        other.post("/desk/2025/preview", &[("as", "public")]).await.expect(403);
    }
}
