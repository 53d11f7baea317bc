//! `GET /data`

use app::pages::data::{Data, DataPage, Dataset, Format};
use app::shell::NavSection;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use shared::publication::Publication;
use shared::round::RoundState;
use shared::visibility::Visibility;

use crate::export::answers::count_rows;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::RoundRecord;

/// Everything the viewer may download.
pub async fn get(State(state): State<AppState>, page: Page) -> Result<Response, Refusal> {
    let publications = state.service.publications().await?;
    let mut datasets = Vec::new();
    if page.clearance() == Visibility::Prefecture {
        for round in state.service.rounds().await? {
            datasets.extend(whole_round(&state, &round).await?);
        }
    }
    datasets.extend(publications.iter().rev().flat_map(published));
    let model = Data { datasets };
    let shown = Shown::new("データ", NavSection::Data);
    Ok(page.show(shown, move || view! { <DataPage model=model.clone() /> }).await)
}

fn published(publication: &Publication) -> [Dataset; 2] {
    let year = publication.year;
    let dataset = |title: &str, description: &str, format, rows, href| Dataset {
        title: title.to_owned(),
        description: description.to_owned(),
        period: year.to_string(),
        audience: Visibility::Public,
        format,
        rows,
        bytes: None,
        updated: publication.published_at,
        href,
    };
    [
        dataset(
            "市町村別の回答（公開分）",
            "市町村別の値を公開している設問の回答です。1行に1つの値があります。",
            Format::Csv,
            Some(count_rows(&publication.snapshot, Visibility::Public)),
            format!("/data/{}/answers.csv", year.year()),
        ),
        dataset(
            "指標の結果",
            "定義ごとの分子、分母、回答数、とりうる範囲です。",
            Format::Json,
            None,
            format!("/api/v1/rounds/{}/indicators", year.year()),
        ),
    ]
}

async fn whole_round(state: &AppState, round: &RoundRecord) -> Result<Option<Dataset>, Refusal> {
    if round.state == RoundState::Draft {
        return Ok(None);
    }
    let snapshot = state.service.snapshot(round).await?;
    Ok(Some(Dataset {
        title: "市町村別の回答（全設問）".to_owned(),
        description: format!(
            "提出されたすべての回答です（{}の時点の内容）。県の中だけで使ってください。",
            round.state.label()
        ),
        period: round.year.to_string(),
        audience: Visibility::Prefecture,
        format: Format::Csv,
        rows: Some(count_rows(&snapshot, Visibility::Prefecture)),
        bytes: None,
        updated: state.service.clock().now(),
        href: format!("/data/{}/answers.csv?scope=all", round.year.year()),
    }))
}
