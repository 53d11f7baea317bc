//! Approval inside the municipality: 回答者 asks, 承認者 hands in or sends back.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;

use super::answering::Form;
use super::answering::submission::{as_seen, may_proceed};
use super::{Error, Result, Service, course};
use crate::access::Role;
use crate::store::{AccountRecord, Changed, Receipt, ResponseEvent, ResponseStep};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 1000;

/// Whether a municipality has its responses approved before they are handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// What an approver of the municipality chose; `None` while nobody has.
    pub setting: Option<bool>,
    /// Names of its approvers, by login name.
    pub approvers: Vec<String>,
}

impl Approval {
    /// Required unless it was switched off; never where nobody could approve.
    pub fn is_required(&self) -> bool {
        !self.approvers.is_empty() && self.setting.unwrap_or(true)
    }
}

impl Service {
    /// Whether that municipality has its responses approved.
    pub async fn approval(&self, code: MunicipalityCode) -> Result<Approval> {
        let setting = self.store.approval_setting(code).await?;
        let accounts = self.store.accounts().await?;
        let own = accounts.into_iter().filter(|a| a.municipality == Some(code) && a.is(Role::Approver));
        Ok(Approval { setting, approvers: own.map(|account| account.display_name).collect() })
    }

    /// Switches approval on or off for the approver's own municipality, from now on and in later years.
    pub async fn set_approval(&self, account: &AccountRecord, required: bool) -> Result<()> {
        let code = approver(account)?;
        if self.store.approval_setting(code).await? == Some(required) {
            return Ok(());
        }
        Ok(self.store.set_approval_setting(code, required, &account.author(), self.clock.now()).await?)
    }

    /// Asks for approval of a response that could be handed in. Asking twice is asking once.
    pub async fn request_approval(&self, account: &AccountRecord, year: FiscalYear, seen: Option<i64>) -> Result<()> {
        let form = self.own_form(account, year).await?;
        if form.response.state == ResponseState::AwaitingApproval {
            return Ok(());
        }
        may_proceed(&form)?;
        as_seen(&form, seen)?;
        if !self.approval(form.municipality.code).await?.is_required() {
            let message = "承認は必要ない設定です。内容の確認の画面で、そのまま提出してください。";
            return Err(Error::Refused(message.to_owned()));
        }
        let problems = form.problems();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        self.come_to(account, &form, ResponseState::AwaitingApproval).await
    }

    /// Takes the request back: the response becomes again what it was. Nothing happens when it already is.
    pub async fn withdraw_request(&self, account: &AccountRecord, year: FiscalYear) -> Result<()> {
        let form = self.own_form(account, year).await?;
        match form.response.state {
            ResponseState::AwaitingApproval => {
                let before = course::before_request(&self.events_of(&form).await?);
                self.come_to(account, &form, before).await
            }
            ResponseState::NotStarted | ResponseState::InProgress | ResponseState::Returned => Ok(()),
            ResponseState::Submitted | ResponseState::Accepted => {
                let message = "承認者がすでに提出したため、依頼を取り下げられません。訂正が必要なときは、県の担当へ連絡してください。";
                Err(Error::Refused(message.to_owned()))
            }
        }
    }

    /// Approves and hands in: a submission by the approver.
    pub async fn approve(&self, account: &AccountRecord, year: FiscalYear, seen: Option<i64>) -> Result<Receipt> {
        approver(account)?;
        self.hand_in(account, year, seen).await
    }

    /// Sends the response back inside the municipality, with a reason.
    pub async fn send_back(&self, account: &AccountRecord, year: FiscalYear, reason: &str) -> Result<()> {
        approver(account)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::invalid("reason", "差し戻す理由を入力してください。回答者に伝わります。"));
        }
        if reason.chars().count() > LONGEST_REASON {
            return Err(Error::invalid("reason", format!("理由は{LONGEST_REASON}文字以内で入力してください。")));
        }
        let form = self.own_form(account, year).await?;
        let to = course::before_request(&self.events_of(&form).await?);
        let awaits = form.response.state == ResponseState::AwaitingApproval;
        if awaits && self.take_step(account, &form, to, reason).await? == Changed::Yes {
            return Ok(());
        }
        // A second press of the same button finds it done.
        let events = self.events_of(&form).await?;
        let done = course::open_send_back(&events)
            .is_some_and(|event| event.by.account == Some(account.id) && event.note == reason);
        if done { Ok(()) } else { Err(Error::Changed) }
    }

    /// What happened to a response, oldest first.
    pub async fn events_of(&self, form: &Form) -> Result<Vec<ResponseEvent>> {
        Ok(self.store.response_events(form.round.year, form.municipality.code).await?)
    }

    /// Brings the response to a state. Whoever comes second finds it there.
    async fn come_to(&self, account: &AccountRecord, form: &Form, to: ResponseState) -> Result<()> {
        if self.take_step(account, form, to, "").await? == Changed::Yes {
            return Ok(());
        }
        let now = self.store.response(form.round.year, form.municipality.code).await?.ok_or(Error::NotFound)?;
        if now.state == to { Ok(()) } else { Err(Error::Changed) }
    }

    async fn take_step(&self, account: &AccountRecord, form: &Form, to: ResponseState, note: &str) -> Result<Changed> {
        let (year, code) = (form.round.year, form.municipality.code);
        let (from, by, at) = (form.response.state, account.author(), self.clock.now());
        let step = ResponseStep { year, code, from, to, note: note.to_owned(), by, at };
        Ok(self.store.move_response(&step).await?)
    }
}

/// The municipality of an approver; refuses everybody else.
fn approver(account: &AccountRecord) -> Result<MunicipalityCode> {
    account.answers_for().filter(|_| account.is(Role::Approver)).ok_or(Error::Forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approval_is_required_where_somebody_can_give_it_and_nobody_switched_it_off() {
        let approval = |setting, approvers: &[&str]| {
            Approval { setting, approvers: approvers.iter().map(|name| (*name).to_owned()).collect() }.is_required()
        };
        assert!(approval(None, &["課長"]) && approval(Some(true), &["課長"]));
        assert!(!approval(Some(false), &["課長"]));
        assert!(!approval(None, &[]) && !approval(Some(true), &[]), "nobody could hand in");
    }
}
