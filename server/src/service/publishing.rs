//! Publishing a finalized round: its results are frozen with a hash.

use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Engagement, Field, FieldEngagement, Outcome};
use shared::publication::{Publication, PublishedIndicator, PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::questionnaire::Questionnaire;
use shared::response::{Cell, cell_of};
use shared::round::RoundState;
use std::sync::PoisonError;

use super::answering::{Form, hex};
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::export::dataset::Years;
use crate::store::{AccountRecord, Author, RoundRecord};

impl Service {
    /// Publishes a finalized round.
    pub async fn publish_round(&self, account: &AccountRecord, year: FiscalYear) -> Result<()> {
        require(account, Role::Officer)?;
        self.publish(year, &account.author()).await
    }

    pub(super) async fn publish(&self, year: FiscalYear, by: &Author) -> Result<()> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        if round.state != RoundState::Finalized {
            return Err(Error::Refused("公表できるのは、確定した調査だけです。".to_owned()));
        }
        let snapshot = self.snapshot(&round).await?;
        let sha256 = hash(&snapshot)?;
        let publication = Publication { year, revision: 1, published_at: self.clock.now(), sha256, snapshot };
        let changed = self.store.publish_round(&publication, by).await?;
        *self.publications.write().unwrap_or_else(PoisonError::into_inner) = None;
        done(changed)?;
        // What exports read; made anew when it is missing.
        self.published_rounds(Years::One(year)).await.map(drop)
    }

    /// The round's results as they stand.
    pub async fn snapshot(&self, round: &RoundRecord) -> Result<Snapshot> {
        let dates = round.dates.ok_or_else(|| Error::Refused("受付を開始していない調査です。".to_owned()))?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let definitions: Vec<Definition> =
            self.definitions().await?.into_iter().filter(|d| d.applies_to(round.year)).collect();
        let official = official(&definitions, round.year)?;
        let municipalities: Vec<_> = self.forms(round).await?.iter().map(|form| published(form, official)).collect();
        Ok(Snapshot {
            year: round.year,
            reference_date: dates.reference_date,
            questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
            questions: published_questions(&questionnaire),
            indicators: definitions
                .iter()
                .map(|definition| PublishedIndicator {
                    definition: definition.clone(),
                    outcome: evaluate(definition, &municipalities),
                })
                .collect(),
            municipalities,
            demonstration: self.is_demonstration().await?,
        })
    }
}

/// SHA-256 of the snapshot's JSON, in hexadecimal.
pub(super) fn hash(snapshot: &Snapshot) -> Result<String> {
    let json = serde_json::to_string(snapshot).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(hex(&Sha256::digest(json.as_bytes())))
}

/// The one official definition of the year.
fn official(definitions: &[Definition], year: FiscalYear) -> Result<&Definition> {
    let mut official = definitions.iter().filter(|d| d.official);
    match (official.next(), official.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Error::Refused(format!("{year}に公式の定義がありません。指標の定義を確認してください。"))),
        (Some(_), Some(_)) => {
            Err(Error::Refused(format!("{year}に公式の定義が2つ以上あります。指標の定義を確認してください。")))
        }
    }
}

pub(super) fn published_questions(questionnaire: &Questionnaire) -> Vec<PublishedQuestion> {
    let asked = questionnaire.questions.iter().filter(|q| q.kind.takes_answer());
    asked
        .map(|q| PublishedQuestion {
            name: q.name.to_string(),
            number: q.number.clone(),
            concept: q.concept.clone(),
            label: q.label.clone(),
            choices: q.kind.choices().to_vec(),
            unit: q.unit.clone(),
            visibility: q.visibility,
            lineage: q.lineage.clone(),
        })
        .collect()
}

fn published(form: &Form, official: &Definition) -> PublishedMunicipality {
    let state = form.response.state;
    let accepted = state == shared::response::ResponseState::Accepted;
    let evaluation = form.evaluation();
    let asked: Vec<_> = form.questionnaire.indexed().filter(|(_, q)| q.kind.takes_answer()).collect();
    let cells: Vec<Cell> = asked
        .iter()
        .map(|(index, question)| {
            if state.is_handed_in() {
                cell_of(question, evaluation.is_relevant(*index), evaluation.value(*index))
            } else {
                Cell::NotSubmitted
            }
        })
        .collect();
    let field = |field: Field| -> Engagement {
        let concept = official.engaged_questions.get(&field);
        let place = concept.and_then(|concept| asked.iter().position(|(_, q)| q.concept == *concept));
        place.and_then(|i| cells.get(i)).map_or(Engagement::Undetermined, |cell| official.engagement(accepted, cell))
    };
    let fields: FieldEngagement = Field::ALL.into_iter().map(|f| (f, field(f))).collect();
    PublishedMunicipality { municipality: form.municipality.clone(), state, fields, cells }
}

/// Counts a definition's rule over the register.
pub(super) fn evaluate(definition: &Definition, municipalities: &[PublishedMunicipality]) -> Outcome {
    Outcome::count(municipalities.iter().map(|m| (definition.rule.decide(&m.fields), m.state.is_handed_in())))
}
