//! `/desk/accounts`, `/invitation`, `/account`: who may sign in.

use tests::installation::{ACCOUNTS, PASSWORD};
use tests::{Client, Installation, Page, Server};

const CHOSEN: &str = "りんごの花・五月の弘前城";

/// The address of an account's page, found in the list by its name.
async fn address_of(officer: &Client, name: &str) -> String {
    let page = officer.get("/desk/accounts").await.expect(200).page();
    let links = page.links().into_iter().filter(|link| link.starts_with("/desk/accounts/"));
    for link in links {
        let page = officer.get(&link).await.expect(200).page();
        if page.texts_of(|tag| tag.name == "h1") == [name] {
            return link;
        }
    }
    panic!("no account {name} in {}", page.text());
}

/// Invites the account of that page and returns the letters.
async fn letters(officer: &Client, address: &str) -> Page {
    let id = address.rsplit('/').next().expect("a number");
    officer.post("/desk/accounts/letters", &[("account", id)]).await.expect(200).page()
}

/// The codes on letters, in their order.
fn codes(letters: &Page) -> Vec<String> {
    let codes = letters.texts_of(|tag| tag.attribute("class") == Some("invitation-code"));
    codes.iter().map(|code| code.trim().to_owned()).collect()
}

async fn set_password(visitor: &Client, code: &str, password: &str) {
    let address = format!("/invitation/{code}");
    let fields = [("password", password), ("repeated", password)];
    visitor.post(&address, &fields).await.leads_to("/login?from=invitation");
}

async fn refused_login(server: &Server, login_name: &str, password: &str) {
    let fields = [("login_name", login_name), ("password", password)];
    server.anonymous().post("/login", &fields).await.expect(422);
}

#[tokio::test]
async fn somebody_is_added_invited_by_letter_and_signs_in() {
    let server = Installation::opened().await.serve();
    let officer = server.visitor("officer").await;
    let fields = [
        ("login_name", "mutsu"),
        ("display_name", "企画課 木村"),
        ("role", "respondent"),
        ("role", "member"),
        ("municipality", "むつ市"),
        ("email", "dx@city.mutsu.example.lg.jp"),
    ];
    let added = officer.post("/desk/accounts", &fields).await.expect(303);
    let address = added.header("location").to_owned();
    let page = officer.get(&address).await.expect(200).page();
    let form = page.form(&address);
    assert_eq!((form.values("role"), form.values("municipality")), (vec!["respondent", "member"], vec!["むつ市"]));
    refused_login(&server, "mutsu", "").await;

    let letters = letters(&officer, &address).await;
    let [code] = codes(&letters).try_into().expect("one letter");
    let text = letters.text();
    let link = format!("{}/invitation/{code}", server.address());
    assert!(text.contains(&link) && text.contains("むつ市　企画課 木村") && text.contains("mutsu"), "{text}");

    // Who types the code arrives where the link leads.
    let visitor = server.anonymous();
    let typed = code.to_lowercase().replace('-', " ");
    let arrived = visitor.post("/invitation", &[("code", &typed)]).await;
    arrived.leads_to(&format!("/invitation/{code}"));
    let page = visitor.get(&format!("/invitation/{code}")).await.expect(200).page();
    assert!(page.text().contains("むつ市") && page.text().contains("企画課 木村"));
    set_password(&visitor, &code, CHOSEN).await;
    assert!(visitor.get("/login?from=invitation").await.page().text().contains("パスワードを設定しました"));
    visitor.login("mutsu", CHOSEN).await;
    visitor.get("/answer/2026").await.expect(200);

    // It was good for one time.
    let again = server.anonymous();
    assert!(
        again.get(&format!("/invitation/{code}")).await.expect(404).page().text().contains("この招待状は使えません")
    );
    let fields = [("password", "別の人が決めたパスワード"), ("repeated", "別の人が決めたパスワード")];
    again.post(&format!("/invitation/{code}"), &fields).await.expect(404);
    again.login("mutsu", CHOSEN).await;
}

