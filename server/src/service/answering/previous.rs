//! What a municipality answered the year before, joined to this year's questions by concept.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::lineage::{self, Link};
use shared::questionnaire::{Evaluation, Question, QuestionName, Questionnaire};
use shared::response::AnswerValue;
use shared::round::RoundState;

use super::{Error, Result, Service};
use crate::store::{RoundRecord, StoredAnswers};

/// Answers by question, as they were saved; `None` holds against a default.
pub type Values = BTreeMap<QuestionName, Option<AnswerValue>>;

fn values_of(stored: StoredAnswers) -> Values {
    stored.into_iter().map(|(question, stored)| (question, stored.value)).collect()
}

/// What was answered the year before, by this year's question.
pub type PreviousAnswers = BTreeMap<QuestionName, PreviousAnswer>;

/// One question's answer of the year before.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousAnswer {
    /// Which year: the last one that was asked, usually the year before.
    pub year: FiscalYear,
    /// What was asked then, in the order then; never empty, and several where they were merged.
    pub sources: Vec<PreviousSource>,
    /// The same answer as an answer to this year's question; `None` when it cannot be taken over as it is.
    pub copy: Option<AnswerValue>,
    /// Whether results of both years may be compared. Then there is one source.
    pub comparable: bool,
}

/// A question of the year before.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousSource {
    /// The question as it was then.
    pub question: Question,
    /// The answer; `None` when it was left blank.
    pub value: Option<AnswerValue>,
}

impl PreviousAnswer {
    /// The question and answer, where results of both years may be compared.
    pub fn comparable_source(&self) -> Option<&PreviousSource> {
        self.sources.first().filter(|_| self.comparable)
    }

    /// What rules that look back work with. Since another question nothing rose or fell.
    pub fn comparable_value(&self) -> Option<AnswerValue> {
        self.comparable_source()?.value.clone()
    }

    /// Every question with its answer.
    pub fn answers(&self) -> impl Iterator<Item = (&Question, Option<&AnswerValue>)> {
        self.sources.iter().map(|source| (&source.question, source.value.as_ref()))
    }
}

impl Service {
    /// One municipality's answers of the year before.
    pub(super) async fn previous_answers(
        &self,
        round: &RoundRecord,
        questionnaire: &Questionnaire,
        code: MunicipalityCode,
    ) -> Result<PreviousAnswers> {
        let Some((year, then)) = self.previous_questionnaire(round).await? else { return Ok(PreviousAnswers::new()) };
        let handed_in = self.store.response(year, code).await?.is_some_and(|response| response.state.is_handed_in());
        if !handed_in {
            return Ok(PreviousAnswers::new());
        }
        let answers = values_of(self.store.answers(year, code).await?);
        Ok(joined(year, questionnaire, &then, &lineage::links(questionnaire, &then), &answers))
    }

    /// The same of every municipality that handed in its response then; `imported` are answers of a year that are to be
    /// imported with this one, in place of those that are stored.
    pub(in crate::service) async fn previous_answers_of_round(
        &self,
        round: &RoundRecord,
        questionnaire: &Questionnaire,
        imported: Option<(FiscalYear, BTreeMap<MunicipalityCode, Values>)>,
    ) -> Result<BTreeMap<MunicipalityCode, PreviousAnswers>> {
        let Some((year, then)) = self.previous_questionnaire(round).await? else { return Ok(BTreeMap::new()) };
        let links = lineage::links(questionnaire, &then);
        let mut answers: BTreeMap<_, _> = self.store.answers_of_round(year).await?.into_iter().collect();
        let responses = self.store.responses(year).await?;
        let handed_in = responses.into_iter().filter(|response| response.state.is_handed_in());
        let mut values: BTreeMap<MunicipalityCode, Values> = handed_in
            .map(|response| (response.code, values_of(answers.remove(&response.code).unwrap_or_default())))
            .collect();
        if let Some((_, imported)) = imported.filter(|(of, _)| *of == year) {
            values.extend(imported);
        }
        let of_code =
            values.into_iter().map(|(code, values)| (code, joined(year, questionnaire, &then, &links, &values)));
        Ok(of_code.collect())
    }

    /// Of the questions of that year that continue earlier ones, by name: whether results of both years may be compared.
    pub async fn comparable_with_previous(&self, year: FiscalYear) -> Result<BTreeMap<String, bool>> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let Some(last) = self.previous_round(&round).await? else { return Ok(BTreeMap::new()) };
        let pair = [round.questionnaire, last.questionnaire];
        let known = self.comparable.read().unwrap_or_else(PoisonError::into_inner).get(&pair).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let (now, then) = (self.questionnaire(pair[0]).await?, self.questionnaire(pair[1]).await?);
        let links = lineage::links(&now, &then).into_iter();
        let comparable: BTreeMap<String, bool> =
            links.map(|link| (now.question(link.now).name.to_string(), link.comparable)).collect();
        self.comparable.write().unwrap_or_else(PoisonError::into_inner).insert(pair, comparable.clone());
        Ok(comparable)
    }

    /// The last round before this one that was asked.
    async fn previous_round(&self, round: &RoundRecord) -> Result<Option<RoundRecord>> {
        let rounds = self.store.rounds().await?;
        let earlier = rounds.into_iter().filter(|r| r.year < round.year && r.state != RoundState::Draft);
        Ok(earlier.max_by_key(|r| r.year))
    }

    /// The last round before this one that was asked, and what it asked.
    pub(in crate::service) async fn previous_questionnaire(
        &self,
        round: &RoundRecord,
    ) -> Result<Option<(FiscalYear, Arc<Questionnaire>)>> {
        match self.previous_round(round).await? {
            Some(last) => Ok(Some((last.year, self.questionnaire(last.questionnaire).await?))),
            None => Ok(None),
        }
    }
}

