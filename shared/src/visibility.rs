//! 公開範囲: who may see a question's results.

use serde::{Deserialize, Serialize};

/// Who may see, from widest to narrowest. Ordered: `Public < Council < Prefecture`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// 公開: everyone.
    Public,
    /// 協議会: members of 青森県電子自治体推進協議会 and the prefecture.
    Council,
    /// 県: the prefecture and the municipality itself.
    Prefecture,
}

impl Visibility {
    /// All, from widest to narrowest.
    pub const ALL: [Self; 3] = [Self::Public, Self::Council, Self::Prefecture];

    /// The code used in XLSForm columns and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Council => "council",
            Self::Prefecture => "prefecture",
        }
    }

    /// The visibility of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.code() == code)
    }

    /// 「公開」「協議会まで」「県まで」
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "公開",
            Self::Council => "協議会まで",
            Self::Prefecture => "県まで",
        }
    }

    /// Whether somebody cleared up to `reader` may see what carries this visibility.
    pub fn allows(self, reader: Self) -> bool {
        self <= reader
    }
}

/// A question's visibility, set apart for 集計値 (aggregates) and 市町村別の値 (named values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionVisibility {
    /// 集計値
    pub aggregate: Visibility,
    /// 市町村別の値
    pub named: Visibility,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_what_is_as_wide_or_wider() {
        assert!(Visibility::Public.allows(Visibility::Council));
        assert!(Visibility::Council.allows(Visibility::Council));
        assert!(!Visibility::Prefecture.allows(Visibility::Council));
    }
}
