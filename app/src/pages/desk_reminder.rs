//! `/desk/{year}/reminders/new`: writing to municipalities, with a preview before anything is sent.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::reminder::{FIELDS, Message, Occasion, Template};
use shared::wire::FieldProblem;

use crate::components::form_field::{FormField, InputKind, summary};
use crate::components::question::{ErrorSummary, TextArea};

/// What `/desk/{year}/reminders/new` shows.
///
/// Posted to `/desk/{year}/reminders`: `request`, `municipality` once for each, `subject`, `body`, and `act`: `preview` or
/// `send`.
#[derive(Debug, Clone)]
pub struct DeskReminder {
    /// The round.
    pub year: FiscalYear,
    /// Drawn for this form: sent twice, it is one reminder.
    pub request: String,
    /// The municipalities chosen.
    pub codes: Vec<MunicipalityCode>,
    /// Names of those chosen that have no address.
    pub unreachable: Vec<String>,
    /// Names of those chosen that have handed in.
    pub handed_in: Vec<String>,
    /// Names of those chosen that can hand in no more.
    pub shut_out: Vec<String>,
    /// Those whose own deadline is still to come although everybody's has passed, with its date.
    pub ahead: Vec<String>,
    /// The letter as typed.
    pub template: Template,
    /// Every message, once it was asked for: municipality, name of who gets it, what is written.
    pub preview: Vec<Previewed>,
    /// How many messages it would be.
    pub recipients: usize,
    /// Whether a mail server is configured.
    pub configured: bool,
    /// What is wrong.
    pub problems: Vec<FieldProblem>,
}

/// A message that would be sent.
#[derive(Debug, Clone)]
pub struct Previewed {
    /// Name of the municipality.
    pub municipality: String,
    /// Name of who gets it.
    pub recipient: String,
    /// What is written.
    pub message: Message,
}

const WORDS: [(&str, &str); 3] = [("subject", "件名"), ("body", "本文"), ("municipality", "送り先")];

/// Writing to municipalities.
#[component]
pub fn DeskReminderPage(
    /// What it shows.
    model: DeskReminder,
) -> impl IntoView {
    let DeskReminder { year, request, codes, template, preview, recipients, configured, problems, .. } = model.clone();
    let errors = summary(&problems, "", &WORDS);
    let chosen = codes.iter().map(|code| view! { <input type="hidden" name="municipality" value=code.to_string() /> });
    let chosen = chosen.collect_view();
    let error = problems.iter().find(|problem| problem.field == "body").map(|p| format!("＊{}", p.message));
    let invalid = error.is_some();
    let previewed = !preview.is_empty();
    let send = (previewed && configured).then(|| {
        view! {
            <button class="button button--primary" type="submit" name="act" value="send">
                {format!("{recipients}通を送る")}
            </button>
        }
    });
    let preview_class = if previewed { "button" } else { "button button--primary" };
    view! {
        <p class="page-context"><a href=format!("/desk/{}", year.year())>{year.to_string()} "の調査"</a></p>
        <h1>"市町村に催促する"</h1>
        <ErrorSummary errors />
        {(!configured).then(|| view! {
            <p class="notice notice--attention">
                "メールサーバーが設定されていないため、送れません。サーバーの管理者に、起動時の設定（--smtp-url と --mail-from）を依頼してください。"
            </p>
        })}
        <Reach model />
        <section class="section">
            <h2>"文面"</h2>
            <Occasions year codes />
            <form class="account-form" method="post" action=format!("/desk/{}/reminders", year.year())>
                <input type="hidden" name="request" value=request />
                {chosen}
                <FormField name="subject" label="件名" kind=InputKind::Line value=template.subject required=true problems />
                <div class="form-field">
                    <label for="body">"本文 " <span class="mark mark--required">"※必須"</span></label>
                    <TextArea
                        id="body".to_owned()
                        name="body".to_owned()
                        text=template.body
                        rows=14
                        described_by="h-body e-body".to_owned()
                        required=true
                        invalid
                    />
                    <p class="question-error" id="e-body" hidden=!invalid>{error}</p>
                </div>
                <Fields />
                <p class="actions">
                    {send}
                    <button class=preview_class type="submit" name="act" value="preview">"送る内容を確かめる"</button>
                </p>
            </form>
        </section>
        {previewed.then(|| view! { <Preview preview /> })}
    }
    .into_any()
}

