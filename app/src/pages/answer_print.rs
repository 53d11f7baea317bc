//! `/answer/{year}/print`: the whole response on paper, for 決裁 before it is handed in and as 控え afterwards.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;
use shared::time::Timestamp;

use crate::components::sheet::{PaperSections, PaperStyle, Sheet, blocking, doubtful};

/// What `/answer/{year}/print` shows.
#[derive(Debug, Clone)]
pub struct AnswerPrint {
    /// The round.
    pub year: FiscalYear,
    /// The questionnaire's title.
    pub survey: String,
    /// The questionnaire's version.
    pub version: String,
    /// The municipality's name.
    pub municipality: String,
    /// 基準日: answers hold as of this time.
    pub reference_date: Option<Timestamp>,
    /// 締切
    pub deadline: Option<Timestamp>,
    /// What the paper is.
    pub purpose: PaperPurpose,
    /// State of the response.
    pub state: ResponseState,
    /// The response's revision.
    pub revision: i64,
    /// Questions answered and asked.
    pub answered_of_asked: (usize, usize),
    /// SHA-256 of the answers as they stand, in hexadecimal.
    pub sha256: String,
    /// When the page was made.
    pub at: Timestamp,
    /// Every section.
    pub sheet: Sheet,
}

/// What the paper is.
#[derive(Debug, Clone)]
pub enum PaperPurpose {
    /// A blank questionnaire before the round opens.
    Blank,
    /// 決裁用: not handed in yet.
    Decision {
        /// Who asked for approval, where it is awaited.
        asked_by: Option<String>,
    },
    /// 控え
    Receipt {
        /// 受付番号
        number: String,
        /// When it was handed in.
        submitted_at: Timestamp,
        /// Who answered and who approved, or who handed in.
        signatures: Vec<(&'static str, String)>,
    },
}

/// The whole response on paper.
#[component]
pub fn AnswerPrintPage(
    /// What it shows.
    model: AnswerPrint,
) -> impl IntoView {
    let AnswerPrint { year, survey, municipality, purpose, sheet, .. } = model.clone();
    let (heading, style) = match &purpose {
        PaperPurpose::Blank => ("調査票（準備中）", PaperStyle::Fillable),
        PaperPurpose::Decision { .. } => ("回答案（決裁用）", PaperStyle::Answers),
        PaperPurpose::Receipt { .. } => ("回答の控え", PaperStyle::Answers),
    };
    let decision = matches!(purpose, PaperPurpose::Decision { .. });
    let findings = decision.then(|| (blocking(&sheet), doubtful(&sheet)));
    view! {
        <div class="paper">
            <p class="page-context">{year.to_string()} "　" {municipality}</p>
            <h1>{heading}</h1>
            <p class="page-lead">{survey}</p>
            <p class="screen-only">
                "ブラウザの印刷で、A4判・縦の紙やPDFにできます。" <a href=format!("/answer/{}", year.year())>"一覧に戻る"</a>
            </p>
            {decision.then(|| view! { <Stamps /> })}
            <Facts model />
            {findings}
            <PaperSections sheet style />
        </div>
    }
    .into_any()
}

/// 決裁欄: boxes for stamps, their heads to be written by hand between the first and the last.
#[component]
fn Stamps() -> impl IntoView {
    let heads = ["承認者", "", "", "", "回答者"];
    let boxes = heads.map(|_| view! { <td></td> });
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <table class="stamps">
            <caption>"決裁欄"</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody><tr>{boxes}</tr></tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Facts(model: AnswerPrint) -> impl IntoView {
    let AnswerPrint {
        version, reference_date, deadline, purpose, state, revision, answered_of_asked, sha256, at, ..
    } = model;
    let blank = matches!(purpose, PaperPurpose::Blank);
    let own = match purpose {
        PaperPurpose::Blank => Vec::new(),
        PaperPurpose::Decision { asked_by } => asked_by.into_iter().map(|by| ("承認の依頼", by)).collect(),
        PaperPurpose::Receipt { number, submitted_at, signatures } => {
            let mut facts = vec![("受付番号", number), ("提出日時", submitted_at.date_time())];
            facts.extend(signatures);
            facts
        }
    };
    let (answered, asked) = answered_of_asked;
    let response = [
        ("状態", state.label().to_owned()),
        ("回答した設問", format!("{answered}/{asked}")),
        ("改訂番号", revision.to_string()),
        ("回答内容の SHA-256", sha256),
    ];
    let facts = [("基準日", reference_date.map(Timestamp::date)), ("締切", deadline.map(Timestamp::date_time))]
        .into_iter()
        .filter_map(|(word, fact)| Some((word, fact?)))
        .chain(own)
        .chain(response.into_iter().filter(|_| !blank))
        .chain([("調査票の版", version), ("この紙を作成した日時", at.date_time())])
        .map(|(word, fact)| view! { <dt>{word}</dt> <dd class="hash">{fact}</dd> })
        .collect_view();
    view! { <dl class="facts paper-facts">{facts}</dl> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;
    use crate::components::sheet::samples::{asked, sheet};

    fn model(purpose: PaperPurpose) -> AnswerPrint {
        let at = |text: &str| Timestamp::parse_jst(text).unwrap();
        AnswerPrint {
            year: FiscalYear::new(2026).unwrap(),
            survey: "DXの推進に関する市町村アンケート".into(),
            version: "2026.1".into(),
            municipality: "おいらせ町".into(),
            reference_date: Some(at("2026-04-01T00:00")),
            deadline: Some(at("2026-11-30T17:00")),
            purpose,
            state: ResponseState::InProgress,
            revision: 41,
            answered_of_asked: (1, 2),
            sha256: "ab".repeat(32),
            at: at("2026-11-22T16:42"),
            sheet: sheet(vec![asked("engaged", Some("4")), asked("stage", None)]),
        }
    }

    fn rendered(purpose: PaperPurpose) -> String {
        let html = plain(view! { <AnswerPrintPage model=model(purpose) /> });
        assert!(!html.contains(" style=") && !html.contains("<form") && !html.contains("<details"), "{html}");
        html
    }

    #[test]
    fn a_paper_for_decision_has_boxes_for_stamps_and_says_which_content_it_is() {
        let html = rendered(PaperPurpose::Decision { asked_by: Some("企画課 佐藤".into()) });
        for words in [
            "回答案（決裁用）",
            "決裁欄",
            "<dd class=\"hash\">41</dd>",
            "2026年11月22日（日） 16:42",
            "企画課 佐藤",
            "実施している（本格運用）",
            "未回答",
            "1/2",
            &"ab".repeat(32),
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }

    #[test]
    fn after_the_submission_it_is_the_receipts_paper() {
        let html = rendered(PaperPurpose::Receipt {
            number: "2026-024121-1".into(),
            submitted_at: Timestamp::parse_jst("2026-11-22T16:40").unwrap(),
            signatures: vec![("回答者", "企画課 佐藤".into()), ("承認者", "企画課長 木村".into())],
        });
        assert!(html.contains("回答の控え") && html.contains("2026-024121-1") && html.contains("企画課長 木村"));
        assert!(!html.contains("決裁欄") && !html.contains("id=\"problems\""), "{html}");
    }

    #[test]
    fn before_the_opening_it_is_a_blank_form() {
        let html = rendered(PaperPurpose::Blank);
        assert!(html.contains("調査票（準備中）") && html.contains("選択肢（番号を記入）"), "{html}");
        assert!(!html.contains("未回答") && !html.contains("SHA-256"));
    }
}
