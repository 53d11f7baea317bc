//! The database itself: schema, durability, what it refuses.

use std::path::Path;

use server::store::{APPEND_ONLY, LedgerChange, NewAccount, Store, StoreError, connect};
use shared::response::{ResponseState, Side};
use tokio::task::JoinSet;

use super::backend::Backend;
use super::sample::{
    NOW, aomori, give_back, inquiry, kpi, open_round, publication, question_and_answer, reference, save, section_task,
    submission, system, text, year,
};

pub async fn migrating_twice_changes_nothing(backend: &Backend) {
    backend.store.set_setting("key", "value").await.unwrap();
    backend.store.migrate().await.unwrap();
    assert_eq!(backend.store.setting("key").await.unwrap().as_deref(), Some("value"));
}

pub async fn a_newer_database_is_refused_and_left_alone(backend: &Backend) {
    backend
        .execute(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', true, '', 0)",
        )
        .await
        .unwrap();
    let schema = schema(backend).await;
    let reopened = backend.reopen().await;
    let error = reopened.migrate().await.unwrap_err();
    reopened.close().await;
    assert!(matches!(error, StoreError::NewerThanBinary { database: 9999, .. }), "{error}");
    assert!(error.to_string().contains("新しい版のshirabe"), "{error}");
    assert_eq!(self::schema(backend).await, schema);
}

pub async fn the_version_of_the_schema_is_told(backend: &Backend) {
    assert_eq!(backend.store.schema_version().await.unwrap(), (Some(24), 24));
}

pub async fn writing_is_really_tried(backend: &Backend) {
    backend.store.write_check(NOW).await.unwrap();
    assert_eq!(backend.store.setting("write_check").await.unwrap(), Some(NOW.0.to_string()));
    backend.execute("DROP TABLE setting").await.unwrap();
    assert!(backend.store.write_check(NOW).await.is_err());
}

pub async fn settings_are_set_and_replaced(backend: &Backend) {
    assert_eq!(backend.store.setting("demonstration").await.unwrap(), None);
    for value in ["seed 1", "seed 2"] {
        backend.store.set_setting("demonstration", value).await.unwrap();
        assert_eq!(backend.store.setting("demonstration").await.unwrap().as_deref(), Some(value));
    }
}

pub async fn everything_is_there_after_reopening(backend: &Backend) {
    open_round(&*backend.store, 2).await;
    let _ = backend.store.save_answers(&save(aomori(), &[("q1", text("髙"), 0)])).await.unwrap();
    let before = backend.store.answers(year(), aomori()).await.unwrap();
    let responses = backend.store.responses(year()).await.unwrap();
    backend.store.close().await;
    if let Some(path) = backend.url.strip_prefix("sqlite:") {
        assert_private(Path::new(path));
        assert!(!Path::new(&format!("{path}-wal")).exists(), "closing moves the log into the file");
    }
    let reopened = backend.reopen().await;
    reopened.migrate().await.unwrap();
    assert_eq!(reopened.answers(year(), aomori()).await.unwrap(), before);
    assert_eq!(reopened.responses(year()).await.unwrap(), responses);
    reopened.close().await;
}

fn assert_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

