//! 監査記録: what is recorded, and what an entry belongs to.

use std::fmt;

use crate::fiscal_year::FiscalYear;
use crate::municipality::MunicipalityCode;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// An answer was saved or cleared.
    Answer,
    /// A response moved to another state.
    ResponseState,
    /// A section was handed out or done.
    SectionTask,
    /// A municipality set whether its response is approved before it is handed in.
    Approval,
    /// A later deadline of one municipality was asked for, granted or declined.
    Extension,
    /// Something was said in an inquiry.
    Inquiry,
    /// A question and its answer was shown to everybody.
    Advice,
    /// One was taken back.
    AdviceWithdrawal,
    /// A round was added or moved to another state.
    RoundState,
    /// A round's planned or set dates were changed.
    RoundDates,
    /// The questionnaire of a round that is being prepared was replaced.
    Questionnaire,
    /// What is disclosed of a round was decided.
    ReleasePlan,
    /// A publication was taken back.
    Withdrawal,
    /// A row of the KPI ledger was changed.
    Kpi,
    /// A value of the KPI ledger was entered or changed.
    KpiValue,
    /// An item of the roadmap was changed.
    Roadmap,
    /// A half-year's review of an item of the roadmap was entered or changed.
    RoadmapReview,
    /// What the register says of a municipality was changed.
    Register,
    /// Figures or boundaries of others were imported.
    Import,
    /// An account was added.
    AccountAdded,
    /// An account was changed.
    AccountChanged,
    /// Somebody signed in.
    Login,
    /// A password was set.
    Password,
    /// A second factor was set up.
    SecondFactorSet,
    /// A second factor was taken away.
    SecondFactorRemoved,
    /// Recovery codes were made anew.
    RecoveryCodes,
    /// Whether officers must have a second factor was decided.
    SecondFactorRequired,
    /// An account was invited.
    Invitation,
    /// An account was disabled.
    Disabling,
    /// An account was handed over.
    Succession,
    /// A token for the API was made.
    TokenAdded,
    /// A token for the API was ended.
    TokenRevoked,
    /// Municipalities were written to.
    Reminder,
    /// A message was sent once more.
    MailAgain,
    /// A message that was sent was noted as not delivered.
    MailBounced,
    /// A message that waited was not sent after all.
    MailWithdrawn,
}

