//! Municipalities and questionnaires.

use server::store::{REGISTER_CHANGED, StoreError};
use shared::municipality::{Kind, Region};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, code, municipality, questionnaire, system};

pub async fn municipalities_are_added_updated_and_listed_by_prefecture(backend: &Backend) {
    let store = &backend.store;
    let (sapporo, goshogawara) = (municipality(code(1, 100)), municipality(code(2, 205)));
    let mut bare = municipality(aomori());
    (bare.region, bare.population, bare.tile, bare.kind) = (None, None, None, Kind::Ward);
    store.put_municipalities(&[goshogawara.clone(), sapporo.clone(), bare.clone()], &system(), NOW).await.unwrap();
    assert_eq!(store.municipalities(None).await.unwrap(), [sapporo.clone(), bare, goshogawara.clone()]);

    let mut updated = municipality(aomori());
    (updated.region, updated.kind, updated.name) = (Some(Region::Shimokita), Kind::Village, "改称村".to_owned());
    store.put_municipalities(std::slice::from_ref(&updated), &system(), NOW).await.unwrap();
    let later = Timestamp(NOW.0 + 1);
    assert_eq!(store.setting(REGISTER_CHANGED).await.unwrap(), Some(NOW.0.to_string()));
    store.put_municipalities(std::slice::from_ref(&updated), &system(), later).await.unwrap();
    assert_eq!(store.setting(REGISTER_CHANGED).await.unwrap(), Some(later.0.to_string()));
    assert_eq!(store.municipalities(Some("02")).await.unwrap(), [updated, goshogawara]);
    assert_eq!(store.municipalities(Some("01")).await.unwrap(), [sapporo]);
    assert_eq!(store.municipalities(Some("47")).await.unwrap(), []);
}

pub async fn a_questionnaire_is_found_again_and_never_replaced(backend: &Backend) {
    let store = &backend.store;
    let first = store.add_questionnaire(&questionnaire("2026"), NOW).await.unwrap();
    let second = store.add_questionnaire(&questionnaire("2026.1"), NOW).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(store.questionnaire(first).await.unwrap(), Some(questionnaire("2026")));
    assert_eq!(store.find_questionnaire("dx", "2026.1").await.unwrap(), Some(second));
    assert_eq!(store.find_questionnaire("dx", "2027").await.unwrap(), None);
    assert_eq!(store.questionnaire(server::store::QuestionnaireId(99)).await.unwrap(), None);

    let mut other = questionnaire("2026");
    "別の調査".clone_into(&mut other.title);
    let error = store.add_questionnaire(&other, NOW).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("2026")), "{error}");
    assert_eq!(store.questionnaire(first).await.unwrap().unwrap().title, "調査");
}
