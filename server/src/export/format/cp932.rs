//! CP932 (Windows-31J): which characters it lacks, and what stands in their place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use encoding_rs::SHIFT_JIS;
use serde::Serialize;

use crate::export::table::{Table, Value};
use crate::export::text::escaped;

/// 下駄記号: printed in place of a type that is missing.
pub const GETA: char = '〓';

/// Characters that Windows itself writes as another one of the same form, and that one.
const VARIANTS: [(char, char); 9] = [
    ('〜', '～'),
    ('−', '－'),
    ('‖', '∥'),
    ('—', '―'),
    ('¢', '￠'),
    ('£', '￡'),
    ('¬', '￢'),
    ('¥', '￥'),
    ('‾', '￣'),
];

/// A character that CP932 does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmappable {
    /// It.
    pub character: char,
    /// `U+9AD9`
    pub code_point: String,
    /// What is written in its place where it is replaced.
    pub replacement: char,
    /// How often it occurs.
    pub count: u64,
    /// Where it occurs first: the row, counted from 1 below the heading.
    pub row: u64,
    /// And the column's name.
    pub column: String,
}

/// What is written for a character that CP932 does not have: the one of the same form, or [`GETA`].
pub fn replacement(character: char) -> char {
    VARIANTS.iter().find(|(from, _)| *from == character).map_or(GETA, |(_, to)| *to)
}

/// Whether it survives the way to CP932 and back. The encoder itself takes ¥, ‾ and − for others.
fn is_mappable(character: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = character.encode_utf8(&mut buffer);
    let (bytes, _, lost) = SHIFT_JIS.encode(text);
    !lost && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text
}

/// The text without what CP932 does not have.
fn replaced(text: &str) -> Cow<'_, str> {
    if is_carried(text) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_mappable(c) { c } else { replacement(c) }).collect()
}

fn is_carried(text: &str) -> bool {
    text.is_ascii() || (!SHIFT_JIS.encode(text).2 && !text.contains(['¥', '‾', '−']))
}

/// The text as a value in a line, in CP932. It is replaced before it is escaped: what stands in place of a character may
/// be what a spreadsheet runs.
pub fn encoded(text: &str) -> Vec<u8> {
    SHIFT_JIS.encode(&escaped(&replaced(text))).0.into_owned()
}

/// Every character of the table that CP932 does not have, by code point.
pub fn unmappable(table: &dyn Table) -> io::Result<Vec<Unmappable>> {
    let mut found: BTreeMap<char, Unmappable> = BTreeMap::new();
    let mut row = 0;
    table.rows(&mut |values| {
        row += 1;
        for (value, column) in values.iter().zip(table.columns()) {
            let Value::Text(text) = value else { continue };
            if is_carried(text) {
                continue;
            }
            for character in escaped(text).chars().filter(|c| !is_mappable(*c)) {
                let first = || Unmappable {
                    character,
                    code_point: format!("U+{:04X}", u32::from(character)),
                    replacement: replacement(character),
                    count: 0,
                    row,
                    column: column.name.clone(),
                };
                found.entry(character).or_insert_with(first).count += 1;
            }
        }
        Ok(())
    })?;
    Ok(found.into_values().collect())
}

/// Why there is no file. At most ten characters are named.
pub fn refusal(found: &[Unmappable]) -> String {
    let named = found.iter().take(10).map(|one| {
        format!("「{}」（{}、{}行目の{}など{}か所）", one.character, one.code_point, one.row, one.column, one.count)
    });
    let named = named.collect::<Vec<_>>().join("、");
    let more = found.len().saturating_sub(10);
    let more = if more > 0 { format!("ほか{more}種類") } else { String::new() };
    format!(
        "CP932（Shift_JIS）で表せない文字があるため、書き出していません: {named}{more}。UTF-8で書き出すか、置き換えてよいときは「置き換える」（アドレスでは on_unmappable=replace）を指定してください（形の同じ文字か「{GETA}」に置き換え、置き換えた文字を報告します）。"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::table::{Column, Held, HeldTable, Kind};

    #[test]
    fn what_cp932_has_is_kept_and_the_rest_is_replaced_as_documented() {
        let kept = "㈱①髙～－∥―￥﨑～";
        assert_eq!(SHIFT_JIS.decode(&encoded(kept)).0, kept);
        assert_eq!(SHIFT_JIS.decode(&encoded("5千〜1万 − 𠮷 ¥ 鰺ヶ沢")).0, "5千～1万 － 〓 ￥ 鰺ヶ沢");
        assert!(!encoded("𠮷").contains(&b'?'));
        assert_eq!(SHIFT_JIS.decode(&encoded("−1+1")).0, "'－1+1", "what it became would run");
        for (from, to) in VARIANTS {
            assert!(!is_mappable(from) && is_mappable(to), "{from} {to}");
        }
        assert!(is_mappable(GETA));
    }

    #[test]
    fn every_character_is_reported_with_its_first_place() {
        let columns = vec![Column::new("a", "甲", Kind::Text, ""), Column::new("b", "乙", Kind::FreeText, "")];
        let row = |a: &str, b: &str| vec![Held::from(a), Held::from(b)];
        let table = HeldTable::new(columns, vec![row("よい", "①"), row("𠮷野", "〜〜"), row("〜", "")]);
        let found = unmappable(&table).unwrap();
        let said: Vec<_> = found.iter().map(|u| (u.character, u.count, u.row, u.column.as_str())).collect();
        assert_eq!(said, [('〜', 3, 2, "b"), ('𠮷', 1, 2, "a")]);
        let refusal = refusal(&found);
        assert!(refusal.contains("「𠮷」（U+20BB7、2行目のaなど1か所）"), "{refusal}");
    }
}
