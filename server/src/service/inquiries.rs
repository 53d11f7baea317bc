//! 県からの確認・県への質問, and answers of general interest for everybody (Q&A).

use std::sync::Arc;

use shared::fiscal_year::FiscalYear;
use shared::municipality::{Municipality, MunicipalityCode};
use shared::questionnaire::{QuestionName, Questionnaire};
use shared::response::Side;
use shared::round::RoundState;

use super::rounds::{done, require};
use super::{Error, Result, Service};
use crate::access::Role;
use crate::store::{
    AccountRecord, Inquiry, InquiryId, NewInquiry, NewInquiryMessage, NewQuestionAndAnswer, QuestionAndAnswer,
    RoundRecord,
};

/// Longest message, in characters.
pub const LONGEST_MESSAGE: usize = 2_000;

/// An inquiry with what it is about.
pub struct Thread {
    /// The round.
    pub round: RoundRecord,
    /// Whose response it is about.
    pub municipality: Municipality,
    /// What is asked in that round.
    pub questionnaire: Arc<Questionnaire>,
    /// What was said.
    pub inquiry: Inquiry,
    /// The side that the reader speaks for; `None` for those who only read.
    pub speaks_for: Option<Side>,
}

/// A message to an inquiry.
pub struct Reply<'t> {
    /// The last message that was on the screen.
    pub after: u32,
    /// What is said; may be blank only to close.
    pub text: &'t str,
    /// Whether it settles the inquiry.
    pub closes: bool,
}

