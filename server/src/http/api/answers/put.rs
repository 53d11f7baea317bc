//! `PUT /api/v1/rounds/{year}/responses/{code}/answers/{question}`

use app::components::question::in_words;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use shared::questionnaire::Question;
use shared::response::answer::{AnswerValue, RawAnswer};
use shared::wire::{AnswerConflict, Problem, SaveAnswer, SavedAnswer};
use utoipa::IntoParams;

use crate::http::answer::languages::translate;
use crate::http::api::parameters::{Code, QuestionInPath, Year};
use crate::http::api::responses::parse_code;
use crate::http::auth::Account;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;
use crate::store::{NewAnswer, SaveOutcome, StoredAnswer};

/// In which language the questionnaire's words come back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReadIn {
    /// 設問の文の言語（`en` など）。調査票にない言語なら、調査票のもとの言語
    #[param(nullable = false)]
    lang: Option<String>,
}

/// Saves one answer of the own municipality on the revision that was on the screen.
///
/// An answer that breaks a constraint is kept and said so in `problem`; one that cannot be an answer is refused
/// (422). When somebody saved another value since, nothing changes (409). Repeating a save changes nothing.
#[utoipa::path(
    put,
    path = "/api/v1/rounds/{year}/responses/{code}/answers/{question}",
    tag = "rounds",
    params(Year, Code, QuestionInPath, ReadIn),
    request_body = SaveAnswer,
    responses(
        (status = OK, body = SavedAnswer),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn put(
    State(state): State<AppState>,
    Account(account): Account,
    Path((year, code, name)): Path<(String, String, String)>,
    Query(read_in): Query<ReadIn>,
    Json(save): Json<SaveAnswer>,
) -> Result<Json<SavedAnswer>, Refusal> {
    let (year, code) = (parse_year(&year)?, parse_code(&code)?);
    if account.answers_for() != Some(code) {
        return Err(Error::NotFound.into());
    }
    let mut form = state.service.own_form(&account, year).await?;
    translate(&mut form, read_in.lang.as_deref());
    let index = form.questionnaire.find(&name).ok_or(Error::NotFound)?;
    let question = form.questionnaire.question(index);
    if question.readonly {
        return Err(Error::invalid(&name, "この項目は自動で入力されるため、変更できません。").into());
    }
    let raw = RawAnswer { values: save.values, unknown: save.unknown };
    let value = AnswerValue::parse(&question.kind, question.may_be_unknown, &raw)
        .map_err(|error| Error::invalid(&name, error.to_string()))?;
    let change = NewAnswer {
        question: question.name.clone(),
        value: value.clone(),
        revision: save.revision,
        // Figures are looked up only where the answer is cleared: nothing else asks for it.
        suggested: question.default.is_some() || value.is_none() && state.service.is_prefilled(&form, question).await?,
    };
    let outcomes = state.service.save_answers(&account, year, vec![change]).await?;
    let revision = match outcomes.into_iter().next() {
        Some(SaveOutcome::Saved(revision) | SaveOutcome::Unchanged(revision)) => revision,
        Some(SaveOutcome::Conflict(stored)) => {
            return Err(Refusal::Conflict(Box::new(conflict(question, value.as_ref(), stored))));
        }
        None => return Err(Error::Internal("no outcome for the answer".to_owned()).into()),
    };
    let mut evaluation = form.evaluation();
    evaluation.set(index, value);
    let problem = evaluation.breaks_constraint(index).then(|| form.problem(&evaluation, index)).flatten();
    Ok(Json(SavedAnswer { question: name, revision, saved_at: state.service.clock().now(), problem }))
}

/// Both values in words, for somebody to choose.
fn conflict(question: &Question, mine: Option<&AnswerValue>, stored: StoredAnswer) -> AnswerConflict {
    let words = |value: Option<&AnswerValue>| value.map_or_else(|| "（空欄）".to_owned(), |v| in_words(question, v));
    let theirs = stored.value.as_ref().map(AnswerValue::raw).unwrap_or_default();
    AnswerConflict {
        when: stored.at.date_time(),
        revision: stored.revision,
        theirs: words(stored.value.as_ref()),
        mine: words(mine),
        values: theirs.values,
        unknown: theirs.unknown,
        author: stored.by.name,
    }
}
