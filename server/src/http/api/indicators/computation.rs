//! `GET /api/v1/indicators/{id}/{year}`

use app::pages::computation::{ComputedPlaces, FieldStep};
use axum::Json;
use axum::extract::{Path, Query, State};
use shared::indicator::Outcome;
use shared::municipality::Region;
use shared::publication::GroupOutcome;
use shared::tabulation::Attribute;
use shared::visibility::Visibility;
use shared::wire::{
    ComputationOfFigure, EngagementInField, FieldOfFigure, IndicatorYear, PlaceOfFigure, Problem, RegionOfFigure,
    StepCounts,
};

use super::result::{engagement, result};
use crate::http::api::parameters::{IndicatorId, Version as VersionInQuery, Year};
use crate::http::auth::Account;
use crate::http::indicators::computation::get::counted;
use crate::http::indicators::computation::{Version, locate};
use crate::http::indicators::located::Located;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// How one figure was computed, as far as the caller may see.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{id}/{year}",
    tag = "indicators",
    params(IndicatorId, Year, VersionInQuery),
    responses(
        (status = OK, body = ComputationOfFigure),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    account: Option<Account>,
    Path((id, year)): Path<(String, String)>,
    version: Query<Version>,
) -> Result<Json<ComputationOfFigure>, Refusal> {
    let reader = account.map_or(Visibility::Public, |account| account.0.clearance());
    let publications = state.service.publications().await?;
    let located = locate(&state, &publications, &id, &year, version).await?;
    let publication = located.publication;
    let steps = located.shown(reader).counted().map(|outcome| counted(&located, outcome, reader));
    let (fields, places) = steps.map_or_else(Default::default, |steps| (steps.fields, Some(steps.places)));
    let (regions, municipalities) = match places {
        None => (None, None),
        Some(ComputedPlaces::ByRegion(_)) => (Some(by_region(&located)), None),
        Some(ComputedPlaces::Named(_)) => (None, Some(by_name(&located))),
    };
    Ok(Json(ComputationOfFigure {
        figure: IndicatorYear {
            year: publication.year.year(),
            revision: publication.revision,
            published_at: publication.published_at.rfc3339(),
            sha256: publication.sha256.clone(),
            broken: located.bridge(reader).is_some(),
            result: result(&located, reader).ok_or(Error::NotFound)?,
        },
        reference_date: publication.snapshot.reference_date.rfc3339(),
        fields: fields.into_iter().map(field).collect(),
        regions,
        municipalities,
    }))
}

fn counts(outcome: Option<Outcome>) -> StepCounts {
    StepCounts {
        engaged: outcome.map(|outcome| outcome.engaged),
        not_engaged: outcome.map(|outcome| outcome.not_engaged),
        undetermined: outcome.map(|outcome| outcome.undetermined()),
        register: outcome.map(|outcome| outcome.register),
    }
}

fn field(step: FieldStep) -> FieldOfFigure {
    FieldOfFigure {
        field: step.field.code().to_owned(),
        test: step.test,
        // Whom a field does not apply to would tell what is suppressed.
        left_out: step.outcome.map_or(0, |_| step.left_out),
        counts: counts(step.outcome),
    }
}

fn by_region(located: &Located<'_>) -> Vec<RegionOfFigure> {
    let snapshot = &located.publication.snapshot;
    let regions = snapshot.by_attribute(located.definition, Attribute::Region, Visibility::Public);
    let region = |group: GroupOutcome| RegionOfFigure {
        region: Region::of_label(&group.label).map(Region::code).map(str::to_owned),
        counts: counts(group.outcome),
    };
    regions.into_iter().map(region).collect()
}

fn by_name(located: &Located<'_>) -> Vec<PlaceOfFigure> {
    let evaluation = located.evaluation();
    let rules = &located.definition.rule.fields;
    let all = located.publication.snapshot.municipalities.iter();
    let place = all.map(|municipality| {
        let fields = evaluation.fields(municipality);
        let known = rules.iter().map(|rule| EngagementInField {
            field: rule.field.code().to_owned(),
            engagement: engagement(fields.get(&rule.field).copied()),
        });
        PlaceOfFigure {
            code: municipality.municipality.code.to_string(),
            name: municipality.municipality.name.clone(),
            state: municipality.state.code().to_owned(),
            engagement: engagement(located.definition.decide(&fields)),
            fields: known.collect(),
        }
    });
    place.collect()
}
