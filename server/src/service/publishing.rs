//! Publishing a finalized round: its results are frozen with a hash.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use foldhash::fast::RandomState;
use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, FieldEngagement, applying, predecessor};
use shared::municipality::{Municipality, MunicipalityCode};
use shared::publication::{Publication, PublishedMunicipality, PublishedQuestion, QuestionPlace, Snapshot};
use shared::questionnaire::{Evaluation, Group, Question, QuestionIndex, Questionnaire, Section};
use shared::response::{AnswerValue, Cell, ResponseState, cell_of};
use shared::round::RoundState;
use tokio::task::JoinHandle;

use super::answering::hex;
use super::correcting::{READ_BY_ALL, required};
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::export::dataset::Years;
use crate::store::{self, AccountRecord, AnswerValues, RoundRecord};

/// Answers that are being read.
pub(super) type Reading = JoinHandle<store::Result<Vec<(MunicipalityCode, AnswerValues)>>>;

impl Service {
    /// Publishes a finalized round; after an earlier publication as its correction, with the reason.
    pub async fn publish_round(&self, account: &AccountRecord, year: FiscalYear, reason: &str) -> Result<()> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        if round.state != RoundState::Finalized {
            return Err(Error::Refused("公表できるのは、確定した調査だけです。".to_owned()));
        }
        // Before the snapshot: what is decided while it is made is noticed.
        let plan = self.store.release_plan(year).await?.map_or(0, |record| record.revision);
        let publication = self.publication_of(&round, reason).await?;
        let changed = self.store.publish_round(&publication, plan, &account.author()).await?;
        self.forget_publications();
        done(changed)?;
        // What exports read; made anew when it is missing.
        self.published_rounds(Years::One(year)).await.map(drop)
    }

    /// The publication that the round would make now.
    pub(super) async fn publication_of(&self, round: &RoundRecord, reason: &str) -> Result<Publication> {
        let revision = self.next_revision(round.year).await?;
        let reason = if revision == 1 { "" } else { required(reason, READ_BY_ALL)? };
        let mut snapshot = self.snapshot(round).await?;
        if revision > 1 {
            // Also one that was taken back was read.
            let earlier = self.revision_kept(round.year, revision - 1).await?;
            snapshot = snapshot.correcting(&earlier.snapshot).map_err(|error| Error::Internal(error.to_string()))?;
        }
        let sha256 = hash(&snapshot)?;
        let (published_at, reason) = (self.clock.now(), reason.to_owned());
        Ok(Publication { year: round.year, revision, published_at, reason, sha256, snapshot: Arc::new(snapshot) })
    }

    pub(super) fn forget_publications(&self) {
        *self.publications.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The round's results as they stand.
    pub async fn snapshot(&self, round: &RoundRecord) -> Result<Snapshot> {
        self.snapshot_of(round, self.read_answers(round.year)).await
    }

    /// Begins to read all answers of a round.
    pub(super) fn read_answers(&self, year: FiscalYear) -> Reading {
        let store = self.store.clone();
        tokio::spawn(async move { store.answer_values_of_round(year).await })
    }

    /// The round's results from those answers.
    pub(super) async fn snapshot_of(&self, round: &RoundRecord, answers: Reading) -> Result<Snapshot> {
        let dates = round.dates.ok_or_else(|| Error::Refused("受付を開始していない調査です。".to_owned()))?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let before = self.publications().await?.iter().map(|p| p.year).filter(|year| *year < round.year).max();
        let plan = self.store.release_plan(round.year).await?.map(|record| record.plan).unwrap_or_default();
        let mut questions = published_questions(&questionnaire);
        for question in &mut questions {
            question.visibility = plan.of(&question.name, question.visibility);
        }
        let snapshot = Snapshot {
            year: round.year,
            reference_date: dates.reference_date,
            questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
            questions,
            indicators: Vec::new(),
            municipalities: self.published_municipalities(round, &questionnaire, answers).await?,
            demonstration: self.is_demonstration().await?,
            small_cells: plan.small_cells,
        };
        evaluated(snapshot, &self.definitions().await?, before)
    }

    /// Every response of the round as it counts, by municipality code. Only values are read, so that a national round
    /// takes no longer than it must.
    pub(super) async fn published_municipalities(
        &self,
        round: &RoundRecord,
        questionnaire: &Questionnaire,
        answers: Reading,
    ) -> Result<Vec<PublishedMunicipality>> {
        let mut register = self.register(round).await?;
        let answers = answers.await.map_err(|error| Error::Internal(error.to_string()))?;
        let mut answers: BTreeMap<_, _> = answers?.into_iter().collect();
        let mut previous = if questionnaire.logic.looks_back() {
            self.previous_answers_of_round(round, questionnaire, None).await?
        } else {
            BTreeMap::new()
        };
        let places: HashMap<&str, usize, RandomState> =
            questionnaire.questions.iter().enumerate().map(|(place, q)| (q.name.as_str(), place)).collect();
        let responses = self.store.responses(round.year).await?.into_iter().filter_map(|response| {
            let municipality = register.remove(&response.code)?;
            let mut values: Vec<Option<AnswerValue>> =
                questionnaire.questions.iter().map(|question| question.default.clone()).collect();
            for (question, value) in answers.remove(&response.code).unwrap_or_default() {
                if let Some(place) = places.get(question.as_str()) {
                    values[*place] = value;
                }
            }
            let earlier = previous.remove(&response.code).unwrap_or_default();
            let earlier = |question: &Question| earlier.get(&question.name)?.comparable_value();
            let earlier = questionnaire.questions.iter().map(earlier).collect();
            let evaluation = Evaluation::new(&questionnaire.logic, values, earlier);
            Some(freeze(municipality, response.state, questionnaire, &evaluation))
        });
        Ok(responses.collect())
    }
}

