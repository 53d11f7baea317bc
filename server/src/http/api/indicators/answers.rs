//! `GET /api/v1/indicators/{id}/{year}/{code}`

use app::pages::computation_answers::{ComputationAnswers, FieldAnswers};
use axum::Json;
use axum::extract::{Path, Query, State};
use shared::wire::{AnswerOfFigure, AnswersOfFigure, Problem};

use super::result::engagement;
use crate::http::api::parameters::{Code, IndicatorId, Version as VersionInQuery, Year};
use crate::http::auth::Account;
use crate::http::indicators::computation::Version;
use crate::http::indicators::computation::answers::get::find;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// Every answer of one municipality behind a figure: for those who may see its named values, and for itself.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{id}/{year}/{code}",
    tag = "indicators",
    params(IndicatorId, Year, Code, VersionInQuery),
    responses(
        (status = OK, body = AnswersOfFigure),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    account: Option<Account>,
    Path((id, year, code)): Path<(String, String, String)>,
    version: Query<Version>,
) -> Result<Json<AnswersOfFigure>, Refusal> {
    let publications = state.service.publications().await?;
    let account = account.as_ref().map(|account| &account.0);
    let found = find(&state, account, &publications, (&id, &year, &code), version).await?;
    let ComputationAnswers { year, definition, name, confirmed, engagement: counts_as, fields, .. } = found;
    Ok(Json(AnswersOfFigure {
        year: year.year(),
        id: definition.id,
        version: definition.version,
        name,
        confirmed,
        engagement: engagement(counts_as),
        answers: fields.into_iter().flat_map(of_field).collect(),
    }))
}

fn of_field(FieldAnswers { field, answers, .. }: FieldAnswers) -> impl Iterator<Item = AnswerOfFigure> {
    answers.into_iter().map(move |answer| AnswerOfFigure {
        field: field.code().to_owned(),
        area: answer.area.map(|(area, _)| area),
        question: answer.question,
        number: answer.number,
        label: answer.label,
        answer: answer.answer,
        engagement: engagement(answer.engagement),
    })
}
