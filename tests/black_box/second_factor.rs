//! `/account/second-factor`, `/login/code`: a code beside the password, and officers who must have one.

use reqwest::Method;
use reqwest::header::ACCEPT;
use tests::authenticator::{Authenticator, SETUP, recovery_codes};
use tests::installation::PASSWORD;
use tests::{Client, Installation, Response};

const SECTION: &str = "/answer/2026/cases";

/// The address of an account's page, found in the list by its name.
async fn address_of(officer: &Client, name: &str) -> String {
    let page = officer.get("/desk/accounts").await.expect(200).page();
    for link in page.links().into_iter().filter(|link| link.starts_with("/desk/accounts/")) {
        if officer.get(&link).await.expect(200).page().texts_of(|tag| tag.name == "h1") == [name] {
            return link;
        }
    }
    panic!("no account {name} in {}", page.text());
}

/// The acts of the audit log's latest entries.
async fn acts(officer: &Client) -> Vec<String> {
    let rows = officer.get("/desk/audit?about=account").await.expect(200).page().rows();
    rows.into_iter().skip(1).map(|row| row[2].trim().to_owned()).collect()
}

#[tokio::test]
async fn after_it_is_set_up_a_login_needs_password_and_code() {
    let server = Installation::prepared().serve();
    let (officer, elsewhere) = (server.visitor("officer").await, server.visitor("officer").await);
    assert!(officer.get("/account").await.page().links().contains(&SETUP.to_owned()));
    let page = officer.get(SETUP).await.expect(200).page();
    assert_eq!(page.tags().filter(|tag| tag.attribute("class") == Some("qr-code")).count(), 1);
    let secret = page.form(SETUP).values("secret")[0].to_owned();
    let written = page.texts_of(|tag| tag.attribute("class") == Some("second-factor-key")).remove(0);
    assert_eq!(written.replace(' ', "").trim(), secret);
    assert_ne!(officer.get(SETUP).await.page().form(SETUP).values("secret"), [secret.as_str()], "drawn anew each time");

    let (device, mut form) = (Authenticator::reading(&page), page.form(SETUP));
    form.set("present", &[PASSWORD]);
    form.set("code", &[&device.old_code()]);
    let refused = officer.post(SETUP, &form.fields).await.expect(422);
    assert!(!refused.text().contains(PASSWORD), "a password stands on the page");
    let again = refused.page();
    assert!(again.text_of("e-code").starts_with('＊'));
    assert_eq!(again.form(SETUP).values("secret"), [secret.as_str()], "the device need not read another one");
    form.set("present", &["違うパスワードです"]);
    let code = device.code().await;
    form.set("code", &[&code]);
    assert!(officer.post(SETUP, &form.fields).await.expect(422).page().text_of("e-present").starts_with('＊'));
    form.set("present", &[PASSWORD]);
    let done = officer.post(SETUP, &form.fields).await.expect(201).page();
    recovery_codes(&done);
    // This session goes on, the others are over.
    officer.get("/desk/accounts").await.expect(200);
    elsewhere.get("/desk/accounts").await.expect(303);
    officer.post(SETUP, &form.fields).await.expect(409);

    let visitor = server.anonymous();
    let typed = [("login_name", "officer"), ("password", PASSWORD), ("next", "/desk/accounts?q=a")];
    let next = "/login/code?next=%2Fdesk%2Faccounts%3Fq%3Da";
    visitor.post("/login", &typed).await.leads_to(next);
    visitor.get("/desk/accounts").await.expect(303);
    visitor.get("/api/v1/rounds/2026/responses").await.problem(401);
    let mut form = visitor.get(next).await.expect(200).page().form("/login/code");
    assert_eq!(form.values("next"), ["/desk/accounts?q=a"]);
    form.set("code", &[&code]);
    let refused = visitor.post("/login/code", &form.fields).await.expect(422).page();
    assert!(refused.text().contains("すでに使われています"), "the setup used that code");
    form.set("code", &[&device.code().await]);
    visitor.post("/login/code", &form.fields).await.leads_to("/desk/accounts?q=a");
    visitor.get("/desk/accounts").await.expect(200);
    let acts = acts(&visitor).await;
    assert!(acts.contains(&"二要素認証の設定".to_owned()) && acts.contains(&"ログイン".to_owned()), "{acts:?}");
    // Nobody else is asked for one.
    server.anonymous().login("analyst", PASSWORD).await;
}

