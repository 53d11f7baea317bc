//! A code or a name as others write it, to a municipality of the register.

use std::collections::HashMap;

use shared::municipality::{InvalidMunicipalityCode, Kind, Municipality, MunicipalityCode};
use unicode_normalization::UnicodeNormalization as _;

/// The prefectures in the order of their codes, 01 to 47.
const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

/// Characters that are written one for the other in names of municipalities, and the one they are compared as.
const VARIANTS: [(char, char); 16] = [
    ('ヶ', 'ケ'),
    ('が', 'ケ'),
    ('ガ', 'ケ'),
    ('ヵ', 'ケ'),
    ('鯵', '鰺'),
    ('桧', '檜'),
    ('梼', '檮'),
    ('竜', '龍'),
    ('釜', '竈'),
    ('舘', '館'),
    ('諌', '諫'),
    ('曾', '曽'),
    ('冨', '富'),
    ('嶋', '島'),
    ('渕', '淵'),
    ('髙', '高'),
];

/// The register, ready to be asked for codes and names.
pub struct Register {
    by_code: HashMap<MunicipalityCode, Municipality>,
    /// Prefecture's two digits and folded name, to codes; several where a prefecture has a name twice.
    by_name: HashMap<(String, String), Vec<MunicipalityCode>>,
    prefecture: String,
}

/// What was written names no municipality of the register. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// Not 5 or 6 digits.
    #[error("「{0}」は市町村コードではありません。5桁または6桁の数字で入力してください。")]
    NotACode(String),
    /// A code of four digits or more whose leading zero a spreadsheet has dropped.
    #[error(
        "「{0}」は先頭の0が落ちた市町村コードのようです。列を文字列にして、0から始まるコードで保存し直してください。"
    )]
    LeadingZero(String),
    /// The check digit is wrong.
    #[error("「{0}」の検査数字（6桁目）が正しくありません。コードを確認してください。")]
    CheckDigit(String),
    /// A prefecture's own code.
    #[error("「{0}」は都道府県のコードです。市町村の行だけにしてください。")]
    Prefecture(String),
    /// A code that the register does not have.
    #[error(
        "「{0}」は名簿にない市町村コードです。合併などで廃止された市町村や、政令指定都市の区の行を除いてください。"
    )]
    UnknownCode(String),
    /// A name that the register does not have.
    #[error(
        "「{name}」という市町村は、{prefecture}の名簿にありません。名前を確認し、合併などで廃止された市町村の行を除いてください。"
    )]
    UnknownName {
        /// As written.
        name: String,
        /// Where it was looked for.
        prefecture: String,
    },
    /// A name that several municipalities of a prefecture have.
    #[error("「{name}」という市町村が{prefecture}に2つ以上あります。市町村コードの列を付けてください。")]
    AmbiguousName {
        /// As written.
        name: String,
        /// Where.
        prefecture: String,
    },
}

impl Register {
    /// A register whose names are looked for in `prefecture` (two digits) unless they begin with another one's name.
    pub fn new(municipalities: Vec<Municipality>, prefecture: &str) -> Self {
        let mut by_name: HashMap<(String, String), Vec<MunicipalityCode>> = HashMap::new();
        for municipality in &municipalities {
            let key = (municipality.code.prefecture().to_owned(), folded(&municipality.name));
            by_name.entry(key).or_default().push(municipality.code);
        }
        let by_code = municipalities.into_iter().map(|municipality| (municipality.code, municipality)).collect();
        Self { by_code, by_name, prefecture: prefecture.to_owned() }
    }

    /// The municipality of that code.
    pub fn municipality(&self, code: MunicipalityCode) -> Option<&Municipality> {
        self.by_code.get(&code)
    }

    /// All municipalities of a prefecture (two digits), by code.
    pub fn of_prefecture(&self, prefecture: &str) -> Vec<&Municipality> {
        let mut found: Vec<_> = self.by_code.values().filter(|m| m.code.prefecture() == prefecture).collect();
        found.sort_by_key(|municipality| municipality.code);
        found
    }

