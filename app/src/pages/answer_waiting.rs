//! `/answer`, `/answer/{year}` before the round opens.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use crate::components::link::Link;

/// What there is to see before a round opens.
#[derive(Debug, Clone)]
pub struct AnswerWaiting {
    /// The round that is being prepared; `None` while there is none at all.
    pub round: Option<WaitingRound>,
    /// The receipt of an earlier year.
    pub earlier_receipt: Option<Link>,
}

/// A round that is being prepared.
#[derive(Debug, Clone)]
pub struct WaitingRound {
    /// The year.
    pub year: FiscalYear,
    /// What it is planned with: words and date, as far as known.
    pub planned: Vec<(&'static str, Timestamp)>,
    /// The sections: heading, questions, expected minutes.
    pub sections: Vec<(String, usize, u16)>,
}

/// Says that there is nothing to do yet, and what may be read meanwhile.
#[component]
pub fn AnswerWaitingPage(
    /// What it shows.
    model: AnswerWaiting,
) -> impl IntoView {
    let AnswerWaiting { round, earlier_receipt } = model;
    let round = round.map(|round| view! { <Preview round /> });
    let receipt =
        earlier_receipt.map(|link| view! { <ul class="link-list"><li><a href=link.href>{link.label}</a></li></ul> });
    view! {
        <h1>"受付開始前です"</h1>
        <p class="page-lead">"受付を開始した調査がまだありません。開始の案内をお待ちください。いま行っていただくことはありません。"</p>
        {round}
        {receipt}
    }
    .into_any()
}

#[component]
fn Preview(round: WaitingRound) -> impl IntoView {
    let WaitingRound { year, planned, sections } = round;
    let planned = (!planned.is_empty()).then(|| {
        let dates = planned.into_iter().map(|(words, at)| view! { <dt>{words}</dt> <dd>{at.date_time()}</dd> });
        view! {
            <dl class="facts">{dates.collect_view()}</dl>
            <p>"いずれも予定です。変わることがあります。"</p>
        }
    });
    let minutes: u32 = sections.iter().map(|(.., minutes)| u32::from(*minutes)).sum();
    let items = sections
        .into_iter()
        .map(|(title, count, minutes)| view! { <li>{title} {format!("（{count}問、目安 {minutes}分）")}</li> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="preview">
            <h2 id="preview">{year.to_string()} "の調査票（準備中）"</h2>
            {planned}
            <p>{format!("全体の目安は {minutes}分です。受付開始までに、設問が変わることがあります。")}</p>
            <ol>{items}</ol>
            <p class="actions">
                <a class="button" href=format!("/answer/{}/print", year.year())>"調査票を読む・印刷する"</a>
            </p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn before_the_opening_the_questionnaire_can_be_read() {
        let round = WaitingRound {
            year: FiscalYear::new(2026).unwrap(),
            planned: vec![("受付開始の予定", Timestamp::parse_jst("2026-10-01T09:00").unwrap())],
            sections: vec![("推進体制".into(), 7, 5), ("産業・しごと".into(), 20, 15)],
        };
        let receipt = Link::new("令和7年度の提出の控え（受付番号 2025-022012-1）", "/answer/2025/receipt");
        let model = AnswerWaiting { round: Some(round), earlier_receipt: Some(receipt) };
        let html = plain(view! { <AnswerWaitingPage model /> });
        for words in [
            "受付開始前です",
            "2026年10月1日（木） 09:00",
            "推進体制（7問、目安 5分）",
            "20分",
            "/answer/2026/print",
            "/answer/2025/receipt",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        let nothing = AnswerWaiting { round: None, earlier_receipt: None };
        let html = plain(view! { <AnswerWaitingPage model=nothing /> });
        assert!(
            html.contains("開始の案内をお待ちください") && !html.contains("<h2") && !html.contains("<a "),
            "{html}"
        );
    }
}
