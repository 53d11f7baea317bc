//! Figures that others have published.

use server::store::{Changed, ReferenceFigure, ReferenceSource, StoreError};

use super::backend::Backend;
use super::sample::{NOW, aomori, code, open_round, reference, system};

fn source(id: &str, revision: u32, digit: char) -> ReferenceSource {
    ReferenceSource {
        id: id.to_owned(),
        revision,
        title: format!("{id}ダッシュボード"),
        as_of: "令和7年4月1日時点".to_owned(),
        sha256: digit.to_string().repeat(64),
        by: system(),
        at: NOW,
    }
}

fn figure(source: &str, item: &str, value: &str) -> ReferenceFigure {
    ReferenceFigure { source: source.to_owned(), item: item.to_owned(), value: value.to_owned() }
}

pub async fn figures_come_from_the_latest_revision_of_each_source(backend: &Backend) {
    let store = &backend.store;
    let codes = open_round(&**store, 2).await;
    assert_eq!(store.reference_sources().await.unwrap(), []);
    let first = [(codes[0], "全体方針", "策定済"), (codes[0], "CIO", "実施"), (codes[1], "CIO", "－")];
    for new in [
        reference("digital", 'a', &first),
        reference("census", 'b', &[(codes[0], "人口", "275,192")]),
        // The correction lists one municipality and one item less.
        reference("digital", 'c', &[(codes[0], "CIO", "未実施")]),
    ] {
        assert_eq!(store.add_reference_figures(&new).await.unwrap(), Changed::Yes);
    }
    assert_eq!(store.reference_sources().await.unwrap(), [source("census", 1, 'b'), source("digital", 2, 'c')]);
    let figures = store.reference_figures(codes[0]).await.unwrap();
    assert_eq!(figures, [figure("census", "人口", "275,192"), figure("digital", "CIO", "未実施")]);
    assert_eq!(store.reference_figures(codes[1]).await.unwrap(), [], "an older revision does not show through");
    let kept = "SELECT value FROM reference_figure WHERE source = 'digital' ORDER BY revision, municipality, item";
    assert_eq!(backend.texts(kept, kept).await, ["実施", "策定済", "－", "未実施"], "but it stays");
}

pub async fn the_same_file_is_imported_once(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let import = async |digit, value| {
        store.add_reference_figures(&reference("digital", digit, &[(aomori(), "CIO", value)])).await.unwrap()
    };
    assert_eq!(import('a', "実施").await, Changed::Yes);
    assert_eq!(import('a', "未実施").await, Changed::No);
    assert_eq!(store.reference_figures(aomori()).await.unwrap(), [figure("digital", "CIO", "実施")]);
    assert_eq!(import('b', "未実施").await, Changed::Yes);
    assert_eq!(import('a', "実施").await, Changed::Yes, "the older file is wanted again");
    assert_eq!(store.reference_sources().await.unwrap(), [source("digital", 3, 'a')]);
    assert_eq!(store.reference_figures(aomori()).await.unwrap(), [figure("digital", "CIO", "実施")]);
    let other = reference("census", 'a', &[]);
    assert_eq!(store.add_reference_figures(&other).await.unwrap(), Changed::Yes, "another source of the same file");
}

pub async fn an_import_with_a_mistake_writes_nothing(backend: &Backend) {
    let store = &backend.store;
    open_round(&**store, 1).await;
    let unknown = reference("digital", 'a', &[(aomori(), "CIO", "実施"), (code(2, 999), "CIO", "実施")]);
    let error = store.add_reference_figures(&unknown).await.unwrap_err();
    let named = code(2, 999).to_string();
    assert!(matches!(&error, StoreError::NotFound(what) if what.contains(&named)), "{error}");
    let twice = reference("digital", 'a', &[(aomori(), "CIO", "実施"), (aomori(), "CIO", "未実施")]);
    let error = store.add_reference_figures(&twice).await.unwrap_err();
    assert!(matches!(&error, StoreError::Exists(what) if what.contains("「CIO」")), "{error}");
    assert_eq!(store.reference_sources().await.unwrap(), []);
    assert_eq!(store.reference_figures(aomori()).await.unwrap(), []);
    let right = reference("digital", 'a', &[(aomori(), "CIO", "実施")]);
    assert_eq!(store.add_reference_figures(&right).await.unwrap(), Changed::Yes);
}
