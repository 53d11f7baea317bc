//! `GET /api/v1/indicators/{id}`

use axum::Json;
use axum::extract::{Path, State};
use shared::fiscal_year::FiscalYear;
use shared::indicator::{CountBounds, Definition, ReferenceCount};
use shared::publication::Publication;
use shared::visibility::Visibility;
use shared::wire::{DefinitionText, IndicatorHistory, IndicatorYear, ReferenceYear};

use super::result::result;
use crate::http::api::parameters::IndicatorId;
use crate::http::auth::Account;
use crate::http::indicators::located::Located;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// One indicator over the years: every version, bounds, breaks and bridges, as far as the caller may see.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{id}",
    tag = "indicators",
    params(IndicatorId),
    responses(
        (status = OK, body = IndicatorHistory),
        (status = NOT_FOUND, body = shared::wire::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    account: Option<Account>,
    Path(id): Path<String>,
) -> Result<Json<IndicatorHistory>, Refusal> {
    let reader = account.map_or(Visibility::Public, |account| account.0.clearance());
    let definitions = state.service.definitions().await?;
    let versions: Vec<Definition> = definitions.into_iter().filter(|definition| definition.id == id).collect();
    let latest = versions.last().ok_or(Error::NotFound)?;
    let publications = state.service.publications().await?;
    let reference = reference(latest, &state.service.reference_counts().await?);
    Ok(Json(IndicatorHistory {
        demonstration: state.service.is_demonstration().await?,
        years: years(&publications, &id, reader),
        reference,
        versions: versions.into_iter().map(text).collect(),
        id,
    }))
}

fn years(publications: &[Publication], id: &str, reader: Visibility) -> Vec<IndicatorYear> {
    let mut before: Option<u16> = None;
    let mut years = Vec::new();
    for publication in publications {
        let all = Located::all(publications, publication.year);
        let Some(located) = all.iter().find(|located| located.definition.id == id) else { continue };
        let version = located.definition.version;
        let broken = before.is_some_and(|before| before != version);
        before = Some(version);
        years.extend(result(located, reader).map(|result| IndicatorYear {
            year: publication.year.year(),
            revision: publication.revision,
            published_at: publication.published_at.rfc3339(),
            sha256: publication.sha256.clone(),
            broken,
            result,
        }));
    }
    years
}

fn reference(definition: &Definition, counts: &[ReferenceCount]) -> Option<ReferenceYear> {
    let year = counts.iter().map(|count| count.year).max()?;
    let counts: Vec<ReferenceCount> = counts.iter().filter(|count| count.year == year).cloned().collect();
    let bounds = CountBounds::of(definition, &counts);
    Some(ReferenceYear {
        year: year.year(),
        lower: bounds.as_ref().ok().map(|bounds| bounds.lower.into()),
        upper: bounds.as_ref().ok().map(|bounds| bounds.upper.into()),
        condition: match bounds {
            Ok(bounds) => {
                format!("{}市町村すべてが回答したと仮定した場合です。", bounds.lower.denominator)
            }
            Err(reason) => reason.to_string(),
        },
    })
}

fn text(definition: Definition) -> DefinitionText {
    DefinitionText {
        version: definition.version,
        official: definition.official,
        rule: definition.rule_words(),
        counts: definition.counts_words(),
        treatment: definition.treatment_words().to_vec(),
        denominator: definition.denominator_words().to_owned(),
        valid_from: definition.valid_from.year(),
        valid_to: definition.valid_to.map(FiscalYear::year),
        title: definition.title,
        description: definition.description,
        source: definition.source,
        note: definition.note,
    }
}
