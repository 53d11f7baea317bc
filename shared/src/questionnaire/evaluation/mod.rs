//! The one evaluator, for the browser and the server.
//!
//! - [`value`]: XPath's three types and the conversions between them
//! - [`scope`]: one expression evaluated on the answers as they stand
//!
//! This file keeps relevance up to date, answer by answer.

mod scope;
mod value;

use self::scope::Scope;
use super::expression::Expression;
use super::logic::Logic;
use super::model::QuestionIndex;
use crate::response::AnswerValue;

/// A questionnaire's logic evaluated on answers, kept up to date answer by answer.
///
/// An answer whose question is not asked at present is kept, but is empty to every expression.
#[derive(Debug, Clone)]
pub struct Evaluation<'l> {
    logic: &'l Logic,
    values: Vec<Option<AnswerValue>>,
    relevant: Vec<bool>,
    dependents: Vec<Vec<QuestionIndex>>,
}

impl<'l> Evaluation<'l> {
    /// Evaluates everything once. `values` has one entry a question, by [`QuestionIndex`]; missing ones are blank.
    pub fn new(logic: &'l Logic, mut values: Vec<Option<AnswerValue>>) -> Self {
        values.resize(logic.rules.len(), None);
        let relevant = vec![true; values.len()];
        let mut evaluation = Self { logic, values, relevant, dependents: logic.dependents() };
        for &index in &logic.order {
            evaluation.relevant[place(index)] = evaluation.works_out_relevant(index);
        }
        evaluation
    }

    /// Changes one answer and re-evaluates what depends on it; returns the questions whose relevance changed.
    pub fn set(&mut self, index: QuestionIndex, value: Option<AnswerValue>) -> Vec<QuestionIndex> {
        let mut changed = Vec::new();
        self.values[place(index)] = value;
        if !self.is_relevant(index) {
            // It was empty to every expression and still is.
            return changed;
        }
        let mut stale = vec![false; self.values.len()];
        self.mark_dependents(index, &mut stale);
        // In this order every question comes after all that it depends on, so one pass settles everything.
        for &dependent in &self.logic.order {
            if !stale[place(dependent)] {
                continue;
            }
            let relevant = self.works_out_relevant(dependent);
            if relevant != self.relevant[place(dependent)] {
                self.relevant[place(dependent)] = relevant;
                self.mark_dependents(dependent, &mut stale);
                changed.push(dependent);
            }
        }
        changed
    }

    /// The answer as given, whether relevant or not.
    pub fn value(&self, index: QuestionIndex) -> Option<&AnswerValue> {
        self.values[place(index)].as_ref()
    }

    /// Whether the question is asked at present.
    pub fn is_relevant(&self, index: QuestionIndex) -> bool {
        self.relevant[place(index)]
    }

    /// Whether the question is asked at present and must be answered.
    pub fn is_required(&self, index: QuestionIndex) -> bool {
        self.is_relevant(index) && self.holds(index, self.logic.rules[place(index)].required.as_ref(), false)
    }

    /// Whether the question is asked, must be answered and is not. A state such as 不明 is an answer.
    pub fn is_missing(&self, index: QuestionIndex) -> bool {
        self.value(index).is_none() && self.is_required(index)
    }

    /// Whether the question is asked, is answered with a value (not a state) and the value breaks the constraint.
    pub fn breaks_constraint(&self, index: QuestionIndex) -> bool {
        let has_value = self.value(index).is_some_and(|value| !matches!(value, AnswerValue::State(_)));
        has_value
            && self.is_relevant(index)
            && !self.holds(index, self.logic.rules[place(index)].constraint.as_ref(), true)
    }

    fn works_out_relevant(&self, index: QuestionIndex) -> bool {
        self.holds(index, self.logic.rules[place(index)].relevant.as_ref(), true)
    }

    fn holds(&self, index: QuestionIndex, rule: Option<&Expression>, when_absent: bool) -> bool {
        let scope = Scope { values: &self.values, relevant: &self.relevant, own: index };
        rule.map_or(when_absent, |expression| scope.evaluate(expression).boolean())
    }

