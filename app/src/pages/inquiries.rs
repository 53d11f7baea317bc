//! `/answer/{year}/inquiries` and `/desk/{year}/inquiries`: what prefecture and municipality talk over.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::Side;
use shared::time::Timestamp;

use crate::components::advice::{Advice, AdviceList};
use crate::components::table_frame::TableFrame;

/// What a list of inquiries shows.
#[derive(Debug, Clone)]
pub struct InquiryList {
    /// The round.
    pub year: FiscalYear,
    /// The side that looks at it.
    pub side: Side,
    /// The municipality's name, where the list is of one.
    pub municipality: Option<String>,
    /// The inquiries: those that await the reader first, then the open, then the settled ones.
    pub items: Vec<InquiryItem>,
    /// Where a new one is begun; `None` where nobody may.
    pub new_href: Option<String>,
    /// What the prefecture answered everybody about the form as a whole.
    pub advice: Vec<Advice>,
}

/// One inquiry.
#[derive(Debug, Clone)]
pub struct InquiryItem {
    /// Its address.
    pub href: String,
    /// The municipality's name, in the prefecture's list.
    pub municipality: Option<String>,
    /// Number and text of the question, or 「調査票の全体」.
    pub about: String,
    /// How the last message begins.
    pub last: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whose turn it is; `None` when it is settled.
    pub awaits: Option<Side>,
}

/// Whose turn it is, in words.
#[component]
pub fn TurnWords(
    /// The side awaited.
    awaits: Option<Side>,
) -> impl IntoView {
    let (class, words) = match awaits {
        Some(Side::Municipality) => ("progress progress--open", "市町村の回答待ち"),
        Some(Side::Prefecture) => ("progress progress--open", "県の回答待ち"),
        None => ("progress progress--done", "完了"),
    };
    view! { <span class=class>{words}</span> }
}

/// What prefecture and municipality talk over.
#[component]
pub fn InquiryListPage(
    /// What it shows.
    model: InquiryList,
) -> impl IntoView {
    let InquiryList { year, side, municipality, items, new_href, advice: general } = model;
    let (back, back_words) = match side {
        Side::Municipality => (format!("/answer/{}", year.year()), "回答の一覧に戻る"),
        Side::Prefecture => (format!("/desk/{}", year.year()), "調査の進み具合に戻る"),
    };
    let by_municipality = side == Side::Prefecture;
    let list = if items.is_empty() {
        Either::Left(view! { <p>"まだやりとりはありません。"</p> })
    } else {
        Either::Right(view! { <InquiryTable items by_municipality /> })
    };
    let begin = new_href.map(|href| {
        let words = match side {
            Side::Municipality => "県に質問する",
            Side::Prefecture => "市町村に確認する",
        };
        view! { <a class="button button--primary" href=href>{words}</a> }
    });
    let advice = by_municipality
        .then(|| view! { <a class="button" href=format!("/desk/{}/advice", year.year())>"公開したQ&Aを見る"</a> });
    view! {
        <p class="page-context">{year.to_string()} {municipality.map(|name| format!("　{name}"))}</p>
        <h1>"県と市町村のやりとり"</h1>
        <p class="page-lead">"設問ごとの質問と確認です。電話やメールの代わりに使え、内容はここに残ります。"</p>
        <p class="actions">{begin} {advice} <a class="button" href=back>{back_words}</a></p>
        <AdviceList about="調査票の全体" advice=general />
        {list}
    }
    .into_any()
}

/// Inquiries, one row each.
#[component]
pub fn InquiryTable(
    /// The inquiries, in the order of the rows.
    items: Vec<InquiryItem>,
    /// Whether each row names its municipality.
    by_municipality: bool,
) -> impl IntoView {
    let rows = items.into_iter().map(|item| row(item, by_municipality)).collect_view();
    view! {
        <TableFrame label="県と市町村のやりとり">
            <table class="table">
                <thead>
                    <tr>
                        {by_municipality.then(|| view! { <th scope="col">"市町村"</th> })}
                        <th scope="col">"設問"</th>
                        <th scope="col">"最後の発言"</th>
                        <th scope="col">"日時"</th>
                        <th scope="col">"状態"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

fn row(item: InquiryItem, by_municipality: bool) -> impl IntoView {
    let InquiryItem { href, municipality, about, last, at, awaits } = item;
    view! {
        <tr>
            {by_municipality.then(|| view! { <td>{municipality}</td> })}
            <th scope="row"><a href=href>{about}</a></th>
            <td>{last}</td>
            <td>{at.date_time()}</td>
            <td><TurnWords awaits /></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn list(side: Side) -> InquiryList {
        InquiryList {
            year: FiscalYear::new(2026).unwrap(),
            side,
            municipality: None,
            items: vec![InquiryItem {
                href: "/desk/2026/inquiries/7".into(),
                municipality: Some("おいらせ町".into()),
                about: "産-1 取り組んでいますか。".into(),
                last: "RPAは含みますか。".into(),
                at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
                awaits: Some(Side::Prefecture),
            }],
            new_href: Some("/answer/2026/inquiries/new".into()),
            advice: Vec::new(),
        }
    }

    #[test]
    fn the_prefecture_sees_who_asks_and_whose_turn_it_is() {
        let html = plain(view! { <InquiryListPage model=list(Side::Prefecture) /> });
        for words in
            ["おいらせ町", "県の回答待ち", "href=\"/desk/2026/inquiries/7\"", "市町村に確認する", "/desk/2026/advice"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains(" style="));
    }

    #[test]
    fn the_municipality_sees_its_own_and_may_ask() {
        let html = plain(view! { <InquiryListPage model=list(Side::Municipality) /> });
        assert!(html.contains("県に質問する") && !html.contains("おいらせ町") && !html.contains("/advice"), "{html}");
        let none = InquiryList { items: Vec::new(), new_href: None, ..list(Side::Municipality) };
        let html = plain(view! { <InquiryListPage model=none /> });
        assert!(
            html.contains("まだやりとりはありません。") && !html.contains("県に質問する") && !html.contains("<table")
        );
    }
}