/// The snapshot with each municipality's fields and with the outcome of every definition that applies to its year.
/// `before` is the last year published before it: a definition of that year that was replaced makes the bridge.
pub fn evaluated(mut snapshot: Snapshot, definitions: &[Definition], before: Option<FiscalYear>) -> Result<Snapshot> {
    let of_year = applying(definitions, snapshot.year);
    let evaluation = snapshot.evaluate(official(&of_year, snapshot.year)?);
    let fields: Vec<_> = snapshot.municipalities.iter().map(|m| evaluation.field_engagement(m)).collect();
    let compute = |definition: &Definition| {
        let replaced = before.and_then(|before| predecessor(definitions, definition, before));
        snapshot.compute(definition.clone(), replaced.cloned())
    };
    let indicators = of_year.into_iter().map(compute).collect();
    for (municipality, fields) in snapshot.municipalities.iter_mut().zip(fields) {
        municipality.fields = fields;
    }
    snapshot.indicators = indicators;
    Ok(snapshot)
}

/// SHA-256 of the snapshot's JSON, in hexadecimal.
pub fn hash(snapshot: &Snapshot) -> Result<String> {
    let json = serde_json::to_string(snapshot).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hex(&Sha256::digest(json.as_bytes())))
}

/// The one official definition of the year.
pub(super) fn official<'d>(definitions: &[&'d Definition], year: FiscalYear) -> Result<&'d Definition> {
    let mut official = definitions.iter().copied().filter(|d| d.official);
    match (official.next(), official.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Error::Refused(format!("{year}に公式の定義がありません。指標の定義を確認してください。"))),
        (Some(_), Some(_)) => {
            Err(Error::Refused(format!("{year}に公式の定義が2つ以上あります。指標の定義を確認してください。")))
        }
    }
}

pub(super) fn published_questions(questionnaire: &Questionnaire) -> Vec<PublishedQuestion> {
    let places = places(questionnaire);
    let asked = questionnaire.indexed().filter(|(_, q)| q.kind.takes_answer());
    asked
        .map(|(index, q)| PublishedQuestion {
            name: q.name.to_string(),
            number: q.number.clone(),
            concept: q.concept.clone(),
            label: q.label.clone(),
            choices: q.kind.choices().to_vec(),
            unit: q.unit.clone(),
            visibility: q.visibility,
            lineage: q.lineage.clone(),
            withheld: None,
            place: places.get(&index).cloned(),
        })
        .collect()
}

/// Where each question stands.
fn places(questionnaire: &Questionnaire) -> BTreeMap<QuestionIndex, QuestionPlace> {
    let of_group = |section: &Section, group: &Group| {
        let place = QuestionPlace {
            section: section.name.as_str().to_owned(),
            section_title: section.title.clone(),
            field: section.field,
            group: group.name.clone(),
            group_title: group.title.clone().unwrap_or_default(),
        };
        group.questions.iter().map(|index| (*index, place.clone())).collect::<Vec<_>>()
    };
    let groups = questionnaire.sections.iter().flat_map(|section| section.groups.iter().map(move |g| (section, g)));
    groups.flat_map(|(section, group)| of_group(section, group)).collect()
}

/// The cells of one response as evaluated; its fields are filled in once the official definition is evaluated.
pub fn freeze(
    municipality: Municipality,
    state: ResponseState,
    questionnaire: &Questionnaire,
    evaluation: &Evaluation<'_>,
) -> PublishedMunicipality {
    let asked = questionnaire.indexed().filter(|(_, q)| q.kind.takes_answer());
    let cells = asked.map(|(index, question)| {
        if state.is_handed_in() {
            cell_of(question, evaluation.is_relevant(index), evaluation.value(index))
        } else {
            Cell::NotSubmitted
        }
    });
    PublishedMunicipality { municipality, state, fields: FieldEngagement::new(), cells: cells.collect() }
}
