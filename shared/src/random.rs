//! Numbers that look random and follow from a seed: the same on every machine, so that what was drawn can be drawn again.

/// splitmix64: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators".
pub fn splitmix64(state: u64) -> u64 {
    let mut z = state.wrapping_add(GOLDEN);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// 2⁶⁴ divided by the golden ratio: from one state to the next.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number in 0..1 from random bits.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
pub fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// Endless numbers in 0..1 from a seed.
pub fn uniform(seed: u64) -> impl Iterator<Item = f64> {
    let states = std::iter::successors(Some(seed), |state| Some(state.wrapping_add(GOLDEN)));
    states.map(|state| unit(splitmix64(state)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_the_published_one() {
        // The first outputs of the authors' splitmix64.c from state 1234567.
        assert_eq!(splitmix64(1_234_567), 6_457_827_717_110_365_317);
        assert_eq!(splitmix64(1_234_567_u64.wrapping_add(GOLDEN)), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_seed_draws_the_same_again_and_stays_within_bounds() {
        let drawn: Vec<f64> = uniform(7).take(1000).collect();
        assert!(uniform(7).take(1000).eq(drawn.iter().copied()));
        assert!(!uniform(8).take(1000).eq(drawn.iter().copied()));
        assert!(drawn.iter().all(|x| (0.0..1.0).contains(x)));
        let mean = drawn.iter().sum::<f64>() / 1000.0;
        assert!((mean - 0.5).abs() < 0.05, "{mean}");
    }
}
