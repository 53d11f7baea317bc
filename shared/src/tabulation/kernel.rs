//! The counting loops. Columns are contiguous bytes, one a municipality; no loop allocates or branches on a cell, so
//! that the compiler turns each into vector instructions.
//!
//! Columns given together have one length; what is longer is not read.

/// Bytes summed in byte lanes before they are widened: a multiple of the usual vector widths that cannot overflow.
const STRIDE: usize = 192;

/// How many cells of `column` are `code`.
pub fn count_equal(column: &[u8], code: u8) -> u32 {
    column.chunks(STRIDE).map(|part| u32::from(part.iter().map(|cell| u8::from(*cell == code)).sum::<u8>())).sum()
}

/// How many municipalities have 1 in both of two columns of [`flags`].
pub fn count_both(one: &[u8], other: &[u8]) -> u32 {
    let parts = one.chunks(STRIDE).zip(other.chunks(STRIDE));
    parts.map(|(a, b)| u32::from(a.iter().zip(b).map(|(a, b)| a & b & 1).sum::<u8>())).sum()
}

/// Writes 1 where the cell is one of `codes`, 0 elsewhere.
pub fn flags(column: &[u8], codes: &[u8], out: &mut [u8]) {
    out.fill(0);
    for code in codes {
        for (flag, cell) in out.iter_mut().zip(column) {
            *flag |= u8::from(cell == code);
        }
    }
}

/// Writes 1 where the cell is a value below `end`, 0 elsewhere.
pub fn flags_below(column: &[u8], end: u8, out: &mut [u8]) {
    for (flag, cell) in out.iter_mut().zip(column) {
        *flag = u8::from(*cell < end);
    }
}

/// Writes each cell's score, given as (code, score); 0 for every other code.
pub fn scores(column: &[u8], table: &[(u8, u8)], out: &mut [u8]) {
    out.fill(0);
    for (code, score) in table {
        for (sum, cell) in out.iter_mut().zip(column) {
            *sum |= score & u8::from(cell == code).wrapping_neg();
        }
    }
}

/// Adds each byte to its sum.
pub fn add(bytes: &[u8], sums: &mut [u32]) {
    for (sum, byte) in sums.iter_mut().zip(bytes) {
        *sum += u32::from(*byte);
    }
}

/// Turns every cell off that is off in `mask` (255 there, 0 elsewhere), into `out`.
pub fn select(column: &[u8], mask: &[u8], out: &mut [u8]) {
    for ((selected, cell), off) in out.iter_mut().zip(column).zip(mask) {
        *selected = cell | off;
    }
}

/// Counts each code in each group: `counts[group][code]`. A group without a row in `counts` is not counted.
pub fn cross(column: &[u8], groups: &[u8], counts: &mut [[u32; 256]]) {
    for (cell, group) in column.iter().zip(groups) {
        if let Some(row) = counts.get_mut(usize::from(*group)) {
            row[usize::from(*cell)] += 1;
        }
    }
}

/// The sum of the weights of the cells that are `code`.
pub fn weight_of(column: &[u8], weights: &[u32], code: u8) -> u64 {
    let weighted = column.iter().zip(weights);
    weighted.map(|(cell, weight)| u64::from(weight & u32::from(*cell == code).wrapping_neg())).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(prop_oneof![0_u8..6, 249_u8..=255], 0..700)
    }

    proptest! {
        #[test]
        fn counting_equals_a_naive_reference(
            a in column(),
            b in column(),
            weights in prop::collection::vec(any::<u32>(), 700),
            code in prop_oneof![0_u8..6, 249_u8..=255],
        ) {
            let both = a.len().min(b.len());
            let naive = |test: &dyn Fn(usize) -> bool, length: usize| (0..length).filter(|i| test(*i)).count();
            prop_assert_eq!(count_equal(&a, code) as usize, naive(&|i| a[i] == code, a.len()));

            let (mut fa, mut fb) = (vec![9; a.len()], vec![9; b.len()]);
            flags(&a, &[1, 3, code], &mut fa);
            flags_below(&b, 4, &mut fb);
            prop_assert_eq!(
                count_both(&fa[..both], &fb[..both]) as usize,
                naive(&|i| (a[i] == 1 || a[i] == 3 || a[i] == code) && b[i] < 4, both)
            );

            let sum: u64 = (0..a.len()).filter(|i| a[*i] == code).map(|i| u64::from(weights[i])).sum();
            prop_assert_eq!(weight_of(&a, &weights, code), sum);

            let mut counts = vec![[0; 256]; 6];
            cross(&a, &b, &mut counts);
            for (group, row) in counts.iter().enumerate() {
                for (value, count) in row.iter().enumerate() {
                    let expected = naive(&|i| usize::from(b[i]) == group && usize::from(a[i]) == value, both);
                    prop_assert_eq!(*count as usize, expected);
                }
            }

            let mut scored = vec![7; a.len()];
            scores(&a, &[(2, 20), (5, 55), (code, 3)].map(|(c, s)| if c == code { (code, 3) } else { (c, s) }), &mut scored);
            let mut sums = vec![1; a.len()];
            add(&scored, &mut sums);
            for (i, cell) in a.iter().enumerate() {
                let score = if *cell == code { 3 } else { match cell { 2 => 20, 5 => 55, _ => 0 } };
                prop_assert_eq!(sums[i], 1 + score);
            }
        }
    }

    #[test]
    fn a_long_column_of_one_code_does_not_overflow() {
        let column = vec![7; 10_000];
        assert_eq!(count_equal(&column, 7), 10_000);
        assert_eq!(count_both(&vec![1; 10_000], &vec![1; 10_000]), 10_000);
    }
}
