//! 公表資料: what others have published about a municipality, beside the questions it helps to answer.
//!
//! Only a figure that answers a question one to one is offered as its answer, and only until there is one: it stands in
//! the input, counts as unanswered and is saved by the municipality's own act. Anything else is 参考.
//!
//! - [`mapping`]: which figure says what about which question

pub mod mapping;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::municipality::MunicipalityCode;
use shared::questionnaire::{Question, QuestionIndex, QuestionName, Questionnaire};
use shared::response::AnswerValue;
use shared::response::answer::RawAnswer;

use super::answering::{Form, hex};
use super::setup::system;
use super::{Error, Result, Service};
use crate::store::{Changed, NewReferenceFigures, ReferenceFigure, ReferenceSource};

pub use mapping::{Mapping, Use};

/// Marks that stand for no figure at all.
const NO_FIGURE: [&str; 9] = ["-", "－", "―", "—", "‐", "…", "*", "***", "/"];

/// What public figures say about a form's questions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    /// Figures that answer a question one to one, as long as it has no answer.
    pub prefill: BTreeMap<QuestionName, Prefill>,
    /// Figures that say something about a question, in the order of the mappings.
    pub notes: BTreeMap<QuestionName, Vec<Note>>,
}

/// An answer that a public figure gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefill {
    /// The answer.
    pub answer: AnswerValue,
    /// Where it comes from, e.g. 「デジタル庁「…」（令和7年4月1日時点）のCIOの任命：実施」.
    pub source: String,
}

/// 参考
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it says, e.g. 「AIの導入状況：実施」.
    pub words: String,
    /// Where it comes from, e.g. 「デジタル庁「…」（令和7年4月1日時点）」.
    pub source: String,
}

impl Note {
    /// Source and words in one.
    fn in_one(&self) -> String {
        format!("{}の{}", self.source, self.words)
    }
}

/// Figures read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceFile {
    /// Id of the source.
    pub source: String,
    /// Its title as it is cited.
    pub title: String,
    /// When its figures hold, in its own words.
    pub as_of: String,
    /// Municipality, item, figure as printed.
    pub figures: Vec<(MunicipalityCode, String, String)>,
}

impl Service {
    /// The same use cases, with what public figures mean for the questions.
    #[must_use]
    pub fn with_reference_mappings(mut self, mappings: Vec<Mapping>) -> Self {
        self.reference_mappings = mappings;
        self
    }

    /// What public figures mean for the questions.
    pub fn reference_mappings(&self) -> &[Mapping] {
        &self.reference_mappings
    }

    /// Registers a source's figures in place of its earlier ones; [`Changed::No`] when it says the same already.
    pub async fn add_reference_figures(&self, file: ReferenceFile) -> Result<Changed> {
        if self.is_demonstration().await? {
            let message = "デモデータには、公表資料を登録できません。実在の団体の値と架空の回答が混ざるためです。";
            return Err(Error::Refused(message.to_owned()));
        }
        let json = serde_json::to_vec(&file).map_err(|e| Error::Internal(e.to_string()))?;
        let ReferenceFile { source, title, as_of, figures } = file;
        let (by, at) = (system(), self.clock.now());
        let sha256 = hex(&Sha256::digest(json));
        let new = NewReferenceFigures { source, title, as_of, sha256, figures, by, at };
        Ok(self.store.add_reference_figures(&new).await?)
    }

    /// What public figures say about the questions of a form.
    pub async fn reference_notes(&self, form: &Form) -> Result<References> {
        if self.reference_mappings.is_empty() {
            return Ok(References::default());
        }
        let figures = self.store.reference_figures(form.municipality.code).await?;
        if figures.is_empty() {
            return Ok(References::default());
        }
        let sources = self.store.reference_sources().await?;
        let open = form.read_only().is_none();
        let unanswered = |index: QuestionIndex, question: &Question| {
            open && form.locked(index).is_none() && !form.answers.contains_key(&question.name)
        };
        Ok(said(&form.questionnaire, unanswered, &self.reference_mappings, &sources, &figures))
    }

    /// Whether a public figure stands in the question's input.
    pub async fn is_prefilled(&self, form: &Form, question: &Question) -> Result<bool> {
        Ok(self.reference_notes(form).await?.prefill.contains_key(&question.name))
    }
}

/// What the figures say about the questions; a figure is a prefill only where `unanswered`.
fn said(
    questionnaire: &Questionnaire,
    unanswered: impl Fn(QuestionIndex, &Question) -> bool,
    mappings: &[Mapping],
    sources: &[ReferenceSource],
    figures: &[ReferenceFigure],
) -> References {
    let mut references = References::default();
    for (index, question) in questionnaire.indexed().filter(|(_, question)| question.kind.takes_answer()) {
        let mapped: Vec<&Mapping> = mappings.iter().filter(|mapping| mapping.concept == question.concept).collect();
        let (mut answers, mut notes): (Vec<Prefill>, Vec<Note>) = (Vec::new(), Vec::new());
        for (place, mapping) in mapped.iter().enumerate() {
            let same = |other: &&&Mapping| other.source == mapping.source && other.item == mapping.item;
            let figure = figures.iter().find(|f| f.source == mapping.source && f.item == mapping.item);
            let figure = figure.filter(|figure| !NO_FIGURE.contains(&figure.value.as_str()));
            let source = sources.iter().find(|source| source.id == mapping.source);
            let (false, Some(figure), Some(source)) = (mapped[..place].iter().any(|m| same(&m)), figure, source) else {
                continue;
            };
            let note = Note {
                words: format!("{}：{}", figure.item, figure.value),
                source: format!("{}（{}）", source.title, source.as_of),
            };
            let meant = mapped.iter().filter(same).find_map(|mapping| match &mapping.used {
                Use::Prefill { value, answer } if *value == figure.value => read(question, answer),
                Use::Prefill { .. } | Use::Note => None,
            });
            answers.extend(meant.map(|answer| Prefill { answer, source: note.in_one() }));
            notes.push(note);
        }
        // Sources that contradict each other answer nothing.
        let agreed = answers.first().filter(|first| answers.iter().all(|other| other.answer == first.answer));
        if let Some(prefill) = agreed.filter(|_| unanswered(index, question) && !question.readonly) {
            notes.retain(|note| note.in_one() != prefill.source);
            references.prefill.insert(question.name.clone(), prefill.clone());
        }
        if !notes.is_empty() {
            references.notes.insert(question.name.clone(), notes);
        }
    }
    references
}

