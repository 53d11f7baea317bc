//! 督促 and the outbox.

use std::collections::BTreeSet;

use shared::email::EmailAddress;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::reminder::{MailAct, MailState};
use shared::time::Timestamp;

use super::Author;

/// Key of a message in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailId(pub i64);

/// A reminder to write, with its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReminder {
    /// Drawn when its form was shown: the same form sent twice is one reminder.
    pub request: String,
    /// The round.
    pub year: FiscalYear,
    /// Subject, with fields.
    pub subject: String,
    /// Body, with fields.
    pub body: String,
    /// Who writes.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// What becomes of it: one for each address of a municipality.
    pub mails: Vec<NewMail>,
}

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// To which municipality.
    pub code: MunicipalityCode,
    /// To which address.
    pub address: EmailAddress,
    /// Name of who gets it.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Body.
    pub body: String,
}

/// A reminder that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Its key.
    pub id: i64,
    /// Subject, with fields.
    pub subject: String,
    /// Who wrote it.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What a request wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The round.
    pub year: FiscalYear,
    /// Subject, with fields.
    pub subject: String,
    /// Body, with fields.
    pub body: String,
    /// To whom.
    pub recipients: BTreeSet<(MunicipalityCode, EmailAddress)>,
}

/// What a person does about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailStep {
    /// The round.
    pub year: FiscalYear,
    /// The message.
    pub id: MailId,
    /// What.
    pub act: MailAct,
    /// Why; may be empty.
    pub reason: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A message in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its key.
    pub id: MailId,
    /// The reminder that it belongs to.
    pub reminder: i64,
    /// What is sent.
    pub message: NewMail,
    /// How far it has come.
    pub state: MailState,
    /// How often it was tried.
    pub attempts: u32,
    /// While it waits: not before then.
    pub next_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Why it was refused, waits again, is unclear or came back; empty where there is nothing to say.
    pub reason: String,
}

impl Mail {
    /// When it is tried again, while it waits after an attempt.
    pub fn tried_again_at(&self) -> Option<Timestamp> {
        (self.state == MailState::Waiting && self.attempts > 0).then_some(self.next_at)
    }
}

/// What came of sending a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The message.
    pub id: MailId,
    /// How far it has come.
    pub state: MailState,
    /// Where it waits: not before then.
    pub next_at: Timestamp,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}
