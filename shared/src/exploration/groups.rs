//! Groups of municipalities: fourfold tables, larger tables, ranks.

use super::finding::{CountRow, Counts, Effect, Finding, Method, Terms};
use super::measure::{Groups, Measure, Scale, count};
use super::words;
use crate::indicator::Outcome;
use crate::share::Share;
use crate::statistics::cliffs_delta::cliffs_delta;
use crate::statistics::contingency::chi_square;
use crate::statistics::cramers_v::cramers_v;
use crate::statistics::fisher::fisher_exact;
use crate::statistics::kruskal_wallis::kruskal_wallis;
use crate::statistics::mann_whitney::{MannWhitney, mann_whitney};
use crate::statistics::quantile::{QuantileType, quantiles};
use crate::statistics::{ChanceModel, Interval, Level, Method as PValue, Table, finite_population, proportion};

/// Fewest determined municipalities of a group that is compared: of two groups of two, no outcome is rare.
pub const LEAST: usize = 3;
/// Fewest in each group for the approximation of Kruskal and Wallis.
const LEAST_OF_MANY: usize = 5;
/// Most groups that are also compared two by two.
const MOST_IN_PAIRS: usize = 8;

/// A group's determined values.
struct Line {
    label: String,
    values: Vec<f64>,
    register: u32,
}

/// The differences of a measure between groups: all together, then two by two.
pub fn compare(measure: &Measure, groups: &Groups, terms: Terms) -> Vec<Finding> {
    let lines: Vec<Line> =
        lines(measure, groups).into_iter().filter(|line| line.register > 0 && !line.values.is_empty()).collect();
    let about = format!("「{}」と{}", measure.label, groups.of);
    let mut whole = Finding::about(about.clone());
    whole.counts = Some(counts(measure, &groups.of, &lines, terms.chance));
    interval_remark(&mut whole, &lines, measure, terms.chance);
    if lines.len() < 2 {
        whole.remark("値の確定した市町村のある組が2つ未満のため、比べられません。組の分け方を変えてください。");
        return vec![whole];
    }
    let first = lines.iter().find_map(|line| line.values.first().copied());
    if lines.iter().flat_map(|line| &line.values).all(|value| Some(*value) == first) {
        whole.statement = String::from("値の確定した市町村の値はすべて同じです。");
        whole.remark("差がないため、検定は行いません。件数をそのままご覧ください。");
        return vec![whole];
    }
    if let [one, other] = lines.as_slice() {
        two(&mut whole, measure, one, other, terms);
        return vec![whole];
    }
    match measure.scale {
        Scale::Flag | Scale::Category => table(&mut whole, measure, &lines, terms),
        Scale::Order | Scale::Number => ranks(&mut whole, &lines, terms),
    }
    let large: Vec<&Line> = lines.iter().filter(|line| line.values.len() >= LEAST).collect();
    if large.len() < lines.len() {
        whole.remark(format!("値の確定した市町村が{LEAST}団体未満の組は、2つずつの比較から除いています。"));
    }
    let in_pairs = measure.scale != Scale::Category && large.len() <= MOST_IN_PAIRS;
    if measure.scale != Scale::Category && !in_pairs {
        whole.remark(format!("組が{MOST_IN_PAIRS}を超えるため、2つずつの比較は行いません。"));
    }
    let mut findings = vec![whole];
    for (i, one) in large.iter().enumerate().filter(|_| in_pairs) {
        for other in large.iter().skip(i + 1) {
            let mut pair = Finding::about(format!("{about}：{}と{}", one.label, other.label));
            two(&mut pair, measure, one, other, terms);
            findings.push(pair);
        }
    }
    findings
}

fn lines(measure: &Measure, groups: &Groups) -> Vec<Line> {
    let mut lines: Vec<Line> =
        groups.labels.iter().map(|label| Line { label: label.clone(), values: Vec::new(), register: 0 }).collect();
    let places = groups.places.iter().zip(&measure.values).zip(&measure.register);
    for ((group, value), there) in places {
        let Some(line) = group.and_then(|group| lines.get_mut(group)).filter(|_| *there) else { continue };
        line.register += 1;
        line.values.extend(*value);
    }
    lines
}

