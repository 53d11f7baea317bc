//! The same municipalities twice or more: two years, several years, several questions.

use super::finding::{CountRow, Counts, Finding, Method, Terms};
use super::groups::{LEAST, may_test};
use super::measure::{Measure, Scale, count};
use crate::statistics::Method as PValue;
use crate::statistics::cochran_q::cochran_q;
use crate::statistics::mcnemar::Changes;
use crate::statistics::quantile::{QuantileType, quantiles};
use crate::statistics::signed_rank::signed_rank;

/// Fewest changes for which χ² approximates McNemar's test.
const LEAST_CHANGES: u64 = 25;
/// Fewest cells of municipalities that differ for Cochran's Q: Tate, M. W. & Brown, S. M. (1970) JASA 65, 155–160.
const LEAST_CELLS: usize = 24;

/// The change from one to the other, among those determined in both.
pub fn two(label: &str, earlier: &(String, Measure), later: &(String, Measure), terms: Terms) -> Finding {
    let ((from, before), (to, after)) = (earlier, later);
    let mut finding = Finding::about(format!("「{label}」：{from}と{to}"));
    let pairs: Vec<(f64, f64)> =
        before.values.iter().zip(&after.values).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    let both = count(before.register.iter().zip(&after.register).filter(|(a, b)| **a && **b).count());
    let left = both.saturating_sub(count(pairs.len()));
    if left > 0 {
        finding.remark(format!("一方でも値の確定していない{left}団体は除いています。"));
    }
    if pairs.len() < LEAST {
        finding.remark(format!("両方の値が確定した市町村が{LEAST}団体未満のため、比べられません。"));
        return finding;
    }
    match before.scale {
        Scale::Flag => {
            let changed = changes(&pairs);
            finding.counts = Some(fourfold(before, after, (from, to), &pairs));
            finding.statement = format!(
                "両方の値が確定した{}団体のうち、{from}は「いいえ」で{to}は「はい」が{}団体、その逆が{}団体です。",
                pairs.len(),
                changed.started,
                changed.stopped
            );
            mcnemar(&mut finding, changed, pairs.len(), both, terms);
        }
        Scale::Order => {
            let changed = changes(&pairs);
            finding.statement = format!(
                "両方の値が確定した{}団体のうち、{to}の方が後の選択肢なのが{}団体、前の選択肢なのが{}団体、同じが{}団体です。",
                pairs.len(),
                changed.started,
                changed.stopped,
                u64::from(count(pairs.len())).saturating_sub(changed.discordant())
            );
            finding.remark(
                "段階の間隔は等しいとは限らないため、変化の大きさの順位は使わず、上がった数と下がった数を比べます。",
            );
            mcnemar(&mut finding, changed, pairs.len(), both, terms);
        }
        Scale::Number => signed_ranks(&mut finding, (from, to), &pairs, both, terms),
        Scale::Category => finding.remark(
            "順序のない種類の変化を調べる方法はここにありません。読み方を「選んだ選択肢と、それ以外に分ける」に変えてください。",
        ),
    }
    finding
}

/// Who rose and who fell.
fn changes(pairs: &[(f64, f64)]) -> Changes {
    let of = |is: fn(&f64, &f64) -> bool| count(pairs.iter().filter(|(a, b)| is(a, b)).count());
    Changes { stopped: of(|a, b| b < a), started: of(|a, b| b > a) }
}

fn fourfold(before: &Measure, after: &Measure, (from, to): (&str, &str), pairs: &[(f64, f64)]) -> Counts {
    let of = |a: bool, b: bool| count(pairs.iter().filter(|(x, y)| (*x > 0.5, *y > 0.5) == (a, b)).count());
    let row = |a: bool| {
        let counts = vec![of(a, false), of(a, true)];
        let determined = counts.iter().sum();
        let label = before.columns.get(usize::from(a)).cloned().unwrap_or_default();
        CountRow { label: format!("{from}：{label}"), counts, register: determined, determined, ..CountRow::default() }
    };
    let columns = after.columns.iter().map(|column| format!("{to}：{column}")).collect();
    Counts { of: from.to_owned(), columns, rows: vec![row(true), row(false)] }
}

