//! 市町村の属性: what the register says of municipalities, in the columns of the dataset `municipalities`.
//!
//! Columns that are not there and cells that are empty change nothing: what is unknown stays unknown, what is known stays
//! known. Codes and names are not changed here; a municipality that is not on the register is a fault.

use std::collections::BTreeMap;

use shared::municipality::{Kind, Municipality, MunicipalityCode, Region};
use shared::response::Decimal;

use super::ImportError;
use super::fault::{Faults, faultless};
use super::file::TableFile;
use super::register::Register;
use super::sheet::{FORMULA, Row, is_formula};
use super::whose::{Whose, place};

/// Longest reading, in characters.
const LONGEST_KANA: usize = 100;
/// More people live nowhere, and nowhere is larger (hundredths of a km²).
const LARGEST: u32 = 100_000_000;

const KANA: &str = "municipality_kana";
const KIND: &str = "kind";
const REGION: &str = "region";
const POPULATION: &str = "population";
const AREA: &str = "area_km2";
/// Headings of each attribute besides its name in our own files.
const ATTRIBUTES: [(&str, &[&str]); 5] = [
    (KANA, &[KANA, "kana", "読み", "市町村名の読み"]),
    (KIND, &[KIND, "市町村の別"]),
    (REGION, &[REGION, "地域"]),
    (POPULATION, &[POPULATION, "人口"]),
    (AREA, &[AREA, "面積", "面積(km2)"]),
];
/// Columns of our own files that follow from others.
const DERIVED: [&str; 2] = ["prefecture", "population_band"];

/// What a file says of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Rows below the heading.
    pub rows: usize,
    /// Headings of columns that say nothing of the register.
    pub unused: Vec<String>,
    /// The municipalities named, as they are to be.
    pub municipalities: Vec<Municipality>,
}

/// Reads a file, or says everything that is wrong with it.
pub fn read(file: &TableFile, register: &Register) -> Result<Reading, ImportError> {
    faultless(&file.name, |faults| read_all(file, register, faults))
}

fn read_all(file: &TableFile, register: &Register, faults: &mut Faults) -> Option<Reading> {
    let mut sheet = file.sheet(faults)?;
    let whose = Whose::find(&sheet.headings, faults)?;
    let attributes: Vec<(&str, usize)> =
        ATTRIBUTES.iter().filter_map(|(name, known)| Some((*name, place(&sheet.headings, known)?))).collect();
    if attributes.is_empty() {
        let names = ATTRIBUTES.map(|(name, _)| name).join("、");
        faults.row(1, format!("属性の列がありません。見出しを {names} のどれかにしてください。"));
        return None;
    }
    let unused = |(column, heading): &(usize, &String)| {
        let used = whose.is(*column) || attributes.iter().any(|(_, place)| place == column);
        !used && !DERIVED.contains(&heading.as_str())
    };
    let unused = sheet.headings.iter().enumerate().filter(unused).map(|(_, heading)| heading.clone()).collect();
    let mut seen: BTreeMap<MunicipalityCode, (u64, Municipality)> = BTreeMap::new();
    let mut rows = 0;
    while let Some(row) = sheet.next_row(faults) {
        rows += 1;
        let Some(code) = whose.municipality(&sheet.headings, &row, register, faults) else { continue };
        if let Some((before, _)) = seen.get(&code) {
            faults.row(row.line, format!("市町村 {code} は{before}行目にもあります。"));
            continue;
        }
        let Some(mut municipality) = register.municipality(code).cloned() else { continue };
        for (name, column) in &attributes {
            if let Err(message) = set(&mut municipality, name, &row, *column) {
                faults.cell(row.line, &sheet.headings[*column], message);
            }
        }
        seen.insert(code, (row.line, municipality));
    }
    if rows == 0 {
        faults.whole("見出しの下に行がありません。");
    }
    Some(Reading { rows, unused, municipalities: seen.into_values().map(|(_, municipality)| municipality).collect() })
}

