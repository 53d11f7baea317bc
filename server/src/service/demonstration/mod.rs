//! Demonstration data, made by a seeded generator and marked as such in the database.
//!
//! FY2023–FY2025 are generated and published, FY2026 is open and partly answered. FY2022 stays what it is: three
//! published counts. Everything goes through the same use cases as real answers do.

pub mod generator;

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::Questionnaire;
use shared::time::Timestamp;

use self::generator::Generator;
use super::accounts::AccountRequest;
use super::answering::Form;
use super::extending::{Decision, Until};
use super::setup::{DEMONSTRATION, SetupError};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::clock::Clock;
use crate::store::{AccountRecord, NewAnswer, RoundDates};

/// Password of every demonstration account. There are none outside `--demo`.
pub const PASSWORD: &str = "shirabe-demo-2026";
/// Prefecture that the demonstration plays in.
const PREFECTURE: &str = "02";
const DAY: i64 = 86_400_000;

/// Accounts of the demonstration besides each municipality's respondent (`m` and its code): login name, label, role.
pub const STAFF: [(&str, &str, Role); 3] = [
    ("officer", "県DX推進課（架空）", Role::Officer),
    ("analyst", "分析担当（架空）", Role::Analyst),
    ("councilmember", "電子自治体推進協議会（架空）", Role::Member),
];

/// Municipalities whose respondents are members of the council too: they read who already does what they plan.
const MEMBERS: [&str; 3] = ["022055", "023612", "024121"];

/// Login name of a municipality's respondent.
pub fn respondent(code: MunicipalityCode) -> String {
    format!("m{code}")
}

impl Service {
    /// Fills a seeded, otherwise empty database with generated accounts, rounds and answers.
    pub async fn demonstrate(&self, questionnaire: &Questionnaire) -> std::result::Result<(), SetupError> {
        if self.is_demonstration().await? {
            return Ok(());
        }
        if !self.rounds().await?.is_empty() || !self.accounts().await?.is_empty() {
            let message = "デモデータは、空のデータベースにだけ作成できます。別のファイルを指定してください。";
            return Err(Error::Refused(message.to_owned()).into());
        }
        // Marked first, so that whatever follows can never be taken for real answers.
        self.store().set_setting(DEMONSTRATION, "1").await?;
        self.demonstration_accounts().await?;
        for year in [2023, 2024, 2025] {
            self.past_round(questionnaire, FiscalYear::new(year).map_err(|e| Error::Internal(e.to_string()))?).await?;
        }
        Ok(self.open_demonstration_round(questionnaire).await?)
    }

    async fn demonstration_accounts(&self) -> Result<()> {
        for (login_name, label, role) in STAFF {
            self.demonstration_account(login_name.to_owned(), label.to_owned(), [role].into(), None).await?;
        }
        for municipality in self.store().municipalities(Some(PREFECTURE)).await? {
            let (code, name) = (municipality.code, "企画課（架空）".to_owned());
            let mut roles = BTreeSet::from([Role::Respondent]);
            if MEMBERS.contains(&code.as_str()) {
                roles.insert(Role::Member);
            }
            self.demonstration_account(respondent(code), name, roles, Some(code)).await?;
        }
        Ok(())
    }

    async fn demonstration_account(
        &self,
        login_name: String,
        display_name: String,
        roles: BTreeSet<Role>,
        municipality: Option<MunicipalityCode>,
    ) -> Result<()> {
        let password = Some(PASSWORD.to_owned());
        let request = AccountRequest { login_name, display_name, password, email: None, municipality, roles };
        self.add_account(request).await?;
        Ok(())
    }

    /// The same use cases, at another time.
    fn at(&self, moment: Timestamp) -> Self {
        Self::new(self.store().clone(), Clock::Fixed(moment))
    }

    async fn demonstration_officer(&self) -> Result<AccountRecord> {
        self.store().account_by_login(STAFF[0].0).await?.ok_or(Error::NotFound)
    }

