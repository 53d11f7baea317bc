//! What there is to look at before a round opens: its blank form, for whoever answers and for whoever prepares it, and the
//! receipt of the year before.

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::response::ResponseState;
use shared::round::RoundState;

use super::{Error, Form, Result, Service};
use crate::access::Role;
use crate::service::rounds::require;
use crate::store::{AccountRecord, Extension, ResponseRecord, RoundRecord, StoredAnswers};

impl Service {
    /// The response of the account's own municipality, or the blank form of a round that is not open yet.
    pub async fn own_or_blank_form(&self, account: &AccountRecord, year: FiscalYear) -> Result<Form> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        if round.state != RoundState::Draft {
            return self.form(year, code).await;
        }
        let municipality = self.register(&round).await?.remove(&code).ok_or(Error::NotFound)?;
        self.blank_form(round, municipality).await
    }

    /// What the first municipality of the register would see if the round were open and nothing answered yet: an example
    /// for whoever prepares the round. Nothing of it can be saved.
    pub async fn example_form(&self, account: &AccountRecord, year: FiscalYear) -> Result<Form> {
        require(account, Role::Officer)?;
        let mut round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let (_, municipality) = self.register(&round).await?.pop_first().ok_or(Error::NotFound)?;
        round.state = RoundState::Open;
        self.blank_form(round, municipality).await
    }

    async fn blank_form(&self, round: RoundRecord, municipality: Municipality) -> Result<Form> {
        let (year, code) = (round.year, municipality.code);
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let previous = self.previous_answers(&round, &questionnaire, code).await?;
        let state = ResponseState::NotStarted;
        let response = ResponseRecord { year, code, state, revision: 0, answered: 0, updated_at: None, receipt: None };
        let answers = StoredAnswers::new();
        Ok(Form {
            round,
            municipality,
            response,
            questionnaire,
            answers,
            previous,
            returned: Vec::new(),
            extension: Extension::default(),
            open: None,
        })
    }

    /// Year and number of the last receipt before that year.
    pub async fn earlier_receipt(
        &self,
        year: FiscalYear,
        code: MunicipalityCode,
    ) -> Result<Option<(FiscalYear, String)>> {
        let earlier = self.store.rounds().await?.into_iter().map(|round| round.year).filter(|other| *other < year);
        for year in earlier {
            let response = self.store.response(year, code).await?;
            if let Some(receipt) = response.and_then(|response| response.receipt) {
                return Ok(Some((year, receipt.number)));
            }
        }
        Ok(None)
    }
}
