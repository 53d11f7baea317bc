//! 督促: the prefecture writes to municipalities about their responses.

use std::collections::BTreeSet;

use shared::email::EmailAddress;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::reminder::{Facts, LONGEST_BODY, LONGEST_SUBJECT, MailAct, Message, Template};
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::extending::given;
use super::rounds::{Board, BoardRow, done, drawn, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, Changed, Mail, MailId, MailStep, NewMail, NewReminder, Reminder, Written};

/// What an installation says of itself in a letter.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Where it is reached, without a slash at the end.
    pub address: String,
    /// Whom to ask.
    pub contact: String,
}

/// Somebody who gets a message.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// For which municipality.
    pub code: MunicipalityCode,
    /// Where to.
    pub address: EmailAddress,
    /// What is known to fill the letter in.
    pub facts: Facts,
}

/// Whom a reminder reaches.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Who gets a message, by municipality.
    pub recipients: Vec<Recipient>,
    /// Municipalities without an address.
    pub unreachable: Vec<Municipality>,
    /// Municipalities that have handed in: they get none.
    pub handed_in: Vec<Municipality>,
    /// Municipalities that can hand in no more, because the round is closed: they get none.
    pub shut_out: Vec<Municipality>,
    /// Recipients' municipalities whose own deadline is still to come although everybody's has passed.
    pub ahead: Vec<(Municipality, Timestamp)>,
}

/// What was written in a round.
pub struct Outbox {
    /// The reminders, latest first.
    pub reminders: Vec<Reminder>,
    /// Their messages, by municipality.
    pub mails: Vec<Mail>,
}

impl Service {
    /// Whom a reminder to those municipalities reaches: every account that answers for one of them and has an address,
    /// each address once, however it is capitalized.
    pub async fn reach(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        codes: &BTreeSet<MunicipalityCode>,
        sender: &Sender,
    ) -> Result<Reach> {
        let board = self.board(account, year).await?;
        let accounts = self.accounts().await?;
        let now = self.clock.now();
        let has_passed = board.round.dates.is_some_and(|dates| dates.deadline <= now);
        let mut reach = Reach::default();
        for row in board.rows.iter().filter(|row| codes.contains(&row.municipality.code)) {
            if !row.is_awaited(board.round.state) {
                let handed_in = row.response.state.is_handed_in();
                let why = if handed_in { &mut reach.handed_in } else { &mut reach.shut_out };
                why.push(row.municipality.clone());
                continue;
            }
            let before = reach.recipients.len();
            let mut known = BTreeSet::new();
            let of_row = |account: &&AccountRecord| {
                account.answers_for() == Some(row.municipality.code) && account.disabled_at.is_none()
            };
            for account in accounts.iter().filter(of_row) {
                let is_new = |address: &EmailAddress| known.insert(address.as_str().to_ascii_lowercase());
                let Some(address) = account.email.clone().filter(is_new) else { continue };
                let facts = self.facts(&board, row, account, sender);
                reach.recipients.push(Recipient { code: row.municipality.code, address, facts });
            }
            if reach.recipients.len() == before {
                reach.unreachable.push(row.municipality.clone());
            } else if has_passed
                && let Some(until) = row.extension.later_than(&board.round).filter(|until| *until > now)
            {
                reach.ahead.push((row.municipality.clone(), until));
            }
        }
        Ok(reach)
    }

    fn facts(&self, board: &Board, row: &BoardRow, account: &AccountRecord, sender: &Sender) -> Facts {
        let year = board.round.year;
        Facts {
            municipality: row.municipality.name.clone(),
            recipient: account.display_name.clone(),
            year: year.to_string(),
            deadline: row.extension.deadline(&board.round),
            now: self.clock.now(),
            state: row.response.state,
            answered: row.answered,
            asked: row.asked,
            address: format!("{}/answer/{}", sender.address, year.year()),
            contact: sender.contact.clone(),
        }
    }

