//! Which questions' results somebody opened: what nobody opens may not be worth asking.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

use shared::fiscal_year::FiscalYear;

use super::{Result, Service};
use crate::store::QuestionUse;

/// So many are noted; there are fewer questions, years and ways.
const MOST: usize = 50_000;

/// What was noted since the server started, so that each is written once.
#[derive(Debug, Default)]
pub struct Noted(Mutex<HashSet<QuestionUse>>);

impl Service {
    /// Notes that a question's results were opened. Whoever reads does not wait for it, and it fails for nobody.
    pub fn note_question_use(&self, new: QuestionUse) {
        let mut noted = self.questions_noted.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() >= MOST || !noted.insert(new.clone()) {
            return;
        }
        drop(noted);
        let (store, at) = (self.store.clone(), self.clock.now());
        tokio::spawn(async move {
            if let Err(error) = store.add_question_use(&new, at).await {
                tracing::warn!(%error, "it was not noted that a question's results were opened");
            }
        });
    }

    /// 概念IDs of the questions whose results of that year somebody opened.
    pub(super) async fn questions_used(&self, year: FiscalYear) -> Result<BTreeSet<String>> {
        let mut used = self.store.questions_used(year).await?;
        let noted = self.questions_noted.0.lock().unwrap_or_else(PoisonError::into_inner);
        used.extend(noted.iter().filter(|noted| noted.year == year).map(|noted| noted.concept.clone()));
        Ok(used)
    }
}