/// Whom it reaches.
#[component]
fn Reach(model: DeskReminder) -> impl IntoView {
    let DeskReminder { codes, unreachable, handed_in, shut_out, ahead, recipients, .. } = model;
    let line = |words: &'static str, names: Vec<String>| {
        (!names.is_empty()).then(|| view! { <dt>{words}</dt> <dd>{names.join("、")}</dd> })
    };
    view! {
        <dl class="facts">
            <dt>"選んだ市町村"</dt>
            <dd>{codes.len()} "団体"</dd>
            <dt>"送るメール"</dt>
            <dd>{recipients} "通（1つのアドレスに1通）"</dd>
            {line("提出済みのため送らない市町村", handed_in)}
            {line("受付終了のため提出できない市町村", shut_out)}
            {line("アドレスの登録がない市町村", unreachable)}
            {line("延長した締切がまだ来ていない市町村", ahead)}
        </dl>
    }
    .into_any()
}

/// Letters to begin from: plain links that keep the choice.
#[component]
fn Occasions(year: FiscalYear, codes: Vec<MunicipalityCode>) -> impl IntoView {
    let mut chosen = String::new();
    for code in codes {
        chosen.push_str("&municipality=");
        chosen.push_str(code.as_str());
    }
    let links = Occasion::ALL.map(|occasion| {
        let href = format!("/desk/{}/reminders/new?template={}{chosen}", year.year(), occasion.code());
        view! { <li><a href=href>{occasion.label()}</a></li> }
    });
    view! {
        <p>"文例（選ぶと、入力中の文面は置き換わります）"</p>
        <ul>{links.into_iter().collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let fields = FIELDS
        .into_iter()
        .map(|(field, words)| view! { <dt><code>{format!("{{{{{field}}}}}")}</code></dt> <dd>{words}</dd> })
        .collect_view();
    view! {
        <p class="question-hint" id="h-body">"次の語は、市町村ごとの内容に置き換わります。"</p>
        <details>
            <summary>"差し込める語"</summary>
            <dl class="facts">{fields}</dl>
        </details>
    }
    .into_any()
}

#[component]
fn Preview(preview: Vec<Previewed>) -> impl IntoView {
    let count = preview.len();
    let messages = preview
        .into_iter()
        .enumerate()
        .map(|(place, Previewed { municipality, recipient, message })| {
            let title = format!("{municipality}　{recipient} 様");
            let body = view! {
                <p><strong>{message.subject}</strong></p>
                <p class="mail-body">{message.body}</p>
            };
            if place == 0 {
                Either::Left(view! { <section class="mail"><h3>{title}</h3> {body}</section> })
            } else {
                Either::Right(view! { <details class="mail"><summary>{title}</summary> {body}</details> })
            }
        })
        .collect_view();
    view! {
        <section class="section" id="preview">
            <h2>{format!("送る内容（{count}通）")}</h2>
            {messages}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn model() -> DeskReminder {
        DeskReminder {
            year: FiscalYear::new(2026).unwrap(),
            request: "r1".into(),
            codes: vec!["024121".parse().unwrap()],
            unreachable: vec!["横浜町".into()],
            handed_in: vec!["弘前市".into()],
            shut_out: vec!["六戸町".into()],
            ahead: vec!["おいらせ町（2026年12月10日（木） 17:00まで）".into()],
            template: Occasion::Near.template(),
            preview: Vec::new(),
            recipients: 1,
            configured: true,
            problems: Vec::new(),
        }
    }

    #[test]
    fn nothing_can_be_sent_before_it_was_seen() {
        let html = plain(view! { <DeskReminderPage model=model() /> });
        assert!(!html.contains("value=\"send\"") && html.contains("value=\"preview\""), "{html}");
        assert!(
            html.contains("横浜町")
                && html.contains("弘前市")
                && html.contains("受付終了のため提出できない市町村")
                && html.contains("六戸町")
                && html.contains("おいらせ町（2026年12月10日（木） 17:00まで）")
                && html.contains("name=\"municipality\" value=\"024121\"")
        );
        let message = Message { subject: "件名".into(), body: "<本文>".into() };
        let seen = Previewed { municipality: "おいらせ町".into(), recipient: "佐藤".into(), message };
        let html = plain(view! { <DeskReminderPage model=DeskReminder { preview: vec![seen], ..model() } /> });
        assert!(
            html.contains("value=\"send\"") && html.contains("&lt;本文&gt;") && html.contains("1通を送る"),
            "{html}"
        );
        assert_eq!(html.matches("button--primary").count(), 1);
        assert!(!html.contains(" style="));
    }

    #[test]
    fn without_a_mail_server_it_says_so() {
        let html = plain(view! { <DeskReminderPage model=DeskReminder { configured: false, ..model() } /> });
        assert!(html.contains("メールサーバーが設定されていない"), "{html}");
    }
}
