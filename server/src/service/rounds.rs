//! The year of the prefecture: draft → open → closed → finalized → published.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::Questionnaire;
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::time::Timestamp;

use super::answering::Form;
use super::setup::system;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{
    AccountRecord, Author, Changed, Extension, Inquiry, NewRound, QuestionnaireId, REGISTER_CHANGED, ResponseRecord,
    RoundDates, RoundEvent, RoundRecord, StoreError,
};

/// Municipalities that a warning names.
const NAMED: usize = 5;

/// A round with every municipality's response.
pub struct Board {
    /// The round.
    pub round: RoundRecord,
    /// What happened to it.
    pub events: Vec<RoundEvent>,
    /// Every municipality asked, by code; without responses while the round is a draft.
    pub rows: Vec<BoardRow>,
    /// Why a draft cannot be opened.
    pub opening_refused: Option<String>,
    /// Whether a revision of its results is what everybody sees, also while the round is being corrected.
    pub is_published: bool,
}

/// A municipality on the board.
pub struct BoardRow {
    /// Who.
    pub municipality: Municipality,
    /// Its response.
    pub response: ResponseRecord,
    /// Questions with an answer, of those asked at present.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// Questions that were sent back and have not come again.
    pub returned: usize,
    /// Inquiries that are not settled.
    pub inquiries: usize,
    /// The later deadline that it asked for.
    pub extension: Extension,
}

impl BoardRow {
    /// Whether it can still hand in while the round is in that state, and so can be reminded of it. After the closing
    /// only corrections are taken.
    pub fn is_awaited(&self, round: RoundState) -> bool {
        let state = self.response.state;
        match round {
            RoundState::Open => !state.is_handed_in(),
            _ => state.may_be_handed_in(round, self.response.receipt.is_some()),
        }
    }

    /// Whether it asked for a later deadline, which is to be decided: who has handed in needs none.
    pub fn awaits_extension(&self) -> bool {
        self.extension.open_request().is_some() && !self.response.state.is_handed_in()
    }
}

impl Board {
    /// How many responses are in that state.
    pub fn count(&self, state: ResponseState) -> usize {
        self.rows.iter().filter(|row| row.response.state == state).count()
    }

    /// Why the round cannot move on at present.
    pub fn blocked(&self) -> Option<String> {
        if self.round.state == RoundState::Draft {
            return self.opening_refused.clone();
        }
        let waiting = self.count(ResponseState::Submitted);
        (self.round.state == RoundState::Closed && waiting > 0)
            .then(|| format!("提出済みで受理していない回答が{waiting}件あります。受理してから確定してください。"))
    }

    /// What the closing would cut off: extensions that run, and requests for one that nobody decided.
    pub fn cut_off_by_closing(&self, now: Timestamp) -> Option<String> {
        if self.round.state != RoundState::Open {
            return None;
        }
        let answering = self.rows.iter().filter(|row| !row.response.state.is_handed_in());
        let running: Vec<String> = answering
            .clone()
            .filter_map(|row| {
                let until = row.extension.later_than(&self.round).filter(|until| *until > now)?;
                Some(format!("{}（{}まで）", row.municipality.name, until.date_time()))
            })
            .collect();
        let open = answering.filter(|row| row.awaits_extension()).count();
        let running =
            (!running.is_empty()).then(|| format!("{}の延長した締切が、まだ来ていません。", first_of(&running)));
        let open = (open > 0).then(|| format!("決めていない延長の申出が{open}件あります。"));
        let sentences: Vec<String> = [running, open].into_iter().flatten().collect();
        let after = "締め切ると、これらの市町村も回答できなくなります。";
        (!sentences.is_empty()).then(|| format!("{}{after}", sentences.concat()))
    }

