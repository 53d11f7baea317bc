//! What is known around a form's questions, from the rest of the house.

use std::collections::BTreeMap;

use app::components::advice::Advice;
use app::components::question::{InquiryLink, Prefill, ReferenceNote};
use shared::questionnaire::QuestionName;
use shared::response::Side;
use shared::round::RoundState;

use crate::http::refusal::Refusal;
use crate::http::state::AppState;
use crate::service::answering::Form;
use crate::store::{AccountRecord, Inquiry};

/// What stands beside the questions, by question.
#[derive(Default)]
pub struct Around {
    /// The prefecture's answers of general interest.
    pub advice: BTreeMap<QuestionName, Vec<Advice>>,
    /// Where each question is talked over with the prefecture.
    pub inquiries: BTreeMap<QuestionName, InquiryLink>,
    /// Public figures that answer a question.
    pub prefill: BTreeMap<QuestionName, Prefill>,
    /// Other public figures.
    pub references: BTreeMap<QuestionName, Vec<ReferenceNote>>,
}

/// Everything around the account's own form.
pub async fn around(state: &AppState, account: &AccountRecord, form: &Form) -> Result<Around, Refusal> {
    let year = form.round.year;
    let mut advice: BTreeMap<QuestionName, Vec<Advice>> = BTreeMap::new();
    for entry in state.service.advice(year).await? {
        if let Some(question) = entry.question {
            advice.entry(question).or_default().push(Advice { asked: entry.asked, answer: entry.answer });
        }
    }
    let inquiries = inquiry_links(form, &state.service.own_inquiries(account, year).await?);
    with_figures(state, form, Around { advice, inquiries, ..Around::default() }).await
}

/// The same with the public figures of the form's municipality.
pub async fn with_figures(state: &AppState, form: &Form, around: Around) -> Result<Around, Refusal> {
    let said = state.service.reference_notes(form).await?;
    let prefill = said
        .prefill
        .into_iter()
        .map(|(question, prefill)| (question, Prefill { raw: prefill.answer.raw(), source: prefill.source }));
    let references = said.notes.into_iter().map(|(question, notes)| {
        let notes = notes.into_iter().map(|note| ReferenceNote { words: note.words, source: note.source });
        (question, notes.collect())
    });
    Ok(Around { prefill: prefill.collect(), references: references.collect(), ..around })
}

/// To the talk that is open, to the list where several are, else to a new one while messages are exchanged.
fn inquiry_links(form: &Form, all: &[Inquiry]) -> BTreeMap<QuestionName, InquiryLink> {
    let base = format!("/answer/{}/inquiries", form.round.year.year());
    let talking = matches!(form.round.state, RoundState::Open | RoundState::Closed);
    let asked = form.questionnaire.questions.iter().filter(|q| q.kind.takes_answer() && q.reason_for.is_none());
    let links = asked.filter_map(|question| {
        let about = |inquiry: &&Inquiry| inquiry.is_open() && inquiry.question.as_ref() == Some(&question.name);
        let open: Vec<&Inquiry> = all.iter().filter(about).collect();
        let href = match open.as_slice() {
            [] if !talking => return None,
            [] => {
                let name: String = form_urlencoded::byte_serialize(question.name.as_str().as_bytes()).collect();
                format!("{base}/new?question={name}")
            }
            [one] => format!("{base}/{}", one.id.0),
            _ => base.clone(),
        };
        let awaited = open.iter().any(|inquiry| inquiry.awaits() == Some(Side::Municipality));
        Some((question.name.clone(), InquiryLink { href, open: open.len(), awaited }))
    });
    links.collect()
}
