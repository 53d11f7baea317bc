//! `/answer/{year}/tasks/{section}`: 依頼文, to hand a section to another section of the office.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use crate::components::sheet::{PaperSections, PaperStyle, Sheet};

/// What `/answer/{year}/tasks/{section}` shows.
#[derive(Debug, Clone)]
pub struct AnswerLetter {
    /// The round.
    pub year: FiscalYear,
    /// The questionnaire's title.
    pub survey: String,
    /// The municipality's name.
    pub municipality: String,
    /// Who asks.
    pub from: String,
    /// Who is asked; may be empty.
    pub to: String,
    /// The section's heading.
    pub title: String,
    /// Questions asked at present.
    pub asked: usize,
    /// Expected minutes to fill.
    pub minutes: u16,
    /// 基準日
    pub reference_date: Option<Timestamp>,
    /// Until when the prefecture takes answers.
    pub deadline: Option<Timestamp>,
    /// What they tell one another.
    pub comment: String,
    /// When the letter was made.
    pub at: Timestamp,
    /// The section's questions.
    pub sheet: Sheet,
}

/// The letter and the questions, to be filled by hand or read beside the screen.
#[component]
pub fn AnswerLetterPage(
    /// What it shows.
    model: AnswerLetter,
) -> impl IntoView {
    let AnswerLetter { year, survey, municipality, from, to, title, asked, minutes, .. } = model.clone();
    let to = if to.is_empty() { "　　　　　　　　".to_owned() } else { to };
    let facts = [
        ("対象", format!("{title}（{asked}問、目安 {minutes}分）")),
        ("基準日", model.reference_date.map(Timestamp::date).unwrap_or_default()),
        ("県への提出期限", model.deadline.map(Timestamp::date_time).unwrap_or_default()),
        ("庁内の期限", "　　　月　　　日（　　）まで".to_owned()),
        ("連絡事項", model.comment),
    ];
    let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    let facts = facts.map(|(word, fact)| view! { <dt>{word}</dt> <dd class="letter-fact">{fact}</dd> }).collect_view();
    let tasks = format!("/answer/{}/tasks", year.year());
    view! {
        <div class="paper letter">
            <p class="screen-only">
                "ブラウザの印刷で、A4判・縦の紙やPDFにできます。" <a href=tasks>"分担と進み具合に戻る"</a>
            </p>
            <p class="letter-date">{model.at.date()}</p>
            <p>{to} "　御中"</p>
            <p class="letter-from">{municipality} "　" {from}</p>
            <h1>"「" {survey} "」の回答について（依頼）"</h1>
            <p>
                {year.to_string()} "の標記調査について、県から回答を求められています。次の設問への回答をお願いします。"
                "この用紙に記入して返すか、調査の画面に直接入力してください。わからない設問は空欄のままで構いません。"
            </p>
            <dl class="facts">{facts}</dl>
            <PaperSections sheet=model.sheet style=PaperStyle::Fillable />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;
    use crate::components::sheet::samples::{asked, sheet};

    #[test]
    fn a_letter_says_who_asks_whom_for_what_until_when() {
        let at = |text: &str| Timestamp::parse_jst(text).unwrap();
        let model = AnswerLetter {
            year: FiscalYear::new(2026).unwrap(),
            survey: "DXの推進に関する市町村アンケート".into(),
            municipality: "おいらせ町".into(),
            from: "政策推進課".into(),
            to: "商工観光課".into(),
            title: "産業・しごと".into(),
            asked: 2,
            minutes: 15,
            reference_date: None,
            deadline: Some(at("2026-11-30T17:00")),
            comment: "昨年の実績も".into(),
            at: at("2026-11-22T16:42"),
            sheet: sheet(vec![asked("engaged", Some("4")), asked("stage", None)]),
        };
        let html = plain(view! { <AnswerLetterPage model=model.clone() /> });
        for words in [
            "商工観光課　御中",
            "おいらせ町　政策推進課",
            "「DXの推進に関する市町村アンケート」の回答について（依頼）",
            "産業・しごと（2問、目安 15分）",
            "2026年11月30日（月） 17:00",
            "昨年の実績も",
            "選択肢（番号を記入）",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("基準日") && !html.contains(" style="));
        let html = plain(view! { <AnswerLetterPage model=AnswerLetter { to: String::new(), ..model } /> });
        assert!(html.contains("　　　　　　　　　御中"), "room to write: {html}");
    }
}