/// What was asked then, as it held. What was not asked has no entry: an answer kept aside never counts, and its blank is
/// none.
fn joined(
    year: FiscalYear,
    now: &Questionnaire,
    then: &Questionnaire,
    links: &[Link],
    answers: &Values,
) -> PreviousAnswers {
    let held = |question: &Question| match answers.get(&question.name) {
        Some(value) => value.clone(),
        None => question.default.clone(),
    };
    let evaluation = Evaluation::new(&then.logic, then.questions.iter().map(held).collect(), Vec::new());
    let joined = links.iter().filter_map(|link| {
        let question = now.question(link.now);
        let asked = link.then.iter().filter(|index| evaluation.is_relevant(**index));
        let sources: Vec<PreviousSource> = asked
            .map(|index| PreviousSource {
                question: then.question(*index).clone(),
                value: evaluation.value(*index).cloned(),
            })
            .collect();
        let PreviousSource { question: earlier, value } = sources.first()?;
        let carries_over = |value: &AnswerValue| link.comparable && lineage::carries_over(question, earlier, value);
        let copy = value.clone().filter(carries_over);
        Some((question.name.clone(), PreviousAnswer { year, sources, copy, comparable: link.comparable }))
    });
    joined.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;
    use crate::service::setup::seeded_questionnaire;

    #[test]
    fn an_answer_that_was_not_asked_for_is_no_last_years_answer() {
        let form = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let stored =
            |name: &str, choice: &str| (QuestionName(name.to_owned()), Some(AnswerValue::Choice(choice.to_owned())));
        // Somebody chose a level (産-2) and then took the engagement (産-1) back, on which it depends.
        let answers = Values::from([stored("ind_00_1", "4"), stored("ind_00_2", "2")]);
        let year = FiscalYear::new(2025).unwrap();
        let previous = joined(year, &form, &form, &lineage::links(&form, &form), &answers);
        let of = |name: &str| previous.get(&QuestionName(name.to_owned()));
        assert_eq!(of("ind_00_1").unwrap().copy, Some(AnswerValue::Choice("4".to_owned())));
        assert!(of("ind_00_2").is_none(), "kept aside");
        assert_eq!(of("ind_00_4").unwrap().sources[0].value, None, "asked and left blank");
    }

    /// The seeded questionnaire with the lineage of its engagement in each field (産-1, 暮-1) changed.
    fn changed(change: impl FnOnce(&mut Question, &mut Question)) -> Questionnaire {
        let mut form = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let [one, other] = ["ind_00_1", "lif_00_1"].map(|name| usize::from(form.find(name).unwrap().0));
        let (before, after) = form.questions.split_at_mut(other);
        change(&mut before[one], &mut after[0]);
        form
    }

    fn answered(now: &Questionnaire) -> PreviousAnswers {
        let then = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let stored = |(name, choice): (&str, &str)| {
            (QuestionName(name.to_owned()), Some(AnswerValue::Choice(choice.to_owned())))
        };
        let answers = [("ind_00_1", "1"), ("lif_00_1", "2")].map(stored).into();
        joined(FiscalYear::new(2025).unwrap(), now, &then, &lineage::links(now, &then), &answers)
    }

    fn of<'p>(previous: &'p PreviousAnswers, name: &str) -> &'p PreviousAnswer {
        &previous[&QuestionName(name.to_owned())]
    }

    #[test]
    fn only_the_answer_to_the_same_question_is_taken_over_and_looked_back_to() {
        let chosen = Some(AnswerValue::Choice("1".to_owned()));
        let renamed = changed(|one, _| {
            one.lineage.derived_from = vec![std::mem::replace(&mut one.concept, "renamed".to_owned())];
        });
        let previous = answered(&renamed);
        assert_eq!(
            (&of(&previous, "ind_00_1").copy, of(&previous, "ind_00_1").comparable_value()),
            (&chosen, chosen.clone())
        );

        let forbidden = changed(|one, _| one.lineage.not_comparable = true);
        let split = changed(|one, other| {
            let whole = std::mem::replace(&mut one.concept, "part_1".to_owned());
            one.lineage.derived_from = vec![whole.clone()];
            other.concept = "part_2".to_owned();
            other.lineage.derived_from = vec![whole];
        });
        for (form, names) in [(forbidden, &["ind_00_1"][..]), (split, &["ind_00_1", "lif_00_1"][..])] {
            let previous = answered(&form);
            for name in names {
                let shown = of(&previous, name);
                assert_eq!((&shown.copy, shown.comparable_value()), (&None, None), "{name}");
                assert_eq!(shown.sources[0].value, chosen, "it is shown all the same");
            }
        }
    }

    #[test]
    fn a_merged_question_shows_every_answer_that_it_is_made_of() {
        let merged = changed(|one, other| {
            one.lineage.derived_from =
                vec![std::mem::replace(&mut one.concept, "both".to_owned()), other.concept.clone()];
            other.concept = "another".to_owned();
        });
        let previous = answered(&merged);
        let shown = of(&previous, "ind_00_1");
        assert_eq!((&shown.copy, shown.comparable, shown.sources.len()), (&None, false, 2));
        let answers: Vec<(&str, Option<&AnswerValue>)> =
            shown.answers().map(|(question, value)| (question.name.as_str(), value)).collect();
        let [one, other] = ["1", "2"].map(|choice| AnswerValue::Choice(choice.to_owned()));
        assert_eq!(answers, [("ind_00_1", Some(&one)), ("lif_00_1", Some(&other))]);
        assert!(!previous.contains_key(&QuestionName("lif_00_1".to_owned())), "it is another question");
    }
}
