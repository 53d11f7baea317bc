//! The prefecture reads responses and accepts them.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;

use super::answering::Form;
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, ResponseEvent, ResponseStep};

impl Service {
    /// A response and what happened to it.
    pub async fn review(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
    ) -> Result<(Form, Vec<ResponseEvent>)> {
        require(account, Role::Officer)?;
        let form = self.form(year, code).await?;
        let events = self.store.response_events(year, code).await?;
        Ok((form, events))
    }

    /// Accepts a submitted response: it is confirmed from now on.
    pub async fn accept(&self, account: &AccountRecord, year: FiscalYear, code: MunicipalityCode) -> Result<()> {
        require(account, Role::Officer)?;
        let form = self.form(year, code).await?;
        if form.response.state == ResponseState::Accepted {
            return Ok(());
        }
        if !form.round.state.is_under_review() || form.response.state != ResponseState::Submitted {
            let message = "受理できるのは、確定前の調査で提出済みの回答だけです。";
            return Err(Error::Refused(message.to_owned()));
        }
        let step = ResponseStep {
            year,
            code,
            from: ResponseState::Submitted,
            to: ResponseState::Accepted,
            note: String::new(),
            by: account.author(),
            at: self.clock.now(),
        };
        done(self.store.move_response(&step).await?)
    }
}