#[tokio::test]
async fn a_code_alone_is_nothing() {
    let server = Installation::prepared().serve();
    let (device, _) = server.visitor("officer").await.set_second_factor(PASSWORD).await;
    let visitor = server.anonymous();
    visitor.get("/login/code?next=%2Fdesk").await.leads_to("/login?next=%2Fdesk");
    let code = device.code().await;
    let refused = visitor.post("/login/code", &[("code", &code)]).await.expect(401);
    assert!(refused.page().text().contains("もう一度入力してください"));
    assert_eq!(refused.header("set-cookie"), "");
    // What was half signed in before another second factor came is not any more.
    visitor.post("/login", &[("login_name", "officer"), ("password", PASSWORD)]).await.leads_to("/login/code");
    server.installation().run(&["user", "reset-second-factor", "officer"]).done();
    visitor.post("/login/code", &[("code", &device.code().await)]).await.expect(401);
}

#[tokio::test]
async fn each_recovery_code_opens_once() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let (_, codes) = officer.set_second_factor(PASSWORD).await;
    let typed = codes[0].to_lowercase().replace('-', " ");
    server.anonymous().login_with_code("officer", PASSWORD, &typed).await.leads_to("/desk");
    server.anonymous().login_with_code("officer", PASSWORD, &codes[0]).await.expect(422);
    assert!(officer.get(SETUP).await.page().text().contains("9個"));

    let address = format!("{SETUP}/codes");
    let refused = officer.post(&address, &[("present", "違うパスワードです")]).await.expect(422);
    assert!(refused.page().text_of("e-codes-present").starts_with('＊'));
    let renewed = recovery_codes(&officer.post(&address, &[("present", PASSWORD)]).await.expect(201).page());
    assert!(renewed.iter().all(|code| !codes.contains(code)));
    server.anonymous().login_with_code("officer", PASSWORD, &codes[1]).await.expect(422);
    server.anonymous().login_with_code("officer", PASSWORD, &renewed[0]).await.leads_to("/desk");
    let acts = acts(&officer).await;
    assert!(acts.contains(&"予備コードの作り直し".to_owned()), "{acts:?}");
}

#[tokio::test]
async fn a_known_password_gives_no_more_tries_at_the_code() {
    let server = Installation::prepared().serve();
    let (device, codes) = server.visitor("officer").await.set_second_factor(PASSWORD).await;
    let visitor = server.anonymous();
    let typed = [("login_name", "officer"), ("password", PASSWORD)];
    // Five times each: the right password, and a wrong code.
    for _ in 0..5 {
        visitor.login_with_code("officer", PASSWORD, &device.old_code()).await.expect(422);
    }
    visitor.post("/login/code", &[("code", &codes[0])]).await.expect(429);
    visitor.post("/login", &typed).await.expect(429);
}

#[tokio::test]
async fn it_is_taken_away_by_its_owner_an_officer_or_the_operator() {
    let installation = Installation::opened().await;
    let server = installation.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let removal = format!("{SETUP}/removal");
    aomori.set_second_factor(PASSWORD).await;
    aomori.post(&removal, &[("present", "違うパスワードです")]).await.expect(422);
    aomori.post(&removal, &[("present", PASSWORD)]).await.leads_to("/account?changed=second-factor");
    aomori.get("/answer/2026").await.expect(200);
    aomori.post(&removal, &[("present", PASSWORD)]).await.expect(409);
    server.anonymous().post("/login", &[("login_name", "aomori"), ("password", PASSWORD)]).await.leads_to("/answer");

    aomori.set_second_factor(PASSWORD).await;
    let address = address_of(&officer, "企画課 佐藤").await;
    assert!(officer.get(&address).await.page().text().contains("設定しています"));
    let other = server.visitor("kuroishi").await;
    other.press(&format!("{address}/second-factor/removal")).await.expect(403);
    officer.press(&format!("{address}/second-factor/removal")).await.leads_to(&address);
    aomori.get("/answer/2026").await.expect(303);
    server.anonymous().post("/login", &[("login_name", "aomori"), ("password", PASSWORD)]).await.leads_to("/answer");
    officer.press(&format!("{address}/second-factor/removal")).await.expect(409);
    let own = address_of(&officer, "県DX推進課 田中").await;
    officer.press(&format!("{own}/second-factor/removal")).await.expect(409);

    officer.set_second_factor(PASSWORD).await;
    let said = installation.run(&["user", "reset-second-factor", "officer"]).done();
    assert!(said.contains("officer"), "{said}");
    officer.get("/desk/accounts").await.expect(303);
    for (login_name, words) in [("officer", "設定されていません"), ("nobody", "ありません")] {
        let said = installation.run(&["user", "reset-second-factor", login_name]).refused(1);
        assert!(said.contains(words), "{said}");
    }
    officer.login("officer", PASSWORD).await;
    let removed = acts(&officer).await.into_iter().filter(|act| act == "二要素認証の解除").count();
    assert_eq!(removed, 3);
}

