//! How the intervals of the year known only as counts come about: the arithmetic, to be done again by hand.

use leptos::prelude::*;
use shared::indicator::ReferenceCount;

use crate::figures::{Reference, ReferenceInterval};

/// Address of it.
pub const REFERENCE_METHOD: &str = "/indicators#reference-method";

/// The rule, and what it gives for each interval.
#[component]
pub fn ReferenceMethod(
    /// The year.
    reference: Reference,
) -> impl IntoView {
    let Reference { counts, intervals, .. } = reference;
    let lines = intervals.iter().map(|interval| {
        let [upper, lower] = arithmetic(interval, &counts);
        view! { <li>{format!("{}：{upper}{lower}", interval.definition.title)}</li> }
    });
    let lines = lines.collect_view();
    view! {
        <h3 id="reference-method">"公表された数から範囲を求める計算"</h3>
        <p>
            "市町村ごとの回答は公表されていないため、分野ごとの団体数 a と全市町村数 N から、k分野以上で取り組む団体数 t のとりうる範囲だけが分かります（フレシェの限界）。t団体がk分野ずつ占めるには、各分野から多くても a と t の小さいほうまでしか数えられないため、その合計が k×t 以上のときだけ t になりえます。また、t団体のほかの（N−t）団体が占められるのは（k−1）分野ずつまでのため、各分野の a−t（負なら0）の合計が（k−1）×（N−t）以下のときだけ t で済みます。前の条件を満たす最大の t が上限、後の条件を満たす最小の t が下限です。すべての市町村が回答したと仮定しています。"
        </p>
        <ul>{lines}</ul>
    }
    .into_any()
}

/// The upper end with the next that is not possible, then the lower one: in sentences.
fn arithmetic(interval: &ReferenceInterval, counts: &[ReferenceCount]) -> [String; 2] {
    let rule = &interval.definition.rule;
    let of_field = |field| counts.iter().find(|count| count.field == field).map_or(0, |count| count.count);
    let fields: Vec<u32> = rule.fields.iter().map(|rule| of_field(rule.field)).collect();
    let needed = u32::try_from(rule.needed()).unwrap_or(u32::MAX);
    let (lower, upper, all) =
        (interval.bounds.lower.numerator, interval.bounds.upper.numerator, interval.bounds.upper.denominator);
    let sum = |parts: Vec<u32>| {
        let said: Vec<String> = parts.iter().map(u32::to_string).collect();
        (parts.iter().sum::<u32>(), said.join("＋"))
    };
    let reached = |t: u32| {
        let (found, said) = sum(fields.iter().map(|a| (*a).min(t)).collect());
        let sign = if found >= needed * t { "≧" } else { "＜" };
        format!("t＝{t}では{said}＝{found}{sign}{needed}×{t}＝{}", needed * t)
    };
    let left = |t: u32| {
        let (found, said) = sum(fields.iter().map(|a| a.saturating_sub(t)).collect());
        let (others, room) = (needed.saturating_sub(1), needed.saturating_sub(1) * (all - t));
        let sign = if found <= room { "≦" } else { "＞" };
        format!("t＝{t}では{said}＝{found}{sign}{others}×（{all}−{t}）＝{room}")
    };
    let beyond = if upper < all { format!("、{}", reached(upper + 1)) } else { String::new() };
    let below = lower.checked_sub(1).map_or_else(String::new, |t| format!("、{}", left(t)));
    [
        format!("上限は{upper}団体（{}{beyond}）。", reached(upper)),
        format!("下限は{lower}団体（{}{below}）。", left(lower)),
    ]
}

#[cfg(test)]
mod tests {
    use shared::fiscal_year::FiscalYear;
    use shared::indicator::{
        CountBounds, Counts, Definition, Denominator, Field, FieldRule, FieldTest, Quota, Role, Rule, Treatment,
    };

    use super::*;

    #[test]
    fn the_arithmetic_of_the_published_counts_is_written_out() {
        let year = FiscalYear::new(2022).unwrap();
        let counts: Vec<ReferenceCount> = Field::ALL
            .into_iter()
            .zip([6, 11, 20])
            .map(|(field, count)| ReferenceCount {
                year,
                field,
                count,
                population: 40,
                respondents: None,
                definition: "v0".to_owned(),
                source: String::new(),
                note: String::new(),
            })
            .collect();
        let said = |k: u8| {
            let fields = Field::ALL
                .map(|field| FieldRule { field, test: FieldTest::Question(format!("engaged.{}", field.code())) });
            let definition = Definition {
                id: "sample".to_owned(),
                version: 1,
                role: Role::Reference,
                official: false,
                title: String::new(),
                description: String::new(),
                valid_from: year,
                valid_to: None,
                rule: Rule { quota: Quota::at_least(k).unwrap(), fields: fields.to_vec() },
                counts: Counts::Choices(vec!["1".to_owned()]),
                treatment: Treatment::default(),
                denominator: Denominator::Register,
                source: String::new(),
                note: String::new(),
            };
            let bounds = CountBounds::of(&definition, &counts).unwrap();
            arithmetic(&ReferenceInterval { definition, bounds }, &counts)
        };
        assert_eq!(
            said(1),
            [
                "上限は37団体（t＝37では6＋11＋20＝37≧1×37＝37、t＝38では6＋11＋20＝37＜1×38＝38）。",
                "下限は20団体（t＝20では0＋0＋0＝0≦0×（40−20）＝0、t＝19では0＋0＋1＝1＞0×（40−19）＝0）。",
            ]
        );
        assert_eq!(
            said(2),
            [
                "上限は17団体（t＝17では6＋11＋17＝34≧2×17＝34、t＝18では6＋11＋18＝35＜2×18＝36）。",
                "下限は0団体（t＝0では6＋11＋20＝37≦1×（40−0）＝40）。",
            ]
        );
    }
}
