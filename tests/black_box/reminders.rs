//! `/desk/{year}/reminders`: writing to municipalities by e-mail, with a real mail server.

use std::time::{Duration, Instant};

use tests::installation::PASSWORD;
use tests::page::Form;
use tests::smtp::{MailServer, Mailbox};
use tests::{Client, Installation, Server};

const SENDER: &str = "県DX推進課 <dx@pref.example.lg.jp>";
/// むつ市, 五所川原市, 十和田市, 三沢市.
const ADDRESSED: [(&str, &str, &str); 4] = [
    ("022080", "mutsu", "dx@city.mutsu.example.lg.jp"),
    ("022055", "goshogawara", "refuse@city.goshogawara.example.lg.jp"),
    ("022063", "towada", "later@city.towada.example.lg.jp"),
    ("022071", "misawa", "hang@city.misawa.example.lg.jp"),
];

/// Opened, with accounts that have addresses.
async fn installation() -> Installation {
    let installation = Installation::opened().await;
    for (code, login_name, address) in ADDRESSED {
        let name = format!("{login_name}の担当");
        let arguments = ["user", "add", login_name, "--name", &name, "--role", "respondent", "--municipality", code];
        let mut command = installation.command(&arguments);
        command.args(["--email", address]);
        tests::program::run(command, &format!("{PASSWORD}\n")).done();
    }
    installation
}

fn serve(installation: &Installation, port: u16) -> Server {
    let url = format!("smtp://127.0.0.1:{port}");
    Server::start(installation, &["--smtp-url", &url, "--mail-from", SENDER, "--contact", "県DX推進課 017-000-0000"])
}

/// The form for those municipalities, as the page gives it.
async fn form(officer: &Client, codes: &[&str]) -> Form {
    let chosen: Vec<String> = codes.iter().map(|code| format!("municipality={code}")).collect();
    let page =
        officer.get(&format!("/desk/2026/reminders/new?template=near&{}", chosen.join("&"))).await.expect(200).page();
    page.form("/desk/2026/reminders")
}

/// The states on the page of the outbox, once none of them is of those words any more.
async fn states(officer: &Client, no_longer: &[&str]) -> Vec<(String, String)> {
    let patience = Instant::now() + Duration::from_mins(3);
    loop {
        let rows = officer.get("/desk/2026/reminders").await.expect(200).page().rows();
        let states: Vec<(String, String)> = rows
            .into_iter()
            .filter(|row| row.len() == 6 && row[0] != "市町村")
            .map(|row| (row[0].clone(), row[3].clone()))
            .collect();
        if states.iter().all(|(_, state)| !no_longer.contains(&state.as_str())) {
            return states;
        }
        assert!(Instant::now() < patience, "{states:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn header<'m>(message: &'m str, name: &str) -> &'m str {
    message.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}

/// The text of a message, decoded by Python's own reader.
fn text_of(message: &str) -> String {
    let script = "import sys, email, email.policy\n\
                  m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
                  sys.stdout.buffer.write((m['subject'] + '\\n' + m.get_content()).encode())";
    let mut command = std::process::Command::new(tests::workbook::python());
    command.args(["-c", script]);
    let (_, message) = message.split_once('\n').expect("a recipient");
    tests::program::run(command, message).done()
}

#[tokio::test]
async fn what_was_previewed_is_what_each_municipality_gets_once() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    // 青森市 has accounts without an address.
    let mut form = form(&officer, &["022080", "022063", "022012"]).await;
    form.set("subject", &["{{市町村}}：締切 {{残り日数}}"]);
    form.set("body", &["{{担当}} 様\r\n㈱髙①の件\r\n{{アドレス}}\r\n{{問い合わせ先}}"]);
    let mut preview = form.clone();
    preview.set("act", &["preview"]);
    let page = officer.post("/desk/2026/reminders", &preview.fields).await.expect(200).page();
    let text = page.text();
    for words in ["むつ市：締切 あと", "mutsuの担当 様", "㈱髙①の件", "青森市", "2通を送る"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        mailbox.messages().is_empty()
            && officer.get("/desk/2026/reminders").await.page().text().contains("まだ催促していません")
    );

    let mut send = page.form("/desk/2026/reminders");
    send.set("act", &["send"]);
    // A double click is one reminder.
    for _ in 0..2 {
        officer.post("/desk/2026/reminders", &send.fields).await.leads_to("/desk/2026/reminders");
    }
    let messages = mailbox.wait_for(2).await;
    assert_eq!(
        states(&officer, &["送信待ち", "送信中"]).await,
        [("十和田市", "送信済み"), ("むつ市", "送信済み")].map(|(name, state)| (name.to_owned(), state.to_owned()))
    );
    assert_eq!(mailbox.messages(), messages, "nothing came twice");
    let mutsu = messages.iter().find(|message| message.starts_with("dx@city.mutsu")).expect("むつ市");
    assert!(
        header(mutsu, "From").contains("<dx@pref.example.lg.jp>") && header(mutsu, "Message-ID").contains("shirabe-")
    );
    assert_eq!(header(mutsu, "To"), "dx@city.mutsu.example.lg.jp");
    let text = text_of(mutsu).replace("\r\n", "\n");
    assert!(text.starts_with("むつ市：締切 あと"), "{text}");
    let address = format!("{}/answer/2026", server.address());
    assert!(text.contains(&format!("mutsuの担当 様\n㈱髙①の件\n{address}\n県DX推進課 017-000-0000")), "{text}");
    // Addresses are in no log.
    assert!(!server.log().contains("city."), "{}", server.log());
}

#[tokio::test]
async fn a_refused_message_says_why_and_goes_again_only_by_hand() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022055"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(303);
    let refused = [("五所川原市".to_owned(), "送れませんでした".to_owned())];
    assert_eq!(states(&officer, &["送信待ち", "送信中"]).await, refused);
    let page = officer.get("/desk/2026/reminders").await.page();
    assert!(page.text().contains("no such mailbox"), "{}", page.text());
    let again = page.tags().filter_map(|tag| tag.attribute("action")).find(|action| action.ends_with("/sending"));
    let again = again.expect("a button").to_owned();
    officer.press(&again).await.leads_to("/desk/2026/reminders");
    assert_eq!(states(&officer, &["送信待ち", "送信中"]).await, refused);
    assert!(mailbox.messages().is_empty());
    server.visitor("aomori").await.press(&again).await.expect(403);
}

