//! The evaluator alone: `server/examples/logic_bench.rs`.

use super::Table;
use crate::process::{output, program};
use crate::repository;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::Path;

/// Microseconds for all that follows from one change in the full questionnaire.
const TARGET: f64 = 1000.0;

/// Measures the full questionnaire and the synthetic form; gives the lines printed.
pub fn measure(table: &mut Table, [full, synthetic]: [&Path; 2]) -> Result<[Value; 2]> {
    let example = repository::path("target/release/examples/logic_bench");
    let printed = output(program(example).args([full, synthetic]))?;
    let lines: Vec<Value> = printed.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(lines.len() == 2, "logic_bench printed {printed}");
    let mut lines = lines.into_iter();
    let both = [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()];
    for (line, target) in both.iter().zip([Some(TARGET), None]) {
        report(table, line, target).with_context(|| format!("logic_bench printed {line}"))?;
    }
    Ok(both)
}

/// Adds the rows of one form.
fn report(table: &mut Table, line: &Value, target: Option<f64>) -> Result<()> {
    let number = |key: &str| line[key].as_f64().with_context(|| format!("no {key}"));
    let form = format!("native, {} questions, {} calculations", number("questions")?, number("calculations")?);
    table.note(format!("{form}: one change, median question"), number("change_p50")? * 1000.0, "µs");
    for (what, key) in [
        ("one change, slowest question", "change_max"),
        ("one change and reading all, slowest question", "change_and_reading_max"),
    ] {
        let (row, value) = (format!("{form}: {what}"), number(key)? * 1000.0);
        match target {
            Some(target) => table.add(row, target, value, "µs"),
            None => table.note(row, value, "µs"),
        }
    }
    table.note(format!("{form}: slowest single change"), number("change_worst_single")? * 1000.0, "µs");
    table.note(format!("{form}: everything from scratch"), number("from_scratch")? * 1000.0, "µs");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn line(change: f64, both: f64) -> Value {
        json!({
            "questions": 120, "calculations": 3, "change_p50": 0.001, "change_max": change,
            "change_and_reading_max": both, "change_worst_single": 9.0, "from_scratch": 0.1,
        })
    }

    #[test]
    fn the_slowest_question_decides() {
        for (change, both, met) in [(1.0, 1.0, true), (1.1, 1.0, false), (0.1, 1.1, false)] {
            let mut table = Table::default();
            report(&mut table, &line(change, both), Some(TARGET)).unwrap();
            assert_eq!(table.all_met(), met, "{table}");
        }
        assert!(report(&mut Table::default(), &json!({ "questions": 1 }), None).is_err());
    }
}
