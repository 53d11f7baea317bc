//! Figures and readings in Japanese.

use crate::share::{Points, Share, tenths_of};
use crate::statistics::Interval;

/// Below it, an adjusted p-value is read as hard to explain by chance alone. A convention, said beside every reading.
pub const CONVENTION: f64 = 0.05;

/// A p-value to the digits that it carries: 「0.001未満」「0.012」「0.35」.
pub fn p_value(p: f64) -> String {
    match p {
        p if p < 0.001 => "0.001未満".to_owned(),
        p if p < 0.0995 => format!("{p:.3}"),
        p => format!("{p:.2}"),
    }
}

/// A statistic or a coefficient to two decimals, minus as 「△」: 「△0.25」.
pub fn coefficient(value: f64) -> String {
    signed(value, format!("{:.2}", value.abs()))
}

/// A difference of shares in points: 「＋12.5ポイント」.
pub fn points(difference: f64) -> String {
    Points(tenths_of(difference)).to_string()
}

/// An interval of a difference: 「△3.1〜＋28.4ポイント」.
pub fn points_interval(interval: Interval) -> String {
    format!("{}〜{}", points(interval.lower).trim_end_matches("ポイント"), points(interval.upper))
}

/// An interval of a share: 「12.3〜45.6％」.
pub fn share_interval(interval: Interval) -> String {
    format!("{}〜{}％", percent(interval.lower), percent(interval.upper))
}

/// The digits of a ratio from 0 to 1 in per cent: 「12.3」.
pub fn percent(ratio: f64) -> String {
    let tenths = tenths_of(ratio);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// 「9団体のうち4（44.4％）」
pub fn part(share: Share) -> String {
    format!("{}団体のうち{}（{share}）", share.denominator, share.numerator)
}

/// What a p-value says, and what it does not.
pub fn reading(p: f64, adjusted: f64, family: usize, adjustment: &str) -> String {
    let chance = format!("前提のもとで差や関係がないとき、これ以上に偏った結果になる確率は{}です。", p_value(p));
    let after = if family > 1 {
        format!("この画面の{family}件を{adjustment}で補正すると{}です。", p_value(adjusted))
    } else {
        String::new()
    };
    let verdict = if adjusted < CONVENTION {
        "目安の0.05を下回り、偶然だけでは説明しにくい結果です。ただし、原因を示すものではなく、前提が外れていれば成り立ちません。"
    } else {
        "目安の0.05を下回らず、偶然でも起こりうる結果です。差や関係がないことを示すものではありません。"
    };
    [chance, after, verdict.to_owned()].concat()
}

fn signed(value: f64, digits: String) -> String {
    let zero = digits.chars().all(|c| c == '0' || c == '.');
    if value < 0.0 && !zero { format!("△{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_as_many_digits_as_they_have() {
        assert_eq!([0.000_4, 0.012_34, 0.0999, 0.35, 1.0].map(p_value), ["0.001未満", "0.012", "0.10", "0.35", "1.00"]);
        assert_eq!(
            [0.125, -0.125, 0.0, -0.000_1].map(points),
            ["＋12.5ポイント", "△12.5ポイント", "±0.0ポイント", "±0.0ポイント"]
        );
        assert_eq!([-0.254, -0.001, 0.5].map(coefficient), ["△0.25", "0.00", "0.50"]);
        assert_eq!([0.0625, -0.0625].map(points), ["＋6.3ポイント", "△6.3ポイント"]);
        assert_eq!(share_interval(Interval { lower: 1.0 / 16.0, upper: 0.4125 }), "6.3〜41.3％");
        assert_eq!(points_interval(Interval { lower: -0.031, upper: 0.284 }), "△3.1〜＋28.4ポイント");
    }

    #[test]
    fn no_reading_claims_proof() {
        for (p, adjusted) in [(0.000_01, 0.000_1), (0.03, 0.09), (0.8, 1.0)] {
            let words = reading(p, adjusted, 3, "ホルムの方法");
            assert!(["証明", "立証", "有意", "明らか"].iter().all(|claim| !words.contains(claim)), "{words}");
            assert!(words.contains("ホルムの方法"));
        }
        assert!(reading(0.03, 0.09, 3, "").contains("差や関係がないことを示すものではありません"));
        assert!(reading(0.01, 0.01, 1, "ホルムの方法").contains("原因を示すものではなく"));
    }
}
