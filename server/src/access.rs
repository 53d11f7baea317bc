//! Who may do what: accounts' roles.

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
