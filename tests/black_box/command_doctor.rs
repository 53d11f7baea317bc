//! `shirabe doctor`: the database, its guards, the audit log's chains, the snapshots.

use std::path::Path;
use std::process::Command;

use tests::{Installation, Response};

/// Runs SQL behind the product's back, with Python's SQLite.
fn tamper(installation: &Installation, file: &str, sql: &str) {
    let script = "import sqlite3, sys\n\
                  db = sqlite3.connect(sys.argv[1])\n\
                  db.executescript(sys.argv[2])\n\
                  db.commit()";
    let file = installation.file(file);
    assert!(Path::new(&file).is_file());
    let mut command = Command::new(tests::workbook::python());
    command.args(["-c", script]).arg(&file).arg(sql);
    tests::program::run(command, "").done();
}

fn findings(installation: &Installation) -> String {
    let ended = installation.run(&["doctor"]);
    assert_eq!(ended.code, 1, "{}{}", ended.stdout, ended.stderr);
    ended.stdout
}

/// With answers of two municipalities, saved while a server ran.
async fn answered() -> Installation {
    let installation = Installation::opened().await;
    let server = installation.serve();
    for (name, code) in [("aomori", "022012"), ("hirosaki", "022021")] {
        let visitor = server.visitor(name).await;
        Response::of(&visitor, code).put("org_1", &["1"], 0).await.expect(200);
        Response::of(&visitor, code).put("org_1", &["2"], 1).await.expect(200);
    }
    // A server writes the chains down each minute, and when it stops.
    assert!(server.terminate().success());
    installation
}

