//! One round: where it stands, and the board.
pub mod get;

use app::exhibit::Exhibit;
use app::pages::desk::{DateField, DatesForm, Desk, DeskFilter, DeskPage, DeskRow, OpeningForm, map};
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

/// Days that the opening form proposes for answering.
const PROPOSED_DAYS: i64 = 30;

/// What stands around the board: how it is narrowed, and what came back to be corrected.
#[derive(Default)]
pub struct Around {
    /// What the board is narrowed to.
    pub filter: DeskFilter,
    /// What was typed to open the round.
    pub opening: Option<OpeningForm>,
    /// What was typed as other dates.
    pub dates: Option<DatesForm>,
}

/// What the board is narrowed to, by an address's pairs; what is unknown narrows nothing.
pub fn filter_of(pairs: &[(String, String)]) -> DeskFilter {
    let one = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    DeskFilter {
        region: one("region").and_then(Region::of_label),
        kind: one("kind").and_then(Kind::of_code),
        band: one("band").and_then(PopulationBand::of_code),
        state: one("state").and_then(ResponseState::of_code),
    }
}

/// Whether a row is shown.
pub fn is_wanted(filter: &DeskFilter, row: &BoardRow) -> bool {
    filter.region.is_none_or(|region| row.municipality.region == Some(region))
        && filter.kind.is_none_or(|kind| row.municipality.kind == kind)
        && filter.band.is_none_or(|band| row.municipality.population.map(PopulationBand::of) == Some(band))
        && filter.state.is_none_or(|state| row.response.state == state)
}

/// What the opening form proposes: the dates planned, else a month from now and the year's first day.
fn proposed(round: &RoundRecord, now: Timestamp) -> OpeningForm {
    let start_of_year = Timestamp::parse_jst(&format!("{}-04-01T00:00", round.year.year()));
    let reference_date = round.planned.reference_date.or(start_of_year);
    OpeningForm {
        deadline: round.planned.deadline.unwrap_or_else(|| now.end_of_day_after(PROPOSED_DAYS)).input_value(),
        reference_date: reference_date.map(Timestamp::input_value).unwrap_or_default(),
        problems: Vec::new(),
    }
}

/// The dates that can be set, as they are.
pub fn dates_form(round: &RoundRecord) -> Option<DatesForm> {
    let field = |name, from: Option<Timestamp>| DateField {
        name,
        typed: from.map(Timestamp::input_value).unwrap_or_default(),
        from,
    };
    let planned = round.planned;
    let (fields, reason) = match (round.state, round.dates) {
        (RoundState::Draft, _) => (
            vec![
                field("opening", planned.opening),
                field("reference_date", planned.reference_date),
                field("deadline", planned.deadline),
            ],
            None,
        ),
        (RoundState::Open, Some(dates)) => (
            vec![field("reference_date", Some(dates.reference_date)), field("deadline", Some(dates.deadline))],
            Some(String::new()),
        ),
        (RoundState::Closed, Some(dates)) => {
            (vec![field("reference_date", Some(dates.reference_date))], Some(String::new()))
        }
        _ => return None,
    };
    Some(DatesForm { fields, reason, problems: Vec::new() })
}

/// Shows the board with what stands around it.
pub async fn show(page: &Page, board: Board, rounds: &[RoundRecord], around: Around, now: Timestamp) -> Response {
    let Around { filter, opening, dates } = around;
    let state = board.round.state;
    let entered = RoundState::ALL
        .into_iter()
        .filter_map(|state| Some((state, board.events.iter().rfind(|event| event.to == state)?.at)));
    let has_region = |region: &Region| board.rows.iter().any(|row| row.municipality.region == Some(*region));
    let model = Desk {
        year: board.round.year,
        state,
        entered: entered.collect(),
        deadline: board.round.dates.map(|d| d.deadline),
        reference_date: board.round.dates.map(|d| d.reference_date),
        opening: opening.unwrap_or_else(|| proposed(&board.round, now)),
        dates: dates.or_else(|| dates_form(&board.round)),
        blocked: board.blocked(),
        warning: board.cut_off_by_closing(now).or_else(|| board.left_out_by_finalizing()),
        extensions_awaited: board.rows.iter().filter(|row| row.awaits_extension()).count(),
        counts: ResponseState::ALL.into_iter().map(|state| (state, board.count(state))).collect(),
        filter,
        regions: Region::ALL.into_iter().filter(has_region).collect(),
        rows: rows(&board, filter),
        total: board.rows.len(),
        remindable: state.is_under_review(),
        demonstration: page.is_demonstration(),
        years: rounds.iter().map(|r| r.year).collect(),
        is_published: board.is_published,
    };
    page.show(Shown::new("県の管理", NavSection::Desk), move || view! { <DeskPage model=model.clone() /> }).await
}

/// The board as a picture, for officers, with the query of its address; and the page that it belongs to.
pub async fn exhibit(
    state: &AppState,
    account: &AccountRecord,
    year: FiscalYear,
    query: &str,
) -> Result<(Exhibit, String), Refusal> {
    let board = state.service.board(account, year).await?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let filter = filter_of(&pairs);
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
        extended_until: row.extension.later_than(&board.round),
        asks_for_extension: row.awaits_extension(),
        awaited: row.is_awaited(board.round.state),
        tile: row.municipality.tile,
        last_activity: row.response.updated_at,
        receipt: row.response.receipt.as_ref().map(|r| r.number.clone()),
    };
    board.rows.iter().filter(|row| is_wanted(&filter, row)).map(row).collect()
}
