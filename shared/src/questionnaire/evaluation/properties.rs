//! Whatever is edited in whatever order, an evaluation is where a fresh one would be, and no answer is lost.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::super::expression::{Function, Operator};
use super::super::logic::Offer;
use super::super::model::ChoiceState;
use super::*;

const QUESTIONS: u16 = 12;

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
    let answer = (0..end).prop_map(|index| Expression::Answer(QuestionIndex(index)));
    let leaf = prop_oneof![
        2 => answer,
        1 => (0..QUESTIONS).prop_map(|index| Expression::Previous(QuestionIndex(index))),
        1 => "[0-2]".prop_map(Expression::Text),
        1 => (0_u8..3).prop_map(|number| Expression::Number(f64::from(number))),
    ];
    let operator = prop_oneof![
        Just(Operator::And),
        Just(Operator::Or),
        Just(Operator::Equal),
        Just(Operator::NotEqual),
        Just(Operator::Less),
        Just(Operator::Add),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            (operator.clone(), inner.clone(), inner.clone()).prop_map(|(operator, a, b)| Expression::Binary(
                operator,
                Box::new(a),
                Box::new(b)
            )),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expression::Call(Function::Selected, vec![a, b])),
            inner.clone().prop_map(|a| Expression::Call(Function::Not, vec![a])),
            proptest::collection::vec(inner, 1..4).prop_map(|all| Expression::Call(Function::Sum, all)),
        ]
    })
    .boxed()
}

/// Rules that mention only questions before `end` where an order is needed, any question elsewhere.
fn any_rules(end: u16) -> BoxedStrategy<Rules> {
    let ordered = || if end == 0 { Just(None).boxed() } else { proptest::option::of(any_expression(end)).boxed() };
    let result = prop_oneof![
        Just(CalculationResult::Integer),
        Just(CalculationResult::Decimal),
        Just(CalculationResult::Text),
        Just(CalculationResult::Date),
    ];
    let calculation = prop_oneof![2 => Just(None), 1 => ordered().boxed()];
    let offer = ("[0-2]", any_expression(QUESTIONS)).prop_map(|(choice, when)| Offer { choice, when });
    let filter = proptest::option::weighted(0.3, proptest::collection::vec(offer, 1..3));
    let unordered = || proptest::option::of(any_expression(QUESTIONS));
    (ordered(), calculation, result, filter, unordered(), unordered())
        .prop_map(|(relevant, calculation, result, choice_filter, required, constraint)| Rules {
            relevant,
            required,
            constraint,
            calculation: calculation.map(|expression| Calculation { expression, result }),
            choice_filter,
            reason: None,
        })
        .boxed()
}

/// A form without circles, its questions in no particular order.
fn any_logic() -> impl Strategy<Value = Logic> {
    let rules: Vec<_> = (0..QUESTIONS).map(any_rules).collect();
    let shuffled = Just((0..QUESTIONS).collect::<Vec<u16>>()).prop_shuffle();
    (rules, shuffled).prop_map(|(before, places)| {
        let mut rules = vec![Rules::default(); usize::from(QUESTIONS)];
        for (one, &to) in before.into_iter().zip(&places) {
            let again = |expression| renumbered(&expression, &places);
            rules[usize::from(to)] = Rules {
                relevant: one.relevant.map(again),
                required: one.required.map(again),
                constraint: one.constraint.map(again),
                calculation: one.calculation.map(|c| Calculation { expression: again(c.expression), result: c.result }),
                choice_filter: one.choice_filter.map(|offers| {
                    offers.into_iter().map(|offer| Offer { choice: offer.choice, when: again(offer.when) }).collect()
                }),
                reason: None,
            };
        }
        Logic::of(rules).unwrap()
    })
}

fn renumbered(expression: &Expression, places: &[u16]) -> Expression {
    let again = |inner: &Expression| renumbered(inner, places);
    let moved = |index: &QuestionIndex| QuestionIndex(places[place(*index)]);
    match expression {
        Expression::Answer(index) => Expression::Answer(moved(index)),
        Expression::Previous(index) => Expression::Previous(moved(index)),
        Expression::Binary(operator, a, b) => Expression::Binary(*operator, Box::new(again(a)), Box::new(again(b))),
        Expression::Call(function, arguments) => Expression::Call(*function, arguments.iter().map(again).collect()),
        other => other.clone(),
    }
}

fn all() -> impl Iterator<Item = QuestionIndex> {
    (0..QUESTIONS).map(QuestionIndex)
}

/// Everything that an evaluation says.
fn seen<'e>(form: &'e Evaluation) -> Vec<impl PartialEq + std::fmt::Debug + use<'e>> {
    let offered = |index| ["0", "1", "2"].map(|choice| form.is_offered(index, choice));
    let of = |index| {
        (form.is_relevant(index), form.value(index), form.is_missing(index), form.breach(index), offered(index))
    };
    all().map(of).collect()
}

proptest! {
    #[test]
    fn edits_lead_where_a_fresh_evaluation_leads_and_lose_nothing(
        logic in any_logic(),
        previous in proptest::collection::vec(any_value(), usize::from(QUESTIONS)),
        edits in proptest::collection::vec((0..QUESTIONS, any_value()), 1..30),
    ) {
        let calculated = |index: QuestionIndex| logic.rules[place(index)].calculation.is_some();
        let mut values = vec![None; usize::from(QUESTIONS)];
        let mut form = Evaluation::new(&logic, values.clone(), previous.clone());
        for (index, value) in edits {
            let before = form.clone();
            values[usize::from(index)].clone_from(&value);
            let mut changes = form.set(QuestionIndex(index), value);

            let fresh = Evaluation::new(&logic, values.clone(), previous.clone());
            prop_assert_eq!(seen(&form), seen(&fresh));
            let flipped: Vec<_> = all().filter(|q| before.is_relevant(*q) != form.is_relevant(*q)).collect();
            let recalculated: Vec<_> =
                all().filter(|q| calculated(*q) && before.value(*q) != form.value(*q)).collect();
            changes.relevance.sort();
            changes.values.sort();
            prop_assert_eq!(changes, Changes { relevance: flipped, values: recalculated });
            for question in all().filter(|q| !calculated(*q)) {
                prop_assert_eq!(form.value(question), values[place(question)].as_ref(), "asked or not, it stays");
            }
        }
    }

    #[test]
    fn an_answer_that_is_taken_back_leaves_no_trace(
        logic in any_logic(),
        values in proptest::collection::vec(any_value(), usize::from(QUESTIONS)),
        index in 0..QUESTIONS,
        other in any_value(),
    ) {
        let before = Evaluation::new(&logic, values.clone(), Vec::new());
        let mut form = before.clone();
        form.set(QuestionIndex(index), other);
        form.set(QuestionIndex(index), values[usize::from(index)].clone());
        prop_assert_eq!(seen(&form), seen(&before), "what was not asked for a moment comes back");
    }
}