#[tokio::test]
async fn a_whole_installation_has_no_findings() {
    let said = answered().await.run(&["doctor"]).done();
    for words in [
        "正常\tデータベース",
        "正常\t版",
        "正常\t変更の禁止",
        "正常\t監査記録",
        "正常\t公表時に固定したデータ",
        "異常はありません",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    Installation::demo().run(&["doctor"]).done();
    Installation::prepared_on_postgres().run(&["doctor"]).done();
}

#[tokio::test]
async fn what_was_changed_behind_the_products_back_is_found() {
    let guards = "DROP TRIGGER audit_is_not_updated; DROP TRIGGER audit_is_not_deleted;";
    let restored = "CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
                    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
                    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
                    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;";
    for (sql, words) in [
        ("UPDATE audit SET value_to = 'x' WHERE chain = 'response/2026/022012' AND sequence = 1;", "022012 の1件目"),
        ("UPDATE audit SET author_name = 'x' WHERE chain = 'response/2026/022021' AND sequence = 2;", "022021 の2件目"),
        ("DELETE FROM audit WHERE chain = 'response/2026/022012' AND sequence = 2;", "022012 の2件目がありません"),
        // The last entry, with the end that is kept of the chain: only the checkpoint knows.
        (
            "DELETE FROM audit WHERE chain = 'response/2026/022012' AND sequence = 3;
             UPDATE audit_chain SET length = 2, checked_length = 2,
                 hash = (SELECT hash FROM audit WHERE chain = 'response/2026/022012' AND sequence = 2)
             WHERE chain = 'response/2026/022012';",
            "控えた値と合いません",
        ),
        (
            "DROP TRIGGER audit_checkpoint_is_not_updated; UPDATE audit_checkpoint SET heads = '[]' WHERE number = 1;
             CREATE TRIGGER audit_checkpoint_is_not_updated BEFORE UPDATE ON audit_checkpoint
             BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;",
            "第1号の区切り",
        ),
        // A chain as a whole, with the end that is kept of it: only the checkpoint knows.
        (
            "DELETE FROM audit WHERE chain = 'response/2026/022012';
             DELETE FROM audit_chain WHERE chain = 'response/2026/022012';",
            "022012 の3件目が、控えた値と合いません",
        ),
        // The last checkpoint: only the end that is kept of each chain knows.
        (
            "DROP TRIGGER audit_checkpoint_is_not_deleted;
             DELETE FROM audit_checkpoint WHERE number = (SELECT max(number) FROM audit_checkpoint);
             CREATE TRIGGER audit_checkpoint_is_not_deleted BEFORE DELETE ON audit_checkpoint
             BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;",
            "022021 の3件目までを控えた区切りがありません",
        ),
    ] {
        let installation = answered().await;
        tamper(&installation, "shirabe.db", &format!("{guards}{sql}{restored}"));
        let said = findings(&installation);
        assert!(said.contains("異常\t監査記録") && said.contains(words), "{sql}: {said}");
        assert!(said.contains("正常\t変更の禁止"), "{said}");
    }
    let installation = answered().await;
    tamper(&installation, "shirabe.db", "DROP TRIGGER receipt_is_not_deleted;");
    assert!(findings(&installation).contains("異常\t変更の禁止\t書き換えられる表があります: receipt"));
}

#[tokio::test]
async fn a_checkpoint_kept_elsewhere_shows_a_log_that_was_made_anew() {
    let installation = answered().await;
    let said = installation.run(&["doctor"]).done();
    let line = said.lines().find(|line| line.starts_with("正常\t最後の区切り\t第")).expect("the last checkpoint");
    let (number, hash) = line.rsplit('第').next().and_then(|rest| rest.split_once("号 ")).expect("number and hash");
    let kept = format!("{number}:{hash}");
    installation.run(&["doctor", "--checkpoint", &kept]).done();
    // Everything of the log is gone, its ends and checkpoints as well.
    let sql = "DROP TRIGGER audit_is_not_deleted; DROP TRIGGER audit_checkpoint_is_not_deleted;
               DELETE FROM audit; DELETE FROM audit_chain; DELETE FROM audit_checkpoint;
               CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
               BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
               CREATE TRIGGER audit_checkpoint_is_not_deleted BEFORE DELETE ON audit_checkpoint
               BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;";
    tamper(&installation, "shirabe.db", sql);
    // The histories know how much there was.
    let said = findings(&installation);
    for words in [
        "round/2026 の「調査の状態」の記録が",
        "response/2026/022012 の「回答の入力・変更」の記録が、履歴の2件に対して0件しかありません",
        "response/2026/022021 の「回答の状態」の記録が、履歴の1件に対して0件しかありません",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let ended = installation.run(&["doctor", "--checkpoint", &kept]);
    assert_eq!(ended.code, 1, "{}", ended.stdout);
    assert!(ended.stdout.contains(&format!("指定した第{number}号の区切りがありません")), "{}", ended.stdout);
    let other = format!("{number}:{}", "0".repeat(64));
    let untouched = answered().await;
    let ended = untouched.run(&["doctor", "--checkpoint", &other]);
    assert!(ended.code == 1 && ended.stdout.contains("指定した値と合いません"), "{}", ended.stdout);
    assert_eq!(untouched.run(&["doctor", "--checkpoint", "12"]).code, 2);
}

#[test]
fn what_cannot_be_opened_is_a_finding_and_nothing_is_made() {
    let installation = Installation::empty();
    assert!(findings(&installation).contains("がありません"));
    assert!(!installation.file("shirabe.db").exists());
    std::fs::write(installation.file("shirabe.db"), "これはデータベースではありません".repeat(100)).unwrap();
    assert!(findings(&installation).contains("SQLiteのデータベースではありません"));
}

#[test]
fn a_changed_snapshot_is_found() {
    let installation = Installation::demo();
    let said = installation.run(&["doctor"]).done();
    assert!(said.contains("3件のSHA-256が合います"), "{said}");
    let sql = "DROP TRIGGER publication_is_not_updated;
               UPDATE publication SET snapshot = snapshot || ' ' WHERE year = 2024;";
    tamper(&installation, "demo.db", sql);
    let said = findings(&installation);
    assert!(said.contains("異常\t公表時に固定したデータ\t令和6年度（2024年度）の第1版"), "{said}");
}