impl Act {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 36] = [
        Self::Answer,
        Self::ResponseState,
        Self::SectionTask,
        Self::Approval,
        Self::Extension,
        Self::Inquiry,
        Self::Advice,
        Self::AdviceWithdrawal,
        Self::RoundState,
        Self::RoundDates,
        Self::Questionnaire,
        Self::ReleasePlan,
        Self::Withdrawal,
        Self::Kpi,
        Self::KpiValue,
        Self::Roadmap,
        Self::RoadmapReview,
        Self::Register,
        Self::Import,
        Self::AccountAdded,
        Self::AccountChanged,
        Self::Login,
        Self::Password,
        Self::SecondFactorSet,
        Self::SecondFactorRemoved,
        Self::RecoveryCodes,
        Self::SecondFactorRequired,
        Self::Invitation,
        Self::Disabling,
        Self::Succession,
        Self::TokenAdded,
        Self::TokenRevoked,
        Self::Reminder,
        Self::MailAgain,
        Self::MailBounced,
        Self::MailWithdrawn,
    ];

    /// The code stored and used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::ResponseState => "response_state",
            Self::SectionTask => "section_task",
            Self::Approval => "approval",
            Self::Extension => "extension",
            Self::Inquiry => "inquiry",
            Self::Advice => "advice",
            Self::AdviceWithdrawal => "advice_withdrawal",
            Self::RoundState => "round_state",
            Self::RoundDates => "round_dates",
            Self::Questionnaire => "questionnaire",
            Self::ReleasePlan => "release_plan",
            Self::Withdrawal => "withdrawal",
            Self::Kpi => "kpi",
            Self::KpiValue => "kpi_value",
            Self::Roadmap => "roadmap",
            Self::RoadmapReview => "roadmap_review",
            Self::Register => "register",
            Self::Import => "import",
            Self::AccountAdded => "account_added",
            Self::AccountChanged => "account_changed",
            Self::Login => "login",
            Self::Password => "password",
            Self::SecondFactorSet => "second_factor_set",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::RecoveryCodes => "recovery_codes",
            Self::SecondFactorRequired => "second_factor_required",
            Self::Invitation => "invitation",
            Self::Disabling => "disabling",
            Self::Succession => "succession",
            Self::TokenAdded => "token_added",
            Self::TokenRevoked => "token_revoked",
            Self::Reminder => "reminder",
            Self::MailAgain => "mail_again",
            Self::MailBounced => "mail_bounced",
            Self::MailWithdrawn => "mail_withdrawn",
        }
    }

    /// The act of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answer => "回答の入力・変更",
            Self::ResponseState => "回答の状態",
            Self::SectionTask => "分担",
            Self::Approval => "承認の設定",
            Self::Extension => "締切の延長",
            Self::Inquiry => "確認・質問",
            Self::Advice => "Q&Aの追加",
            Self::AdviceWithdrawal => "Q&Aの取り下げ",
            Self::RoundState => "調査の状態",
            Self::RoundDates => "調査の日程",
            Self::Questionnaire => "調査票の差し替え",
            Self::ReleasePlan => "公開範囲・秘匿の設定",
            Self::Withdrawal => "公表の取り下げ",
            Self::Kpi => "KPI台帳の変更",
            Self::KpiValue => "KPIの値",
            Self::Roadmap => "工程表の変更",
            Self::RoadmapReview => "工程表の状況",
            Self::Register => "市町村の属性の変更",
            Self::Import => "公表資料・境界の登録",
            Self::AccountAdded => "アカウントの追加",
            Self::AccountChanged => "アカウントの変更",
            Self::Login => "ログイン",
            Self::Password => "パスワードの設定",
            Self::SecondFactorSet => "二要素認証の設定",
            Self::SecondFactorRemoved => "二要素認証の解除",
            Self::RecoveryCodes => "予備コードの作り直し",
            Self::SecondFactorRequired => "二要素認証の必須の設定",
            Self::Invitation => "招待",
            Self::Disabling => "アカウントの無効化",
            Self::Succession => "後任への引き継ぎ",
            Self::TokenAdded => "APIトークンの作成",
            Self::TokenRevoked => "APIトークンの取り消し",
            Self::Reminder => "催促",
            Self::MailAgain => "メールの再送",
            Self::MailBounced => "メールの不達",
            Self::MailWithdrawn => "メールの送信の取りやめ",
        }
    }
}

/// What an entry belongs to; each has a chain of hashes of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chain {
    /// One municipality's response in one round.
    Response(FiscalYear, MunicipalityCode),
    /// A round as a whole.
    Round(FiscalYear),
    /// A municipality, whatever the round.
    Municipality(MunicipalityCode),
    /// An account, by its key.
    Account(i64),
    /// A row of the KPI ledger.
    Kpi(String),
    /// An item of the roadmap.
    Roadmap(String),
    /// The installation.
    Installation,
}

/// As it is stored: `response/2026/022012`, `round/2026`, `account/7` …
impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(year, code) => write!(f, "response/{}/{code}", year.year()),
            Self::Round(year) => write!(f, "round/{}", year.year()),
            Self::Municipality(code) => write!(f, "municipality/{code}"),
            Self::Account(id) => write!(f, "account/{id}"),
            Self::Kpi(id) => write!(f, "kpi/{id}"),
            Self::Roadmap(id) => write!(f, "roadmap/{id}"),
            Self::Installation => f.write_str("installation"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_found_by_its_code() {
        for act in Act::ALL {
            assert_eq!(Act::of_code(act.code()), Some(act));
        }
        assert_eq!(Act::of_code("x"), None);
    }
}
