//! Handing a response in.

use shared::fiscal_year::FiscalYear;
use shared::response::ResponseState;

use super::{Error, Form, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, Changed, Receipt, Submission};

/// How often a step is tried that others may interrupt by saving.
const ATTEMPTS: u32 = 5;

impl Service {
    /// Hands the response in and returns its receipt. Handing in twice returns the same receipt.
    ///
    /// Where approval is required only an approver may: his submission is the approval. What he hands in without having
    /// been asked is recorded as asked and approved by himself.
    pub async fn submit(&self, account: &AccountRecord, year: FiscalYear) -> Result<Receipt> {
        self.hand_in(account, year, None).await
    }

    /// The same, of exactly the content that was confirmed: `seen` is the response's revision on the page.
    pub async fn hand_in(&self, account: &AccountRecord, year: FiscalYear, mut seen: Option<i64>) -> Result<Receipt> {
        // Another person may save while this one submits: check again what is there then.
        for _ in 0..ATTEMPTS {
            let form = self.own_form(account, year).await?;
            if form.response.state.is_handed_in()
                && let Some(receipt) = form.response.receipt
            {
                return Ok(receipt);
            }
            may_proceed(&form)?;
            as_seen(&form, seen)?;
            let code = form.municipality.code;
            let required = self.approval(code).await?.is_required();
            let awaits = form.response.state == ResponseState::AwaitingApproval;
            if required && !account.is(Role::Approver) {
                let message = "提出には承認者の承認が必要です。内容の確認の画面で、承認を依頼してください。";
                return Err(Error::Refused(message.to_owned()));
            }
            if required != awaits {
                // Both ways it is one event more: an approval without a request, or a request that is needed no more.
                if required {
                    self.request_approval(account, year, Some(form.response.revision)).await?;
                } else {
                    self.withdraw_request(account, year).await?;
                }
                seen = seen.map(|revision| revision + 1);
                continue;
            }
            let problems = form.problems();
            if !problems.is_empty() {
                return Err(Error::Invalid(problems));
            }
            let receipt = Receipt {
                number: self.receipt_number(&form).await?,
                at: self.clock.now(),
                by: account.author(),
                content_hash: form.content_hash()?,
            };
            let submission = Submission { year, code, revision: form.response.revision, receipt: receipt.clone() };
            if self.store.submit(&submission).await? == Changed::Yes {
                return Ok(receipt);
            }
        }
        Err(Error::Changed)
    }

    /// 受付番号: year, municipality and the number of this submission.
    async fn receipt_number(&self, form: &Form) -> Result<String> {
        let (year, code) = (form.round.year, form.municipality.code);
        let events = self.store.response_events(year, code).await?;
        let earlier = events.iter().filter(|event| event.to == ResponseState::Submitted).count();
        Ok(format!("{}-{code}-{}", year.year(), earlier + 1))
    }
}

/// Refuses what cannot be handed in at present, whatever its answers.
pub fn may_proceed(form: &Form) -> Result<()> {
    if form.may_be_handed_in() {
        return Ok(());
    }
    let reason = form.read_only().unwrap_or_else(|| "まだ何も入力されていないため、提出できません。".to_owned());
    Err(Error::Refused(reason))
}

/// Refuses when the content is no longer the one that was confirmed.
pub fn as_seen(form: &Form, seen: Option<i64>) -> Result<()> {
    match seen {
        Some(revision) if revision != form.response.revision => Err(Error::Changed),
        _ => Ok(()),
    }
}
