//! Definitions, published counts and the KPI ledger.

use server::store::{Changed, KpiRecord, KpiValueRecord, LedgerChange, StoreError};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Field, ReferenceCount};
use shared::kpi::{Kpi, NewValue, Period};
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
    let save = async |row: &Kpi, revision| {
        let change = LedgerChange { kpis: vec![(row.clone(), revision)], values: Vec::new(), by: system(), at: later };
        store.save_ledger(&change).await.unwrap()
    };
    assert_eq!(save(&revised, 1).await, Changed::Yes);
    assert_eq!(save(&kpi("z", "遅れた変更"), 1).await, Changed::No);
    assert_eq!(save(&kpi("unknown", "ない行"), 1).await, Changed::No);
    let record = |kpi, revision, at| KpiRecord { kpi, revision, by: system(), at };
    let first = record(revised, 2, later);
    let expected = [first.clone(), record(kpi("a", "二番目"), 1, NOW), record(kpi("m", "三番目"), 1, NOW)];
    assert_eq!(store.kpis().await.unwrap(), expected);
    assert_eq!(store.kpi_history("z").await.unwrap(), [record(kpi("z", "一番目"), 1, NOW), first]);
    assert_eq!(store.kpi_history("unknown").await.unwrap(), []);
}

/// A value of the row `k`.
pub fn value(period: &str, digits: &str, revision: u32) -> NewValue {
    let period = Period::of_code(period).unwrap();
    NewValue { kpi: "k".to_owned(), period, value: digits.parse().ok(), note: "速報値".to_owned(), revision }
}

pub async fn values_and_rows_of_the_ledger_are_saved_together_or_not_at_all(backend: &Backend) {
    let store = &backend.store;
    store.add_kpis(&[kpi("k", "KPI")], &system(), NOW).await.unwrap();
    let change = |kpis, values, at| LedgerChange { kpis, values, by: system(), at: Timestamp(at) };
    let values = vec![value("2026H1", "12.5", 0), value("2024H2", "1234", 0)];
    let first = change(vec![(kpi("k", "改めた"), 1)], values, 1);
    assert_eq!(store.save_ledger(&first).await.unwrap(), Changed::Yes);
    let record = |new: NewValue, at| KpiValueRecord {
        kpi: new.kpi,
        period: new.period,
        value: new.value,
        note: new.note,
        revision: new.revision + 1,
        by: system(),
        at: Timestamp(at),
    };
    let (early, late) = (record(value("2024H2", "1234", 0), 1), record(value("2026H1", "12.5", 0), 1));
    assert_eq!(store.kpi_values().await.unwrap(), [early.clone(), late.clone()]);

    // One that is too late takes all others with it.
    for refused in [
        change(vec![(kpi("k", "遅れた"), 1)], vec![value("2025H1", "1", 0)], 2),
        change(vec![(kpi("k", "さらに"), 2)], vec![value("2026H1", "1", 0)], 2),
        change(
            Vec::new(),
            vec![value("2025H1", "1", 0), NewValue { kpi: "x".to_owned(), ..value("2026H1", "1", 0) }],
            2,
        ),
    ] {
        assert_eq!(store.save_ledger(&refused).await.unwrap(), Changed::No, "{refused:?}");
    }
    assert_eq!(store.kpis().await.unwrap()[0].kpi.label, "改めた");
    assert_eq!(store.kpi_values().await.unwrap(), [early.clone(), late.clone()]);

    // Taken back: there is a revision without a value.
    let taken = value("2026H1", "", 1);
    assert_eq!(store.save_ledger(&change(Vec::new(), vec![taken.clone()], 3)).await.unwrap(), Changed::Yes);
    let taken = record(taken, 3);
    assert_eq!(store.kpi_values().await.unwrap(), [early.clone(), taken.clone()]);
    assert_eq!(store.kpi_value_history("k").await.unwrap(), [early, late, taken]);
    assert_eq!(store.kpi_value_history("x").await.unwrap(), []);
}
