//! Sums that follow from other sums: exact linear algebra modulo a prime.

use std::collections::BTreeMap;

/// 2³¹ − 1: products of two remainders fit into 64 bits.
const PRIME: u64 = 2_147_483_647;

/// All sums of multiples of some rows of coefficients, kept in reduced row echelon form (Gauss–Jordan elimination).
#[derive(Debug, Clone, Default)]
pub struct Span {
    /// Each with a 1 where it alone is not 0.
    rows: BTreeMap<usize, Vec<u64>>,
}

impl Span {
    /// Adds a row.
    pub fn add(&mut self, row: Vec<u64>) {
        let mut row = self.rest(row);
        let Some(lead) = row.iter().position(|coefficient| *coefficient != 0) else { return };
        let inverse = power(row[lead], PRIME - 2);
        for coefficient in &mut row {
            *coefficient = *coefficient * inverse % PRIME;
        }
        for other in self.rows.values_mut() {
            subtract(other, &row, lead);
        }
        self.rows.insert(lead, row);
    }

    /// What is left of a row when multiples of those in the span are taken away: nothing but 0 where it follows from them.
    pub fn rest(&self, mut row: Vec<u64>) -> Vec<u64> {
        for (lead, other) in &self.rows {
            subtract(&mut row, other, *lead);
        }
        row
    }

    /// The coefficients of each of `width` columns in a basis of the linear relations between the columns.
    pub fn relations(&self, width: usize) -> Vec<Vec<u64>> {
        let free: Vec<usize> = (0..width).filter(|column| !self.rows.contains_key(column)).collect();
        let coefficients = |column: usize| match self.rows.get(&column) {
            Some(row) => free.iter().map(|free| (PRIME - row[*free]) % PRIME).collect(),
            None => free.iter().map(|free| u64::from(*free == column)).collect(),
        };
        (0..width).map(coefficients).collect()
    }
}

/// Takes from a row as many times another one as makes it 0 in that place, where the other has 1.
fn subtract(row: &mut [u64], other: &[u64], place: usize) {
    let times = row[place];
    if times != 0 {
        for (coefficient, other) in row.iter_mut().zip(other) {
            *coefficient = (*coefficient + (PRIME - times) * other) % PRIME;
        }
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut product = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            product = product * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    product
}
