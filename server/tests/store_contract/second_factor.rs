//! Second factors and their recovery codes.

use server::access::Role;
use server::store::{
    AccountId, AuditFilter, Changed, NewAccount, NewSecondFactor, SECOND_FACTOR_REQUIRED, SecondFactorRecord, Store,
    StoreError,
};
use shared::audit::Act;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, system};

async fn account(store: &dyn Store, login_name: &str) -> AccountId {
    let new = NewAccount {
        login_name: login_name.to_owned(),
        display_name: "県担当".to_owned(),
        password_hash: "hash".to_owned(),
        email: None,
        municipality: None,
        roles: [Role::Officer].into(),
        by: system(),
        at: NOW,
    };
    store.add_account(&new).await.unwrap()
}

fn factor(account: AccountId) -> NewSecondFactor {
    let recovery_codes = vec![[1; 32], [2; 32]];
    NewSecondFactor { account, sealed: vec![0, 159, 255], step: 5, recovery_codes, by: system(), at: NOW }
}

async fn stamp(store: &dyn Store, id: AccountId) -> [u8; 8] {
    store.account(id).await.unwrap().unwrap().session_stamp
}

/// How often that was recorded.
async fn recorded(store: &dyn Store, act: Act) -> usize {
    let filter = AuditFilter { act: Some(act), limit: 100, ..AuditFilter::default() };
    store.audit(&filter).await.unwrap().len()
}

pub async fn a_second_factor_is_set_once_and_ends_sessions(backend: &Backend) {
    let store = &*backend.store;
    let (one, other) = (account(store, "one").await, account(store, "other").await);
    let before = stamp(store, one).await;
    assert_eq!(store.second_factor(one).await.unwrap(), None);
    assert_eq!(store.set_second_factor(&factor(one)).await.unwrap(), Changed::Yes);
    let set = stamp(store, one).await;
    assert_ne!(set, before);
    let held = SecondFactorRecord { sealed: vec![0, 159, 255], at: NOW, recovery_codes: 2 };
    assert_eq!(store.second_factor(one).await.unwrap(), Some(held.clone()));
    assert_eq!(store.account(one).await.unwrap().unwrap().second_factor_since, Some(NOW));
    assert_eq!(store.account(other).await.unwrap().unwrap().second_factor_since, None);
    let again = NewSecondFactor { sealed: vec![7], ..factor(one) };
    assert_eq!(store.set_second_factor(&again).await.unwrap(), Changed::No);
    assert_eq!((store.second_factor(one).await.unwrap(), stamp(store, one).await), (Some(held), set));

    assert_eq!(store.remove_second_factor(other, &system(), NOW).await.unwrap(), Changed::No);
    assert_eq!(store.remove_second_factor(one, &system(), NOW).await.unwrap(), Changed::Yes);
    assert_ne!(stamp(store, one).await, set);
    assert_eq!(store.second_factor(one).await.unwrap(), None);
    assert_eq!(store.use_recovery_code(one, &[1; 32], NOW).await.unwrap(), Changed::No, "they went with it");
    assert_eq!(store.set_second_factor(&again).await.unwrap(), Changed::Yes);
    assert_eq!((recorded(store, Act::SecondFactorSet).await, recorded(store, Act::SecondFactorRemoved).await), (2, 1));
    let error = store.set_second_factor(&factor(AccountId(99))).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
}

pub async fn a_step_and_a_recovery_code_count_once(backend: &Backend) {
    let store = &*backend.store;
    let (one, other) = (account(store, "one").await, account(store, "other").await);
    let _ = store.set_second_factor(&factor(one)).await.unwrap();
    for (step, counts) in [(5, Changed::No), (6, Changed::Yes), (6, Changed::No), (4, Changed::No), (9, Changed::Yes)] {
        assert_eq!(store.use_step(one, step).await.unwrap(), counts, "{step}");
    }
    assert_eq!(store.use_step(other, 10).await.unwrap(), Changed::No);
    for (hash, counts) in [([1; 32], Changed::Yes), ([1; 32], Changed::No), ([3; 32], Changed::No)] {
        assert_eq!(store.use_recovery_code(one, &hash, NOW).await.unwrap(), counts, "{hash:?}");
    }
    assert_eq!(store.use_recovery_code(other, &[2; 32], NOW).await.unwrap(), Changed::No);
    assert_eq!(store.second_factor(one).await.unwrap().unwrap().recovery_codes, 1);
}

pub async fn recovery_codes_are_replaced_as_a_whole(backend: &Backend) {
    let store = &*backend.store;
    let (one, other) = (account(store, "one").await, account(store, "other").await);
    let _ = store.set_second_factor(&factor(one)).await.unwrap();
    let set = stamp(store, one).await;
    let later = Timestamp(NOW.0 + 1);
    let codes = [[2; 32], [8; 32], [9; 32]];
    assert_eq!(store.replace_recovery_codes(one, &codes, &system(), later).await.unwrap(), Changed::Yes);
    assert_eq!(store.replace_recovery_codes(other, &codes, &system(), later).await.unwrap(), Changed::No);
    let held = store.second_factor(one).await.unwrap().unwrap();
    assert_eq!((held.recovery_codes, held.at, stamp(store, one).await), (3, NOW, set));
    assert_eq!(store.use_recovery_code(one, &[1; 32], later).await.unwrap(), Changed::No);
    assert_eq!(store.use_recovery_code(one, &[2; 32], later).await.unwrap(), Changed::Yes);
    assert_eq!(recorded(store, Act::RecoveryCodes).await, 1);
}

pub async fn that_officers_must_have_one_is_set_and_recorded(backend: &Backend) {
    let store = &*backend.store;
    for (required, stored) in [(true, "1"), (false, "0")] {
        store.require_second_factor(required, &system(), NOW).await.unwrap();
        assert_eq!(store.setting(SECOND_FACTOR_REQUIRED).await.unwrap().as_deref(), Some(stored));
    }
    assert_eq!(recorded(store, Act::SecondFactorRequired).await, 2);
}
