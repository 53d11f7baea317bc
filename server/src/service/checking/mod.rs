//! 点検: what in the responses of a round should be looked at again, and what changed in one of them.
//!
//! - [`words`]: a finding in words

pub mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::plausibility::{Earlier, Examined, Finding, Kind, Values};
use shared::questionnaire::{Evaluation, QuestionName, Questionnaire};
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;

use super::answering::Form;
use super::rounds::require;
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{AccountRecord, AnswerChange, ResponseEvent, RoundRecord};

/// What was found in a round.
pub struct Check {
    /// The round.
    pub round: RoundRecord,
    /// What is asked in it.
    pub questionnaire: Arc<Questionnaire>,
    /// Responses that were looked through: those that were begun.
    pub responses: usize,
    /// What was found, the heaviest first.
    pub found: Vec<Found>,
}

/// A finding and whose it is.
#[derive(Debug, Clone)]
pub struct Found {
    /// Whose response.
    pub municipality: Municipality,
    /// Where it stands.
    pub state: ResponseState,
    /// What was found.
    pub finding: Finding,
}

impl Check {
    /// The finding of that kind about a municipality's answer. Where there are several, they come from one question's
    /// rules: the heaviest.
    pub fn of(&self, code: MunicipalityCode, question: &str, kind: Kind) -> Option<&Found> {
        let index = self.questionnaire.find(question)?;
        self.found.iter().find(|found| {
            (found.municipality.code, found.finding.question, found.finding.kind()) == (code, index, kind)
        })
    }
}

/// What was handed in before.
pub struct HandedIn {
    /// 受付番号
    pub receipt: String,
    /// When.
    pub at: Timestamp,
    /// The answers as they held then, by question; calculated ones are left to the evaluation.
    pub answers: BTreeMap<QuestionName, Option<AnswerValue>>,
}

impl HandedIn {
    /// The same, evaluated.
    pub fn evaluation<'f>(&self, form: &'f Form) -> Evaluation<'f> {
        let values = form.questionnaire.questions.iter().map(|question| match self.answers.get(&question.name) {
            Some(answer) => answer.clone(),
            None => question.default.clone(),
        });
        Evaluation::new(&form.questionnaire.logic, values.collect(), form.looking_back())
    }
}

impl Service {
    /// Looks through every response of a round that was begun.
    pub async fn check(&self, account: &AccountRecord, year: FiscalYear) -> Result<Check> {
        require(account, Role::Officer)?;
        self.check_of(year).await
    }

    /// The same where it has been decided already that it may be seen.
    pub(crate) async fn check_of(&self, year: FiscalYear) -> Result<Check> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let forms = self.forms(&round).await?;
        let begun: Vec<Form> =
            forms.into_iter().filter(|form| form.response.state != ResponseState::NotStarted).collect();
        let mut values = Values::default();
        let mut findings: Vec<(usize, Finding)> = Vec::new();
        for (place, form) in begun.iter().enumerate() {
            let (evaluation, previous) = (form.evaluation(), earlier(form));
            let examined =
                Examined { questionnaire: &form.questionnaire, evaluation: &evaluation, previous: &previous };
            findings.extend(examined.findings().into_iter().map(|finding| (place, finding)));
            values.add(place, &examined, form.municipality.population);
        }
        findings.extend(values.outliers());
        // Of the same weight: by municipality, then in the questionnaire's order.
        findings.sort_by_key(|(place, finding)| (u32::MAX - finding.weight(), *place, finding.question));
        let found = findings.into_iter().filter_map(|(place, finding)| {
            let form = begun.get(place)?;
            Some(Found { municipality: form.municipality.clone(), state: form.response.state, finding })
        });
        Ok(Check { round, questionnaire, responses: begun.len(), found: found.collect() })
    }

    /// What was handed in before the answers that stand now: the submission before the last where the response is handed
    /// in, else the last one. `None` where there is none.
    pub async fn handed_in_before(&self, form: &Form, events: &[ResponseEvent]) -> Result<Option<HandedIn>> {
        let Some(event) = submission_before(form.response.state, events) else { return Ok(None) };
        let history = self.store.answer_history(form.round.year, form.municipality.code).await?;
        Ok(Some(HandedIn { receipt: event.note.clone(), at: event.at, answers: as_of(&history, event.at) }))
    }
}

/// The comparable answers of the year before, by question.
fn earlier(form: &Form) -> Vec<Option<Earlier<'_>>> {
    let of_question = |name: &QuestionName| {
        let source = form.previous.get(name)?.comparable_source()?;
        Some(Earlier { question: &source.question, value: source.value.as_ref()? })
    };
    form.questionnaire.questions.iter().map(|question| of_question(&question.name)).collect()
}

fn submission_before(state: ResponseState, events: &[ResponseEvent]) -> Option<&ResponseEvent> {
    let mut submissions = events.iter().rev().filter(|event| event.to == ResponseState::Submitted);
    submissions.nth(usize::from(state.is_handed_in()))
}

/// The answers as they held at that time.
fn as_of(history: &[AnswerChange], at: Timestamp) -> BTreeMap<QuestionName, Option<AnswerValue>> {
    let until = history.iter().filter(|change| change.at <= at);
    until.map(|change| (change.question.clone(), change.to.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Author;

    fn by() -> Author {
        Author { account: None, name: "企画課".to_owned() }
    }

    #[test]
    fn what_was_handed_in_before_is_another_submission_than_the_one_that_stands() {
        use ResponseState::{Accepted, InProgress, Returned, Submitted};
        let event =
            |(at, to): (i64, ResponseState)| ResponseEvent { at: Timestamp(at), by: by(), to, note: at.to_string() };
        let events: Vec<ResponseEvent> =
            (1..).zip([InProgress, Submitted, Returned, Submitted, Accepted]).map(event).collect();
        let receipt = |until: usize| {
            let state = events[until - 1].to;
            submission_before(state, &events[..until]).map(|event| event.note.as_str())
        };
        assert_eq!([1, 2, 3, 4, 5].map(receipt), [None, None, Some("2"), Some("2"), Some("2")]);
    }

    #[test]
    fn answers_are_what_was_saved_last_until_then() {
        let change = |name: &str, to: Option<i64>, at: i64| AnswerChange {
            question: QuestionName(name.to_owned()),
            revision: 1,
            from: None,
            to: to.map(AnswerValue::Integer),
            by: by(),
            at: Timestamp(at),
        };
        let history = [change("a", Some(1), 1), change("b", Some(2), 2), change("a", None, 3), change("b", Some(9), 4)];
        let held = as_of(&history, Timestamp(3));
        let of = |name: &str| held.get(&QuestionName(name.to_owned())).cloned();
        assert_eq!((of("a"), of("b")), (Some(None), Some(Some(AnswerValue::Integer(2)))));
        assert_eq!(of("c"), None, "nobody answered: the default holds");
    }
}