#[tokio::test]
async fn a_password_that_cannot_be_leaves_the_invitation_open() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let address = address_of(&officer, "分析担当 伊藤").await;
    let code = codes(&letters(&officer, &address).await).remove(0);
    let visitor = server.anonymous();
    for (password, repeated, field) in
        [("短い", "短い", "password"), (CHOSEN, "りんごの花・五月", "repeated"), ("", "", "password")]
    {
        let fields = [("password", password), ("repeated", repeated)];
        let answer = visitor.post(&format!("/invitation/{code}"), &fields).await.expect(422);
        assert!(answer.page().text_of(&format!("e-{field}")).starts_with('＊'), "{password}");
        assert!(!answer.text().contains(CHOSEN), "a password stands on the page");
    }
    set_password(&visitor, &code, CHOSEN).await;
    for typed in ["", "0000", "0000-0000-0000-0000", "漢字"] {
        let page = visitor.post("/invitation", &[("code", typed)]).await.expect(422).page();
        assert_eq!(page.form("/invitation").values("code"), [typed]);
    }
    visitor.get("/invitation/0000-0000-0000-0000").await.expect(404);
}

#[tokio::test]
async fn a_new_invitation_ends_password_sessions_and_the_one_before() {
    let server = Installation::opened().await.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let address = address_of(&officer, "企画課 佐藤").await;
    let first = codes(&letters(&officer, &address).await).remove(0);
    aomori.get("/answer/2026").await.expect(303);
    refused_login(&server, "aomori", PASSWORD).await;
    let second = codes(&letters(&officer, &address).await).remove(0);
    assert_ne!(first, second);
    server.anonymous().get(&format!("/invitation/{first}")).await.expect(404);
    set_password(&server.anonymous(), &second, CHOSEN).await;
    aomori.login("aomori", CHOSEN).await;
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_comes_back_by_invitation_only() {
    let server = Installation::opened().await.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    let address = address_of(&officer, "企画課 佐藤").await;
    let code = codes(&letters(&officer, &address).await).remove(0);
    set_password(&server.anonymous(), &code, CHOSEN).await;
    aomori.login("aomori", CHOSEN).await;
    aomori.get("/answer/2026").await.expect(200);
    let session = aomori.cookie();
    officer.press(&format!("{address}/disabling")).await.leads_to(&address);
    aomori.set_cookie(session.clone());
    aomori.get("/answer/2026").await.expect(303);
    aomori.get("/api/v1/rounds/2026/responses/022012").await.problem(401);
    refused_login(&server, "aomori", CHOSEN).await;
    assert!(officer.get(&address).await.page().text().contains("無効"));
    officer.press(&format!("{address}/disabling")).await.expect(409);

    let code = codes(&letters(&officer, &address).await).remove(0);
    set_password(&server.anonymous(), &code, CHOSEN).await;
    aomori.set_cookie(session);
    aomori.get("/answer/2026").await.expect(303);
    aomori.login("aomori", CHOSEN).await;
}

#[tokio::test]
async fn a_successor_goes_on_with_the_municipalitys_work() {
    let server = Installation::opened().await.serve();
    let (officer, aomori) = (server.visitor("officer").await, server.visitor("aomori").await);
    tests::Response::of(&aomori, "022012").put("org_1", &["2"], 0).await.expect(200);
    let address = address_of(&officer, "企画課 佐藤").await;
    let taken = [("login_name", "officer"), ("display_name", "企画課 工藤"), ("email", "")];
    let page = officer.post(&format!("{address}/succession"), &taken).await.expect(422).page();
    assert!(page.text_of("e-successor-login_name").contains("すでに使われています"));
    let fields = [("login_name", "kudo"), ("display_name", "企画課 工藤"), ("email", "kudo@city.example.lg.jp")];
    let answer = officer.post(&format!("{address}/succession"), &fields).await.expect(303);
    let successor = answer.header("location").to_owned();
    aomori.get("/answer/2026").await.expect(303);
    refused_login(&server, "aomori", PASSWORD).await;
    assert!(officer.get(&address).await.page().text().contains("企画課 工藤"));

    let code = codes(&letters(&officer, &successor).await).remove(0);
    set_password(&server.anonymous(), &code, CHOSEN).await;
    let kudo = server.anonymous();
    kudo.login("kudo", CHOSEN).await;
    let response = tests::Response::of(&kudo, "022012").get().await;
    let answer = &response["answers"][0];
    assert_eq!((answer["question"].as_str(), answer["author"].as_str()), (Some("org_1"), Some("企画課 佐藤")));
    tests::Response::of(&kudo, "022012").put("org_1", &["1"], 1).await.expect(200);
}

#[tokio::test]
async fn a_file_adds_everybody_or_nobody() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let (utf8, heading) = (|text: &str| text.as_bytes().to_vec(), "ログイン名,表示名,役割,市町村,メールアドレス\n");
    let wrong =
        format!("{heading}goshogawara,企画課 今,回答者,五所川原市,\nofficer,別人,県担当,,\ntowada,,回答者,十和田市,\n");
    let page = officer.upload("/desk/accounts/file", "名簿.csv", &utf8(&wrong)).await.expect(422).page();
    let text = page.text();
    for words in ["名簿.csv 3行目 ログイン名列: このログイン名は", "名簿.csv 4行目 表示名列: 表示名は"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let unknown = format!("{heading}a-b,甲,回答者,津軽市,\n");
    let page = officer.upload("/desk/accounts/file", "a.csv", &utf8(&unknown)).await.expect(422).page();
    assert!(page.text().contains("2行目 市町村列"), "{}", page.text());
    officer.upload("/desk/accounts/file", "a.csv", &[]).await.expect(422);
    officer.upload("/desk/accounts/file", "a.csv", &vec![b'a'; (1 << 20) + 1]).await.expect(422);
    let count = |page: &Page| page.rows().len() - 1;
    assert_eq!(count(&officer.get("/desk/accounts").await.page()), ACCOUNTS.len());

    let right = format!(
        "{heading}goshogawara,企画課 今,回答者・承認者,五所川原市,dx@goshogawara.example.jp\ntowada,企画課 沢目,回答者,022063,\n"
    );
    let job = officer.upload("/desk/accounts/file", "a.csv", &utf8(&right)).await.job();
    assert!(officer.ended(&job).await.contains("2件のアカウントを追加しました"));
    assert!(officer.get(&job).await.page().links().contains(&"/desk/accounts?standing=uninvited".to_owned()));
    let page = officer.get("/desk/accounts?standing=uninvited").await.page();
    assert_eq!(count(&page), 2);
    assert!(page.text().contains("回答者・承認者"));
    // All of them are invited at once, a letter each.
    let ids: Vec<(&str, String)> = page
        .tags()
        .filter(|tag| tag.attribute("name") == Some("account"))
        .map(|tag| ("account", tag.attribute("value").expect("an id").to_owned()))
        .collect();
    let letters = officer.post("/desk/accounts/letters", &ids).await.expect(200).page();
    assert_eq!(codes(&letters).len(), 2);
}

#[tokio::test]
async fn one_changes_the_own_password_and_sees_the_last_login() {
    let server = Installation::opened().await.serve();
    let (here, elsewhere) = (server.visitor("aomori").await, server.visitor("aomori").await);
    let page = here.get("/account").await.expect(200).page();
    assert!(page.text().contains("青森市") && page.text().contains("前回のログイン"));
    let other = server.visitor("kuroishi").await;
    assert!(other.get("/account").await.page().text().contains("これが初めてのログインです"));
    let change = async |present: &str, password: &str, repeated: &str| {
        here.post("/account", &[("present", present), ("password", password), ("repeated", repeated)]).await
    };
    assert!(
        change("違うパスワードです", CHOSEN, CHOSEN).await.expect(422).page().text_of("e-present").starts_with('＊')
    );
    assert!(change(PASSWORD, "短い", "短い").await.expect(422).page().text_of("e-password").starts_with('＊'));
    assert!(change(PASSWORD, CHOSEN, "ちがう").await.expect(422).page().text_of("e-repeated").starts_with('＊'));
    change(PASSWORD, CHOSEN, CHOSEN).await.leads_to("/account?changed=password");
    assert!(here.get("/account?changed=password").await.expect(200).page().text().contains("パスワードを変更しました"));
    elsewhere.get("/answer/2026").await.expect(303);
    refused_login(&server, "aomori", PASSWORD).await;
    server.anonymous().login("aomori", CHOSEN).await;
    server.anonymous().get("/account").await.leads_to("/login?next=%2Faccount");
}

#[tokio::test]
async fn an_officer_cannot_be_locked_out_by_the_own_hand() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let address = address_of(&officer, "県DX推進課 田中").await;
    let id = address.rsplit('/').next().expect("a number").to_owned();
    officer.press(&format!("{address}/disabling")).await.expect(409);
    officer.post("/desk/accounts/letters", &[("account", &id)]).await.expect(409);
    officer.post("/desk/accounts/letters", &[("", ""); 0]).await.expect(409);
    let successor = [("login_name", "next"), ("display_name", "後任"), ("email", "")];
    officer.post(&format!("{address}/succession"), &successor).await.expect(409);
    let change = [("display_name", "県DX推進課 田中"), ("role", "analyst"), ("municipality", ""), ("email", "")];
    assert!(officer.post(&address, &change).await.expect(422).page().text_of("e-role").starts_with('＊'));
    officer.get("/desk/accounts").await.expect(200);
}

