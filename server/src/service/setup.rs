//! A new database: the register, the definitions, the published counts, the KPI ledger, the roadmap, the questionnaire.

use std::sync::Arc;

use shared::questionnaire::Questionnaire;

use super::{Error, Result, Service};
use crate::seeds::{SeedError, Seeds};
use crate::store::{Author, QuestionnaireId, StoreError};
use crate::xlsform;

/// Setting that marks generated data.
pub const DEMONSTRATION: &str = "demonstration";
const SEEDED: &str = "seeded";

/// Why a new database could not be filled. Nothing is half-filled: seeding goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A seed file is wrong.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The questionnaire has errors.
    #[error("調査票に誤りがあります。\n{0}")]
    Questionnaire(String),
    /// A use case failed.
    #[error(transparent)]
    Service(#[from] Error),
}

impl From<StoreError> for SetupError {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

/// The system itself, as author.
pub fn system() -> Author {
    Author { account: None, name: "システム".to_owned() }
}

impl Service {
    /// Fills a new database from the seeds, once. All files are read and checked before anything is written.
    pub async fn seed(&self, seeds: &Seeds) -> std::result::Result<(), SetupError> {
        if self.store.setting(SEEDED).await?.is_some() {
            return self.seed_roadmap(seeds).await;
        }
        let roadmap = seeds.roadmap()?;
        let municipalities = seeds.municipalities()?;
        let definitions = seeds.definitions()?;
        let counts = seeds.reference_counts()?;
        let kpis = seeds.kpis()?;
        let questionnaire = seeded_questionnaire(seeds)?;
        self.store.put_municipalities(&municipalities, self.clock.now()).await?;
        unless_there(self.store.add_definitions(&definitions).await)?;
        unless_there(self.store.add_reference_counts(&counts).await)?;
        unless_there(self.store.add_kpis(&kpis, &system(), self.clock.now()).await)?;
        unless_there(self.store.add_roadmap(&roadmap, &system(), self.clock.now()).await)?;
        self.add_questionnaire(&questionnaire).await?;
        Ok(self.store.set_setting(SEEDED, "1").await?)
    }

    /// A database that was filled before there was a roadmap gets it. Its items are never removed.
    async fn seed_roadmap(&self, seeds: &Seeds) -> std::result::Result<(), SetupError> {
        if !self.store.roadmap().await?.is_empty() {
            return Ok(());
        }
        let roadmap = seeds.roadmap()?;
        Ok(unless_there(self.store.add_roadmap(&roadmap, &system(), self.clock.now()).await)?)
    }

    /// Adds a questionnaire, or finds the one of the same `form_id` and `version`.
    pub async fn add_questionnaire(&self, questionnaire: &Questionnaire) -> Result<QuestionnaireId> {
        let (form_id, version) = (&questionnaire.form_id, &questionnaire.version);
        match self.store.find_questionnaire(form_id, version).await? {
            Some(id) => {
                if *self.questionnaire(id).await? == *questionnaire {
                    return Ok(id);
                }
                Err(Error::Refused(format!(
                    "調査票 {form_id} の版 {version} は、別の内容ですでに登録されています。settingsシートのversionを新しくしてください。"
                )))
            }
            None => Ok(self.store.add_questionnaire(questionnaire, self.clock.now()).await?),
        }
    }

    /// The questionnaire of that `form_id` and `version`, whole.
    pub async fn questionnaire_version(&self, form_id: &str, version: &str) -> Result<Arc<Questionnaire>> {
        match self.store.find_questionnaire(form_id, version).await? {
            Some(id) => self.questionnaire(id).await,
            None => Err(Error::Refused(format!("調査票 {form_id} の版 {version} は登録されていません。"))),
        }
    }

    /// The questionnaire of the latest round.
    pub async fn latest_questionnaire(&self) -> Result<Arc<Questionnaire>> {
        match self.store.rounds().await?.first() {
            Some(round) => self.questionnaire(round.questionnaire).await,
            None => Err(Error::Refused("調査がありません。--questionnaire で調査票を指定してください。".to_owned())),
        }
    }

    /// The questionnaire of that `form_id` and `version`.
    pub async fn find_questionnaire(&self, form_id: &str, version: &str) -> Result<Option<QuestionnaireId>> {
        Ok(self.store.find_questionnaire(form_id, version).await?)
    }
}

/// The questionnaire in `questionnaires/2026/`.
pub fn seeded_questionnaire(seeds: &Seeds) -> std::result::Result<Questionnaire, SetupError> {
    let folder = "questionnaires/2026";
    let sheet = |name: &str| seeds.text(&format!("{folder}/{name}.csv"));
    let sheets = xlsform::read_embedded(&sheet("survey")?, &sheet("choices")?, &sheet("settings")?);
    let compilation = xlsform::compile(&sheets.map_err(|e| SetupError::Questionnaire(format!("{folder}: {e}")))?);
    compilation.questionnaire.ok_or_else(|| {
        let findings: Vec<String> = compilation.findings.iter().map(|f| format!("{folder}/{f}")).collect();
        SetupError::Questionnaire(findings.join("\n"))
    })
}

/// Seeding that was interrupted finds some of its rows there already.
fn unless_there(result: crate::store::Result<()>) -> crate::store::Result<()> {
    match result {
        Err(StoreError::Exists(_)) => Ok(()),
        other => other,
    }
}
