//! Which public figure says what about which question: data, read from `reference/mappings.csv` of the seeds.

use serde::Deserialize;

use crate::seeds::{SeedError, Seeds};

/// The file, below the seeds' folder.
const FILE: &str = "reference/mappings.csv";

/// What a figure of a source means for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// 概念ID of the question.
    pub concept: String,
    /// Id of the source, as it was imported.
    pub source: String,
    /// The item: the column's heading.
    pub item: String,
    /// What the figure is good for.
    pub used: Use,
}

/// What a figure is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Use {
    /// Just this figure answers the question one to one.
    Prefill {
        /// The figure as printed.
        value: String,
        /// The text of the choice, or what would be typed.
        answer: String,
    },
    /// 参考: it says something about the question without answering it.
    Note,
}

#[derive(Deserialize)]
struct Row {
    concept: String,
    source: String,
    item: String,
    value: String,
    answer: String,
    kind: String,
}

/// The mappings, in the file's order.
pub fn mappings(seeds: &Seeds) -> Result<Vec<Mapping>, SeedError> {
    let mut found: Vec<Mapping> = Vec::new();
    for (line, row) in seeds.csv::<Row>(FILE)? {
        let fault = |message: &str| Err(SeedError::new(FILE, Some(line), message));
        let used = match (row.kind.as_str(), row.value.is_empty(), row.answer.is_empty()) {
            ("prefill", false, false) => Use::Prefill { value: row.value, answer: row.answer },
            ("note", true, true) => Use::Note,
            ("prefill", ..) => return fault("kind が prefill の行には、value と answer の両方が必要です。"),
            ("note", ..) => return fault("kind が note の行では、value と answer を空欄にしてください。"),
            _ => return fault("kind は prefill（仮入力）か note（参考）にしてください。"),
        };
        let mapping = Mapping { concept: row.concept, source: row.source, item: row.item, used };
        if found.iter().any(|other| other.contradicts(&mapping)) {
            return fault("同じ設問の同じ項目の同じ値が、2つ以上の行にあります。");
        }
        found.push(mapping);
    }
    Ok(found)
}

impl Mapping {
    /// Whether both say what the same figure means for the same question.
    fn contradicts(&self, other: &Self) -> bool {
        let same_figure = match (&self.used, &other.used) {
            (Use::Prefill { value, .. }, Use::Prefill { value: again, .. }) => value == again,
            (Use::Note, Use::Note) => true,
            (Use::Prefill { .. }, Use::Note) | (Use::Note, Use::Prefill { .. }) => false,
        };
        same_figure && self.concept == other.concept && self.source == other.source && self.item == other.item
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::setup::seeded_questionnaire;

    #[test]
    fn every_mapping_leads_to_a_question_and_every_prefill_to_one_of_its_choices() {
        let questionnaire = seeded_questionnaire(&Seeds::Embedded).unwrap();
        let mappings = mappings(&Seeds::Embedded).unwrap();
        assert!(mappings.iter().any(|mapping| mapping.used == Use::Note));
        for mapping in &mappings {
            let question =
                questionnaire.questions.iter().find(|q| q.concept == mapping.concept).expect(&mapping.concept);
            if let Use::Prefill { answer, .. } = &mapping.used {
                assert!(question.kind.choices().iter().any(|c| c.label == *answer), "{mapping:?}");
            }
        }
    }

    #[test]
    fn stages_are_never_prefilled_because_introduced_may_be_trial_or_operation() {
        let questionnaire = seeded_questionnaire(&Seeds::Embedded).unwrap();
        for mapping in mappings(&Seeds::Embedded).unwrap() {
            let question = questionnaire.questions.iter().find(|q| q.concept == mapping.concept).unwrap();
            let is_stage = question.kind.choices().iter().any(|c| c.label == "一部実施・実証中");
            assert!(!is_stage || mapping.used == Use::Note, "{mapping:?}");
        }
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("reference")).unwrap();
        for (rows, message) in [
            ("a,s,i,,x,prefill,", "2行目: kind が prefill の行には"),
            ("a,s,i,v,,note,", "2行目: kind が note の行では"),
            ("a,s,i,,,other,", "2行目: kind は prefill"),
            ("a,s,i,v,x,prefill,\na,s,i,v,y,prefill,", "3行目: 同じ設問の同じ項目"),
            ("a,s,i,,,note,\na,s,i,,,note,", "3行目: 同じ設問の同じ項目"),
        ] {
            let text = format!("concept,source,item,value,answer,kind,reason\n{rows}\n");
            std::fs::write(folder.path().join(FILE), text).unwrap();
            let error = mappings(&Seeds::Folder(folder.path().to_owned())).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
