use super::super::expression::{Function, Operator};
use super::super::logic::Offer;
use super::super::model::ChoiceState;
use super::*;

fn at(index: u16) -> QuestionIndex {
    QuestionIndex(index)
}

fn answer(index: u16) -> Expression {
    Expression::Answer(at(index))
}

fn binary(left: Expression, operator: Operator, right: Expression) -> Expression {
    Expression::Binary(operator, Box::new(left), Box::new(right))
}

fn equals(left: Expression, right: &str) -> Expression {
    binary(left, Operator::Equal, Expression::Text(right.to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where an answer may be missing")]
fn choice(name: &str) -> Option<AnswerValue> {
    Some(AnswerValue::Choice(name.to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where an answer may be missing")]
fn integer(number: i64) -> Option<AnswerValue> {
    Some(AnswerValue::Integer(number))
}

fn calculated(expression: Expression, result: CalculationResult) -> Rules {
    Rules { calculation: Some(Calculation { expression, result }), ..Rules::default() }
}

fn relevance(indices: &[u16]) -> Changes {
    Changes { relevance: indices.iter().copied().map(QuestionIndex).collect(), values: Vec::new() }
}

/// 0 decides on 1, 1 on 2; 2 is required while 0 is "1"; 2 must be below 10.
fn chain() -> Logic {
    Logic::of(vec![
        Rules::default(),
        Rules { relevant: Some(equals(answer(0), "1")), ..Rules::default() },
        Rules {
            relevant: Some(equals(answer(1), "1")),
            required: Some(equals(answer(0), "1")),
            constraint: Some(binary(Expression::Own, Operator::Less, Expression::Number(10.0))),
            ..Rules::default()
        },
    ])
    .unwrap()
}

#[test]
fn an_answer_that_is_not_asked_is_kept_and_empty_to_logic() {
    let logic = chain();
    let mut form = Evaluation::new(&logic, vec![choice("1"), choice("1"), integer(3)], Vec::new());
    assert!(form.is_relevant(at(2)));

    assert_eq!(form.set(at(0), choice("2")), relevance(&[1, 2]));
    assert!(!form.is_relevant(at(2)));
    assert_eq!(form.value(at(1)), choice("1").as_ref());
    assert_eq!(form.set(at(1), choice("2")), Changes::default(), "what is not asked decides nothing");
    assert_eq!(form.set(at(1), choice("1")), Changes::default());

    assert_eq!(form.set(at(0), choice("1")), relevance(&[1, 2]));
    assert_eq!(form.value(at(2)), integer(3).as_ref());
}

#[test]
fn required_is_an_expression_and_only_while_asked() {
    let logic = chain();
    let mut form = Evaluation::new(&logic, vec![choice("1"), choice("1"), None], Vec::new());
    assert!(form.is_required(at(2)) && form.is_missing(at(2)));
    assert!(!form.is_required(at(0)), "no rule, not required");
    form.set(at(1), None);
    assert!(!form.is_required(at(2)) && !form.is_missing(at(2)));
}

#[test]
fn unknown_is_an_answer_and_no_value() {
    let logic = chain();
    let unknown = Some(AnswerValue::State(ChoiceState::Unknown));
    let mut form = Evaluation::new(&logic, vec![choice("1"), choice("1"), unknown.clone()], Vec::new());
    assert!(form.is_required(at(2)) && !form.is_missing(at(2)));
    assert!(!form.breaks_constraint(at(2)), "no value, nothing to check");
    form.set(at(1), unknown);
    assert!(!form.is_relevant(at(2)), "empty to logic");
}

#[test]
fn a_constraint_is_checked_on_answers_that_are_asked() {
    let logic = chain();
    let mut form = Evaluation::new(&logic, vec![choice("1"), choice("1"), None], Vec::new());
    assert!(!form.breaks_constraint(at(2)), "blank");
    form.set(at(2), integer(9));
    assert!(!form.breaks_constraint(at(2)));
    form.set(at(2), integer(10));
    assert_eq!(form.breach(at(2)), Some(Breach::Constraint));
    form.set(at(0), choice("2"));
    assert!(!form.breaks_constraint(at(2)), "not asked");
}

#[test]
fn a_calculated_answer_follows_those_it_is_made_of() {
    let sum = Expression::Call(Function::Sum, vec![answer(0), answer(1)]);
    let share = binary(answer(0), Operator::Divide, answer(2));
    let logic = Logic::of(vec![
        Rules::default(),
        Rules { relevant: Some(binary(answer(0), Operator::Less, Expression::Number(5.0))), ..Rules::default() },
        calculated(sum, CalculationResult::Integer),
        Rules {
            relevant: Some(binary(answer(2), Operator::Greater, Expression::Number(0.0))),
            ..calculated(share, CalculationResult::Decimal)
        },
    ])
    .unwrap();
    let mut form = Evaluation::new(&logic, vec![integer(1), integer(2), integer(99), None], Vec::new());
    assert_eq!(form.value(at(2)), integer(3).as_ref(), "what was given for it does not count");
    let share = |text: &str| Some(AnswerValue::Decimal(text.parse().unwrap()));
    assert_eq!(form.value(at(3)), share("0.333333333333333").as_ref());

    let changes = form.set(at(0), integer(6));
    assert_eq!(changes, Changes { relevance: vec![at(1)], values: vec![at(2), at(3)] });
    assert_eq!((form.value(at(2)), form.value(at(3))), (integer(6).as_ref(), share("1").as_ref()));
    assert_eq!(form.value(at(1)), integer(2).as_ref());

    form.set(at(0), None);
    assert_eq!(form.value(at(2)), integer(0).as_ref());
    assert_eq!(form.value(at(3)), None, "what is not asked is not calculated");
    assert_eq!(form.set(at(2), integer(7)), Changes::default(), "nobody types a calculated answer");
}

#[test]
fn a_calculation_without_a_result_is_blank() {
    let of = |expression: Expression, result| {
        let logic = Logic::of(vec![calculated(expression, result)]).unwrap();
        Evaluation::new(&logic, Vec::new(), Vec::new()).value(at(0)).cloned()
    };
    let division = || binary(Expression::Number(1.0), Operator::Divide, Expression::Number(0.0));
    assert_eq!(of(division(), CalculationResult::Integer), None);
    assert_eq!(of(division(), CalculationResult::Decimal), None);
    assert_eq!(of(Expression::Text(String::new()), CalculationResult::Text), None);
    assert_eq!(of(Expression::Text("2026-02-30".to_owned()), CalculationResult::Date), None);
    assert_eq!(of(Expression::Number(-7.9), CalculationResult::Integer), integer(-7));
    let date = AnswerValue::Date("2026-02-01".to_owned());
    assert_eq!(of(Expression::Text("2026-2-1".to_owned()), CalculationResult::Date), Some(date));
    assert_eq!(of(Expression::Number(2.5), CalculationResult::Text), Some(AnswerValue::Text("2.5".to_owned())));
}

#[test]
fn a_choice_is_offered_while_its_filter_holds() {
    let offers = vec![Offer { choice: "apple".to_owned(), when: equals(answer(0), "fruit") }];
    let filtered = || Rules { choice_filter: Some(offers.clone()), ..Rules::default() };
    let logic = Logic::of(vec![Rules::default(), filtered(), filtered()]).unwrap();
    let both = Some(AnswerValue::Choices(vec!["apple".to_owned(), "leek".to_owned()]));
    let mut form = Evaluation::new(&logic, vec![choice("fruit"), choice("apple"), both], Vec::new());
    assert!(form.is_offered(at(1), "apple") && form.is_offered(at(1), "leek"));
    assert_eq!((form.breach(at(1)), form.breach(at(2))), (None, None));

    form.set(at(0), choice("vegetable"));
    assert!(!form.is_offered(at(1), "apple") && form.is_offered(at(1), "leek"));
    assert_eq!((form.breach(at(1)), form.breach(at(2))), (Some(Breach::NotOffered), Some(Breach::NotOffered)));
    form.set(at(1), choice("leek"));
    assert_eq!(form.breach(at(1)), None);
}

#[test]
fn an_unusual_answer_is_one_whose_reason_is_asked_for() {
    let fell = binary(answer(0), Operator::Less, Expression::Previous(at(0)));
    let logic = Logic::of(vec![
        Rules { reason: Some(at(1)), ..Rules::default() },
        Rules { relevant: Some(fell), ..Rules::default() },
    ])
    .unwrap();
    let mut form = Evaluation::new(&logic, vec![integer(4)], vec![integer(5)]);
    assert!(form.is_unusual(at(0)) && !form.is_unusual(at(1)));
    assert_eq!(form.set(at(0), integer(5)), relevance(&[1]));
    assert!(!form.is_unusual(at(0)));
    assert!(!Evaluation::new(&logic, vec![integer(4)], Vec::new()).is_unusual(at(0)), "nothing to compare with");
}
