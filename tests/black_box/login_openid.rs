//! `/login/openid`: signing in at an OpenID provider.

use tests::authenticator::SETUP;
use tests::installation::PASSWORD;
use tests::openid::{CLIENT, Provider, Said};
use tests::{Answer, Client, Installation, Server, program};

/// The address of 山本's account, and of it alone.
const EMAIL: &str = "yamamoto@pref.example.lg.jp";

/// 山本 has an account without anything but a password and an address.
fn add_yamamoto(installation: &Installation) {
    let name = "県DX推進課 山本";
    let command = ["user", "add", "yamamoto", "--name", name, "--role", "officer", "--email", EMAIL];
    program::run(installation.command(&command), &format!("{PASSWORD}\n")).done();
}

fn serve(provider: &Provider) -> Server {
    let installation = Installation::prepared();
    add_yamamoto(&installation);
    Server::start(&installation, &provider.arguments())
}

/// Goes to the provider; where it led.
async fn depart(visitor: &Client, next: &str) -> String {
    visitor.get(&format!("/login/openid{next}")).await.expect(303).header("location").to_owned()
}

/// Goes to the provider and comes back as whom it says.
async fn sign_in(visitor: &Client, provider: &Provider, said: Said) -> Answer {
    let address = depart(visitor, "").await;
    visitor.get(&provider.sign_in(&address, said)).await
}

/// Nobody is signed in; what the login page says.
async fn refused(visitor: &Client, answer: Answer, status: u16) -> String {
    let page = answer.expect(status).page();
    page.form("/login");
    visitor.get("/account").await.expect(303);
    page.text_of("login-error")
}

#[tokio::test]
async fn whoever_the_provider_knows_by_an_accounts_address_is_signed_in() {
    let provider = Provider::start();
    let server = serve(&provider);
    let visitor = server.anonymous();
    let page = visitor.get("/login?next=%2Fdesk%2Faccounts").await.expect(200).page();
    assert!(page.text().contains("県の統合認証でログインする"), "{}", page.text());
    let link = "/login/openid?next=%2Fdesk%2Faccounts";
    assert!(page.links().contains(&link.to_owned()), "{:?}", page.links());
    let address = depart(&visitor, "?next=%2Fdesk%2Faccounts").await;
    let before = visitor.cookie();
    let back = provider.sign_in(&address, Said::of("Yamamoto@Pref.example.lg.jp"));
    visitor.get(&back).await.leads_to("/desk/accounts");
    assert_ne!(visitor.cookie(), before, "the id changes at login");
    assert!(visitor.get("/account").await.expect(200).page().text().contains("県DX推進課 山本"));
    let rows = visitor.get("/desk/audit?act=login").await.expect(200).page().rows();
    assert!(rows[1].iter().any(|cell| cell.contains("OpenID Connect")), "{rows:?}");

    // Without `next` everybody arrives at the page of their role; foreign addresses are none.
    for next in ["", "?next=https%3A%2F%2Fevil.example%2F"] {
        let visitor = server.anonymous();
        let address = depart(&visitor, next).await;
        visitor.get(&provider.sign_in(&address, Said::of(EMAIL))).await.leads_to("/desk");
    }
}

#[tokio::test]
async fn an_address_that_is_kept_apart_from_the_token_is_asked_for() {
    let provider = Provider::start();
    let server = serve(&provider);
    let said = Said { in_token: false, ..Said::of(EMAIL) };
    sign_in(&server.anonymous(), &provider, said.clone()).await.leads_to("/desk");
    let visitor = server.anonymous();
    let answer = sign_in(&visitor, &provider, Said { email_verified: Some(false), ..said }).await;
    assert!(refused(&visitor, answer, 403).await.contains("本人のものと確認されたメールアドレス"));
}

#[tokio::test]
async fn a_return_that_nobody_departed_for_signs_nobody_in() {
    let provider = Provider::start();
    let server = serve(&provider);
    let cut_off = "途中で切れました";
    // Without a departure, with another state, with somebody else's.
    let stranger = server.anonymous();
    let address = depart(&stranger, "").await;
    let of_stranger = provider.sign_in(&address, Said::of(EMAIL));
    let visitor = server.anonymous();
    let answer = visitor.get(&of_stranger).await;
    assert!(refused(&visitor, answer, 400).await.contains(cut_off));
    for change in ["&state=x", "", "&state="] {
        let address = depart(&visitor, "").await;
        let back = provider.sign_in(&address, Said::of(EMAIL));
        let (code, _) = back.split_once("&state=").expect("a state");
        let answer = visitor.get(&format!("{code}{change}")).await;
        assert!(refused(&visitor, answer, 400).await.contains(cut_off), "{change}");
        // The departure is over with the first return.
        let answer = visitor.get(&back).await;
        assert!(refused(&visitor, answer, 400).await.contains(cut_off));
    }
    depart(&visitor, "").await;
    let answer = visitor.get(&of_stranger).await;
    assert!(refused(&visitor, answer, 400).await.contains(cut_off));
}