#[tokio::test]
async fn only_an_officer_cares_for_accounts() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let address = address_of(&officer, "企画課 佐藤").await;
    let id = address.rsplit('/').next().expect("a number").to_owned();
    for name in ["analyst", "aomori"] {
        let visitor = server.visitor(name).await;
        visitor.get("/desk/accounts").await.expect(403);
        visitor.get(&address).await.expect(403);
        visitor.post("/desk/accounts", &[("login_name", "x")]).await.expect(403);
        visitor.post("/desk/accounts/letters", &[("account", &id)]).await.expect(403);
        visitor.upload("/desk/accounts/file", "a.csv", b"x").await.expect(403);
        visitor.post(&address, &[("display_name", "x")]).await.expect(403);
        visitor.press(&format!("{address}/disabling")).await.expect(403);
        visitor.post(&format!("{address}/succession"), &[("login_name", "x")]).await.expect(403);
    }
    server.visitor("aomori").await;
}

#[tokio::test]
async fn codes_passwords_and_addresses_get_into_no_log() {
    let server = Installation::prepared().serve();
    let officer = server.visitor("officer").await;
    let fields = [
        ("login_name", "secret-login"),
        ("display_name", "企画課 秘"),
        ("role", "analyst"),
        ("municipality", ""),
        ("email", "secret-address@example.jp"),
    ];
    let address = officer.post("/desk/accounts", &fields).await.expect(303).header("location").to_owned();
    let code = codes(&letters(&officer, &address).await).remove(0);
    set_password(&server.anonymous(), &code, CHOSEN).await;
    server.anonymous().get(&format!("/invitation/{code}")).await.expect(404);
    refused_login(&server, "secret-login", "wrong-password-of-somebody").await;
    let log = server.log();
    for secret in [code.as_str(), CHOSEN, "secret-address", "wrong-password-of-somebody"] {
        assert!(!log.contains(secret), "{log}");
    }
}
