//! A hypothesis with its counts, effects, test and reading.

use crate::share::Share;
use crate::statistics::{Alternative, ChanceModel, Interval};

use super::request::Adjustment;

/// What is supposed of chance, and what a confidence level is.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Stated by the reader before anything is computed.
    pub chance: ChanceModel,
    /// Which departures count; only tests that know a direction can take one side ([`Method::has_sides`]).
    pub alternative: Alternative,
    /// How the p-values of the page are adjusted.
    pub adjustment: Adjustment,
}

/// One hypothesis: the effect, then the test.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finding {
    /// What is compared, as a heading.
    pub heading: String,
    /// The finding in words, without a test.
    pub statement: String,
    /// What is counted.
    pub counts: Option<Counts>,
    /// How large it is.
    pub effects: Vec<Effect>,
    /// The first one decides; the others stand beside it and are never adjusted.
    pub tests: Vec<Test>,
    /// The deciding p-value among all of the page.
    pub adjusted: Option<f64>,
    /// What the p-value says; empty without a test.
    pub reading: String,
    /// Why this method, what was left out, what is refused: a sentence each.
    pub remarks: Vec<String>,
}

/// A table of municipalities, or of the two halves of pairs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counts {
    /// Heading of the rows.
    pub of: String,
    /// Headings of the counts.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<CountRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CountRow {
    /// Its heading.
    pub label: String,
    /// By column.
    pub counts: Vec<u32>,
    /// On the register.
    pub register: u32,
    /// The middle value of numbers.
    pub median: Option<f64>,
    /// Intervals of the share that is in the last column.
    pub intervals: Vec<(Method, Interval)>,
    /// Determined, where it is not the sum of the counts (numbers).
    pub determined: u32,
}

impl CountRow {
    /// The last column out of the determined ones.
    pub fn share(&self) -> Share {
        Share::new(self.counts.last().copied().unwrap_or(0), self.determined)
    }
}

/// How large a difference or a relation is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// By which method.
    pub method: Method,
    /// A difference of shares (0.125 for 12.5 points) or a coefficient.
    pub value: f64,
    /// Around it, where it may be shown.
    pub interval: Option<Interval>,
}

/// A test.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Which.
    pub method: Method,
    /// Its statistic, where it has one.
    pub statistic: Option<f64>,
    /// Of χ².
    pub degrees_of_freedom: Option<u32>,
    /// Not adjusted.
    pub p_value: f64,
}

/// Every method of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Difference of two shares, Newcombe's interval.
    Newcombe,
    /// Difference of two dependent shares, of one year and another or of two questions.
    PairedDifference,
    /// Cliff's δ
    CliffsDelta,
    /// Cramér's V
    CramersV,
    /// Cramér's V corrected for bias
    CramersVCorrected,
    /// Spearman's ρ
    Spearman,
    /// Kendall's τ-b
    Kendall,
    /// Middle of the paired differences.
    MedianDifference,
    /// Wilson's interval
    Wilson,
    /// Wilson's interval with continuity correction
    WilsonContinuity,
    /// Clopper and Pearson's interval
    ClopperPearson,
    /// The exact interval under non-response
    Hypergeometric,
    /// Wilson's with the finite population correction
    WilsonFinite,
    /// Fisher's exact test
    Fisher,
    /// χ² without correction
    ChiSquare,
    /// χ² with Yates's correction
    ChiSquareYates,
    /// McNemar, exact
    McnemarExact,
    /// McNemar, mid-p
    McnemarMidP,
    /// McNemar, χ² without correction
    McnemarChiSquare,
    /// McNemar, χ² with correction
    McnemarChiSquareCorrected,
    /// Mann–Whitney, exact
    MannWhitneyExact,
    /// Mann–Whitney, corrected for ties
    MannWhitney,
    /// Wilcoxon's signed ranks, exact
    SignedRankExact,
    /// Wilcoxon's signed ranks, corrected for ties
    SignedRank,
    /// Kruskal–Wallis
    KruskalWallis,
    /// Cochran's Q
    CochranQ,
    /// Cochran–Armitage
    CochranArmitage,
}