/// Values in each column.
fn by_column(line: &Line, columns: usize) -> Vec<u32> {
    let of = |column: usize| {
        let code = f64::from(count(column));
        count(line.values.iter().filter(|value| (**value - code).abs() < 0.5).count())
    };
    (0..columns).map(of).collect()
}

fn counts(measure: &Measure, of: &str, lines: &[Line], chance: ChanceModel) -> Counts {
    let row = |line: &Line| {
        let counts = by_column(line, measure.columns.len());
        let determined = count(line.values.len());
        let median = quantiles(&line.values, &[0.5], QuantileType::Type7).ok();
        let median = median.and_then(|values| values.first().copied()).filter(|_| measure.scale == Scale::Number);
        let yes = counts.last().copied().filter(|_| measure.scale == Scale::Flag);
        let intervals = yes.map(|yes| intervals(chance, yes, determined, line.register)).unwrap_or_default();
        CountRow { label: line.label.clone(), counts, register: line.register, median, intervals, determined }
    };
    Counts { of: of.to_owned(), columns: measure.columns.clone(), rows: lines.iter().map(row).collect() }
}

/// Intervals of a share that the chance model carries; none where everybody is determined.
fn intervals(chance: ChanceModel, yes: u32, determined: u32, register: u32) -> Vec<(Method, Interval)> {
    let outcome = outcome(yes, determined, register);
    if chance.check_interval(&outcome).is_err() {
        return Vec::new();
    }
    let found = match chance {
        ChanceModel::Exchangeable => Vec::new(),
        ChanceModel::Superpopulation => vec![
            (Method::Wilson, proportion::wilson(yes, determined, Level::P95, false)),
            (Method::WilsonContinuity, proportion::wilson(yes, determined, Level::P95, true)),
            (Method::ClopperPearson, proportion::clopper_pearson(yes, determined, Level::P95)),
        ],
        ChanceModel::NonResponse => {
            let exact = finite_population::under_non_response(&outcome, Level::P95).map(|found| {
                let end = |share: Share| share.ratio().unwrap_or(0.0);
                Interval { lower: end(found.lower), upper: end(found.upper) }
            });
            let corrected = finite_population::wilson(&outcome, Level::P95).map(|found| found.interval);
            vec![(Method::Hypergeometric, exact), (Method::WilsonFinite, corrected)]
        }
    };
    found.into_iter().filter_map(|(method, interval)| Some((method, interval.ok()?))).collect()
}

fn interval_remark(finding: &mut Finding, lines: &[Line], measure: &Measure, chance: ChanceModel) {
    if measure.scale != Scale::Flag {
        return;
    }
    let complete = lines.iter().filter(|line| line.register == count(line.values.len())).count();
    match chance {
        ChanceModel::Exchangeable => {
            finding.remark("並べ替えの前提は差の検定だけに使えます。割合の区間は示しません。");
        }
        ChanceModel::Superpopulation | ChanceModel::NonResponse if complete > 0 => {
            finding.remark("全市町村の値が確定している組は、割合が分かっているため区間を示しません。");
        }
        ChanceModel::Superpopulation | ChanceModel::NonResponse => {}
    }
}

fn outcome(yes: u32, determined: u32, register: u32) -> Outcome {
    Outcome { engaged: yes, not_engaged: determined.saturating_sub(yes), register, respondents: determined }
}

/// Whether a test of so many determined ones may be made; else why not.
pub(super) fn may_test(chance: ChanceModel, determined: u32, register: u32) -> Result<(), String> {
    if chance == ChanceModel::NonResponse {
        return Err(
            "値の確定していない市町村が偶然に抜けたという前提で示せるのは、割合の区間までです。検定には「超母集団」か「並べ替え」を選んでください。"
                .to_owned(),
        );
    }
    chance.check_test(&outcome(0, determined, register)).map_err(|reason| format!("{reason}"))
}

