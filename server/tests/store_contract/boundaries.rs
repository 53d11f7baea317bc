//! Boundaries of municipalities.

use server::store::{Changed, NewBoundaries};
use shared::boundary::{Boundaries, BoundaryArea};

use super::backend::Backend;
use super::sample::{NOW, aomori, system};

/// A triangle whose hash is `digit` 64 times.
pub fn boundaries(source: &str, digit: char) -> NewBoundaries {
    let ring = vec![(14_050_000, 4_080_000), (14_090_000, 4_080_000), (14_070_000, 4_050_000)];
    NewBoundaries {
        boundaries: Boundaries {
            source: source.to_owned(),
            areas: vec![BoundaryArea { code: aomori(), rings: vec![ring] }],
        },
        sha256: digit.to_string().repeat(64),
        by: system(),
        at: NOW,
    }
}

pub async fn the_boundaries_imported_last_are_drawn(backend: &Backend) {
    let store = &backend.store;
    assert_eq!((store.boundaries().await.unwrap(), store.boundaries_revision().await.unwrap()), (None, 0));
    let (first, second) = (boundaries("出典1", 'a'), boundaries("出典2", 'b'));
    assert_eq!(store.add_boundaries(&first).await.unwrap(), Changed::Yes);
    assert_eq!(store.add_boundaries(&first).await.unwrap(), Changed::No);
    assert_eq!(store.boundaries().await.unwrap(), Some(first.boundaries.clone()));
    assert_eq!(store.add_boundaries(&second).await.unwrap(), Changed::Yes);
    assert_eq!(store.boundaries().await.unwrap(), Some(second.boundaries));
    assert_eq!(store.add_boundaries(&first).await.unwrap(), Changed::Yes, "the older ones are wanted again");
    assert_eq!(store.boundaries_revision().await.unwrap(), 3);
    let kept = "SELECT source FROM boundaries ORDER BY revision";
    assert_eq!(backend.texts(kept, kept).await, ["出典1", "出典2", "出典1"]);
}