fn set(municipality: &mut Municipality, attribute: &str, row: &Row, column: usize) -> Result<(), String> {
    let typed = row.cell(column);
    if typed.is_empty() {
        return Ok(());
    }
    if is_formula(typed) {
        return Err(FORMULA.to_owned());
    }
    match attribute {
        KANA if typed.chars().count() > LONGEST_KANA || typed.chars().any(char::is_control) => {
            return Err(format!("読みは{LONGEST_KANA}文字以内にしてください。"));
        }
        KANA => typed.clone_into(&mut municipality.kana),
        KIND => {
            let kind = Kind::ALL.into_iter().find(|kind| kind.label() == typed);
            municipality.kind = kind.ok_or_else(|| format!("「{typed}」は市、町、村、区のどれでもありません。"))?;
        }
        REGION => {
            let known = || Region::ALL.map(Region::label).join("、");
            let region = Region::of_label(typed);
            municipality.region =
                Some(region.ok_or_else(|| format!("「{typed}」という地域はありません（{}）。", known()))?);
        }
        POPULATION => {
            let number = scaled(typed, 0).ok_or("人口は0以上の整数で入力してください。")?;
            municipality.population = Some(number);
        }
        _ => {
            let area = hectares(typed).ok_or("面積は0より大きい数（km2、小数点以下2桁まで）で入力してください。")?;
            municipality.area = Some(area);
        }
    }
    Ok(())
}

/// An area in km² as hectares.
pub fn hectares(typed: &str) -> Option<u32> {
    scaled(typed, 2).filter(|area| *area > 0)
}

/// A number with so many decimals at most, as so many tens-powers of it.
fn scaled(typed: &str, decimals: u8) -> Option<u32> {
    let (mantissa, scale) = typed.parse::<Decimal>().ok()?.parts();
    let missing = decimals.checked_sub(scale)?;
    let number = mantissa.checked_mul(10_i64.pow(u32::from(missing)))?;
    u32::try_from(number).ok().filter(|number| *number <= LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;

    fn read_text(text: &str) -> Result<Reading, String> {
        let register = Register::new(Seeds::Embedded.municipalities().unwrap(), "02");
        let file = TableFile::of_bytes("a.csv", text.as_bytes(), None).unwrap();
        read(&file, &register).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_named_is_changed_and_what_is_empty_stays() {
        let read = read_text(
            "団体コード,市町村名,人口,面積,地域,備考\n022012,青森市,\"260,000\",824.6,,x\n011002,札幌市,,１１２１．２６,,\n",
        )
        .unwrap();
        assert_eq!((read.rows, read.unused), (2, vec!["備考".to_owned()]));
        let [sapporo, aomori] = read.municipalities.as_slice() else { panic!("two") };
        assert_eq!((aomori.population, aomori.area, aomori.region), (Some(260_000), Some(82_460), Some(Region::Tosei)));
        assert_eq!((sapporo.population, sapporo.area), (None, Some(112_126)));
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        for (text, fault) in [
            ("code,備考\n022012,x\n", "a.csv 1行目: 属性の列がありません"),
            ("人口\n1\n", "a.csv 1行目: 市町村コードの列も"),
            ("code,人口\n", "a.csv: 見出しの下に行がありません"),
            ("code,人口\n022012,1\n022012,2\n", "a.csv 3行目: 市町村 022012 は2行目にもあります"),
            ("code,人口\n022012,-1\n", "a.csv 2行目 人口列: 人口は0以上の整数"),
            ("code,人口\n022012,=1\n", "a.csv 2行目 人口列: 数式のようです"),
            ("code,面積\n022012,0\n", "a.csv 2行目 面積列: 面積は0より大きい数"),
            ("code,面積\n022012,1.234\n", "a.csv 2行目 面積列: 面積は0より大きい数"),
            ("code,地域\n022012,津軽\n", "a.csv 2行目 地域列: 「津軽」という地域はありません（東青"),
            ("code,kind\n022012,県\n", "a.csv 2行目 kind列: 「県」は市、町、村、区の"),
            ("code,人口\n023655,1\n", "a.csv 2行目 code列: 「023655」は名簿にない"),
        ] {
            let said = read_text(text).unwrap_err();
            assert!(said.starts_with(fault), "{text:?}: {said}");
        }
    }
}
