//! Every question's rules, and the order in which they are worked out.

use std::collections::BTreeMap;

use shared::questionnaire::expression::{Expression, Function, Operator};
use shared::questionnaire::logic::{Calculation, CalculationResult, Logic, Offer, Rules};
use shared::questionnaire::{QuestionIndex, QuestionKind};
use shared::response::Decimal;

use super::checks;
use super::choices::ChoiceLists;
use super::expression::kind::{Kind, kind_of};
use super::expression::{self, Context, any_answered, binary, call, join};
use super::finding::Finding;
use super::lint;
use super::outline::{Outline, Place, Role};
use super::parameters::Range;
use super::workbook::{Row, Sheet};

/// Compiles the expressions of all rows. Groups' conditions are joined into their questions'.
pub(super) fn compile(outline: &Outline, lists: &ChoiceLists, choices: &Sheet, findings: &mut Vec<Finding>) -> Logic {
    let mut compiler = Compiler { outline, lists, columns: &choices.columns, findings, groups: BTreeMap::new() };
    let mut rules: Vec<Rules> = (0..=u16::MAX)
        .map(QuestionIndex)
        .zip(&outline.places)
        .map(|(index, place)| compiler.rules(index, place))
        .collect();
    for (index, place) in (0..=u16::MAX).map(QuestionIndex).zip(&outline.places) {
        if let Role::Reason(of) = place.role {
            rules[usize::from(of.0)].reason = Some(index);
        }
    }
    let mut logic = in_order(rules, outline, findings);
    settle_results(&mut logic, outline, findings);
    logic
}

struct Compiler<'a, 'f> {
    outline: &'a Outline<'a>,
    lists: &'a ChoiceLists<'a>,
    /// Of the choices sheet.
    columns: &'a [String],
    findings: &'f mut Vec<Finding>,
    /// The conditions of groups by the row's number.
    groups: BTreeMap<usize, Option<Expression>>,
}