impl Service {
    /// The inquiries of the account's own municipality.
    pub async fn own_inquiries(&self, account: &AccountRecord, year: FiscalYear) -> Result<Vec<Inquiry>> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        Ok(self.store.inquiries(year, Some(code)).await?)
    }

    /// Every municipality's inquiries, or one's, for the prefecture's staff.
    pub async fn inquiries(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: Option<MunicipalityCode>,
    ) -> Result<Vec<Inquiry>> {
        require_staff(account)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        Ok(self.store.inquiries(year, code).await?)
    }

    /// The municipality asks the prefecture, about one question or the form as a whole.
    pub async fn ask(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        question: Option<&str>,
        text: &str,
    ) -> Result<InquiryId> {
        let code = account.answers_for().ok_or(Error::Forbidden)?;
        self.begin(account, year, code, Side::Municipality, question, text).await
    }

    /// The prefecture asks a municipality.
    pub async fn ask_municipality(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        question: Option<&str>,
        text: &str,
    ) -> Result<InquiryId> {
        require(account, Role::Officer)?;
        self.begin(account, year, code, Side::Prefecture, question, text).await
    }

    async fn begin(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        code: MunicipalityCode,
        side: Side,
        question: Option<&str>,
        text: &str,
    ) -> Result<InquiryId> {
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        self.store.response(year, code).await?.ok_or(Error::NotFound)?;
        talking(&round)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let question = question.map(|name| named(&questionnaire, name)).transpose()?;
        let text = message(text, "text", false)?;
        let new = NewInquiry { year, code, question, side, text, by: account.author(), at: self.clock.now() };
        Ok(self.store.add_inquiry(&new).await?)
    }

    /// An inquiry that the account may read. Another municipality's answers like one that does not exist.
    pub async fn thread(&self, account: &AccountRecord, year: FiscalYear, id: InquiryId) -> Result<Thread> {
        let inquiry = self.store.inquiry(id).await?.filter(|inquiry| inquiry.year == year).ok_or(Error::NotFound)?;
        let speaks_for = if account.answers_for() == Some(inquiry.code) {
            Some(Side::Municipality)
        } else if account.is(Role::Officer) {
            Some(Side::Prefecture)
        } else if account.is(Role::Analyst) {
            None
        } else {
            return Err(Error::NotFound);
        };
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let municipality = self.municipality(inquiry.code).await?.ok_or(Error::NotFound)?;
        let speaks_for = speaks_for.filter(|_| talking(&round).is_ok());
        Ok(Thread { round, municipality, questionnaire, inquiry, speaks_for })
    }

    /// Answers in an inquiry, or closes it.
    pub async fn reply(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        id: InquiryId,
        reply: &Reply<'_>,
    ) -> Result<()> {
        let thread = self.thread(account, year, id).await?;
        talking(&thread.round)?;
        let side = thread.speaks_for.ok_or(Error::Forbidden)?;
        let text = message(reply.text, "text", reply.closes)?;
        let new = NewInquiryMessage {
            inquiry: id,
            after: reply.after,
            side,
            text,
            closes: reply.closes,
            by: account.author(),
            at: self.clock.now(),
        };
        done(self.store.add_inquiry_message(&new).await?)
    }

    /// The answers of general interest, as everybody who fills the form sees them.
    pub async fn advice(&self, year: FiscalYear) -> Result<Vec<QuestionAndAnswer>> {
        let all = self.store.questions_and_answers(year).await?;
        Ok(all.into_iter().filter(|entry| !entry.withdrawn).collect())
    }

    /// All of them, withdrawn ones too.
    pub async fn all_advice(&self, account: &AccountRecord, year: FiscalYear) -> Result<Vec<QuestionAndAnswer>> {
        require_staff(account)?;
        self.store.round(year).await?.ok_or(Error::NotFound)?;
        Ok(self.store.questions_and_answers(year).await?)
    }

    /// Shows a question and its answer to everybody, beside a question or for the form as a whole.
    pub async fn add_advice(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        question: Option<&str>,
        inquiry: Option<InquiryId>,
        (asked, answer): (&str, &str),
    ) -> Result<i64> {
        require(account, Role::Officer)?;
        let round = self.store.round(year).await?.ok_or(Error::NotFound)?;
        let questionnaire = self.questionnaire(round.questionnaire).await?;
        let question = question.map(|name| named(&questionnaire, name)).transpose()?;
        if let Some(id) = inquiry {
            self.thread(account, year, id).await?;
        }
        let (asked, answer) = match (message(asked, "asked", false), message(answer, "answer", false)) {
            (Ok(asked), Ok(answer)) => (asked, answer),
            // Both are told at once.
            (Err(Error::Invalid(mut first)), Err(Error::Invalid(second))) => {
                first.extend(second);
                return Err(Error::Invalid(first));
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let new =
            NewQuestionAndAnswer { year, question, inquiry, asked, answer, by: account.author(), at: self.clock.now() };
        Ok(self.store.add_question_and_answer(&new).await?)
    }

    /// Shows it no longer. It stays in the prefecture's own list.
    pub async fn withdraw_advice(&self, account: &AccountRecord, year: FiscalYear, id: i64) -> Result<()> {
        require(account, Role::Officer)?;
        let known = self.store.questions_and_answers(year).await?.into_iter().any(|entry| entry.id == id);
        if !known {
            return Err(Error::NotFound);
        }
        // Withdrawn already is withdrawn.
        let _ = self.store.withdraw_question_and_answer(year, id, &account.author(), self.clock.now()).await?;
        Ok(())
    }
}

/// Those who read everything: officers and analysts.
fn require_staff(account: &AccountRecord) -> Result<()> {
    if account.is(Role::Analyst) { Ok(()) } else { require(account, Role::Officer) }
}

/// Messages are exchanged from the opening of a round until its results are fixed.
fn talking(round: &RoundRecord) -> Result<()> {
    match round.state {
        RoundState::Open | RoundState::Closed => Ok(()),
        RoundState::Draft => Err(Error::Refused("受付開始前のため、やりとりはまだできません。".to_owned())),
        RoundState::Finalized | RoundState::Published => {
            Err(Error::Refused("調査が確定したため、やりとりは終了しました。県の担当へ連絡してください。".to_owned()))
        }
    }
}

fn named(questionnaire: &Questionnaire, name: &str) -> Result<QuestionName> {
    let index = questionnaire.find(name).ok_or(Error::NotFound)?;
    Ok(questionnaire.question(index).name.clone())
}

fn message(typed: &str, field: &str, may_be_blank: bool) -> Result<String> {
    // PostgreSQL keeps no NUL in a text.
    let text = typed.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    let length = text.chars().count();
    if text.is_empty() && !may_be_blank {
        return Err(Error::invalid(field, "内容を入力してください。"));
    }
    if length > LONGEST_MESSAGE {
        let message = format!("{LONGEST_MESSAGE}文字以内で入力してください（現在{length}文字）。");
        return Err(Error::invalid(field, message));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_not_blank_unless_it_only_closes() {
        assert_eq!(message(" 質問です。\r\n二行目 ", "text", false).unwrap(), "質問です。\n二行目");
        assert!(matches!(message("　\n", "text", false), Err(Error::Invalid(_))));
        assert_eq!(message("", "text", true).unwrap(), "");
        assert!(matches!(message(&"あ".repeat(2_001), "text", true), Err(Error::Invalid(_))));
        assert!(message(&"𠮷".repeat(2_000), "text", false).is_ok(), "characters, not bytes");
    }
}
