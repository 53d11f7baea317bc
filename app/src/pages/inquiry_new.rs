//! `…/inquiries/new`: asking the prefecture, or a municipality.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::Side;

use crate::components::question::{ErrorSummary, TextArea};

/// What the page for a new inquiry shows. Its form sends `text` to `action`.
#[derive(Debug, Clone)]
pub struct InquiryNew {
    /// The round.
    pub year: FiscalYear,
    /// The side that asks.
    pub side: Side,
    /// Whose response it is about.
    pub municipality: String,
    /// Number and text of the question; `None` for the form as a whole.
    pub about: Option<String>,
    /// Where the form is posted.
    pub action: String,
    /// Where 「やめる」 leads.
    pub back: String,
    /// What was typed.
    pub text: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// Asking the prefecture, or a municipality.
#[component]
pub fn InquiryNewPage(
    /// What it shows.
    model: InquiryNew,
) -> impl IntoView {
    let InquiryNew { year, side, municipality, about, action, back, text, error } = model;
    let (heading, label, hint, send) = match side {
        Side::Municipality => (
            "県に質問する",
            "質問の内容",
            "個人情報は書かないでください。県の担当が、この画面で回答します。",
            "質問を送る",
        ),
        Side::Prefecture => ("市町村に確認する", "確認の内容", "市町村の担当が、この画面で回答します。", "確認を送る"),
    };
    let about = about.unwrap_or_else(|| "調査票の全体".to_owned());
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>{heading}</h1>
        <dl class="facts"><dt>"設問"</dt><dd>{about}</dd></dl>
        <MessageForm
            action
            id="text"
            label=label
            hint=hint
            text
            error
            after=None
            buttons=view! {
                <button class="button button--primary" type="submit">{send}</button>
                <a class="button" href=back>"やめる"</a>
            }
            .into_any()
        />
    }
    .into_any()
}

/// A form with one message, and its error first.
#[component]
pub fn MessageForm(
    /// Where it is posted.
    action: String,
    /// Name and id of the field.
    id: &'static str,
    /// The field's label.
    label: &'static str,
    /// What helps to fill it.
    hint: &'static str,
    /// What was typed.
    text: String,
    /// What is wrong with it.
    error: Option<String>,
    /// The last message on the screen, sent as `after`.
    after: Option<u32>,
    /// The buttons.
    buttons: AnyView,
) -> impl IntoView {
    let errors = error.iter().map(|error| (format!("#{id}"), label.to_owned(), error.clone())).collect();
    let invalid = error.is_some();
    let error = error.map(|error| format!("＊{error}"));
    let described_by = format!("h-{id} e-{id}");
    view! {
        <ErrorSummary errors />
        <form class="message-form" method="post" action=action autocomplete="off">
            {after.map(|after| view! { <input type="hidden" name="after" value=after.to_string() /> })}
            <div class="form-field">
                <label for=id>{label}</label>
                <p class="question-hint" id=format!("h-{id}")>{hint} " 2,000文字以内。"</p>
                <TextArea id=id.to_owned() name=id.to_owned() text rows=6 described_by required=false invalid />
                <p class="question-error" id=format!("e-{id}") hidden=!invalid>{error}</p>
            </div>
            <p class="actions">{buttons}</p>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_was_typed_stays_beside_what_is_wrong() {
        let model = InquiryNew {
            year: FiscalYear::new(2026).unwrap(),
            side: Side::Municipality,
            municipality: "おいらせ町".into(),
            about: Some("産-1 取り組んでいますか。".into()),
            action: "/answer/2026/inquiries/new?question=ind_00_1".into(),
            back: "/answer/2026/inquiries".into(),
            text: "</textarea>質問".into(),
            error: Some("2000文字以内で入力してください（現在2001文字）。".into()),
        };
        let html = plain(view! { <InquiryNewPage model=model /> });
        assert!(
            html.contains("産-1 取り組んでいますか。") && html.contains("&lt;/textarea&gt;質問</textarea>"),
            "{html}"
        );
        assert!(html.contains("＊2000文字以内で入力してください（現在2001文字）。") && html.contains("href=\"#text\""));
        assert!(html.contains("aria-invalid=\"true\"") && !html.contains(" style="));
    }
}
