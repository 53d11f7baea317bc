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

/// Shows the requests, with what was typed to decide on them.
async fn show(
    state: &AppState,
    account: &AccountRecord,
    page: &Page,
    year: FiscalYear,
    mut typed: BTreeMap<MunicipalityCode, (DecisionTyped, Vec<FieldProblem>)>,
) -> Result<Response, Refusal> {
    let extensions = state.service.extensions(account, year).await?;
    let decidable = extensions.round.state == RoundState::Open;
    let item = |row: ExtensionRow| {
        let code = row.municipality.code;
        let (typed, problems) = typed.remove(&code).unzip();
        let decision = row.extension.open_request().filter(|_| decidable).map(|request| match typed {
            Some(typed) => DecisionTyped { after: request.sequence, ..typed },
            None => DecisionTyped {
                after: request.sequence,
                until: request.until.map(Timestamp::input_value).unwrap_or_default(),
                reason: String::new(),
            },
        });
        ExtensionItem {
            code,
            municipality: row.municipality.name.clone(),
            state: row.state,
            granted_until: row.extension.granted_until(),
            steps: steps(&row.extension),
            decision,
            problems: problems.unwrap_or_default(),
        }
    };
    let model = DeskExtensions {
        year,
        deadline: extensions.round.dates.map(|dates| dates.deadline),
        rows: extensions.rows.into_iter().map(item).collect(),
    };
    let shown = Shown::new("締切の延長", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskExtensionsPage model=model.clone() /> }).await)
}
