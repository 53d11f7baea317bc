//! View models of a response, shared by the answering pages and the prefecture's.

use app::pages::answer_list::{Deadline, SectionItem, SectionProgress, section_href};
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::{Evaluation, Section};
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::answer::languages::with_language;
use super::refusal::Refusal;
use crate::service::Error;
use crate::service::answering::{Form, hex};
use crate::store::AccountRecord;

/// The year in an address; anything else is a page that does not exist.
pub fn parse_year(text: &str) -> Result<FiscalYear, Refusal> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// What is wrong with a date and time that cannot be read.
pub fn unreadable_date(field: &str) -> FieldProblem {
    let message = "日時は 2026-11-30T17:00 の形で入力してください。".to_owned();
    FieldProblem { field: field.to_owned(), message }
}

/// Refuses a form of a page that another municipality's account had opened in the same browser.
pub fn require_own(account: &AccountRecord, sent_for: Option<&str>) -> Result<(), Refusal> {
    let own = account.answers_for().ok_or(Error::Forbidden)?;
    match sent_for {
        Some(code) if code != own.as_str() => {
            let message = "別の市町村の画面から送信されたため、何も変更していません。画面を開き直してください。";
            Err(Error::Refused(message.to_owned()).into())
        }
        _ => Ok(()),
    }
}

/// The deadline with the days left.
pub fn deadline(form: &Form, now: Timestamp) -> Option<Deadline> {
    let at = form.deadline()?;
    let extended = form.extension.later_than(&form.round).is_some();
    Some(Deadline { at, days_left: now.days_until(at), extended })
}

/// The task list's sections; their addresses lead on in the language asked for.
pub fn section_items(form: &Form, lang: Option<&str>) -> Vec<SectionItem> {
    let evaluation = form.evaluation();
    let item = |section: &Section| SectionItem {
        name: section.name.clone(),
        href: with_language(section_href(form.round.year, &section.name), lang),
        title: section.title.clone(),
        progress: progress(form, &evaluation, section),
        minutes: section.minutes,
    };
    form.questionnaire.sections.iter().map(item).collect()
}

fn progress(form: &Form, evaluation: &Evaluation<'_>, section: &Section) -> SectionProgress {
    let progress = form.progress(evaluation, section);
    if progress.broken > 0 {
        SectionProgress::NeedsAttention { count: progress.broken }
    } else if progress.answered == 0 {
        SectionProgress::NotStarted
    } else if progress.missing == 0 {
        SectionProgress::Done
    } else {
        SectionProgress::InProgress { answered: progress.answered, asked: progress.asked }
    }
}

/// A key that nobody guesses: of a form, so that what is sent twice is done once, or of a job.
pub fn draw_key() -> Result<String, Error> {
    let mut bits = [0_u8; 16];
    getrandom::fill(&mut bits).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hex(&bits))
}