    async fn past_round(&self, questionnaire: &Questionnaire, year: FiscalYear) -> Result<()> {
        let officer = self.demonstration_officer().await?;
        let questionnaire = Questionnaire {
            version: format!("{}.1", year.year()),
            title: format!("{} DXの推進に関する市町村アンケート", year.wareki()),
            ..questionnaire.clone()
        };
        let on = |text: String| Timestamp::parse_jst(&text).ok_or_else(|| Error::Internal(format!("no date: {text}")));
        let opened = on(format!("{}-10-01T09:00", year.year()))?;
        let deadline = on(format!("{}-11-20T17:00", year.year()))?;
        let reference_date = on(format!("{}-04-01T00:00", year.year()))?;
        let decided = on(format!("{}-01-20T10:00", year.year() + 1))?;

        let open = self.at(opened);
        let id = open.add_questionnaire(&questionnaire).await?;
        open.add_round(year, id, Some(PREFECTURE), officer.author()).await?;
        open.open_round(&officer, year, RoundDates { reference_date, deadline }).await?;
        let register = self.store().municipalities(Some(PREFECTURE)).await?;
        for (place, municipality) in register.iter().enumerate() {
            // Each year one or two others do not respond.
            if (place + 7 * usize::from(year.year())).is_multiple_of(27) {
                continue;
            }
            let moment = Timestamp(deadline.0 - DAY * (1 + i64::try_from(place % 20).unwrap_or(0)));
            let then = self.at(moment);
            let account = then.answer(year, municipality.code, usize::MAX).await?;
            then.submit(&account, year).await?;
            self.at(Timestamp(deadline.0 + DAY)).accept(&officer, year, municipality.code).await?;
        }
        self.at(Timestamp(deadline.0 + DAY)).close_round(&officer, year).await?;
        self.at(decided).finalize_round(&officer, year).await?;
        self.at(Timestamp(decided.0 + 20 * DAY)).publish_round(&officer, year, "").await
    }

    async fn open_demonstration_round(&self, questionnaire: &Questionnaire) -> Result<()> {
        let officer = self.demonstration_officer().await?;
        let year = FiscalYear::new(2026).map_err(|e| Error::Internal(e.to_string()))?;
        let now = self.clock().now();
        let opened = Timestamp(now.0 - 21 * DAY);
        let reference_date =
            Timestamp::parse_jst("2026-04-01T00:00").ok_or_else(|| Error::Internal("no date".to_owned()))?;
        let open = self.at(opened);
        let id = open.add_questionnaire(questionnaire).await?;
        open.add_round(year, id, Some(PREFECTURE), officer.author()).await?;
        let deadline = now.end_of_day_after(8);
        open.open_round(&officer, year, RoundDates { reference_date, deadline }).await?;
        for (place, municipality) in self.store().municipalities(Some(PREFECTURE)).await?.iter().enumerate() {
            let then = self.at(Timestamp(now.0 - DAY * (1 + i64::try_from(place % 15).unwrap_or(0))));
            match place % 4 {
                // Handed in; half of them accepted already.
                1 => {
                    let account = then.answer(year, municipality.code, usize::MAX).await?;
                    then.submit(&account, year).await?;
                    if place % 8 == 1 {
                        self.accept(&officer, year, municipality.code).await?;
                    }
                }
                // Begun.
                2 => {
                    then.answer(year, municipality.code, 6 + place).await?;
                }
                // Two of those that have not begun ask for more time; one of them gets it.
                3 if place == 11 || place == 15 => {
                    self.demonstrate_extension(year, municipality.code, deadline, place == 15).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn demonstrate_extension(
        &self,
        year: FiscalYear,
        code: MunicipalityCode,
        deadline: Timestamp,
        granted: bool,
    ) -> Result<()> {
        let account = self.store().account_by_login(&respondent(code)).await?.ok_or(Error::NotFound)?;
        let until = Some(Timestamp(deadline.0 + 7 * DAY));
        let asked = Until { until, reason: "庁内の照会に時間がかかるため（架空の申出）" };
        self.request_extension(&account, year, 0, asked).await?;
        if granted {
            let officer = self.demonstration_officer().await?;
            let decision = Decision::Grant(Until { until, reason: "" });
            self.decide_extension(&officer, year, code, 1, decision).await?;
        }
        Ok(())
    }

    /// Answers the first `limit` questions of one municipality, as its respondent.
    async fn answer(&self, year: FiscalYear, code: MunicipalityCode, limit: usize) -> Result<AccountRecord> {
        let account = self.store().account_by_login(&respondent(code)).await?.ok_or(Error::NotFound)?;
        let form: Form = self.own_form(&account, year).await?;
        let questionnaire: Arc<Questionnaire> = form.questionnaire.clone();
        let answers = Generator::new(&questionnaire, &form.municipality, year).answers();
        let changes = answers.into_iter().take(limit).map(|(index, value)| NewAnswer {
            question: questionnaire.question(index).name.clone(),
            value: Some(value),
            revision: 0,
            suggested: false,
        });
        self.save_answers(&account, year, changes.collect()).await?;
        Ok(account)
    }
}
