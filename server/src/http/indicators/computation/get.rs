//! `GET /indicators/{id}/{year}`

use app::components::format;
use app::components::link::Link;
use app::components::result_table::ResultRow;
use app::pages::computation::{
    Computation, ComputationPage, ComputedPlaces, ComputedResult, Counted, FieldStep, MunicipalityRow,
};
use app::shell::NavSection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, FieldRule, Outcome};
use shared::publication::{Publication, ShownOutcome};
use shared::statistics::{Level, finite_population};
use shared::tabulation::Attribute;
use shared::visibility::Visibility;

use super::{Located, Version, locate};
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// How one figure was computed, as far as the visitor may see.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((id, year)): Path<(String, String)>,
    version: Query<Version>,
) -> Result<Response, Refusal> {
    let publications = state.service.publications().await?;
    let located = locate(&state, &publications, &id, &year, version).await?;
    let model = computation(&located, &publications, page.clearance());
    let shown = Shown::new(format!("{}の計算", located.definition.title), NavSection::Indicators);
    Ok(page.show(shown, move || view! { <ComputationPage model=model.clone() /> }).await)
}

fn computation(located: &Located<'_>, publications: &[Publication], reader: Visibility) -> Computation {
    let Publication { year, revision, published_at, sha256, snapshot, .. } = located.publication;
    let result = match located.shown(reader) {
        ShownOutcome::Hidden => ComputedResult::Hidden,
        ShownOutcome::Suppressed => ComputedResult::Suppressed,
        ShownOutcome::Counted(outcome) => ComputedResult::Counted(Box::new(counted(located, outcome, reader))),
    };
    let replaced_by = located.replaced_by.map(|definition| {
        let label = format!("{}（{}）", definition.title, definition.version_label());
        Link::new(label, format::computation_href(definition, *year))
    });
    Computation {
        year: *year,
        reference_date: snapshot.reference_date,
        revision: *revision,
        published_at: *published_at,
        sha256: sha256.clone(),
        definition: located.definition.clone(),
        replaced_by,
        result,
        other_years: other_years(located.definition, *year, publications),
    }
}

fn other_years(definition: &Definition, year: FiscalYear, publications: &[Publication]) -> Vec<Link> {
    let others = publications.iter().map(|publication| publication.year).filter(|other| *other != year);
    let link = |other: FiscalYear| {
        let there = Located::find(publications, other, &definition.id, None)?.definition;
        Some(Link::new(format!("{other}（{}）", there.version_label()), format::computation_href(there, other)))
    };
    others.filter_map(link).collect()
}

/// The figure with everything that stands below it.
pub fn counted(located: &Located<'_>, outcome: Outcome, reader: Visibility) -> Counted {
    let named = located.is_named(reader);
    let (evaluation, snapshot) = (located.evaluation(), &located.publication.snapshot);
    let field = |rule: &FieldRule| {
        let (of_field, left_out) = evaluation.field_outcome(rule.field);
        let shown = snapshot.shown_field(located.definition, (rule.field, of_field), reader).counted();
        FieldStep { field: rule.field, test: rule.words(), outcome: shown, left_out }
    };
    Counted {
        outcome,
        left_out: located.left_out,
        fields: located.definition.rule.fields.iter().map(field).collect(),
        interval: finite_population::under_non_response(&outcome, Level::P95),
        corrected: finite_population::wilson(&outcome, Level::P95).ok(),
        companion: located.companion(reader),
        movement: located.movement(reader),
        bridge: located.bridge(reader),
        places: if named { by_name(located) } else { by_region(located) },
    }
}

fn by_name(located: &Located<'_>) -> ComputedPlaces {
    let evaluation = located.evaluation();
    let year = located.publication.year;
    let base = format::computation_href(located.definition, year);
    let version = located.definition.version;
    let rows = located.publication.snapshot.municipalities.iter().map(|municipality| {
        let fields = evaluation.fields(municipality);
        let known = located.definition.rule.fields.iter().map(|rule| fields.get(&rule.field).copied());
        MunicipalityRow {
            name: municipality.municipality.name.clone(),
            region: municipality.municipality.region,
            state: municipality.state.label(),
            engagement: located.definition.decide(&fields),
            fields: known.collect(),
            href: match located.replaced_by {
                Some(_) => format!("{base}/{}?version={version}", municipality.municipality.code),
                None => format!("{base}/{}", municipality.municipality.code),
            },
        }
    });
    ComputedPlaces::Named(rows.collect())
}

fn by_region(located: &Located<'_>) -> ComputedPlaces {
    let snapshot = &located.publication.snapshot;
    let regions = snapshot.by_attribute(located.definition, Attribute::Region, Visibility::Public);
    ComputedPlaces::ByRegion(regions.into_iter().map(ResultRow::from).collect())
}
