//! Preparing a round: it is started from the one before, and asks another questionnaire until it opens.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, applying};
use shared::questionnaire::changes::Changes;
use shared::questionnaire::usage;
use shared::questionnaire::{QuestionIndex, QuestionName, Questionnaire};
use shared::round::RoundState;

use super::rounds::require;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, Changed, NewRound, QuestionnaireId, ReplaceQuestionnaire, RoundRecord, StoreError};

/// What the next round would begin with.
pub struct NextRound {
    /// Its year.
    pub year: FiscalYear,
    /// The round that it follows.
    pub last: RoundRecord,
    /// What that asks; the next one asks the same until another questionnaire is taken.
    pub questionnaire: Arc<Questionnaire>,
    /// The definitions that apply to its year.
    pub definitions: Vec<Definition>,
    /// Those that applied to the year before and no longer do.
    pub ended: Vec<Definition>,
    /// Accounts that may sign in.
    pub accounts: usize,
}

/// A round's questionnaire with what is known of it.
pub struct Preparation {
    /// The round.
    pub round: RoundRecord,
    /// What it asks.
    pub questionnaire: Arc<Questionnaire>,
    /// The round before it that was asked, with its questionnaire.
    pub last: Option<LastRound>,
}

/// The round before.
pub struct LastRound {
    /// Its year.
    pub year: FiscalYear,
    /// What it asked.
    pub questionnaire: Arc<Questionnaire>,
    /// Its questions whose answers nobody but the prefecture can have used.
    pub unused: Vec<QuestionIndex>,
}

impl Preparation {
    /// What a questionnaire would ask differently from the round before; `None` where there is none.
    pub fn changes(&self, now: &Questionnaire) -> Option<Changes> {
        self.last.as_ref().map(|last| Changes::between(now, &last.questionnaire))
    }

    /// The renamed, split and merged questions of a questionnaire that nobody has confirmed.
    pub fn unconfirmed(&self, now: &Questionnaire, confirmed: &BTreeSet<QuestionName>) -> Vec<QuestionName> {
        let Some(changes) = self.changes(now) else { return Vec::new() };
        let names = changes.lineage().map(|link| now.question(link.now).name.clone());
        names.filter(|name| !confirmed.contains(name)).collect()
    }
}

/// Why a questionnaire was not taken.
pub enum NotTaken {
    /// Renamed, split and merged questions that nobody has confirmed.
    Unconfirmed(Vec<QuestionName>),
    /// The round asks another questionnaire by now.
    Overtaken,
    /// Its version stands for other contents.
    VersionTaken,
}

impl Service {
    /// What the round after the latest one would begin with. Refused while one is being prepared.
    pub async fn next_round(&self, account: &AccountRecord) -> Result<NextRound> {
        require(account, Role::Officer)?;
        let Some(last) = self.store.rounds().await?.into_iter().next() else {
            let message =
                "引き継ぐ調査がまだありません。最初の調査は、コマンド「shirabe round add」で作成してください。";
            return Err(Error::Refused(message.to_owned()));
        };
        if last.state == RoundState::Draft {
            return Err(Error::Refused(format!(
                "{}の調査を準備しています。次の年度は、その受付を始めてから準備してください。",
                last.year
            )));
        }
        let year = FiscalYear::new(last.year.year() + 1).map_err(|unknown| Error::Refused(unknown.to_string()))?;
        let all = self.definitions().await?;
        let definitions: Vec<Definition> = applying(&all, year).into_iter().cloned().collect();
        let goes_on = |before: &Definition| definitions.iter().any(|definition| definition.id == before.id);
        let ended = applying(&all, last.year).into_iter().filter(|before| !goes_on(before)).cloned().collect();
        let accounts = self.accounts().await?.iter().filter(|account| account.disabled_at.is_none()).count();
        let questionnaire = self.questionnaire(last.questionnaire).await?;
        Ok(NextRound { year, last, questionnaire, definitions, ended, accounts })
    }

    /// Adds that round as a draft: with the questionnaire and the scope of the one before.
    pub async fn start_next_round(&self, account: &AccountRecord, year: FiscalYear) -> Result<()> {
        let next = self.next_round(account).await?;
        if next.year != year {
            return Err(Error::Changed);
        }
        let NextRound { last, .. } = next;
        let (questionnaire, prefecture) = (last.questionnaire, last.prefecture);
        let round = NewRound { year, questionnaire, prefecture, by: account.author(), at: self.clock.now() };
        match self.store.add_round(&round).await {
            Err(StoreError::Exists(_)) => Err(Error::Changed),
            other => Ok(other?),
        }
    }

    /// A round's questionnaire beside that of the round before.
    pub async fn preparation(&self, account: &AccountRecord, year: FiscalYear) -> Result<Preparation> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let last = match self.previous_questionnaire(&round).await? {
            None => None,
            Some((year, questionnaire)) => {
                let definitions = self.definitions().await?;
                let plan = self.store.release_plan(year).await?.map(|kept| kept.plan).unwrap_or_default();
                let unused = usage::unused(&questionnaire, &applying(&definitions, year), |question| {
                    plan.of(question.name.as_str(), question.visibility)
                });
                Some(LastRound { year, questionnaire, unused })
            }
        };
        Ok(Preparation { round, questionnaire, last })
    }

    /// Whether the version of a questionnaire stands for other contents already.
    pub async fn is_version_taken(&self, questionnaire: &Questionnaire) -> Result<bool> {
        let Questionnaire { form_id, version, .. } = questionnaire;
        Ok(match self.store.find_questionnaire(form_id, version).await? {
            Some(id) => *self.questionnaire(id).await? != *questionnaire,
            None => false,
        })
    }

    /// Lets a round that is being prepared ask another questionnaire, in place of the one of `from`, or says why not.
    pub async fn take_questionnaire(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        from: QuestionnaireId,
        questionnaire: Questionnaire,
        confirmed: &BTreeSet<QuestionName>,
    ) -> Result<std::result::Result<(), NotTaken>> {
        let preparation = self.preparation(account, year).await?;
        if preparation.round.state != RoundState::Draft {
            return Err(Error::Refused("受付を始めた調査の調査票は、変更できません。".to_owned()));
        }
        let unconfirmed = preparation.unconfirmed(&questionnaire, confirmed);
        if !unconfirmed.is_empty() {
            return Ok(Err(NotTaken::Unconfirmed(unconfirmed)));
        }
        let (by, at) = (account.author(), self.clock.now());
        let replace = ReplaceQuestionnaire { year, from, to: questionnaire, by, at };
        match self.store.replace_questionnaire(&replace).await {
            Err(StoreError::Exists(_)) => Ok(Err(NotTaken::VersionTaken)),
            other => Ok(match other? {
                Changed::Yes => Ok(()),
                Changed::No => Err(NotTaken::Overtaken),
            }),
        }
    }
}
