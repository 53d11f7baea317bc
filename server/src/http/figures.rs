//! View models of published results, shared by the public page and the indicators' page.

use app::components::format;
use app::components::result_table::ResultRow;
use app::figures::{
    BridgeFigure, FieldFigure, Figure, Movement, Place, Places, Reference, ReferenceInterval, Trend, TrendYear,
};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{CountBounds, Definition, Field, Outcome, ReferenceCount, Role};
use shared::publication::{Bridge, Publication, PublishedIndicator, PublishedMunicipality, ShownOutcome, Snapshot};
use shared::response::Decimal;
use shared::share::Share;
use shared::tabulation::Attribute;
use shared::visibility::Visibility;

/// Last year of 青森県DX推進プラン.
const LAST_YEAR: u16 = 2028;

/// A definition's result with what `reader` may see of its change.
pub fn figure(
    publication: &Publication,
    earlier: Option<&Publication>,
    published: &PublishedIndicator,
    reader: Visibility,
) -> Figure {
    Figure {
        definition: published.definition.clone(),
        outcome: published.outcome,
        movement: movement(&published.definition, published.outcome, earlier, reader),
        bridge: bridge(publication, published.bridge.as_ref(), earlier, reader),
        computation: format::computation_href(&published.definition, publication.year),
    }
}

/// A reference's row, as far as `reader` may see; `None` where it may see nothing.
pub fn reference_row(
    publication: &Publication,
    earlier: Option<&Publication>,
    published: &PublishedIndicator,
    reader: Visibility,
) -> Option<ResultRow> {
    let figure = figure(publication, earlier, published, reader);
    match publication.snapshot.shown(&figure.definition, figure.outcome, reader) {
        ShownOutcome::Hidden => None,
        ShownOutcome::Suppressed => Some(ResultRow { outcome: None, movement: None, ..ResultRow::from(&figure) }),
        ShownOutcome::Counted(_) => Some(ResultRow::from(&figure)),
    }
}

/// The change since the year published before, see [`Snapshot::change_to`].
pub fn movement(
    definition: &Definition,
    outcome: Outcome,
    earlier: Option<&Publication>,
    reader: Visibility,
) -> Option<Movement> {
    let earlier = earlier?;
    let change = earlier.snapshot.change_to(definition, outcome, reader)?;
    Some(Movement { since: earlier.year, change })
}

/// What the replaced definition makes of the first year of the new one, if `reader` may see it.
pub fn bridge(
    publication: &Publication,
    bridge: Option<&Bridge>,
    earlier: Option<&Publication>,
    reader: Visibility,
) -> Option<BridgeFigure> {
    let Bridge { definition, outcome, .. } = bridge?;
    publication.snapshot.shown(definition, *outcome, reader).counted()?;
    Some(BridgeFigure {
        definition: definition.clone(),
        outcome: *outcome,
        movement: movement(definition, *outcome, earlier, reader),
        computation: format!(
            "{}?version={}",
            format::computation_href(definition, publication.year),
            definition.version
        ),
    })
}

/// The three fields with their changes, as everybody may see them.
pub fn field_figures(publication: &Publication, earlier: Option<&Publication>) -> Vec<FieldFigure> {
    let Some(official) = publication.snapshot.official() else { return Vec::new() };
    let computation = format::computation_href(&official.definition, publication.year);
    let comparable = earlier.filter(|e| {
        e.snapshot.official().is_some_and(|before| {
            (&before.definition.id, before.definition.version) == (&official.definition.id, official.definition.version)
        })
    });
    let figure = |field: Field| {
        let outcome = public_field(&publication.snapshot, field);
        let movement = comparable.and_then(|e| {
            let change = outcome?.change_since(&public_field(&e.snapshot, field)?)?;
            Some(Movement { since: e.year, change })
        });
        FieldFigure { field, outcome, movement, computation: format!("{computation}#field-{}", field.code()) }
    };
    Field::ALL.into_iter().map(figure).collect()
}

