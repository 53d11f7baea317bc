//! Comparisons between municipalities, and the groups that accounts keep for them.

use std::sync::Arc;

use shared::comparison::peers::unnamed_groups;
use shared::comparison::{Comparison, Group, Request, Rounds, compare};
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::publication::Snapshot;
use shared::round::RoundState;
use shared::visibility::Visibility;

use super::results::{Edition, ResultYear, Results};
use super::{Error, Result, Service};
use crate::store::{AccountRecord, Changed, PeerGroup};

/// Groups that an account may keep.
const MOST_GROUPS: usize = 50;
/// Longest name of a group, in characters.
const LONGEST_NAME: usize = 60;

/// What somebody asks to be compared.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Whom; the account's own municipality where nobody is named.
    pub municipality: Option<MunicipalityCode>,
    /// In which round; the last finalized one where none is named.
    pub year: Option<FiscalYear>,
    /// Against which earlier round; the one before where none is named.
    pub since: Option<FiscalYear>,
    /// How.
    pub request: Request,
}

/// A year that can be compared in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedYear {
    /// The round.
    pub year: FiscalYear,
    /// How final its results are.
    pub edition: Edition,
    /// 速報: the prefecture has not finalized it.
    pub provisional: bool,
}

/// What was found, with all that can be chosen instead.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Years that can be chosen, latest first.
    pub years: Vec<ComparedYear>,
    /// The one compared in.
    pub year: Option<ComparedYear>,
    /// The earlier year.
    pub since: Option<FiscalYear>,
    /// Municipalities of that round, by code.
    pub municipalities: Vec<Municipality>,
    /// Whom.
    pub own: Option<Municipality>,
    /// The account's own municipality.
    pub own_code: Option<MunicipalityCode>,
    /// The account may see others' values by name, and so choose anybody.
    pub may_choose: bool,
    /// Without [`Self::may_choose`], the groups that can be compared with.
    pub offered: Vec<Group>,
    /// Groups that the account keeps.
    pub groups: Vec<PeerGroup>,
    /// Generated data.
    pub demonstration: bool,
    /// The comparison, or in a sentence why there is none.
    pub found: std::result::Result<Comparison, String>,
}

impl Service {
    /// The comparison that somebody asks for, as far as the account may see. Accounts that may not see named values
    /// compare their own municipality only ([`Error::Forbidden`]).
    pub async fn comparison(&self, account: &AccountRecord, asked: Asked) -> Result<Compared> {
        let may_choose = account.clearance() > Visibility::Public;
        let code = asked.municipality.or(account.municipality);
        if !may_choose && code != account.municipality {
            return Err(Error::Forbidden);
        }
        let results = self.results(Some(account)).await?;
        let years = self.compared_years(&results).await?;
        let last_final = years.iter().find(|year| !year.provisional).or(years.first());
        let year = match asked.year {
            Some(wanted) => years.iter().find(|year| year.year == wanted),
            None => last_final,
        };
        let year = year.cloned();
        let now = year.as_ref().and_then(|year| results.year(year.year)).map(|result| result.snapshot.clone());
        let since = now.as_ref().and_then(|now| earlier(&results, now.year, asked.since));
        let municipalities: Vec<Municipality> =
            now.iter().flat_map(|now| now.municipalities.iter().map(|m| m.municipality.clone())).collect();
        let own = municipalities.iter().find(|m| Some(m.code) == code).cloned();
        let offered = match (&own, &now) {
            (Some(own), Some(now)) => unnamed_groups(own, &now.municipalities).into_iter().map(|(g, _)| g).collect(),
            _ => Vec::new(),
        };
        let found = match (now, code) {
            (None, _) if years.is_empty() => {
                Err("比べられる結果がまだありません。調査が確定してから表示します。".to_owned())
            }
            (None, _) => Err("この年度の結果はありません。別の年度を選んでください。".to_owned()),
            (_, None) => Err("比べる市町村を選んでください。".to_owned()),
            (Some(now), Some(code)) => self.compared(results.clone(), now, since, code, account, asked.request).await?,
        };
        Ok(Compared {
            demonstration: self.is_demonstration().await?,
            groups: self.store.peer_groups(account.id).await?,
            own_code: account.municipality,
            offered,
            years,
            year,
            since,
            municipalities,
            own,
            may_choose,
            found,
        })
    }

    async fn compared(
        &self,
        results: Arc<Results>,
        now: Arc<Snapshot>,
        since: Option<FiscalYear>,
        code: MunicipalityCode,
        account: &AccountRecord,
        request: Request,
    ) -> Result<std::result::Result<Comparison, String>> {
        let reader = account.clearance();
        // Thousands of weightings are ranked: not on a thread that answers requests.
        let compared = tokio::task::spawn_blocking(move || {
            let all: Vec<&Snapshot> = results.years.iter().map(|result| &*result.snapshot).collect();
            let then = since.and_then(|year| results.year(year)).map(|result| &*result.snapshot);
            compare(Rounds { now: &now, then, all: &all }, code, reader, &request).map_err(|reason| reason.to_string())
        });
        compared.await.map_err(|error| Error::Internal(error.to_string()))
    }

    /// The years with results, latest first.
    async fn compared_years(&self, results: &Results) -> Result<Vec<ComparedYear>> {
        let rounds = self.store.rounds().await?;
        let is_closed = |year| rounds.iter().any(|round| round.year == year && round.state == RoundState::Closed);
        let of = |result: &ResultYear| ComparedYear {
            year: result.snapshot.year,
            edition: result.edition.clone(),
            provisional: result.edition == Edition::Provisional && is_closed(result.snapshot.year),
        };
        Ok(results.years.iter().rev().map(of).collect())
    }

    /// Keeps a group under a name.
    pub async fn save_peer_group(
        &self,
        account: &AccountRecord,
        name: &str,
        municipalities: Vec<MunicipalityCode>,
    ) -> Result<()> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", format!("名前は1〜{LONGEST_NAME}文字で入力してください。")));
        }
        if municipalities.is_empty() || municipalities.len() > shared::comparison::peers::MOST {
            let message = format!("団体を1〜{}団体選んでください。", shared::comparison::peers::MOST);
            return Err(Error::invalid("peer", message));
        }
        let kept = self.store.peer_groups(account.id).await?;
        if kept.len() >= MOST_GROUPS && kept.iter().all(|group| group.name != name) {
            let message = format!("保存できる比較グループは{MOST_GROUPS}個までです。使わないものを消してください。");
            return Err(Error::invalid("name", message));
        }
        let group = PeerGroup { name: name.to_owned(), municipalities };
        Ok(self.store.save_peer_group(account.id, &group, self.clock.now()).await?)
    }

    /// Removes a group. One that is gone already stays gone.
    pub async fn remove_peer_group(&self, account: &AccountRecord, name: &str) -> Result<()> {
        match self.store.remove_peer_group(account.id, name).await? {
            Changed::Yes | Changed::No => Ok(()),
        }
    }
}

/// The earlier round asked for, or the last one before.
fn earlier(results: &Results, now: FiscalYear, asked: Option<FiscalYear>) -> Option<FiscalYear> {
    let before = || results.years.iter().map(|result| result.snapshot.year).filter(|year| *year < now);
    before().find(|year| Some(*year) == asked).or_else(|| before().max())
}
