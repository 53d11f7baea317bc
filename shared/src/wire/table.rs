//! Tables: columns, and rows of cells in their order.

use serde::{Deserialize, Serialize};

/// A table, or a page of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TableRows {
    /// What stands in each place of a row.
    pub columns: Vec<ColumnOfTable>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<TableCell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColumnOfTable {
    /// Its name in files.
    pub name: String,
    /// Its name in Japanese.
    pub label: String,
    /// `string`, `integer`, `number` or `date`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Unit of its numbers.
    pub unit: Option<String>,
    /// What it means.
    pub description: String,
}

/// What stands in one place: a text, a code, a date (`YYYY-MM-DD`), a number or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TableCell {
    /// A text, a code or a date.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A decimal number.
    Decimal(f64),
    /// Nothing.
    Nothing,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for TableCell {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
        let kinds = SchemaType::from_iter([Type::String, Type::Number, Type::Null]);
        ObjectBuilder::new()
            .schema_type(kinds)
            .description(Some("文字列、コード、日付（YYYY-MM-DD）、数、又は空"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for TableCell {}
