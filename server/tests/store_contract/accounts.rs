//! Accounts and sessions.

use server::access::Role;
use server::store::{
    AccountChange, AccountId, AccountRecord, Changed, NewAccount, NewInvitation, PeerGroup, SessionRecord, SignIn,
    StoreError,
};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, municipality, system};

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

fn account(login_name: &str, roles: &[Role]) -> NewAccount {
    NewAccount {
        login_name: login_name.to_owned(),
        display_name: format!("{login_name}さん"),
        password_hash: HASH.to_owned(),
        email: Some(format!("{login_name}@example.jp").parse().unwrap()),
        municipality: None,
        roles: roles.iter().copied().collect(),
        by: system(),
        at: NOW,
    }
}

fn record(id: AccountId, new: &NewAccount) -> AccountRecord {
    AccountRecord {
        id,
        login_name: new.login_name.clone(),
        display_name: new.display_name.clone(),
        password_hash: new.password_hash.clone(),
        email: new.email.clone(),
        municipality: new.municipality,
        roles: new.roles.clone(),
        last_login_at: None,
        previous_login_at: None,
        invited_until: None,
        disabled_at: None,
        successor: None,
        second_factor_since: None,
        session_stamp: [0; 8],
    }
}

pub async fn an_account_is_found_by_id_and_login_name(backend: &Backend) {
    let store = &backend.store;
    store.put_municipalities(&[municipality(aomori())], NOW).await.unwrap();
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

pub async fn a_login_is_noted(backend: &Backend) {
    let store = &backend.store;
    let id = store.add_account(&account("officer", &[Role::Officer])).await.unwrap();
    store.note_login(id, SignIn::Password, NOW).await.unwrap();
    let noted = store.account(id).await.unwrap().unwrap();
    assert_eq!((noted.last_login_at, noted.previous_login_at), (Some(NOW), None));
    store.note_login(id, SignIn::Code, LATER).await.unwrap();
    let noted = store.account(id).await.unwrap().unwrap();
    assert_eq!((noted.last_login_at, noted.previous_login_at), (Some(LATER), Some(NOW)));
    let error = store.note_login(AccountId(99), SignIn::Password, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
}

const LATER: Timestamp = Timestamp(NOW.0 + 1000);

async fn added(backend: &Backend, login_name: &str, roles: &[Role]) -> AccountId {
    backend.store.add_account(&account(login_name, roles)).await.unwrap()
}

async fn read(backend: &Backend, id: AccountId) -> AccountRecord {
    backend.store.account(id).await.unwrap().unwrap()
}

fn invitation(account: AccountId, code: u8) -> NewInvitation {
    NewInvitation { account, code_hash: vec![code; 32], expires_at: LATER, by: system(), at: NOW }
}

pub async fn accounts_are_added_together_or_not_at_all(backend: &Backend) {
    let store = &backend.store;
    let [one, two] = ["one", "two"].map(|name| account(name, &[Role::Analyst]));
    store.add_accounts(&[one.clone(), two.clone()]).await.unwrap();
    assert_eq!(store.accounts().await.unwrap().len(), 2);
    let error = store.add_accounts(&[account("three", &[Role::Analyst]), two]).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("two")), "{error}");
    assert_eq!(store.accounts().await.unwrap().len(), 2, "nobody of the second list");
    let [three, again] = ["three", "three"].map(|name| account(name, &[Role::Analyst]));
    assert!(matches!(store.add_accounts(&[three, again]).await, Err(StoreError::Exists(_))));
    assert_eq!(store.accounts().await.unwrap().len(), 2, "a name twice in one list");
}

