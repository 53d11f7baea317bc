//! Who may do what: accounts' roles, and the scopes of their tokens.

use std::fmt;

/// A role. An account may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 回答者: answers for the own municipality.
    Respondent,
    /// 承認者: answers and approves for the own municipality.
    Approver,
    /// 協議会会員: comparisons at council visibility.
    Member,
    /// 分析者: reads everything, changes nothing.
    Analyst,
    /// 県担当: runs rounds and accounts.
    Officer,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Respondent, Self::Approver, Self::Member, Self::Analyst, Self::Officer];

    /// The code used in files, flags and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Respondent => "respondent",
            Self::Approver => "approver",
            Self::Member => "member",
            Self::Analyst => "analyst",
            Self::Officer => "officer",
        }
    }

    /// The role of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Respondent => "回答者",
            Self::Approver => "承認者",
            Self::Member => "協議会会員",
            Self::Analyst => "分析者",
            Self::Officer => "県担当",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// What a personal token for the API may do: never more than its account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reads what the account may read: results, data, responses.
    Read,
    /// Answers for the account's municipality, up to handing in.
    Answer,
    /// Accepts responses and sends them back, for officers.
    Review,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 3] = [Self::Read, Self::Answer, Self::Review];

    /// The code used in forms, the API's description and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Answer => "answer",
            Self::Review => "review",
        }
    }

    /// The scope of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The word in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "読み取り",
            Self::Answer => "回答の書き込み",
            Self::Review => "回答の受理と差戻し",
        }
    }

    /// What it allows, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Read => "結果、データ、回答など、自分のアカウントで見られるものを取得します。",
            Self::Answer => "自分の市町村の回答を保存し、承認の手続きと提出を行います。",
            Self::Review => "提出された回答を受理し、差し戻します。",
        }
    }
}