    /// The municipality of a code of 6 digits, or of 5 without the check digit; full-width digits too.
    pub fn of_code(&self, written: &str) -> Result<MunicipalityCode, Unresolved> {
        let text: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
        let owned = || written.trim().to_owned();
        if !text.bytes().all(|byte| byte.is_ascii_digit()) || !(4..=6).contains(&text.len()) {
            return Err(Unresolved::NotACode(owned()));
        }
        let code = match text.len() {
            6 => Some(text.parse().map_err(|error| match error {
                InvalidMunicipalityCode::CheckDigit => Unresolved::CheckDigit(owned()),
                InvalidMunicipalityCode::NotSixDigits => Unresolved::NotACode(owned()),
            })?),
            5 => completed(&text),
            _ => None,
        };
        if let Some(code) = code.filter(|code| self.by_code.contains_key(code)) {
            return Ok(code);
        }
        let with_zero = format!("0{text}");
        let dropped = if text.len() == 5 { with_zero.parse().ok() } else { completed(&with_zero) };
        if dropped.is_some_and(|code| self.by_code.contains_key(&code)) {
            return Err(Unresolved::LeadingZero(owned()));
        }
        match code {
            Some(code) if code.as_str()[2..5] == *"000" => Err(Unresolved::Prefecture(owned())),
            Some(_) => Err(Unresolved::UnknownCode(owned())),
            None => Err(Unresolved::NotACode(owned())),
        }
    }

    /// The municipality of a code or a name as typed; none where nothing was.
    pub fn of_code_or_name(&self, typed: &str) -> Result<Option<MunicipalityCode>, Unresolved> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let is_code = typed.nfkc().all(|c| c.is_ascii_digit());
        if is_code { self.of_code(typed) } else { self.of_name(typed, "") }.map(Some)
    }

    /// The municipality of a name, with or without prefecture and district (郡), in any of the usual spellings.
    /// `prefecture` is what a column of its own says; empty without one.
    pub fn of_name(&self, written: &str, prefecture: &str) -> Result<MunicipalityCode, Unresolved> {
        let name = folded(written);
        let (digits, rest) = match split_prefecture(&name) {
            Some((digits, rest)) => (digits, rest.to_owned()),
            None => match split_prefecture(&folded(prefecture)) {
                Some((digits, _)) => (digits, name),
                None => (self.prefecture.clone(), name),
            },
        };
        let find = |name: &str| self.by_name.get(&(digits.clone(), name.to_owned()));
        // 「西津軽郡鰺ヶ沢町」; 「郡上市」 and 「大和郡山市」 are found as they are.
        let without_district = || {
            let mut ends = rest.match_indices('郡').map(|(at, mark)| &rest[at + mark.len()..]);
            ends.find_map(find).filter(|codes| codes.iter().all(|code| self.is_town_or_village(*code)))
        };
        let (name, prefecture) = (written.trim().to_owned(), prefecture_name(&digits));
        match find(&rest).or_else(without_district).map(Vec::as_slice) {
            Some([code]) => Ok(*code),
            Some(_) => Err(Unresolved::AmbiguousName { name, prefecture }),
            None => Err(Unresolved::UnknownName { name, prefecture }),
        }
    }

    fn is_town_or_village(&self, code: MunicipalityCode) -> bool {
        self.by_code.get(&code).is_some_and(|m| matches!(m.kind, Kind::Town | Kind::Village))
    }
}

/// The name of a prefecture's two digits; the digits themselves where there is none.
pub fn prefecture_name(digits: &str) -> String {
    let place = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    place.and_then(|place| PREFECTURES.get(place)).map_or_else(|| digits.to_owned(), |name| (*name).to_owned())
}

/// A folded name that begins with a prefecture's: its two digits, and the rest.
fn split_prefecture(name: &str) -> Option<(String, &str)> {
    PREFECTURES.iter().enumerate().find_map(|(place, prefecture)| {
        let rest = name.strip_prefix(folded(prefecture).as_str())?;
        Some((format!("{:02}", place + 1), rest))
    })
}

