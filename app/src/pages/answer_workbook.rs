//! `/answer/{year}/workbook`: the response as an Excel workbook, out and in.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;

use super::answer_list::{Deadline, DeadlineWords};
use crate::components::form_field::{FileInput, WORKBOOKS};

/// What `/answer/{year}/workbook` shows.
#[derive(Debug, Clone)]
pub struct AnswerWorkbook {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// Why nothing can be changed, in a sentence; a copy can be downloaded all the same.
    pub read_only: Option<String>,
    /// Why the uploaded file was refused, and what to do.
    pub refused: Option<String>,
    /// How many answers were just saved from a workbook.
    pub saved: Option<usize>,
}

/// `/answer/{year}/workbook`
pub fn workbook_href(year: FiscalYear) -> String {
    format!("/answer/{}/workbook", year.year())
}

/// Download and upload.
#[component]
pub fn AnswerWorkbookPage(
    /// What it shows.
    model: AnswerWorkbook,
) -> impl IntoView {
    let AnswerWorkbook { year, municipality, deadline, read_only, refused, saved } = model;
    let check = format!("/answer/{}/check", year.year());
    let saved = saved.map(|count| {
        let words = match count {
            0 => "どの回答も変えませんでした。".to_owned(),
            count => format!("ワークブックから {count} 件の回答を保存しました。まだ提出はしていません。"),
        };
        view! {
            <p class="notice notice--success" role="status">
                {words} " " <a href=check>"内容を確認する"</a>
            </p>
        }
    });
    let at_field = refused.clone();
    let refused = refused.map(|reason| {
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus=true id="error-summary">
                <p class="error-summary-heading">"ファイルを読み込めませんでした"</p>
                <p><a href="#f-file">"選んだファイル"</a> "：" {reason}</p>
                <p>"保存済みの回答は変わっていません。"</p>
            </div>
        }
    });
    let body = match read_only {
        Some(reason) => Either::Left(view! {
            <p class="notice">{reason}</p>
            <section class="section">
                <h2>"控えをダウンロードする"</h2>
                <p>"いまの回答をワークブックにします。入力はできません。"</p>
                <Download year />
            </section>
        }),
        None => Either::Right(view! { <Steps year refused=at_field /> }),
    };
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"Excelで入力する"</h1>
        <p class="page-lead">{deadline.map(|deadline| view! { <DeadlineWords deadline /> })}</p>
        {refused}
        {saved}
        {body}
        <p class="actions"><a class="button" href=format!("/answer/{}", year.year())>"一覧に戻る"</a></p>
    }
    .into_any()
}

#[component]
fn Download(year: FiscalYear) -> impl IntoView {
    let href = format!("{}.xlsx", workbook_href(year));
    view! { <p class="actions"><a class="button" href=href download="">"ワークブックをダウンロードする"</a></p> }
        .into_any()
}

#[component]
fn Steps(year: FiscalYear, refused: Option<String>) -> impl IntoView {
    let invalid = refused.is_some();
    let error = refused.map(|reason| view! { <p class="form-error" id="e-file">"＊" {reason}</p> });
    view! {
        <section class="section">
            <h2>"1 ダウンロードする"</h2>
            <p>
                "いまの回答と前年度の回答が入ったワークブック（.xlsx、マクロなし）です。黄色のセルに入力します。庁内で回して、何人かで別々に記入してもかまいません。"
            </p>
            <Download year />
        </section>
        <section class="section">
            <h2>"2 アップロードする"</h2>
            <p>
                "記入したワークブックを選ぶと、現在の回答との違いを一覧で示します。どちらの回答にするかを決めるまで、何も保存されません。"
            </p>
            <form class="workbook-upload" method="post" enctype="multipart/form-data" action=workbook_href(year)>
                <div class="form-field">
                    <FileInput label="記入したワークブック（.xlsx、10MBまで）" accept=WORKBOOKS refused=invalid.then_some("e-file") />
                    {error}
                </div>
                <p class="actions"><button class="button button--primary" type="submit">"違いを確認する"</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> AnswerWorkbook {
        AnswerWorkbook {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            deadline: None,
            read_only: None,
            refused: None,
            saved: None,
        }
    }

    #[test]
    fn a_workbook_goes_out_and_comes_in_by_plain_html() {
        let html = plain(view! { <AnswerWorkbookPage model=model() /> });
        assert!(html.contains("href=\"/answer/2026/workbook.xlsx\""), "{html}");
        assert!(html.contains("method=\"post\" enctype=\"multipart/form-data\" action=\"/answer/2026/workbook\""));
        assert_eq!(html.matches("button--primary").count(), 1);
        assert!(!html.contains(" style=") && !html.contains("role=\"alert\""));
    }

    #[test]
    fn a_refused_file_is_said_first_and_at_its_field() {
        let refused = AnswerWorkbook { refused: Some("PDFファイルです。".into()), ..model() };
        let html = plain(view! { <AnswerWorkbookPage model=refused /> });
        assert!(html.contains("PDFファイルです。") && html.contains("href=\"#f-file\""), "{html}");
        assert!(html.contains("aria-invalid=\"true\""));
    }

    #[test]
    fn a_response_that_cannot_change_is_only_downloaded() {
        let closed = AnswerWorkbook {
            read_only: Some("受付が終了したため、変更できません。".into()), ..model()
        };
        let html = plain(view! { <AnswerWorkbookPage model=closed /> });
        assert!(
            html.contains("受付が終了したため") && html.contains("workbook.xlsx") && !html.contains("<form"),
            "{html}"
        );
    }

    #[test]
    fn what_was_saved_is_said_and_that_it_is_not_handed_in() {
        let html = plain(view! { <AnswerWorkbookPage model=AnswerWorkbook { saved: Some(12), ..model() } /> });
        assert!(html.contains("12 件の回答を保存しました。まだ提出はしていません。"), "{html}");
    }
}
