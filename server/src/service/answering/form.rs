//! A response with all that is needed to show, check and change it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::{Evaluation, Question, QuestionIndex, Questionnaire, Section};
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::previous::PreviousAnswers;
use super::{Error, Result, hex};
use crate::store::{Extension, ResponseRecord, ReturnedQuestion, RoundRecord, StoredAnswers};

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
    /// What was answered the year before, by this year's question.
    pub previous: PreviousAnswers,
    /// Questions sent back with their reasons; empty unless single questions were.
    pub returned: Vec<ReturnedQuestion>,
    /// The later deadline that it asked for.
    pub extension: Extension,
    /// The questions that can be changed, see [`super::locks::reopened`]; `None` where all can.
    pub(super) open: Option<BTreeSet<QuestionIndex>>,
}

/// How far a section is, counting questions asked at present. The reasons of unusual answers are asked for and never
/// counted ([`Question::reason_for`]).
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
    /// Unusual answers without a reason.
    pub unexplained: usize,
}

impl Form {
    /// The logic evaluated on the saved answers.
    pub fn evaluation(&self) -> Evaluation<'_> {
        let questions = &self.questionnaire.questions;
        let values = questions.iter().map(|question| self.value(question)).collect();
        Evaluation::new(&self.questionnaire.logic, values, self.looking_back())
    }

    /// The answers that rules look back to, by question.
    pub fn looking_back(&self) -> Vec<Option<AnswerValue>> {
        let back = |question: &Question| self.previous.get(&question.name)?.comparable_value();
        self.questionnaire.questions.iter().map(back).collect()
    }

    /// The answer as it holds: the stored one, else the questionnaire's default.
    pub fn value(&self, question: &Question) -> Option<AnswerValue> {
        match self.answers.get(&question.name) {
            Some(stored) => stored.value.clone(),
            None => question.default.clone(),
        }
    }

    /// Until when answers are wanted of this municipality.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.extension.deadline(&self.round)
    }

    /// Why no answer can be changed at present.
    pub fn read_only(&self) -> Option<String> {
        let (round, response) = (self.round.state, self.response.state);
        if response.is_editable_in(round) {
            return None;
        }
        let reason = match (round, response) {
            (RoundState::Draft, _) => "受付開始前です。",
            (_, ResponseState::Accepted) => {
                "県が受理したため、変更できません。訂正が必要なときは、県の担当へ連絡してください。"
            }
            (RoundState::Open | RoundState::Closed, ResponseState::Submitted) => {
                "提出済みのため、変更できません。訂正が必要なときは、県の担当へ連絡してください。"
            }
            (RoundState::Open | RoundState::Closed, ResponseState::AwaitingApproval) if self.may_be_handed_in() => {
                "承認待ちのため、変更できません。直すときは、依頼を取り下げるか、承認者が庁内で差し戻してください。"
            }
            _ => "受付が終了したため、変更できません。",
        };
        Some(reason.to_owned())
    }

    /// Why just this question cannot be changed, while others can. Says nothing of what [`Self::read_only`] says.
    pub fn locked(&self, index: QuestionIndex) -> Option<String> {
        let locked = self.open.as_ref().is_some_and(|open| !open.contains(&index));
        locked.then(|| "県が差し戻した設問ではないため、変更できません。".to_owned())
    }

    /// Whether the response waits for being handed in, complete or not.
    pub fn may_be_handed_in(&self) -> bool {
        self.response.state.may_be_handed_in(self.round.state, self.response.receipt.is_some())
    }

    /// How far a section is.
    pub fn progress(&self, evaluation: &Evaluation<'_>, section: &Section) -> Progress {
        let mut progress = Progress::default();
        for index in section.questions() {
            let question = self.questionnaire.question(index);
            if !question.kind.takes_answer() || !evaluation.is_relevant(index) {
                continue;
            }
            if question.reason_for.is_some() {
                progress.unexplained += usize::from(evaluation.value(index).is_none());
                continue;
            }
            // What is worked out by the form is nobody's to answer; it may still be wrong.
            let typed = usize::from(!question.readonly);
            progress.asked += typed;
            progress.answered += typed * usize::from(evaluation.value(index).is_some());
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

    /// What prevents a question's answer from being handed in. A reason that was asked for prevents nothing.
    pub fn problem(&self, evaluation: &Evaluation<'_>, index: QuestionIndex) -> Option<String> {
        let question = self.questionnaire.question(index);
        if question.reason_for.is_some() {
            None
        } else if evaluation.is_missing(index) {
            let given = question.required_message.clone();
            Some(given.unwrap_or_else(|| "回答が必要です。回答を入力してください。".to_owned()))
        } else {
            let breach = evaluation.breach(index)?;
            Some(breach.message(question.constraint_message.as_deref()).to_owned())
        }
    }

    /// What should be looked at again: an unusual answer is there and its reason is not. It prevents nothing.
    pub fn warning(&self, evaluation: &Evaluation<'_>, index: QuestionIndex) -> Option<String> {
        let question = self.questionnaire.question(index);
        let explained = self.questionnaire.question(question.reason_for?);
        if !evaluation.is_relevant(index) || evaluation.value(index).is_some() {
            return None;
        }
        let given = explained.soft_message.clone();
        Some(given.unwrap_or_else(|| "いつもと違う値です。理由があれば記入してください。".to_owned()))
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
        content_hash(self.round.year, self.municipality.code, &self.questionnaire, &self.evaluation())
    }
}

/// The same of answers that are evaluated already.
pub(in crate::service) fn content_hash(
    year: FiscalYear,
    code: MunicipalityCode,
    questionnaire: &Questionnaire,
    evaluation: &Evaluation<'_>,
) -> Result<String> {
    #[derive(Serialize)]
    struct Content<'a> {
        year: FiscalYear,
        code: MunicipalityCode,
        questionnaire: (&'a str, &'a str),
        answers: Vec<(&'a str, &'a AnswerValue)>,
    }
    let relevant = questionnaire.indexed().filter(|(index, _)| evaluation.is_relevant(*index));
    let content = Content {
        year,
        code,
        questionnaire: (&questionnaire.form_id, &questionnaire.version),
        answers: relevant
            .filter_map(|(index, question)| Some((question.name.as_str(), evaluation.value(index)?)))
            .collect(),
    };
    let json = serde_json::to_vec(&content).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hex(&Sha256::digest(json)))
}
