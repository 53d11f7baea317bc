//! The steps from the register to the share.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::indicator::{Definition, Outcome};

use super::{Counted, FieldStep};
use crate::components::format;
use crate::components::table_frame::TableFrame;

/// Denominator, reading, fields, counting, share.
#[expect(clippy::needless_pass_by_value, reason = "a component owns what it shows")]
#[component]
pub fn StepSection(year: FiscalYear, definition: Definition, counted: Counted) -> impl IntoView {
    let Counted { outcome, left_out, fields, .. } = counted;
    let steps = [
        ("分母を決める", vec![definition.denominator_words().to_owned(), denominator(outcome, left_out)]),
        (
            "回答を読む",
            std::iter::once(definition.counts_words()).chain(definition.treatment_words()).collect(),
        ),
        (
            "分野ごと、市町村ごとに判定する",
            vec![
                format!("{}を「取り組んでいる」とします。", definition.rule_words()),
                "未確定の回答がどちらであっても判定が変わらないときだけ、「取り組んでいる」か「取り組んでいない」とし、そのほかは「未確定」とします。".to_owned(),
            ],
        ),
        ("数える", vec![counts(outcome)]),
        ("割合を求める", shares(outcome)),
    ];
    let steps = steps.into_iter().map(|(title, sentences)| {
        let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
        view! { <li class="computation-step"><h3>{title}</h3> {sentences}</li> }
    });
    let steps = steps.collect_view();
    view! {
        <section class="section" aria-labelledby="steps">
            <h2 id="steps">"計算の段階"</h2>
            <ol class="computation-steps">{steps}</ol>
            <FieldTable year fields />
        </section>
    }
    .into_any()
}

fn denominator(outcome: Outcome, left_out: u32) -> String {
    let Outcome { register, respondents, .. } = outcome;
    let missing = register.saturating_sub(respondents);
    let without = if left_out > 0 {
        format!("対象となる{}団体から{left_out}団体を除いた", register + left_out)
    } else {
        String::new()
    };
    format!("分母は{without}{register}団体です（回答 {respondents}団体、未提出や差戻し中 {missing}団体）。")
}

fn counts(outcome: Outcome) -> String {
    format!(
        "取り組んでいる {}団体、取り組んでいない {}団体、未確定 {}団体、合わせて {}団体です。",
        outcome.engaged,
        outcome.not_engaged,
        outcome.undetermined(),
        outcome.register
    )
}

fn shares(outcome: Outcome) -> Vec<String> {
    let Outcome { engaged, not_engaged, register, .. } = outcome;
    if register == 0 {
        return vec!["分母が0のため、割合は計算しません（－）。".to_owned()];
    }
    let share = format!("{engaged} ÷ {register} ＝ {}（小数第2位を四捨五入）。", outcome.share());
    let lower =
        format!("下限：未確定の団体がすべて取り組んでいないとき {engaged} ÷ {register} ＝ {}。", outcome.share());
    let upper = format!(
        "上限：未確定の団体がすべて取り組んでいるとき（{register} − {not_engaged}）÷ {register} ＝ {}。",
        outcome.upper()
    );
    match outcome.undetermined() {
        0 => vec![share, "未確定の団体がないため、下限と上限は同じです。".to_owned()],
        _ => vec![share, lower, upper],
    }
}

#[component]
fn FieldTable(year: FiscalYear, fields: Vec<FieldStep>) -> impl IntoView {
    let any_left_out = fields.iter().any(|step| step.left_out > 0);
    let rows = fields.into_iter().map(|step| {
        let cell = |words: &dyn Fn(Outcome) -> String| {
            view! { <td class="number">{step.outcome.map_or_else(|| "秘匿".to_owned(), words)}</td> }
        };
        let left_out = any_left_out.then(|| cell(&|_| step.left_out.to_string()));
        view! {
            <tr id=format!("field-{}", step.field.code())>
                <th scope="row">{step.field.label()}</th>
                <td class="text">{step.test.clone()}</td>
                {cell(&|o| o.engaged.to_string())}
                {cell(&|o| o.not_engaged.to_string())}
                {cell(&|o| o.undetermined().to_string())}
                {left_out}
                {cell(&|o| o.share().to_string())}
                {cell(&format::bounds)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <TableFrame label="分野ごとの判定">
            <table class="table">
                <caption>{format!("分野ごとの判定（{year}、団体数）")}</caption>
                <thead>
                    <tr>
                        <th scope="col">"分野"</th>
                        <th scope="col">"当てはまる条件"</th>
                        <th scope="col" class="number">"取り組んでいる"</th>
                        <th scope="col" class="number">"取り組んでいない"</th>
                        <th scope="col" class="number">"未確定"</th>
                        {any_left_out.then(|| view! { <th scope="col" class="number">"対象外"</th> })}
                        <th scope="col" class="number">"割合"</th>
                        <th scope="col" class="number">"とりうる範囲"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_is_written_out() {
        let outcome = Outcome { engaged: 27, not_engaged: 11, register: 40, respondents: 38 };
        assert_eq!(denominator(outcome, 0), "分母は40団体です（回答 38団体、未提出や差戻し中 2団体）。");
        assert!(denominator(outcome, 3).contains("対象となる43団体から3団体を除いた40団体"));
        assert_eq!(
            shares(outcome),
            [
                "27 ÷ 40 ＝ 67.5％（小数第2位を四捨五入）。",
                "下限：未確定の団体がすべて取り組んでいないとき 27 ÷ 40 ＝ 67.5％。",
                "上限：未確定の団体がすべて取り組んでいるとき（40 − 11）÷ 40 ＝ 72.5％。",
            ]
        );
        assert_eq!(shares(Outcome::default()), ["分母が0のため、割合は計算しません（－）。"]);
    }
}
