//! Which municipalities are counted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::attribute::{Attribute, PopulationBand, prefecture_name};
use super::code::OFF;
use super::cube::YearSlab;
use super::kernel;
use crate::municipality::{Kind, Municipality, MunicipalityCode, Region};

/// Conditions that all must hold; no condition selects everybody on the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// 地域
    pub region: Option<Region>,
    /// 市・町・村
    pub kind: Option<Kind>,
    /// 人口規模
    pub band: Option<PopulationBand>,
    /// 都道府県: the two digits.
    pub prefecture: Option<String>,
    /// A selection by name.
    pub codes: Option<BTreeSet<MunicipalityCode>>,
}

/// The municipalities of one year that are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// 255 for a place that is left out, 0 elsewhere; `None` leaves nobody out.
    mask: Option<Vec<u8>>,
}

impl Filter {
    /// Whether it leaves nobody out, whatever the register.
    pub fn is_everybody(&self) -> bool {
        *self == Self::default()
    }

    /// The one group of one attribute that it selects, by its heading; `None` where it is more or less than that.
    pub fn only_group(&self) -> Option<(Attribute, String)> {
        let groups = [
            self.region.map(|region| (Attribute::Region, region.label().to_owned())),
            self.kind.map(|kind| (Attribute::Kind, kind.label().to_owned())),
            self.band.map(|band| (Attribute::Band, band.label().to_owned())),
            self.prefecture.as_deref().and_then(prefecture_name).map(|name| (Attribute::Prefecture, name.to_owned())),
        ];
        let mut groups = groups.into_iter().flatten();
        let only = groups.next().filter(|_| groups.next().is_none() && self.codes.is_none())?;
        // A prefecture that does not exist is no condition that could be left away.
        (self.prefecture.is_none() || only.0 == Attribute::Prefecture).then_some(only)
    }

    /// Whether a municipality passes.
    pub fn admits(&self, municipality: &Municipality) -> bool {
        let holds = |condition: Option<bool>| condition.unwrap_or(true);
        holds(self.region.map(|region| municipality.region == Some(region)))
            && holds(self.kind.map(|kind| municipality.kind == kind))
            && holds(self.band.map(|band| municipality.population.map(PopulationBand::of) == Some(band)))
            && holds(self.prefecture.as_ref().map(|prefecture| municipality.code.prefecture() == prefecture))
            && holds(self.codes.as_ref().map(|codes| codes.contains(&municipality.code)))
    }

    /// Who is counted in that year.
    pub fn select(&self, slab: &YearSlab) -> Selection {
        if self.is_everybody() {
            return Selection::everybody();
        }
        let off = |m: &Option<Municipality>| if m.as_ref().is_some_and(|m| self.admits(m)) { 0 } else { OFF };
        Selection { mask: Some(slab.register().iter().map(off).collect()) }
    }
}

impl Selection {
    /// Everybody on the register.
    pub fn everybody() -> Self {
        Self { mask: None }
    }

    /// The column with the cells of everybody else turned off.
    pub fn of<'a>(&self, column: &'a [u8]) -> Cow<'a, [u8]> {
        match &self.mask {
            None => Cow::Borrowed(column),
            Some(mask) => {
                let mut selected = vec![OFF; column.len()];
                kernel::select(column, mask, &mut selected);
                Cow::Owned(selected)
            }
        }
    }
}
