//! `/desk/{year}/reminders`: what was written to municipalities, and how far it has come.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::reminder::MailState;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// What `/desk/{year}/reminders` shows. A message is sent again by `POST …/reminders/{id}/sending`.
#[derive(Debug, Clone)]
pub struct DeskOutbox {
    /// The round.
    pub year: FiscalYear,
    /// The reminders, latest first.
    pub reminders: Vec<ReminderItem>,
    /// Whether a mail server is configured.
    pub configured: bool,
}

/// One reminder.
#[derive(Debug, Clone)]
pub struct ReminderItem {
    /// Its subject, with fields.
    pub subject: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Its messages, by municipality.
    pub mails: Vec<MailItem>,
}

/// One message.
#[derive(Debug, Clone)]
pub struct MailItem {
    /// Its key.
    pub id: i64,
    /// Name of the municipality.
    pub municipality: String,
    /// Name of who gets it.
    pub recipient: String,
    /// Where it goes.
    pub address: String,
    /// How far it has come.
    pub state: MailState,
    /// When that last changed.
    pub changed_at: Timestamp,
    /// When it is tried again, while it waits after an attempt.
    pub next_at: Option<Timestamp>,
    /// Why; may be empty.
    pub reason: String,
}

/// What was written, and how far it has come.
#[component]
pub fn DeskOutboxPage(
    /// What it shows.
    model: DeskOutbox,
) -> impl IntoView {
    let DeskOutbox { year, reminders, configured } = model;
    let list = if reminders.is_empty() {
        Either::Left(view! { <p>"まだ催促していません。"</p> })
    } else {
        let items = reminders.into_iter().map(|item| view! { <Reminder year item /> }).collect_view();
        Either::Right(items)
    };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"催促のメール"</h1>
        <p class="page-lead">
            "送信済みは、メールサーバーが受け取ったことを表します。その先で届かなかったときは、差出人のアドレスに知らせが届きます。"
        </p>
        {(!configured).then(|| view! {
            <p class="notice notice--attention">"メールサーバーが設定されていないため、送信待ちのメールは送られません。"</p>
        })}
        {list}
    }
    .into_any()
}

#[component]
fn Reminder(year: FiscalYear, item: ReminderItem) -> impl IntoView {
    let ReminderItem { subject, author, at, mails } = item;
    let counts = MailState::ALL
        .into_iter()
        .filter_map(|state| {
            let count = mails.iter().filter(|mail| mail.state == state).count();
            (count > 0).then(|| view! { <div><dt>{state.label()}</dt><dd>{count} "通"</dd></div> })
        })
        .collect_view();
    let rows = mails.into_iter().map(|mail| view! { <Row year mail /> }).collect_view();
    view! {
        <section class="section">
            <h2>{subject}</h2>
            <p>{at.date_time()} "　" {author}</p>
            <dl class="counts">{counts}</dl>
            <TableFrame label="送り先">
                <table class="table board">
                    <thead>
                        <tr>
                            <th scope="col">"市町村"</th>
                            <th scope="col">"受け取る人"</th>
                            <th scope="col">"アドレス"</th>
                            <th scope="col">"状態"</th>
                            <th scope="col">"時刻"</th>
                            <th scope="col">"理由"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        </section>
    }
    .into_any()
}

#[component]
fn Row(year: FiscalYear, mail: MailItem) -> impl IntoView {
    let MailItem { id, municipality, recipient, address, state, changed_at, next_at, reason } = mail;
    let class = match state {
        MailState::Waiting | MailState::Sending => "progress progress--open",
        MailState::Sent => "progress progress--done",
        MailState::Refused | MailState::Unclear => "progress progress--attention",
    };
    let again = matches!(state, MailState::Refused | MailState::Unclear).then(|| {
        let action = format!("/desk/{}/reminders/{id}/sending", year.year());
        let label = format!("{municipality}へもう一度送る");
        view! {
            <form method="post" action=action>
                <button class="button" type="submit" aria-label=label>"もう一度送る"</button>
            </form>
        }
    });
    let next = next_at.map(|at| format!("{}以降に再送", at.date_time()));
    view! {
        <tr>
            <th scope="row">{municipality}</th>
            <td>{recipient}</td>
            <td>{address}</td>
            <td><span class=class>{state.label()}</span></td>
            <td>{changed_at.date_time()}</td>
            <td class="text mail-reason">{reason} " " {next} {again}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn only_what_did_not_arrive_can_be_sent_again() {
        let at = Timestamp::parse_jst("2026-11-22T16:42").unwrap();
        let mail = |id, state| MailItem {
            id,
            municipality: "おいらせ町".into(),
            recipient: "佐藤".into(),
            address: "dx@example.jp".into(),
            state,
            changed_at: at,
            next_at: None,
            reason: String::new(),
        };
        let mails = MailState::ALL.into_iter().zip(1..).map(|(state, id)| mail(id, state)).collect();
        let item = ReminderItem { subject: "締切 {{締切}}".into(), author: "県担当".into(), at, mails };
        let year = FiscalYear::new(2026).unwrap();
        let html =
            plain(view! { <DeskOutboxPage model=DeskOutbox { year, reminders: vec![item], configured: true } /> });
        for (id, again) in [(1, false), (2, false), (3, false), (4, true), (5, true)] {
            assert_eq!(html.contains(&format!("/desk/2026/reminders/{id}/sending")), again, "{id}: {html}");
        }
        for state in MailState::ALL {
            assert!(html.contains(state.label()));
        }
    }
}
