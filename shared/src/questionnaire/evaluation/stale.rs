//! What is still to be worked out.

/// A set of places, taken out in rising order.
#[derive(Debug, Clone)]
pub(super) struct Stale {
    /// 64 places a word.
    words: Vec<u64>,
}

impl Stale {
    /// The places below `length`.
    pub(super) fn all(length: usize) -> Self {
        let mut words = vec![u64::MAX; length.div_ceil(64)];
        if let (Some(last), rest @ 1..) = (words.last_mut(), length % 64) {
            *last = (1 << rest) - 1;
        }
        Self { words }
    }

    /// Puts a place in.
    pub(super) fn mark(&mut self, place: usize) {
        self.words[place / 64] |= 1 << (place % 64);
    }

    /// Takes out the lowest place of a set that has none below `from`.
    pub(super) fn take(&mut self, from: usize) -> Option<usize> {
        for (number, word) in self.words.iter_mut().enumerate().skip(from / 64) {
            if *word != 0 {
                let bit = word.trailing_zeros();
                *word &= *word - 1;
                return Some(number * 64 + bit as usize);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_out_in_order_each_once() {
        let mut stale = Stale::all(0);
        assert_eq!(stale.take(0), None);
        for length in [1, 63, 64, 65, 130] {
            stale = Stale::all(length);
            let mut from = 0;
            let taken: Vec<usize> = std::iter::from_fn(|| {
                from = stale.take(from)?;
                Some(from)
            })
            .collect();
            assert_eq!(taken, (0..length).collect::<Vec<_>>());
        }
        for place in [129, 7, 64, 7] {
            stale.mark(place);
        }
        assert_eq!(
            [stale.take(0), stale.take(7), stale.take(64), stale.take(129)],
            [Some(7), Some(64), Some(129), None]
        );
    }
}
