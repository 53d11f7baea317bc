//! A response as a workbook: downloading it, and bringing back what was filled in.

use std::collections::BTreeMap;

use shared::fiscal_year::FiscalYear;
use shared::questionnaire::{Question, QuestionIndex};
use shared::response::{AnswerValue, Base, Decision, Merge, Reading};
use shared::time::Timestamp;

use super::answering::Form;
use super::{Error, Result, Service};
use crate::store::{AccountRecord, AnswerChange, NewAnswer, SaveOutcome};
use crate::workbook::{self, Draft, Filled, Problem};

/// An uploaded workbook beside the stored answers. Nothing of it is stored.
pub struct Comparison {
    /// The response as it is now.
    pub form: Form,
    /// When the workbook was downloaded.
    pub downloaded_at: Option<Timestamp>,
    /// Every question of the workbook that can be read, in order.
    pub compared: Vec<Compared>,
    /// Every place of it that cannot.
    pub problems: Vec<Problem>,
    /// Questions without a row in it.
    pub missing: usize,
}

/// One question of a workbook beside the stored answer.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The question.
    pub index: QuestionIndex,
    /// What it was when the workbook was downloaded.
    pub base: Base,
    /// Revision of that; `None` where the workbook no longer says.
    pub base_revision: Option<u32>,
    /// How the three go together.
    pub merge: Merge,
    /// What has to be known of the workbook's answer before it is taken.
    pub warning: Option<String>,
    /// What was chosen on the page.
    pub chosen: Option<Decision>,
}

/// A workbook's answer with what was chosen, as the merge page sends it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The question.
    pub index: QuestionIndex,
    /// The workbook's answer.
    pub workbook: Option<AnswerValue>,
    /// Revision of the answer at the download; `None` where the workbook no longer said.
    pub base_revision: Option<u32>,
    /// Revision of the stored answer that was shown.
    pub revision: u32,
    /// What was chosen.
    pub chosen: Option<Decision>,
}

/// What became of the decisions.
pub enum Decided {
    /// Every one was carried out; so many answers were saved.
    Saved(usize),
    /// Something was not chosen; nothing was saved.
    Undecided(Comparison),
    /// Some answers had been changed again meanwhile: they are to be decided anew. The others were saved.
    Changed {
        /// How many answers were saved.
        saved: usize,
        /// Those that were not.
        again: Comparison,
    },
}

impl Service {
    /// The account's own response as a workbook, with the response that it was made of.
    pub async fn workbook(&self, account: &AccountRecord, year: FiscalYear) -> Result<(Form, Vec<u8>)> {
        let at = self.clock.now();
        let demonstration = self.is_demonstration().await?;
        let form = self.own_form(account, year).await?;
        let made = tokio::task::spawn_blocking(move || {
            let bytes = workbook::write(&Draft { form: &form, at, demonstration });
            bytes.map(|bytes| (form, bytes))
        });
        let made = made.await.map_err(|error| Error::Internal(error.to_string()))?;
        made.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Compares a workbook with the response as it is now.
    pub async fn compare_workbook(&self, form: Form, filled: Filled) -> Result<Comparison> {
        let history = self.store.answer_history(form.round.year, form.municipality.code).await?;
        let past = Past::new(&history);
        let Filled { stamp, entries, mut problems, missing } = filled;
        let mut compared = Vec::with_capacity(entries.len());
        for entry in entries {
            let question = form.questionnaire.question(entry.index);
            let (base, base_revision) = past.base(&form, question, entry.revision);
            let now = form.value(question);
            let merge = Merge::of(&base, adopted(entry.reading, &base), now.as_ref());
            let problem = |what: String| Problem { place: entry.place.clone(), index: Some(entry.index), what };
            if let Merge::Invalid { reason } = &merge {
                problems.push(problem(reason.clone()));
            } else if let (true, Some(reason)) = (merge.is_offer(), form.locked(entry.index)) {
                problems.push(problem(format!("{reason}この回答は取り込みません。")));
            } else {
                let index = entry.index;
                compared.push(Compared { index, base, base_revision, merge, warning: None, chosen: None });
            }
        }
        warn(&form, &mut compared);
        problems.sort_by_key(|problem| problem.index);
        Ok(Comparison { form, downloaded_at: Some(stamp.at), compared, problems, missing: missing.len() })
    }

    /// Carries out what was chosen. Nothing is saved while something is not.
    pub async fn decide_workbook(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        offers: Vec<Offer>,
    ) -> Result<Decided> {
        let form = self.own_form(account, year).await?;
        if let Some(reason) = form.read_only() {
            return Err(Error::Refused(reason));
        }
        if offers.iter().any(|offer| offer.chosen.is_none()) {
            return Ok(Decided::Undecided(self.compare_offers(form, offers).await?));
        }
        let taken: Vec<Offer> = offers.into_iter().filter(|offer| offer.chosen == Some(Decision::Workbook)).collect();
        let change = |offer: &Offer| {
            let question = form.questionnaire.question(offer.index);
            NewAnswer {
                question: question.name.clone(),
                value: offer.workbook.clone(),
                revision: offer.revision,
                suggested: question.default.is_some(),
            }
        };
        let outcomes = self.save_answers(account, year, taken.iter().map(change).collect()).await?;
        let (mut saved, mut again) = (0, Vec::new());
        for (offer, outcome) in taken.into_iter().zip(outcomes) {
            match outcome {
                SaveOutcome::Saved(_) | SaveOutcome::Unchanged(_) => saved += 1,
                // What was shown as the present is the new base: that is what the choice was made against.
                SaveOutcome::Conflict(_) => {
                    again.push(Offer { base_revision: Some(offer.revision), chosen: None, ..offer });
                }
            }
        }
        if again.is_empty() {
            return Ok(Decided::Saved(saved));
        }
        let form = self.own_form(account, year).await?;
        Ok(Decided::Changed { saved, again: self.compare_offers(form, again).await? })
    }

    /// Compares answers that the merge page sent with the response as it is now.
    async fn compare_offers(&self, form: Form, offers: Vec<Offer>) -> Result<Comparison> {
        let history = self.store.answer_history(form.round.year, form.municipality.code).await?;
        let past = Past::new(&history);
        let compared = offers.into_iter().map(|offer| {
            let question = form.questionnaire.question(offer.index);
            let (base, base_revision) = past.base(&form, question, offer.base_revision);
            let merge = Merge::of(&base, Reading::Answer(offer.workbook), form.value(question).as_ref());
            // What was chosen against another answer than the present one was not chosen.
            let stored = form.answers.get(&question.name).map_or(0, |stored| stored.revision);
            let chosen = offer.chosen.filter(|_| stored == offer.revision);
            Compared { index: offer.index, base, base_revision, merge, warning: None, chosen }
        });
        let mut compared: Vec<Compared> = compared.collect();
        warn(&form, &mut compared);
        Ok(Comparison { form, downloaded_at: None, compared, problems: Vec::new(), missing: 0 })
    }
}

/// Every answer at every revision.
struct Past<'h>(BTreeMap<(&'h str, u32), Option<&'h AnswerValue>>);