    /// What the finalizing would leave out: responses that are not handed in. Those that were handed in before and have not
    /// come again are all named.
    pub fn left_out_by_finalizing(&self) -> Option<String> {
        if self.round.state != RoundState::Closed {
            return None;
        }
        let missing = self.rows.iter().filter(|row| !row.response.state.is_handed_in());
        let (before, never): (Vec<&BoardRow>, Vec<&BoardRow>) = missing.partition(|row| row.response.receipt.is_some());
        let with_states = |rows: &[&BoardRow]| -> Vec<String> {
            let name = |row: &&BoardRow| format!("{}（{}）", row.municipality.name, row.response.state.label());
            rows.iter().map(name).collect()
        };
        let sentences: Vec<String> = [
            (!before.is_empty()).then(|| {
                let listed = with_states(&before).join("、");
                format!("一度提出され、提出し直されていない回答が{}件あります：{listed}。", before.len())
            }),
            (!never.is_empty()).then(|| {
                let listed = first_of(&with_states(&never));
                format!("一度も提出されていない回答が{}件あります：{listed}。", never.len())
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        let after =
            "確定すると、これらの市町村はすべての設問が未提出として集計されます。このままでよいか確かめてください。";
        (!sentences.is_empty()).then(|| format!("{}{after}", sentences.concat()))
    }
}

/// The first of several, and how many more there are.
fn first_of(names: &[String]) -> String {
    match names.len().saturating_sub(NAMED) {
        0 => names.join("、"),
        others => format!("{}、ほか{others}団体", names[..NAMED].join("、")),
    }
}

impl Service {
    /// All rounds, latest first.
    pub async fn rounds(&self) -> Result<Vec<RoundRecord>> {
        Ok(self.store.rounds().await?)
    }

    /// The round that is open for answers, or else the latest that was opened.
    pub async fn current_round(&self) -> Result<Option<RoundRecord>> {
        let rounds = self.store.rounds().await?;
        let open = rounds.iter().find(|r| r.state == RoundState::Open);
        Ok(open.or_else(|| rounds.iter().find(|r| r.state != RoundState::Draft)).cloned())
    }

    /// Adds a draft round for one prefecture, or for all Japan.
    pub async fn add_round(
        &self,
        year: FiscalYear,
        questionnaire: QuestionnaireId,
        prefecture: Option<&str>,
        by: Author,
    ) -> Result<()> {
        let at = self.clock.now();
        let round = NewRound { year, questionnaire, prefecture: prefecture.map(str::to_owned), by, at };
        self.store.add_round(&round).await.map_err(|error| unless_there(year, error))
    }

    /// Adds a round of an earlier year whose time for answers is over, so that its responses can be imported.
    pub async fn add_closed_round(
        &self,
        year: FiscalYear,
        questionnaire: QuestionnaireId,
        prefecture: Option<&str>,
        dates: RoundDates,
        by: Author,
    ) -> Result<()> {
        let at = self.clock.now();
        if dates.deadline > at {
            return Err(Error::Refused("受付を終えた調査の締切は、過去の日付にしてください。".to_owned()));
        }
        let round = NewRound { year, questionnaire, prefecture: prefecture.map(str::to_owned), by, at };
        self.store.add_closed_round(&round, dates).await.map_err(|error| unless_there(year, error))
    }

    /// The board of one round.
    pub async fn board(&self, account: &AccountRecord, year: FiscalYear) -> Result<Board> {
        require(account, Role::Officer)?;
        self.board_of(year).await
    }

    /// The same where it has been decided already that it may be seen.
    pub(crate) async fn board_of(&self, year: FiscalYear) -> Result<Board> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let events = self.store.round_events(year).await?;
        let open: Vec<_> = self.store.inquiries(year, None).await?.into_iter().filter(Inquiry::is_open).collect();
        let mut rows = Vec::new();
        for form in self.forms(&round).await? {
            let (answered, asked) = form.answered_of_asked();
            let code = form.municipality.code;
            let returned = match form.response.state {
                ResponseState::Returned => self.store.returned_questions(year, code).await?.len(),
                _ => 0,
            };
            let inquiries = open.iter().filter(|inquiry| inquiry.code == code).count();
            let Form { municipality, response, extension, .. } = form;
            rows.push(BoardRow { municipality, response, answered, asked, returned, inquiries, extension });
        }
        let opening_refused = match round.state {
            RoundState::Draft => self.opening_refused(&round).await?,
            _ => None,
        };
        let is_published = self.published().await?.iter().any(|published| published.year == year);
        Ok(Board { round, events, rows, opening_refused, is_published })
    }

    /// What is asked in the round of that year.
    pub async fn questionnaire_of(&self, year: FiscalYear) -> Result<Arc<Questionnaire>> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        self.questionnaire(round.questionnaire).await
    }

    /// The municipalities asked in the round of that year, by code.
    pub async fn register_of(&self, year: FiscalYear) -> Result<BTreeMap<MunicipalityCode, Municipality>> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        self.register(&round).await
    }

