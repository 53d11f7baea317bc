//! A municipality with an open round of a questionnaire that has one question of every kind.

use std::collections::BTreeSet;

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, Municipality, MunicipalityCode};
use shared::questionnaire::{QuestionName, Questionnaire};
use shared::response::answer::RawAnswer;
use shared::response::{AnswerValue, ResponseState};
use shared::time::Timestamp;
use tempfile::TempDir;

use crate::access::Role;
use crate::clock::Clock;
use crate::service::Service;
use crate::service::answering::Form;
use crate::service::setup::system;
use crate::service::workbook::Comparison;
use crate::store::{
    AccountRecord, Changed, NewAccount, NewAnswer, NewReturn, ResponseStep, ReturnedQuestion, RoundDates, SaveOutcome,
    connect,
};
use crate::workbook::read::Wanted;
use crate::workbook::{Filled, Refused, read};
use crate::xlsform::{compile, read_embedded};

pub const NOW: Timestamp = Timestamp(1_780_000_000_000);

/// Two municipalities, and the respondent of the first.
pub struct Office {
    pub service: Service,
    pub account: AccountRecord,
    pub neighbour: AccountRecord,
    pub year: FiscalYear,
    _directory: TempDir,
}

pub fn questionnaire(version: &str) -> Questionnaire {
    let settings = format!("form_title,form_id,version\n市町村DXアンケート,dx,{version}\n");
    let (survey, choices) = (include_str!("../testdata/survey.csv"), include_str!("../testdata/choices.csv"));
    let compilation = compile(&read_embedded(survey, choices, &settings).unwrap());
    compilation.questionnaire.unwrap_or_else(|| panic!("{:?}", compilation.findings))
}

impl Office {
    pub async fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = connect(&format!("sqlite:{}", directory.path().join("test.db").display())).await.unwrap();
        store.migrate().await.unwrap();
        let codes: Vec<MunicipalityCode> = ["022012", "022021"].map(|code| code.parse().unwrap()).to_vec();
        let register = codes.iter().zip(["青森市", "弘前市"]).map(|(code, name)| Municipality {
            code: *code,
            name: name.to_owned(),
            kana: "かな".to_owned(),
            kind: Kind::City,
            region: None,
            population: None,
            area: None,
            tile: None,
        });
        store.put_municipalities(&register.collect::<Vec<_>>(), NOW).await.unwrap();
        let service = Service::new(store, Clock::Fixed(NOW));
        let officer = account(&service, "officer", Role::Officer, None).await;
        let year = FiscalYear::new(2026).unwrap();
        let id = service.add_questionnaire(&questionnaire("1")).await.unwrap();
        service.add_round(year, id, Some("02"), officer.author()).await.unwrap();
        let dates = RoundDates { reference_date: NOW, deadline: Timestamp(NOW.0 + 1_000_000_000) };
        service.open_round(&officer, year, dates).await.unwrap();
        let respondent = account(&service, "aomori", Role::Respondent, Some(codes[0])).await;
        let neighbour = account(&service, "hirosaki", Role::Respondent, Some(codes[1])).await;
        Self { service, account: respondent, neighbour, year, _directory: directory }
    }

    /// Its response.
    pub async fn form(&self) -> Form {
        self.service.own_form(&self.account, self.year).await.unwrap()
    }

    /// Its workbook as it is downloaded.
    pub async fn download(&self) -> Vec<u8> {
        self.service.workbook(&self.account, self.year).await.unwrap().1
    }

    /// Saves answers as they are typed.
    pub async fn save(&self, typed: &[(&str, &[&str])]) {
        let form = self.form().await;
        let change = |(name, values): &(&str, &[&str])| {
            let question = form.questionnaire.question(form.questionnaire.find(name).unwrap());
            let raw =
                RawAnswer { values: values.iter().map(|v| (*v).to_owned()).collect(), unknown: *values == ["不明"] };
            let raw = if raw.unknown { RawAnswer { values: Vec::new(), ..raw } } else { raw };
            NewAnswer {
                question: QuestionName((*name).to_owned()),
                value: AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).unwrap(),
                revision: form.answers.get(&question.name).map_or(0, |stored| stored.revision),
                suggested: question.default.is_some(),
            }
        };
        let changes = typed.iter().map(change).collect();
        let outcomes = self.service.save_answers(&self.account, self.year, changes).await.unwrap();
        assert!(!outcomes.iter().any(|outcome| matches!(outcome, SaveOutcome::Conflict(_))), "{outcomes:?}");
    }

    /// An answer of every kind.
    pub async fn fill(&self) {
        self.save(&[
            ("stage", &["1"]),
            ("topics", &["a", "b"]),
            ("order", &["b", "c", "a"]),
            ("staff", &["不明"]),
            ("share", &["12.5"]),
            ("since", &["2026-11-05"]),
            ("code", &["00123"]),
            ("outline", &["一行目\n  二行目 ㈱①髙 _x000D_ =1+1"]),
            ("sure", &["OK"]),
        ])
        .await;
    }

    /// Hands it in, and the prefecture sends that question back.
    pub async fn send_back(&self, question: &str) {
        self.service.submit(&self.account, self.year).await.unwrap();
        let returned = NewReturn {
            step: ResponseStep {
                year: self.year,
                code: self.form().await.municipality.code,
                from: ResponseState::Submitted,
                to: ResponseState::Returned,
                note: String::new(),
                by: self.account.author(),
                at: NOW,
            },
            questions: vec![ReturnedQuestion {
                question: QuestionName(question.to_owned()),
                reason: "単位を確かめてください。".to_owned(),
            }],
        };
        assert_eq!(self.service.store().return_response(&returned).await.unwrap(), Changed::Yes);
    }

    /// Reads an uploaded file.
    pub async fn read(&self, bytes: &[u8]) -> Result<Filled, Refused> {
        let form = self.form().await;
        let wanted = Wanted { year: self.year, code: form.municipality.code, questionnaire: &form.questionnaire };
        read(bytes, "回答.xlsx", &wanted)
    }

    /// Uploads it.
    pub async fn compare(&self, bytes: &[u8]) -> Comparison {
        let filled = self.read(bytes).await.unwrap();
        self.service.compare_workbook(self.form().await, filled).await.unwrap()
    }
}

async fn account(
    service: &Service,
    login_name: &str,
    role: Role,
    municipality: Option<MunicipalityCode>,
) -> AccountRecord {
    let account = NewAccount {
        login_name: login_name.to_owned(),
        display_name: login_name.to_owned(),
        password_hash: "-".to_owned(),
        email: None,
        municipality,
        roles: BTreeSet::from([role]),
        by: system(),
        at: NOW,
    };
    let id = service.store().add_account(&account).await.unwrap();
    service.account(id).await.unwrap().unwrap()
}