    /// Puts a message to each recipient into the outbox. The same request again changes nothing.
    pub async fn remind(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        request: &str,
        template: Template,
        reach: Reach,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        if !matches!(round.state, RoundState::Open | RoundState::Closed) {
            return Err(Error::Refused("催促できるのは、受付中か確認中の調査だけです。".to_owned()));
        }
        drawn(request)?;
        let mails = reach.recipients.iter().zip(fill(&template, &reach)?).map(|(recipient, message)| NewMail {
            code: recipient.code,
            address: recipient.address.clone(),
            recipient: recipient.facts.recipient.clone(),
            subject: message.subject,
            body: message.body,
        });
        let new = NewReminder {
            request: request.to_owned(),
            year,
            mails: mails.collect(),
            subject: template.subject,
            body: template.body,
            by: account.author(),
            at: self.clock.now(),
        };
        match self.store.add_reminder(&new).await? {
            Changed::Yes => Ok(()),
            Changed::No => self.written_alike(&new).await,
        }
    }

    /// The same form sent twice is the same reminder; another one that was written on it is not sent, and says so.
    async fn written_alike(&self, new: &NewReminder) -> Result<()> {
        let same = Written {
            year: new.year,
            subject: new.subject.clone(),
            body: new.body.clone(),
            recipients: new.mails.iter().map(|mail| (mail.code, mail.address.clone())).collect(),
        };
        if self.store.written_by(&new.request).await? == Some(same) {
            return Ok(());
        }
        let message = "この画面からの催促は送信済みです。もう一度催促するときは、市町村の一覧から選び直してください。";
        Err(Error::Refused(message.to_owned()))
    }

    /// What was written in a round.
    pub async fn outbox(&self, account: &AccountRecord, year: FiscalYear) -> Result<Outbox> {
        require(account, Role::Officer)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        Ok(Outbox { reminders: self.store.reminders(year).await?, mails: self.store.mails(year).await? })
    }

    /// Does something about a message: it is sent again, was not delivered, or is not sent after all.
    pub async fn step_mail(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        id: MailId,
        act: MailAct,
        reason: &str,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        let required = act == MailAct::NoteBounce;
        let reason = given(reason, required).map_err(|problem| Error::Invalid(vec![problem]))?;
        let step = MailStep { year, id, act, reason, by: account.author(), at: self.clock.now() };
        done(self.store.step_mail(&step).await?)
    }

    /// Notes which messages were under way when the server stopped: nobody knows whether they arrived.
    pub async fn note_interrupted_mail(&self) -> Result<()> {
        let reason = "送信の途中でサーバーが止まりました";
        Ok(self.store.note_interrupted_mail(reason, self.clock.now()).await?)
    }
}

/// The message to each recipient, or what is wrong with the template; where nobody gets one, that.
pub fn fill(template: &Template, reach: &Reach) -> Result<Vec<Message>> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, message: String| problems.push(FieldProblem { field: field.to_owned(), message });
    if reach.recipients.is_empty() {
        let message = "送り先がありません。市町村を選び直すか、アカウントにメールアドレスを登録してください。";
        problem("municipality", message.to_owned());
    }
    let sizes = [("subject", &template.subject, LONGEST_SUBJECT), ("body", &template.body, LONGEST_BODY)];
    for (field, text, longest) in sizes {
        if text.trim().is_empty() || text.chars().count() > longest {
            problem(field, format!("1〜{longest}文字で入力してください。"));
        }
    }
    if template.subject.chars().any(char::is_control) {
        problem("subject", "件名は1行で入力してください。".to_owned());
    }
    // Fields are the same for everybody: one recipient shows whether they are known.
    let facts = reach.recipients.first().map(|recipient| &recipient.facts);
    for (field, text, _) in sizes {
        let alone = Template { subject: String::new(), body: text.clone() };
        if let Some(Err(unknown)) = facts.map(|facts| alone.fill(facts)) {
            problem(field, unknown.to_string());
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let filled = reach.recipients.iter().map(|recipient| template.fill(&recipient.facts));
    filled.collect::<std::result::Result<_, _>>().map_err(|unknown| Error::invalid("body", unknown.to_string()))
}