#[tokio::test]
async fn a_token_that_does_not_hold_signs_nobody_in() {
    let provider = Provider::start();
    let server = serve(&provider);
    let good = Said::of(EMAIL);
    for said in [
        Said { nonce: Some("another nonce".into()), ..good.clone() },
        Said { expires_in: -60, ..good.clone() },
        Said { audience: "another client".into(), ..good.clone() },
        Said { forged: true, ..good.clone() },
    ] {
        let visitor = server.anonymous();
        let answer = sign_in(&visitor, &provider, said.clone()).await;
        assert!(refused(&visitor, answer, 403).await.contains("応答を確かめられなかった"), "{said:?}");
    }
    // A code that was never given, and one that the provider refuses to give.
    let visitor = server.anonymous();
    let address = depart(&visitor, "").await;
    let back = provider.sign_in(&address, good);
    let (_, state) = back.split_once("&state=").expect("a state");
    let answer = visitor.get(&format!("/login/openid/callback?code=invented&state={state}")).await;
    assert!(refused(&visitor, answer, 403).await.contains("応答を確かめられなかった"));
    let address = depart(&visitor, "?next=%2Fdata").await;
    let back = provider.sign_in(&address, Said::of(EMAIL));
    let (_, state) = back.split_once("&state=").expect("a state");
    let answer = visitor.get(&format!("/login/openid/callback?error=access_denied&state={state}")).await;
    assert_eq!(answer.page().form("/login").values("next"), ["/data"]);
    assert!(refused(&visitor, answer, 403).await.contains("取り消されました"));
}

#[tokio::test]
async fn only_one_account_that_is_not_disabled_is_signed_in_and_none_is_made() {
    let provider = Provider::start();
    let server = serve(&provider);
    let count = server.installation().run(&["user", "list"]).done().lines().count();
    let visitor = server.anonymous();
    let no_account = "登録したアカウントがない";
    for said in [Said::of("stranger@pref.example.lg.jp"), Said::of(&format!("x{EMAIL}"))] {
        let answer = sign_in(&visitor, &provider, said).await;
        assert!(refused(&visitor, answer, 403).await.contains(no_account));
    }
    let unverified = "本人のものと確認されたメールアドレス";
    for said in [
        Said { email_verified: Some(false), ..Said::of(EMAIL) },
        Said { email: None, ..Said::of(EMAIL) },
        Said::of("no address"),
    ] {
        let answer = sign_in(&visitor, &provider, said).await;
        assert!(refused(&visitor, answer, 403).await.contains(unverified));
    }
    assert_eq!(server.installation().run(&["user", "list"]).done().lines().count(), count);

    // Two with one address.
    let officer = server.visitor("officer").await;
    let fields = [
        ("login_name", "yamamoto2"),
        ("display_name", "県DX推進課 別の山本"),
        ("role", "analyst"),
        ("municipality", ""),
        ("email", EMAIL),
    ];
    let second = officer.post("/desk/accounts", &fields).await.expect(303).header("location").to_owned();
    let answer = sign_in(&visitor, &provider, Said::of(EMAIL)).await;
    assert!(refused(&visitor, answer, 403).await.contains("2つ以上"));
    // One of them is disabled: the other one is meant. Then both are.
    officer.press(&format!("{second}/disabling")).await.leads_to(&second);
    let yamamoto = server.anonymous();
    sign_in(&yamamoto, &provider, Said::of(EMAIL)).await.leads_to("/desk");
    let page = officer.get("/desk/accounts?q=yamamoto").await.expect(200).page();
    let first =
        page.links().into_iter().filter(|link| link.starts_with("/desk/accounts/")).find(|link| *link != second);
    officer.press(&format!("{}/disabling", first.expect("山本's page"))).await.expect(303);
    yamamoto.get("/account").await.expect(303);
    let answer = sign_in(&visitor, &provider, Said::of(EMAIL)).await;
    assert!(refused(&visitor, answer, 403).await.contains(no_account));
}

#[tokio::test]
async fn an_address_of_which_nothing_is_said_counts_where_the_operator_vouches_for_it() {
    let provider = Provider::start();
    let silent = |in_token| Said { email_verified: None, in_token, ..Said::of(EMAIL) };
    let server = serve(&provider);
    let visitor = server.anonymous();
    let answer = sign_in(&visitor, &provider, silent(true)).await;
    assert!(refused(&visitor, answer, 403).await.contains("本人のものと確認されたメールアドレス"));

    let installation = Installation::prepared();
    add_yamamoto(&installation);
    let arguments = [provider.arguments().as_slice(), &["--oidc-assume-verified"]].concat();
    let server = Server::start(&installation, &arguments);
    for in_token in [true, false] {
        sign_in(&server.anonymous(), &provider, silent(in_token)).await.leads_to("/desk");
    }
    let visitor = server.anonymous();
    let answer = sign_in(&visitor, &provider, Said { email_verified: Some(false), ..Said::of(EMAIL) }).await;
    assert!(refused(&visitor, answer, 403).await.contains("本人のものと確認されたメールアドレス"));
}

