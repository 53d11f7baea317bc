//! Filling in and handing in a response.
//!
//! - [`form`]: a response with all that is needed to show, check and change it
//! - `locks`: which questions of a returned response can be changed
//! - [`previous`]: what was answered the year before
//! - `submission`: handing it in
//! - `waiting`: what there is before the round opens

pub mod form;
mod locks;
pub mod previous;
pub(super) mod submission;
mod waiting;

use std::collections::BTreeMap;

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::Questionnaire;
use shared::response::{AnswerValue, ResponseState};

use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, AnswerChange, NewAnswer, RoundRecord, SaveAnswers, SaveOutcome};

pub use form::{Form, Progress};
pub use previous::{PreviousAnswer, PreviousAnswers, PreviousSource};

/// The value that was on the screen when the change was made; before anybody answered, the questionnaire's default.
fn value_at(questionnaire: &Questionnaire, history: &[AnswerChange], change: &NewAnswer) -> Option<AnswerValue> {
    if change.revision == 0 {
        let index = questionnaire.find(change.question.as_str())?;
        return questionnaire.question(index).default.clone();
    }
    let seen = history.iter().find(|past| past.question == change.question && past.revision == change.revision);
    seen.and_then(|past| past.to.clone())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        text
    })
}

impl Service {
    /// The response of the account's own municipality.
    pub async fn own_form(&self, account: &AccountRecord, year: FiscalYear) -> Result<Form> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        self.form(year, code).await
    }

    /// A response that the account may read: its own, or any for the prefecture's staff. Another municipality's
    /// answers like one that does not exist.
    pub async fn readable_form(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
    ) -> Result<Form> {
        let own = account.answers_for() == Some(code);
        if !own && !account.is(Role::Officer) && !account.is(Role::Analyst) {
            return Err(Error::NotFound);
        }
        self.form(year, code).await
    }

    pub(super) async fn form(&self, year: FiscalYear, code: MunicipalityCode) -> Result<Form> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let response = self.store.response(year, code).await?.ok_or(Error::NotFound)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let municipality = self.register(&round).await?.remove(&code).ok_or(Error::NotFound)?;
        let answers = self.store.answers(year, code).await?;
        let previous = self.previous_answers(&round, &questionnaire, code).await?;
        // What was sent back is still wanted while its correction waits for approval.
        let corrected = matches!(response.state, ResponseState::Returned | ResponseState::AwaitingApproval);
        let returned = if corrected && response.receipt.is_some() {
            self.store.returned_questions(year, code).await?
        } else {
            Vec::new()
        };
        let open = locks::reopened(&questionnaire, &returned);
        let extension = self.store.extensions(year, Some(code)).await?.remove(&code).unwrap_or_default();
        Ok(Form { round, municipality, response, questionnaire, answers, previous, returned, extension, open })
    }

    /// Every response of a round, by municipality code; none while the round is a draft.
    pub(super) async fn forms(&self, round: &RoundRecord) -> Result<Vec<Form>> {
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let mut register = self.register(round).await?;
        let mut answers: BTreeMap<_, _> = self.store.answers_of_round(round.year).await?.into_iter().collect();
        let mut previous = self.previous_answers_of_round(round, &questionnaire, None).await?;
        let mut extensions = self.store.extensions(round.year, None).await?;
        let responses = self.store.responses(round.year).await?;
        let forms = responses.into_iter().filter_map(|response| {
            let code = response.code;
            Some(Form {
                round: round.clone(),
                municipality: register.remove(&code)?,
                answers: answers.remove(&code).unwrap_or_default(),
                previous: previous.remove(&code).unwrap_or_default(),
                questionnaire: questionnaire.clone(),
                response,
                returned: Vec::new(),
                extension: extensions.remove(&code).unwrap_or_default(),
                open: None,
            })
        });
        Ok(forms.collect())
    }

    /// Saves answers of the account's own municipality, each on its own revision. Values must have been parsed for
    /// their questions. A change of a question that is locked ([`Form::locked`]) refuses the whole call.
    pub async fn save_answers(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        changes: Vec<NewAnswer>,
    ) -> Result<Vec<SaveOutcome>> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        if let Some(reason) = self.lock_reasons(year, code, &changes).await?.into_iter().flatten().next() {
            return Err(Error::Refused(reason));
        }
        self.store_answers(account, year, code, changes).await
    }

    async fn store_answers(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        changes: Vec<NewAnswer>,
    ) -> Result<Vec<SaveOutcome>> {
        let save = SaveAnswers { year, code, changes, by: account.author(), at: self.clock.now() };
        Ok(self.store.save_answers(&save).await?)
    }

    /// For each change, why its question is locked; `None` also for what changes nothing.
    async fn lock_reasons(
        &self,
        year: FiscalYear,
        code: MunicipalityCode,
        changes: &[NewAnswer],
    ) -> Result<Vec<Option<String>>> {
        let response = self.store.response(year, code).await?.ok_or(Error::NotFound)?;
        if response.state != ResponseState::Returned {
            return Ok(vec![None; changes.len()]);
        }
        let form = self.form(year, code).await?;
        let reason = |change: &NewAnswer| {
            let index = form.questionnaire.find(change.question.as_str())?;
            let question = form.questionnaire.question(index);
            let reason = form.locked(index).filter(|_| form.value(question) != change.value)?;
            Some(format!("「{}」：{reason}", format!("{} {}", question.number, question.label).trim()))
        };
        Ok(changes.iter().map(reason).collect())
    }

    /// Saves a form: it sends every value on the page. One that was not touched is no conflict, whoever changed it, and
    /// one of a locked question leaves the answer as it is ([`Form::locked`]: the page has to say so).
    pub async fn save_form(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        changes: Vec<NewAnswer>,
    ) -> Result<Vec<SaveOutcome>> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        let locked = self.lock_reasons(year, code, &changes).await?;
        let sent = changes.iter().zip(&locked).filter(|(_, locked)| locked.is_none());
        let sent: Vec<NewAnswer> = sent.map(|(change, _)| change.clone()).collect();
        let mut saved = self.store_answers(account, year, code, sent).await?.into_iter();
        let outcomes = changes.iter().zip(locked).map(|(change, locked)| match locked {
            Some(_) => Some(SaveOutcome::Unchanged(change.revision)),
            None => saved.next(),
        });
        let mut outcomes: Vec<SaveOutcome> = outcomes.flatten().collect();
        if outcomes.iter().any(|outcome| matches!(outcome, SaveOutcome::Conflict(_))) {
            let history = self.store.answer_history(year, code).await?;
            let questionnaire = self.form(year, code).await?.questionnaire;
            for (change, outcome) in changes.iter().zip(&mut outcomes) {
                if let SaveOutcome::Conflict(stored) = outcome
                    && change.value == value_at(&questionnaire, &history, change)
                {
                    *outcome = SaveOutcome::Unchanged(stored.revision);
                }
            }
        }
        Ok(outcomes)
    }
}
