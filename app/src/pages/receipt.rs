//! `/answer/{year}/receipt`: proof that a response was handed in.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

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
}

/// Proof that a response was handed in.
#[component]
pub fn ReceiptPage(
    /// What it shows.
    model: Receipt,
) -> impl IntoView {
    let Receipt { year, municipality, number, submitted_at, submitted_by, sha256 } = model;
    let check = format!("/answer/{}/check", year.year());
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality.clone()}</p>
        <h1>"回答を受け付けました"</h1>
        <dl class="facts receipt">
            <dt>"受付番号"</dt>
            <dd class="receipt-number">{number}</dd>
            <dt>"調査"</dt>
            <dd>{year.to_string()}</dd>
            <dt>"市町村"</dt>
            <dd>{municipality}</dd>
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
        <p class="screen-only">"控えが必要なときは、ブラウザの印刷でこのページと回答の内容を印刷してください。"</p>
        <p class="actions">
            <a class="button" href=check>"回答の内容を見る"</a> <a class="button" href="/answer">"一覧に戻る"</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn a_receipt_says_what_was_handed_in_when_and_by_whom() {
        let model = Receipt {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            number: "R8-024121-001".into(),
            submitted_at: Timestamp::parse_jst("2026-11-24T16:42").unwrap(),
            submitted_by: "政策推進課".into(),
            sha256: "ab".repeat(32),
        };
        let html = plain(view! { <ReceiptPage model /> });
        for words in ["R8-024121-001", "2026年11月24日（火） 16:42", "政策推進課", "おいらせ町", &"ab".repeat(32)]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("href=\"/answer/2026/check\"") && !html.contains(" style="));
    }
}