impl Method {
    /// The code in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Newcombe => "newcombe",
            Self::PairedDifference => "paired_difference",
            Self::CliffsDelta => "cliffs_delta",
            Self::CramersV => "cramers_v",
            Self::CramersVCorrected => "cramers_v_corrected",
            Self::Spearman => "spearman",
            Self::Kendall => "kendall_tau_b",
            Self::MedianDifference => "median_difference",
            Self::Wilson => "wilson",
            Self::WilsonContinuity => "wilson_continuity",
            Self::ClopperPearson => "clopper_pearson",
            Self::Hypergeometric => "hypergeometric",
            Self::WilsonFinite => "wilson_fpc",
            Self::Fisher => "fisher_exact",
            Self::ChiSquare => "chi2",
            Self::ChiSquareYates => "chi2_yates",
            Self::McnemarExact => "mcnemar_exact",
            Self::McnemarMidP => "mcnemar_midp",
            Self::McnemarChiSquare => "mcnemar_chi2",
            Self::McnemarChiSquareCorrected => "mcnemar_chi2_corrected",
            Self::MannWhitneyExact => "mann_whitney_exact",
            Self::MannWhitney => "mann_whitney",
            Self::SignedRankExact => "wilcoxon_signed_rank_exact",
            Self::SignedRank => "wilcoxon_signed_rank",
            Self::KruskalWallis => "kruskal_wallis",
            Self::CochranQ => "cochran_q",
            Self::CochranArmitage => "cochran_armitage",
        }
    }

    /// Its name in Japanese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Newcombe => "割合の差（区間はニューカム法）",
            Self::PairedDifference => "割合の差（対応あり）",
            Self::CliffsDelta => "クリフのデルタ（△1〜1）",
            Self::CramersV => "クラメールのV（0〜1）",
            Self::CramersVCorrected => "クラメールのV・偏り補正（0〜1）",
            Self::Spearman => "スピアマンの順位相関ρ（△1〜1）",
            Self::Kendall => "ケンドールの順位相関τ-b（△1〜1）",
            Self::MedianDifference => "差の中央値",
            Self::Wilson => "ウィルソンの区間",
            Self::WilsonContinuity => "ウィルソンの区間（連続修正）",
            Self::ClopperPearson => "クロッパー・ピアソンの区間",
            Self::Hypergeometric => "超幾何分布による区間",
            Self::WilsonFinite => "有限母集団修正をしたウィルソンの区間",
            Self::Fisher => "フィッシャーの正確検定",
            Self::ChiSquare => "カイ二乗検定",
            Self::ChiSquareYates => "カイ二乗検定（イェーツの補正）",
            Self::McnemarExact => "マクネマー検定（正確）",
            Self::McnemarMidP => "マクネマー検定（中間p値）",
            Self::McnemarChiSquare => "マクネマー検定（カイ二乗）",
            Self::McnemarChiSquareCorrected => "マクネマー検定（カイ二乗・連続修正）",
            Self::MannWhitneyExact => "マン・ホイットニー検定（正確）",
            Self::MannWhitney => "マン・ホイットニー検定（同順位補正・正規近似）",
            Self::SignedRankExact => "ウィルコクソン符号付順位検定（正確）",
            Self::SignedRank => "ウィルコクソン符号付順位検定（同順位補正・正規近似）",
            Self::KruskalWallis => "クラスカル・ウォリス検定（同順位補正）",
            Self::CochranQ => "コクランのQ検定",
            Self::CochranArmitage => "コクラン・アーミテージ検定",
        }
    }

    /// Whether its value is a difference of shares.
    pub fn is_difference_of_shares(self) -> bool {
        matches!(self, Self::Newcombe | Self::PairedDifference)
    }
}

impl Method {
    /// Whether the test knows a direction, and so can take one side.
    pub fn has_sides(self) -> bool {
        matches!(
            self,
            Self::Fisher
                | Self::MannWhitneyExact
                | Self::MannWhitney
                | Self::SignedRankExact
                | Self::SignedRank
                | Self::CochranArmitage
        )
    }
}

impl Finding {
    /// One with that heading.
    pub fn about(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..Self::default() }
    }

    /// Adds an effect without an interval, if it exists.
    pub(super) fn effect(&mut self, method: Method, value: Option<f64>) {
        if let Some(value) = value {
            self.effects.push(Effect { method, value, interval: None });
        }
    }

    /// Adds a test.
    pub(super) fn test(&mut self, method: Method, statistic: Option<f64>, df: Option<u32>, p_value: f64) {
        self.tests.push(Test { method, statistic, degrees_of_freedom: df, p_value });
    }

    /// Where one side was asked for: says so of a test that has none, and leaves out what stands beside one that has, because
    /// it would be of both sides.
    pub(super) fn keep_side(&mut self, alternative: Alternative) {
        let Some(deciding) = self.tests.first().map(|test| test.method) else { return };
        if alternative == Alternative::TwoSided {
            return;
        }
        if deciding.has_sides() {
            self.tests.retain(|test| test.method.has_sides());
            self.remark("片側の検定です。どちらが大きいかを、結果を見る前に決めていたときだけ使えます。");
        } else {
            self.remark(format!("{}に片側はないため、両側で検定しています。", deciding.label()));
        }
    }

    /// Adds a sentence.
    pub(super) fn remark(&mut self, sentence: impl Into<String>) {
        self.remarks.push(sentence.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_s_share_is_of_the_determined_ones() {
        let row = CountRow { counts: vec![5, 4], determined: 9, register: 12, ..CountRow::default() };
        assert_eq!(row.share(), Share::new(4, 9));
        assert_eq!(CountRow::default().share().ratio(), None);
    }

    #[test]
    fn one_side_is_taken_only_by_tests_that_have_one() {
        let with = |methods: &[Method], alternative| {
            let mut finding = Finding::about("");
            for method in methods {
                finding.test(*method, None, None, 0.5);
            }
            finding.keep_side(alternative);
            (finding.tests.len(), finding.remarks.concat())
        };
        let beside = [Method::Fisher, Method::ChiSquareYates, Method::ChiSquare];
        assert_eq!(with(&beside, Alternative::TwoSided), (3, String::new()));
        let (left, remark) = with(&beside, Alternative::Greater);
        assert!(left == 1 && remark.contains("結果を見る前に"), "{remark}");
        let (left, remark) = with(&[Method::KruskalWallis], Alternative::Less);
        assert!(left == 1 && remark.contains("片側はない"), "{remark}");
        assert_eq!(with(&[], Alternative::Less), (0, String::new()));
    }
}
