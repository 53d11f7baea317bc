//! What the prefecture's desk lists: accounts, later deadlines, letters, and answers beside earlier ones.

use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountSummary {
    /// Its number.
    pub id: i64,
    /// Name to log in with.
    pub login_name: String,
    /// Name shown.
    pub display_name: String,
    /// 全国地方公共団体コード of its municipality; null where it belongs to none.
    pub code: Option<String>,
    /// The municipality's name.
    pub municipality: Option<String>,
    /// `respondent`, `approver`, `member`, `analyst`, `officer`.
    pub roles: Vec<String>,
    /// Whether mail can be sent to it.
    pub email: bool,
    /// Whether it has a second factor.
    pub second_factor: bool,
    /// Last successful login, RFC 3339.
    pub last_login_at: Option<String>,
    /// `active`, `invited`, `uninvited` or `disabled`.
    pub standing: String,
}

/// A municipality that asked for a later deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtensionOfResponse {
    /// 全国地方公共団体コード
    pub code: String,
    /// The municipality's name.
    pub name: String,
    /// State of its response.
    pub state: String,
    /// The later deadline that was granted, RFC 3339.
    pub granted_until: Option<String>,
    /// Whether the last request awaits a decision.
    pub awaits_decision: bool,
    /// What was asked for and decided, oldest first.
    pub steps: Vec<StepOfExtension>,
}

/// A step of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepOfExtension {
    /// `requested`, `granted` or `declined`.
    pub step: String,
    /// The deadline asked for or granted, RFC 3339.
    pub until: Option<String>,
    /// Why; may be empty.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// A message of a reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailOfReminder {
    /// Its number.
    pub id: i64,
    /// Number of the reminder.
    pub reminder: i64,
    /// The reminder's subject, with fields.
    pub subject: String,
    /// Who wrote the reminder.
    pub author: String,
    /// When it was written, RFC 3339.
    pub written_at: String,
    /// 全国地方公共団体コード
    pub code: String,
    /// The municipality's name.
    pub name: String,
    /// Name of who gets it.
    pub recipient: String,
    /// Where it goes.
    pub address: String,
    /// `waiting`, `sending`, `sent`, `refused` or `unclear`.
    pub state: String,
    /// When that last changed, RFC 3339.
    pub changed_at: String,
    /// When it is tried again, RFC 3339, while it waits after an attempt.
    pub next_at: Option<String>,
    /// Why; may be empty.
    pub reason: String,
}

/// An answer beside last year's and beside what was handed in before, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerBesideEarlier {
    /// Title of the section.
    pub section: String,
    /// Name of the question.
    pub question: String,
    /// Its number and text.
    pub words: String,
    /// The answer now.
    pub now: String,
    /// The answer of the year before; null where nothing was asked that it continues.
    pub last_year: Option<String>,
    /// Whether both years may be compared; null where there is no answer of the year before.
    pub comparable: Option<bool>,
    /// Whether the answer is another one than a year ago.
    pub differs_from_last_year: bool,
    /// What was handed in before; null where nothing was.
    pub before: Option<String>,
    /// Whether the answer is another one than was handed in before.
    pub differs_from_before: bool,
}
