//! Counts, shares, bounds and sizes in words.

use shared::fiscal_year::FiscalYear;
use shared::indicator::{self, CountBounds, Definition, Outcome};
use shared::kpi::Change;
use shared::share::Share;

use crate::figures::Movement;

/// 「1,237,984」
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// 「△1,234.5」 from 「-1234.5」. An answer has at most 15 digits.
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("△", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), thousands);
    match fraction {
        Some(fraction) => [sign, &whole, ".", fraction].concat(),
        None => [sign, &whole].concat(),
    }
}

/// 「512バイト」「12.3KB」「1.5MB」, in powers of 1,000.
pub fn bytes(size: u64) -> String {
    let scaled = |unit: u64, name: &str| {
        let tenths = (size * 10 + unit / 2) / unit;
        format!("{}.{}{name}", thousands(tenths / 10), tenths % 10)
    };
    match size {
        0..1_000 => format!("{size}バイト"),
        1_000..999_950 => scaled(1_000, "KB"),
        _ => scaled(1_000_000, "MB"),
    }
}

/// 「67.5％」 or 「67.5〜75.0％」
pub fn range(lower: Share, upper: Share) -> String {
    if lower == upper { lower.to_string() } else { format!("{}〜{upper}", lower.to_string().trim_end_matches('％')) }
}

/// 「67.5％（27／40）」
pub fn counted(outcome: Outcome) -> String {
    format!("{}（{}／{}）", outcome.share(), outcome.engaged, outcome.register)
}

/// The bounds of a result.
pub fn bounds(outcome: Outcome) -> String {
    range(outcome.share(), outcome.upper())
}

/// The bounds that published counts allow.
pub fn count_bounds(bounds: CountBounds) -> String {
    range(bounds.lower, bounds.upper)
}

/// 「＋5.0ポイント」, and 「＋5.0ポイント（増減は未確定）」 where undetermined municipalities could turn it.
pub fn difference(change: &indicator::Change) -> String {
    difference_phrases(change).concat()
}

/// The same; a line may end after each.
pub fn difference_phrases(change: &indicator::Change) -> Vec<String> {
    let open = (!change.sign_is_known()).then(|| "（増減は未確定）".to_owned());
    std::iter::once(change.confirmed.to_string()).chain(open).collect()
}

/// 「△2.5〜＋10.0ポイント」: what the undetermined municipalities leave open of a difference.
pub fn difference_bounds(change: &indicator::Change) -> String {
    let (lower, upper) = (change.lower.to_string(), change.upper);
    if change.lower == upper { lower } else { format!("{}〜{upper}", lower.trim_end_matches("ポイント")) }
}

/// 「令和6年度より ＋5.0ポイント」, with 「（増減は未確定）」 where that is so; empty without an earlier year.
pub fn movement(movement: Option<Movement>) -> String {
    movement.map_or_else(String::new, |m| format!("{}より {}", m.since.wareki(), difference(&m.change)))
}

/// 「増加 ＋2.5ポイント」「減少 △3件」「更新なし（前回調査 2025年4月1日時点）」: a difference of shares is one of points.
pub fn change(change: &Change, unit: &str) -> String {
    let unit = if matches!(unit, "％" | "%") { "ポイント" } else { unit };
    let label = change.label();
    match change {
        Change::First | Change::Same => label.to_owned(),
        Change::Rise(size) => format!("{label} ＋{}{unit}", grouped(size)),
        Change::Fall(size) => format!("{label} △{}{unit}", grouped(size)),
        Change::Unclear(confirmed) => format!("{label}（確認できた差 {confirmed}）"),
        Change::NotUpdated(why) => format!("{label}（{why}）"),
        Change::NotComparable(why) => format!("{label}（{why}）"),
    }
}

/// Address of how a definition's figure of a year was computed.
pub fn computation_href(definition: &Definition, year: FiscalYear) -> String {
    format!("/indicators/{}/{}", definition.id, year.year())
}

/// Address of a definition's version on `/indicators`.
pub fn definition_href(definition: &Definition) -> String {
    format!("/indicators#{}", definition_anchor(definition))
}

/// Id of a definition's version on `/indicators`.
pub fn definition_anchor(definition: &Definition) -> String {
    format!("{}-v{}", definition.id, definition.version)
}

#[cfg(test)]
mod tests {
    use shared::share::Points;

    use super::*;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_237_984), "1,237,984");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(bytes(999), "999バイト");
        assert_eq!(bytes(12_345), "12.3KB");
        assert_eq!(bytes(999_949), "999.9KB");
        assert_eq!(bytes(999_950), "1.0MB");
        assert_eq!(bytes(4_200_000_000), "4,200.0MB");
    }

    #[test]
    fn a_change_is_said_in_words() {
        let said = |one: Change, unit| change(&one, unit);
        assert_eq!(said(Change::Rise("2.5".into()), "％"), "増加 ＋2.5ポイント");
        assert_eq!(said(Change::Fall("1200".into()), "件"), "減少 △1,200件");
        assert_eq!(said(Change::Same, "件"), "変化なし");
        assert_eq!(said(Change::Unclear(Points(25)), "％"), "増減は未確定（確認できた差 ＋2.5ポイント）");
        assert_eq!(
            said(Change::NotUpdated("前回調査 2025年4月1日時点".into()), "％"),
            "更新なし（前回調査 2025年4月1日時点）"
        );
    }

    #[test]
    fn a_difference_whose_sign_is_open_says_so() {
        let of = |engaged, not_engaged| Outcome { engaged, not_engaged, register: 40, respondents: 40 };
        let earlier = of(10, 30);
        let (known, open) = (of(12, 28).change_since(&earlier).unwrap(), of(12, 20).change_since(&of(10, 25)).unwrap());
        assert_eq!((difference(&known), difference_bounds(&known)), ("＋5.0ポイント".into(), "＋5.0ポイント".into()));
        assert_eq!(difference(&open), "＋5.0ポイント（増減は未確定）");
        assert_eq!(difference_bounds(&open), "△7.5〜＋25.0ポイント");
        let since = FiscalYear::new(2025).unwrap();
        let said = movement(Some(Movement { since, change: open }));
        assert_eq!(said, "令和7年度より ＋5.0ポイント（増減は未確定）");
    }

    #[test]
    fn a_range_of_one_point_is_that_point() {
        assert_eq!(range(Share::new(27, 40), Share::new(30, 40)), "67.5〜75.0％");
        assert_eq!(range(Share::new(27, 40), Share::new(27, 40)), "67.5％");
    }
}
