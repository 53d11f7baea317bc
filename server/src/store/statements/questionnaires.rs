//! Questionnaires. A round keeps the version it was opened with, so that one is never changed; before, it may be given
//! another (`rounds::replace_questionnaire`).

use shared::questionnaire::Questionnaire;
use shared::time::Timestamp;

use super::Connection;
use crate::store::values::{json, to_json};
use crate::store::{QuestionnaireId, Result, StoreError};

pub(super) async fn add(
    connection: &mut Connection,
    questionnaire: &Questionnaire,
    at: Timestamp,
) -> Result<QuestionnaireId> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO questionnaire (form_id, version, definition, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (form_id, version) DO NOTHING RETURNING id",
    )
    .bind(&questionnaire.form_id)
    .bind(&questionnaire.version)
    .bind(to_json("questionnaire.definition", questionnaire)?)
    .bind(at.0)
    .fetch_optional(connection)
    .await?;
    id.map(QuestionnaireId)
        .ok_or_else(|| StoreError::Exists(format!("調査票 {}（版 {}）", questionnaire.form_id, questionnaire.version)))
}

/// The same, or the one that is there already with just these contents.
pub(super) async fn add_or_find(
    connection: &mut Connection,
    questionnaire: &Questionnaire,
    at: Timestamp,
) -> Result<QuestionnaireId> {
    if let Some(id) = find(connection, &questionnaire.form_id, &questionnaire.version).await?
        && get(connection, id).await?.as_ref() == Some(questionnaire)
    {
        return Ok(id);
    }
    // Other contents under the same version are refused there.
    add(connection, questionnaire, at).await
}

pub(super) async fn get(connection: &mut Connection, id: QuestionnaireId) -> Result<Option<Questionnaire>> {
    let definition: Option<String> = sqlx::query_scalar("SELECT definition FROM questionnaire WHERE id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    definition.map(|text| json("questionnaire.definition", &text)).transpose()
}

pub(super) async fn find(connection: &mut Connection, form_id: &str, version: &str) -> Result<Option<QuestionnaireId>> {
    let id: Option<i64> = sqlx::query_scalar("SELECT id FROM questionnaire WHERE form_id = $1 AND version = $2")
        .bind(form_id)
        .bind(version)
        .fetch_optional(connection)
        .await?;
    Ok(id.map(QuestionnaireId))
}
