//! `/answer/{year}/receipt`: proof that a response was handed in, and what it tells its municipality.
//!
//! - [`position`]: the own place among municipalities of like size
//! - [`changes`]: what was answered otherwise than the year before
//! - `sentences`: that place in words
//! - [`planned`]: who already does what is planned

pub mod changes;
pub mod planned;
pub mod position;
mod sentences;

use leptos::either::Either;
use leptos::prelude::*;
use shared::comparison::Changes;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use self::changes::ChangesSection;
use self::planned::{PlannedPractices, PlannedSection};
use self::position::{Position, PositionSection};

/// What `/answer/{year}/receipt` shows.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// 受付番号
    pub number: String,
    /// When it was handed in.
    pub submitted_at: Timestamp,
    /// Name of the account that handed it in.
    pub submitted_by: String,
    /// SHA-256 of the answers as handed in, in hexadecimal.
    pub sha256: String,
    /// What it tells its municipality; `None` while the response is back for correction.
    pub standing: Option<Standing>,
    /// Generated data: written into pictures.
    pub demonstration: bool,
}

/// What a response tells its municipality.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Among the results of the last finalized round, or in a sentence why not.
    pub last: Result<Position, String>,
    /// 速報: among this round's answers.
    pub provisional: Option<Result<Position, String>>,
    /// Against the year before.
    pub changes: Option<Changes>,
    /// What it plans.
    pub planned: Option<PlannedPractices>,
}

/// Proof that a response was handed in.
#[component]
pub fn ReceiptPage(
    /// What it shows.
    model: Receipt,
) -> impl IntoView {
    let Receipt { year, municipality, number, submitted_at, submitted_by, sha256, standing, demonstration } = model;
    let copies = match &standing {
        Some(_) => Either::Left(view! { <Copies year /> }),
        None => Either::Right(view! {
            <p class="notice">
                "県から差し戻されたため、回答を直せます。提出し直すと、新しい受付番号の控えになります。"
            </p>
        }),
    };
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality.clone()}</p>
        <h1>"回答を受け付けました"</h1>
        <dl class="facts receipt">
            <dt>"受付番号"</dt>
            <dd class="receipt-number">{number}</dd>
            <dt>"調査"</dt>
            <dd>{year.to_string()}</dd>
            <dt>"市町村"</dt>
            <dd>{municipality.clone()}</dd>
            <dt>"提出日時"</dt>
            <dd>{submitted_at.date_time()}</dd>
            <dt>"提出者"</dt>
            <dd>{submitted_by}</dd>
            <dt>"回答内容の SHA-256"</dt>
            <dd>
                <code class="hash">{sha256}</code>
                <p>"提出した内容が後から変わっていないことを、この値で確かめられます。"</p>
            </dd>
        </dl>
        {copies}
        {standing.map(|standing| view! { <StandingSections standing municipality round=year demonstration /> })}
        <p class="actions">
            <a class="button" href="/answer">"一覧に戻る"</a>
            <a href="/compare">"ほかの団体と比べる"</a>
        </p>
    }
    .into_any()
}

/// 控え: what can be kept.
#[component]
fn Copies(year: FiscalYear) -> impl IntoView {
    let at = |rest: &str| format!("/answer/{}/{rest}", year.year());
    view! {
        <section class="section screen-only" aria-labelledby="copies">
            <h2 id="copies">"控えを残す"</h2>
            <ul class="receipt-copies">
                <li><a href=at("check")>"回答の内容を見る"</a></li>
                <li><a href=at("print")>"印刷用の回答"</a> "（紙またはPDFで残すとき）"</li>
                <li><a href=at("workbook.xlsx")>"Excelブック"</a></li>
                <li><a href=at("receipt/answers.csv")>"CSV"</a> "（UTF-8）"</li>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn StandingSections(standing: Standing, municipality: String, round: FiscalYear, demonstration: bool) -> impl IntoView {
    let Standing { last, provisional, changes, planned } = standing;
    let own = municipality.clone();
    let provisional = provisional.map(|position| {
        view! { <PositionSection id="provisional" position municipality=own round demonstration /> }
    });
    view! {
        {provisional}
        <PositionSection id="position" position=last municipality round demonstration />
        {changes.map(|changes| view! { <ChangesSection changes method=None /> })}
        {planned.map(|planned| view! { <PlannedSection planned /> })}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn receipt(standing: Option<Standing>) -> String {
        let model = Receipt {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            number: "R8-024121-001".into(),
            submitted_at: Timestamp::parse_jst("2026-11-24T16:42").unwrap(),
            submitted_by: "政策推進課".into(),
            sha256: "ab".repeat(32),
            standing,
            demonstration: false,
        };
        plain(view! { <ReceiptPage model /> })
    }

    #[test]
    fn a_receipt_says_what_was_handed_in_when_and_by_whom() {
        let nothing = Standing {
            last: Err("比べる結果がまだありません。".into()),
            provisional: None,
            changes: None,
            planned: None,
        };
        let html = receipt(Some(nothing));
        for words in
            ["R8-024121-001", "2026年11月24日（火） 16:42", "政策推進課", "おいらせ町", "比べる結果がまだありません。"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains(&"ab".repeat(32)) && !html.contains(" style="));
        for address in ["check", "print", "workbook.xlsx", "receipt/answers.csv"] {
            assert!(html.contains(&format!("href=\"/answer/2026/{address}\"")), "{address}");
        }
    }

    #[test]
    fn while_a_response_is_back_there_is_nothing_to_keep_or_compare() {
        let html = receipt(None);
        assert!(html.contains("R8-024121-001") && html.contains("差し戻されたため"));
        assert!(!html.contains("answers.csv") && !html.contains("<h2"));
    }
}
