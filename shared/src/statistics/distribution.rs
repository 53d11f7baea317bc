//! Probability distributions under the tests and intervals.
//!
//! Continuous tails come from statrs. Discrete ones are added up here from ratios of neighbouring probabilities: statrs
//! 0.19.1 takes binomial coefficients to `f64` and overflows from N ≈ 1030 on.

use statrs::function::beta::beta_reg;
use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::{gamma_ur, ln_gamma};

use super::Undefined;

/// P(Z > z) of the standard normal distribution.
pub(super) fn normal_upper(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// The z that |Z| exceeds with probability `outside`.
pub(super) fn normal_quantile(outside: f64) -> f64 {
    std::f64::consts::SQRT_2 * erfc_inv(outside)
}

/// P(X > x) of the χ² distribution; 1 for no degree of freedom, where the statistic is always 0.
pub(super) fn chi_square_upper(x: f64, degrees_of_freedom: u32) -> f64 {
    match degrees_of_freedom {
        _ if x <= 0.0 => 1.0,
        0 => 0.0,
        1 => erfc((x / 2.0).sqrt()),
        degrees => gamma_ur(f64::from(degrees) / 2.0, x / 2.0),
    }
}

/// Two-sided p of a correlation r by t = r·√(f / (1 − r²)) with f degrees of freedom: `I₁₋ᵣ²(f/2, 1/2)`, taken from the
/// side on which neither argument loses digits.
pub(super) fn correlation_two_sided(r: f64, degrees_of_freedom: f64) -> f64 {
    let (half, square) = (degrees_of_freedom / 2.0, r * r);
    if square < 1.5 / (half + 2.5) {
        1.0 - beta_reg(0.5, half, square)
    } else {
        beta_reg(half, 0.5, (1.0 - square).max(0.0))
    }
}

/// P(X ≥ x) of the binomial distribution with n trials of probability p, for 1 ≤ x and p below x/n: the terms fall from
/// x on, so they are added until they no longer matter. With the probability of x itself, which is the slope.
pub(super) fn binomial_upper(x: u32, n: u32, p: f64) -> (f64, f64) {
    let (k, trials) = (f64::from(x), f64::from(n));
    let ln_coefficient = ln_gamma(trials + 1.0) - ln_gamma(k + 1.0) - ln_gamma(trials - k + 1.0);
    let at = (ln_coefficient + k * p.ln() + (trials - k) * (-p).ln_1p()).exp();
    let odds = p / (1.0 - p);
    let (mut term, mut sum) = (1.0, 1.0);
    for k in x..n {
        term *= f64::from(n - k) / f64::from(k + 1) * odds;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    (at * sum, at)
}

/// The binomial distribution of n fair coins, for k ≤ n/2: P(X ≤ k) and P(X = k).
pub(super) fn fair_coins(k: u32, n: u32) -> (f64, f64) {
    // Relative to the middle, where the probability is greatest.
    let (mut weight, mut total, mut tail, mut at) = (1.0, 0.0, 0.0, 0.0);
    for i in (0..=n / 2).rev() {
        // i and n − i weigh the same, unless they are the same.
        total += if 2 * u64::from(i) == u64::from(n) { weight } else { 2.0 * weight };
        if i <= k {
            tail += weight;
        }
        if i == k {
            at = weight;
        }
        weight *= f64::from(i) / (f64::from(n - i) + 1.0);
    }
    (tail / total, at / total)
}

/// How many of `draws` municipalities drawn without putting back have a property that `marked` of `population` have.
pub(super) struct Hypergeometric {
    least: u32,
    /// From `least` on; they add up to 1.
    probabilities: Vec<f64>,
}

impl Hypergeometric {
    /// Longest range that is computed: 80 MB.
    const LONGEST: usize = 10_000_000;

    /// [`Undefined::CountExceedsTotal`] unless `marked` and `draws` are at most `population`.
    pub(super) fn new(population: u64, marked: u64, draws: u64) -> Result<Self, Undefined> {
        if marked > population || draws > population {
            return Err(Undefined::CountExceedsTotal);
        }
        let (least, most) = ((marked + draws).saturating_sub(population), marked.min(draws));
        let length = usize::try_from(most - least + 1).map_err(|_| Undefined::TooLarge)?;
        if length > Self::LONGEST {
            return Err(Undefined::TooLarge);
        }
        let least = u32::try_from(least).map_err(|_| Undefined::TooLarge)?;
        let (n, m, d) = (as_f64(population), as_f64(marked), as_f64(draws));
        // P(k + 1) / P(k)
        let ratio = |k: f64| (m - k) * (d - k) / ((k + 1.0) * (n - m - d + k + 1.0));
        let value = |place: usize| f64::from(least) + super::numeric::count(place);
        let mut probabilities = vec![0.0; length];
        // From the most probable value to both sides, so that no term overflows and far ones only vanish.
        let peak = (u128::from(marked) + 1) * (u128::from(draws) + 1) / (u128::from(population) + 2);
        let mode = usize::try_from(peak).unwrap_or(usize::MAX).saturating_sub(least as usize).min(length - 1);
        probabilities[mode] = 1.0;
        for place in mode + 1..length {
            probabilities[place] = probabilities[place - 1] * ratio(value(place - 1));
        }
        for place in (0..mode).rev() {
            probabilities[place] = probabilities[place + 1] / ratio(value(place));
        }
        let total: f64 = probabilities.iter().sum();
        for p in &mut probabilities {
            *p /= total;
        }
        Ok(Self { least, probabilities })
    }

    /// P(X ≤ k)
    pub(super) fn at_most(&self, k: u32) -> f64 {
        match k.checked_sub(self.least) {
            Some(place) => self.probabilities.iter().take(place as usize + 1).sum::<f64>().min(1.0),
            None => 0.0,
        }
    }

    /// P(X ≥ k)
    pub(super) fn at_least(&self, k: u32) -> f64 {
        self.probabilities.iter().skip(k.saturating_sub(self.least) as usize).sum::<f64>().min(1.0)
    }

    /// The probability of every value that is not more probable than k.
    pub(super) fn not_more_probable_than(&self, k: u32) -> f64 {
        // Equal probabilities reached on different ways differ in their last digits.
        const SLACK: f64 = 1e-11;
        let at = k.checked_sub(self.least).and_then(|place| self.probabilities.get(place as usize));
        let limit = at.copied().unwrap_or(0.0) * (1.0 + SLACK);
        self.probabilities.iter().filter(|p| **p <= limit).sum::<f64>().min(1.0)
    }
}

fn as_f64(n: u64) -> f64 {
    super::numeric::nearest(i128::from(n))
}