#[tokio::test]
async fn the_outbox_waits_for_the_mail_server_across_restarts() {
    let mailbox = Mailbox::empty();
    // A port where nobody listens at present.
    let mail_server = MailServer::start(&mailbox, 0);
    let port = mail_server.port();
    drop(mail_server);
    let installation = installation().await;
    let server = serve(&installation, port);
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(303);
    assert_eq!(states(&officer, &["送信中"]).await[0].1, "送信待ち");
    drop(server);
    let _mail_server = MailServer::start(&mailbox, port);
    let server = serve(&installation, port);
    assert_eq!(mailbox.wait_for(1).await.len(), 1);
    let officer = server.visitor("officer").await;
    assert_eq!(states(&officer, &["送信待ち", "送信中"]).await, [("むつ市".to_owned(), "送信済み".to_owned())]);
    assert_eq!(mailbox.messages().len(), 1);
}

#[tokio::test]
async fn a_message_that_may_have_arrived_is_not_sent_again_by_itself() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022071"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(303);
    mailbox.wait_for(1).await;
    // Killed while the mail server has the message and has not said so. Without a mail server, too, nobody would know.
    drop(server);
    let unclear = [("三沢市".to_owned(), "届いたか分かりません".to_owned())];
    let server = installation.serve();
    assert_eq!(states(&server.visitor("officer").await, &[]).await, unclear);
    drop(server);
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    assert_eq!(states(&officer, &["送信待ち", "送信中"]).await, unclear);
    assert_eq!(mailbox.messages().len(), 1);
}

