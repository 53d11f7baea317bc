//! `GET /api/v1/municipalities`

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use axum::response::IntoResponse;
use shared::municipality::{Municipality, Region};
use shared::wire::RegisteredMunicipality;

use crate::http::api::paging::{PageParameters, Paging};
use crate::http::api::parameters::Conditions;
use crate::http::refusal::Refusal;
use crate::http::results::asked::Asked;
use crate::http::state::AppState;

/// The register, by code.
#[utoipa::path(
    get,
    path = "/api/v1/municipalities",
    tag = "data",
    params(Conditions, PageParameters),
    responses((status = OK, body = Vec<RegisteredMunicipality>))
)]
pub async fn list(State(state): State<AppState>, uri: Uri, paging: Paging) -> Result<impl IntoResponse, Refusal> {
    let asked = Asked::read(uri.query().unwrap_or_default());
    let filter = asked.filter()?;
    let mut register = state.service.whole_register().await?;
    register.retain(|municipality| filter.admits(municipality));
    let page = paging.of_total(register.len());
    let entries: Vec<RegisteredMunicipality> = page.part(register).into_iter().map(entry).collect();
    Ok((page, Json(entries)))
}

fn entry(municipality: Municipality) -> RegisteredMunicipality {
    RegisteredMunicipality {
        prefecture: municipality.code.prefecture().to_owned(),
        code: municipality.code.to_string(),
        name: municipality.name,
        kana: municipality.kana,
        kind: municipality.kind.code().to_owned(),
        region: municipality.region.map(Region::code).map(str::to_owned),
        population: municipality.population,
    }
}
