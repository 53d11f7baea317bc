//! A workbook's differences, and what is decided about them.
pub mod post;

use app::pages::workbook_merge::{Kept, Offered, Unread, WorkbookMerge, WorkbookMergePage};
use app::shell::NavSection;
use axum::response::Response;
use leptos::prelude::*;
use shared::response::Merge;
use shared::time::Timestamp;

use crate::http::page::{Page, Shown};
use crate::service::answering::Form;
use crate::service::workbook::{Compared, Comparison};
use crate::store::StoredAnswer;

/// The differences. `saved` when some were decided already, `undecided` when somebody forgot to choose.
pub(super) async fn show(page: &Page, comparison: Comparison, saved: Option<usize>, undecided: bool) -> Response {
    let model = model(&comparison, saved, undecided);
    let shown = Shown::new("ワークブックとの違い", NavSection::Answer);
    page.show(shown, move || view! { <WorkbookMergePage model=model.clone() /> }).await
}

fn model(comparison: &Comparison, saved: Option<usize>, undecided: bool) -> WorkbookMerge {
    let Comparison { form, downloaded_at, compared, problems, missing } = comparison;
    let offers = compared.iter().filter(|one| one.merge.is_offer()).map(|one| offered(form, one));
    let kept = compared.iter().filter(|one| one.merge == Merge::KeepNow).map(|one| kept(form, one));
    let same = compared.iter().filter(|one| matches!(one.merge, Merge::Same | Merge::Unchanged)).count();
    let problems = problems.iter().map(|problem| Unread {
        place: problem.place.clone(),
        question: problem.index.map(|index| {
            let question = form.questionnaire.question(index);
            format!("{} {}", question.number, question.label).trim().to_owned()
        }),
        what: problem.what.clone(),
    });
    WorkbookMerge {
        year: form.round.year,
        municipality: form.municipality.name.clone(),
        downloaded_at: *downloaded_at,
        same,
        missing: *missing,
        offers: offers.collect(),
        kept: kept.collect(),
        problems: problems.collect(),
        saved,
        undecided,
    }
}

fn offered(form: &Form, one: &Compared) -> Offered {
    let question = form.questionnaire.question(one.index);
    let stored = form.answers.get(&question.name);
    Offered {
        question: question.clone(),
        merge: one.merge.clone(),
        base: one.base.clone(),
        base_revision: one.base_revision,
        now: form.value(question),
        now_by: stored.map(author),
        revision: stored.map_or(0, |stored| stored.revision),
        chosen: one.chosen,
        warning: one.warning.clone(),
    }
}

fn kept(form: &Form, one: &Compared) -> Kept {
    let question = form.questionnaire.question(one.index);
    let workbook = match &one.base {
        shared::response::Base::Known(value) => value.clone(),
        shared::response::Base::Unknown => None,
    };
    let now_by = form.answers.get(&question.name).map(author);
    Kept { question: question.clone(), workbook, now: form.value(question), now_by }
}

fn author(stored: &StoredAnswer) -> (String, Timestamp) {
    (stored.by.name.clone(), stored.at)
}
