//! View models of published results, shared by the public page and the indicators' page.

use app::figures::{
    FieldFigure, Figure, Movement, Place, Places, Reference, ReferenceInterval, RegionFigure, Trend, TrendYear,
};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{CountBounds, Definition, Engagement, Field, Outcome, ReferenceCount, Role};
use shared::municipality::Region;
use shared::publication::{Publication, PublishedMunicipality, Snapshot};
use shared::response::Decimal;
use shared::share::Share;
use shared::tabulation::suppression;
use shared::visibility::Visibility;

/// Last year of 青森県DX推進プラン.
const LAST_YEAR: u16 = 2028;

/// A definition's result with its change since the year published before, if that year used the same version.
pub fn figure(publication: &Publication, earlier: Option<&Publication>, id: &str) -> Option<Figure> {
    let published = publication.snapshot.indicator(id)?;
    let before = earlier.and_then(|e| Some((e.year, e.snapshot.indicator(id)?)));
    let comparable = before.filter(|(_, b)| b.definition.version == published.definition.version);
    let movement =
        comparable.and_then(|(since, b)| Some(Movement { since, change: published.outcome.change_since(&b.outcome)? }));
    Some(Figure { definition: published.definition.clone(), outcome: published.outcome, movement })
}

/// One field's counts under the official definition's reading of "engaged".
pub fn field_outcome(snapshot: &Snapshot, field: Field) -> Outcome {
    Outcome::count(
        snapshot
            .municipalities
            .iter()
            .map(|m| (m.fields.get(&field).copied().unwrap_or(Engagement::Undetermined), m.state.is_handed_in())),
    )
}

/// The three fields with their changes.
pub fn field_figures(publication: &Publication, earlier: Option<&Publication>) -> Vec<FieldFigure> {
    let figure = |field| {
        let outcome = field_outcome(&publication.snapshot, field);
        let movement = earlier.and_then(|e| {
            Some(Movement { since: e.year, change: outcome.change_since(&field_outcome(&e.snapshot, field))? })
        });
        FieldFigure { field, outcome, movement }
    };
    Field::ALL.into_iter().map(figure).collect()
}

/// The year known only as counts, with what follows for the definitions over several fields.
pub fn reference(counts: &[ReferenceCount], definitions: &[Definition]) -> Option<Reference> {
    let year = counts.iter().map(|c| c.year).max()?;
    let counts: Vec<ReferenceCount> = counts.iter().filter(|c| c.year == year).cloned().collect();
    let over_several = definitions.iter().filter(|d| d.role != Role::Field);
    let intervals = over_several.filter_map(|definition| {
        let bounds = CountBounds::of(&definition.rule, &counts)?;
        Some(ReferenceInterval { definition: definition.clone(), bounds })
    });
    Some(Reference { year, intervals: intervals.collect(), counts })
}

/// The official indicator and the three fields towards the plan's last year.
pub fn trend(
    publications: &[Publication],
    official: &Definition,
    reference: Option<Reference>,
    target: Option<Share>,
) -> Option<Trend> {
    let first = reference.as_ref().map(|r| r.year).or_else(|| publications.first().map(|p| p.year))?;
    let of_year = |p: &Publication| {
        Some(TrendYear {
            year: p.year,
            headline: p.snapshot.official()?.outcome,
            fields: Field::ALL.into_iter().map(|f| (f, field_outcome(&p.snapshot, f))).collect(),
        })
    };
    let version = |p: &Publication| p.snapshot.official().map(|o| (o.definition.id.clone(), o.definition.version));
    let changed = publications.windows(2).filter(|pair| version(&pair[0]) != version(&pair[1]));
    // The counts of the reference year follow a definition of their own.
    let after_reference = reference.iter().filter_map(|_| publications.first());
    Some(Trend {
        headline: headline_name(official),
        first,
        last: FiscalYear::new(LAST_YEAR).ok()?,
        years: publications.iter().filter_map(of_year).collect(),
        breaks: after_reference.chain(changed.map(|pair| &pair[1])).map(|p| p.year).collect(),
        reference,
        target,
    })
}

fn headline_name(official: &Definition) -> String {
    match official.rule.at_least {
        1 => "いずれか1分野以上".to_owned(),
        k if usize::from(k) == official.rule.of.len() => "すべての分野".to_owned(),
        k => format!("{k}分野以上"),
    }
}

/// A target as entered in the ledger (in ％), as a share; `None` where nothing or no share was entered.
pub fn target(entered: &str) -> Option<Share> {
    let number: Decimal = entered.trim().trim_end_matches(['％', '%']).parse().ok()?;
    let tenths = number.to_f64() * 10.0;
    (0_u32..=1000).find(|permille| (f64::from(*permille) - tenths).abs() < 1e-9).map(|p| Share::new(p, 1000))
}

/// The map where the reader may see named values, the regions otherwise.
pub fn places(snapshot: &Snapshot, official: &Definition, reader: Visibility) -> Places {
    if official.rule.of.iter().all(|field| snapshot.names_engagement(*field, reader)) {
        let place = |m: &PublishedMunicipality| Place {
            municipality: m.municipality.clone(),
            responded: m.state.is_handed_in(),
            fields: m.fields.clone(),
        };
        return Places::Named(snapshot.municipalities.iter().map(place).collect());
    }
    let mut regions: Vec<Option<Region>> = Region::ALL.into_iter().map(Some).collect();
    regions.push(None);
    let outcome = |region: Option<Region>| {
        let there = snapshot.municipalities.iter().filter(|m| m.municipality.region == region);
        Outcome::count(there.map(|m| (official.rule.decide(&m.fields), m.state.is_handed_in())))
    };
    let counted: Vec<(Option<Region>, Outcome)> =
        regions.into_iter().map(|r| (r, outcome(r))).filter(|(_, o)| o.register > 0).collect();
    let shown = suppression::outcomes(&counted.iter().map(|(_, o)| *o).collect::<Vec<_>>());
    let figures = counted.into_iter().zip(shown);
    Places::ByRegion(figures.map(|((region, _), outcome)| RegionFigure { region, outcome }).collect())
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
