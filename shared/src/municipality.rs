//! 市町村 and their codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A 6-digit 全国地方公共団体コード whose check digit has been verified.
///
/// Source: 総務省「全国地方公共団体コード仕様」: the first five digits weighted 6, 5, 4, 3, 2; the check digit is
/// the last digit of 11 − (sum mod 11); a sum below 11 is subtracted from 11 as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MunicipalityCode([u8; 6]);

/// The text is no municipality code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMunicipalityCode {
    /// Not six ASCII digits.
    #[error("市町村コードは6桁の数字で指定してください。")]
    NotSixDigits,
    /// Six digits whose check digit is wrong.
    #[error("市町村コードの検査数字が正しくありません。入力を確認してください。")]
    CheckDigit,
}

impl MunicipalityCode {
    /// The two digits of the prefecture.
    pub fn prefecture(&self) -> &str {
        &self.as_str()[..2]
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The code whose first five digits these are: files of boundaries leave the check digit out.
    pub fn of_five(digits: &str) -> Result<Self, InvalidMunicipalityCode> {
        let five: [u8; 5] = digits.as_bytes().try_into().map_err(|_| InvalidMunicipalityCode::NotSixDigits)?;
        if !five.iter().all(u8::is_ascii_digit) {
            return Err(InvalidMunicipalityCode::NotSixDigits);
        }
        let mut six = [Self::check_digit(&five); 6];
        six[..5].copy_from_slice(&five);
        Ok(Self(six))
    }

    fn check_digit(first_five: &[u8]) -> u8 {
        let sum: u32 = first_five.iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| u32::from(d - b'0') * w).sum();
        let digit = (11 - sum % 11) % 10;
        b'0' + u8::try_from(digit).unwrap_or(0)
    }
}

impl FromStr for MunicipalityCode {
    type Err = InvalidMunicipalityCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: [u8; 6] = text.as_bytes().try_into().map_err(|_| InvalidMunicipalityCode::NotSixDigits)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(InvalidMunicipalityCode::NotSixDigits);
        }
        if Self::check_digit(&digits[..5]) != digits[5] {
            return Err(InvalidMunicipalityCode::CheckDigit);
        }
        Ok(Self(digits))
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for MunicipalityCode {
    type Error = InvalidMunicipalityCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<MunicipalityCode> for String {
    fn from(code: MunicipalityCode) -> Self {
        code.to_string()
    }
}

/// A municipality as it stands on the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// 全国地方公共団体コード
    pub code: MunicipalityCode,
    /// Official name, e.g. 「おいらせ町」.
    pub name: String,
    /// Reading in hiragana.
    pub kana: String,
    /// 市, 町 or 村.
    pub kind: Kind,
    /// 地域, for municipalities of a prefecture whose regions are known (Aomori).
    pub region: Option<Region>,
    /// 2020 census population, where known.
    pub population: Option<u32>,
    /// Area in hectares (hundredths of a km²), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<u32>,
    /// Column and row on the prefecture's tile map, where drawn.
    pub tile: Option<Tile>,
}

/// Position on the tile map: column to the east, row to the south, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// Column, west to east.
    pub column: u8,
    /// Row, north to south.
    pub row: u8,
}

/// 市・町・村 (the special wards of Tokyo count as 区).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 市
    City,
    /// 町
    Town,
    /// 村
    Village,
    /// 特別区
    Ward,
}

impl Kind {
    /// The kind that a name's last character tells.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.chars().last()? {
            '市' => Some(Self::City),
            '町' => Some(Self::Town),
            '村' => Some(Self::Village),
            '区' => Some(Self::Ward),
            _ => None,
        }
    }

    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::City, Self::Town, Self::Village, Self::Ward];

    /// The code used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Village => "village",
            Self::Ward => "ward",
        }
    }

    /// The kind of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// 「市」「町」「村」「区」
    pub fn label(self) -> &'static str {
        match self {
            Self::City => "市",
            Self::Town => "町",
            Self::Village => "村",
            Self::Ward => "区",
        }
    }
}

/// 地域: the six regions of Aomori.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// 東青
    Tosei,
    /// 中南
    Chunan,
    /// 三八
    Sanpachi,
    /// 西北
    Seihoku,
    /// 上北
    Kamikita,
    /// 下北
    Shimokita,
}

impl Region {
    /// All six, in the order officials list them.
    pub const ALL: [Self; 6] =
        [Self::Tosei, Self::Chunan, Self::Sanpachi, Self::Seihoku, Self::Kamikita, Self::Shimokita];

    /// The name in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tosei => "東青",
            Self::Chunan => "中南",
            Self::Sanpachi => "三八",
            Self::Seihoku => "西北",
            Self::Kamikita => "上北",
            Self::Shimokita => "下北",
        }
    }

    /// The code used in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tosei => "tosei",
            Self::Chunan => "chunan",
            Self::Sanpachi => "sanpachi",
            Self::Seihoku => "seihoku",
            Self::Kamikita => "kamikita",
            Self::Shimokita => "shimokita",
        }
    }

    /// The region of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }

    /// The region of that Japanese name.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.label() == label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_codes_with_the_right_check_digit() {
        for code in ["022012", "011002", "131016", "473821"] {
            assert_eq!(code.parse::<MunicipalityCode>().unwrap().as_str(), code);
        }
        assert_eq!("022012".parse::<MunicipalityCode>().unwrap().prefecture(), "02");
    }

    #[test]
    fn five_digits_get_their_check_digit() {
        for code in ["022012", "011002", "131016", "473821"] {
            assert_eq!(MunicipalityCode::of_five(&code[..5]).unwrap().as_str(), code);
        }
        assert_eq!(MunicipalityCode::of_five("0220x"), Err(InvalidMunicipalityCode::NotSixDigits));
        assert_eq!(MunicipalityCode::of_five("022012"), Err(InvalidMunicipalityCode::NotSixDigits));
    }

    #[test]
    fn tells_a_mistyped_digit_from_a_wrong_length() {
        assert_eq!("022013".parse::<MunicipalityCode>(), Err(InvalidMunicipalityCode::CheckDigit));
        for text in ["", "02201", "0220122", "０２２０１２", "02201a"] {
            assert_eq!(text.parse::<MunicipalityCode>(), Err(InvalidMunicipalityCode::NotSixDigits), "{text:?}");
        }
    }
}
