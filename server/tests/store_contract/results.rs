//! Definitions, published counts and the KPI ledger.

use server::store::{Changed, KpiRecord, StoreError};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Field, ReferenceCount};
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, definition, kpi, system};

pub async fn definitions_are_added_by_version(backend: &Backend) {
    let store = &backend.store;
    let (any_1, any_2, all) =
        (definition("engaged-any", 1), definition("engaged-any", 2), definition("engaged-all", 1));
    store.add_definitions(&[any_2.clone(), any_1.clone(), all.clone()]).await.unwrap();
    assert_eq!(store.definitions().await.unwrap(), [all.clone(), any_1.clone(), any_2.clone()]);
    let error = store.add_definitions(&[definition("new", 1), definition("engaged-any", 2)]).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("engaged-any（第2版）")), "{error}");
    assert_eq!(store.definitions().await.unwrap(), [all, any_1, any_2], "all or none");
}

pub async fn reference_counts_are_added_once(backend: &Backend) {
    let store = &backend.store;
    let count = |field, count| ReferenceCount {
        year: FiscalYear::new(2022).unwrap(),
        field,
        count,
        population: 40,
        respondents: None,
        definition: "v0".to_owned(),
        source: "DXの推進に関する市町村アンケート".to_owned(),
        note: "回答団体数は公表されていない".to_owned(),
    };
    let [industry, living, administration] =
        [count(Field::Industry, 6), count(Field::Living, 11), count(Field::Administration, 20)];
    let earlier = ReferenceCount { year: FiscalYear::new(2021).unwrap(), respondents: Some(38), ..industry.clone() };
    store.add_reference_counts(&[administration.clone(), living.clone(), industry.clone()]).await.unwrap();
    store.add_reference_counts(std::slice::from_ref(&earlier)).await.unwrap();
    let expected = [earlier, industry, living.clone(), administration];
    assert_eq!(store.reference_counts().await.unwrap(), expected);
    let error = store.add_reference_counts(&[living]).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("暮らし・まち")), "{error}");
    assert_eq!(store.reference_counts().await.unwrap(), expected);
}

pub async fn the_kpi_ledger_keeps_its_order_and_every_revision(backend: &Backend) {
    let store = &backend.store;
    store.add_kpis(&[kpi("z", "一番目"), kpi("a", "二番目")], &system(), NOW).await.unwrap();
    store.add_kpis(&[kpi("m", "三番目")], &system(), NOW).await.unwrap();
    let error = store.add_kpis(&[kpi("n", "四番目"), kpi("a", "重複")], &system(), NOW).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains('a')), "{error}");

    let later = Timestamp(NOW.0 + 1);
    let revised = kpi("z", "改めた一番目");
    assert_eq!(store.save_kpi(&revised, 1, &system(), later).await.unwrap(), Changed::Yes);
    assert_eq!(store.save_kpi(&kpi("z", "遅れた変更"), 1, &system(), later).await.unwrap(), Changed::No);
    assert_eq!(store.save_kpi(&kpi("unknown", "ない行"), 1, &system(), later).await.unwrap(), Changed::No);
    let record = |kpi, revision, at| KpiRecord { kpi, revision, by: system(), at };
    let first = record(revised, 2, later);
    let expected = [first.clone(), record(kpi("a", "二番目"), 1, NOW), record(kpi("m", "三番目"), 1, NOW)];
    assert_eq!(store.kpis().await.unwrap(), expected);
    assert_eq!(store.kpi_history("z").await.unwrap(), [record(kpi("z", "一番目"), 1, NOW), first]);
    assert_eq!(store.kpi_history("unknown").await.unwrap(), []);
}
