//! Which column is what: those of the dataset `answers`, by name. Columns that only describe may be missing.

use shared::fiscal_year::FiscalYear;

use crate::import::fault::Faults;
use crate::import::sheet::Row;
use crate::import::whose::Whose;

pub(super) const YEAR: &str = "fiscal_year";
pub(super) const CODE: &str = "municipality_code";
pub(super) const QUESTION: &str = "question_name";
pub(super) const STATE: &str = "state";
pub(super) const CHOICE: &str = "choice";
pub(super) const NUMBER: &str = "number";
pub(super) const TEXT: &str = "text";
pub(super) const CHOICE_LABEL: &str = "choice_label";
pub(super) const UNIT: &str = "unit";
pub(super) const RANK: &str = "rank";
const NOTE: &str = "note";

/// The columns, by place.
pub(super) struct Columns {
    year: usize,
    pub(super) whose: Whose,
    pub(super) question: usize,
    pub(super) state: usize,
    pub(super) choice: usize,
    pub(super) choice_label: Option<usize>,
    pub(super) number: usize,
    pub(super) unit: Option<usize>,
    pub(super) text: usize,
    pub(super) rank: Option<usize>,
    pub(super) note: Option<usize>,
}

impl Columns {
    /// Finds them; says which are missing.
    pub(super) fn find(headings: &[String], faults: &mut Faults) -> Option<Self> {
        let place = |name: &str| headings.iter().position(|heading| heading == name);
        let needed = [YEAR, CODE, QUESTION, STATE, CHOICE, NUMBER, TEXT];
        let missing: Vec<&str> = needed.into_iter().filter(|name| place(name).is_none()).collect();
        if !missing.is_empty() {
            faults.row(
                1,
                format!(
                    "{} の列がありません。「shirabe export --dataset answers」で書き出した形にしてください。",
                    missing.join("、")
                ),
            );
            return None;
        }
        Some(Self {
            year: place(YEAR)?,
            whose: Whose::find(headings, faults)?,
            question: place(QUESTION)?,
            state: place(STATE)?,
            choice: place(CHOICE)?,
            choice_label: place(CHOICE_LABEL),
            number: place(NUMBER)?,
            unit: place(UNIT),
            text: place(TEXT)?,
            rank: place(RANK),
            note: place(NOTE),
        })
    }

    /// The row's year.
    pub(super) fn year(&self, row: &Row, faults: &mut Faults) -> Option<FiscalYear> {
        let typed = row.cell(self.year);
        let year = typed.parse().ok();
        if year.is_none() {
            faults.cell(row.line, YEAR, format!("「{typed}」は年度ではありません。西暦の4桁にしてください。"));
        }
        year
    }
}
