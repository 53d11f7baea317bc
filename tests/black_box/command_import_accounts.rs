//! `shirabe import accounts`: many accounts at once, with initial passwords in a file of their own.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use tests::program::{self, Ended};
use tests::{Installation, Table};

const FILE: &str = "login_name,display_name,roles,municipality_code,課\n\
                    goshogawara,企画課 佐々木,respondent approver,022055,企画課\n\
                    towada,\"総務課 成田、ほか\",回答者,022063,総務課\n\
                    ito,分析担当 伊藤,analyst,,\n";

fn import(installation: &Installation, text: &str, passwords: Option<&Path>) -> Ended {
    let file = installation.file("accounts.csv");
    std::fs::write(&file, text).unwrap();
    let mut command = installation.command(&["import", "accounts"]);
    command.arg(file);
    match passwords {
        Some(passwords) => command.arg("--passwords").arg(passwords),
        None => command.arg("--dry-run"),
    };
    program::run(command, "")
}

fn accounts(installation: &Installation) -> String {
    installation.run(&["user", "list"]).done()
}

#[tokio::test]
async fn accounts_are_added_once_and_sign_in_with_their_initial_passwords() {
    let installation = Installation::empty();
    let passwords = installation.file("passwords.csv");
    let dry = import(&installation, FILE, None).done();
    assert!(dry.contains("accounts.csv: UTF-8\n") && dry.contains("3件のうち、追加3件、登録済み0件"), "{dry}");
    assert!(
        dry.contains("  goshogawara 企画課 佐々木（回答者、承認者、022055）\n") && dry.contains("使わない列: 課"),
        "{dry}"
    );
    assert_eq!(accounts(&installation), "");

    assert!(import(&installation, FILE, Some(&passwords)).done().contains("登録しました。"));
    assert_eq!(std::fs::metadata(&passwords).unwrap().permissions().mode() & 0o777, 0o600);
    let table = Table::read(std::fs::read_to_string(&passwords).unwrap().trim_start_matches('\u{feff}'));
    assert_eq!(table.columns, ["login_name", "display_name", "initial_password"]);
    assert_eq!(table.rows.len(), 3);
    assert_eq!(table.values("initial_password").len(), 3, "each has its own");
    let server = installation.serve();
    for row in &table.rows {
        server.anonymous().login(&row["login_name"], &row["initial_password"]).await;
    }
    let listed = accounts(&installation);
    assert!(listed.contains("towada\t総務課 成田、ほか\trespondent\t022063"), "{listed}");

    // Again: nothing new, and no file.
    let other = installation.file("other.csv");
    let said = import(&installation, FILE, Some(&other)).done();
    assert!(said.contains("追加0件、登録済み3件") && said.contains("何も変えていません"), "{said}");
    assert!(!other.exists());
    // One more: only its password.
    let more = format!("{FILE}hachinohe,企画課 渡辺,respondent,022039,\n");
    import(&installation, &more, Some(&other)).done();
    let text = std::fs::read_to_string(&other).unwrap();
    assert_eq!(Table::read(text.trim_start_matches('\u{feff}')).rows.len(), 1);
}

#[test]
fn a_bad_file_adds_nobody() {
    let installation = Installation::prepared();
    let before = accounts(&installation);
    let passwords = installation.file("passwords.csv");
    for (from, to, said) in [
        ("towada,", "十和田,", "accounts.csv 3行目 login_name列: ログイン名は半角英数字"),
        ("towada,", "aomori,", "accounts.csv 3行目 login_name列: このログイン名は、別の内容のアカウントに"),
        ("towada,", "goshogawara,", "accounts.csv 3行目 login_name列: 「goshogawara」は2行目にもあります"),
        ("回答者,022063", "回答者,", "accounts.csv 3行目 municipality_code列: 回答者と承認者には市町村コードが必要"),
        ("回答者,022063", "王,022063", "accounts.csv 3行目 roles列: 「王」という役割は"),
        ("回答者,022063", "回答者,22063", "accounts.csv 3行目 municipality_code列: 「22063」は先頭の0が落ちた"),
        (",課\n", ",password\n", "accounts.csv 1行目 password列: パスワードの列は読み取りません"),
    ] {
        let refused = import(&installation, &FILE.replace(from, to), Some(&passwords)).refused(1);
        assert!(refused.contains(said), "{said}: {refused}");
        assert!(!passwords.exists());
    }
    // A file that is there is never written over, and without one nobody is added.
    std::fs::write(&passwords, "older").unwrap();
    assert!(import(&installation, FILE, Some(&passwords)).refused(1).contains("書き込めません"));
    assert_eq!(std::fs::read_to_string(&passwords).unwrap(), "older");
    assert_eq!(accounts(&installation), before);
    installation.run(&["import", "accounts", "x.csv"]).refused(2);
}
