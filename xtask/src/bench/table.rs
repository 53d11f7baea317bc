//! Targets beside measurements.

use std::fmt;

/// Rows in the order of measuring.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

struct Row {
    what: String,
    /// The largest value that is good enough; a row without one only informs.
    target: Option<f64>,
    value: f64,
    unit: &'static str,
}

impl Row {
    /// A value that could not be computed misses its target.
    fn met(&self) -> bool {
        self.target.is_none_or(|target| self.value <= target)
    }
}

impl Table {
    /// Adds a measurement that must not exceed a target.
    pub fn add(&mut self, what: impl Into<String>, target: f64, value: f64, unit: &'static str) {
        self.rows.push(Row { what: what.into(), target: Some(target), value, unit });
    }

    /// Adds a measurement without a target.
    pub fn note(&mut self, what: impl Into<String>, value: f64, unit: &'static str) {
        self.rows.push(Row { what: what.into(), target: None, value, unit });
    }

    /// Whether no target was missed.
    pub fn all_met(&self) -> bool {
        self.rows.iter().all(Row::met)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "| {:<60} | {:>10} | {:>12} | {:<6} |", "measured", "target", "value", "")?;
        writeln!(f, "|{:-<62}|{:->11}:|{:->13}:|{:-<8}|", "", "", "", "")?;
        for row in &self.rows {
            let Row { what, target, value, unit } = row;
            let target = target.map_or(String::new(), |target| format!("≤ {target} {unit}"));
            let value = format!("{value:.1} {unit}");
            let verdict = match (row.target, row.met()) {
                (None, _) => "",
                (Some(_), true) => "ok",
                (Some(_), false) => "MISSED",
            };
            writeln!(f, "| {what:<60} | {:>10} | {:>12} | {verdict:<6} |", target.trim_end(), value.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_above_its_target_is_missed() {
        let mut table = Table::default();
        table.add("wasm", 110.0, 110.0, "KB");
        table.note("HTML", 1000.0, "KB");
        assert!(table.all_met());
        table.add("start", 300.0, 300.1, "ms");
        assert!(!table.all_met());
        let text = table.to_string();
        assert!(text.lines().any(|line| line.contains("300.1 ms") && line.contains("MISSED")), "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("ok")).count(), 1, "{text}");
    }

    #[test]
    fn what_was_not_measured_is_missed() {
        let mut table = Table::default();
        table.add("p50", 5.0, f64::NAN, "ms");
        assert!(!table.all_met());
    }
}
