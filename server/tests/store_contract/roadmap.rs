//! The roadmap: items and reviews.

use server::store::{Changed, RoadmapChange, RoadmapRecord, RoadmapReviewRecord, Store, StoreError};
use shared::kpi::Period;
use shared::roadmap::{Item, NewReview, Status};
use shared::time::Timestamp;
use shared::visibility::Visibility;

use super::backend::Backend;
use super::sample::{NOW, system};

fn item(id: &str, measure: &str) -> Item {
    Item {
        id: id.to_owned(),
        field: "産業・しごと".to_owned(),
        area: "観光業".to_owned(),
        survey_area: "industry.tourism".to_owned(),
        measure: measure.to_owned(),
        steps: vec!["2026H1 済 調査".parse().unwrap(), "評価".parse().unwrap()],
        kpis: vec!["a".to_owned(), "b".to_owned()],
        visibility: Visibility::Prefecture,
        note: "備考".to_owned(),
    }
}

fn review(item: &str, period: &str, status: Option<Status>, revision: u32) -> NewReview {
    let period = Period::of_code(period).unwrap();
    NewReview { item: item.to_owned(), period, status, note: "見直し".to_owned(), revision }
}

fn change(items: Vec<(Item, u32)>, reviews: Vec<NewReview>, at: i64) -> RoadmapChange {
    RoadmapChange { items, reviews, by: system(), at: Timestamp(at) }
}

/// An item with a review.
pub async fn fill(store: &dyn Store) {
    store.add_roadmap(&[item("r", "取組")], &system(), NOW).await.unwrap();
    let reviews = vec![review("r", "2026H1", Some(Status::Done), 0)];
    assert_eq!(store.save_roadmap(&change(Vec::new(), reviews, 1)).await.unwrap(), Changed::Yes);
}

pub async fn the_roadmap_keeps_its_order_and_every_revision(backend: &Backend) {
    let store = &*backend.store;
    store.add_roadmap(&[item("z", "一番目"), item("a", "二番目")], &system(), NOW).await.unwrap();
    let error = store.add_roadmap(&[item("a", "重複")], &system(), NOW).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains('a')), "{error}");
    let reviews = vec![review("z", "2026H2", Some(Status::Delayed), 0), review("z", "2025H2", None, 0)];
    let first = change(vec![(item("z", "改めた"), 1)], reviews, 1);
    assert_eq!(store.save_roadmap(&first).await.unwrap(), Changed::Yes);
    // One that is too late takes all others with it.
    for refused in [
        change(vec![(item("z", "遅れた"), 1)], vec![review("a", "2026H1", None, 0)], 2),
        change(vec![(item("a", "さらに"), 1)], vec![review("z", "2026H2", None, 0)], 2),
        change(vec![(item("a", "さらに"), 1)], vec![review("x", "2026H2", None, 0)], 2),
    ] {
        assert_eq!(store.save_roadmap(&refused).await.unwrap(), Changed::No, "{refused:?}");
    }
    let record = |item, revision, at| RoadmapRecord { item, revision, by: system(), at };
    let revised = record(item("z", "改めた"), 2, Timestamp(1));
    assert_eq!(store.roadmap().await.unwrap(), [revised.clone(), record(item("a", "二番目"), 1, NOW)]);
    assert_eq!(store.roadmap_history("z").await.unwrap(), [record(item("z", "一番目"), 1, NOW), revised]);

    let again = change(Vec::new(), vec![review("z", "2026H2", None, 1)], 3);
    assert_eq!(store.save_roadmap(&again).await.unwrap(), Changed::Yes);
    let record = |period: &str, status, revision, at| RoadmapReviewRecord {
        item: "z".to_owned(),
        period: Period::of_code(period).unwrap(),
        status,
        note: "見直し".to_owned(),
        revision,
        by: system(),
        at: Timestamp(at),
    };
    let (early, late) = (record("2025H2", None, 1, 1), record("2026H2", None, 2, 3));
    assert_eq!(store.roadmap_reviews().await.unwrap(), [early.clone(), late.clone()]);
    let delayed = record("2026H2", Some(Status::Delayed), 1, 1);
    assert_eq!(store.roadmap_review_history("z").await.unwrap(), [early, delayed, late]);
    assert_eq!(store.roadmap_history("x").await.unwrap(), []);
}