#[tokio::test]
async fn where_officers_must_have_one_nothing_else_can_be_done_before() {
    let installation = Installation::opened().await;
    installation.add_user("officer2", "県DX推進課 山本", "officer", None);
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let demand = async |officer: &Client, required: &str| {
        officer.post("/desk/accounts/second-factor", &[("required", required)]).await
    };
    demand(&officer, "1").await.expect(409);
    officer.set_second_factor(PASSWORD).await;
    let before = server.visitor("officer2").await;
    let token = before.token("集計", &["read"]).await;
    server.visitor("aomori").await.post("/desk/accounts/second-factor", &[("required", "1")]).await.expect(403);
    demand(&officer, "1").await.leads_to("/desk/accounts#second-factor");
    assert!(officer.get("/desk/accounts").await.page().text().contains("県担当2人のうち1人"));
    officer.get("/desk/accounts").await.expect(200);

    let other = server.anonymous();
    other.post("/login", &[("login_name", "officer2"), ("password", PASSWORD)]).await.leads_to("/desk");
    for visitor in [&other, &before] {
        for page in ["/desk", "/", "/account", "/data", "/results"] {
            visitor.get(page).await.leads_to(SETUP);
        }
        visitor.press("/desk/2026/state").await.expect(409);
        visitor.get("/api/v1/rounds/2026/responses").await.problem(409);
    }
    // What was made by whoever could sign in goes on; so does everybody who is no officer.
    let read = other.send(other.bearing(Method::GET, "/api/v1/rounds/2026/responses", &token)).await;
    read.expect(200);
    server.visitor("aomori").await.get("/answer/2026").await.expect(200);
    assert!(other.get(SETUP).await.expect(200).page().text().contains("二要素認証が必要です"));
    other.set_second_factor(PASSWORD).await;
    other.get("/desk/accounts").await.expect(200);
    other.press("/logout").await.leads_to("/login");

    // Who takes it away has to set it up again at once.
    let removal = [("present", PASSWORD)];
    officer.post(&format!("{SETUP}/removal"), &removal).await.expect(303);
    officer.get("/desk").await.leads_to(SETUP);
    officer.set_second_factor(PASSWORD).await;
    demand(&officer, "0").await.expect(303);
    officer.post(&format!("{SETUP}/removal"), &removal).await.expect(303);
    officer.get("/desk/accounts").await.expect(200);
    let rows = officer.get("/desk/audit?about=installation").await.page().rows();
    let decided = rows.iter().filter(|row| row.get(2).is_some_and(|act| act == "二要素認証の必須の設定")).count();
    assert_eq!(decided, 2, "{rows:?}");
}

#[tokio::test]
async fn neither_database_nor_log_gives_a_second_factor_away() {
    let installation = Installation::prepared();
    let server = installation.serve();
    let (device, codes) = server.visitor("officer").await.set_second_factor(PASSWORD).await;
    let code = device.code().await;
    server.anonymous().login_with_code("officer", PASSWORD, &code).await.leads_to("/desk");
    server.anonymous().login_with_code("officer", PASSWORD, &codes[0]).await.leads_to("/desk");
    let log = server.log();
    assert!(server.terminate().success());
    let letters = codes[0].replace('-', "");
    assert!(!log.contains(&letters) && !log.contains(&codes[0]) && !log.contains(PASSWORD), "{log}");
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let database = std::fs::read(installation.file("shirabe.db")).expect("the database");
    for part in [device.secret(), letters.as_bytes(), codes[0].as_bytes()] {
        assert!(!holds(&database, part), "the database holds a secret");
    }
    assert!(holds(&database, b"officer"));

    // Without its key the database opens nothing; recovery codes still do.
    std::fs::remove_file(installation.file("second-factor.key")).expect("the key");
    let server = installation.serve();
    let visitor = server.anonymous();
    visitor.login_with_code("officer", PASSWORD, &device.old_code()).await.expect(500);
    visitor.login_with_code("officer", PASSWORD, &codes[1]).await.leads_to("/desk");
}