fn allowed(finding: &mut Finding, lines: &[&Line], chance: ChanceModel) -> bool {
    let determined = count(lines.iter().map(|line| line.values.len()).sum());
    let register = lines.iter().map(|line| line.register).sum();
    match may_test(chance, determined, register) {
        Ok(()) => true,
        Err(reason) => {
            finding.remark(reason);
            false
        }
    }
}

fn two(finding: &mut Finding, measure: &Measure, one: &Line, other: &Line, terms: Terms) {
    match measure.scale {
        Scale::Flag => fourfold(finding, one, other, terms),
        Scale::Category => table_of(finding, measure, &[one, other], terms),
        Scale::Order | Scale::Number => two_ranks(finding, one, other, terms),
    }
}

fn fourfold(finding: &mut Finding, one: &Line, other: &Line, terms: Terms) {
    let [a, b] = [one, other].map(|line| by_column(line, 2));
    let (Some((a_no, a_yes)), Some((b_no, b_yes))) = (a.first().zip(a.last()), b.first().zip(b.last())) else { return };
    let (first, second) = ((*a_yes, a_no + a_yes), (*b_yes, b_no + b_yes));
    let share = |(yes, n): (u32, u32)| Share::new(yes, n);
    if let Some(points) = share(first).points_since(share(second)) {
        finding.statement = format!(
            "{}は{}、{}は{}で、差は{points}です。",
            one.label,
            words::part(share(first)),
            other.label,
            words::part(share(second)),
        );
    }
    let open = [(first, one), (second, other)]
        .into_iter()
        .any(|((yes, n), line)| ChanceModel::Superpopulation.check_interval(&outcome(yes, n, line.register)).is_ok());
    if let Ok(found) = proportion::newcombe(first, second, Level::P95) {
        let shown = open && terms.chance == ChanceModel::Superpopulation;
        let interval = Some(found.interval).filter(|_| shown);
        finding.effects.push(Effect { method: Method::Newcombe, value: found.difference, interval });
    }
    let Ok(table) = Table::new(vec![vec![*a_yes, *a_no], vec![*b_yes, *b_no]]) else { return };
    strengths(finding, &table, terms.chance);
    if one.values.len() < LEAST || other.values.len() < LEAST {
        finding.remark(format!("値の確定した市町村が{LEAST}団体未満の組があるため、検定は行いません。"));
        return;
    }
    if !allowed(finding, &[one, other], terms.chance) {
        return;
    }
    let (plain, corrected) = (chi_square(&table, false), chi_square(&table, true));
    let Ok(plain) = plain else {
        finding.remark("どちらの組もすべて同じ回答のため、検定は行いません。");
        return;
    };
    match fisher_exact([[*a_yes, *a_no], [*b_yes, *b_no]], terms.alternative) {
        Ok(exact) => {
            finding.test(Method::Fisher, None, None, exact.p_value);
            finding.remark(if plain.is_reliable() {
                "2×2の表なので、近似のいらないフィッシャーの正確検定で判断します。カイ二乗検定は参考です。"
            } else {
                "期待度数が5未満のセルがあり、カイ二乗の近似は当てになりません。フィッシャーの正確検定で判断します。"
            });
        }
        Err(reason) => finding.remark(reason.to_string()),
    }
    for (method, found) in [(Method::ChiSquareYates, corrected.ok()), (Method::ChiSquare, Some(plain))] {
        if let Some(found) = found {
            finding.test(method, Some(found.statistic), Some(found.degrees_of_freedom), found.p_value);
        }
    }
}

/// Cramér's V; its correction supposes a sample, so it is shown only where chance is supposed to draw one.
fn strengths(finding: &mut Finding, table: &Table, chance: ChanceModel) {
    finding.effect(Method::CramersV, cramers_v(table, false).ok());
    if chance != ChanceModel::Exchangeable {
        finding.effect(Method::CramersVCorrected, cramers_v(table, true).ok());
    }
}

fn table(finding: &mut Finding, measure: &Measure, lines: &[Line], terms: Terms) {
    table_of(finding, measure, &lines.iter().collect::<Vec<_>>(), terms);
}

