//! The register of municipalities.

use serde::{Deserialize, Serialize};

/// A municipality on the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredMunicipality {
    /// 全国地方公共団体コード
    pub code: String,
    /// Its name.
    pub name: String,
    /// Reading in hiragana.
    pub kana: String,
    /// `city`, `town`, `village` or `ward`.
    pub kind: String,
    /// Code of the region, where the prefecture's regions are known.
    pub region: Option<String>,
    /// Two digits.
    pub prefecture: String,
    /// 2020 census, where known.
    pub population: Option<u32>,
}
