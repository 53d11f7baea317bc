//! Taking over responses of earlier years from a file, of one year or of several at once.
//!
//! Only into a round whose time for answers is over and whose results are not fixed yet: nobody writes meanwhile, and the
//! officer still reads, finalizes and publishes it like any other. A municipality's own response is never written over;
//! what an earlier import wrote may be corrected by a later one. What says the same already is left alone, whatever the
//! round's state.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::{Evaluation, Question, QuestionName, Questionnaire};
use shared::response::{AnswerValue, Cell, ResponseState};
use shared::round::RoundState;

use super::answering::PreviousAnswers;
use super::answering::form::content_hash;
use super::answering::previous::Values;
use super::{Error, Result, Service};
use crate::import::answers::Response;
use crate::store::{Author, Changed, ImportResponse, ImportResponses, Receipt, ResponseRecord, RoundRecord};

/// The author of what was imported.
const IMPORT: &str = "取り込み";

/// A round as it is before the import.
pub struct Target {
    /// The round.
    pub round: RoundRecord,
    /// What was asked.
    pub questionnaire: Arc<Questionnaire>,
    /// The municipalities asked.
    pub asked: BTreeMap<MunicipalityCode, Municipality>,
    /// What was answered the year before, an entry a question.
    pub previous: BTreeMap<MunicipalityCode, Vec<Option<AnswerValue>>>,
    /// The database holds generated data.
    pub demonstration: bool,
    responses: BTreeMap<MunicipalityCode, (ResponseRecord, Vec<Cell>)>,
}

/// What a file says of a round.
#[derive(Clone, Copy)]
pub struct Import<'t> {
    /// The round.
    pub target: &'t Target,
    /// The responses read.
    pub responses: &'t [Response],
}

impl Import<'_> {
    /// Its year, and the answers of those who responded.
    fn values(self) -> (FiscalYear, BTreeMap<MunicipalityCode, Values>) {
        let values = self.responses.iter().filter_map(|response| {
            let answers = response.answers.as_ref()?;
            Some((response.code, answers.iter().cloned().collect()))
        });
        (self.target.round.year, values.collect())
    }
}

/// What becomes of one municipality's response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The round says the same already.
    Same,
    /// It is taken over.
    New,
    /// It takes the place of what an earlier import wrote.
    Corrected,
    /// It may not be written, and why.
    Refused(String),
}

impl Target {
    /// What would become of a response.
    pub fn fate(&self, response: &Response) -> Fate {
        let refused = |reason: &str| Fate::Refused(reason.to_owned());
        let Some((record, cells)) = self.responses.get(&response.code) else {
            return refused("この市町村の回答の欄がまだありません。受付を終えた調査にしてから取り込んでください。");
        };
        if *cells == response.cells {
            return Fate::Same;
        }
        match self.round.state {
            RoundState::Closed => {}
            RoundState::Draft | RoundState::Open => {
                return refused("受付を終えていない調査です。受付を終えてから取り込んでください。");
            }
            RoundState::Finalized | RoundState::Published => {
                return refused("調査の結果は確定しています。ファイルの内容が、確定した回答と違います。");
            }
        }
        let imported = record.receipt.as_ref().is_some_and(|receipt| receipt.by == import());
        match record.state {
            ResponseState::NotStarted => Fate::New,
            state if state.is_handed_in() && !imported => {
                refused("市町村が提出した回答があり、ファイルの内容と違います。書き換えることはできません。")
            }
            state if state.is_handed_in() && response.answers.is_none() => {
                refused("取り込んだ回答を未提出に戻すことはできません。県の管理の画面で差し戻してください。")
            }
            state if state.is_handed_in() => Fate::Corrected,
            _ => refused("入力中か差戻し中の回答があります。書き換えることはできません。"),
        }
    }

    /// Whether the municipality is asked and stands in none of these.
    pub fn missing(&self, responses: &[Response]) -> usize {
        self.responses.keys().filter(|code| responses.iter().all(|response| response.code != **code)).count()
    }
}

