//! `/desk/{year}/reminders`: what was written to municipalities, and how far it has come.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::reminder::{MailAct, MailState};
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// What `/desk/{year}/reminders` shows. A message is sent again by `POST …/reminders/{id}/sending`, not sent after all by
/// `POST …/withdrawal`, noted as not delivered at `…/bounce`.
#[derive(Debug, Clone)]
pub struct DeskOutbox {
    /// The round.
    pub year: FiscalYear,
    /// The reminders, latest first.
    pub reminders: Vec<ReminderItem>,
    /// Whether a mail server is configured.
    pub configured: bool,
    /// After how many seconds the page asks again by itself; `None` where nothing is under way.
    pub renewed: Option<u16>,
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
    let DeskOutbox { year, reminders, configured, renewed } = model;
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
            "送信済みは、メールサーバーが受け取ったことを表します。その先で届かなかったときは、差出人のアドレスに知らせが届きます。届いたら、そのメールを不達として記録してください。"
        </p>
        {(!configured).then(|| view! {
            <p class="notice notice--attention">"メールサーバーが設定されていないため、送信待ちのメールは送られません。"</p>
        })}
        {renewed.map(|seconds| view! { <p>{format!("この画面は{seconds}秒ごとに新しくなります。閉じても送信は続きます。")}</p> })}
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
    let is = |state: MailState| mails.iter().filter(|mail| mail.state == state).count();
    let (sent, all) = (is(MailState::Sent), mails.len() - is(MailState::Withdrawn));
    let progress = mails.iter().any(|mail| mail.state.is_under_way()).then(|| {
        let words = format!("送信済み {sent}／全 {all} 通");
        view! {
            <p>
                {words.clone()} " "
                <progress class="export-progress" max=all.to_string() value=sent.to_string() aria-label=words></progress>
            </p>
        }
    });
    let rows = mails.into_iter().map(|mail| view! { <Row year mail /> }).collect_view();
    view! {
        <section class="section">
            <h2>{subject}</h2>
            <p>{at.date_time()} "　" {author}</p>
            {progress}
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
        MailState::Refused | MailState::Unclear | MailState::Bounced => "progress progress--attention",
        MailState::Withdrawn => "progress",
    };
    let at = |page: &str| format!("/desk/{}/reminders/{id}/{page}", year.year());
    let button = |act: MailAct, page: &str, words: &'static str, label: String| {
        let action = at(page);
        act.fits(state).then(|| {
            view! {
                <form method="post" action=action>
                    <button class="button" type="submit" aria-label=label>{words}</button>
                </form>
            }
        })
    };
    let again = button(MailAct::SendAgain, "sending", "もう一度送る", format!("{municipality}へもう一度送る"));
    let withdraw =
        button(MailAct::Withdraw, "withdrawal", "送信を取りやめる", format!("{municipality}への送信を取りやめる"));
    let bounced = MailAct::NoteBounce.fits(state).then(|| {
        let label = format!("{municipality}へのメールを不達として記録する");
        view! { <a href=at("bounce") aria-label=label>"不達として記録する"</a> }
    });
    let next = next_at.map(|at| format!("{}以降に再送", at.date_time()));
    view! {
        <tr>
            <th scope="row">{municipality}</th>
            <td>{recipient}</td>
            <td>{address}</td>
            <td><span class=class>{state.label()}</span></td>
            <td>{changed_at.date_time()}</td>
            <td class="text mail-reason">{reason} " " {next} {again} {withdraw} {bounced}</td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    #[test]
    fn what_can_be_done_about_a_message_depends_on_how_far_it_has_come() {
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
        let html = plain(
            view! { <DeskOutboxPage model=DeskOutbox { year, reminders: vec![item], configured: true, renewed: Some(5) } /> },
        );
        for (id, pages) in [
            (1, &["withdrawal"][..]),
            (2, &[]),
            (3, &["bounce"]),
            (4, &["sending"]),
            (5, &["sending", "bounce"]),
            (6, &["sending"]),
            (7, &[]),
        ] {
            for page in ["sending", "withdrawal", "bounce"] {
                let there = html.contains(&format!("/desk/2026/reminders/{id}/{page}"));
                assert_eq!(there, pages.contains(&page), "{id} {page}: {html}");
            }
        }
        assert!(html.contains("送信済み 1／全 6 通") && html.contains("max=\"6\" value=\"1\""), "{html}");
        assert!(html.contains("5秒ごとに新しくなります"), "{html}");
        for state in MailState::ALL {
            assert!(html.contains(state.label()));
        }
    }
}