impl<'a> Compiler<'a, '_> {
    fn rules(&mut self, index: QuestionIndex, place: &'a Place<'a>) -> Rules {
        match place.role {
            Role::Row => self.rules_of_row(index, place),
            Role::Other(of) => {
                let other = vec![Expression::Answer(of), Expression::Text("other".to_owned())];
                Rules { relevant: Some(Expression::Call(Function::Selected, other)), ..Rules::default() }
            }
            Role::Reason(of) => Rules { relevant: Some(self.unusual(of)), ..Rules::default() },
        }
    }

    fn rules_of_row(&mut self, index: QuestionIndex, place: &'a Place<'a>) -> Rules {
        let question = self.outline.question(index);
        let mut relevant = self.conditions_of_groups(index, place);
        if let Some(condition) = self.column("relevant", place, None) {
            self.refuse_own(&condition, index, place.row, place.is_first());
            relevant.push(condition);
        }
        let calculation = place.row.cell("calculation").filter(|_| question.readonly || !question.kind.takes_answer());
        let calculation = calculation.filter(|_| question.kind != QuestionKind::Note);
        let calculation = calculation.and_then(|_| self.column("calculation", place, None));
        let calculation = calculation.map(|expression| {
            let result = match question.kind {
                QuestionKind::Integer => CalculationResult::Integer,
                QuestionKind::Decimal => CalculationResult::Decimal,
                QuestionKind::Date => CalculationResult::Date,
                _ => CalculationResult::Text,
            };
            Calculation { expression, result }
        });
        if !question.kind.takes_answer() {
            return Rules { relevant: join(Operator::And, relevant), calculation, ..Rules::default() };
        }
        let required = if question.readonly { None } else { self.required(index, place) };
        let mut constraint = place.range.map(bounds).unwrap_or_default();
        constraint.extend(self.column("constraint", place, Some(index)));
        Rules {
            relevant: join(Operator::And, relevant),
            required,
            constraint: join(Operator::And, constraint),
            calculation,
            choice_filter: self.choice_filter(index, place),
            reason: None,
        }
    }

    fn conditions_of_groups(&mut self, index: QuestionIndex, place: &'a Place<'a>) -> Vec<Expression> {
        let mut conditions = Vec::new();
        for row in place.groups.iter().copied() {
            if !self.groups.contains_key(&row.number) {
                let condition = self.compiled(row, "relevant", self.context("relevant", None, None), true);
                self.groups.insert(row.number, condition);
            }
            if let Some(Some(condition)) = self.groups.get(&row.number).cloned() {
                self.refuse_own(&condition, index, row, place.is_first());
                conditions.push(condition);
            }
        }
        conditions
    }

    /// A repeat is never forced: what is required in it is required once anything of that time is answered.
    fn required(&mut self, index: QuestionIndex, place: &'a Place<'a>) -> Option<Expression> {
        let required = self.column("required", place, Some(index)).filter(|required| !is_false(required))?;
        let Some(time) = place.time else { return Some(required) };
        Some(binary(Operator::And, any_answered(self.outline, time), required))
    }

    /// When the reason of an answer is asked for.
    fn unusual(&mut self, of: QuestionIndex) -> Expression {
        let place = &self.outline.places[usize::from(of.0)];
        let soft = self.column("soft_constraint", place, Some(of));
        let fails = soft.map(|soft| call(Function::Not, checks::of_answer(soft, of)));
        let changed = place.threshold.map(|threshold| threshold.exceeded(of));
        let unusual = join(Operator::Or, fails.into_iter().chain(changed).collect());
        // Without an answer there is nothing to explain. Where the expression is wrong, the form is refused.
        let unusual = unusual.unwrap_or(Expression::Call(Function::False, Vec::new()));
        binary(Operator::And, Expression::Answer(of), unusual)
    }

    fn choice_filter(&mut self, index: QuestionIndex, place: &'a Place<'a>) -> Option<Vec<Offer>> {
        place.row.cell("choice_filter")?;
        let list = self.lists.get(place.kind.list()?)?;
        let mut offers = Vec::with_capacity(list.choices.len());
        for (row, choice) in list.rows.iter().copied().zip(&list.choices) {
            let own = Context { choice: Some((row, self.columns)), ..self.context("choice_filter", None, Some(place)) };
            // What is wrong with the expression is wrong with every choice.
            let tells = place.is_first() && offers.is_empty();
            let when = self.compiled(place.row, "choice_filter", own, tells)?;
            if mentions(&when, index) {
                let name = &self.outline.question(index).name;
                let message = format!("{name} の選択肢の条件が {name} 自身の回答を参照しています。");
                self.findings.extend(tells.then(|| place.row.error("choice_filter", message)));
            }
            offers.push(Offer { choice: choice.name.clone(), when });
        }
        Some(offers)
    }

    /// The expression in a column of the question's row.
    fn column(&mut self, column: &'static str, place: &'a Place<'a>, own: Option<QuestionIndex>) -> Option<Expression> {
        let tells = place.time.is_none_or(|time| time.number == 1);
        self.compiled(place.row, column, self.context(column, own, Some(place)), tells)
    }

    fn context(&self, column: &'static str, own: Option<QuestionIndex>, place: Option<&Place>) -> Context<'a> {
        Context { outline: self.outline, column, own, time: place.and_then(|place| place.time), choice: None }
    }

    fn compiled(&mut self, row: &Row, column: &str, context: Context, tells: bool) -> Option<Expression> {
        let cell = row.cell(column)?;
        let is_condition = matches!(column, "relevant" | "required" | "constraint" | "soft_constraint");
        let text = match cell.to_lowercase().as_str() {
            "yes" | "true" if is_condition => "true()",
            "no" | "false" if is_condition => "false()",
            _ => cell,
        };
        let mut found = Vec::new();
        let compiled = match expression::compile(text, context) {
            Ok(expression) => {
                lint::expression(&expression, context.own, row, column, self.outline, &mut found);
                Some(expression)
            }
            Err(problems) => {
                found.extend(problems.into_iter().map(|problem| row.error(column, problem)));
                None
            }
        };
        if tells {
            self.findings.append(&mut found);
        }
        compiled
    }

    fn refuse_own(&mut self, condition: &Expression, index: QuestionIndex, row: &Row, tells: bool) {
        if tells && mentions(condition, index) {
            let name = &self.outline.question(index).name;
            self.findings.push(row.error("relevant", format!("{name} の条件が {name} 自身の回答を参照しています。")));
        }
    }
}

