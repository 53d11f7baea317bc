//! Databases and seeds that cannot be used: a clear message, exit code 1, and nothing changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use tests::Installation;
use tests::program::{self, repository};

/// A copy of `seeds/` in a folder.
fn copy_of_seeds(folder: &Path) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let (path, name) = (entry.as_ref().unwrap().path(), entry.as_ref().unwrap().file_name());
            if path.is_dir() {
                copy(&path, &to.join(name));
            } else {
                std::fs::copy(&path, to.join(name)).unwrap();
            }
        }
    }
    let seeds = folder.join("seeds");
    copy(&repository().join("seeds"), &seeds);
    seeds
}

fn replace(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn migrate_with(installation: &Installation, seeds: &Path) -> program::Ended {
    let mut command = installation.command(&["migrate", "--seeds"]);
    command.arg(seeds);
    program::run(command, "")
}

#[tokio::test]
async fn a_broken_seed_is_named_with_its_line_and_leaves_no_half_filled_database() {
    let installation = Installation::empty();
    for (file, from, to, place) in [
        ("municipalities/aomori.csv", "022021,", "022022,", "municipalities/aomori.csv 3行目: "),
        ("municipalities/aomori.csv", "三八", "南部地方", "municipalities/aomori.csv 4行目: 地域「南部地方」"),
        ("municipalities/japan.csv", "011002,", "011002,余分,", "municipalities/japan.csv 2行目: "),
        ("reference/counts.csv", "2022,living,11", "2022,living,十一", "reference/counts.csv 3行目: "),
        ("indicators/engaged-any.v1.toml", "version = 1", "version = \"一\"", "indicators/engaged-any.v1.toml 2行目: "),
        (
            "questionnaires/2026/survey.csv",
            "${org_6a} > 0",
            "${org_6a} >",
            "questionnaires/2026/survey.csv 9行目 relevant列: ",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let seeds = copy_of_seeds(folder.path());
        replace(&seeds.join("kpi.csv"), "コピー用紙使用量", "壊れた初期データの指標");
        replace(&seeds.join(file), from, to);
        let said = migrate_with(&installation, &seeds).refused(1);
        assert!(said.contains(place), "{place}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let seeds = copy_of_seeds(folder.path());
    std::fs::remove_file(seeds.join("kpi.csv")).unwrap();
    assert!(migrate_with(&installation, &seeds).refused(1).contains("kpi.csv: ファイルがありません"));
    migrate_with(&installation, &folder.path().join("nowhere")).refused(1);

    // The same database takes the good seeds as if nothing had been.
    installation.run(&["migrate"]).done();
    let server = installation.serve();
    let ledger = server.anonymous().get("/indicators").await.expect(200).page().text();
    assert!(ledger.contains("コピー用紙使用量") && !ledger.contains("壊れた初期データ"));
}

/// Runs Python, for what only SQLite itself can do to a file.
fn sqlite(file: &Path, statement: &str) {
    let script = "import sqlite3, sys\n\
                  c = sqlite3.connect(sys.argv[1])\n\
                  c.execute(sys.argv[2])\n\
                  c.commit()\n\
                  c.execute('PRAGMA wal_checkpoint(TRUNCATE)')\n\
                  c.close()";
    let done = Command::new("python3").args(["-c", script]).arg(file).arg(statement).output();
    let done = done.expect("python3 is missing. Run: sudo apt-get install --yes python3");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_database_newer_than_the_program_is_left_alone() {
    let installation = Installation::prepared();
    let file = installation.file("shirabe.db");
    sqlite(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'future', TRUE, x'00', 0)",
    );
    let before = std::fs::read(&file).unwrap();
    for arguments in [
        &["migrate"][..],
        &["serve", "--listen", "127.0.0.1:0"],
        &["user", "list"],
        &["export", "--year", "2026"],
        &["round", "add", "2027"],
    ] {
        let said = installation.run(arguments).refused(1);
        assert!(said.contains("データベースの版（9999）") && said.contains("新しいため開けません"), "{said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn real_and_generated_data_do_not_mix() {
    let demo = Installation::demo();
    let url = format!("sqlite:{}", demo.file("demo.db").display());
    let before = std::fs::read(demo.file("demo.db")).unwrap();
    for arguments in [&["user", "list"][..], &["migrate"], &["serve", "--listen", "127.0.0.1:0"]] {
        let mut command = program::command(arguments);
        command.args(["--database-url", &url]);
        let said = program::run(command, "").refused(1);
        assert!(said.contains("デモデータ（架空の回答）") && said.contains("--demo"), "{said}");
    }
    assert_eq!(std::fs::read(demo.file("demo.db")).unwrap(), before);

    let real = Installation::prepared();
    for ending in ["", "-wal"] {
        std::fs::copy(real.file(&format!("shirabe.db{ending}")), real.file(&format!("demo.db{ending}"))).unwrap();
    }
    for arguments in [&["migrate", "--demo"][..], &["user", "list", "--demo"]] {
        let said = real.run(arguments).refused(1);
        assert!(said.contains("空のデータベースにだけ"), "{said}");
    }
    // Real data beside a demonstration stay real.
    let accounts = real.run(&["user", "list"]).done();
    std::fs::remove_file(real.file("demo.db")).unwrap();
    std::fs::remove_file(real.file("demo.db-wal")).unwrap();
    real.run(&["migrate", "--demo"]).done();
    assert_eq!(real.run(&["user", "list"]).done(), accounts);
    assert!(real.run(&["user", "list", "--demo"]).done().contains("m022012\t"));
}

#[test]
fn what_is_no_database_is_named_and_left_alone() {
    let installation = Installation::empty();
    let junk = installation.file("junk.db");
    std::fs::write(&junk, "これはデータベースではありません。".repeat(100)).unwrap();
    let before = std::fs::read(&junk).unwrap();
    let url = format!("sqlite:{}", junk.display());
    for (url, message) in [
        (url.as_str(), "SQLiteのデータベースではありません"),
        ("sqlite:/no/such/folder/shirabe.db", "フォルダーがありません"),
        ("postgres://nobody:秘密@127.0.0.1:1/none", "接続できません"),
        ("mysql://root:秘密@localhost/x", "postgres://"),
    ] {
        let mut command = program::command(["migrate", "--database-url", url]);
        command.current_dir(installation.directory());
        let said = program::run(command, "").refused(1);
        assert!(said.contains(message) && !said.contains("秘密"), "{said}");
    }
    assert_eq!(std::fs::read(&junk).unwrap(), before);
    let missing = installation.file("missing");
    let said = program::run(program::command(["migrate", "--data-dir", missing.to_str().unwrap()]), "").refused(1);
    assert!(said.contains("データフォルダ") && said.contains(missing.to_str().unwrap()), "{said}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_database() {
    use std::os::unix::fs::PermissionsExt;
    let installation = Installation::empty();
    installation.run(&["migrate"]).done();
    for entry in std::fs::read_dir(installation.directory()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.file_name());
    }
}
