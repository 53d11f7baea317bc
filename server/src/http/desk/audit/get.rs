//! `GET /desk/audit`

use app::pages::desk_audit::{AuditItem, DeskAudit, DeskAuditPage};
use app::shell::NavSection;
use axum::extract::{Query, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::audit::Act;
use shared::fiscal_year::FiscalYear;
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;

use super::{Asked, PAGE};
use crate::http::auth::Account;
use crate::http::desk::accounts::typed::Names;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::store::AuditEntry;

/// The latest entries that match.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let names = Names::of(&state).await?;
    let entries = state.service.audit(&account, &asked.filter(&names)).await?;
    let full = u32::try_from(entries.len()).is_ok_and(|count| count == PAGE);
    let last = entries.last().map(|entry| entry.id).filter(|_| full);
    let model = DeskAudit {
        asked: asked.typed(),
        entries: entries.into_iter().map(|entry| item(entry, &names)).collect(),
        older: last.map(|id| asked.address("/desk/audit", Some(id))),
        csv: asked.address("/desk/audit.csv", None),
    };
    let shown = Shown::new("監査記録", NavSection::Desk);
    Ok(page.show(shown, move || view! { <DeskAuditPage model=model.clone() /> }).await)
}

fn item(entry: AuditEntry, names: &Names) -> AuditItem {
    let act = Act::of_code(&entry.act);
    AuditItem {
        at: entry.at,
        author: entry.by.name,
        act: act.map_or(entry.act, |act| act.label().to_owned()),
        about: about(&entry.chain, names),
        object: entry.object,
        from: entry.from.map(|value| words(act, value)),
        to: entry.to.map(|value| words(act, value)),
    }
}

/// A value in words; as it is stored where there are none. The file keeps what is stored.
fn words(act: Option<Act>, stored: String) -> String {
    let words = match act {
        Some(Act::Answer) => serde_json::from_str::<AnswerValue>(&stored).ok().map(|value| answer(&value)),
        // Below the state stand the reasons of a return.
        Some(Act::ResponseState) => {
            let (state, reasons) = stored.split_at(stored.find('\n').unwrap_or(stored.len()));
            ResponseState::of_code(state).map(|state| format!("{}{reasons}", state.label()))
        }
        Some(Act::RoundState) => round_state(&stored),
        _ => None,
    };
    words.unwrap_or(stored)
}

/// A round's state, with the dates that it was opened with in brackets.
fn round_state(stored: &str) -> Option<String> {
    let (code, dates) = stored.split_at(stored.find('（').unwrap_or(stored.len()));
    Some(format!("{}{dates}", RoundState::of_code(code)?.label()))
}

fn answer(value: &AnswerValue) -> String {
    let raw = value.raw();
    if raw.unknown { "不明".to_owned() } else { raw.values.join("、") }
}

/// A chain in words; as it is stored where there are none.
fn about(chain: &str, names: &Names) -> String {
    let year = |text: &str| text.parse::<FiscalYear>().map_or_else(|_| text.to_owned(), |year| year.to_string());
    let name = |code: &str| names.name(code.parse().ok()).unwrap_or_else(|| code.to_owned());
    let parts: Vec<&str> = chain.split('/').collect();
    match parts.as_slice() {
        ["response", of, code] => format!("{} {}の回答", year(of), name(code)),
        ["round", of] => format!("{}の調査", year(of)),
        ["municipality", code] => name(code),
        ["account", id] => format!("アカウント番号 {id}"),
        ["kpi", id] => format!("KPI {id}"),
        ["roadmap", id] => format!("工程表 {id}"),
        ["installation"] => "登録した資料".to_owned(),
        _ => chain.to_owned(),
    }
}
