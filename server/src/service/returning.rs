//! The prefecture sends responses back, and sees what came of it.

use std::collections::BTreeSet;

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::{QuestionIndex, QuestionName};
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::answering::Form;
use super::rounds::{done, require};
use super::{Error, Result, Service, course};
use crate::access::Role;
use crate::store::{AccountRecord, AnswerChange, Author, NewReturn, ResponseEvent, ResponseStep, ReturnedQuestion};

/// Longest reason or note, in characters.
pub const LONGEST_REASON: usize = 1000;

/// What is sent back, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRequest {
    /// The response's revision on the page that was read; `None` to send back whatever is there.
    pub seen: Option<i64>,
    /// Words about the response as a whole.
    pub note: String,
    /// The questions to be answered again, each with its reason; empty sends back the whole form.
    pub questions: Vec<ReturnedQuestion>,
}

/// An answer that is no longer what the prefecture had read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedAnswer {
    /// The question.
    pub index: QuestionIndex,
    /// What the prefecture had read.
    pub before: Option<AnswerValue>,
    /// What it is now.
    pub after: Option<AnswerValue>,
    /// Who changed it last.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// What came of a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrections {
    /// Why it was sent back as a whole.
    pub note: String,
    /// When it was sent back.
    pub returned_at: Timestamp,
    /// When it was handed in again; `None` while it is being corrected.
    pub again_at: Option<Timestamp>,
    /// The answers that changed, in the questionnaire's order.
    pub changed: Vec<CorrectedAnswer>,
    /// The questions sent back, with their reasons.
    pub returned: Vec<ReturnedQuestion>,
}

impl Corrections {
    /// The questions sent back whose answers stayed as they were.
    pub fn untouched(&self, form: &Form) -> Vec<&ReturnedQuestion> {
        let changed: BTreeSet<&QuestionName> =
            self.changed.iter().map(|change| &form.questionnaire.question(change.index).name).collect();
        self.returned.iter().filter(|returned| !changed.contains(&returned.question)).collect()
    }
}

impl Service {
    /// Sends a response back that was handed in. Sending it back twice is sending it back once.
    pub async fn return_response(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        request: ReturnRequest,
    ) -> Result<()> {
        require(account, Role::Officer)?;
        let form = self.form(year, code).await?;
        let request = checked(&form, request)?;
        if form.response.state == ResponseState::Returned {
            let events = self.store.response_events(year, code).await?;
            let same = course::last_return(&events)
                .is_some_and(|event| event.by.account == Some(account.id) && event.note == request.note);
            return if same && form.returned == request.questions { Ok(()) } else { Err(Error::Changed) };
        }
        if !form.round.state.is_under_review() || !form.response.state.is_handed_in() {
            let message = "差し戻せるのは、確定前の調査で提出済みか受理済みの回答だけです。";
            return Err(Error::Refused(message.to_owned()));
        }
        if request.seen.is_some_and(|revision| revision != form.response.revision) {
            return Err(Error::Changed);
        }
        let step = ResponseStep {
            year,
            code,
            from: form.response.state,
            to: ResponseState::Returned,
            note: request.note,
            by: account.author(),
            at: self.clock.now(),
        };
        done(self.store.return_response(&NewReturn { step, questions: request.questions }).await?)
    }

    /// What came of the last return of a response; `None` when it was never sent back.
    pub async fn corrections(&self, form: &Form, events: &[ResponseEvent]) -> Result<Option<Corrections>> {
        let Some(correction) = course::correction(events) else { return Ok(None) };
        let (year, code) = (form.round.year, form.municipality.code);
        let history = self.store.answer_history(year, code).await?;
        let (from, until) = (correction.returned.at, correction.again.map(|event| event.at));
        let since = history.iter().filter(|change| change.at >= from && until.is_none_or(|until| change.at <= until));
        let changes: Vec<&AnswerChange> = since.collect();
        Ok(Some(Corrections {
            note: correction.returned.note.clone(),
            returned_at: from,
            again_at: until,
            changed: form
                .questionnaire
                .indexed()
                .filter_map(|(index, q)| corrected(index, q.default.as_ref(), &of(&changes, &q.name)))
                .collect(),
            returned: self.store.returned_questions(year, code).await?,
        }))
    }
}

