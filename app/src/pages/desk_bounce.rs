//! `/desk/{year}/reminders/{id}/bounce`: a message that was sent came back.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::wire::FieldProblem;

use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::ErrorSummary;

/// What `/desk/{year}/reminders/{id}/bounce` shows; its form sends `reason`.
#[derive(Debug, Clone)]
pub struct DeskBounce {
    /// The round.
    pub year: FiscalYear,
    /// The message.
    pub id: i64,
    /// Name of the municipality.
    pub municipality: String,
    /// Where the message went.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

/// Noting that a message was not delivered.
#[component]
pub fn DeskBouncePage(
    /// What it shows.
    model: DeskBounce,
) -> impl IntoView {
    let DeskBounce { year, id, municipality, address, subject, reason, problems } = model;
    let outbox = format!("/desk/{}/reminders", year.year());
    let own = format!("{outbox}/{id}/bounce");
    let errors = summary(&problems, "", &[("reason", "理由")]);
    view! {
        <p class="page-context"><a href=outbox.clone()>{year.to_string()} "の催促のメール"</a></p>
        <h1>"不達として記録する"</h1>
        <p class="page-lead">"届かなかったという知らせが差出人のアドレスに来たときに、記録します。"</p>
        <ErrorSummary errors />
        <dl class="facts">
            <dt>"市町村"</dt>
            <dd>{municipality}</dd>
            <dt>"アドレス"</dt>
            <dd>{address}</dd>
            <dt>"件名"</dt>
            <dd>{subject}</dd>
        </dl>
        <form class="account-form" method="post" action=own>
            <FormField
                name="reason"
                label="理由"
                kind=InputKind::Line
                hint="例：宛先不明、受信箱がいっぱい"
                value=reason
                required=true
                problems
            />
            <p class="actions">
                <button class="button button--primary" type="submit">"不達として記録する"</button>
                <a class="button" href=outbox>"記録しないで戻る"</a>
            </p>
        </form>
    }
    .into_any()
}