pub async fn what_happened_cannot_be_changed(backend: &Backend) {
    let store = &*backend.store;
    open_round(store, 1).await;
    let _ = store.save_answers(&save(aomori(), &[("q1", text("1"), 0)])).await.unwrap();
    let _ = store.submit(&submission(aomori(), 1, "R-1")).await.unwrap();
    store.add_kpis(&[kpi("k", "KPI")], &system(), NOW).await.unwrap();
    let value = super::results::value("2026H1", "1", 0);
    let change = LedgerChange { kpis: Vec::new(), values: vec![value], by: system(), at: NOW };
    let _ = store.save_ledger(&change).await.unwrap();
    super::roadmap::fill(store).await;
    store.add_definitions(&[super::sample::definition("d", 1)]).await.unwrap();
    go_round_the_answers(store).await;
    finalize(backend).await;
    let _ = store.publish_round(&publication(1), &system()).await.unwrap();
    let _ = store.check_audit(NOW).await.unwrap();
    assert_eq!(store.append_only_tables().await.unwrap(), APPEND_ONLY);
    for sql in [
        "UPDATE questionnaire SET form_id = 'x'",
        "DELETE FROM questionnaire",
        "UPDATE round_event SET author_name = 'x'",
        "DELETE FROM round_event",
        "UPDATE receipt SET content_hash = content_hash",
        "DELETE FROM receipt",
        "UPDATE response_event SET note = 'x'",
        "DELETE FROM response_event",
        "UPDATE answer_history SET value_to = NULL",
        "DELETE FROM answer_history",
        "UPDATE publication SET snapshot = '{}'",
        "DELETE FROM publication",
        "UPDATE definition SET definition = '{}'",
        "DELETE FROM definition",
        "UPDATE kpi SET label = 'x'",
        "DELETE FROM kpi",
        "UPDATE kpi_value SET value = 'x'",
        "DELETE FROM kpi_value",
        "UPDATE roadmap_item SET note = 'x'",
        "DELETE FROM roadmap_item",
        "UPDATE roadmap_review SET note = 'x'",
        "DELETE FROM roadmap_review",
        "UPDATE section_task SET assignee = 'x'",
        "DELETE FROM section_task",
        "UPDATE approval_setting SET required = 0",
        "DELETE FROM approval_setting",
        "UPDATE deadline_extension SET until = 0",
        "DELETE FROM deadline_extension",
        "UPDATE returned_question SET reason = 'x'",
        "DELETE FROM returned_question",
        "UPDATE inquiry SET question = 'x'",
        "DELETE FROM inquiry",
        "UPDATE inquiry_message SET text = 'x'",
        "DELETE FROM inquiry_message",
        "UPDATE question_and_answer SET answer = 'x'",
        "DELETE FROM question_and_answer",
        "UPDATE question_and_answer_withdrawal SET at = 0",
        "DELETE FROM question_and_answer_withdrawal",
        "UPDATE reference_source SET title = 'x'",
        "DELETE FROM reference_source",
        "UPDATE reference_figure SET value = 'x'",
        "DELETE FROM reference_figure",
        "UPDATE audit SET value_to = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_checkpoint SET heads = '[]'",
        "DELETE FROM audit_checkpoint",
        "UPDATE reminder SET subject = 'x'",
        "DELETE FROM reminder",
        "UPDATE boundaries SET areas = '[]'",
        "DELETE FROM boundaries",
    ] {
        let error = backend.execute(sql).await.expect_err(sql);
        assert!(error.to_string().contains("is append-only"), "{sql}: {error}");
    }
}

/// A row in every table beside the answers of a submitted response.
async fn go_round_the_answers(store: &dyn Store) {
    let _ = store.save_section_task(&section_task("living", 0, "企画課")).await.unwrap();
    store.set_approval_setting(aomori(), true, &system(), NOW).await.unwrap();
    let _ = store.add_extension_event(&super::extensions::asked_for(aomori(), 0)).await.unwrap();
    let asked = inquiry(aomori(), Some("q1"), Side::Prefecture, "件数は");
    let asked = store.add_inquiry(&asked).await.unwrap();
    let id = store.add_question_and_answer(&question_and_answer(None, Some(asked), "RPAは")).await.unwrap();
    let _ = store.withdraw_question_and_answer(year(), id, &system(), NOW).await.unwrap();
    let _ = store.add_reference_figures(&reference("dx", 'a', &[(aomori(), "CIO", "実施")])).await.unwrap();
    let _ = store.add_reminder(&super::mail::reminder("r", Vec::new())).await.unwrap();
    let _ = store.add_boundaries(&super::boundaries::boundaries("出典", 'a')).await.unwrap();
    let _ = store.return_response(&give_back(aomori(), ResponseState::Submitted, &["q1"])).await.unwrap();
}

async fn finalize(backend: &Backend) {
    use shared::round::RoundState::{Closed, Finalized, Open};
    for (from, to) in [(Open, Closed), (Closed, Finalized)] {
        let _ = backend.store.advance_round(year(), from, to, &system(), NOW).await.unwrap();
    }
}

