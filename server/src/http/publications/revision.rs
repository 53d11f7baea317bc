//! `GET /publications/{year}/{revision}`

use app::components::format;
use app::components::link::Link;
use app::pages::publication::{Corrected, Figure, PublicationModel, PublicationPage};
use app::shell::NavSection;
use axum::extract::{Path, State};
use axum::response::Response;
use leptos::prelude::*;
use shared::publication::difference::Differences;
use shared::publication::{Publication, PublishedIndicator, ShownOutcome, Snapshot};
use shared::visibility::Visibility;

use super::found::Found;
use crate::export::dataset::{self, Audience, Dataset};
use crate::export::format::Format;
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
    let found = Found::at(&state, page.account.as_ref(), &year, &revision).await?;
    let (publication, reader) = (&found.publication, page.clearance());
    let (year, revision) = (publication.year, publication.revision);
    let row = super::rows(&found.revisions, year, page.is_officer()).into_iter().find(|row| row.revision == revision);
    let row = row.ok_or(Error::NotFound)?;
    let model = PublicationModel {
        year,
        sha256: publication.sha256.clone(),
        figures: publication.snapshot.indicators.iter().map(|i| figure(&publication.snapshot, i, reader)).collect(),
        corrected: found.differences(reader).map(|differences| corrected(&found, &differences)),
        files: if row.withdrawn.is_some() { Vec::new() } else { links(publication) },
        manifest: format!("/publications/{}/{revision}/manifest.json", year.year()),
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

fn corrected(found: &Found, differences: &Differences<'_>) -> Corrected {
    let figures = differences.outcomes.iter();
    let answers = differences.cells.iter().map(|changed| {
        let question = changed.question;
        [
            changed.municipality.municipality.name.clone(),
            format!("{} {}", question.number, question.label),
            found.words(&question.name, &changed.before),
            found.words(&question.name, changed.after),
        ]
    });
    Corrected {
        figures: figures.map(|one| [one.title.to_owned(), result(one.before), result(one.after)]).collect(),
        answers: answers.collect(),
        hidden: differences.hidden,
    }
}

/// A file that everybody may have of a revision.
pub struct PublicFile {
    /// How to make it.
    pub dataset: &'static dyn Dataset,
    /// In which form.
    pub format: Format,
    /// Its address.
    pub href: String,
}

impl PublicFile {
    /// `answers.csv`
    pub fn name(&self) -> String {
        format!("{}.{}", self.dataset.about().id, self.format.extension())
    }
}

/// The public files of the revision.
pub fn files(publication: &Publication) -> Vec<PublicFile> {
    let public = dataset::ALL.into_iter().filter(|dataset| {
        let about = dataset.about();
        about.span.has_years() && about.audience == Audience::ByVisibility
    });
    let file = |dataset: &'static dyn Dataset, format: Format| {
        let (year, revision) = (publication.year.year(), publication.revision);
        let href = format!("/data/{year}/{}.{}?revision={revision}", dataset.about().id, format.extension());
        PublicFile { dataset, format, href }
    };
    public.flat_map(|dataset| [Format::Csv, Format::Xlsx].map(|format| file(dataset, format))).collect()
}

fn links(publication: &Publication) -> Vec<Link> {
    let label = |file: &PublicFile| format!("{}（{}）", file.dataset.about().title, file.format.label());
    files(publication).into_iter().map(|file| Link::new(label(&file), file.href)).collect()
}