    /// Every municipality on the register, by code.
    pub async fn whole_register(&self) -> Result<Vec<Municipality>> {
        Ok(self.store.municipalities(None).await?)
    }

    /// When the register last changed; `None` in a database that was filled before that was noted.
    pub async fn register_changed_at(&self) -> Result<Option<Timestamp>> {
        let noted = self.store.setting(REGISTER_CHANGED).await?;
        Ok(noted.and_then(|at| at.parse().ok()).map(Timestamp))
    }

    /// Changes what the register says of municipalities, as the installation itself; [`Changed::No`] where nothing is to be
    /// changed.
    pub async fn update_register(&self, municipalities: &[Municipality]) -> Result<Changed> {
        if municipalities.is_empty() {
            return Ok(Changed::No);
        }
        self.store.put_municipalities(municipalities, &system(), self.clock.now()).await?;
        Ok(Changed::Yes)
    }

    /// The municipality of that code.
    pub async fn municipality(&self, code: MunicipalityCode) -> Result<Option<Municipality>> {
        let register = self.store.municipalities(Some(code.prefecture())).await?;
        Ok(register.into_iter().find(|m| m.code == code))
    }

    /// The municipalities asked, by code.
    pub(super) async fn register(&self, round: &RoundRecord) -> Result<BTreeMap<MunicipalityCode, Municipality>> {
        let register = self.store.municipalities(round.prefecture.as_deref()).await?;
        Ok(register.into_iter().map(|m| (m.code, m)).collect())
    }

    /// Opens a draft round: from now on its municipalities may answer.
    pub async fn open_round(&self, account: &AccountRecord, year: FiscalYear, dates: RoundDates) -> Result<()> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let now = self.clock.now();
        if dates.deadline <= now {
            return Err(Error::invalid("deadline", "締切には、これから先の日時を入力してください。"));
        }
        if round.state != RoundState::Draft {
            return Err(Error::Changed);
        }
        if let Some(reason) = self.opening_refused(&round).await? {
            return Err(Error::Refused(reason));
        }
        done(self.store.open_round(year, dates, &account.author(), now).await?)
    }

    /// Ends the time for answers.
    pub async fn close_round(&self, account: &AccountRecord, year: FiscalYear) -> Result<()> {
        self.advance(account, year, RoundState::Open).await
    }

    /// Fixes the results: nothing is accepted any more. Whether everything handed in was accepted, the store looks in the
    /// same transaction.
    pub async fn finalize_round(&self, account: &AccountRecord, year: FiscalYear) -> Result<()> {
        match self.advance(account, year, RoundState::Closed).await {
            Err(Error::Changed) => {
                Err(self.board(account, year).await?.blocked().map_or(Error::Changed, Error::Refused))
            }
            advanced => advanced,
        }
    }

    async fn advance(&self, account: &AccountRecord, year: FiscalYear, from: RoundState) -> Result<()> {
        require(account, Role::Officer)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        let to = from.next().ok_or(Error::Changed)?;
        done(self.store.advance_round(year, from, to, &account.author(), self.clock.now()).await?)
    }
}

fn unless_there(year: FiscalYear, error: StoreError) -> Error {
    match error {
        StoreError::Exists(_) => Error::Refused(format!("{year}の調査はすでにあります。")),
        other => other.into(),
    }
}

/// Refuses an account without the role.
pub(super) fn require(account: &AccountRecord, role: Role) -> Result<()> {
    if account.is(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Refuses a request that was not drawn for the form that sends it ([`crate::http::forms::draw_key`]).
pub(super) fn drawn(request: &str) -> Result<()> {
    if request.is_empty() || request.len() > 64 {
        return Err(Error::Refused("画面を開き直して、もう一度操作してください。".to_owned()));
    }
    Ok(())
}

/// Turns a change that came too late into an error.
pub(super) fn done(changed: Changed) -> Result<()> {
    match changed {
        Changed::Yes => Ok(()),
        Changed::No => Err(Error::Changed),
    }
}