/// What lies in a range.
fn bounds(range: Range) -> Vec<Expression> {
    let number = |number: Decimal| Expression::Number(number.to_f64());
    let mut bounds = vec![
        binary(Operator::GreaterOrEqual, Expression::Own, number(range.start)),
        binary(Operator::LessOrEqual, Expression::Own, number(range.end)),
    ];
    // Decimal steps are a convenience of sliders; doubles do not hold them exactly.
    if range.is_whole() && range.step != Decimal::from(1) {
        let from_start = binary(Operator::Subtract, Expression::Own, number(range.start));
        let rest = binary(Operator::Modulo, from_start, number(range.step));
        bounds.push(binary(Operator::Equal, rest, Expression::Number(0.0)));
    }
    bounds
}

/// Reports every circle of conditions and calculations.
fn in_order(mut rules: Vec<Rules>, outline: &Outline, findings: &mut Vec<Finding>) -> Logic {
    // Where a question mentions itself, that was told and would only be told again.
    for (index, rules) in (0..=u16::MAX).map(QuestionIndex).zip(&mut rules) {
        rules.relevant.take_if(|condition| mentions(condition, index));
    }
    loop {
        match Logic::of(rules.clone()) {
            Ok(logic) => return logic,
            Err(circle) => {
                let names: Vec<&str> =
                    circle.iter().chain(circle.first()).map(|index| outline.question(*index).name.as_str()).collect();
                let told = circle.iter().all(|index| outline.place(*index).time.is_some_and(|time| time.number > 1));
                if let Some(first) = circle.first().filter(|_| !told) {
                    let calculates = |index: &QuestionIndex| rules[usize::from(index.0)].calculation.is_some();
                    let what = if circle.iter().any(calculates) { "条件や計算" } else { "条件" };
                    let message = format!("{what}が循環しています：{}", names.join(" → "));
                    let column = if calculates(first) { "calculation" } else { "relevant" };
                    findings.push(outline.place(*first).row.error(column, message));
                }
                // Without these, the next circle shows.
                for index in circle {
                    let rules = &mut rules[usize::from(index.0)];
                    (rules.relevant, rules.calculation) = (None, None);
                }
            }
        }
    }
}

/// Finds out what kind of answer each `calculate` gives, in the order in which they depend on each other, and what is
/// then wrong with calculations.
fn settle_results(logic: &mut Logic, outline: &Outline, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<QuestionIndex, Kind> = BTreeMap::new();
    for index in &logic.order {
        let Some(calculation) = &mut logic.rules[usize::from(index.0)].calculation else { continue };
        let kind = kind_of(&calculation.expression, None, outline, &|index| known.get(&index).copied());
        let place = outline.place(*index);
        match outline.question(*index).kind {
            QuestionKind::Calculate | QuestionKind::Hidden => calculation.result = kind.result(),
            QuestionKind::Integer if kind == Kind::Decimal && place.is_first() => {
                let message = "計算の結果に小数が出ると、切り捨てます。round() か int() を書いてください。";
                findings.push(place.row.warning("calculation", message));
            }
            _ => {}
        }
        known.insert(*index, Kind::from(calculation.result));
    }
    let is_calculated_date = |index| known.get(&index) == Some(&Kind::Date);
    for (rules, place) in logic.rules.iter().zip(&outline.places).filter(|(_, place)| place.is_first()) {
        rules.visit(&mut |rule| {
            rule.visit(&mut |part| {
                if let Some(index) = lint::bare_date(part, &is_calculated_date) {
                    let name = &outline.question(index).name;
                    let message = format!("${{{name}}} は計算した日付です。date(${{{name}}}) と書いてください。");
                    findings.push(place.row.error("", message));
                }
            });
        });
    }
}

fn mentions(expression: &Expression, index: QuestionIndex) -> bool {
    let mut found = false;
    expression.visit_answers(&mut |mentioned| found |= mentioned == index);
    found
}

fn is_false(expression: &Expression) -> bool {
    matches!(expression, Expression::Call(Function::False, _))
}
