//! `…/inquiries/{id}`: what was said about one question, and the reply.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::response::Side;
use shared::time::Timestamp;

use super::inquiries::TurnWords;
use super::inquiry_new::MessageForm;
use crate::components::question::TextArea;

/// What an inquiry's page shows. Its form sends `after`, `text` and, to settle it, `closes=1` to its own address.
#[derive(Debug, Clone)]
pub struct InquiryThread {
    /// The round.
    pub year: FiscalYear,
    /// Its address.
    pub href: String,
    /// The list it stands in.
    pub back: String,
    /// Whose response it is about.
    pub municipality: String,
    /// Number and text of the question, or 「調査票の全体」.
    pub about: String,
    /// Where the question is answered or read; `None` for the form as a whole.
    pub question_href: Option<String>,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
    /// Whose turn it is; `None` when it is settled.
    pub awaits: Option<Side>,
    /// The side that the reader speaks for; `None` for those who only read.
    pub speaks_for: Option<Side>,
    /// `sequence` of the last message shown.
    pub after: u32,
    /// What was typed and refused.
    pub text: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Where the prefecture makes a Q&A of it, with what would be asked and answered.
    pub advice: Option<AdviceDraft>,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Who speaks.
    pub side: Side,
    /// The person.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What; empty where the inquiry was closed without a word.
    pub text: String,
    /// Whether it settles the inquiry.
    pub closes: bool,
}

/// A Q&A as it would be shown to everybody. Its form sends `question`, `inquiry`, `asked` and `answer` to `action`.
#[derive(Debug, Clone)]
pub struct AdviceDraft {
    /// Where it is posted.
    pub action: String,
    /// The question it stands beside; empty for the form as a whole.
    pub question: String,
    /// The inquiry's id.
    pub inquiry: String,
    /// What was asked.
    pub asked: String,
    /// What is answered.
    pub answer: String,
}

/// What was said about one question, and the reply.
#[component]
pub fn InquiryPage(
    /// What it shows.
    model: InquiryThread,
) -> impl IntoView {
    let InquiryThread {
        year,
        href,
        back,
        municipality,
        about,
        question_href,
        messages,
        awaits,
        speaks_for,
        after,
        text,
        error,
        advice,
    } = model;
    let about = match question_href {
        Some(href) => Either::Left(view! { <a href=href>{about}</a> }),
        None => Either::Right(about),
    };
    let messages = messages.into_iter().map(message).collect_view();
    let reply = speaks_for.map(|side| {
        let label = match side {
            Side::Municipality => "市町村から県へ",
            Side::Prefecture => "県から市町村へ",
        };
        view! {
            <section class="section">
                <h2>"返信する"</h2>
                <MessageForm
                    action=href
                    id="text"
                    label=label
                    hint="解決したときは、空欄のまま「完了にする」を押せます。"
                    text
                    error
                    after=Some(after)
                    buttons=view! {
                        <button class="button button--primary" type="submit">"返信を送る"</button>
                        <button class="button" type="submit" name="closes" value="1">"完了にする"</button>
                    }
                    .into_any()
                />
            </section>
        }
    });
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"県と市町村のやりとり"</h1>
        <dl class="facts">
            <dt>"設問"</dt>
            <dd>{about}</dd>
            <dt>"状態"</dt>
            <dd><TurnWords awaits /></dd>
        </dl>
        <ol class="messages">{messages}</ol>
        {reply}
        {advice.map(|draft| view! { <AdviceForm draft /> })}
        <p class="actions"><a class="button" href=back>"やりとりの一覧に戻る"</a></p>
    }
    .into_any()
}

fn message(message: Message) -> impl IntoView {
    let Message { side, author, at, text, closes } = message;
    let class = match side {
        Side::Municipality => "message",
        Side::Prefecture => "message message--prefecture",
    };
    view! {
        <li class=class>
            <p class="message-head"><strong>{side.label()}</strong> "　" {author} "　" {at.date_time()}</p>
            {(!text.is_empty()).then(|| view! { <p class="message-text">{text}</p> })}
            {closes.then(|| view! { <p class="message-closed">"完了にしました。"</p> })}
        </li>
    }
}

/// Making a Q&A of it.
#[component]
fn AdviceForm(draft: AdviceDraft) -> impl IntoView {
    let AdviceDraft { action, question, inquiry, asked, answer } = draft;
    let field = |name: &'static str, label: &'static str, text: String| {
        view! {
            <div class="form-field">
                <label for=name>{label}</label>
                <TextArea
                    id=name.to_owned()
                    name=name.to_owned()
                    text
                    rows=4
                    described_by="advice-hint".to_owned()
                    required=true
                    invalid=false
                />
            </div>
        }
    };
    view! {
        <details class="section">
            <summary>"すべての市町村へのQ&Aにする"</summary>
            <form class="message-form" method="post" action=action autocomplete="off">
                <p class="question-hint" id="advice-hint">
                    "設問の横に、すべての市町村に見えるように載せます。市町村名や個別の事情は消してください。"
                </p>
                <input type="hidden" name="question" value=question />
                <input type="hidden" name="inquiry" value=inquiry />
                {field("asked", "質問", asked)}
                {field("answer", "県の回答", answer)}
                <p class="actions"><button class="button" type="submit">"Q&Aを公開する"</button></p>
            </form>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn thread() -> InquiryThread {
        let at = Timestamp::parse_jst("2026-11-22T16:42").unwrap();
        let say = |side, text: &str, closes| Message { side, author: "担当".into(), at, text: text.into(), closes };
        InquiryThread {
            year: FiscalYear::new(2026).unwrap(),
            href: "/answer/2026/inquiries/7".into(),
            back: "/answer/2026/inquiries".into(),
            municipality: "おいらせ町".into(),
            about: "産-1 取り組んでいますか。".into(),
            question_href: Some("/answer/2026/industry#q-ind_00_1".into()),
            messages: vec![say(Side::Municipality, "RPAは<b>含みますか。", false), say(Side::Prefecture, "", true)],
            awaits: None,
            speaks_for: Some(Side::Municipality),
            after: 2,
            text: String::new(),
            error: None,
            advice: None,
        }
    }

    #[test]
    fn what_was_said_stands_with_who_and_when() {
        let html = plain(view! { <InquiryPage model=thread() /> });
        for words in [
            "RPAは&lt;b&gt;含みますか。",
            "2026年11月22日（日） 16:42",
            "完了にしました。",
            "name=\"after\" value=\"2\"",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("Q&amp;Aを公開する") && !html.contains(" style="), "{html}");
    }

    #[test]
    fn who_only_reads_has_no_form() {
        let html = plain(view! { <InquiryPage model=InquiryThread { speaks_for: None, ..thread() } /> });
        assert!(!html.contains("<form") && html.contains("完了"));
    }
}
