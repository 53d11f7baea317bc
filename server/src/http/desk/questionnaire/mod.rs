//! What a round asks, and another questionnaire in its place while it is being prepared.
//!
//! - [`get`], [`post`]: the page, and a workbook that is examined
//! - [`replacement`]: taking what was examined
//! - [`preview`]: the questions as those who answer see them
//! - `uploaded`: reading a workbook
//! - [`words`]: questions and differences in words
pub mod get;
pub mod post;
pub mod preview;
pub mod replacement;
mod uploaded;
pub mod words;

use app::pages::desk_questionnaire::{
    DeskQuestionnaire, DeskQuestionnairePage, Fault, QuestionnaireCheck, QuestionnaireCheckPage,
};
use app::shell::NavSection;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use self::uploaded::Uploaded;
use crate::http::page::{Page, Shown};
use crate::service::preparing::{Confirmed, Preparation, Unconfirmed};

/// Shows the page, with what is wrong with a workbook that was sent.
async fn show(page: &Page, preparation: &Preparation, taken: bool, refused: Vec<Fault>) -> Response {
    let Preparation { round, questionnaire, last, .. } = preparation;
    let model = DeskQuestionnaire {
        year: round.year,
        state: round.state,
        facts: words::facts(questionnaire, Some(round.year)),
        differences: words::differences(preparation, questionnaire, Some(round.year)),
        unused: last.as_ref().map(|last| words::unused(round.year, questionnaire, last)),
        taken,
        refused,
    };
    let is_refused = !model.refused.is_empty();
    let shown = Shown::new("調査票", NavSection::Desk);
    let mut response = page.show(shown, move || view! { <DeskQuestionnairePage model=model.clone() /> }).await;
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Why an examined questionnaire is shown once more.
#[derive(Default)]
struct Again {
    /// What was confirmed of it.
    confirmed: Confirmed,
    /// What was not.
    missing: Unconfirmed,
    /// The round asks another questionnaire by now.
    overtaken: bool,
}

/// Shows what an uploaded questionnaire would change.
async fn show_check(page: &Page, preparation: &Preparation, uploaded: Uploaded, again: &Again) -> Response {
    let Uploaded { file, bytes, questionnaire, warnings } = uploaded;
    let round = &preparation.round;
    let model = QuestionnaireCheck {
        year: round.year,
        file,
        workbook: uploaded::encoded(&bytes),
        replaces: round.questionnaire.0,
        facts: words::facts(&questionnaire, None),
        warnings,
        differences: words::differences(preparation, &questionnaire, None),
        lineage: words::lineage(preparation, &questionnaire, again),
        lacking: words::to_confirm(preparation, &questionnaire, again),
        same: questionnaire == *preparation.questionnaire,
        overtaken: again.overtaken,
    };
    let shown = Shown::new("アップロードした調査票の確認", NavSection::Desk);
    let mut response = page.show(shown, move || view! { <QuestionnaireCheckPage model=model.clone() /> }).await;
    if again.overtaken {
        *response.status_mut() = StatusCode::CONFLICT;
    } else if again.missing != Unconfirmed::default() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