/// The answer of that text: a choice by its words, anything else as it would be typed.
fn read(question: &Question, text: &str) -> Option<AnswerValue> {
    let choice = question.kind.choices().iter().find(|choice| choice.label == text);
    let typed = choice.map_or(text, |choice| choice.name.as_str());
    let raw = RawAnswer { values: vec![typed.to_owned()], unknown: false };
    AnswerValue::parse(&question.kind, question.may_be_unknown, &raw).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds::Seeds;
    use crate::service::setup::seeded_questionnaire;
    use shared::time::Timestamp;

    fn figure(source: &str, item: &str, value: &str) -> ReferenceFigure {
        ReferenceFigure { source: source.into(), item: item.into(), value: value.into() }
    }

    fn source(id: &str) -> ReferenceSource {
        ReferenceSource {
            id: id.into(),
            revision: 1,
            title: format!("架空の資料{id}"),
            as_of: "令和7年4月1日時点".into(),
            sha256: String::new(),
            by: system(),
            at: Timestamp(0),
        }
    }

    fn mapping(concept: &str, source: &str, item: &str, prefill: Option<(&str, &str)>) -> Mapping {
        let used =
            prefill.map_or(Use::Note, |(value, answer)| Use::Prefill { value: value.into(), answer: answer.into() });
        Mapping { concept: concept.into(), source: source.into(), item: item.into(), used }
    }

    fn cio_twice() -> Vec<Mapping> {
        vec![
            mapping("organization.cio", "a", "CIO", Some(("実施", "任命している"))),
            mapping("organization.cio", "a", "CIO", None),
            mapping("organization.cio", "b", "最高責任者", Some(("あり", "任命している"))),
            mapping("organization.cio", "b", "最高責任者", Some(("なし", "任命していない"))),
            mapping("administration.operations.ai", "a", "AI", None),
            mapping("figures.online_procedures", "a", "手続", Some(("12件", "12"))),
        ]
    }

    fn beside(answered: bool, figures: &[ReferenceFigure]) -> References {
        let questionnaire = seeded_questionnaire(&Seeds::Embedded).unwrap();
        said(&questionnaire, |_, _| !answered, &cio_twice(), &[source("a"), source("b")], figures)
    }

    fn cio() -> QuestionName {
        QuestionName("org_2".into())
    }

    fn words(notes: &[Note]) -> Vec<&str> {
        notes.iter().map(|note| note.words.as_str()).collect()
    }

    #[test]
    fn a_figure_that_answers_one_to_one_is_offered_with_its_source() {
        let said = beside(false, &[figure("a", "CIO", "実施"), figure("a", "手続", "12件")]);
        let prefill = &said.prefill[&cio()];
        assert_eq!(prefill.answer, AnswerValue::Choice("1".into()));
        assert_eq!(prefill.source, "架空の資料a（令和7年4月1日時点）のCIO：実施");
        assert_eq!(said.prefill[&QuestionName("num_1".into())].answer, AnswerValue::Integer(12));
        assert!(said.notes.is_empty());
    }

    #[test]
    fn any_other_figure_and_any_figure_of_an_answered_question_is_a_note() {
        let said = beside(false, &[figure("a", "CIO", "未実施"), figure("a", "AI", "実施")]);
        assert!(said.prefill.is_empty());
        let note = &said.notes[&cio()];
        assert_eq!(words(note), ["CIO：未実施"]);
        assert_eq!(note[0].source, "架空の資料a（令和7年4月1日時点）");
        assert_eq!(words(&said.notes[&QuestionName("gov_02_2".into())]), ["AI：実施"]);
        let said = beside(true, &[figure("a", "CIO", "実施")]);
        assert!(said.prefill.is_empty());
        assert_eq!(words(&said.notes[&cio()]), ["CIO：実施"]);
    }

    #[test]
    fn sources_that_contradict_each_other_answer_nothing() {
        let agree = beside(false, &[figure("a", "CIO", "実施"), figure("b", "最高責任者", "あり")]);
        assert_eq!(agree.prefill[&cio()].answer, AnswerValue::Choice("1".into()));
        assert_eq!(words(&agree.notes[&cio()]), ["最高責任者：あり"]);
        let differ = beside(false, &[figure("a", "CIO", "実施"), figure("b", "最高責任者", "なし")]);
        assert!(differ.prefill.is_empty());
        assert_eq!(words(&differ.notes[&cio()]), ["CIO：実施", "最高責任者：なし"]);
    }

    #[test]
    fn what_is_no_figure_says_nothing() {
        assert_eq!(
            beside(false, &[figure("a", "CIO", "－"), figure("a", "知らない項目", "実施")]),
            References::default()
        );
        assert_eq!(beside(false, &[figure("c", "CIO", "実施")]), References::default());
    }
}
