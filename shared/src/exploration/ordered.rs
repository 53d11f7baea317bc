//! Orders: a trend along the bands of population, and the relation of two ordered values.

use super::finding::{CountRow, Counts, Finding, Method, Terms};
use super::groups::may_test;
use super::measure::{Groups, Measure, Scale, count};
use super::words;
use crate::share::Share;
use crate::statistics::Method as PValue;
use crate::statistics::kendall::kendall;
use crate::statistics::spearman::spearman;
use crate::statistics::trend::{Group, cochran_armitage};

/// Fewest pairs of which a relation is tested.
const LEAST_PAIRS: usize = 5;
/// Fewest pairs for the approximation of Spearman's p-value.
const LEAST_FOR_SPEARMAN: usize = 10;
/// Fewest expected yes and no for the approximation of Cochran and Armitage.
const LEAST_EXPECTED: u32 = 5;

/// Whether a measure rises or falls along ordered groups.
pub fn trend(measure: &Measure, bands: &Groups, terms: Terms) -> Finding {
    let place = bands.places.iter().map(|group| group.map(|group| f64::from(count(group)))).collect();
    let band = Measure {
        label: bands.of.clone(),
        scale: Scale::Order,
        columns: bands.labels.clone(),
        values: place,
        register: measure.register.clone(),
    };
    if measure.scale != Scale::Flag {
        return agreement(measure, &band, terms);
    }
    let mut finding = Finding::about(format!("「{}」と{}の順", measure.label, bands.of));
    let rows: Vec<CountRow> = (0..bands.labels.len()).filter_map(|group| row(measure, bands, group)).collect();
    let (yes, determined) = rows.iter().fold((0, 0), |(yes, n), row| (yes + row.share().numerator, n + row.determined));
    let register = rows.iter().map(|row| row.register).sum();
    if let [first, .., last] = rows.as_slice() {
        let said = |row: &CountRow| format!("{}では{}", row.label, words::part(row.share()));
        finding.statement = format!("「はい」は、{}、{}です。", said(first), said(last));
    }
    let groups: Vec<Group> = (0_u32..)
        .zip(&rows)
        .map(|(score, row)| Group { score: f64::from(score), successes: row.share().numerator, total: row.determined })
        .collect();
    finding.counts = Some(Counts { of: bands.of.clone(), columns: measure.columns.clone(), rows });
    let (x, y) = pairs(&band, measure);
    finding
        .effect(Method::Kendall, kendall(&x, &y, PValue::Asymptotic { continuity: false }).map(|found| found.tau).ok());
    if let Err(reason) = may_test(terms.chance, determined, register) {
        finding.remark(reason);
        return finding;
    }
    if yes.min(determined - yes) < LEAST_EXPECTED {
        finding.remark(format!(
            "「はい」か「いいえ」が{LEAST_EXPECTED}団体未満で、コクラン・アーミテージ検定の近似が当てにならないため、検定は行いません。"
        ));
        return finding;
    }
    match cochran_armitage(&groups, terms.alternative) {
        Ok(found) => {
            finding.test(Method::CochranArmitage, Some(found.z), None, found.p_value);
            finding.remark("区分に0、1、2…の点を順に付けています。点の付け方を変えると結果も変わります。");
        }
        Err(reason) => finding.remark(reason.to_string()),
    }
    finding
}

fn row(measure: &Measure, bands: &Groups, group: usize) -> Option<CountRow> {
    let places = bands.places.iter().zip(&measure.values).zip(&measure.register);
    let own = || places.clone().filter(|((of, _), there)| **of == Some(group) && **there).map(|((_, value), _)| *value);
    let of = |yes: bool| count(own().flatten().filter(|value| (*value > 0.5) == yes).count());
    let counts = vec![of(false), of(true)];
    let (determined, register) = (counts.iter().sum(), count(own().count()));
    let label = bands.labels.get(group)?.clone();
    (determined > 0).then(|| CountRow { label, counts, register, determined, ..CountRow::default() })
}

/// Values of both, where both are determined.
fn pairs(one: &Measure, other: &Measure) -> (Vec<f64>, Vec<f64>) {
    one.values.iter().zip(&other.values).filter_map(|(a, b)| Some(((*a)?, (*b)?))).unzip()
}

