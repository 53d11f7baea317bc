//! Filling in and handing in a response.

use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::{Evaluation, QuestionIndex, Questionnaire, Section};
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;
use shared::wire::FieldProblem;

use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{
    AccountRecord, AnswerChange, Changed, NewAnswer, Receipt, ResponseRecord, RoundRecord, SaveAnswers, SaveOutcome,
    StoredAnswers, Submission,
};

/// One municipality's response with all that is needed to show, check and change it.
pub struct Form {
    /// The round.
    pub round: RoundRecord,
    /// Whose response it is.
    pub municipality: Municipality,
    /// The response itself.
    pub response: ResponseRecord,
    /// What is asked.
    pub questionnaire: Arc<Questionnaire>,
    /// What was answered so far.
    pub answers: StoredAnswers,
}

/// How far a section is, counting questions asked at present.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions that take an answer.
    pub asked: usize,
    /// Of those, answered.
    pub answered: usize,
    /// Of those, required and not answered.
    pub missing: usize,
    /// Answers that break a constraint.
    pub broken: usize,
}

impl Form {
    /// The logic evaluated on the saved answers.
    pub fn evaluation(&self) -> Evaluation<'_> {
        let value = |question: &shared::questionnaire::Question| {
            self.answers.get(&question.name).and_then(|answer| answer.value.clone())
        };
        Evaluation::new(&self.questionnaire.logic, self.questionnaire.questions.iter().map(value).collect())
    }

    /// Why answers cannot be changed at present.
    pub fn read_only(&self) -> Option<String> {
        let reason = match (self.round.state, self.response.state) {
            (RoundState::Open, state) if state.is_editable() => return None,
            (RoundState::Open, ResponseState::Submitted) => {
                "提出済みのため、変更できません。訂正が必要なときは、県の担当へ連絡してください。"
            }
            (RoundState::Open, ResponseState::AwaitingApproval) => "承認待ちのため、変更できません。",
            (_, ResponseState::Accepted) => {
                "県が受理したため、変更できません。訂正が必要なときは、県の担当へ連絡してください。"
            }
            (RoundState::Draft, _) => "受付開始前です。",
            _ => "受付が終了したため、変更できません。",
        };
        Some(reason.to_owned())
    }

    /// How far a section is.
    pub fn progress(&self, evaluation: &Evaluation<'_>, section: &Section) -> Progress {
        let mut progress = Progress::default();
        for index in section.questions() {
            if !self.questionnaire.question(index).kind.takes_answer() || !evaluation.is_relevant(index) {
                continue;
            }
            progress.asked += 1;
            progress.answered += usize::from(evaluation.value(index).is_some());
            progress.missing += usize::from(evaluation.is_missing(index));
            progress.broken += usize::from(evaluation.breaks_constraint(index));
        }
        progress
    }

    /// Questions answered and asked at present, over all sections.
    pub fn answered_of_asked(&self) -> (usize, usize) {
        let evaluation = self.evaluation();
        let all = self.questionnaire.sections.iter().map(|section| self.progress(&evaluation, section));
        all.fold((0, 0), |(answered, asked), p| (answered + p.answered, asked + p.asked))
    }

    /// What prevents a question's answer from being handed in.
    pub fn problem(&self, evaluation: &Evaluation<'_>, index: QuestionIndex) -> Option<String> {
        let question = self.questionnaire.question(index);
        if evaluation.is_missing(index) {
            let given = question.required_message.clone();
            Some(given.unwrap_or_else(|| "回答が必要です。回答を入力してください。".to_owned()))
        } else if evaluation.breaks_constraint(index) {
            let given = question.constraint_message.clone();
            Some(given.unwrap_or_else(|| "入力できる範囲を外れています。値を確認してください。".to_owned()))
        } else {
            None
        }
    }

    /// Everything that prevents submission, in the questionnaire's order.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let evaluation = self.evaluation();
        let all = self.questionnaire.indexed().filter_map(|(index, question)| {
            let message = self.problem(&evaluation, index)?;
            Some(FieldProblem { field: question.name.to_string(), message })
        });
        all.collect()
    }

    /// SHA-256 of what is handed in: round, municipality, questionnaire and the relevant answers, as JSON.
    pub fn content_hash(&self) -> Result<String> {
        #[derive(Serialize)]
        struct Content<'a> {
            year: FiscalYear,
            code: MunicipalityCode,
            questionnaire: (&'a str, &'a str),
            answers: Vec<(&'a str, &'a AnswerValue)>,
        }
        let evaluation = self.evaluation();
        let relevant = self.questionnaire.indexed().filter(|(index, _)| evaluation.is_relevant(*index));
        let content = Content {
            year: self.round.year,
            code: self.municipality.code,
            questionnaire: (&self.questionnaire.form_id, &self.questionnaire.version),
            answers: relevant
                .filter_map(|(_, question)| {
                    let value = self.answers.get(&question.name)?.value.as_ref()?;
                    Some((question.name.as_str(), value))
                })
                .collect(),
        };
        let json = serde_json::to_vec(&content).map_err(|e| Error::Internal(e.to_string()))?;
        Ok(hex(&Sha256::digest(json)))
    }
}

/// The value that was on the screen when the change was made.
fn value_at(history: &[AnswerChange], change: &NewAnswer) -> Option<AnswerValue> {
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
        Ok(Form { round, municipality, response, questionnaire, answers })
    }

    /// Saves answers of the account's own municipality, each on its own revision. Values must have been parsed for
    /// their questions.
    pub async fn save_answers(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        changes: Vec<NewAnswer>,
    ) -> Result<Vec<SaveOutcome>> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        let save = SaveAnswers { year, code, changes, by: account.author(), at: self.clock.now() };
        Ok(self.store.save_answers(&save).await?)
    }

    /// Saves a form: it sends every value on the page, and one that was not touched is no conflict, whoever changed it.
    pub async fn save_form(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        changes: Vec<NewAnswer>,
    ) -> Result<Vec<SaveOutcome>> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        let mut outcomes = self.save_answers(account, year, changes.clone()).await?;
        if outcomes.iter().any(|outcome| matches!(outcome, SaveOutcome::Conflict(_))) {
            let history = self.store.answer_history(year, code).await?;
            for (change, outcome) in changes.iter().zip(&mut outcomes) {
                if let SaveOutcome::Conflict(stored) = outcome
                    && change.value == value_at(&history, change)
                {
                    *outcome = SaveOutcome::Unchanged(stored.revision);
                }
            }
        }
        Ok(outcomes)
    }

    /// Hands the response in and returns its receipt. Handing in twice returns the same receipt.
    pub async fn submit(&self, account: &AccountRecord, year: FiscalYear) -> Result<Receipt> {
        // Another person may save while this one submits: check again what is there then.
        for _ in 0..5 {
            let form = self.own_form(account, year).await?;
            if form.response.state.is_handed_in()
                && let Some(receipt) = form.response.receipt
            {
                return Ok(receipt);
            }
            if let Some(reason) = form.read_only() {
                return Err(Error::Refused(reason));
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
            let code = form.municipality.code;
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
