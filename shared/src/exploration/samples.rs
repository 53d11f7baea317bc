//! Measures and groups for tests.

use super::measure::{Groups, Measure, Scale, count};

/// Yes, no and undetermined in each group, one after the other.
pub fn flags(groups: &[(usize, usize, usize)]) -> Measure {
    let of = |(yes, no, open): &(usize, usize, usize)| {
        let values = [(Some(1.0), *yes), (Some(0.0), *no), (None, *open)];
        values.into_iter().flat_map(|(value, n)| vec![value; n]).collect::<Vec<_>>()
    };
    measure(Scale::Flag, &["いいえ", "はい"], groups.iter().flat_map(of).collect())
}

/// Ordered values of groups, all determined.
pub fn steps(groups: &[&[u8]]) -> Measure {
    let values = groups.iter().flat_map(|group| group.iter().map(|value| Some(f64::from(*value)))).collect();
    measure(Scale::Order, &["0", "1", "2", "3", "4"], values)
}

/// Numbers of groups, all determined.
pub fn numbers(groups: &[&[f64]]) -> Measure {
    measure(Scale::Number, &[], groups.iter().flat_map(|group| group.iter().copied().map(Some)).collect())
}

/// A measure of these values.
pub fn measure(scale: Scale, columns: &[&str], values: Vec<Option<f64>>) -> Measure {
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Measure { label: "設問".to_owned(), scale, columns, register: vec![true; values.len()], values }
}

/// Groups of so many places, one after the other.
pub fn groups_of(sizes: &[usize]) -> Groups {
    let places = sizes.iter().enumerate().flat_map(|(group, size)| vec![Some(group); *size]).collect();
    let labels = (0..sizes.len()).map(|group| format!("第{}組", count(group) + 1)).collect();
    Groups { of: "組".to_owned(), labels, places }
}