/// Whether two ordered values go together.
pub fn agreement(one: &Measure, other: &Measure, terms: Terms) -> Finding {
    let mut finding = Finding::about(format!("「{}」と「{}」", one.label, other.label));
    if one.scale == Scale::Category || other.scale == Scale::Category {
        finding.remark(
            "順序のない種類どうしの関係は、「市町村の組のあいだの差」で組の分け方に設問を選んで調べてください。",
        );
        return finding;
    }
    let (x, y) = pairs(one, other);
    let both = count(one.register.iter().zip(&other.register).filter(|(a, b)| **a && **b).count());
    if x.len() < LEAST_PAIRS {
        finding.remark(format!("両方の値が確定した市町村が{LEAST_PAIRS}団体未満のため、関係を調べられません。"));
        return finding;
    }
    let found = (kendall(&x, &y, PValue::Auto), spearman(&x, &y));
    let (tau, rho) = match found {
        (Ok(tau), Ok(rho)) => (tau, rho),
        (Err(reason), _) | (_, Err(reason)) => {
            finding.statement = format!("両方の値が確定したのは{}団体です。", x.len());
            finding.remark(reason.to_string());
            return finding;
        }
    };
    let direction = match tau.tau {
        tau if tau > 0.0 => "一方の値が大きい市町村ほど、他方の値も大きい傾向があります",
        tau if tau < 0.0 => "一方の値が大きい市町村ほど、他方の値は小さい傾向があります",
        _ => "どちらの傾向もありません",
    };
    let ratio = Share::new(count(x.len()), both);
    finding.statement = format!("両方の値が確定した{}団体（{ratio}）では、{direction}。", x.len());
    finding.effect(Method::Kendall, Some(tau.tau));
    finding.effect(Method::Spearman, Some(rho.rho));
    finding.remark("関係があっても、一方が他方の原因とは限りません。人口など共通の背景によることがあります。");
    if let Err(reason) = may_test(terms.chance, count(x.len()), both) {
        finding.remark(reason);
        return finding;
    }
    if let Some(p) = tau.p_value {
        finding.test(Method::Kendall, None, None, p);
    }
    match rho.p_value {
        Some(p) if x.len() >= LEAST_FOR_SPEARMAN => finding.test(Method::Spearman, None, None, p),
        _ => finding.remark("件数が少なくスピアマンの近似は当てにならないため、ケンドールの検定だけを示します。"),
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::super::request::Adjustment;
    use super::super::samples::{flags, groups_of, measure, numbers, steps};
    use super::*;
    use crate::statistics::{Alternative, ChanceModel};

    const TERMS: Terms =
        Terms { chance: ChanceModel::Exchangeable, alternative: Alternative::TwoSided, adjustment: Adjustment::Holm };

    #[test]
    fn a_share_that_rises_with_the_band_is_a_trend() {
        // statistics case: 4, 4, 4 of 13, 13, 14 at 0, 1, 2: z = −0.126046526, p = 0.899695096.
        let found = trend(&flags(&[(4, 9, 0), (4, 9, 0), (4, 10, 0)]), &groups_of(&[13, 13, 14]), TERMS);
        assert_eq!(found.tests[0].method, Method::CochranArmitage);
        assert!((found.tests[0].statistic.unwrap() + 0.126_046_526).abs() < 1e-9);
        assert!((found.tests[0].p_value - 0.899_695_095_8).abs() < 1e-9);
        assert_eq!(found.counts.unwrap().rows.len(), 3);
        let few = trend(&flags(&[(1, 9, 0), (0, 9, 0)]), &groups_of(&[10, 9]), TERMS);
        assert!(few.tests.is_empty() && few.remarks.iter().any(|r| r.contains("近似")));
    }

    #[test]
    fn two_orders_have_both_coefficients() {
        // scipy 1.17: kendalltau exact of 8 pairs without ties.
        let (x, y) = ([1., 2., 3., 4., 5., 6., 7., 8.], [2., 1., 4., 3., 6., 5., 8., 7.]);
        let found = agreement(&numbers(&[&x]), &numbers(&[&y]), TERMS);
        // Four of 28 pairs are inverted: 20/28.
        assert!((found.effects[0].value - 20.0 / 28.0).abs() < 1e-12);
        assert_eq!(found.tests.len(), 1, "Spearman's approximation needs ten");
        let opposite =
            agreement(&steps(&[&[0, 1, 2, 3, 4, 0, 1, 2, 3, 4]]), &steps(&[&[4, 3, 2, 1, 0, 4, 3, 2, 1, 0]]), TERMS);
        assert!((opposite.effects[1].value + 1.0).abs() < 1e-12 && opposite.tests.len() == 2);
        assert!(opposite.statement.contains("小さい傾向"));
    }

    #[test]
    fn what_never_varies_or_has_no_order_is_refused_in_words() {
        let same = agreement(&steps(&[&[2; 6]]), &steps(&[&[0, 1, 2, 3, 4, 0]]), TERMS);
        assert!(same.tests.is_empty() && same.remarks.iter().any(|r| r.contains("すべて同じ")));
        let kinds = agreement(&measure(Scale::Category, &["a"], vec![Some(0.0); 9]), &steps(&[&[1; 9]]), TERMS);
        assert!(kinds.tests.is_empty() && kinds.effects.is_empty());
        let few = agreement(&steps(&[&[1, 2]]), &steps(&[&[1, 2]]), TERMS);
        assert!(few.remarks.iter().any(|r| r.contains("5団体未満")));
    }
}
