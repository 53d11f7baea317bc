//! Personal tokens for the API.

use std::collections::BTreeSet;

use server::access::{Role, Scope};
use server::store::{AccountId, ApiTokenRecord, Changed, NewAccount, NewApiToken, NewInvitation, Store, StoreError};
use shared::audit::Act;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, system};

async fn account(store: &dyn Store, login_name: &str) -> AccountId {
    let new = NewAccount {
        login_name: login_name.to_owned(),
        display_name: "県担当".to_owned(),
        password_hash: "hash".to_owned(),
        municipality: None,
        email: None,
        roles: BTreeSet::from([Role::Officer]),
        by: system(),
        at: NOW,
    };
    store.add_account(&new).await.unwrap()
}

fn token(account: AccountId, name: &str, hash: u8) -> NewApiToken {
    NewApiToken {
        account,
        name: name.to_owned(),
        hash: [hash; 32],
        scopes: BTreeSet::from([Scope::Read, Scope::Review]),
        credential: [7; 32],
        at: NOW,
        expires_at: Timestamp(NOW.0 + 1),
    }
}

pub async fn a_token_is_found_by_its_hash_until_it_is_revoked(backend: &Backend) {
    let store = &*backend.store;
    let officer = account(store, "officer").await;
    let new = token(officer, "集計 ㈱髙", 0xff);
    let id = store.add_api_token(&new).await.unwrap();
    let mut kept = ApiTokenRecord {
        id,
        account: officer,
        name: new.name.clone(),
        scopes: new.scopes.clone(),
        credential: new.credential,
        created_at: new.at,
        expires_at: new.expires_at,
        used_at: None,
    };
    assert_eq!(store.api_token(&new.hash).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(store.api_token(&[0; 32]).await.unwrap(), None);
    store.touch_api_token(id, Timestamp(NOW.0 + 5)).await.unwrap();
    kept.used_at = Some(Timestamp(NOW.0 + 5));
    assert_eq!(store.api_tokens(officer).await.unwrap(), [kept]);
    assert_eq!(store.revoke_api_token(officer, id, NOW).await.unwrap(), Changed::Yes);
    assert_eq!(store.revoke_api_token(officer, id, NOW).await.unwrap(), Changed::No);
    assert_eq!(store.api_token(&new.hash).await.unwrap(), None);
    assert_eq!(store.api_tokens(officer).await.unwrap(), []);
}

pub async fn an_account_has_a_name_once_and_its_own_tokens_only(backend: &Backend) {
    let store = &*backend.store;
    let (one, two) = (account(store, "one").await, account(store, "two").await);
    let id = store.add_api_token(&token(one, "集計", 1)).await.unwrap();
    let error = store.add_api_token(&token(one, "集計", 2)).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("集計")), "{error}");
    store.add_api_token(&token(two, "集計", 3)).await.unwrap();
    assert_eq!(store.revoke_api_token(two, id, NOW).await.unwrap(), Changed::No, "somebody else's");
    assert!(store.api_token(&[1; 32]).await.unwrap().is_some());
    assert_eq!(store.revoke_api_token(one, id, NOW).await.unwrap(), Changed::Yes);
    store.add_api_token(&token(one, "集計", 4)).await.unwrap();
    let names = |tokens: Vec<ApiTokenRecord>| tokens.into_iter().map(|token| token.name).collect::<Vec<_>>();
    assert_eq!(names(store.api_tokens(one).await.unwrap()), ["集計"]);
    let error = store.add_api_token(&token(AccountId(99), "集計", 5)).await.unwrap_err();
    assert!(matches!(error, StoreError::NotFound(_)), "{error}");
}

pub async fn a_new_invitation_and_disabling_end_an_accounts_tokens(backend: &Backend) {
    let store = &*backend.store;
    let (one, two) = (account(store, "one").await, account(store, "two").await);
    store.add_api_token(&token(two, "集計", 9)).await.unwrap();
    let invitation = |code: u8| NewInvitation {
        account: one,
        code_hash: vec![code; 32],
        expires_at: Timestamp(NOW.0 + 1),
        by: system(),
        at: NOW,
    };
    for (name, hash) in [("b", 1), ("a", 2)] {
        store.add_api_token(&token(one, name, hash)).await.unwrap();
    }
    let _ = store.invite("r1", &[invitation(1)], NOW).await.unwrap();
    assert_eq!(store.api_tokens(one).await.unwrap(), []);
    // Its password is empty as it was, and so is what is known of it: nothing but this ends them.
    store.add_api_token(&token(one, "a", 3)).await.unwrap();
    assert_eq!(store.disable_account(one, &system(), NOW).await.unwrap(), Changed::Yes);
    for hash in [1, 2, 3] {
        assert_eq!(store.api_token(&[hash; 32]).await.unwrap(), None, "{hash}");
    }
    let _ = store.invite("r2", &[invitation(2)], NOW).await.unwrap();
    assert_eq!(store.api_token(&[3; 32]).await.unwrap(), None, "it does not come back with the account");
    assert!(store.api_token(&[9; 32]).await.unwrap().is_some(), "somebody else's");
    let entries = store.audit_of_chain(&format!("account/{}", one.0)).await.unwrap();
    let revoked = entries.iter().filter(|entry| entry.act == Act::TokenRevoked.code());
    let told: Vec<_> = revoked.map(|entry| (entry.object.as_str(), entry.by.name.as_str())).collect();
    let by = system().name;
    assert_eq!(told, ["a", "b", "a"].map(|name| (name, by.as_str())));
}
