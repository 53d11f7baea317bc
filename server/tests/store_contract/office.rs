//! What a municipality arranges inside its own office.

use server::store::{Changed, SectionTask, StoreError};
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, code, open_round, section_task, system, year};

fn task(section: &str, revision: u32, assignee: &str) -> SectionTask {
    SectionTask {
        section: SectionName(section.to_owned()),
        revision,
        assignee: assignee.to_owned(),
        state: SectionTaskState::Open,
        comment: "金曜までに".to_owned(),
        by: system(),
        at: NOW,
    }
}

pub async fn a_section_is_handed_out_and_every_revision_stays(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(store.section_tasks(year(), aomori()).await.unwrap(), []);
    for section in ["living", "industry"] {
        assert_eq!(store.save_section_task(&section_task(section, 0, "企画課 ㈱髙")).await.unwrap(), Changed::Yes);
    }
    let mut done = section_task("living", 1, "");
    (done.state, done.at) = (SectionTaskState::Done, Timestamp(NOW.0 + 1));
    done.comment.clear();
    assert_eq!(store.save_section_task(&done).await.unwrap(), Changed::Yes);
    let expected = SectionTask {
        state: SectionTaskState::Done,
        comment: String::new(),
        at: Timestamp(NOW.0 + 1),
        ..task("living", 2, "")
    };
    let tasks = store.section_tasks(year(), aomori()).await.unwrap();
    assert_eq!(tasks, [task("industry", 1, "企画課 ㈱髙"), expected]);
    let sql = "SELECT assignee || '/' || state FROM section_task WHERE section = 'living' ORDER BY revision";
    assert_eq!(backend.texts(sql, sql).await, ["企画課 ㈱髙/open", "/done"]);
}

pub async fn a_stale_section_task_is_not_saved(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(store.save_section_task(&section_task("living", 1, "税務課")).await.unwrap(), Changed::No);
    for (revision, assignee) in [(0, "企画課"), (1, "総務課")] {
        assert_eq!(store.save_section_task(&section_task("living", revision, assignee)).await.unwrap(), Changed::Yes);
    }
    for stale in [0, 1, 3, u32::MAX] {
        let saved = store.save_section_task(&section_task("living", stale, "税務課")).await.unwrap();
        assert_eq!(saved, Changed::No, "{stale}");
    }
    assert_eq!(store.section_tasks(year(), aomori()).await.unwrap(), [task("living", 2, "総務課")]);
}

pub async fn section_tasks_belong_to_one_response(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 2).await;
    let mut other = section_task("living", 0, "総務課");
    other.code = code(2, 202);
    for new in [&section_task("living", 0, "企画課"), &other] {
        assert_eq!(store.save_section_task(new).await.unwrap(), Changed::Yes);
    }
    assert_eq!(store.section_tasks(year(), aomori()).await.unwrap(), [task("living", 1, "企画課")]);
    assert_eq!(store.section_tasks(year(), other.code).await.unwrap(), [task("living", 1, "総務課")]);
    other.code = code(1, 100);
    let nowhere = store.save_section_task(&other).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))), "{nowhere:?}");
}

pub async fn the_last_approval_setting_of_a_municipality_holds(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 2).await;
    assert_eq!(store.approval_setting(aomori()).await.unwrap(), None);
    for required in [true, false, false, true] {
        store.set_approval_setting(aomori(), required, &system(), NOW).await.unwrap();
        assert_eq!(store.approval_setting(aomori()).await.unwrap(), Some(required));
    }
    assert_eq!(store.approval_setting(code(2, 202)).await.unwrap(), None);
    store.set_approval_setting(code(2, 202), false, &system(), NOW).await.unwrap();
    assert_eq!(store.approval_setting(code(2, 202)).await.unwrap(), Some(false));
    assert_eq!(store.approval_setting(aomori()).await.unwrap(), Some(true));
    let nowhere = store.set_approval_setting(code(2, 999), true, &system(), NOW).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))), "{nowhere:?}");
}
