//! Whose row it is: the columns of codes, names and prefectures, found by their headings.

use shared::municipality::MunicipalityCode;
use unicode_normalization::UnicodeNormalization as _;

use super::fault::Faults;
use super::register::{Register, prefecture_name};
use super::sheet::Row;

/// Headings of a column of codes, after folding.
const CODE_HEADINGS: [&str; 12] = [
    "code",
    "code5",
    "code6",
    "コード",
    "団体コード",
    "自治体コード",
    "市町村コード",
    "市区町村コード",
    "地方公共団体コード",
    "全国地方公共団体コード",
    "都道府県コード又は市区町村コード",
    "municipality_code",
];
/// Headings of a column of names.
const NAME_HEADINGS: [&str; 8] =
    ["name", "市町村", "市町村名", "市区町村", "市区町村名", "団体名", "自治体名", "municipality_name"];
/// Headings of a column of prefectures.
const PREFECTURE_HEADINGS: [&str; 3] = ["都道府県", "都道府県名", "prefecture"];

/// Which column says whose row it is.
pub struct Whose {
    /// The column of codes.
    pub code: Option<usize>,
    /// The column of names.
    pub name: Option<usize>,
    prefecture: Option<usize>,
}

impl Whose {
    /// Finds the columns by their headings.
    pub fn find(headings: &[String], faults: &mut Faults) -> Option<Self> {
        let (code, name) = (place(headings, &CODE_HEADINGS), place(headings, &NAME_HEADINGS));
        if code.is_none() && name.is_none() {
            faults.row(1, "市町村コードの列も市町村名の列もありません。見出しを「市町村コード」または「市町村名」にしてください。");
            return None;
        }
        Some(Self { code, name, prefecture: place(headings, &PREFECTURE_HEADINGS) })
    }

    /// Whether the column is one of these.
    pub fn is(&self, column: usize) -> bool {
        [self.code, self.name, self.prefecture].contains(&Some(column))
    }

    /// Whose row it is; code and name must agree where both stand there.
    pub fn municipality(
        &self,
        headings: &[String],
        row: &Row,
        register: &Register,
        faults: &mut Faults,
    ) -> Option<MunicipalityCode> {
        let heading = |place: usize| headings.get(place).map_or("", String::as_str);
        let prefecture = self.prefecture.map_or("", |place| row.cell(place));
        let by_code = match self.code {
            None => None,
            Some(place) => match register.of_code(row.cell(place)) {
                Ok(code) => Some(code),
                Err(unresolved) => {
                    faults.cell(row.line, heading(place), unresolved.to_string());
                    return None;
                }
            },
        };
        let Some(place) = self.name else { return by_code };
        let of = by_code.and_then(|code| register.municipality(code));
        // A code says the prefecture better than the file as a whole does.
        let near = of.map(|m| prefecture_name(m.code.prefecture()));
        let prefecture = if prefecture.is_empty() { near.as_deref().unwrap_or_default() } else { prefecture };
        match (register.of_name(row.cell(place), prefecture), of) {
            (Ok(found), Some(of)) if found != of.code => {
                let name = row.cell(place);
                let message =
                    format!("コード {} は{}ですが、名前は「{name}」です。どちらかを直してください。", of.code, of.name);
                faults.cell(row.line, heading(place), message);
                None
            }
            (Ok(found), _) => Some(found),
            (Err(unresolved), _) => {
                faults.cell(row.line, heading(place), unresolved.to_string());
                None
            }
        }
    }
}

/// The column with one of these headings, compared without spaces, in lower case and NFKC.
pub fn place(headings: &[String], known: &[&str]) -> Option<usize> {
    headings.iter().position(|heading| known.contains(&folded(heading).as_str()))
}

fn folded(heading: &str) -> String {
    heading.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}
