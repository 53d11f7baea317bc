//! Publishing a finalized round: its results are frozen with a hash.

use sha2::{Digest, Sha256};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, FieldEngagement, applying, predecessor};
use shared::publication::{Publication, PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::questionnaire::Questionnaire;
use shared::response::{Cell, cell_of};
use shared::round::RoundState;
use std::sync::PoisonError;

use super::answering::{Form, hex};
use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
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
        let json = serde_json::to_string(&snapshot).map_err(|e| Error::Internal(e.to_string()))?;
        let sha256 = hex(&Sha256::digest(json.as_bytes()));
        let publication = Publication { year, revision: 1, published_at: self.clock.now(), sha256, snapshot };
        let changed = self.store.publish_round(&publication, by).await?;
        *self.publications.write().unwrap_or_else(PoisonError::into_inner) = None;
        done(changed)
    }

    /// The round's results as they stand.
    pub async fn snapshot(&self, round: &RoundRecord) -> Result<Snapshot> {
        let dates = round.dates.ok_or_else(|| Error::Refused("受付を開始していない調査です。".to_owned()))?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let definitions = self.definitions().await?;
        let of_year = applying(&definitions, round.year);
        let official = official(&of_year, round.year)?;
        let before = self.publications().await?.iter().map(|p| p.year).filter(|year| *year < round.year).max();
        let snapshot = Snapshot {
            year: round.year,
            reference_date: dates.reference_date,
            questionnaire: (questionnaire.form_id.clone(), questionnaire.version.clone()),
            questions: published_questions(&questionnaire),
            indicators: Vec::new(),
            municipalities: self.forms(round).await?.iter().map(published).collect(),
            demonstration: self.is_demonstration().await?,
        };
        let evaluation = snapshot.evaluate(official);
        let fields: Vec<_> = snapshot.municipalities.iter().map(|m| evaluation.field_engagement(m)).collect();
        let compute = |definition: &Definition| {
            let replaced = before.and_then(|before| predecessor(&definitions, definition, before));
            snapshot.compute(definition.clone(), replaced.cloned())
        };
        let indicators = of_year.into_iter().map(compute).collect();
        let mut municipalities = snapshot.municipalities.clone();
        for (municipality, fields) in municipalities.iter_mut().zip(fields) {
            municipality.fields = fields;
        }
        Ok(Snapshot { indicators, municipalities, ..snapshot })
    }
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

/// The cells of one response; its fields are filled in once the official definition is evaluated.
fn published(form: &Form) -> PublishedMunicipality {
    let state = form.response.state;
    let evaluation = form.evaluation();
    let asked = form.questionnaire.indexed().filter(|(_, q)| q.kind.takes_answer());
    let cells = asked.map(|(index, question)| {
        if state.is_handed_in() {
            cell_of(question, evaluation.is_relevant(index), evaluation.value(index))
        } else {
            Cell::NotSubmitted
        }
    });
    PublishedMunicipality {
        municipality: form.municipality.clone(),
        state,
        fields: FieldEngagement::new(),
        cells: cells.collect(),
    }
}
