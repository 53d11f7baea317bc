//! Use cases: what people do with Shirabe, in domain terms.
//!
//! - [`accounts`]: who they are; [`invitations`]: setting a password; [`personnel`]: the officer's care for accounts
//! - [`second_factor`]: a code beside the password
//! - [`account_import`]: accounts from a file
//! - [`api_tokens`]: their personal tokens for the API
//! - [`rounds`]: the year of the prefecture; [`preparing`]: the next one, and its questionnaire
//! - [`answering`]: filling in and handing in a response
//! - [`approval`]: the municipality's own approval before handing in
//! - [`tasks`]: sections handed out inside a municipality
//! - [`course`]: what the events of a response say together
//! - [`extending`]: later deadlines of single municipalities
//! - [`checking`]: what in the responses should be looked at again, and what changed in one
//! - [`inquiries`]: 県からの確認・県への質問, and Q&A for everybody
//! - [`reminding`]: 督促 by e-mail
//! - [`review`]: the prefecture reads and accepts responses
//! - [`returning`]: the prefecture sends responses back
//! - [`publishing`]: the frozen snapshot
//! - [`correcting`]: what is disclosed, and what was published is corrected or taken back
//! - [`preview`]: everything as it would be if a round were published
//! - [`results`]: what was published, what stands since a round was closed, and the cube of both
//! - [`definitions`]: indicators' definitions, and new versions of them
//! - [`verification`]: published figures computed anew
//! - [`reference`]: public figures beside the questions
//! - [`standing`]: where a municipality stands, right after it has handed in
//! - [`comparison`]: a municipality among others
//! - [`auditing`]: 監査記録, read and verified
//! - [`boundaries`]: boundaries of municipalities, for maps
//! - [`exporting`]: datasets as files; [`snapshots`]: the columns kept of publications
//! - [`importing`]: responses of earlier years from files
//! - [`ledger`]: the plan's KPIs; [`roadmap`]: its measures
//! - [`setup`]: a new database
//! - [`workbook`]: a response as a workbook, out and in
//! - [`demonstration`]: generated data that say so

pub mod account_import;
pub mod accounts;
pub mod answering;
pub mod api_tokens;
pub mod approval;
pub mod auditing;
pub mod boundaries;
pub mod checking;
pub mod comparison;
pub mod correcting;
pub mod course;
pub mod dates;
pub mod definitions;
pub mod demonstration;
pub mod error;
pub mod exporting;
pub mod extending;
pub mod importing;
pub mod inquiries;
pub mod invitations;
pub mod ledger;
pub mod personnel;
pub mod preparing;
pub mod preview;
pub mod publishing;
pub mod question_use;
pub mod reference;
pub mod reminding;
pub mod results;
pub mod returning;
pub mod review;
pub mod roadmap;
pub mod rounds;
pub mod second_factor;
pub mod setup;
pub mod snapshots;
pub mod standing;
pub mod tasks;
pub mod verification;
pub mod workbook;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use shared::publication::Publication;
use shared::questionnaire::Questionnaire;

use crate::clock::Clock;
use crate::store::{QuestionnaireId, Store};

pub use error::{Error, Result};

/// All use cases on one store.
///
/// One server process works on a database: questionnaires (immutable) and publications are kept in memory.
pub struct Service {
    store: Arc<dyn Store>,
    clock: Clock,
    questionnaires: RwLock<HashMap<QuestionnaireId, Arc<Questionnaire>>>,
    /// Of a questionnaire and the one before it: which questions continue one, and whether they may be compared.
    comparable: RwLock<HashMap<[QuestionnaireId; 2], BTreeMap<String, bool>>>,
    publications: RwLock<Option<Arc<Vec<Publication>>>>,
    kept_results: results::KeptResults,
    boundaries: boundaries::KeptBoundaries,
    reference_mappings: Vec<reference::Mapping>,
    snapshots: snapshots::Folder,
    second_factor_key: second_factor::key_file::KeyFile,
    questions_noted: question_use::Noted,
    previewed: Option<Publication>,
}

impl Service {
    /// The use cases on that store.
    pub fn new(store: Arc<dyn Store>, clock: Clock) -> Self {
        Self {
            store,
            clock,
            questionnaires: RwLock::default(),
            comparable: RwLock::default(),
            publications: RwLock::default(),
            kept_results: results::KeptResults::default(),
            boundaries: boundaries::KeptBoundaries::default(),
            reference_mappings: Vec::new(),
            snapshots: snapshots::Folder::default(),
            second_factor_key: second_factor::key_file::KeyFile::default(),
            questions_noted: question_use::Noted::default(),
            previewed: None,
        }
    }

    /// The store, for what needs it directly: sessions, readiness.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The questionnaire of that id, read once.
    async fn questionnaire(&self, id: QuestionnaireId) -> Result<Arc<Questionnaire>> {
        let known = self.questionnaires.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(questionnaire) = known {
            return Ok(questionnaire);
        }
        let questionnaire = Arc::new(self.store.questionnaire(id).await?.ok_or(Error::NotFound)?);
        let mut cache = self.questionnaires.write().unwrap_or_else(PoisonError::into_inner);
        Ok(cache.entry(id).or_insert(questionnaire).clone())
    }
}