#[tokio::test]
async fn who_has_handed_in_gets_no_reminder_and_nobody_gets_an_empty_one() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let mutsu = server.visitor("mutsu").await;
    tests::Response::of(&mutsu, "022080").fill(&[]).await;
    tests::Response::of(&mutsu, "022080").submit().await.expect(200);
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080"]).await;
    for act in ["preview", "send"] {
        form.set("act", &[act]);
        let page = officer.post("/desk/2026/reminders", &form.fields).await.expect(422).page();
        assert!(page.text().contains("提出済みのため送らない市町村") && page.text().contains("送り先がありません"));
    }
    let mut form = self::form(&officer, &["022063"]).await;
    for (field, typed) in [("subject", ""), ("body", "　"), ("body", "{{氏名}} 様"), ("subject", "{{市町村")] {
        let mut form = form.clone();
        form.set(field, &[typed]);
        form.set("act", &["send"]);
        let page = officer.post("/desk/2026/reminders", &form.fields).await.expect(422).page();
        assert!(page.text_of(&format!("e-{field}")).starts_with('＊'), "{typed}");
        assert_eq!(page.form("/desk/2026/reminders").values(field), [typed]);
    }
    form.set("act", &["send"]);
    for name in ["analyst", "aomori"] {
        let visitor = server.visitor(name).await;
        visitor.get("/desk/2026/reminders/new?municipality=022063").await.expect(403);
        visitor.get("/desk/2026/reminders").await.expect(403);
        visitor.post("/desk/2026/reminders", &form.fields).await.expect(403);
    }
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn one_mailbox_gets_one_message_however_its_address_is_capitalized() {
    let installation = installation().await;
    let mut command = installation.command(&["user", "add", "mutsu2", "--name", "総務課", "--role", "approver"]);
    command.args(["--municipality", "022080", "--email", "DX@city.mutsu.example.lg.jp"]);
    tests::program::run(command, &format!("{PASSWORD}\n")).done();
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let page = officer.get("/desk/2026/reminders/new?municipality=022080").await.expect(200).page();
    assert!(page.text().contains("1通（1つのアドレスに1通）"), "{}", page.text());
    let subject = page.form("/desk/2026/reminders").values("subject")[0].to_owned();
    assert!(subject.starts_with("【回答のお願い】"), "nobody began: {subject}");
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_put_into_the_outbox() {
    let installation = installation().await;
    let server = installation.serve();
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(409);
    assert!(officer.get("/desk/2026/reminders").await.page().text().contains("まだ催促していません"));
    let refused = |arguments: &[&str]| installation.run(arguments).refused(1);
    assert!(refused(&["serve", "--listen", "127.0.0.1:0", "--smtp-url", "smtp://x"]).contains("--mail-from"));
    assert!(
        refused(&["serve", "--listen", "127.0.0.1:0", "--smtp-url", "http://x", "--mail-from", SENDER])
            .contains("smtp://")
    );
    assert!(
        refused(&["serve", "--listen", "127.0.0.1:0", "--smtp-url", "smtp://x", "--mail-from", "誰か"])
            .contains("差出人")
    );
}

#[tokio::test]
async fn another_reminder_on_the_same_form_is_refused_and_says_so() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080", "022063"]).await;
    form.set("subject", &["一通目"]);
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.leads_to("/desk/2026/reminders");
    // Back, and something else: text, then municipalities.
    let mut text = form.clone();
    text.set("subject", &["二通目"]);
    let mut municipalities = form.clone();
    municipalities.set("municipality", &["022080"]);
    for other in [text, municipalities] {
        let page = officer.post("/desk/2026/reminders", &other.fields).await.expect(409).page();
        assert!(page.text().contains("この画面からの催促は送信済みです"), "{}", page.text());
    }
    officer.post("/desk/2026/reminders", &form.fields).await.leads_to("/desk/2026/reminders");
    mailbox.wait_for(2).await;
    assert_eq!(states(&officer, &["送信待ち", "送信中"]).await.len(), 2);
}

#[tokio::test]
async fn everybody_who_is_still_awaited_of_what_is_shown_is_chosen_at_once() {
    let server = installation().await.serve();
    let mutsu = server.visitor("mutsu").await;
    tests::Response::of(&mutsu, "022080").fill(&[]).await;
    tests::Response::of(&mutsu, "022080").submit().await.expect(200);
    let officer = server.visitor("officer").await;
    let board = officer.get("/desk/2026?kind=city&sort=board.-municipality").await.expect(200).page();
    assert!(board.text().contains("絞り込んだうち未提出の9団体すべてに催促する"), "{}", board.text());
    let cities: Vec<String> = board.rows().into_iter().filter_map(|row| row.get(1).cloned()).collect();
    let place = |name: &str| cities.iter().position(|city| city == name).expect("a city");
    assert!(place("平川市") < place("青森市"), "{cities:?}");
    let chosen = officer.get("/desk/2026/reminders/new?kind=city&all=1").await.expect(200).page();
    let form = chosen.form("/desk/2026/reminders");
    assert_eq!(form.values("municipality").len(), 9);
    assert!(!form.values("municipality").contains(&"022080"), "it has handed in");
}