#[tokio::test]
async fn going_to_the_provider_is_limited_by_address_and_asks_it_once() {
    let provider = Provider::start();
    let server = serve(&provider);
    for _ in 0..60 {
        server.anonymous().get("/login/openid").await.expect(303);
    }
    assert_eq!(provider.discoveries(), 1);
    let visitor = server.anonymous();
    let refused = visitor.get("/login/openid").await.expect(429);
    assert!(refused.page().text().contains("秒待ってから"), "{}", refused.text());
    assert_eq!(refused.header("set-cookie"), "");
    visitor.login("officer", PASSWORD).await;
}

#[tokio::test]
async fn the_desk_says_who_may_sign_in_at_the_provider() {
    let provider = Provider::start();
    let server = serve(&provider);
    let officer = server.visitor("officer").await;
    let fields = [
        ("login_name", "mori"),
        ("display_name", "県DX推進課 森"),
        ("role", "analyst"),
        ("municipality", ""),
        ("email", "mori@pref.example.lg.jp"),
    ];
    let address = officer.post("/desk/accounts", &fields).await.expect(303).header("location").to_owned();
    for page in [address.as_str(), "/desk/accounts?standing=active&q=mori"] {
        let text = officer.get(page).await.expect(200).page().text();
        assert!(text.contains("（県の統合認証でログイン）") && text.contains("招待状を作っても使えます"), "{text}");
    }
    sign_in(&server.anonymous(), &provider, Said::of("mori@pref.example.lg.jp")).await.expect(303);
    let form = officer.get(&address).await.page().form("/desk/accounts/letters");
    officer.post("/desk/accounts/letters", &form.fields).await.expect(200);
    let visitor = server.anonymous();
    sign_in(&visitor, &provider, Said::of("mori@pref.example.lg.jp")).await.expect(303);
    visitor.get("/account").await.expect(200);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_leaves_the_password() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address");
    let issuer = format!("http://{closed}");
    let arguments = ["--oidc-issuer", &issuer, "--oidc-client-id", "shirabe"];
    let server = Server::start(&Installation::prepared(), &arguments);
    let visitor = server.anonymous();
    let answer = visitor.get("/login/openid?next=%2Fdata").await;
    assert_eq!(answer.page().form("/login").values("next"), ["/data"]);
    assert!(refused(&visitor, answer, 502).await.contains("接続できません"));
    visitor.login("officer", PASSWORD).await;
}

#[tokio::test]
async fn without_a_provider_there_is_no_such_login() {
    let server = Installation::prepared().serve();
    let visitor = server.anonymous();
    assert!(!visitor.get("/login").await.expect(200).text().contains("/login/openid"));
    visitor.get("/login/openid").await.expect(404);
    visitor.get("/login/openid/callback?code=a&state=b").await.expect(404);
    for (arguments, words) in [
        (vec!["--oidc-issuer", "https://id.example.jp"], "クライアントID"),
        (vec!["--oidc-issuer", "http://id.example.jp", "--oidc-client-id", "a"], "https"),
    ] {
        let serve = [vec!["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let said = Installation::prepared().run(&serve).refused(1);
        assert!(said.contains(words), "{said}");
    }
}

#[tokio::test]
async fn further_factors_are_the_providers_matter() {
    let provider = Provider::start();
    let server = serve(&provider);
    let officer = server.visitor("officer").await;
    officer.set_second_factor(PASSWORD).await;
    officer.post("/desk/accounts/second-factor", &[("required", "1")]).await.expect(303);
    let visitor = server.anonymous();
    sign_in(&visitor, &provider, Said::of(EMAIL)).await.leads_to("/desk");
    visitor.get("/desk/accounts").await.expect(200);
    // By password the same officer has to set one up.
    visitor.login("yamamoto", PASSWORD).await;
    visitor.get("/desk/accounts").await.leads_to(SETUP);
}

#[tokio::test]
async fn the_log_holds_neither_addresses_nor_secrets() {
    let provider = Provider::start();
    let server = serve(&provider);
    let visitor = server.anonymous();
    let address = depart(&visitor, "").await;
    let back = provider.sign_in(&address, Said::of("stranger@pref.example.lg.jp"));
    let answer = visitor.get(&back).await;
    refused(&visitor, answer, 403).await;
    let answer = sign_in(&visitor, &provider, Said { forged: true, ..Said::of(EMAIL) }).await;
    refused(&visitor, answer, 403).await;
    sign_in(&visitor, &provider, Said::of(EMAIL)).await.leads_to("/desk");
    let log = server.log();
    let code = back.split(['=', '&']).nth(1).expect("a code");
    for secret in ["pref.example.lg.jp", CLIENT.1, code] {
        assert!(!log.contains(secret), "{log}");
    }
    assert!(log.contains("nobody is signed in by OpenID Connect"), "{log}");
}
