//! どう計算したか: one question's counts, from the register to the share.

use shared::tabulation::frequency::Base;
use shared::tabulation::{Count, Disclosure, Frequency, Refusal, SmallCells, State, VariableKind};

use super::{Asked, Name};
use crate::components::format;
use crate::exhibit::table::{Column, DataTable, Value};

/// A step: its heading and its sentences.
pub type Step = (&'static str, Vec<String>);

/// The steps from the register to the share, as far as the reader may see the counts.
pub fn steps(asked: &Asked<'_>) -> Result<Vec<Step>, Refusal> {
    let table = asked.frequency()?;
    Ok(vec![
        ("分母を決める", denominator(asked, &table)),
        ("回答を読む", reading(asked)),
        ("数える", vec!["値ごと、状態ごとに市町村を数えます。下の表が、そのすべてです。".to_owned()]),
        ("割合を求める", shares(&table)),
        ("秘匿する", suppression(asked.disclosure(), asked.slab.small_cells())),
    ])
}

fn denominator(asked: &Asked<'_>, table: &Frequency) -> Vec<String> {
    let register = format::thousands(u64::from(table.register));
    vec![
        format!("{}の名簿にある{}{register}市町村が分母です。", table.year, asked.group()),
        "回答のない市町村も分母に含みます。割合は、回答した市町村だけのものではありません。".to_owned(),
    ]
}

fn reading(asked: &Asked<'_>) -> Vec<String> {
    let source = if asked.provisional.contains(&asked.slab.year()) {
        "公表前の回答（速報）を使います。県が確認している途中の回答を含むことがあります。"
    } else {
        "県が確認した回答だけを使います。"
    };
    let kind = match asked.kind() {
        Some(VariableKind::Single) => "選んだ1つの選択肢が値です。",
        Some(VariableKind::Multiple) => "選んだ選択肢のそれぞれを数えるため、1つの市町村を何回か数えることがあります。",
        Some(VariableKind::Number) => "数値は回答のまま使います。丸めるのは表示するときだけです。",
        Some(VariableKind::Text) => "記入の有無を数えます。",
        None => "この年度には聞いていません。",
    };
    vec![
        source.to_owned(),
        "1つの回答は、値か、不明、該当なし、分岐により対象外、無回答、未提出、当年度設問なしのどれか1つです。互いにまとめたり、値に数えたりしません。".to_owned(),
        kind.to_owned(),
    ]
}

fn shares(table: &Frequency) -> Vec<String> {
    if table.register == 0 {
        return vec!["分母が0のため、割合は計算しません（－）。".to_owned()];
    }
    vec![
        "割合＝市町村の数 ÷ 分母。正確な比から、小数第2位を四捨五入します。".to_owned(),
        "年度や組の差は、丸める前に引きます。".to_owned(),
    ]
}

/// The rule of suppression, as it stands for this reader.
fn suppression(disclosure: Disclosure, SmallCells { whole, groups }: SmallCells) -> Vec<String> {
    if disclosure == Disclosure::Named {
        return vec!["市町村別の値を見られるため、秘匿する数はありません。".to_owned()];
    }
    let threshold = |of: &str, count: u32| (count > 1).then(|| format!("{of}では、{count}に満たない数も秘匿します。"));
    let first = "市町村別の値が公開されていないため、0の数と、回答した市町村すべてに当たる数は秘匿します。すべての市町村の値が分かるためです。";
    std::iter::once(first.to_owned())
        .chain(threshold("全体の表", whole))
        .chain(threshold("地域、人口規模などの組の表", groups))
        .chain([
            "秘匿した数が合計との引き算で分かるときは、分からなくなるまで、ほかの数も秘匿します。".to_owned(),
            "未提出と当年度設問なしの数は、いつも示します。".to_owned(),
        ])
        .collect()
}

/// Every choice and every state with its count, its share, and the division.
pub fn counts(asked: &Asked<'_>) -> Result<DataTable, Refusal> {
    let table = asked.frequency()?;
    let row = |label: String, count: Count| {
        let share = table.share(count, Base::Register);
        let (share, division) = match (count, share) {
            (Count::Shown(shown), Some(share)) => {
                (Value::Share(share), Value::Text(format!("{shown} ÷ {} ＝ {share}", table.register)))
            }
            (Count::Suppressed, _) => (Value::Suppressed, Value::Nothing),
            (Count::Shown(_) | Count::NotOffered, _) => (Value::Nothing, Value::Nothing),
        };
        vec![Value::Text(label), Value::Count(count), share, division]
    };
    let choices = asked.variable.choices.iter().zip(&table.choices);
    let mut rows: Vec<Vec<Value>> = choices
        .filter(|(_, count)| **count != Count::NotOffered)
        .map(|(choice, count)| row(choice.label.clone(), *count))
        .collect();
    if rows.is_empty() {
        rows.push(row("回答あり".to_owned(), table.answered));
    }
    rows.extend(State::ALL.into_iter().map(|state| row(state.label().to_owned(), table.state(state))));
    rows.push(row("分母（市町村数）".to_owned(), Count::Shown(table.register)));
    Ok(DataTable {
        caption: format!("{}の{}市町村の数（値と状態ごと）", asked.slab.year().wareki(), asked.group()),
        columns: vec![
            Column::words("値・状態", "item"),
            Column::count("市町村", "count"),
            Column::share("割合", "share"),
            Column::words("計算", "division"),
        ],
        rows,
    })
}

/// How the figures of an exhibit follow from the answers.
pub fn method(name: Name) -> &'static str {
    match name {
        Name::Years => {
            "年度ごとに同じ数え方をします。設問、選択肢、回答の形式が変わった年度は比べられないと示し、増減は言いません。増えた・減ったと言うのは、回答のない市町村がどちらを選んでいても変わらないときだけです。"
        }
        Name::Stages => "段階ごとの市町村数を、実施予定を中心に左右に並べたものです。数は年度の表と同じです。",
        Name::Numbers => {
            "合計、最小、四分位数、最大は、数値で回答した市町村だけから求めます。四分位数の求め方はtype 7（ExcelのQUARTILE.INC）です。"
        }
        Name::Boxes => {
            "人口規模ごとに同じ数を求めます。箱は第1四分位から第3四分位まで、ひげは箱の長さの1.5倍までの値、点は外れた値です。"
        }
        Name::By(_) => "組ごとに、その組の市町村数を分母として数えます。組を合わせると全体の数になります。",
        Name::Cross => "行の設問の回答ごとに、その回答の市町村数を分母として数えます。",
        Name::Changes => "両方の年度の名簿にある市町村だけを、両年度の回答の組合せごとに数えます。",
        Name::Population => {
            "市町村の数の代わりに、名簿に登録されている人口を足します。割合は、人口の登録がある市町村の人口の合計に対するものです。"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_of_suppression_is_the_one_that_applies() {
        let said = |disclosure, whole, groups| suppression(disclosure, SmallCells { whole, groups }).concat();
        assert!(said(Disclosure::Named, 0, 3).contains("秘匿する数はありません"));
        let usual = said(Disclosure::Aggregates, 0, 3);
        assert!(usual.contains("組の表では、3に満たない数も") && !usual.contains("全体の表では"), "{usual}");
        assert!(said(Disclosure::Aggregates, 5, 0).contains("全体の表では、5に満たない数も"));
    }
}