#[tokio::test]
async fn a_form_without_a_session_waits_for_the_code_and_loses_nothing() {
    let server = Installation::opened().await.serve();
    let aomori = server.visitor("aomori").await;
    let (device, codes) = aomori.set_second_factor(PASSWORD).await;
    let mut form = aomori.get(SECTION).await.expect(200).page().form(SECTION);
    form.set("free_1_name", &["窓口"]);
    form.set("then", &["list"]);
    aomori.set_cookie(None);
    let mut login = aomori.post(SECTION, &form.fields).await.expect(401).page().form(SECTION);
    login.set(".password", &[PASSWORD]);
    let asked = aomori.post(SECTION, &login.fields).await.expect(401);
    assert!(!asked.text().contains(PASSWORD) && asked.page().text().contains("まだ保存されていません"));
    let mut second = asked.page().form(SECTION);
    assert!(second.values(".password").is_empty());
    second.set(".code", &[&device.old_code()]);
    let refused = aomori.post(SECTION, &second.fields).await.expect(422);
    let mut third = refused.page().form(SECTION);
    assert_eq!((third.values("free_1_name"), third.values(".code")), (vec!["窓口"], vec![""]));
    third.set(".code", &[&codes[0]]);
    aomori.post(SECTION, &third.fields).await.leads_to("/answer/2026");
    assert_eq!(Response::of(&aomori, "022012").answer("free_1_name").await["value"]["text"], "窓口");
}

#[tokio::test]
async fn a_page_logs_in_again_in_two_steps_without_leaving() {
    let server = Installation::opened().await.serve();
    let (device, _) = server.visitor("aomori").await.set_second_factor(PASSWORD).await;
    let client = server.anonymous();
    let send = async |address: &str, fields: &[(&str, &str)]| {
        let request = client.mutation(Method::POST, address).header(ACCEPT, "application/json").form(fields);
        client.send(request).await
    };
    let typed = [("login_name", "aomori"), ("password", PASSWORD), ("municipality", "022012")];
    let asked = send("/login", &typed).await.problem(422);
    assert_eq!(asked["type"], "/api/v1/problems/second-factor");
    let (old, code) = (device.old_code(), device.code().await);
    let wrong = send("/login/code", &[("code", &old), ("municipality", "022012")]).await.problem(422);
    assert_eq!(wrong["type"], "/api/v1/problems/second-factor");
    let elsewhere = send("/login/code", &[("code", &code), ("municipality", "022021")]).await.problem(422);
    assert_eq!(elsewhere["type"], "/api/v1/problems/login");
    send("/login/code", &[("code", &code), ("municipality", "022012")]).await.expect(204);
    Response::of(&client, "022012").put("org_6a", &["5"], 0).await.expect(200);
    // Who comes to the code without a password is sent back to it.
    let nobody = server.anonymous();
    let request = nobody.mutation(Method::POST, "/login/code").header(ACCEPT, "application/json");
    let again = nobody.send(request.form(&[("code", "123456")])).await.problem(401);
    assert_eq!(again["type"], "/api/v1/problems/login");
}

#[tokio::test]
async fn it_works_on_postgres_too() {
    let installation = Installation::prepared_on_postgres();
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let (device, codes) = officer.set_second_factor(PASSWORD).await;
    server.anonymous().login_with_code("officer", PASSWORD, &device.code().await).await.leads_to("/desk");
    server.anonymous().login_with_code("officer", PASSWORD, &codes[9]).await.leads_to("/desk");
    server.anonymous().login_with_code("officer", PASSWORD, &codes[9]).await.expect(422);
    installation.run(&["user", "reset-second-factor", "officer"]).done();
    server.anonymous().login("officer", PASSWORD).await;
}
