//! Groups that accounts keep to compare with.

use std::collections::BTreeSet;

use server::access::Role;
use server::store::{AccountId, Changed, NewAccount, PeerGroup, Store, StoreError};

use super::backend::Backend;
use super::sample::{NOW, code, draft_round, system};

async fn account(store: &dyn Store, login_name: &str) -> AccountId {
    let new = NewAccount {
        login_name: login_name.to_owned(),
        display_name: "会員".to_owned(),
        password_hash: "hash".to_owned(),
        email: None,
        municipality: None,
        roles: BTreeSet::from([Role::Member]),
        by: system(),
        at: NOW,
    };
    store.add_account(&new).await.unwrap()
}

pub async fn a_group_is_kept_replaced_and_removed_by_its_account_alone(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 3).await;
    let (one, two) = (account(store, "one").await, account(store, "two").await);
    let near = |places: &[usize]| PeerGroup {
        name: "近隣 ㈱髙".to_owned(),
        municipalities: places.iter().map(|place| codes[*place]).collect(),
    };
    store.save_peer_group(one, &near(&[2, 0]), NOW).await.unwrap();
    store.save_peer_group(two, &near(&[1]), NOW).await.unwrap();
    assert_eq!(store.peer_groups(one).await.unwrap(), [near(&[2, 0])]);
    store.save_peer_group(one, &near(&[1]), NOW).await.unwrap();
    assert_eq!(store.peer_groups(one).await.unwrap(), [near(&[1])]);
    assert_eq!(store.remove_peer_group(one, "近隣 ㈱髙").await.unwrap(), Changed::Yes);
    assert_eq!(store.remove_peer_group(one, "近隣 ㈱髙").await.unwrap(), Changed::No);
    assert_eq!(store.peer_groups(one).await.unwrap(), []);
    assert_eq!(store.peer_groups(two).await.unwrap(), [near(&[1])], "the other account's stays");
}

pub async fn a_group_of_nobody_or_of_an_unknown_municipality_is_not_found(backend: &Backend) {
    let store = &*backend.store;
    let codes = draft_round(store, 1).await;
    let known = PeerGroup { name: "一".to_owned(), municipalities: vec![codes[0]] };
    let error = store.save_peer_group(AccountId(99), &known, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
    let one = account(store, "one").await;
    let unknown = PeerGroup { name: "二".to_owned(), municipalities: vec![codes[0], code(2, 999)] };
    let error = store.save_peer_group(one, &unknown, NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
    assert_eq!(store.peer_groups(one).await.unwrap(), [], "nothing is left of it");
}