fn mcnemar(finding: &mut Finding, changed: Changes, pairs: usize, both: u32, terms: Terms) {
    let n = f64::from(count(pairs));
    let difference = (f64::from(changed.started) - f64::from(changed.stopped)) / n;
    finding.effect(Method::PairedDifference, Some(difference));
    if let Err(reason) = may_test(terms.chance, count(pairs), both) {
        finding.remark(reason);
        return;
    }
    if changed.discordant() == 0 {
        finding.remark("変わった市町村がないため、検定は行いません。");
        return;
    }
    finding.test(Method::McnemarExact, None, None, changed.exact());
    finding.test(Method::McnemarMidP, None, None, changed.mid_p());
    if changed.discordant() < LEAST_CHANGES {
        finding.remark(format!(
            "変わった市町村が{LEAST_CHANGES}団体未満でカイ二乗の近似が当てにならないため、正確な方法だけを示し、控えめな「正確」で判断します。"
        ));
        return;
    }
    finding.remark("近似のいらない「正確」で判断します。ほかは参考です。");
    for (method, continuity) in [(Method::McnemarChiSquareCorrected, true), (Method::McnemarChiSquare, false)] {
        if let Some(found) = changed.chi_square(continuity) {
            finding.test(method, Some(found.statistic), Some(1), found.p_value);
        }
    }
}

fn signed_ranks(finding: &mut Finding, (from, to): (&str, &str), pairs: &[(f64, f64)], both: u32, terms: Terms) {
    let differences: Vec<f64> = pairs.iter().map(|(a, b)| b - a).collect();
    let changed = changes(pairs);
    finding.statement = format!(
        "両方の値が確定した{}団体のうち、{from}より{to}の値が大きいのが{}団体、小さいのが{}団体です。",
        pairs.len(),
        changed.started,
        changed.stopped
    );
    let median = quantiles(&differences, &[0.5], QuantileType::Type7);
    finding.effect(Method::MedianDifference, median.ok().and_then(|values| values.first().copied()));
    if let Err(reason) = may_test(terms.chance, count(pairs.len()), both) {
        finding.remark(reason);
        return;
    }
    if changed.discordant() == 0 {
        finding.remark("変わった市町村がないため、検定は行いません。");
        return;
    }
    match signed_rank(&differences, terms.alternative, PValue::Auto) {
        Ok(found) => {
            let method = if found.exact { Method::SignedRankExact } else { Method::SignedRank };
            if let Some(p) = found.p_value {
                finding.test(method, Some(found.statistic), None, p);
            }
            finding.remark(if found.exact {
                "同じ大きさの差がないため、正確な方法で判断します。"
            } else {
                "変化のない市町村か同じ大きさの差があるため、同順位を補正した正規近似で判断します。変化のない市町村は除いています。"
            });
        }
        Err(reason) => finding.remark(reason.to_string()),
    }
}

/// Several yes / no columns of the same municipalities: together, then each with every other.
pub fn several(of: &str, label: &str, columns: &[(String, Measure)], terms: Terms) -> Vec<Finding> {
    let mut findings = Vec::new();
    if columns.len() > 2 {
        findings.push(together(of, label, columns, terms));
    }
    for (i, one) in columns.iter().enumerate() {
        for other in columns.iter().skip(i + 1) {
            findings.push(two(label, one, other, terms));
        }
    }
    findings
}

