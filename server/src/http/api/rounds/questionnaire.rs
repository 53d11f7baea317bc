//! `GET /api/v1/rounds/{year}/questionnaire`

use app::pages::desk_questionnaire::{Differences, QuestionWords, QuestionnaireFacts, SectionFacts};
use axum::Json;
use axum::extract::{Path, State};
use shared::wire::{
    DifferencesOfQuestionnaire, Problem, QuestionAskedDifferently, QuestionnaireOfRound, SectionOfQuestionnaire,
    UnusedQuestion,
};

use crate::http::api::parameters::Year;
use crate::http::auth::Account;
use crate::http::desk::questionnaire::words;
use crate::http::forms::parse_year;
use crate::http::refusal::Refusal;
use crate::http::state::AppState;

/// What a round asks section by section, and how that differs from the round before; for officers. The questions are in
/// the dataset `codebook`, the whole form is below `/data/`.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{year}/questionnaire",
    tag = "rounds",
    params(Year),
    responses(
        (status = OK, body = QuestionnaireOfRound),
        (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
        (status = NOT_FOUND, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(
    State(state): State<AppState>,
    Account(account): Account,
    Path(year): Path<String>,
) -> Result<Json<QuestionnaireOfRound>, Refusal> {
    let preparation = state.service.preparation(&account, parse_year(&year)?).await?;
    let (year, questionnaire) = (preparation.round.year, &preparation.questionnaire);
    let QuestionnaireFacts { title, form_id, version, sections } = words::facts(questionnaire, None);
    let section = |section: SectionFacts| SectionOfQuestionnaire {
        title: section.title,
        questions: section.questions,
        minutes: section.minutes,
    };
    let unused = preparation.last.as_ref().map(|last| words::unused(year, questionnaire, last).unused);
    Ok(Json(QuestionnaireOfRound {
        title,
        form_id,
        version,
        sections: sections.into_iter().map(section).collect(),
        differences: words::differences(&preparation, questionnaire, None).map(differences),
        unused: unused
            .unwrap_or_default()
            .into_iter()
            .map(|item| UnusedQuestion { question: item.question.words, mentioned: item.mentioned })
            .collect(),
    }))
}

fn differences(found: Differences) -> DifferencesOfQuestionnaire {
    let words = |questions: Vec<QuestionWords>| questions.into_iter().map(|question| question.words).collect();
    DifferencesOfQuestionnaire {
        since: found.year.year(),
        added: words(found.added),
        dropped: words(found.dropped),
        changed: found
            .changed
            .into_iter()
            .map(|changed| QuestionAskedDifferently {
                question: changed.question.words,
                earlier: words(changed.earlier),
                differences: changed.differences,
            })
            .collect(),
        form: found.form,
        unchanged: found.unchanged,
        remarks: found.remarks,
    }
}