fn table_of(finding: &mut Finding, measure: &Measure, lines: &[&Line], terms: Terms) {
    let rows: Vec<Vec<u32>> = lines.iter().map(|line| by_column(line, measure.columns.len())).collect();
    // What nobody chose is no column.
    let used = |column: &usize| rows.iter().any(|row| row.get(*column).is_some_and(|count| *count > 0));
    let columns: Vec<usize> = (0..measure.columns.len()).filter(used).collect();
    let kept = |row: &Vec<u32>| columns.iter().filter_map(|column| row.get(*column).copied()).collect();
    let Ok(table) = Table::new(rows.iter().map(kept).collect()) else { return };
    if measure.scale == Scale::Flag {
        finding.statement = extremes_of(lines);
    } else {
        finding.statement = format!("{}組の回答の分かれ方を比べました。", lines.len());
    }
    strengths(finding, &table, terms.chance);
    if !allowed(finding, lines, terms.chance) {
        return;
    }
    match chi_square(&table, false) {
        Ok(found) if found.is_reliable() => {
            finding.test(Method::ChiSquare, Some(found.statistic), Some(found.degrees_of_freedom), found.p_value);
            finding.remark("すべての組をまとめて、カイ二乗検定で判断します。");
        }
        Ok(_) => finding.remark(
            "期待度数が小さいセルが多く（5未満が2割超、又は1未満）、カイ二乗の近似が当てにならないため、全体の検定は行いません。組や選択肢をまとめてください。",
        ),
        Err(reason) => finding.remark(reason.to_string()),
    }
}

/// The groups with the greatest and the least share.
fn extremes_of(lines: &[&Line]) -> String {
    let share = |line: &Line| {
        let columns = by_column(line, 2);
        Share::new(columns.last().copied().unwrap_or(0), columns.iter().sum())
    };
    let ratio = |line: &&&Line| share(line).ratio().unwrap_or(0.0);
    let most = lines.iter().max_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let least = lines.iter().min_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let said = |line: &Line| format!("{}の{}", line.label, words::part(share(line)));
    most.zip(least).map_or_else(String::new, |(most, least)| {
        format!("割合が最も高いのは{}、最も低いのは{}です。", said(most), said(least))
    })
}

fn two_ranks(finding: &mut Finding, one: &Line, other: &Line, terms: Terms) {
    let delta = cliffs_delta(&one.values, &other.values);
    if let Ok(found) = delta {
        finding.statement = format!(
            "{}（{}団体）と{}（{}団体）から1団体ずつ取ると、前者の値の方が大きい割合は{}％です（同じ値は半分と数えます）。",
            one.label,
            one.values.len(),
            other.label,
            other.values.len(),
            words::percent(found.probability_of_superiority)
        );
    }
    finding.effect(Method::CliffsDelta, delta.map(|found| found.delta).ok());
    if one.values.len() < LEAST || other.values.len() < LEAST {
        finding.remark(format!("値の確定した市町村が{LEAST}団体未満の組があるため、検定は行いません。"));
        return;
    }
    if !allowed(finding, &[one, other], terms.chance) {
        return;
    }
    let test = |method| mann_whitney(&one.values, &other.values, terms.alternative, method);
    let mut add = |found: MannWhitney| {
        let method = if found.exact { Method::MannWhitneyExact } else { Method::MannWhitney };
        if let Some(p) = found.p_value {
            finding.test(method, Some(found.u), None, p);
        }
        found.exact
    };
    match test(PValue::Auto) {
        Ok(found) if add(found) => {
            if let Ok(beside) = test(PValue::Asymptotic { continuity: true }) {
                add(beside);
            }
            finding.remark("同じ値がないため、マン・ホイットニーの正確検定で判断します。正規近似は参考です。");
        }
        Ok(_) => finding.remark("同じ値があるか件数が多いため、同順位を補正した正規近似で判断します。"),
        Err(reason) => finding.remark(reason.to_string()),
    }
}