    fn mark_dependents(&self, index: QuestionIndex, stale: &mut [bool]) {
        for &dependent in &self.dependents[place(index)] {
            stale[place(dependent)] = true;
        }
    }
}

fn place(index: QuestionIndex) -> usize {
    usize::from(index.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    use super::super::expression::{Function, Operator};
    use super::super::logic::Rules;
    use super::super::model::ChoiceState;
    use super::*;

    fn answer(index: u16) -> Expression {
        Expression::Answer(QuestionIndex(index))
    }

    fn equals(left: Expression, right: &str) -> Expression {
        Expression::Binary(Operator::Equal, Box::new(left), Box::new(Expression::Text(right.to_owned())))
    }

    fn choice(name: &str) -> AnswerValue {
        AnswerValue::Choice(name.to_owned())
    }

    /// 0 decides on 1, 1 on 2; 2 is required while 0 is "1"; 2 must be below 10.
    fn chain() -> Logic {
        let below_ten =
            Expression::Binary(Operator::Less, Box::new(Expression::Own), Box::new(Expression::Number(10.0)));
        Logic::of(vec![
            Rules::default(),
            Rules { relevant: Some(equals(answer(0), "1")), ..Rules::default() },
            Rules {
                relevant: Some(equals(answer(1), "1")),
                required: Some(equals(answer(0), "1")),
                constraint: Some(below_ten),
            },
        ])
        .unwrap()
    }

    #[test]
    fn an_answer_that_is_not_asked_is_kept_and_empty_to_logic() {
        let logic = chain();
        let mut form =
            Evaluation::new(&logic, vec![Some(choice("1")), Some(choice("1")), Some(AnswerValue::Integer(3))]);
        assert!(form.is_relevant(QuestionIndex(2)));

        assert_eq!(form.set(QuestionIndex(0), Some(choice("2"))), [QuestionIndex(1), QuestionIndex(2)]);
        assert!(!form.is_relevant(QuestionIndex(2)));
        assert_eq!(form.value(QuestionIndex(1)), Some(&choice("1")));
        assert_eq!(form.set(QuestionIndex(1), Some(choice("1"))), [], "what is not asked decides nothing");

        assert_eq!(form.set(QuestionIndex(0), Some(choice("1"))), [QuestionIndex(1), QuestionIndex(2)]);
        assert_eq!(form.value(QuestionIndex(2)), Some(&AnswerValue::Integer(3)));
    }

    #[test]
    fn required_is_an_expression_and_only_while_asked() {
        let logic = chain();
        let mut form = Evaluation::new(&logic, vec![Some(choice("1")), Some(choice("1")), None]);
        assert!(form.is_required(QuestionIndex(2)) && form.is_missing(QuestionIndex(2)));
        assert!(!form.is_required(QuestionIndex(0)), "no rule, not required");
        form.set(QuestionIndex(1), None);
        assert!(!form.is_required(QuestionIndex(2)) && !form.is_missing(QuestionIndex(2)));
    }

    #[test]
    fn unknown_is_an_answer_and_no_value() {
        let logic = chain();
        let unknown = Some(AnswerValue::State(ChoiceState::Unknown));
        let mut form = Evaluation::new(&logic, vec![Some(choice("1")), Some(choice("1")), unknown.clone()]);
        assert!(form.is_required(QuestionIndex(2)) && !form.is_missing(QuestionIndex(2)));
        assert!(!form.breaks_constraint(QuestionIndex(2)), "no value, nothing to check");
        form.set(QuestionIndex(1), unknown);
        assert!(!form.is_relevant(QuestionIndex(2)), "empty to logic");
    }

    #[test]
    fn a_constraint_is_checked_on_answers_that_are_asked() {
        let logic = chain();
        let mut form = Evaluation::new(&logic, vec![Some(choice("1")), Some(choice("1")), None]);
        assert!(!form.breaks_constraint(QuestionIndex(2)), "blank");
        form.set(QuestionIndex(2), Some(AnswerValue::Integer(9)));
        assert!(!form.breaks_constraint(QuestionIndex(2)));
        form.set(QuestionIndex(2), Some(AnswerValue::Integer(10)));
        assert!(form.breaks_constraint(QuestionIndex(2)));
        form.set(QuestionIndex(0), Some(choice("2")));
        assert!(!form.breaks_constraint(QuestionIndex(2)), "not asked");
    }

    const QUESTIONS: u16 = 10;

    fn any_value() -> impl Strategy<Value = Option<AnswerValue>> {
        prop_oneof![
            Just(None),
            Just(Some(AnswerValue::State(ChoiceState::Unknown))),
            "[0-2]".prop_map(|name| Some(AnswerValue::Choice(name))),
            subsequence(vec!["0".to_owned(), "1".to_owned(), "2".to_owned()], 1..=3)
                .prop_map(|names| Some(AnswerValue::Choices(names))),
            (0_i64..3).prop_map(|number| Some(AnswerValue::Integer(number))),
        ]
    }

    /// An expression that mentions only questions before `end`.
    fn any_expression(end: u16) -> BoxedStrategy<Expression> {
        let leaf = prop_oneof![
            (0..end).prop_map(answer),
            (0..end).prop_map(answer),
            "[0-2]".prop_map(Expression::Text),
            (0_u8..3).prop_map(|number| Expression::Number(f64::from(number))),
        ];
        let operator = prop_oneof![
            Just(Operator::And),
            Just(Operator::Or),
            Just(Operator::Equal),
            Just(Operator::NotEqual),
            Just(Operator::Less),
            Just(Operator::Add),
        ];
        leaf.prop_recursive(3, 12, 2, move |inner| {
            prop_oneof![
                (operator.clone(), inner.clone(), inner.clone()).prop_map(|(operator, a, b)| Expression::Binary(
                    operator,
                    Box::new(a),
                    Box::new(b)
                )),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| Expression::Call(Function::Selected, vec![a, b])),
                inner.prop_map(|a| Expression::Call(Function::Not, vec![a])),
            ]
        })
        .boxed()
    }

    /// A form without cycles, its questions in no particular order.
    fn any_logic() -> impl Strategy<Value = Logic> {
        let conditional = (1..QUESTIONS).map(|place| proptest::option::of(any_expression(place)).boxed());
        let rules: Vec<_> = std::iter::once(Just(None).boxed()).chain(conditional).collect();
        let shuffled = Just((0..QUESTIONS).collect::<Vec<u16>>()).prop_shuffle();
        (rules, shuffled).prop_map(|(relevant, places)| {
            let mut rules = vec![Rules::default(); usize::from(QUESTIONS)];
            for (expression, &to) in relevant.into_iter().zip(&places) {
                rules[usize::from(to)].relevant = expression.map(|e| renumbered(&e, &places));
            }
            Logic::of(rules).unwrap()
        })
    }

    fn renumbered(expression: &Expression, places: &[u16]) -> Expression {
        let again = |inner: &Expression| renumbered(inner, places);
        match expression {
            Expression::Answer(index) => answer(places[usize::from(index.0)]),
            Expression::Binary(operator, a, b) => Expression::Binary(*operator, Box::new(again(a)), Box::new(again(b))),
            Expression::Call(function, arguments) => Expression::Call(*function, arguments.iter().map(again).collect()),
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn edits_lead_where_a_fresh_evaluation_leads_and_lose_nothing(
            logic in any_logic(),
            edits in proptest::collection::vec((0..QUESTIONS, any_value()), 1..30),
        ) {
            let all = || (0..QUESTIONS).map(QuestionIndex);
            let mut values = vec![None; usize::from(QUESTIONS)];
            let mut form = Evaluation::new(&logic, values.clone());
            for (index, value) in edits {
                let before = form.relevant.clone();
                values[usize::from(index)].clone_from(&value);
                let changed = form.set(QuestionIndex(index), value);

                let fresh = Evaluation::new(&logic, values.clone());
                prop_assert_eq!(&form.relevant, &fresh.relevant);
                let flipped: Vec<_> = all().filter(|q| before[place(*q)] != form.is_relevant(*q)).collect();
                let mut reported = changed.clone();
                reported.sort();
                prop_assert_eq!(reported, flipped);
                prop_assert_eq!(&form.values, &values, "answers stay, whether asked or not");
            }
        }
    }
}
