//! An answer in words.

use shared::questionnaire::{ChoiceState, Question, QuestionKind};
use shared::response::AnswerValue;
use shared::time::Timestamp;

use crate::components::format::grouped;

/// The answer as officials read it: labels instead of codes, thousands separators, 「△」 for minus, the unit.
pub fn in_words(question: &Question, answer: &AnswerValue) -> String {
    let with_unit = |number: String| number + question.unit.as_deref().unwrap_or_default();
    match answer {
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Integer(number) => with_unit(grouped(&number.to_string())),
        AnswerValue::Decimal(number) => with_unit(grouped(&number.to_string())),
        AnswerValue::Date(date) => {
            Timestamp::parse_jst(&format!("{date}T00:00")).map_or_else(|| date.clone(), Timestamp::date)
        }
        AnswerValue::Choice(_) if question.kind == QuestionKind::Acknowledge => "確認しました".to_owned(),
        AnswerValue::Choice(name) => choice_label(question, name),
        AnswerValue::Choices(names) => {
            names.iter().map(|name| choice_label(question, name)).collect::<Vec<_>>().join("、")
        }
        AnswerValue::State(ChoiceState::Unknown) => "不明".to_owned(),
        AnswerValue::State(ChoiceState::NotApplicable) => "該当なし".to_owned(),
    }
}

/// The answer in words, or the word for why there is none.
pub fn in_words_or_blank(question: &Question, relevant: bool, answer: Option<&AnswerValue>) -> String {
    match answer {
        _ if !relevant => "分岐により対象外".to_owned(),
        None => "未回答".to_owned(),
        Some(answer) => in_words(question, answer),
    }
}

/// Answers of an earlier year in its words; where several questions have become one, each with its text.
pub fn earlier_in_words<'q>(answers: impl Iterator<Item = (&'q Question, Option<&'q AnswerValue>)>) -> String {
    let answers: Vec<_> =
        answers.map(|(question, answer)| (question, in_words_or_blank(question, true, answer))).collect();
    if let [(_, answer)] = answers.as_slice() {
        return answer.clone();
    }
    let named = |(question, answer): &(&Question, String)| {
        format!("「{}」{answer}", format!("{} {}", question.number, question.label).trim())
    };
    answers.iter().map(named).collect::<Vec<_>>().join("　")
}

fn choice_label(question: &Question, name: &str) -> String {
    question.kind.choices().iter().find(|choice| choice.name == name).map_or(name, |choice| &choice.label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{question, select};
    use super::*;

    #[test]
    fn numbers_have_separators_sign_and_unit() {
        let budget = Question { unit: Some("千円".into()), ..question("budget", QuestionKind::Decimal) };
        for (typed, words) in
            [("12400", "12,400千円"), ("-1234.5", "△1,234.5千円"), ("999", "999千円"), ("0.25", "0.25千円")]
        {
            assert_eq!(in_words(&budget, &AnswerValue::Decimal(typed.parse().unwrap())), words);
        }
        assert_eq!(in_words(&budget, &AnswerValue::Integer(-1_000_000)), "△1,000,000千円");
    }

    #[test]
    fn choices_are_read_by_their_labels() {
        let stage = select("stage");
        assert_eq!(in_words(&stage, &AnswerValue::Choice("1".into())), "検討中");
        assert_eq!(in_words(&stage, &AnswerValue::Choices(vec!["0".into(), "1".into()])), "未着手（予定なし）、検討中");
    }

    #[test]
    fn a_date_is_read_with_its_weekday() {
        let since = question("since", QuestionKind::Date);
        assert_eq!(in_words(&since, &AnswerValue::Date("2026-11-22".into())), "2026年11月22日（日）");
    }

    #[test]
    fn of_several_earlier_answers_each_has_its_question() {
        let (stage, since) = (select("stage"), question("since", QuestionKind::Date));
        let answer = AnswerValue::Choice("1".into());
        assert_eq!(earlier_in_words([(&stage, Some(&answer))].into_iter()), "検討中");
        let both = earlier_in_words([(&stage, Some(&answer)), (&since, None)].into_iter());
        let text = |question: &Question| format!("「{}」", format!("{} {}", question.number, question.label).trim());
        assert_eq!(both, format!("{}検討中　{}未回答", text(&stage), text(&since)));
    }

    #[test]
    fn the_absence_of_an_answer_has_its_word() {
        let stage = select("stage");
        let answer = AnswerValue::Choice("1".into());
        assert_eq!(in_words_or_blank(&stage, false, Some(&answer)), "分岐により対象外");
        assert_eq!(in_words_or_blank(&stage, true, None), "未回答");
        assert_eq!(in_words_or_blank(&stage, true, Some(&AnswerValue::State(ChoiceState::Unknown))), "不明");
    }
}
