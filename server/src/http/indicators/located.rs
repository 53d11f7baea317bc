//! A published figure, and what one reader may see of it: pages and API show the same.

use app::figures::{BridgeFigure, Movement};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Outcome, PopulationCompanion};
use shared::publication::{Bridge, Evaluation, Publication, ShownOutcome};
use shared::statistics::Undefined;
use shared::tabulation::release::Disclosure;
use shared::visibility::Visibility;

use crate::http::figures;

/// One definition's figure in one published year.
#[derive(Debug, Clone, Copy)]
pub struct Located<'p> {
    /// The publication.
    pub publication: &'p Publication,
    /// The one before.
    pub earlier: Option<&'p Publication>,
    /// The definition as it was applied.
    pub definition: &'p Definition,
    /// Its counts.
    pub outcome: Outcome,
    /// Municipalities left out of the denominator.
    pub left_out: u32,
    /// The definition that it has replaced.
    replaced: Option<&'p Bridge>,
    /// The definition that has replaced it: it is computed only as a bridge.
    pub replaced_by: Option<&'p Definition>,
}

impl<'p> Located<'p> {
    /// Every definition that applied to the year.
    pub fn all(publications: &'p [Publication], year: FiscalYear) -> Vec<Self> {
        let Some(place) = publications.iter().position(|publication| publication.year == year) else {
            return Vec::new();
        };
        let earlier = place.checked_sub(1).and_then(|place| publications.get(place));
        let publication = &publications[place];
        let indicators = publication.snapshot.indicators.iter();
        let located = indicators.map(|indicator| Self {
            publication,
            earlier,
            definition: &indicator.definition,
            outcome: indicator.outcome,
            left_out: indicator.left_out,
            replaced: indicator.bridge.as_ref(),
            replaced_by: None,
        });
        located.collect()
    }

    /// The definition of that id in that year: the version that applied, or the one that is asked for.
    pub fn find(publications: &'p [Publication], year: FiscalYear, id: &str, version: Option<u16>) -> Option<Self> {
        let all = Self::all(publications, year);
        let bridges: Vec<Self> = all.iter().filter_map(Self::replaced).collect();
        let is_it = |located: &Self| {
            located.definition.id == id && version.is_none_or(|version| located.definition.version == version)
        };
        all.into_iter().chain(bridges).find(is_it)
    }

    /// The definition that it has replaced, on the same year.
    fn replaced(&self) -> Option<Self> {
        let Bridge { definition, outcome, left_out } = self.replaced?;
        let replaced_by = Some(self.definition);
        Some(Self { definition, outcome: *outcome, left_out: *left_out, replaced: None, replaced_by, ..*self })
    }

    /// The definition on the answers.
    pub fn evaluation(&self) -> Evaluation<'p> {
        self.publication.snapshot.evaluate(self.definition)
    }

    /// The counts, as far as `reader` may see.
    pub fn shown(&self, reader: Visibility) -> ShownOutcome {
        self.publication.snapshot.shown(self.definition, self.outcome, reader)
    }

    /// Whether `reader` may see what each municipality counts as.
    pub fn is_named(&self, reader: Visibility) -> bool {
        self.publication.snapshot.disclosed(self.definition, reader) == Disclosure::Named
    }

    /// The counts in people; `None` where named values are hidden: a sum of populations names who is in it.
    pub fn companion(&self, reader: Visibility) -> Option<Result<PopulationCompanion, Undefined>> {
        self.is_named(reader).then(|| self.evaluation().companion())
    }

    /// The change since the year published before.
    pub fn movement(&self, reader: Visibility) -> Option<Movement> {
        self.shown(reader).counted()?;
        figures::movement(self.definition, self.outcome, self.earlier, reader)
    }

    /// What the definition that it has replaced makes of the same answers.
    pub fn bridge(&self, reader: Visibility) -> Option<BridgeFigure> {
        figures::bridge(self.publication, self.replaced, self.earlier, reader)
    }
}
