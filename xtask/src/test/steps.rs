//! The steps of a test run: a headline before each, a table after all.

use super::totals::Totals;
use anyhow::{Result, bail};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// What has been done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: &'static str,
    duration: Duration,
    totals: Option<Totals>,
    passed: bool,
}

impl Steps {
    /// Does a step that either works or does not, and returns what it made.
    pub fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        headline(name);
        let start = Instant::now();
        let made = work();
        self.finish(name, start, None, made.as_ref().err());
        made.ok()
    }

    /// Does a step that counts tests. It fails unless there are tests and every one of them ran and passed.
    pub fn count(&mut self, name: &'static str, work: impl FnOnce() -> Result<(Totals, bool)>) {
        headline(name);
        let start = Instant::now();
        let (totals, error) = match work().map(|(totals, succeeded)| (totals, judge(totals, succeeded))) {
            Ok((totals, verdict)) => (totals, verdict.err()),
            Err(error) => (Totals::default(), Some(error)),
        };
        self.finish(name, start, Some(totals), error.as_ref());
    }

    fn finish(&mut self, name: &'static str, start: Instant, totals: Option<Totals>, error: Option<&anyhow::Error>) {
        let duration = start.elapsed();
        match error {
            None => println!("== {name}: ok, {:.1} s", duration.as_secs_f64()),
            Some(error) => println!("== {name}: FAILED, {:.1} s: {error:#}", duration.as_secs_f64()),
        }
        self.done.push(Step { name, duration, totals, passed: error.is_none() });
    }

    /// Whether nothing failed.
    pub fn all_passed(&self) -> bool {
        self.done.iter().all(|step| step.passed)
    }

    /// Prints the table and the total.
    pub fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let mut table = String::new();
        for step in &self.done {
            let result = if step.passed { "ok" } else { "FAILED" };
            let mut tests = String::new();
            if let Some(Totals { passed, failed, skipped }) = step.totals {
                tests = format!("{passed} passed, {failed} failed");
                if skipped > 0 {
                    let _ = write!(tests, ", {skipped} skipped");
                }
            }
            let seconds = step.duration.as_secs_f64();
            let row = format!("{:<15} {result:<6} {seconds:>8.1} s  {tests}", step.name);
            table += row.trim_end();
            table += "\n";
        }
        let total = self.done.iter().filter_map(|step| step.totals).fold(Totals::default(), |sum, step| sum + step);
        table + &format!("{} passed, {} failed", total.passed, total.failed)
    }
}

fn headline(name: &str) {
    println!("\n== {name}");
}

fn judge(totals: Totals, succeeded: bool) -> Result<()> {
    if totals.complete() && succeeded {
        return Ok(());
    }
    match totals {
        Totals { failed: 1.., .. } => bail!("{} of the tests failed", totals.failed),
        Totals { skipped: 1.., .. } => bail!("{} of the tests did not run", totals.skipped),
        Totals { passed: 0, .. } => bail!("no test ran"),
        Totals { .. } => bail!("not every test program could be built or ran to its end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_returns_what_it_made() {
        let mut steps = Steps::default();
        assert_eq!(steps.run("one", || Ok(1)), Some(1));
        assert!(steps.all_passed());
        assert_eq!(steps.run("two", || -> Result<i32> { bail!("no") }), None);
        assert!(!steps.all_passed());
    }

    #[test]
    fn tests_must_exist_run_and_pass() {
        let of = |passed, failed, skipped| Totals { passed, failed, skipped };
        let passes = |totals, succeeded| {
            let mut steps = Steps::default();
            steps.count("tests", || Ok((totals, succeeded)));
            steps.all_passed()
        };
        assert!(passes(of(3, 0, 0), true));
        assert!(!passes(of(3, 0, 0), false));
        assert!(!passes(of(0, 0, 0), true));
        assert!(!passes(of(3, 1, 0), true));
        assert!(!passes(of(3, 0, 1), true));
    }

    #[test]
    fn the_last_line_is_the_total_of_all_tests() {
        let mut steps = Steps::default();
        steps.run("setup", || Ok(()));
        steps.count("Rust tests", || Ok((Totals { passed: 5, failed: 1, skipped: 2 }, false)));
        steps.count("browser tests", || Ok((Totals { passed: 4, failed: 0, skipped: 0 }, true)));
        let table = steps.table();
        assert!(table.contains("5 passed, 1 failed, 2 skipped"), "{table}");
        assert_eq!(table.lines().last(), Some("9 passed, 1 failed"));
        assert_eq!(table.lines().count(), 4);
    }
}