impl Service {
    /// The round of that year, to import responses into; `before` is what is to be imported with it into an earlier one.
    pub async fn import_target(&self, year: FiscalYear, before: Option<Import<'_>>) -> Result<Target> {
        let missing = || {
            Error::Refused(format!(
                "{year}の調査がありません。「shirabe round add {} --closed --reference-date … --deadline …」で、受付を終えた調査として追加してください。",
                year.year()
            ))
        };
        let round = self.store.round(year).await?.ok_or_else(missing)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let asked = self.register(&round).await?;
        let previous = self.previous_answers_of_round(&round, &questionnaire, before.map(Import::values)).await?;
        let by_place = |answers: PreviousAnswers| {
            let value = |question: &Question| answers.get(&question.name)?.comparable_value();
            questionnaire.questions.iter().map(value).collect()
        };
        let previous = previous.into_iter().map(|(code, answers)| (code, by_place(answers))).collect();
        let cells = self.published_municipalities(&round, &questionnaire, self.read_answers(round.year)).await?;
        let mut cells: BTreeMap<_, _> = cells.into_iter().map(|m| (m.municipality.code, m.cells)).collect();
        let records = self.store.responses(year).await?;
        let responses = records.into_iter().filter_map(|record| {
            let cells = cells.remove(&record.code)?;
            Some((record.code, (record, cells)))
        });
        let responses = responses.collect();
        let demonstration = self.is_demonstration().await?;
        Ok(Target { round, questionnaire, asked, previous, demonstration, responses })
    }

    /// Takes over every response that is new or corrects an earlier import, of all years all or none. `file` names the
    /// file in the history, with its hash.
    pub async fn import_responses(&self, imports: &[Import<'_>], file: &str) -> Result<Changed> {
        let mut wanted = Vec::new();
        for Import { target, responses: read } in imports {
            let mut responses = Vec::new();
            for response in *read {
                match target.fate(response) {
                    Fate::Same => {}
                    Fate::New | Fate::Corrected => responses.extend(self.import_response(target, response).await?),
                    Fate::Refused(reason) => return Err(Error::Refused(format!("市町村 {}: {reason}", response.code))),
                }
            }
            if !responses.is_empty() {
                let (year, at) = (target.round.year, self.clock.now());
                wanted.push(ImportResponses { year, responses, note: file.to_owned(), by: import(), at });
            }
        }
        if wanted.is_empty() {
            return Ok(Changed::No);
        }
        match self.store.import_responses(&wanted).await? {
            Changed::Yes => Ok(Changed::Yes),
            Changed::No => Err(Error::Changed),
        }
    }

    async fn import_response(&self, target: &Target, response: &Response) -> Result<Option<ImportResponse>> {
        let (Some((record, _)), Some(answers)) = (target.responses.get(&response.code), &response.answers) else {
            return Ok(None);
        };
        let (year, code) = (target.round.year, response.code);
        let mut answers = answers.clone();
        // What an earlier import answered and this one leaves blank.
        for (question, stored) in self.store.answers(year, code).await? {
            if stored.value.is_some() && answers.iter().all(|(named, _)| *named != question) {
                answers.push((question, None));
            }
        }
        let events = self.store.response_events(year, code).await?;
        let earlier = events.iter().filter(|event| event.to == ResponseState::Submitted).count();
        let receipt = Receipt {
            number: format!("{}-{code}-{}", year.year(), earlier + 1),
            at: self.clock.now(),
            by: import(),
            content_hash: hash_of(target, code, &answers)?,
        };
        Ok(Some(ImportResponse { code, revision: record.revision, answers, receipt }))
    }
}

fn import() -> Author {
    Author { account: None, name: IMPORT.to_owned() }
}

/// What stands on the receipt: the hash of the answers as they hold ([`super::answering::Form::content_hash`]).
fn hash_of(target: &Target, code: MunicipalityCode, answers: &[(QuestionName, Option<AnswerValue>)]) -> Result<String> {
    let named: BTreeMap<&QuestionName, &Option<AnswerValue>> =
        answers.iter().map(|(name, value)| (name, value)).collect();
    let held = |question: &Question| named.get(&question.name).map_or(&question.default, |value| *value).clone();
    let values = target.questionnaire.questions.iter().map(held).collect();
    let previous = target.previous.get(&code).cloned().unwrap_or_default();
    let evaluation = Evaluation::new(&target.questionnaire.logic, values, previous);
    content_hash(target.round.year, code, &target.questionnaire, &evaluation)
}