fn together(of: &str, label: &str, columns: &[(String, Measure)], terms: Terms) -> Finding {
    let mut finding = Finding::about(format!("「{label}」：{}つの{of}をまとめて", columns.len()));
    let places = columns.first().map_or(0, |(_, measure)| measure.values.len());
    let row = |place: usize| {
        let values = columns.iter().map(|(_, measure)| measure.values.get(place).copied().flatten());
        values.map(|value| Some(value? > 0.5)).collect::<Option<Vec<bool>>>()
    };
    let rows: Vec<Vec<bool>> = (0..places).filter_map(row).collect();
    let there = |place: &usize| columns.iter().all(|(_, measure)| measure.register.get(*place) == Some(&true));
    let register = count((0..places).filter(there).count());
    let line = |(place, (name, _)): (usize, &(String, Measure))| {
        let yes = count(rows.iter().filter(|row| row.get(place) == Some(&true)).count());
        let determined = count(rows.len());
        let counts = vec![determined - yes, yes];
        CountRow { label: name.clone(), counts, register, determined, ..CountRow::default() }
    };
    let lines: Vec<CountRow> = columns.iter().enumerate().map(line).collect();
    let shares: Vec<String> = lines.iter().map(|row| format!("{}は{}", row.label, row.share())).collect();
    finding.statement =
        format!("すべての値が確定した{}団体で「はい」の割合は、{}です。", rows.len(), shares.join("、"));
    let headings = vec!["いいえ".to_owned(), "はい".to_owned()];
    finding.counts = Some(Counts { of: of.to_owned(), columns: headings, rows: lines });
    if let Err(reason) = may_test(terms.chance, count(rows.len()), register) {
        finding.remark(reason);
        return finding;
    }
    let differing = rows.iter().filter(|row| row.iter().any(|cell| Some(cell) != row.first())).count();
    if differing * columns.len() < LEAST_CELLS {
        finding.remark(format!(
            "{of}によって値の違う市町村が{differing}団体と少なく、コクランのQ検定の近似が当てにならないため、全体の検定は行いません。"
        ));
        return finding;
    }
    if let Ok(found) = cochran_q(&rows)
        && let Some(p) = found.p_value
    {
        finding.test(Method::CochranQ, found.statistic, Some(found.degrees_of_freedom), p);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::request::Adjustment;
    use super::super::samples::{measure, numbers, steps};
    use super::*;
    use crate::statistics::{Alternative, ChanceModel};

    const TERMS: Terms = Terms {
        chance: ChanceModel::Superpopulation,
        alternative: Alternative::TwoSided,
        adjustment: Adjustment::Holm,
    };

    fn flag(values: Vec<Option<f64>>) -> Measure {
        measure(Scale::Flag, &["いいえ", "はい"], values)
    }

    fn year(name: &str, of: Measure) -> (String, Measure) {
        (name.to_owned(), of)
    }

    #[test]
    fn two_years_of_yes_and_no_count_those_that_changed() {
        // 5 stayed yes, 1 stopped, 6 started, 28 stayed no, 2 open: exact 16/128, mid-p 9/128.
        let pairs = [((1.0, 1.0), 5), ((1.0, 0.0), 1), ((0.0, 1.0), 6), ((0.0, 0.0), 28)];
        let of = |side: fn((f64, f64)) -> f64| {
            let known = pairs.iter().flat_map(|(pair, n)| vec![Some(side(*pair)); *n]);
            known.chain([None, None]).collect::<Vec<_>>()
        };
        let (before, after) = (flag(of(|pair| pair.0)), flag(of(|pair| pair.1)));
        let found = two("設問", &year("前", before), &year("後", after), TERMS);
        assert_eq!(
            found.tests.iter().map(|t| t.method).collect::<Vec<_>>(),
            [Method::McnemarExact, Method::McnemarMidP]
        );
        assert!((found.tests[0].p_value - 0.125).abs() < 1e-12 && (found.tests[1].p_value - 9.0 / 128.0).abs() < 1e-12);
        assert!((found.effects[0].value - 5.0 / 40.0).abs() < 1e-12);
        let rows = &found.counts.as_ref().unwrap().rows;
        assert_eq!((rows[0].counts.as_slice(), rows[1].counts.as_slice()), ([1, 5].as_slice(), [28, 6].as_slice()));
        assert!(found.remarks.iter().any(|r| r.contains("2団体は除いて")));
    }

    #[test]
    fn enough_changes_have_the_approximation_beside() {
        let before = flag([vec![Some(1.0); 10], vec![Some(0.0); 30]].concat());
        let after = flag([vec![Some(0.0); 10], vec![Some(1.0); 25], vec![Some(0.0); 5]].concat());
        let found = two("設問", &year("前", before), &year("後", after), TERMS);
        // (25 − 10)²/35 = 6.43; (|25 − 10| − 1)²/35 = 5.6
        assert_eq!(found.tests.len(), 4);
        assert!((found.tests[2].statistic.unwrap() - 5.6).abs() < 1e-12);
        assert!((found.tests[3].statistic.unwrap() - 225.0 / 35.0).abs() < 1e-12);
    }

    #[test]
    fn stages_are_counted_up_and_down_and_numbers_ranked() {
        let (before, after) = (steps(&[&[0, 1, 2, 3, 4]]), steps(&[&[1, 2, 4, 3, 0]]));
        let found = two("設問", &year("前", before), &year("後", after), TERMS);
        // Three rose, one fell: 2·(1 + 4)/16.
        assert!((found.tests[0].p_value - 0.625).abs() < 1e-12);
        assert!(found.remarks.iter().any(|r| r.contains("間隔")));
        // Ten differences, W⁻ = 16: 0.275390625 by scipy 1.17.
        let later = [-30.0, -12.0, 55.0, 22.0, -23.0, 40.0, 33.0, 18.0, 11.0, 4.0];
        let found = two("数", &year("前", numbers(&[&[0.0; 10]])), &year("後", numbers(&[&later])), TERMS);
        assert_eq!(found.tests[0].method, Method::SignedRankExact);
        assert!((found.tests[0].p_value - 0.275_390_625).abs() < 1e-12);
        assert!((found.effects[0].value - 14.5).abs() < 1e-12);
    }

    #[test]
    fn several_columns_are_tested_together_and_in_pairs() {
        let column =
            |yes: &[usize]| flag((0..12).map(|place| Some(if yes.contains(&place) { 1.0 } else { 0.0 })).collect());
        let columns = [
            year("甲", column(&[0, 1])),
            year("乙", column(&[0, 1, 2, 3, 4, 5])),
            year("丙", column(&[2, 3, 4, 5, 6, 7, 8, 9])),
        ];
        let found = several("年度", "設問", &columns, TERMS);
        assert_eq!(found.len(), 4);
        // Column sums 2, 6, 8; ten rows differ: Q = 2·(3·104 − 256)/(3·16 − Σ L²), L² = 2·4 + 4·4 + 4·1 = 28.
        assert!((found[0].tests[0].statistic.unwrap() - 5.6).abs() < 1e-12, "{:?}", found[0].tests);
        let few = several("年度", "設問", &[columns[0].clone(), columns[0].clone(), columns[1].clone()], TERMS);
        assert!(few[0].tests.is_empty() && few[0].remarks.iter().any(|r| r.contains("近似")));
    }

    #[test]
    fn refusals_are_sentences() {
        let none = flag(vec![None, None, Some(1.0)]);
        let found = two("設問", &year("前", none.clone()), &year("後", none), TERMS);
        assert!(found.tests.is_empty() && found.remarks.iter().any(|r| r.contains("3団体未満")));
        let same = flag(vec![Some(1.0); 9]);
        let found = two("設問", &year("前", same.clone()), &year("後", same.clone()), TERMS);
        assert!(found.tests.is_empty() && found.remarks.iter().any(|r| r.contains("変わった市町村がない")));
        let sample = Terms { chance: ChanceModel::NonResponse, ..TERMS };
        assert!(two("設問", &year("前", same.clone()), &year("後", same), sample).tests.is_empty());
    }
}
