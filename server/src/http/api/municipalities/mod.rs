//! 市町村の名簿
pub mod list;
