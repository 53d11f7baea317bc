//! `GET /compare/handout`: the comparison on one sheet of A4.

use app::pages::compare::handout::{Handout, HandoutPage, HandoutRow};
use app::shell::NavSection;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use leptos::prelude::*;
use shared::comparison::{Doing, Row, Seen};

use super::get::peers_line;
use super::{asked, exhibits, words};
use crate::http::auth::Account;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Rows that fit on the sheet: the furthest ahead and the furthest behind.
const MOST_ROWS: usize = 16;
/// Practices of others that fit.
const MOST_PRACTICES: usize = 5;

/// The comparison for handing out.
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    page: Page,
    uri: Uri,
) -> Result<Response, Refusal> {
    let (query, compared) = asked(&state, &account, &uri).await?;
    let back = query.address("/compare");
    let (Ok(found), Some(year)) = (&compared.found, &compared.year) else {
        // The page says why.
        return Ok(super::get::show(&page, &query, &compared, None).await);
    };
    let request = query.asked().request;
    let rows: Vec<HandoutRow> = std::iter::once(("すべての取組".to_owned(), &found.whole))
        .chain(found.rows.iter().map(|(topic, row)| (topic.label.clone(), row)))
        .map(|(label, row)| handout_row(label, row))
        .collect();
    let left = rows.len().saturating_sub(MOST_ROWS + 1);
    let kept: Vec<HandoutRow> = if left == 0 {
        rows
    } else {
        // The middle is left out: what is read is what stands out.
        let (first, last) = (1 + MOST_ROWS / 2, rows.len() - MOST_ROWS / 2);
        rows.into_iter().enumerate().filter(|(at, _)| *at < first || *at >= last).map(|(_, row)| row).collect()
    };
    let practices = found.elsewhere.iter().take(MOST_PRACTICES).map(|practice| {
        let who = match &practice.doing {
            Doing::Named(_) => format!("{}団体が実施", practice.doing.count()),
            Doing::Counted { count, of } => format!("回答したほかの{of}団体のうち{count}団体が実施"),
            Doing::Suppressed => "秘匿".to_owned(),
        };
        format!("{} {}（自団体：{}、{who}）", practice.number, practice.label, practice.own)
    });
    let maturity = exhibits::all(&query, &compared).into_iter().find(|exhibit| exhibit.id == "maturity");
    let model = Handout {
        context: words::edition(year),
        heading: words::finding(&request, found),
        peers: peers_line(found),
        own: found.own.name.clone(),
        rows: kept,
        left,
        practices: practices.collect(),
        maturity: maturity.map(|exhibit| exhibit.sentence()),
        source: words::source(year),
        computation: query.address("/compare/method"),
        back,
    };
    let shown = Shown::new("比較（配付用）", NavSection::Compare);
    Ok(page.show(shown, move || view! { <HandoutPage model=model.clone() /> }).await)
}

fn handout_row(label: String, row: &Row) -> HandoutRow {
    let hidden = matches!(row.peers, Seen::Suppressed | Seen::NotVisible);
    let dash = || if hidden { "秘匿".to_owned() } else { "－".to_owned() };
    HandoutRow {
        label,
        own: row.own.map_or_else(|| "－".to_owned(), |own| row.measure.words(own)),
        median: row.median.map_or_else(dash, |median| row.measure.words(median)),
        gap: row.gap_words().unwrap_or_else(dash),
        rank: row.rank.map_or_else(dash, |rank| format!("{}位／{}", rank.place, rank.of)),
    }
}
