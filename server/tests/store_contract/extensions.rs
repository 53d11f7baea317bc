//! Later deadlines of single municipalities, asked for and decided.

use server::store::{Changed, Extension, NewExtensionEvent, StoreError};
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ExtensionStep;
use shared::time::Timestamp;

use super::backend::Backend;
use super::sample::{NOW, aomori, code, open_round, system, year};

#[expect(clippy::unnecessary_wraps, reason = "some steps have no date")]
fn until(text: &str) -> Option<Timestamp> {
    Some(Timestamp::parse_jst(text).unwrap())
}

/// A municipality asks, having seen so many steps.
pub fn asked_for(code: MunicipalityCode, after: u32) -> NewExtensionEvent {
    NewExtensionEvent {
        year: year(),
        code,
        after,
        step: ExtensionStep::Requested,
        until: until("2026-11-30T17:00"),
        reason: "議会のため".to_owned(),
        by: system(),
        at: NOW,
    }
}

/// The prefecture decides, having seen so many steps.
pub fn decided(code: MunicipalityCode, after: u32, grants: bool) -> NewExtensionEvent {
    let (step, until, reason) = if grants {
        (ExtensionStep::Granted, until("2026-11-20T17:00"), "")
    } else {
        (ExtensionStep::Declined, None, "集計に間に合わないため")
    };
    NewExtensionEvent { step, until, reason: reason.to_owned(), ..asked_for(code, after) }
}

async fn of(backend: &Backend, code: MunicipalityCode) -> Extension {
    backend.store.extensions(year(), Some(code)).await.unwrap().remove(&code).unwrap_or_default()
}

pub async fn a_later_deadline_is_asked_for_and_decided(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(of(backend, aomori()).await, Extension::default());
    let steps = [
        asked_for(aomori(), 0),
        decided(aomori(), 1, false),
        asked_for(aomori(), 2),
        decided(aomori(), 3, true),
        NewExtensionEvent { reason: "㈱髙①の件\n二行目".to_owned(), ..asked_for(aomori(), 4) },
    ];
    for (step, (granted, open)) in steps.iter().zip([
        (None, true),
        (None, false),
        (None, true),
        (until("2026-11-20T17:00"), false),
        (until("2026-11-20T17:00"), true),
    ]) {
        assert_eq!(store.add_extension_event(step).await.unwrap(), Changed::Yes);
        let extension = of(backend, aomori()).await;
        assert_eq!((extension.granted_until(), extension.open_request().is_some()), (granted, open), "{step:?}");
    }
    let kept = of(backend, aomori()).await.events;
    assert_eq!(kept.len(), steps.len());
    for ((sequence, event), step) in (1..).zip(kept).zip(steps) {
        let told = (event.sequence, event.step, event.until, event.reason, event.by, event.at);
        assert_eq!(told, (sequence, step.step, step.until, step.reason, step.by, step.at));
    }
}

pub async fn a_step_after_one_that_is_not_the_last_is_not_added(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    assert_eq!(store.add_extension_event(&asked_for(aomori(), 0)).await.unwrap(), Changed::Yes);
    let before = of(backend, aomori()).await;
    for after in [0, 2, u32::MAX] {
        assert_eq!(store.add_extension_event(&decided(aomori(), after, true)).await.unwrap(), Changed::No, "{after}");
    }
    assert_eq!(of(backend, aomori()).await, before);
    let nowhere = store.add_extension_event(&asked_for(code(1, 100), 0)).await;
    assert!(matches!(nowhere, Err(StoreError::NotFound(_))), "{nowhere:?}");
}

pub async fn extensions_are_listed_by_round_and_municipality(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 3).await;
    for (code, after) in [(codes[1], 0), (codes[0], 0), (codes[1], 1)] {
        assert_eq!(store.add_extension_event(&asked_for(code, after)).await.unwrap(), Changed::Yes);
    }
    let listed = async |year, code| {
        let extensions = store.extensions(year, code).await.unwrap();
        extensions.into_iter().map(|(code, extension)| (code, extension.events.len())).collect::<Vec<_>>()
    };
    assert_eq!(listed(year(), None).await, [(codes[0], 1), (codes[1], 2)]);
    assert_eq!(listed(year(), Some(codes[1])).await, [(codes[1], 2)]);
    assert_eq!(listed(year(), Some(codes[2])).await, []);
    assert_eq!(listed(FiscalYear::new(2025).unwrap(), None).await, []);
}
