//! The cube: years, municipalities, variables, and a byte for each cell.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::code::{OFF, State};
use super::sheet::Sheet;
use super::suppression::SmallCells;
use super::suppression::blocks::Blocks;
use super::variable::{Variable, VariableKind};
use crate::fiscal_year::FiscalYear;
use crate::municipality::{Municipality, MunicipalityCode};
use crate::response::Decimal;

/// Coded answers of all years. Municipalities and variables have the same place in every year.
#[derive(Debug, Clone, Default)]
pub struct Cube {
    codes: Vec<MunicipalityCode>,
    variables: Vec<Variable>,
    years: Vec<YearSlab>,
}

/// One year of the cube.
#[derive(Debug, Clone)]
pub struct YearSlab {
    year: FiscalYear,
    register: Vec<Option<Municipality>>,
    sheet: Sheet,
    numbers: BTreeMap<usize, Vec<Decimal>>,
    populations: Vec<u32>,
    not_asked: Vec<u8>,
    nothing: Vec<u8>,
    small_cells: SmallCells,
    blocks: OnceLock<Blocks>,
}

impl Cube {
    /// A cube of what was gathered. `codes` ascend; every year's register and sheet have one place for each of them.
    pub fn new(codes: Vec<MunicipalityCode>, variables: Vec<Variable>, mut years: Vec<YearSlab>) -> Self {
        years.sort_by_key(|slab| slab.year);
        Self { codes, variables, years }
    }

    /// Every municipality that was on the register in any year, ascending by code.
    pub fn codes(&self) -> &[MunicipalityCode] {
        &self.codes
    }

    /// All variables: those of the latest year in its order, then those that only earlier years asked.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variable of that concept, by its name in the latest year or in any earlier one.
    pub fn variable(&self, concept: &str) -> Option<&Variable> {
        let by_name = self.variables.iter().find(|variable| variable.concept == concept);
        by_name.or_else(|| self.variables.iter().find(|v| v.editions.values().any(|e| e.concept == concept)))
    }

    /// All years, ascending.
    pub fn years(&self) -> &[YearSlab] {
        &self.years
    }

    /// That year.
    pub fn year(&self, year: FiscalYear) -> Option<&YearSlab> {
        self.years.iter().find(|slab| slab.year == year)
    }

    /// The year before, among those of the cube.
    pub fn year_before(&self, year: FiscalYear) -> Option<&YearSlab> {
        self.years.iter().rfind(|slab| slab.year < year)
    }
}

impl YearSlab {
    /// A year with its register (`None` for a municipality that was not on it) and its cells.
    pub fn new(
        year: FiscalYear,
        register: Vec<Option<Municipality>>,
        sheet: Sheet,
        numbers: BTreeMap<usize, Vec<Decimal>>,
    ) -> Self {
        let populations = register.iter().map(|m| m.as_ref().and_then(|m| m.population).unwrap_or(0)).collect();
        let there = |code: u8| register.iter().map(|m| if m.is_some() { code } else { OFF }).collect();
        let (not_asked, nothing) = (there(State::NotAsked.code()), vec![OFF; register.len()]);
        let small_cells = SmallCells::default();
        let blocks = OnceLock::new();
        Self { year, register, sheet, numbers, populations, not_asked, nothing, small_cells, blocks }
    }

    /// With other thresholds of suppression than the usual ones.
    #[must_use]
    pub fn with_small_cells(self, small_cells: SmallCells) -> Self {
        Self { small_cells, ..self }
    }

    /// From which count on cells are shown to readers who may not see named values.
    pub fn small_cells(&self) -> SmallCells {
        self.small_cells
    }

    /// What tables by different attributes tell about one another; computed when it is first asked for.
    pub fn blocks(&self) -> &Blocks {
        self.blocks.get_or_init(|| Blocks::of(&self.register.iter().map(Option::as_ref).collect::<Vec<_>>()))
    }

    /// Which year.
    pub fn year(&self) -> FiscalYear {
        self.year
    }

    /// The register by the cube's places, as it was in that year; `None` for a municipality that was not on it.
    pub fn register(&self) -> &[Option<Municipality>] {
        &self.register
    }

    /// Population by place, 0 where it is not known.
    pub fn populations(&self) -> &[u32] {
        &self.populations
    }

    /// The variable's cells. A year that did not ask it has 当年度設問なし for everybody on the register.
    pub fn column(&self, variable: &Variable) -> &[u8] {
        let edition = variable.edition(self.year);
        edition.and_then(|edition| self.sheet.column(edition.column)).unwrap_or(&self.not_asked)
    }

    /// The cells of one choice: [`CHOSEN`](super::code::CHOSEN), [`NOT_CHOSEN`](super::code::NOT_CHOSEN) or the state, for a multiple answer. No cell at all for other
    /// kinds and for a choice that was not offered.
    pub fn choice_column(&self, variable: &Variable, code: u8) -> &[u8] {
        let edition = variable.edition(self.year).filter(|edition| {
            edition.kind == VariableKind::Multiple
                && edition.offered.get(usize::from(code)).is_some_and(Option::is_some)
        });
        let column = edition.and_then(|edition| self.sheet.column(edition.column + 1 + usize::from(code)));
        column.unwrap_or(&self.nothing)
    }

    /// The variable's numbers by place; to be read only where [`Self::column`] says that there is a value. `None` where
    /// it is no number.
    pub fn numbers(&self, variable: &Variable) -> Option<&[Decimal]> {
        self.numbers.get(&variable.edition(self.year)?.column).map(Vec::as_slice)
    }
}
