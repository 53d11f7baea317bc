//! `shirabe user`, and what every command takes.

use tests::installation::{ACCOUNTS, PASSWORD};
use tests::program::{self, Ended};
use tests::{Client, Installation};

/// `user add`, arguments separated by spaces.
fn add(installation: &Installation, arguments: &str, password: &str) -> Ended {
    let words: Vec<&str> = ["user", "add"].into_iter().chain(arguments.split(' ')).collect();
    program::run(installation.command(&words), password)
}

#[test]
fn an_account_that_cannot_be_is_refused_and_none_is_added() {
    let installation = Installation::empty();
    let good = format!("{PASSWORD}\n");
    for (arguments, password, code, message) in [
        ("someone --name 誰か --role respondent", &*good, 1, "市町村コードが必要です"),
        ("someone --name 誰か --role approver", &good, 1, "市町村コードが必要です"),
        ("someone --name 誰か --role officer --municipality 022012", &good, 1, "県の役割には指定できません"),
        ("someone --name 誰か --role respondent --municipality 022013", &good, 2, "検査数字が正しくありません"),
        ("someone --name 誰か --role respondent --municipality 青森市", &good, 2, "市町村コード"),
        ("someone --name 誰か --role respondent --municipality 020001", &good, 1, "名簿にありません"),
        ("someone --name 誰か --role king", &good, 2, "respondent approver member analyst officer"),
        ("someone --name 誰か", &good, 2, "--role"),
        ("someone --name 誰か --role officer", "短い\n", 1, "12〜128文字"),
        ("someone --name 誰か --role officer", "", 1, "12〜128文字"),
        ("someone --name 誰か --role officer", &"長".repeat(129), 1, "12〜128文字"),
        ("誰か --name 誰か --role officer", &good, 1, "半角英数字"),
        ("ab --name 誰か --role officer", &good, 1, "3〜64文字"),
        ("someone --name 　 --role officer", &good, 1, "1〜100文字"),
    ] {
        let said = add(&installation, arguments, password).refused(code);
        assert!(said.contains(message), "{arguments}: {said}");
        assert!(!said.contains(PASSWORD));
    }
    assert_eq!(installation.run(&["user", "list"]).done(), "");
}

#[test]
fn accounts_are_listed_without_passwords() {
    let installation = Installation::prepared();
    let listed = installation.run(&["user", "list"]).done();
    let mut expected: Vec<String> = ACCOUNTS
        .iter()
        .map(|(login, name, role, municipality)| {
            format!("{login}\t{name}\t{role}\t{}", municipality.unwrap_or_default())
        })
        .collect();
    expected.sort();
    assert_eq!(listed.lines().collect::<Vec<_>>(), expected);
    let said = add(&installation, "officer --name 別人 --role officer", PASSWORD).refused(1);
    assert!(said.contains("すでに使われています"), "{said}");
    assert_eq!(installation.run(&["user", "list"]).done(), listed);
}

#[tokio::test]
async fn a_password_comes_from_standard_input_a_file_or_the_environment() {
    let installation = Installation::prepared();
    let file = installation.file("password.txt");
    std::fs::write(&file, "ファイルに書いたパスワード\r\n二行目は読まない\n").unwrap();
    let arguments = ["user", "add", "by-file", "--name", "甲", "--role", "officer", "--password-file"];
    let mut command = installation.command(&arguments);
    command.arg(&file);
    program::run(command, "").done();
    let mut command = installation.command(&["user", "add", "by-variable", "--name", "乙", "--role", "analyst"]);
    command.env("SHIRABE_PASSWORD", "環境変数に書いたパスワード");
    program::run(command, "").done();

    let server = installation.serve();
    Client::new(server.address()).login("by-file", "ファイルに書いたパスワード").await;
    Client::new(server.address()).login("by-variable", "環境変数に書いたパスワード").await;
    Client::new(server.address()).login("officer", PASSWORD).await;
}

#[tokio::test]
async fn an_account_added_while_the_server_runs_may_log_in() {
    let installation = Installation::prepared();
    let server = installation.serve();
    installation.add_user("late", "後から", "officer", None);
    server.anonymous().login("late", PASSWORD).await;
}

#[test]
fn wrong_usage_ends_with_2() {
    let installation = Installation::empty();
    for arguments in [
        &["serve", "--no-such-flag"][..],
        &["serve", "--listen", "here"],
        &["no-such-command"],
        &["user"],
        &["user", "add"],
        &["export"],
        &["export", "--year", "令和8年度"],
        &["export", "--year", "1999"],
        &["round", "add", "26"],
        &["migrate", "--demo", "--database-url", "sqlite:x.db"],
    ] {
        installation.run(arguments).refused(2);
    }
    program::run(program::command([""; 0]), "").refused(2);
    assert_eq!(std::fs::read_dir(installation.directory()).unwrap().count(), 0);
}

#[test]
fn the_version_is_printed() {
    let said = program::run(program::command(["version"]), "").done();
    let number = said.trim().strip_prefix("shirabe ").expect("a name and a number");
    assert_eq!(number.split('.').count(), 3);
    assert!(number.split('.').all(|part| part.parse::<u32>().is_ok()), "{said}");
}