impl<'h> Past<'h> {
    fn new(history: &'h [AnswerChange]) -> Self {
        let at = |change: &'h AnswerChange| ((change.question.as_str(), change.revision), change.to.as_ref());
        Self(history.iter().map(at).collect())
    }

    /// The answer at a revision, with the revision where it holds.
    fn base(&self, form: &Form, question: &Question, revision: Option<u32>) -> (Base, Option<u32>) {
        let never_answered = !form.answers.contains_key(&question.name);
        match revision.or(never_answered.then_some(0)) {
            // Before anybody answered, the questionnaire's default stood there.
            Some(0) => (Base::Known(question.default.clone()), Some(0)),
            Some(revision) => match self.0.get(&(question.name.as_str(), revision)) {
                Some(value) => (Base::Known(value.cloned()), Some(revision)),
                None => (Base::Unknown, None),
            },
            None => (Base::Unknown, None),
        }
    }
}

/// What spreadsheet programs do to the ends of texts and lines on their way is no change that a person made.
fn adopted(reading: Reading, base: &Base) -> Reading {
    let tidy = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    match (&reading, base) {
        (Reading::Answer(Some(AnswerValue::Text(workbook))), Base::Known(Some(AnswerValue::Text(before))))
            if tidy(workbook) == tidy(before) =>
        {
            Reading::Answer(Some(AnswerValue::Text(before.clone())))
        }
        _ => reading,
    }
}

/// Says of each offered answer whether it would break a rule or not be asked, were all of them taken.
fn warn(form: &Form, compared: &mut [Compared]) {
    let mut evaluation = form.evaluation();
    for one in compared.iter() {
        if let Merge::TakeWorkbook { workbook } | Merge::Conflict { workbook: Some(workbook) } = &one.merge {
            evaluation.set(one.index, Some(workbook.clone()));
        }
    }
    for one in compared {
        let offers = matches!(one.merge, Merge::TakeWorkbook { .. } | Merge::Conflict { workbook: Some(_) });
        one.warning = if !offers {
            None
        } else if evaluation.breaks_constraint(one.index) {
            let problem = form.problem(&evaluation, one.index);
            problem.map(|problem| format!("{problem}保存はできますが、提出する前に直してください。"))
        } else if !evaluation.is_relevant(one.index) {
            Some("いまの回答では対象外の設問です。保存はしますが、集計には使いません。".to_owned())
        } else {
            None
        };
    }
}
