//! 多重比較: all deciding p-values of the page are one family.

use super::finding::{Finding, Terms};
use super::request::Adjustment;
use super::words;
use crate::statistics::adjustment::{benjamini_hochberg, holm};

/// Adjusts the deciding p-values together and writes the readings.
pub fn adjust(findings: &mut [Finding], terms: Terms) {
    let p_values: Vec<f64> = findings.iter().filter_map(|f| f.tests.first()).map(|test| test.p_value).collect();
    let adjusted = match terms.adjustment {
        Adjustment::Holm => holm(&p_values),
        Adjustment::BenjaminiHochberg => benjamini_hochberg(&p_values),
    };
    // A p-value is a probability: only then are there none.
    let Ok(adjusted) = adjusted else { return };
    let tested = findings.iter_mut().filter(|finding| !finding.tests.is_empty());
    for (finding, (p, adjusted)) in tested.zip(p_values.iter().zip(adjusted)) {
        finding.adjusted = Some(adjusted);
        finding.reading = words::reading(*p, adjusted, p_values.len(), terms.adjustment.label());
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Method;
    use super::*;
    use crate::statistics::{Alternative, ChanceModel};

    #[test]
    fn the_deciding_tests_are_adjusted_together_and_those_beside_them_are_not() {
        let mut findings = vec![Finding::about("1"), Finding::about("2"), Finding::about("3"), Finding::about("4")];
        for (finding, p) in findings.iter_mut().zip([0.01, 0.02, 0.03]) {
            finding.test(Method::Fisher, None, None, p);
            finding.test(Method::ChiSquare, None, None, 0.000_1);
        }
        let adjusted = |adjustment, findings: &mut [Finding]| {
            adjust(
                findings,
                Terms { chance: ChanceModel::Exchangeable, alternative: Alternative::TwoSided, adjustment },
            );
            findings.iter().map(|f| f.adjusted.map(|p| format!("{p:.3}"))).collect::<Vec<_>>()
        };
        let some = |p: &str| Some(p.to_owned());
        assert_eq!(adjusted(Adjustment::Holm, &mut findings), [some("0.030"), some("0.040"), some("0.040"), None]);
        let found = adjusted(Adjustment::BenjaminiHochberg, &mut findings);
        assert_eq!(found, [some("0.030"), some("0.030"), some("0.030"), None]);
        assert!(findings[0].reading.contains("3件") && findings[3].reading.is_empty());
    }
}
