//! Accounts and sessions.

use server::access::Role;
use server::store::{AccountId, AccountRecord, NewAccount, SessionRecord, StoreError};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, municipality};

fn account(login_name: &str, roles: &[Role]) -> NewAccount {
    NewAccount {
        login_name: login_name.to_owned(),
        display_name: format!("{login_name}さん"),
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
        municipality: None,
        roles: roles.iter().copied().collect(),
        at: NOW,
    }
}

fn record(id: AccountId, new: &NewAccount) -> AccountRecord {
    AccountRecord {
        id,
        login_name: new.login_name.clone(),
        display_name: new.display_name.clone(),
        password_hash: new.password_hash.clone(),
        municipality: new.municipality,
        roles: new.roles.clone(),
        last_login_at: None,
    }
}

pub async fn an_account_is_found_by_id_and_login_name(backend: &Backend) {
    let store = &backend.store;
    store.put_municipalities(&[municipality(aomori())]).await.unwrap();
    let everything = account("b-officer", &Role::ALL);
    let mut respondent = account("aomori", &[Role::Respondent]);
    respondent.municipality = Some(aomori());
    let nothing = account("Z", &[]);
    let mut records = Vec::new();
    for new in [&everything, &respondent, &nothing] {
        records.push(record(store.add_account(new).await.unwrap(), new));
    }
    for expected in &records {
        assert_eq!(store.account(expected.id).await.unwrap().as_ref(), Some(expected));
        assert_eq!(store.account_by_login(&expected.login_name).await.unwrap().as_ref(), Some(expected));
    }
    records.sort_by(|a, b| a.login_name.cmp(&b.login_name));
    assert_eq!(store.accounts().await.unwrap(), records);
    assert_eq!(store.account(AccountId(99)).await.unwrap(), None);
    for other in ["Aomori", "aomori ", "ao%", ""] {
        assert_eq!(store.account_by_login(other).await.unwrap(), None, "{other:?}");
    }
}

pub async fn a_login_name_is_taken_once(backend: &Backend) {
    let store = &backend.store;
    let first = store.add_account(&account("officer", &[Role::Officer])).await.unwrap();
    let mut second = account("officer", &[Role::Respondent]);
    "別人".clone_into(&mut second.display_name);
    let error = store.add_account(&second).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("officer")), "{error}");
    assert_eq!(store.accounts().await.unwrap(), [record(first, &account("officer", &[Role::Officer]))]);
}

pub async fn several_accounts_are_added_or_none(backend: &Backend) {
    let store = &backend.store;
    let new = |names: &[&str]| names.iter().map(|name| account(name, &[Role::Analyst])).collect::<Vec<_>>();
    let error = store.add_accounts(&new(&["one", "two", "one"])).await.unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    assert_eq!(store.accounts().await.unwrap(), []);
    store.add_accounts(&new(&["one", "two"])).await.unwrap();
    assert_eq!(store.accounts().await.unwrap().len(), 2);
}

pub async fn a_login_is_noted(backend: &Backend) {
    let store = &backend.store;
    let id = store.add_account(&account("officer", &[Role::Officer])).await.unwrap();
    store.note_login(id, NOW).await.unwrap();
    assert_eq!(store.account(id).await.unwrap().unwrap().last_login_at, Some(NOW));
    let error = store.note_login(AccountId(99), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
}

fn session(id: u8, created: i64, used: i64) -> SessionRecord {
    let data = r#"{"axum-login.data":{"user_id":1}}"#.to_owned();
    SessionRecord { id_hash: vec![id; 32], data, created_at: Timestamp(created), used_at: Timestamp(used) }
}

pub async fn a_session_lives_from_login_to_logout(backend: &Backend) {
    let store = &backend.store;
    let mut begun = session(0xff, 10, 10);
    assert!(store.add_session(&begun).await.unwrap());
    assert!(!store.add_session(&session(0xff, 99, 99)).await.unwrap(), "its id is taken");
    assert_eq!(store.session(&begun.id_hash).await.unwrap().as_ref(), Some(&begun));
    store.touch_session(&begun.id_hash, Timestamp(20)).await.unwrap();
    begun.used_at = Timestamp(20);
    assert_eq!(store.session(&begun.id_hash).await.unwrap().as_ref(), Some(&begun));
    "{}".clone_into(&mut begun.data);
    store.save_session(&begun).await.unwrap();
    assert_eq!(store.session(&begun.id_hash).await.unwrap().as_ref(), Some(&begun));
    store.delete_session(&begun.id_hash).await.unwrap();
    assert_eq!(store.session(&begun.id_hash).await.unwrap(), None);
    store.touch_session(&begun.id_hash, Timestamp(30)).await.unwrap();
    assert_eq!(store.session(&begun.id_hash).await.unwrap(), None, "a touch revives nothing");
    store.save_session(&begun).await.unwrap();
    assert_eq!(store.session(&begun.id_hash).await.unwrap(), Some(begun), "a save adds");
}

pub async fn stale_sessions_are_removed(backend: &Backend) {
    let store = &backend.store;
    let sessions = [session(1, 9, 100), session(2, 100, 19), session(3, 10, 20), session(4, 100, 100)];
    for session in &sessions {
        assert!(store.add_session(session).await.unwrap());
    }
    store.delete_stale_sessions(Timestamp(10), Timestamp(20)).await.unwrap();
    let mut left = Vec::new();
    for session in &sessions {
        left.push(store.session(&session.id_hash).await.unwrap().is_some());
    }
    assert_eq!(left, [false, false, true, true]);
}