fn ranks(finding: &mut Finding, lines: &[Line], terms: Terms) {
    finding.statement = format!("{}組の値の大きさを、順位で比べました。", lines.len());
    let all: Vec<&Line> = lines.iter().collect();
    if !allowed(finding, &all, terms.chance) {
        return;
    }
    if lines.iter().any(|line| line.values.len() < LEAST_OF_MANY) {
        finding.remark(format!(
            "値の確定した市町村が{LEAST_OF_MANY}団体未満の組があり、クラスカル・ウォリス検定の近似が当てにならないため、全体の検定は行いません。"
        ));
        return;
    }
    match kruskal_wallis(&lines.iter().map(|line| line.values.clone()).collect::<Vec<_>>()) {
        Ok(found) => {
            if let Some(p) = found.p_value {
                finding.test(Method::KruskalWallis, found.h, Some(found.degrees_of_freedom), p);
            }
        }
        Err(reason) => finding.remark(reason.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::request::Adjustment;
    use super::super::samples::{flags, groups_of, numbers, steps};
    use super::*;
    use crate::statistics::Alternative;

    fn terms(chance: ChanceModel) -> Terms {
        Terms { chance, alternative: Alternative::TwoSided, adjustment: Adjustment::Holm }
    }

    fn p_of(finding: &Finding, method: Method) -> f64 {
        finding.tests.iter().find(|test| test.method == method).unwrap().p_value
    }

    #[test]
    fn two_groups_of_yes_and_no_are_decided_by_fisher_with_chi_square_beside() {
        // 12 of 17 and 6 of 23, two undetermined. scipy 1.17.1: fisher_exact 0.009521197, χ² with Yates 6.12674.
        let measure = flags(&[(12, 5, 0), (6, 17, 2)]);
        let found = compare(&measure, &groups_of(&[17, 25]), terms(ChanceModel::Superpopulation));
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(one.tests[0].method, Method::Fisher);
        assert!((p_of(one, Method::ChiSquareYates) - 0.013_315_212_9).abs() < 1e-9);
        assert!((p_of(one, Method::Fisher) - 0.009_521_197_418_861).abs() < 1e-12);
        let difference = one.effects[0];
        assert!((difference.value - (12.0 / 17.0 - 6.0 / 23.0)).abs() < 1e-12 && difference.interval.is_some());
        assert!(one.statement.contains("17団体のうち12（70.6％）") && one.statement.contains("＋44.5ポイント"));
        // The first group is complete: no interval of its share; the second has both.
        let rows = &one.counts.as_ref().unwrap().rows;
        assert!(rows[0].intervals.is_empty());
        assert_eq!(
            rows[1].intervals.iter().map(|(m, _)| *m).collect::<Vec<_>>(),
            [Method::Wilson, Method::WilsonContinuity, Method::ClopperPearson]
        );
        assert_eq!((rows[1].register, rows[1].determined), (25, 23));
    }

    #[test]
    fn each_chance_model_gets_only_what_it_carries() {
        let measure = flags(&[(12, 5, 0), (6, 17, 2)]);
        let of = |chance| compare(&measure, &groups_of(&[17, 25]), terms(chance)).remove(0);
        let exchangeable = of(ChanceModel::Exchangeable);
        assert!(exchangeable.effects.iter().all(|e| e.interval.is_none() && e.method != Method::CramersVCorrected));
        assert!(!exchangeable.tests.is_empty());
        let sample = of(ChanceModel::NonResponse);
        assert!(sample.tests.is_empty() && sample.remarks.iter().any(|r| r.contains("検定には")));
        let methods: Vec<Method> = sample.counts.unwrap().rows[1].intervals.iter().map(|(m, _)| *m).collect();
        assert_eq!(methods, [Method::Hypergeometric, Method::WilsonFinite]);
        // Everybody determined: no interval, whatever is supposed.
        let complete = flags(&[(12, 5, 0), (6, 17, 0)]);
        let found = compare(&complete, &groups_of(&[17, 23]), terms(ChanceModel::Superpopulation)).remove(0);
        assert!(found.effects[0].interval.is_none() && !found.tests.is_empty());
    }

    #[test]
    fn several_groups_are_compared_together_and_two_by_two() {
        let measure = flags(&[(10, 2, 0), (4, 8, 0), (6, 6, 0)]);
        let found = compare(&measure, &groups_of(&[12, 12, 12]), terms(ChanceModel::Exchangeable));
        assert_eq!(found.len(), 4);
        // scipy: chi2_contingency([[10,2],[4,8],[6,6]]): 6.3, 2, 0.04285.
        assert!((found[0].tests[0].statistic.unwrap() - 6.3).abs() < 1e-9);
        assert!((found[0].tests[0].p_value - 0.042_852_126_9).abs() < 1e-8);
        assert!(found[1..].iter().all(|pair| pair.tests[0].method == Method::Fisher));
        assert!(found[0].statement.contains("最も高い") && found[0].statement.contains("83.3％"));
    }

    #[test]
    fn small_expected_counts_leave_no_test_of_a_large_table() {
        let measure = flags(&[(1, 2, 0), (0, 3, 0), (2, 1, 0)]);
        let found = compare(&measure, &groups_of(&[3, 3, 3]), terms(ChanceModel::Exchangeable));
        assert!(found[0].tests.is_empty() && found[0].remarks.iter().any(|r| r.contains("期待度数")));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn ordered_values_are_compared_by_ranks() {
        let measure = steps(&[&[0, 1, 1, 2, 3, 4], &[2, 3, 3, 4, 4, 4]]);
        let found = compare(&measure, &groups_of(&[6, 6]), terms(ChanceModel::Exchangeable));
        assert_eq!(found[0].tests[0].method, Method::MannWhitney);
        assert_eq!(found[0].effects[0].method, Method::CliffsDelta);
        // Pairs: 3 + 3 + 4 + … counted by hand: 4 above, 26 below, 6 equal of 36.
        assert!(
            (found[0].effects[0].value
                - cliffs_delta(&[0., 1., 1., 2., 3., 4.], &[2., 3., 3., 4., 4., 4.]).unwrap().delta)
                .abs()
                < 1e-12
        );
        // U = 33 of 80 pairs: 41.25 %.
        let above = [4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7, 5.5];
        let half = numbers(&[&above, &[1., 2., 3., 4., 5., 6., 7., 8., 9., 10.]]);
        let half = compare(&half, &groups_of(&[8, 10]), terms(ChanceModel::Exchangeable)).remove(0);
        assert!(half.statement.contains("41.3％"), "{}", half.statement);
        let apart = numbers(&[&[1.5, 2.5, 3.5], &[4.5, 5.5, 6.5]]);
        let exact = compare(&apart, &groups_of(&[3, 3]), terms(ChanceModel::Exchangeable)).remove(0);
        assert_eq!(exact.tests[0].method, Method::MannWhitneyExact);
        assert!((exact.tests[0].p_value - 0.1).abs() < 1e-12 && (exact.effects[0].value + 1.0).abs() < 1e-12);
        let three = steps(&[&[0, 1, 2, 3, 4], &[1, 2, 3, 4, 4], &[0, 0, 1, 1, 2]]);
        let found = compare(&three, &groups_of(&[5, 5, 5]), terms(ChanceModel::Superpopulation));
        assert_eq!(found[0].tests[0].method, Method::KruskalWallis);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn nothing_to_compare_is_a_sentence() {
        let terms = terms(ChanceModel::Exchangeable);
        let same = compare(&flags(&[(5, 0, 0), (4, 0, 1)]), &groups_of(&[5, 5]), terms);
        assert!(same[0].tests.is_empty() && same[0].statement.contains("すべて同じ"));
        let alone = compare(&flags(&[(2, 3, 0), (0, 0, 4)]), &groups_of(&[5, 4]), terms);
        assert!(alone[0].tests.is_empty() && alone[0].remarks.iter().any(|r| r.contains("2つ未満")));
        let few = compare(&flags(&[(1, 1, 0), (2, 3, 0)]), &groups_of(&[2, 5]), terms);
        assert!(few[0].tests.is_empty() && few[0].remarks.iter().any(|r| r.contains("3団体未満")));
        let nobody = compare(&flags(&[(0, 0, 3), (0, 0, 4)]), &groups_of(&[3, 4]), terms);
        assert!(nobody[0].tests.is_empty());
    }
}
