//! What a page must know about a question.

use shared::questionnaire::{GroupLayout, Instance, Question};
use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;
use shared::time::Timestamp;

use crate::components::advice::Advice;

/// Questions that stand together on a section page.
#[derive(Debug, Clone)]
pub struct QuestionGroup {
    /// Heading; `None` for questions directly in the section.
    pub title: Option<String>,
    /// How it is laid out. A table whose questions do not share their choices is shown as a list.
    pub layout: GroupLayout,
    /// Which time a repeated group is asked; times without any answer beyond the first are folded.
    pub instance: Option<Instance>,
    /// The questions, in order, irrelevant ones too (they are hidden, not left out).
    pub questions: Vec<QuestionField>,
}

impl QuestionGroup {
    /// Any of its questions is asked at present.
    pub fn is_asked(&self) -> bool {
        self.questions.iter().any(|field| field.relevant)
    }

    /// 「取組事例 1件目」 for a time of a repeated group.
    pub fn heading(&self) -> Option<String> {
        let time = self.instance.as_ref().map(|instance| format!("{}件目", instance.number));
        match (self.title.clone(), time) {
            (Some(title), Some(time)) => Some(format!("{title} {time}")),
            (title, time) => title.or(time),
        }
    }
}

/// A question with its input.
///
/// The form sends, for the question's name `n`:
///
/// - `n` (repeated for a multiple select and a ranking), and `n.unknown=1` when 「不明」 is ticked;
/// - `n.revision`: without it the question was not on the page to be changed;
/// - `n.prefill`: what was prefilled (repeated). As long as `n` is the same, nothing is saved without `confirm=n`;
/// - when a conflict was shown `n.conflict=1` and `n.keep=mine` or `n.keep=theirs`. With `theirs` nothing is saved for the
///   question; with `mine` the value sent replaces the other one.
///
/// Its buttons `same=n` and `confirm=n` take over last year's answer and confirm a prefill; everything else on the page is
/// saved with them.
#[derive(Debug, Clone)]
pub struct QuestionField {
    /// The question.
    pub question: Question,
    /// What stands in the input: the saved answer, or what was typed when it was refused.
    pub raw: RawAnswer,
    /// Whether it is asked at present.
    pub relevant: bool,
    /// Whether it must be answered at present.
    pub required: bool,
    /// What is wrong, without the leading 「＊」. Every error also stands in the page's summary.
    pub error: Option<String>,
    /// Revision of the answer as stored now, also after a conflict; 0 without one.
    pub revision: u32,
    /// When the stored answer was saved.
    pub saved_at: Option<Timestamp>,
    /// Somebody else saved another value meanwhile.
    pub conflict: Option<Conflict>,
    /// Names of choices that other answers rule out at present (`choice_filter`). One that was chosen before stays.
    pub withheld: Vec<String>,
    /// What else is known of the question.
    pub beside: Beside,
}

impl QuestionField {
    /// Its answer is text even on a page that takes answers.
    pub fn is_fixed(&self) -> bool {
        self.question.readonly || self.beside.locked.is_some()
    }

    /// It is answered, beyond a default, or something is wrong with what was typed.
    pub fn is_begun(&self) -> bool {
        let answered = self.revision > 0 && (!self.raw.values.is_empty() || self.raw.unknown);
        answered || self.error.is_some() || self.conflict.is_some()
    }
}

/// What stands beside a question to help answering it.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The own answer of the year before, where the question continues one.
    pub last_year: Option<LastYear>,
    /// A public figure that answers the question one to one. It stands in the input ([`QuestionField::raw`]) and is saved
    /// only once it was confirmed or changed; `None` as soon as there is an answer.
    pub prefill: Option<Prefill>,
    /// Public figures that say something about the question without answering it.
    pub references: Vec<ReferenceNote>,
    /// Why the prefecture sent the question back.
    pub returned: Option<String>,
    /// Why just this question cannot be changed, while others can.
    pub locked: Option<String>,
    /// The soft check fails: its words ([`Question::soft_message`]) are shown.
    pub warned: bool,
    /// The prefecture's answers of general interest.
    pub advice: Vec<Advice>,
    /// Where the question is talked over with the prefecture; `None` where nobody may ask.
    pub inquiries: Option<InquiryLink>,
}

/// The own answer of the year before.
#[derive(Debug, Clone)]
pub struct LastYear {
    /// 「令和7年度」
    pub year: String,
    /// The answer in the words of that year; 「未回答」 for a blank.
    pub words: String,
    /// The input that gives the same answer; `None` when it cannot be taken over as it is.
    pub copy: Option<RawAnswer>,
    /// The question was asked differently: the years must not be compared.
    pub changed: bool,
}

/// A public figure in the input, to be confirmed.
#[derive(Debug, Clone)]
pub struct Prefill {
    /// What stands in the input.
    pub raw: RawAnswer,
    /// Where it comes from, e.g. 「デジタル庁「…」（令和7年4月1日時点）のCIOの任命：実施」.
    pub source: String,
}

/// 参考: a public figure.
#[derive(Debug, Clone)]
pub struct ReferenceNote {
    /// What it says, e.g. 「AIの導入状況：実施」.
    pub words: String,
    /// Where it comes from.
    pub source: String,
}

/// Where a question is talked over with the prefecture.
#[derive(Debug, Clone)]
pub struct InquiryLink {
    /// Address.
    pub href: String,
    /// How many talks about it are open.
    pub open: usize,
    /// One of them awaits the municipality.
    pub awaited: bool,
}

/// Another value that was saved since the page was opened.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Who saved it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The stored value, to be shown in words; `None` when the answer was cleared.
    pub value: Option<AnswerValue>,
}
