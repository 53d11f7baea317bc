//! 督促: what is written to a municipality about its response, and in which words.

use crate::response::ResponseState;
use crate::time::Timestamp;

/// Longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 100;
/// Longest body, in characters.
pub const LONGEST_BODY: usize = 4_000;

/// What a letter may say of a municipality: the words between 「{{」 and 「}}」, and what they stand for.
pub const FIELDS: [(&str, &str); 9] = [
    ("市町村", "市町村の名前"),
    ("担当", "受け取る人の表示名"),
    ("年度", "調査の年度"),
    ("締切", "締切の日時"),
    ("残り日数", "締切まで何日か"),
    ("状態", "回答の状態"),
    ("回答数", "回答した設問の数と、尋ねている設問の数"),
    ("アドレス", "回答画面のアドレス"),
    ("問い合わせ先", "県の問い合わせ先"),
];

/// A letter with fields in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
}

/// What is written to one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
}

/// What is known of the municipality and its response.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Name of the municipality.
    pub municipality: String,
    /// Who gets it.
    pub recipient: String,
    /// The round, in words.
    pub year: String,
    /// Until when answers are taken.
    pub deadline: Option<Timestamp>,
    /// When it is written.
    pub now: Timestamp,
    /// State of the response.
    pub state: ResponseState,
    /// Questions with an answer.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// Where the response is.
    pub address: String,
    /// Whom to ask.
    pub contact: String,
}

/// A word between 「{{」 and 「}}」 that stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{{{{{0}}}}}」という差し込みはありません。一覧にある語を使ってください。")]
pub struct UnknownField(pub String);

impl Template {
    /// The letter, every field filled in.
    pub fn fill(&self, facts: &Facts) -> Result<Message, UnknownField> {
        Ok(Message { subject: fill(&self.subject, facts)?, body: fill(&self.body, facts)? })
    }
}

fn fill(text: &str, facts: &Facts) -> Result<String, UnknownField> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((word, after)) = behind.split_once("}}") else {
            return Err(UnknownField(behind.chars().take(20).collect()));
        };
        filled.push_str(&facts.word(word.trim()).ok_or_else(|| UnknownField(word.to_owned()))?);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

impl Facts {
    fn word(&self, field: &str) -> Option<String> {
        Some(match field {
            "市町村" => self.municipality.clone(),
            "担当" => self.recipient.clone(),
            "年度" => self.year.clone(),
            "締切" => self.deadline.map_or_else(|| "未定".to_owned(), Timestamp::date_time),
            "残り日数" => self.days_left(),
            "状態" => self.state.label().to_owned(),
            "回答数" => format!("{}／{}問", self.answered, self.asked),
            "アドレス" => self.address.clone(),
            "問い合わせ先" => self.contact.clone(),
            _ => return None,
        })
    }

    fn days_left(&self) -> String {
        let Some(deadline) = self.deadline else { return "締切は未定".to_owned() };
        match self.now.days_until(deadline) {
            _ if deadline <= self.now => "締切を過ぎています".to_owned(),
            0 => "本日が締切".to_owned(),
            days => format!("あと{days}日"),
        }
    }
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailState {
    /// It is sent as soon as the mail server takes it.
    Waiting,
    /// It is under way.
    Sending,
    /// The mail server took it.
    Sent,
    /// The mail server refused it for good.
    Refused,
    /// The connection broke off at a moment when it may have been taken: nobody but a person sends it again.
    Unclear,
    /// The mail server took it, and a letter came later that it was not delivered.
    Bounced,
    /// A person decided against it while it waited.
    Withdrawn,
}

impl MailState {
    /// All, in the order of a message's life.
    pub const ALL: [Self; 7] =
        [Self::Waiting, Self::Sending, Self::Sent, Self::Refused, Self::Unclear, Self::Bounced, Self::Withdrawn];

    /// The code stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Bounced => "bounced",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "送信待ち",
            Self::Sending => "送信中",
            Self::Sent => "送信済み",
            Self::Refused => "送れませんでした",
            Self::Unclear => "届いたか分かりません",
            Self::Bounced => "届きませんでした（不達）",
            Self::Withdrawn => "送信を取りやめました",
        }
    }

    /// Whether it is still to be given to the mail server.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Sending)
    }
}

/// What a person does about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailAct {
    /// もう一度送る
    SendAgain,
    /// 不達として記録する
    NoteBounce,
    /// 送信を取りやめる
    Withdraw,
}

impl MailAct {
    /// Whether it can be done about a message in that state. What is being sent is left alone.
    pub fn fits(self, state: MailState) -> bool {
        match self {
            Self::SendAgain => matches!(state, MailState::Refused | MailState::Unclear | MailState::Bounced),
            Self::NoteBounce => matches!(state, MailState::Sent | MailState::Unclear),
            Self::Withdraw => state == MailState::Waiting,
        }
    }

    /// The state that follows.
    pub fn leads_to(self) -> MailState {
        match self {
            Self::SendAgain => MailState::Waiting,
            Self::NoteBounce => MailState::Bounced,
            Self::Withdraw => MailState::Withdrawn,
        }
    }
}