#[tokio::test]
async fn after_the_closing_only_corrections_are_asked_for() {
    let server = installation().await.serve();
    let (mutsu, officer) = (server.visitor("mutsu").await, server.visitor("officer").await);
    tests::Response::of(&mutsu, "022080").fill(&[]).await;
    tests::Response::of(&mutsu, "022080").submit().await.expect(200);
    officer.post("/desk/2026/state", &[("to", "closed")]).await.leads_to("/desk/2026");
    let path = "/desk/2026/022080/return";
    let mut form = officer.get("/desk/2026/022080").await.expect(200).page().form(path);
    form.set("return", &["ind_00_1"]);
    form.set("reason.ind_00_1", &["確認してください。"]);
    officer.post(path, &form.fields).await.leads_to("/desk/2026/022080");
    let page = officer.get("/desk/2026/reminders/new?municipality=022080&municipality=022063").await.expect(200).page();
    let text = page.text();
    assert!(text.contains("受付終了のため提出できない市町村") && text.contains("十和田市"), "{text}");
    assert!(text.contains("1通（1つのアドレスに1通）"), "{text}");
    let subject = page.form("/desk/2026/reminders").values("subject")[0].to_owned();
    assert!(subject.starts_with("【再提出のお願い】"), "{subject}");
    let board = officer.get("/desk/2026").await.expect(200).page();
    assert!(board.text().contains("再提出を待つ1団体すべてに催促する"), "{}", board.text());
}

#[tokio::test]
async fn what_came_back_is_noted_with_its_reason() {
    let mailbox = Mailbox::empty();
    let mail_server = MailServer::start(&mailbox, 0);
    let installation = installation().await;
    let server = serve(&installation, mail_server.port());
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(303);
    mailbox.wait_for(1).await;
    states(&officer, &["送信待ち", "送信中"]).await;
    let outbox = officer.get("/desk/2026/reminders").await.expect(200);
    assert_eq!(outbox.header("refresh"), "", "nothing is under way any more");
    let page = outbox.page();
    let bounce = page.links().into_iter().find(|link| link.ends_with("/bounce")).expect("a way to note it");
    let mut form = officer.get(&bounce).await.expect(200).page().form(&bounce);
    let refused = officer.post(&bounce, &form.fields).await.expect(422).page();
    assert!(refused.text_of("e-reason").starts_with('＊'), "{}", refused.text());
    form.set("reason", &["宛先不明"]);
    officer.post(&bounce, &form.fields).await.leads_to("/desk/2026/reminders");
    let text = officer.get("/desk/2026/reminders").await.page().text();
    assert!(text.contains("届きませんでした（不達）") && text.contains("宛先不明"), "{text}");
    officer.get(&bounce).await.expect(409);
    server.visitor("aomori").await.get(&bounce).await.expect(403);
    let audit = officer.get("/desk/audit?act=mail_bounced").await.expect(200).page().text();
    assert!(audit.contains("宛先不明"), "{audit}");
}

#[tokio::test]
async fn what_waits_for_a_mail_server_that_is_gone_can_be_withdrawn() {
    let mailbox = Mailbox::empty();
    // A port where nobody listens at present.
    let mail_server = MailServer::start(&mailbox, 0);
    let port = mail_server.port();
    drop(mail_server);
    let installation = installation().await;
    let server = serve(&installation, port);
    let officer = server.visitor("officer").await;
    let mut form = form(&officer, &["022080"]).await;
    form.set("act", &["send"]);
    officer.post("/desk/2026/reminders", &form.fields).await.expect(303);
    // Just after an attempt, so that the next one does not come between page and press.
    let patience = Instant::now() + Duration::from_mins(3);
    let outbox = loop {
        let outbox = officer.get("/desk/2026/reminders").await.expect(200);
        if outbox.page().text().contains("メールサーバーとの通信の失敗：") {
            break outbox;
        }
        assert!(Instant::now() < patience, "{}", outbox.text());
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(outbox.header("refresh"), "5");
    let page = outbox.page();
    assert!(page.text().contains("送信済み 0／全 1 通"), "{}", page.text());
    let withdrawal =
        page.tags().filter_map(|tag| tag.attribute("action")).find(|action| action.ends_with("/withdrawal"));
    let withdrawal = withdrawal.expect("a button").to_owned();
    officer.press(&withdrawal).await.leads_to("/desk/2026/reminders");
    officer.press(&withdrawal).await.expect(409);
    assert_eq!(states(&officer, &[]).await[0].1, "送信を取りやめました");
    server.visitor("aomori").await.press(&withdrawal).await.expect(403);
}