/// One spelling of a name: NFKC, without spaces and variation selectors, one character of each pair of [`VARIANTS`].
fn folded(name: &str) -> String {
    let kept = name.nfkc().filter(|c| {
        !c.is_whitespace()
            && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200b}' | '\u{feff}')
    });
    kept.map(|c| VARIANTS.iter().find(|(variant, _)| *variant == c).map_or(c, |(_, one)| *one)).collect()
}

/// The six digits that five begin.
fn completed(five: &str) -> Option<MunicipalityCode> {
    (0..10).find_map(|digit| format!("{five}{digit}").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn register() -> Register {
        Register::new(Seeds::Embedded.municipalities().unwrap(), "02")
    }

    #[test]
    fn every_municipality_of_japan_is_found_by_its_codes_and_its_full_name() {
        let register = register();
        for municipality in Seeds::Embedded.municipalities().unwrap() {
            let code = municipality.code;
            assert_eq!(register.of_code(code.as_str()), Ok(code));
            assert_eq!(register.of_code(&code.as_str()[..5]), Ok(code), "{}", municipality.name);
            let full = format!("{}{}", prefecture_name(code.prefecture()), municipality.name);
            assert_eq!(register.of_name(&full, ""), Ok(code), "{full}");
            assert_eq!(register.of_name(&municipality.name, &prefecture_name(code.prefecture())), Ok(code), "{full}");
        }
    }

    #[test]
    fn names_are_found_in_every_usual_spelling() {
        let register = register();
        for (spellings, code) in [
            (
                &[
                    "鰺ヶ沢町",
                    "鯵ヶ沢町",
                    "鰺ケ沢町",
                    "鯵が沢町",
                    "青森県西津軽郡鰺ヶ沢町",
                    "西津軽郡 鯵ｹ沢町",
                    "鰺\u{e0100}ヶ沢町",
                ][..],
                "023213",
            ),
            (&["外ヶ浜町", "外ケ浜町", "外が浜町", "東津軽郡外ヶ浜町", "青森県　外ヶ浜町"][..], "023078"),
            (&["六ヶ所村", "六ケ所村", " 六 ヶ 所 村 "][..], "024112"),
            (&["青森市", "青森県青森市", "青森県 青森市"][..], "022012"),
            (&["田舎館村", "田舎舘村"][..], "023671"),
            (&["南部町", "三戸郡南部町"][..], "024457"),
        ] {
            for spelling in spellings {
                assert_eq!(register.of_name(spelling, ""), Ok(code.parse().unwrap()), "{spelling}");
            }
        }
        // The same name in another prefecture.
        assert_eq!(register.of_name("山梨県南部町", ""), Ok("193666".parse().unwrap()));
        assert_eq!(register.of_name("南部町", "鳥取県"), Ok("313891".parse().unwrap()));
        assert_eq!(register.of_code("０２２０１２"), Ok("022012".parse().unwrap()));
    }

    #[test]
    fn what_is_not_on_the_register_is_refused_with_what_to_do() {
        let register = register();
        let unknown = |name: &str| Unresolved::UnknownName { name: name.into(), prefecture: "青森県".into() };
        // 浪岡町 became part of 青森市 in 2005; a district has no cities.
        for name in ["浪岡町", "青森", "南津軽郡浪岡町", "東津軽郡青森市", "", "青森県"] {
            assert_eq!(register.of_name(name, ""), Err(unknown(name)), "{name}");
        }
        for (written, error) in [
            ("022013", Unresolved::CheckDigit("022013".into())),
            ("22012", Unresolved::LeadingZero("22012".into())),
            ("2201", Unresolved::LeadingZero("2201".into())),
            ("020001", Unresolved::Prefecture("020001".into())),
            ("02000", Unresolved::Prefecture("02000".into())),
            ("023655", Unresolved::UnknownCode("023655".into())),
            ("12", Unresolved::NotACode("12".into())),
            ("青森市", Unresolved::NotACode("青森市".into())),
            ("0220122", Unresolved::NotACode("0220122".into())),
        ] {
            assert_eq!(register.of_code(written), Err(error), "{written}");
        }
    }
}
