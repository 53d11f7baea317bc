//! 日程: what a round is planned with, and correcting the dates of one that was opened.

use shared::fiscal_year::FiscalYear;
use shared::round::RoundState;
use shared::wire::FieldProblem;

use super::extending::given;
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, ChangeDates, DatesChange};

impl Service {
    /// Plans a draft, or corrects the dates of a round that was opened, unless somebody else was faster. While it is open,
    /// both; between closing and finalizing the reference date alone, because the deadline is past. What is published
    /// keeps its reference date: a correction of it needs the checking to be taken up again.
    pub async fn change_dates(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        dates: DatesChange,
        reason: &str,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let at = self.clock.now();
        let reason = match dates {
            DatesChange::Planned { from, to } => {
                if round.state != RoundState::Draft {
                    return Err(Error::Changed);
                }
                if from == to {
                    return Ok(());
                }
                if to.opening.zip(to.deadline).is_some_and(|(opening, deadline)| deadline <= opening) {
                    let message = "締切には、受付開始より後の日時を入力してください。";
                    return Err(Error::invalid("deadline", message));
                }
                String::new()
            }
            DatesChange::Set { from, to } => {
                if !round.state.is_under_review() {
                    let message = "日程を変更できるのは、受付中か確認中の調査だけです。確定した調査は、確認に戻してから変更してください。";
                    return Err(Error::Refused(message.to_owned()));
                }
                if from == to {
                    return Ok(());
                }
                let deadline = (to.deadline != from.deadline && to.deadline <= at).then(|| FieldProblem {
                    field: "deadline".to_owned(),
                    message: "締切には、これから先の日時を入力してください。".to_owned(),
                });
                match (deadline, given(reason, true)) {
                    (None, Ok(reason)) => reason,
                    (deadline, reason) => {
                        return Err(Error::Invalid([deadline, reason.err()].into_iter().flatten().collect()));
                    }
                }
            }
        };
        done(self.store.change_dates(&ChangeDates { year, dates, reason, by: account.author(), at }).await?)
    }
}
