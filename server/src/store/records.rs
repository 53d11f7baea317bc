//! What goes into the store and comes out of it.

use std::collections::{BTreeMap, BTreeSet};

use shared::fiscal_year::FiscalYear;
use shared::kpi::Kpi;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::{AnswerValue, ResponseState};
use shared::round::RoundState;
use shared::time::Timestamp;

use crate::access::Role;

/// Key of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Key of a questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionnaireId(pub i64);

/// Who did it, as it is kept with every change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The account; `None` for the system itself (seeding, demonstration).
    pub account: Option<AccountId>,
    /// The name at that time.
    pub name: String,
}

/// A round to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRound {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Its questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Two digits of the prefecture asked, or `None` for all Japan.
    pub prefecture: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// When a round holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundDates {
    /// 基準日: answers hold as of this time.
    pub reference_date: Timestamp,
    /// 締切
    pub deadline: Timestamp,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundRecord {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Where it stands.
    pub state: RoundState,
    /// Its questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Two digits of the prefecture asked, or `None` for all Japan.
    pub prefecture: Option<String>,
    /// Its dates, from opening on.
    pub dates: Option<RoundDates>,
}

/// Something that happened to a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// The state it came to.
    pub to: RoundState,
}

/// A response without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRecord {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// Where it stands.
    pub state: ResponseState,
    /// Counts every change of an answer or state, from 0.
    pub revision: i64,
    /// Questions with an answer at present.
    pub answered: u32,
    /// Last change of an answer or state.
    pub updated_at: Option<Timestamp>,
    /// The receipt of the last submission.
    pub receipt: Option<Receipt>,
}

/// 控え: proof of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// 受付番号
    pub number: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// SHA-256 of the answers as submitted, in hexadecimal.
    pub content_hash: String,
}

/// One current answer. A cleared answer stays as `value: None` with its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The value; `None` once it was cleared.
    pub value: Option<AnswerValue>,
    /// Counted from 1 with every change.
    pub revision: u32,
    /// Who changed it last.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// Current answers by question.
pub type StoredAnswers = BTreeMap<QuestionName, StoredAnswer>;

/// Answers to save in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAnswers {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// What is to change.
    pub changes: Vec<NewAnswer>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// One answer to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// The question.
    pub question: QuestionName,
    /// The value; `None` clears it.
    pub value: Option<AnswerValue>,
    /// Revision it was changed from; 0 when there was none.
    pub revision: u32,
}

/// What became of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveOutcome {
    /// Saved as this revision.
    Saved(u32),
    /// The stored value was the same already, at this revision.
    Unchanged(u32),
    /// Somebody saved another value since; it stays.
    Conflict(StoredAnswer),
}

/// One change of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerChange {
    /// The question.
    pub question: QuestionName,
    /// The revision that came to be.
    pub revision: u32,
    /// Value before.
    pub from: Option<AnswerValue>,
    /// Value after.
    pub to: Option<AnswerValue>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A response handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The response's revision when its answers were checked.
    pub revision: i64,
    /// Its receipt.
    pub receipt: Receipt,
}

/// Something that happened to a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseEvent {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Author,
    /// The state it came to.
    pub to: ResponseState,
    /// Receipt number or reason.
    pub note: String,
}

/// A KPI row at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiRecord {
    /// The row.
    pub kpi: Kpi,
    /// Counted from 1.
    pub revision: u32,
    /// Who made this revision.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// An account to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Name to log in with.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its key.
    pub id: AccountId,
    /// Name to log in with.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// Municipality it belongs to.
    pub municipality: Option<MunicipalityCode>,
    /// What it may do.
    pub roles: BTreeSet<Role>,
    /// Last successful login.
    pub last_login_at: Option<Timestamp>,
}

/// A session. Its id is kept hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// SHA-256 of the id in the cookie.
    pub id_hash: Vec<u8>,
    /// What the session holds, as JSON.
    pub data: String,
    /// When it began: the absolute limit counts from here.
    pub created_at: Timestamp,
    /// When it was last used: the idle limit counts from here.
    pub used_at: Timestamp,
}
