//! Preparing a round: it is started from the one before, and asks another questionnaire until it opens.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, applying};
use shared::questionnaire::changes::Changes;
use shared::questionnaire::lineage::Link;
use shared::questionnaire::usage;
use shared::questionnaire::{Question, QuestionIndex, QuestionName, Questionnaire};
use shared::round::RoundState;

use super::publishing::official;
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
    /// The definitions that apply to its year.
    pub definitions: Vec<Definition>,
}

/// The round before.
pub struct LastRound {
    /// Its year.
    pub year: FiscalYear,
    /// What it asked.
    pub questionnaire: Arc<Questionnaire>,
    /// Its questions that no definition reads and whose results nobody opened.
    pub unused: Vec<QuestionIndex>,
    /// Its questions that no definition reads and whose results only the prefecture may see.
    pub hidden: Vec<QuestionIndex>,
}

/// A definition, and what it reads that a questionnaire does not ask.
pub struct Lacking<'p> {
    /// The definition.
    pub definition: &'p Definition,
    /// 概念IDs of the questions.
    pub concepts: Vec<&'p str>,
}

/// What an officer confirmed of an edited questionnaire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// Renamed, split and merged questions.
    pub questions: BTreeSet<QuestionName>,
    /// Ids of definitions that lack questions.
    pub definitions: BTreeSet<String>,
}

/// What nobody has confirmed of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unconfirmed {
    /// Renamed, split and merged questions.
    pub questions: Vec<QuestionName>,
    /// Ids of definitions that are not official and lack questions.
    pub definitions: Vec<String>,
}

impl Preparation {
    /// What a questionnaire would ask differently from the round before; `None` where there is none.
    pub fn changes(&self, now: &Questionnaire) -> Option<Changes> {
        self.last.as_ref().map(|last| Changes::between(now, &last.questionnaire))
    }

    /// The definitions of the year that read what a questionnaire does not ask, the official one first; of the others
    /// only what the round before did ask.
    pub fn lacking(&self, now: &Questionnaire) -> Vec<Lacking<'_>> {
        let mut all = lacking(&self.definitions, now);
        for Lacking { definition, concepts } in all.iter_mut().filter(|lacking| !lacking.definition.official) {
            if let Some(last) = &self.last {
                let before = usage::lacking(&last.questionnaire, definition);
                concepts.retain(|concept| !before.contains(concept));
            }
        }
        all.retain(|lacking| !lacking.concepts.is_empty());
        all
    }

    /// What of a questionnaire is still to be confirmed. That the official definition lacks a question is nothing to
    /// confirm: the round cannot be opened with it.
    pub fn unconfirmed(&self, now: &Questionnaire, confirmed: &Confirmed) -> Unconfirmed {
        let changes = self.changes(now);
        let names = changes.iter().flat_map(Changes::lineage).map(|link| now.question(link.now).name.clone());
        let lacking = self.lacking(now).into_iter().map(|lacking| lacking.definition);
        let definitions = lacking.filter(|definition| !definition.official).map(|definition| definition.id.clone());
        Unconfirmed {
            questions: names.filter(|name| !confirmed.questions.contains(name)).collect(),
            definitions: definitions.filter(|id| !confirmed.definitions.contains(id)).collect(),
        }
    }

    /// What is confirmed by taking a questionnaire, as the audit log says it: `org_3（organization.cio_advisor を引き継ぐ）`.
    fn confirmed_words(&self, now: &Questionnaire) -> String {
        let changes = self.changes(now);
        let link = |link: &Link| {
            let Question { name, lineage, .. } = now.question(link.now);
            format!("{name}（{} を引き継ぐ）", lineage.derived_from.join(" "))
        };
        let lineage = changes.iter().flat_map(Changes::lineage).map(link);
        let lacking = self.lacking(now).into_iter().map(|Lacking { definition, concepts }| {
            format!("{}（第{}版は {} を読めない）", definition.id, definition.version, concepts.join(" "))
        });
        lineage.chain(lacking).collect::<Vec<_>>().join("、")
    }
}

fn lacking<'p>(definitions: &'p [Definition], now: &Questionnaire) -> Vec<Lacking<'p>> {
    let of = |definition: &'p Definition| Lacking { definition, concepts: usage::lacking(now, definition) };
    let mut all: Vec<Lacking<'p>> = definitions.iter().map(of).filter(|lacking| !lacking.concepts.is_empty()).collect();
    all.sort_by_key(|lacking| !lacking.definition.official);
    all
}

/// Why a questionnaire was not taken.
pub enum NotTaken {
    /// What nobody has confirmed.
    Unconfirmed(Unconfirmed),
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
        let all = self.definitions().await?;
        let last = match self.previous_questionnaire(&round).await? {
            None => None,
            Some((year, questionnaire)) => {
                let definitions = applying(&all, year);
                let plan = self.store.release_plan(year).await?.map(|kept| kept.plan).unwrap_or_default();
                let unused = usage::unused(&questionnaire, &definitions, &self.questions_used(year).await?);
                let hidden = usage::hidden(&questionnaire, &definitions, |question| {
                    plan.of(question.name.as_str(), question.visibility)
                });
                Some(LastRound { year, questionnaire, unused, hidden })
            }
        };
        let definitions = applying(&all, year).into_iter().cloned().collect();
        Ok(Preparation { round, questionnaire, last, definitions })
    }

    /// Why a round that is being prepared cannot be opened: its official indicator could not be computed.
    pub(super) async fn opening_refused(&self, round: &RoundRecord) -> Result<Option<String>> {
        let all = self.definitions().await?;
        let definitions: Vec<Definition> = applying(&all, round.year).into_iter().cloned().collect();
        if let Err(refused) = official(&definitions.iter().collect::<Vec<_>>(), round.year) {
            return Ok(Some(refused.to_string()));
        }
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let lacking = lacking(&definitions, &questionnaire).into_iter().find(|lacking| lacking.definition.official);
        Ok(lacking.map(|Lacking { definition, concepts }| {
            format!(
                "公式の指標「{}」が読む設問（概念ID {}）が、調査票にありません。新しい版の定義を登録するか、調査票を差し替えてから、受付を始めてください。",
                definition.title,
                concepts.join("、")
            )
        }))
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
        confirmed: &Confirmed,
    ) -> Result<std::result::Result<(), NotTaken>> {
        let preparation = self.preparation(account, year).await?;
        if preparation.round.state != RoundState::Draft {
            return Err(Error::Refused("受付を始めた調査の調査票は、変更できません。".to_owned()));
        }
        let unconfirmed = preparation.unconfirmed(&questionnaire, confirmed);
        if unconfirmed != Unconfirmed::default() {
            return Ok(Err(NotTaken::Unconfirmed(unconfirmed)));
        }
        let (by, at) = (account.author(), self.clock.now());
        let confirmed = preparation.confirmed_words(&questionnaire);
        let replace = ReplaceQuestionnaire { year, from, to: questionnaire, confirmed, by, at };
        match self.store.replace_questionnaire(&replace).await {
            Err(StoreError::Exists(_)) => Ok(Err(NotTaken::VersionTaken)),
            other => Ok(match other? {
                Changed::Yes => Ok(()),
                Changed::No => Err(NotTaken::Overtaken),
            }),
        }
    }
}