pub async fn an_account_is_changed_as_a_whole(backend: &Backend) {
    let store = &backend.store;
    store.put_municipalities(&[municipality(aomori())], NOW).await.unwrap();
    let id = added(backend, "aomori", &[Role::Analyst]).await;
    let change = AccountChange {
        display_name: "総務課 髙橋".to_owned(),
        email: None,
        municipality: Some(aomori()),
        roles: [Role::Respondent, Role::Approver].into(),
    };
    store.change_account(id, &change, &system(), NOW).await.unwrap();
    let changed = read(backend, id).await;
    let AccountChange { display_name, email, municipality, roles } = change.clone();
    let expected =
        AccountRecord { display_name, email, municipality, roles, ..record(id, &account("aomori", &[Role::Analyst])) };
    assert_eq!(changed, expected);
    let error = store.change_account(AccountId(99), &change, &system(), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
}

pub async fn an_invitation_sets_a_password_once(backend: &Backend) {
    let store = &backend.store;
    let id = added(backend, "aomori", &[]).await;
    store.invite(&[invitation(id, 1)]).await.unwrap();
    let invited = read(backend, id).await;
    assert_eq!((invited.password_hash.as_str(), invited.invited_until), ("", Some(LATER)));
    assert_ne!(invited.session_stamp, [0; 8], "its sessions end");
    assert_eq!(store.invited(&[1; 32], NOW).await.unwrap(), Some(id));
    assert_eq!(store.invited(&[2; 32], NOW).await.unwrap(), None);
    assert_eq!(store.invited(&[1; 32], LATER).await.unwrap(), None, "it expires");
    assert_eq!(store.accept_invitation(&[1; 32], "late", LATER).await.unwrap(), None);
    assert_eq!(store.accept_invitation(&[1; 32], HASH, NOW).await.unwrap(), Some(id));
    let accepted = read(backend, id).await;
    assert_eq!((accepted.password_hash.as_str(), accepted.invited_until), (HASH, None));
    assert_ne!(accepted.session_stamp, invited.session_stamp);
    assert_eq!(store.invited(&[1; 32], NOW).await.unwrap(), None);
    assert_eq!(store.accept_invitation(&[1; 32], "again", NOW).await.unwrap(), None);
    assert_eq!(read(backend, id).await, accepted);
}

pub async fn a_later_invitation_replaces_the_earlier_one(backend: &Backend) {
    let store = &backend.store;
    let id = added(backend, "aomori", &[]).await;
    store.invite(&[invitation(id, 1)]).await.unwrap();
    store.invite(&[invitation(id, 2)]).await.unwrap();
    assert_eq!(store.invited(&[1; 32], NOW).await.unwrap(), None);
    assert_eq!(store.invited(&[2; 32], NOW).await.unwrap(), Some(id));
    let error = store.invite(&[invitation(id, 3), invitation(AccountId(99), 4)]).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
    assert_eq!(store.invited(&[2; 32], NOW).await.unwrap(), Some(id), "nobody was invited");
}

pub async fn a_password_ends_the_sessions_before_it(backend: &Backend) {
    let store = &backend.store;
    let id = added(backend, "aomori", &[]).await;
    store.set_password(id, "other", &system(), NOW).await.unwrap();
    let set = read(backend, id).await;
    assert_eq!(set.password_hash, "other");
    assert_ne!(set.session_stamp, [0; 8]);
}

pub async fn a_disabled_account_has_nothing_left_to_use(backend: &Backend) {
    let store = &backend.store;
    let id = added(backend, "aomori", &[Role::Analyst]).await;
    store.invite(&[invitation(id, 1)]).await.unwrap();
    assert_eq!(store.disable_account(id, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.disable_account(id, &system(), LATER).await.unwrap(), Changed::No);
    let disabled = read(backend, id).await;
    assert_eq!((disabled.disabled_at, disabled.invited_until), (Some(NOW), None));
    assert_eq!(store.accept_invitation(&[1; 32], HASH, NOW).await.unwrap(), None);
    let error = store.set_password(id, HASH, &system(), NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
    store.invite(&[invitation(id, 2)]).await.unwrap();
    assert_eq!(read(backend, id).await.disabled_at, None, "an invitation brings it back");
    assert_ne!(read(backend, id).await.session_stamp, disabled.session_stamp);
}

pub async fn a_successor_takes_over_once(backend: &Backend) {
    let store = &backend.store;
    store.put_municipalities(&[municipality(aomori())], NOW).await.unwrap();
    let id = added(backend, "sato", &[Role::Member]).await;
    let group = PeerGroup { name: "近隣".to_owned(), municipalities: vec![aomori()] };
    store.save_peer_group(id, &group, NOW).await.unwrap();
    let new = account("suzuki", &[Role::Member]);
    let taken = store.hand_over(id, &account("sato", &[])).await.unwrap_err();
    assert!(matches!(taken, StoreError::Exists(_)), "{taken}");
    assert_eq!(read(backend, id).await.disabled_at, None, "a login name that is taken changes nothing");
    let successor = store.hand_over(id, &new).await.unwrap().unwrap();
    assert_eq!(read(backend, successor).await, record(successor, &new));
    assert_eq!(store.peer_groups(successor).await.unwrap(), [group]);
    let old = read(backend, id).await;
    assert_eq!((old.successor, old.disabled_at, old.password_hash.as_str()), (Some(successor), Some(NOW), ""));
    assert_eq!(store.hand_over(id, &account("third", &[])).await.unwrap(), None);
    assert_eq!(store.accounts().await.unwrap().len(), 2);
    let error = store.invite(&[invitation(id, 1)]).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "what was handed over does not come back: {error}");
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