/// A letter to begin from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody has not begun.
    NotStarted,
    /// The deadline comes near.
    Near,
    /// The deadline has passed.
    Late,
    /// What was sent back has not come again.
    Returned,
}

impl Occasion {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::Near, Self::Late, Self::Returned];

    /// The code used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::Near => "near",
            Self::Late => "late",
            Self::Returned => "returned",
        }
    }

    /// The occasion of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "回答の開始をお願いする",
            Self::Near => "締切が近いことを知らせる",
            Self::Late => "締切後に提出をお願いする",
            Self::Returned => "差し戻した設問の再提出をお願いする",
        }
    }

    /// The letter.
    pub fn template(self) -> Template {
        let (subject, request) = match self {
            Self::NotStarted => (
                "【回答のお願い】{{年度}} 市町村DXアンケート（締切 {{締切}}）",
                "標記の調査について、まだ回答が始まっていないようです。\n\
                 締切は{{締切}}（{{残り日数}}）です。回答は途中で保存でき、分野ごとに手分けして入力できます。",
            ),
            Self::Near => (
                "【締切のご案内】{{年度}} 市町村DXアンケート（{{残り日数}}）",
                "標記の調査の締切は{{締切}}（{{残り日数}}）です。\n\
                 現在の状態は「{{状態}}」、回答数は{{回答数}}です。締切までに提出をお願いします。",
            ),
            Self::Late => (
                "【提出のお願い】{{年度}} 市町村DXアンケート",
                "標記の調査の締切（{{締切}}）を過ぎましたが、提出を確認できていません。\n\
                 現在の状態は「{{状態}}」、回答数は{{回答数}}です。提出が難しいときは、ご連絡ください。",
            ),
            Self::Returned => (
                "【再提出のお願い】{{年度}} 市町村DXアンケート",
                "提出いただいた回答について、確認をお願いしたい設問があり、差し戻しています。\n\
                 回答画面に、対象の設問と理由を表示しています。修正して、もう一度提出をお願いします。",
            ),
        };
        let body = format!(
            "{{{{市町村}}}}\n{{{{担当}}}} 様\n\nいつもお世話になっております。\n{request}\n\n\
             回答画面: {{{{アドレス}}}}\n\nすでに提出済みの場合は、行き違いをお許しください。\n\n{{{{問い合わせ先}}}}\n"
        );
        Template { subject: subject.to_owned(), body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(now: &str) -> Facts {
        Facts {
            municipality: "おいらせ町".into(),
            recipient: "企画課 佐藤".into(),
            year: "令和8年度（2026年度）".into(),
            deadline: Timestamp::parse_jst("2026-11-30T17:00"),
            now: Timestamp::parse_jst(now).unwrap(),
            state: ResponseState::InProgress,
            answered: 48,
            asked: 97,
            address: "https://dx.example.lg.jp/answer/2026".into(),
            contact: "県DX推進課".into(),
        }
    }

    #[test]
    fn every_letter_to_begin_from_is_filled_in_whole() {
        for occasion in Occasion::ALL {
            let letter = occasion.template().fill(&facts("2026-11-20T09:00")).unwrap();
            for text in [&letter.subject, &letter.body] {
                assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
            }
            assert!(letter.body.starts_with("おいらせ町\n企画課 佐藤 様\n"), "{}", letter.body);
            assert!(letter.body.contains("https://dx.example.lg.jp/answer/2026"));
            assert!(letter.subject.chars().count() <= LONGEST_SUBJECT);
            assert_eq!(Occasion::of_code(occasion.code()), Some(occasion));
        }
    }

    #[test]
    fn a_person_does_nothing_about_what_is_being_sent_and_undoes_no_withdrawal() {
        for act in [MailAct::SendAgain, MailAct::NoteBounce, MailAct::Withdraw] {
            for state in [MailState::Sending, MailState::Withdrawn, act.leads_to()] {
                assert!(!act.fits(state), "{act:?} {state:?}");
            }
        }
        assert!(MailAct::NoteBounce.fits(MailState::Sent) && MailAct::SendAgain.fits(MailState::Bounced));
        for state in MailState::ALL {
            assert_eq!(MailState::of_code(state.code()), Some(state));
        }
    }

    #[test]
    fn fields_say_what_is_known_now() {
        let fill = |text: &str, now: &str| fill(text, &facts(now));
        assert_eq!(fill("{{状態}} {{ 回答数 }}", "2026-11-20T09:00").unwrap(), "入力中 48／97問");
        assert_eq!(fill("{{残り日数}}", "2026-11-20T09:00").unwrap(), "あと10日");
        assert_eq!(fill("{{残り日数}}", "2026-11-30T09:00").unwrap(), "本日が締切");
        assert_eq!(fill("{{残り日数}}", "2026-11-30T17:00").unwrap(), "締切を過ぎています");
        assert_eq!(fill("{締切} }} {", "2026-11-20T09:00").unwrap(), "{締切} }} {");
        assert_eq!(fill("{{氏名}}", "2026-11-20T09:00"), Err(UnknownField("氏名".into())));
        assert!(fill("{{市町村", "2026-11-20T09:00").is_err());
        for (field, _) in FIELDS {
            assert!(facts("2026-11-20T09:00").word(field).is_some(), "{field}");
        }
    }
}
