//! One round: where it stands, and the board.
pub mod get;

use app::exhibit::Exhibit;
use app::pages::desk::{Desk, DeskFilter, DeskPage, DeskRow, OpeningForm, map};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, Region};
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::tabulation::PopulationBand;
use shared::time::Timestamp;

use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::rounds::{Board, BoardRow};
use crate::store::{AccountRecord, RoundRecord};

/// Shows the board, narrowed, with what was typed into the opening form.
pub async fn show(
    page: &Page,
    board: Board,
    rounds: &[RoundRecord],
    filter: DeskFilter,
    opening: OpeningForm,
    now: Timestamp,
) -> Response {
    let entered = RoundState::ALL
        .into_iter()
        .filter_map(|state| Some((state, board.events.iter().rfind(|event| event.to == state)?.at)));
    let has_region = |region: &Region| board.rows.iter().any(|row| row.municipality.region == Some(*region));
    let model = Desk {
        year: board.round.year,
        state: board.round.state,
        entered: entered.collect(),
        deadline: board.round.dates.map(|d| d.deadline),
        reference_date: board.round.dates.map(|d| d.reference_date),
        opening,
        blocked: board.blocked(),
        warning: board.cut_off_by_closing(now),
        extensions_awaited: board.rows.iter().filter(|row| row.extension.open_request().is_some()).count(),
        counts: ResponseState::ALL.into_iter().map(|state| (state, board.count(state))).collect(),
        filter,
        regions: Region::ALL.into_iter().filter(has_region).collect(),
        rows: rows(&board, filter),
        total: board.rows.len(),
        remindable: matches!(board.round.state, RoundState::Open | RoundState::Closed),
        demonstration: page.is_demonstration(),
        years: rounds.iter().map(|r| r.year).collect(),
    };
    page.show(Shown::new("県の管理", NavSection::Desk), move || view! { <DeskPage model=model.clone() /> }).await
}

/// What the query of the board's address narrows it to; what is unknown narrows nothing.
pub fn filter(query: &str) -> DeskFilter {
    let mut filter = DeskFilter::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "region" => filter.region = Region::of_label(&value),
            "kind" => filter.kind = Kind::of_code(&value),
            "band" => filter.band = PopulationBand::of_code(&value),
            "state" => filter.state = ResponseState::of_code(&value),
            _ => {}
        }
    }
    filter
}

/// The board as a picture, for officers, with the query of its address; and the page that it belongs to.
pub async fn exhibit(
    state: &AppState,
    account: &AccountRecord,
    year: FiscalYear,
    query: &str,
) -> Result<(Exhibit, String), Refusal> {
    let board = state.service.board(account, year).await?;
    let filter = filter(query);
    let page = match filter.query().as_str() {
        "" => format!("/desk/{}", year.year()),
        query => format!("/desk/{}?{query}", year.year()),
    };
    Ok((map::board(year, &rows(&board, filter), filter, state.site.demonstration), page))
}

fn rows(board: &Board, filter: DeskFilter) -> Vec<DeskRow> {
    let row = |row: &BoardRow| DeskRow {
        code: row.municipality.code,
        name: row.municipality.name.clone(),
        kind: row.municipality.kind,
        region: row.municipality.region,
        state: row.response.state,
        answered: row.answered,
        asked: row.asked,
        returned: row.returned,
        inquiries: row.inquiries,
        extended_until: row.extension.granted_until(),
        asks_for_extension: row.extension.open_request().is_some(),
        tile: row.municipality.tile,
        last_activity: row.response.updated_at,
        receipt: row.response.receipt.as_ref().map(|r| r.number.clone()),
    };
    let wanted = |row: &&BoardRow| {
        filter.region.is_none_or(|region| row.municipality.region == Some(region))
            && filter.kind.is_none_or(|kind| row.municipality.kind == kind)
            && filter.band.is_none_or(|band| row.municipality.population.map(PopulationBand::of) == Some(band))
            && filter.state.is_none_or(|state| row.response.state == state)
    };
    board.rows.iter().filter(wanted).map(row).collect()
}
