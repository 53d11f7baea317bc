//! 締切の延長: a municipality asks for a later deadline of its own, an officer grants it or not; the officer may also grant
//! one that was asked for by telephone, and grant another in place of one that runs.
//!
//! A deadline says until when answers are wanted; only the closing of the round ends the time for them, for everybody at
//! once, because from then on the answers of others are shown. So an extension holds until its date or the closing,
//! whichever comes first, and the board warns of a closing while one runs.

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::response::{ExtensionStep, ResponseState};
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::answering::Form;
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, Extension, NewExtensionEvent, RoundRecord};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// What was typed to ask for a later deadline, or to grant it.
#[derive(Debug, Clone, Copy)]
pub struct Until<'t> {
    /// The date; `None` where it cannot be read.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: &'t str,
}

/// What an officer decides, on a request or without one: of a municipality that asked by telephone, or in place of what
/// was granted before.
#[derive(Debug, Clone, Copy)]
pub enum Decision<'t> {
    /// It is granted, with the date that holds; the reason may be blank where it was asked for.
    Grant(Until<'t>),
    /// What was asked for is not, because of that reason.
    Decline(&'t str),
}

/// The extensions of a round.
pub struct Extensions {
    /// The round.
    pub round: RoundRecord,
    /// Every municipality: what awaits a decision first, then by code.
    pub rows: Vec<ExtensionRow>,
}

/// A municipality, whether it asked or not.
pub struct ExtensionRow {
    /// Who.
    pub municipality: Municipality,
    /// State of its response.
    pub state: ResponseState,
    /// What it asked for and what was decided.
    pub extension: Extension,
}

impl ExtensionRow {
    /// Whether something is to be decided: who has handed in needs no later deadline.
    pub fn awaits_decision(&self) -> bool {
        self.extension.open_request().is_some() && !self.state.is_handed_in()
    }
}

impl Service {
    /// The municipality asks for a later deadline, having seen so many steps. A later request stands in place of one
    /// that is not decided.
    pub async fn request_extension(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        seen: u32,
        asked: Until<'_>,
    ) -> Result<()> {
        let form = self.own_form(account, year).await?;
        if let Some(reason) = settled(&form) {
            return Err(Error::Refused(reason.to_owned()));
        }
        let now = self.clock.now();
        let (until, reason) = match (later(form.deadline(), asked.until, now), given(asked.reason, true)) {
            (Ok(until), Ok(reason)) => (until, reason),
            (until, reason) => return Err(Error::Invalid([until.err(), reason.err()].into_iter().flatten().collect())),
        };
        let new = self.step(account, &form, seen, (ExtensionStep::Requested, Some(until), reason));
        if repeats(&form.extension, &new) { Ok(()) } else { done(self.store.add_extension_event(&new).await?) }
    }

    /// An officer decides, having seen so many steps.
    pub async fn decide_extension(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        seen: u32,
        decision: Decision<'_>,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        let form = self.form(year, code).await?;
        if form.round.state != RoundState::Open {
            return Err(Error::Refused("締切の延長を決められるのは、受付中の調査だけです。".to_owned()));
        }
        if form.response.state.is_handed_in() {
            return Err(Error::Refused("提出済みのため、締切の延長は必要ありません。".to_owned()));
        }
        // Where a request is answered, its date says enough.
        let unasked = form.extension.last() == seen && form.extension.open_request().is_none();
        let step = match decision {
            Decision::Grant(granted) => {
                let general = form.round.dates.map(|dates| dates.deadline);
                let until = later(general, granted.until, self.clock.now());
                match (until, given(granted.reason, unasked)) {
                    (Ok(until), Ok(reason)) => (ExtensionStep::Granted, Some(until), reason),
                    (until, reason) => {
                        let problems = [until.err(), reason.err()].into_iter().flatten();
                        return Err(Error::Invalid(problems.collect()));
                    }
                }
            }
            Decision::Decline(reason) => {
                let reason = given(reason, true).map_err(|problem| Error::Invalid(vec![problem]))?;
                (ExtensionStep::Declined, None, reason)
            }
        };
        let new = self.step(account, &form, seen, step);
        if repeats(&form.extension, &new) {
            return Ok(());
        }
        if unasked && matches!(decision, Decision::Decline(_)) {
            return Err(Error::Changed);
        }
        done(self.store.add_extension_event(&new).await?)
    }

    /// What every municipality asked for, and what was decided.
    pub async fn extensions(&self, account: &AccountRecord, year: FiscalYear) -> Result<Extensions> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let mut register = self.register(&round).await?;
        let mut extensions = self.store.extensions(year, None).await?;
        let responses = self.store.responses(year).await?.into_iter();
        let rows = responses.filter_map(|response| {
            let extension = extensions.remove(&response.code).unwrap_or_default();
            Some(ExtensionRow { municipality: register.remove(&response.code)?, state: response.state, extension })
        });
        let mut rows: Vec<ExtensionRow> = rows.collect();
        rows.sort_by_key(|row| (!row.awaits_decision(), row.municipality.code));
        Ok(Extensions { round, rows })
    }

    fn step(
        &self,
        account: &AccountRecord,
        form: &Form,
        after: u32,
        (step, until, reason): (ExtensionStep, Option<Timestamp>, String),
    ) -> NewExtensionEvent {
        let (year, code) = (form.round.year, form.municipality.code);
        NewExtensionEvent { year, code, after, step, until, reason, by: account.author(), at: self.clock.now() }
    }
}

/// A form sent twice is one step.
fn repeats(extension: &Extension, new: &NewExtensionEvent) -> bool {
    extension.events.last().is_some_and(|last| {
        last.sequence.checked_sub(1) == Some(new.after)
            && last.by.account == new.by.account
            && (last.step, last.until, &last.reason) == (new.step, new.until, &new.reason)
    })
}

/// Why no later deadline can be asked for at present.
pub fn settled(form: &Form) -> Option<&'static str> {
    if form.round.state != RoundState::Open {
        Some("締切の延長を申し出られるのは、受付中の調査だけです。")
    } else if form.response.state.is_handed_in() {
        Some("提出済みのため、締切の延長は必要ありません。")
    } else {
        None
    }
}

/// A date behind now and behind the deadline that it is to follow.
fn later(
    deadline: Option<Timestamp>,
    until: Option<Timestamp>,
    now: Timestamp,
) -> std::result::Result<Timestamp, FieldProblem> {
    let problem = |message: String| FieldProblem { field: "until".to_owned(), message };
    let until = until.ok_or_else(|| problem("日時は 2026-11-30T17:00 の形で入力してください。".to_owned()))?;
    match deadline {
        Some(deadline) if until <= deadline => {
            Err(problem(format!("締切（{}）より後の日時を入力してください。", deadline.date_time())))
        }
        _ if until <= now => Err(problem("これから先の日時を入力してください。".to_owned())),
        _ => Ok(until),
    }
}

/// The reason, trimmed.
pub(super) fn given(typed: &str, required: bool) -> std::result::Result<String, FieldProblem> {
    let problem = |message: String| FieldProblem { field: "reason".to_owned(), message };
    // PostgreSQL keeps no NUL in a text.
    let reason = typed.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    if required && reason.is_empty() {
        return Err(problem("理由を入力してください。".to_owned()));
    }
    match reason.chars().count() {
        length if length > LONGEST_REASON => {
            Err(problem(format!("{LONGEST_REASON}文字以内で入力してください（現在{length}文字）。")))
        }
        _ => Ok(reason),
    }
}
