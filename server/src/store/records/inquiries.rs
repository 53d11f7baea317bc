//! 県からの確認・県への質問: threads between the prefecture and one municipality.

use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::questionnaire::QuestionName;
use shared::response::Side;
use shared::time::Timestamp;

use super::Author;

/// Key of an inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InquiryId(pub i64);

/// A thread, about one question or the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Its key.
    pub id: InquiryId,
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The question; `None` when it is about the form as a whole.
    pub question: Option<QuestionName>,
    /// What was said, oldest first; never empty.
    pub messages: Vec<InquiryMessage>,
}

impl Inquiry {
    /// Whether something is still to be said: the last message does not close it.
    pub fn is_open(&self) -> bool {
        self.awaits().is_some()
    }

    /// Whose turn it is: the side the last message speaks to; `None` when that message closes the inquiry.
    pub fn awaits(&self) -> Option<Side> {
        self.messages.last().filter(|last| !last.closes).map(|last| last.side.other())
    }
}

/// One message of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InquiryMessage {
    /// Place in its inquiry, counted from 1.
    pub sequence: u32,
    /// Who speaks.
    pub side: Side,
    /// What; empty only where the inquiry is closed without a word.
    pub text: String,
    /// Whether it settles the inquiry. A later message opens it again.
    pub closes: bool,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// An inquiry to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInquiry {
    /// The round.
    pub year: FiscalYear,
    /// The municipality.
    pub code: MunicipalityCode,
    /// The question; `None` when it is about the form as a whole.
    pub question: Option<QuestionName>,
    /// Who begins.
    pub side: Side,
    /// The first message; not empty.
    pub text: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

/// A message to add to an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInquiryMessage {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// `sequence` of the last message that its author has seen.
    pub after: u32,
    /// Who speaks.
    pub side: Side,
    /// What; may be empty only where it closes the inquiry.
    pub text: String,
    /// Whether it settles the inquiry.
    pub closes: bool,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inquiry(messages: &[(Side, bool)]) -> Inquiry {
        let messages = (1..).zip(messages).map(|(sequence, (side, closes))| InquiryMessage {
            sequence,
            side: *side,
            text: "確認をお願いします。".to_owned(),
            closes: *closes,
            by: Author { account: None, name: "県".to_owned() },
            at: Timestamp(0),
        });
        Inquiry {
            id: InquiryId(1),
            year: FiscalYear::new(2026).unwrap(),
            code: "022012".parse().unwrap(),
            question: None,
            messages: messages.collect(),
        }
    }

    #[test]
    fn the_side_spoken_to_is_awaited_until_a_message_closes() {
        use Side::{Municipality, Prefecture};
        for (messages, awaited) in [
            (&[(Prefecture, false)][..], Some(Municipality)),
            (&[(Municipality, false)], Some(Prefecture)),
            (&[(Municipality, false), (Prefecture, false)], Some(Municipality)),
            (&[(Prefecture, false), (Prefecture, false)], Some(Municipality)),
            (&[(Municipality, false), (Prefecture, true)], None),
            (&[(Municipality, false), (Prefecture, true), (Municipality, false)], Some(Prefecture)),
        ] {
            let inquiry = inquiry(messages);
            assert_eq!(inquiry.awaits(), awaited, "{messages:?}");
            assert_eq!(inquiry.is_open(), awaited.is_some(), "{messages:?}");
        }
    }
}
