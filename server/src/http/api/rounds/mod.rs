//! 調査
pub mod list;
pub mod questionnaire;
