//! 締切の延長: what municipalities asked for, and deciding on it.
pub mod get;
pub mod post;

use std::collections::BTreeMap;

use app::pages::desk_extensions::{DecisionTyped, DeskExtensions, DeskExtensionsPage, ExtensionItem};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use crate::http::extensions::steps;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::extending::ExtensionRow;
use crate::store::AccountRecord;

/// Shows the requests, with what was typed to decide on them; `chosen` too, although it may have asked for nothing.
async fn show(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    year: FiscalYear,
    chosen: Option<MunicipalityCode>,
    mut typed: BTreeMap<MunicipalityCode, (DecisionTyped, Vec<FieldProblem>)>,
) -> Result<Response, Refusal> {
    let extensions = state.service.extensions(account, year).await?;
    let decidable = extensions.round.state == RoundState::Open;
    let is_shown = |row: &ExtensionRow| row.extension.last() > 0 || chosen == Some(row.municipality.code);
    let (shown, others): (Vec<_>, Vec<_>) = extensions.rows.into_iter().partition(is_shown);
    let item = |row: ExtensionRow| {
        let code = row.municipality.code;
        let (typed, problems) = typed.remove(&code).unzip();
        let requested = row.extension.open_request();
        let granted_until = row.extension.later_than(&extensions.round);
        let typed = typed.unwrap_or_else(|| DecisionTyped {
            until: requested
                .and_then(|request| request.until)
                .or(granted_until)
                .map(Timestamp::input_value)
                .unwrap_or_default(),
            ..DecisionTyped::default()
        });
        let decision = (decidable && !row.state.is_handed_in()).then(|| DecisionTyped {
            after: row.extension.last(),
            on_request: requested.is_some(),
            ..typed
        });
        ExtensionItem {
            code,
            municipality: row.municipality.name.clone(),
            state: row.state,
            granted_until,
            steps: steps(&row.extension),
            decision,
            problems: problems.unwrap_or_default(),
        }
    };
    let rows = shown.into_iter().map(item).collect();
    let others = others.into_iter().filter(|row| decidable && !row.state.is_handed_in());
    let model = DeskExtensions {
        year,
        deadline: extensions.round.dates.map(|dates| dates.deadline),
        rows,
        others: others.map(|row| (row.municipality.code, row.municipality.name)).collect(),
    };
    let shown = Shown::new("締切の延長", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskExtensionsPage model=model.clone() /> }).await)
}
