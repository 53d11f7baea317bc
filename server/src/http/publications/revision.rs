//! `GET /publications/{year}/{revision}`

use app::components::format;
use app::components::link::Link;
use app::components::question::in_words;
use app::pages::publication::{Corrected, Figure, PublicationModel, PublicationPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::publication::{Publication, PublishedIndicator, ShownOutcome, Snapshot};
use shared::questionnaire::Questionnaire;
use shared::response::Cell;
use shared::visibility::Visibility;

use crate::export::dataset::{self, Audience, Span};
use crate::export::format::Format;
use crate::http::forms::parse_year;
use crate::http::page::{Page, Shown};
use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::Error;

/// One revision: its figures, what it corrected, its files.
pub async fn get(
    State(state): State<AppState>,
    page: Page,
    Path((year, revision)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (year, revision): (_, u32) = (parse_year(&year)?, revision.parse().map_err(|_| Error::NotFound)?);
    let service = &state.service;
    let account = page.account.as_ref();
    let revisions = service.revisions().await?;
    let kept = |revision: u32| revisions.iter().find(|kept| (kept.year, kept.revision) == (year, revision));
    let publication = service.revision(account, kept(revision).ok_or(Error::NotFound)?).await?;
    let reader = page.clearance();
    let row = super::rows(&revisions, year).into_iter().find(|row| row.revision == revision);
    let row = row.ok_or(Error::NotFound)?;
    let (form_id, version) = &publication.snapshot.questionnaire;
    let questionnaire = service.questionnaire_version(form_id, version).await?;
    // One that was taken back is no reader's to compare with.
    let before = match revision.checked_sub(1).and_then(kept) {
        None => None,
        Some(before) => match service.revision(account, before).await {
            Ok(before) => Some(before),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let model = PublicationModel {
        year,
        sha256: publication.sha256.clone(),
        figures: publication.snapshot.indicators.iter().map(|i| figure(&publication.snapshot, i, reader)).collect(),
        corrected: before.map(|before| corrected(&publication, &before.snapshot, &questionnaire, reader)),
        files: if row.withdrawn.is_some() { Vec::new() } else { files(&publication) },
        row,
    };
    let shown = Shown::new(format!("{} 第{revision}版", year.wareki()), NavSection::Results);
    Ok(page.show(shown, move || view! { <PublicationPage model=model.clone() /> }).await)
}

fn result(shown: ShownOutcome) -> String {
    match shown {
        ShownOutcome::Counted(outcome) => format::counted(outcome),
        ShownOutcome::Suppressed => "秘匿".to_owned(),
        ShownOutcome::Hidden => "公開範囲の設定により表示できません".to_owned(),
    }
}

fn figure(snapshot: &Snapshot, indicator: &PublishedIndicator, reader: Visibility) -> Figure {
    let shown = snapshot.shown(&indicator.definition, indicator.outcome, reader);
    Figure {
        title: format!("{}（定義 第{}版）", indicator.definition.title, indicator.definition.version),
        result: result(shown),
        bounds: shown.counted().map_or_else(|| "－".to_owned(), format::bounds),
    }
}

fn corrected(
    publication: &Publication,
    before: &Snapshot,
    questionnaire: &Questionnaire,
    reader: Visibility,
) -> Corrected {
    let differences = publication.snapshot.differences_from(before, reader);
    let words = |name: &str, cell: &Cell| match (cell, questionnaire.find(name)) {
        (Cell::Value(value), Some(index)) => in_words(questionnaire.question(index), value),
        (state, _) => state.label().to_owned(),
    };
    let figures = differences.outcomes.iter();
    let answers = differences.cells.iter().map(|changed| {
        let question = changed.question;
        [
            changed.municipality.municipality.name.clone(),
            format!("{} {}", question.number, question.label),
            words(&question.name, &changed.before),
            words(&question.name, changed.after),
        ]
    });
    Corrected {
        figures: figures.map(|one| [one.title.to_owned(), result(one.before), result(one.after)]).collect(),
        answers: answers.collect(),
        hidden: differences.hidden,
    }
}

/// The public files of the revision.
fn files(publication: &Publication) -> Vec<Link> {
    let of_years = dataset::ALL.into_iter().map(dataset::Dataset::about);
    let of_years = of_years.filter(|about| about.span != Span::All && about.audience == Audience::ByVisibility);
    let link = |about: dataset::About, format: Format| {
        let (year, revision) = (publication.year.year(), publication.revision);
        let href = format!("/data/{year}/{}.{}?revision={revision}", about.id, format.extension());
        Link::new(format!("{}（{}）", about.title, format.label()), href)
    };
    of_years.flat_map(|about| [Format::Csv, Format::Xlsx].map(|format| link(about, format))).collect()
}
