//! Questions that come with another one's row.

use shared::questionnaire::{Lineage, Question, QuestionIndex, QuestionKind, QuestionName};
use shared::visibility::{QuestionVisibility, Visibility};

use super::question::{LINE, LINES};

/// The text of 「その他」, named as XLSForm names it. It shows what one municipality wrote, also where it is counted:
/// it is published no wider than named values are.
pub(super) fn other(of: &Question) -> Question {
    let named = of.visibility.named;
    Question {
        name: QuestionName(format!("{}_other", of.name)),
        number: format!("{}（その他）", of.number),
        kind: QuestionKind::Text { multiline: false, max_length: LINE },
        visibility: QuestionVisibility { aggregate: named, named },
        ..companion(of, "other", "その他の内容".to_owned())
    }
}

/// The reason of an unusual answer, for the prefecture alone.
pub(super) fn reason(of: &Question, index: QuestionIndex) -> Question {
    Question {
        name: QuestionName(format!("{}.reason", of.name)),
        kind: QuestionKind::Text { multiline: true, max_length: LINES },
        reason_for: Some(index),
        ..companion(of, "reason", format!("理由（{}）", of.number))
    }
}

fn companion(of: &Question, what: &str, label: String) -> Question {
    Question {
        name: QuestionName(String::new()),
        number: String::new(),
        concept: if of.concept.is_empty() { String::new() } else { format!("{}.{what}", of.concept) },
        label,
        hint: None,
        definition: None,
        kind: QuestionKind::Note,
        unit: None,
        may_be_unknown: false,
        required_message: None,
        constraint_message: None,
        visibility: QuestionVisibility { aggregate: Visibility::Prefecture, named: Visibility::Prefecture },
        core: false,
        default: None,
        readonly: false,
        soft_message: None,
        reason_for: None,
        lineage: Lineage::default(),
    }
}

/// The question as it is asked for the n-th time of a repeat; the first time it keeps its name. Only the first time
/// belongs to the core: nobody has to name a second case.
pub(super) fn at_time(mut question: Question, number: u16) -> Question {
    if number > 1 {
        question.name = QuestionName(format!("{}.{number}", question.name));
        question.core = false;
        for concept in question.lineage.derived_from.iter_mut().chain([&mut question.concept]) {
            if !concept.is_empty() {
                *concept = format!("{concept}.{number}");
            }
        }
        if !question.number.is_empty() {
            question.number = format!("{}（{number}件目）", question.number);
        }
    }
    question
}