/// A field's counts under the official definition, where everybody may see them.
fn public_field(snapshot: &Snapshot, field: Field) -> Option<Outcome> {
    let official = &snapshot.official()?.definition;
    snapshot.shown_field(official, (field, snapshot.field_outcome(field)), Visibility::Public).counted()
}

/// The year known only as counts, with what follows for the definitions over several fields.
pub fn reference(counts: &[ReferenceCount], definitions: &[Definition]) -> Option<Reference> {
    let year = counts.iter().map(|c| c.year).max()?;
    let counts: Vec<ReferenceCount> = counts.iter().filter(|c| c.year == year).cloned().collect();
    let (mut intervals, mut unknown) = (Vec::new(), Vec::new());
    for definition in definitions.iter().filter(|d| d.role != Role::Field).cloned() {
        match CountBounds::of(&definition, &counts) {
            Ok(bounds) => intervals.push(ReferenceInterval { definition, bounds }),
            Err(reason) => unknown.push((definition, reason)),
        }
    }
    Some(Reference { year, intervals, unknown, counts })
}

/// The official indicator and the three fields towards the plan's last year, as everybody may see them.
pub fn trend(
    publications: &[Publication],
    official: &Definition,
    reference: Option<Reference>,
    target: Option<Share>,
) -> Option<Trend> {
    let first = reference.as_ref().map(|r| r.year).or_else(|| publications.first().map(|p| p.year))?;
    let of_year = |p: &Publication| {
        let official = p.snapshot.official()?;
        let field = |field: Field| Some((field, public_field(&p.snapshot, field)?));
        Some(TrendYear {
            year: p.year,
            headline: p.snapshot.shown(&official.definition, official.outcome, Visibility::Public).counted()?,
            fields: Field::ALL.into_iter().filter_map(field).collect(),
            computation: format::computation_href(&official.definition, p.year),
        })
    };
    let version = |p: &Publication| p.snapshot.official().map(|o| (o.definition.id.clone(), o.definition.version));
    let changed = publications.windows(2).filter(|pair| version(&pair[0]) != version(&pair[1]));
    // The counts of the reference year follow a definition of their own.
    let after_reference = reference.iter().filter_map(|_| publications.first());
    Some(Trend {
        headline: official.rule.quota.words("分野"),
        first,
        last: FiscalYear::new(LAST_YEAR).ok()?,
        years: publications.iter().filter_map(of_year).collect(),
        breaks: after_reference.chain(changed.map(|pair| &pair[1])).map(|p| p.year).collect(),
        reference,
        target,
    })
}

/// A target as entered in the ledger (in ％), as a share; `None` where nothing or no share was entered.
pub fn target(entered: &str) -> Option<Share> {
    let number: Decimal = entered.trim().trim_end_matches(['％', '%']).parse().ok()?;
    let tenths = number.to_f64() * 10.0;
    (0_u32..=1000).find(|permille| (f64::from(*permille) - tenths).abs() < 1e-9).map(|p| Share::new(p, 1000))
}

/// The map where the reader may see named values, the regions otherwise.
pub fn places(snapshot: &Snapshot, official: &Definition, reader: Visibility) -> Places {
    if official.rule.fields.iter().all(|rule| snapshot.names_engagement(rule.field, reader)) {
        let place = |m: &PublishedMunicipality| Place {
            municipality: m.municipality.clone(),
            responded: m.state.is_handed_in(),
            fields: m.fields.clone(),
        };
        return Places::Named(snapshot.municipalities.iter().map(place).collect());
    }
    Places::ByRegion(snapshot.by_attribute(official, Attribute::Region, Visibility::Public))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_only_where_it_is_a_share() {
        assert_eq!(target("60"), Some(Share::new(600, 1000)));
        assert_eq!(target("６２．５％"), Some(Share::new(625, 1000)));
        for text in ["", "未定", "120", "-5"] {
            assert_eq!(target(text), None, "{text:?}");
        }
    }
}
