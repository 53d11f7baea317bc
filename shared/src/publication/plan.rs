//! 公表の範囲: what a publication discloses less than the questionnaire said when it was answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PublishedQuestion;
use crate::tabulation::SmallCells;
use crate::visibility::{QuestionVisibility, Visibility};
use crate::wire::FieldProblem;

/// Thresholds above this hide nearly everything of a prefecture's municipalities: surely a slip of the finger.
pub const GREATEST_THRESHOLD: u32 = 20;

/// What is disclosed less, by question, and from which count on cells are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasePlan {
    /// By the question's name; questions that stay as they were answered do not stand here.
    pub narrowed: BTreeMap<String, QuestionVisibility>,
    /// Thresholds of suppression.
    pub small_cells: SmallCells,
}

impl ReleasePlan {
    /// A plan from what was chosen for each question. Nothing may be disclosed wider than it was said when it was
    /// answered, nor named values wider than the aggregates.
    ///
    /// # Errors
    ///
    /// One problem a question, with its name as the field.
    pub fn new(
        questions: &[PublishedQuestion],
        chosen: &BTreeMap<String, QuestionVisibility>,
        small_cells: SmallCells,
    ) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut narrowed = BTreeMap::new();
        let mut problem = |field: &str, message: String| {
            problems.push(FieldProblem { field: field.to_owned(), message });
        };
        for (name, wanted) in chosen {
            let Some(question) = questions.iter().find(|question| question.name == *name) else {
                problem(name, format!("設問「{name}」はこの調査にありません。画面を開き直してください。"));
                continue;
            };
            let answered = question.visibility;
            if wanted.aggregate < answered.aggregate || wanted.named < answered.named {
                problem(
                    name,
                    format!(
                        "回答時に示した範囲（集計値は{}、市町村別の値は{}）より広くできません。",
                        answered.aggregate.label(),
                        answered.named.label()
                    ),
                );
            } else if wanted.named < wanted.aggregate {
                problem(name, "市町村別の値の範囲は、集計値の範囲より広くできません。".to_owned());
            } else if *wanted != answered {
                narrowed.insert(name.clone(), *wanted);
            }
        }
        for (field, threshold) in [("whole", small_cells.whole), ("groups", small_cells.groups)] {
            if threshold > GREATEST_THRESHOLD {
                problem(field, format!("0から{GREATEST_THRESHOLD}までの整数で入力してください。"));
            }
        }
        if problems.is_empty() { Ok(Self { narrowed, small_cells }) } else { Err(problems) }
    }

    /// What is disclosed of a question that was answered under `answered`: never more than that, whatever the plan says.
    pub fn of(&self, question: &str, answered: QuestionVisibility) -> QuestionVisibility {
        let Some(planned) = self.narrowed.get(question) else { return answered };
        let narrower = |one: Visibility, other: Visibility| one.max(other);
        QuestionVisibility {
            aggregate: narrower(answered.aggregate, planned.aggregate),
            named: narrower(answered.named, planned.named),
        }
    }
}

#[cfg(test)]
mod tests {
    use Visibility::{Council, Prefecture, Public};

    use super::*;
    use crate::tabulation::samples;

    fn visibility(aggregate: Visibility, named: Visibility) -> QuestionVisibility {
        QuestionVisibility { aggregate, named }
    }

    fn plan(wanted: QuestionVisibility) -> Result<ReleasePlan, Vec<FieldProblem>> {
        let mut question = samples::question("q", &["a"]);
        question.visibility = visibility(Public, Council);
        ReleasePlan::new(&[question], &BTreeMap::from([("q".to_owned(), wanted)]), SmallCells::default())
    }

    #[test]
    fn a_question_is_narrowed_and_never_widened() {
        let narrowed = plan(visibility(Council, Prefecture)).unwrap();
        assert_eq!(narrowed.of("q", visibility(Public, Council)), visibility(Council, Prefecture));
        assert_eq!(narrowed.of("other", visibility(Public, Public)), visibility(Public, Public));
        // Asked more narrowly than the plan knew.
        assert_eq!(narrowed.of("q", visibility(Prefecture, Prefecture)), visibility(Prefecture, Prefecture));
        assert_eq!(plan(visibility(Public, Council)).unwrap(), ReleasePlan::default(), "as it was answered");
        for wider in [visibility(Public, Public), visibility(Prefecture, Council)] {
            let problems = plan(wider).unwrap_err();
            assert_eq!((problems.len(), problems[0].field.as_str()), (1, "q"), "{wider:?}");
        }
    }

    #[test]
    fn what_is_not_there_and_absurd_thresholds_are_named() {
        let chosen = BTreeMap::from([("nowhere".to_owned(), visibility(Public, Public))]);
        let small_cells = SmallCells { whole: 0, groups: 21 };
        let problems = ReleasePlan::new(&[], &chosen, small_cells).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["nowhere", "groups"]);
    }
}
