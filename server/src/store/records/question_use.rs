//! That a question's results were opened by themselves.

use shared::fiscal_year::FiscalYear;

/// Somebody opened one question's results.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QuestionUse {
    /// The year whose answers they are.
    pub year: FiscalYear,
    /// 概念ID of the question.
    pub concept: String,
    /// How.
    pub way: Way,
}

/// How a question's results were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// On its own page, or on another question's as what that is crossed with.
    Page,
    /// As a picture by itself, or as its figures in a file.
    Picture,
    /// Through the API.
    Api,
    /// In an exploration (探索的な分析).
    Exploration,
}

impl Way {
    /// The code stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Picture => "picture",
            Self::Api => "api",
            Self::Exploration => "exploration",
        }
    }
}