/// One question's changes.
fn of<'c>(changes: &[&'c AnswerChange], question: &QuestionName) -> Vec<&'c AnswerChange> {
    changes.iter().copied().filter(|change| change.question == *question).collect()
}

/// First value before and last value after of a question's changes, unless it came back to what it was. Before the first
/// answer of all, the questionnaire's default held.
fn corrected(
    index: QuestionIndex,
    default: Option<&AnswerValue>,
    changes: &[&AnswerChange],
) -> Option<CorrectedAnswer> {
    let (first, last) = (changes.first()?, changes.last()?);
    let before = if first.revision == 1 { default } else { first.from.as_ref() };
    (before != last.to.as_ref()).then(|| CorrectedAnswer {
        index,
        before: before.cloned(),
        after: last.to.clone(),
        by: last.by.clone(),
        at: last.at,
    })
}

/// Trims the words; refuses a return that does not say what is wrong. Problems of a question's reason are those of the
/// field `reason.{name}`.
fn checked(form: &Form, request: ReturnRequest) -> Result<ReturnRequest> {
    let mut problems = Vec::new();
    let mut problem = |field: String, message: String| problems.push(FieldProblem { field, message });
    let too_long = |text: &str| text.chars().count() > LONGEST_REASON;
    let limit = format!("{LONGEST_REASON}文字以内で入力してください。");
    let note = request.note.trim().to_owned();
    if request.questions.is_empty() && note.is_empty() {
        problem("note".to_owned(), "回答全体を差し戻すときは、理由を入力してください。".to_owned());
    } else if too_long(&note) {
        problem("note".to_owned(), limit.clone());
    }
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    for ReturnedQuestion { question, reason } in request.questions {
        let (field, reason) = (format!("reason.{question}"), reason.trim().to_owned());
        let index = form.questionnaire.find(question.as_str());
        if index.is_none_or(|index| !form.questionnaire.question(index).kind.takes_answer()) {
            problem(field, format!("設問 {question} は、この調査票にありません。"));
        } else if reason.is_empty() {
            problem(field, "差し戻す理由を入力してください。市町村に伝わります。".to_owned());
        } else if too_long(&reason) {
            problem(field, limit.clone());
        } else if seen.insert(question.clone()) {
            questions.push(ReturnedQuestion { question, reason });
        }
    }
    if problems.is_empty() {
        Ok(ReturnRequest { seen: request.seen, note, questions })
    } else {
        Err(Error::Invalid(problems))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, from: Option<i64>, to: Option<i64>, at: i64) -> AnswerChange {
        AnswerChange {
            question: QuestionName(name.to_owned()),
            revision: if from.is_some() { 2 } else { 1 },
            from: from.map(AnswerValue::Integer),
            to: to.map(AnswerValue::Integer),
            by: Author { account: None, name: format!("{at}の人") },
            at: Timestamp(at),
        }
    }

    #[test]
    fn a_correction_is_what_was_read_against_what_is_there_now() {
        let history =
            [change("a", Some(1), Some(2), 1), change("b", None, Some(5), 2), change("a", Some(2), Some(3), 3)];
        let changes: Vec<&AnswerChange> = history.iter().collect();
        let name = |name: &str| QuestionName(name.to_owned());
        let found = corrected(QuestionIndex(0), None, &of(&changes, &name("a"))).unwrap();
        assert_eq!((found.before, found.after), (Some(AnswerValue::Integer(1)), Some(AnswerValue::Integer(3))));
        assert_eq!((found.by.name.as_str(), found.at), ("3の人", Timestamp(3)));
        assert_eq!(corrected(QuestionIndex(1), None, &of(&changes, &name("c"))), None);
        // Nobody had answered: what was read was the default.
        let default = AnswerValue::Integer(7);
        let found = corrected(QuestionIndex(1), Some(&default), &of(&changes, &name("b"))).unwrap();
        assert_eq!((found.before, found.after), (Some(default), Some(AnswerValue::Integer(5))));
    }

    #[test]
    fn an_answer_that_came_back_to_what_it_was_is_not_corrected() {
        let history = [change("a", Some(1), Some(2), 1), change("a", Some(2), Some(1), 2)];
        let changes: Vec<&AnswerChange> = history.iter().collect();
        assert_eq!(corrected(QuestionIndex(0), None, &changes), None);
    }
}
