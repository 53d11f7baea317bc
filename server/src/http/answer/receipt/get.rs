//! `GET /answer/{year}/receipt`

use app::exhibit::Exhibit;
use app::pages::receipt::planned::{Doing, Planned, PlannedPractices};
use app::pages::receipt::position::{self, Position, PositionRow};
use app::pages::receipt::{Receipt, ReceiptPage, Standing};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::comparison::place::compare;
use shared::comparison::{self, Seen};
use shared::fiscal_year::FiscalYear;
use shared::share::Share;

use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::signatures::signature_line;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::service::{Error, standing};
use crate::store::AccountRecord;

/// Proof of the last submission, and where the municipality stands with it.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Path(year): Path<String>,
) -> Result<Response, Refusal> {
    let form = state.service.own_form(&account, parse_year(&year)?).await?;
    let receipt = form.response.receipt.clone().ok_or(Error::NotFound)?;
    let submitted_by = signature_line(&state.service.events_of(&form).await?, &receipt);
    let standing = standing_of(&state, &account, &form).await?;
    let model = Receipt {
        year: form.round.year,
        municipality: form.municipality.name,
        number: receipt.number,
        submitted_at: receipt.at,
        submitted_by,
        sha256: receipt.content_hash,
        standing,
        demonstration: state.site.demonstration,
    };
    let shown = Shown::new("提出の控え", NavSection::Answer);
    Ok(page.show(shown, move || view! { <ReceiptPage model=model.clone() /> }).await)
}

/// What the response tells its municipality; `None` while it is back for correction.
async fn standing_of(state: &AppState, account: &AccountRecord, form: &Form) -> Result<Option<Standing>, Refusal> {
    if !form.response.state.is_handed_in() {
        return Ok(None);
    }
    Ok(Some(model_of(state.service.standing(account, form).await?)))
}

/// The exhibit of `/pictures/answer/{year}/{name}`: of the account's own receipt. `None` where there is none of that name.
pub async fn exhibit(
    state: &AppState,
    account: &AccountRecord,
    year: FiscalYear,
    name: &str,
) -> Result<Option<Exhibit>, Refusal> {
    let form = state.service.own_form(account, year).await?;
    let standing = match &form.response.receipt {
        Some(_) => standing_of(state, account, &form).await?,
        None => None,
    };
    let position = standing.and_then(|standing| match name {
        "position" => standing.last.ok(),
        "provisional" => standing.provisional?.ok(),
        _ => None,
    });
    let demonstration = state.site.demonstration;
    Ok(position.map(|position| position::exhibit(name, &position, &form.municipality.name, year, demonstration)))
}

fn model_of(standing: standing::Standing) -> Standing {
    let standing::Standing { last, provisional, changes, planned } = standing;
    let year = last.as_ref().map(|last| last.year.wareki());
    let planned = planned.into_iter().map(planned_of).collect::<Vec<_>>();
    let nothing_yet = || "比べられる結果は、前の調査が確定してから表示します。".to_owned();
    Standing {
        last: last.map_or_else(|| Err(nothing_yet()), |last| position_of(last, false)),
        provisional: provisional.map(|provisional| position_of(provisional, true)),
        changes,
        planned: year.filter(|_| !planned.is_empty()).map(|year| PlannedPractices { year, practices: planned }),
    }
}

fn position_of(compared: standing::Compared, provisional: bool) -> Result<Position, String> {
    let year = compared.year;
    let standing::Position { peers, responded, rows } = compared.position.map_err(|reason| {
        let words = match reason {
            standing::NoPosition::NotOnRegister => "の調査の対象でなかったため、比べられません。",
            standing::NoPosition::PopulationUnknown => "の結果と比べる団体を選べません（名簿に人口がありません）。",
            standing::NoPosition::NothingInCommon => "の調査と同じ聞き方の取組がないため、比べられません。",
        };
        format!("{year}{words}")
    })?;
    let row = |row: standing::PositionRow| PositionRow {
        section: row.section,
        practices: row.row.questions,
        own: row.row.own,
        now: row.now,
        answered: row.row.answered,
        median: row.row.median,
        rank: row.row.rank.map(|rank| (rank.place, rank.of, rank.equal)),
        peers: values(row.row.peers),
    };
    Ok(Position {
        year,
        provisional,
        peers: peers.into_iter().map(|peer| peer.name).collect(),
        responded,
        rows: rows.into_iter().map(row).collect(),
    })
}

/// The peers' values that may be shown, ascending.
fn values(seen: Seen) -> Vec<Share> {
    match seen {
        Seen::Named(values) => {
            let mut values: Vec<Share> = values.into_iter().flatten().collect();
            values.sort_by(|a, b| compare(*a, *b));
            values
        }
        Seen::Unnamed(values) => values,
        Seen::Median | Seen::Suppressed | Seen::NotVisible => Vec::new(),
    }
}

fn planned_of(planned: comparison::Elsewhere) -> Planned {
    let doing = match planned.doing {
        comparison::Doing::Named(practices) => {
            Doing::Named(practices.into_iter().map(|practice| (practice.answer, practice.municipalities)).collect())
        }
        comparison::Doing::Counted { count, of } => Doing::Counted(count, of),
        comparison::Doing::Suppressed => Doing::Suppressed,
    };
    Planned { number: planned.number, label: planned.label, own: planned.own, doing }
}
