//! What of a round is disclosed, and what was published is corrected or taken back.

use std::collections::BTreeMap;

use shared::fiscal_year::FiscalYear;
use shared::publication::{Publication, PublishedQuestion, ReleasePlan};
use shared::tabulation::SmallCells;
use shared::visibility::QuestionVisibility;

use super::publishing::published_questions;
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, PublishedRound};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// Who reads the reason of a correction and of a withdrawal.
pub(super) const READ_BY_ALL: &str = "公表の履歴に表示され、誰でも読めます。";
/// Who reads the reason of a reopening.
const READ_BY_OFFICERS: &str = "監査記録に残ります。公表の履歴には表示されません。";

/// What is disclosed of a round, with what was said when it was answered.
pub struct Release {
    /// The questions with the visibility under which they were answered.
    pub questions: Vec<PublishedQuestion>,
    /// What is disclosed less.
    pub plan: ReleasePlan,
    /// Revision of the plan; 0 for none.
    pub revision: u32,
}

impl Service {
    /// What of that round is to be disclosed.
    pub async fn release(&self, account: &AccountRecord, year: FiscalYear) -> Result<Release> {
        require(account, Role::Officer)?;
        let questions = published_questions(&*self.questionnaire_of(year).await?);
        let record = self.store.release_plan(year).await?;
        let (plan, revision) = record.map_or_else(Default::default, |record| (record.plan, record.revision));
        Ok(Release { questions, plan, revision })
    }

    /// Decides what is disclosed. It holds from the next publication on, and at once for 速報.
    pub async fn save_release(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        revision: u32,
        chosen: &BTreeMap<String, QuestionVisibility>,
        small_cells: SmallCells,
    ) -> Result<()> {
        let release = self.release(account, year).await?;
        let plan = ReleasePlan::new(&release.questions, chosen, small_cells).map_err(Error::Invalid)?;
        if plan == release.plan {
            return Ok(());
        }
        done(self.store.save_release_plan(year, revision, &plan, &account.author(), self.clock.now()).await?)
    }

    /// Takes up the checking of a finalized or published round again, to correct it. What is published stays until the
    /// correction is published.
    pub async fn reopen_round(&self, account: &AccountRecord, year: FiscalYear, reason: &str) -> Result<()> {
        require(account, Role::Officer)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        let reason = required(reason, READ_BY_OFFICERS)?;
        done(self.store.reopen_round(year, reason, &account.author(), self.clock.now()).await?)
    }

    /// Takes a revision of a publication back: nobody but the prefecture sees it any more. It stays kept, with the reason.
    /// Without the current one the year has none; an earlier one stays readable, but nobody sees it as current.
    pub async fn withdraw_publication(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        revision: u32,
        reason: &str,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        let reason = required(reason, READ_BY_ALL)?;
        let by = account.author();
        let changed = self.store.withdraw_publication(year, revision, reason, &by, self.clock.now()).await?;
        self.forget_publications();
        done(changed)
    }

    /// Every revision of every publication. Of those taken back everybody may know when and why.
    pub async fn revisions(&self) -> Result<Vec<PublishedRound>> {
        Ok(self.store.revisions().await?)
    }

    /// One of [`Self::revisions`]. One that was taken back only for those who run the rounds.
    pub async fn revision(&self, account: Option<&AccountRecord>, kept: &PublishedRound) -> Result<Publication> {
        if kept.withdrawal.is_some() && !account.is_some_and(|account| account.is(Role::Officer)) {
            return Err(Error::NotFound);
        }
        self.revision_kept(kept.year, kept.revision).await
    }

    /// The revision that a publication of the round would have now.
    pub(super) async fn next_revision(&self, year: FiscalYear) -> Result<u32> {
        let last = self.revisions().await?.iter().filter(|kept| kept.year == year).map(|kept| kept.revision).max();
        Ok(last.unwrap_or(0) + 1)
    }
}

/// A reason that says something, without the blanks around it; `read_by` says who reads it.
pub(super) fn required<'r>(reason: &'r str, read_by: &str) -> Result<&'r str> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("reason", format!("理由を入力してください。{read_by}")));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(Error::invalid("reason", format!("理由は{LONGEST_REASON}文字以内で入力してください。")));
    }
    Ok(reason)
}