pub async fn impossible_rows_are_refused(backend: &Backend) {
    open_round(&*backend.store, 1).await;
    for sql in [
        "INSERT INTO municipality (code, name, kana, kind) VALUES ('1', '村', '', '村')",
        "INSERT INTO municipality (code, name, kana, kind) VALUES ('022021', '県', '', '県')",
        "INSERT INTO round (year, state, questionnaire) VALUES (2030, 'open', 1)",
        "INSERT INTO round (year, state, questionnaire) VALUES (2030, 'paused', 1)",
        "INSERT INTO round (year, state, questionnaire) VALUES (2030, 'draft', 99)",
        "INSERT INTO response (year, municipality, state, revision) VALUES (2030, '022012', 'not_started', 0)",
        "UPDATE response SET state = 'submitted', revision = 1, updated_at = 1",
        "INSERT INTO answer (year, municipality, question, revision, author_name, at)
         VALUES (2026, '999999', 'q', 1, 'x', 0)",
        "INSERT INTO account_role (account, role) VALUES (1, 'officer')",
        "INSERT INTO reference_count (year, field, count, population, definition, source, note)
         VALUES (2022, 'living', 41, 40, 'v0', '', '')",
        "INSERT INTO section_task (year, municipality, section, revision, assignee, state, comment, author_name, at)
         VALUES (2030, '022012', 'living', 1, '', 'open', '', 'x', 0)",
        "INSERT INTO section_task (year, municipality, section, revision, assignee, state, comment, author_name, at)
         SELECT year, municipality, 'living', 1, '', 'paused', '', 'x', 0 FROM response",
        "INSERT INTO approval_setting (municipality, required, author_name, at) VALUES ('999999', 1, 'x', 0)",
        "INSERT INTO approval_setting (municipality, required, author_name, at)
         SELECT municipality, 2, 'x', 0 FROM response",
        "INSERT INTO returned_question (year, municipality, revision, question, position, reason)
         SELECT year, municipality, 99, 'q', 1, '' FROM response",
        "INSERT INTO deadline_extension (year, municipality, sequence, step, until, reason, author_name, at)
         VALUES (2030, '022012', 1, 'requested', 1, 'x', 'x', 0)",
        "INSERT INTO deadline_extension (year, municipality, sequence, step, until, reason, author_name, at)
         SELECT year, municipality, 1, 'requested', 1, '', 'x', 0 FROM response",
        "INSERT INTO deadline_extension (year, municipality, sequence, step, until, reason, author_name, at)
         SELECT year, municipality, 1, 'declined', 1, 'x', 'x', 0 FROM response",
        "INSERT INTO deadline_extension (year, municipality, sequence, step, until, reason, author_name, at)
         SELECT year, municipality, 1, 'granted', NULL, '', 'x', 0 FROM response",
        "INSERT INTO inquiry (year, municipality, question) VALUES (2030, '022012', NULL)",
        "INSERT INTO inquiry_message (inquiry, sequence, side, text, closes, author_name, at)
         VALUES (99, 1, 'prefecture', 'x', 0, 'x', 0)",
        "INSERT INTO question_and_answer (year, inquiry, asked, answer, author_name, at)
         VALUES (2026, 99, 'x', 'x', 'x', 0)",
        "INSERT INTO question_and_answer_withdrawal (question_and_answer, author_name, at) VALUES (99, 'x', 0)",
        "INSERT INTO reference_source (id, revision, title, as_of, sha256, author_name, at)
         VALUES ('dx', 1, '', '', 'short', 'x', 0)",
        "INSERT INTO roadmap_item (id, revision, position, field, area, survey_area, measure, steps, kpis, visibility,
         note, author_name, at) VALUES ('r', 1, 1, '', '', '', 'x', '', '', 'council', '', 'x', 0)",
        "INSERT INTO roadmap_review (item, period, revision, status, note, author_name, at)
         VALUES ('r', '2026', 1, 'done', '', 'x', 0)",
        "INSERT INTO roadmap_review (item, period, revision, status, note, author_name, at)
         VALUES ('r', '2026H1', 1, 'well', '', 'x', 0)",
        "INSERT INTO job (id, kind, asker, title, request, state, attempts, outcome, at, changed_at)
         VALUES ('0123456789abcdef0123456789abcdef', 'accounts', '', '', 'x', 'done', 1, '', 0, 0)",
        "INSERT INTO kpi_value (kpi, period, revision, value, note, author_name, at) VALUES ('k', '26', 1, '', '', 'x', 0)",
        "INSERT INTO kpi_value (kpi, period, revision, value, note, author_name, at) VALUES ('', '2026', 1, '', '', 'x', 0)",
        "INSERT INTO reference_figure (municipality, source, revision, item, value)
         SELECT municipality, 'dx', 1, 'CIO', '' FROM response",
    ] {
        let error = backend.execute(sql).await.expect_err(sql);
        assert!(error.to_string().contains("constraint"), "{sql}: {error}");
    }
    let nowhere = Some(super::sample::code(2, 301));
    let stranger = NewAccount {
        login_name: "stranger".to_owned(),
        display_name: String::new(),
        password_hash: String::new(),
        email: None,
        municipality: nowhere,
        roles: [].into(),
        by: system(),
        at: NOW,
    };
    let error = backend.store.add_account(&stranger).await.unwrap_err();
    assert!(matches!(error, StoreError::Database(_)), "{error}");
    assert_eq!(backend.store.accounts().await.unwrap(), []);
}

pub async fn the_same_schema_stands_in_both_databases(backend: &Backend) {
    insta::assert_snapshot!("schema", schema(backend).await.join("\n"));
}

/// `table.column` and whether it may be empty, of every table, by name.
async fn schema(backend: &Backend) -> Vec<String> {
    let mut columns = backend
        .texts(
            "SELECT t.name || '.' || c.name || CASE WHEN c.\"notnull\" OR c.pk THEN '' ELSE ' ?' END
             FROM sqlite_master AS t, pragma_table_info(t.name) AS c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> '_sqlx_migrations'",
            "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE ' ?' END
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
        )
        .await;
    columns.sort();
    columns
}

#[tokio::test]
async fn an_address_that_is_no_store_is_refused_without_its_password() {
    let folder = tempfile::TempDir::new().unwrap();
    let text_file = folder.path().join("notes.txt");
    std::fs::write(&text_file, "not a database, but long enough to be mistaken for one".repeat(20)).unwrap();
    for (url, part) in [
        ("mysql://user:geheim@host/db".to_owned(), "sqlite:PATH または postgres://"),
        ("user:geheim@host".to_owned(), "sqlite:PATH または postgres://"),
        ("shirabe.db".to_owned(), "sqlite:PATH または postgres://"),
        ("sqlite:".to_owned(), "sqlite:PATH"),
        ("sqlite::memory:".to_owned(), "sqlite:PATH"),
        (format!("sqlite:{}/missing/x.db", folder.path().display()), "フォルダーがありません"),
        (format!("sqlite:{}", text_file.display()), "SQLiteのデータベースではありません"),
        ("postgres://user:geheim@127.0.0.1:1/db".to_owned(), "サーバーが応答しません"),
        ("postgres://user:geheim@host:port/db".to_owned(), "postgres://利用者名@ホスト"),
    ] {
        let Err(error) = connect(&url).await else { panic!("{url} was accepted") };
        let error = error.to_string();
        assert!(error.contains("データベースに接続できません") && error.contains(part), "{url}: {error}");
        assert!(!error.contains("geheim"), "{url}: {error}");
    }
    assert!(std::fs::read(&text_file).unwrap().starts_with(b"not a database"));
}

#[tokio::test]
async fn a_database_that_is_missing_on_the_server_is_named() {
    super::backend::on_postgres(async |backend: &Backend| {
        let Err(error) = connect(&format!("{}_missing", backend.url)).await else { panic!("was accepted") };
        assert!(error.to_string().contains("データベースがありません"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn two_processes_write_one_file_in_turn() {
    super::backend::on_sqlite(async |backend: &Backend| {
        let mut processes = JoinSet::new();
        for process in 0..3 {
            let store = backend.reopen().await;
            processes.spawn(async move {
                for turn in 0..10 {
                    // Reads the ledger's end, then writes behind it.
                    store.add_kpis(&[kpi(&format!("{process}-{turn}"), "KPI")], &system(), NOW).await.unwrap();
                }
                store.close().await;
            });
        }
        processes.join_all().await;
        assert_eq!(backend.store.kpis().await.unwrap().len(), 30);
    })
    .await;
}
