//! Counting tests from what the test programs print.

use crate::process::line;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// How many tests passed, failed, or were not run although they are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Totals {
    /// Tests ran, and every one of them passed.
    pub fn complete(self) -> bool {
        self.passed > 0 && self.failed == 0 && self.skipped == 0
    }
}

impl std::ops::Add for Totals {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// Runs tests with their output shown as it comes, and counts with it; also says whether the program succeeded.
pub fn counted(command: &mut Command, count: fn(&mut Totals, &str)) -> Result<(Totals, bool)> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", line(command)))?;
    let mut totals = Totals::default();
    if let Some(output) = child.stdout.take() {
        let mut screen = std::io::stdout();
        for bytes in BufReader::new(output).split(b'\n') {
            let text = bytes?;
            screen.write_all(&text)?;
            screen.write_all(b"\n")?;
            count(&mut totals, &String::from_utf8_lossy(&text));
        }
    }
    Ok((totals, child.wait()?.success()))
}

/// Adds what a line of `cargo test` says:
/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
pub fn of_cargo(totals: &mut Totals, line: &str) {
    let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|result| result.split_once(". ")) else {
        return;
    };
    for count in counts.split("; ") {
        match count.split_once(' ').and_then(|(number, what)| Some((number.parse::<usize>().ok()?, what))) {
            Some((number, "passed")) => totals.passed += number,
            Some((number, "failed")) => totals.failed += number,
            Some((number, "ignored" | "filtered out")) => totals.skipped += number,
            Some(_) | None => {}
        }
    }
}

/// Adds what a line at the end of Node's TAP says: `# pass 3`. Lines of single tests are indented or say no number.
pub fn of_tap(totals: &mut Totals, line: &str) {
    let Some((what, number)) = line.strip_prefix("# ").and_then(|summary| summary.split_once(' ')) else {
        return;
    };
    let Ok(number) = number.parse::<usize>() else {
        return;
    };
    match what {
        "pass" => totals.passed += number,
        "fail" | "cancelled" => totals.failed += number,
        "skipped" | "todo" => totals.skipped += number,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::program;

    fn totals(count: fn(&mut Totals, &str), text: &str) -> Totals {
        let mut totals = Totals::default();
        text.lines().for_each(|line| count(&mut totals, line));
        totals
    }

    #[test]
    fn cargo_results_add_up() {
        let text = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 40 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.20s\n";
        assert_eq!(totals(of_cargo, text), Totals { passed: 43, failed: 2, skipped: 6 });
    }

    #[test]
    fn node_results_are_read_from_the_end() {
        let text = "TAP version 13\n# Subtest: pass 7 of them\n    # Subtest: inner\n    ok 1 - inner\nok 1 - outer\n1..1\n\
            # tests 12\n# suites 1\n# pass 6\n# fail 1\n# cancelled 2\n# skipped 1\n# todo 2\n# duration_ms 155.02\n";
        assert_eq!(totals(of_tap, text), Totals { passed: 6, failed: 3, skipped: 3 });
    }

    #[test]
    fn only_a_run_with_every_test_passed_is_complete() {
        assert!(Totals { passed: 1, failed: 0, skipped: 0 }.complete());
        assert!(!Totals::default().complete());
        assert!(!Totals { passed: 1, failed: 1, skipped: 0 }.complete());
        assert!(!Totals { passed: 1, failed: 0, skipped: 1 }.complete());
    }

    #[test]
    fn output_is_counted_also_when_the_program_fails() {
        let lines = |totals: &mut Totals, _: &str| totals.passed += 1;
        let result = counted(program("sh").args(["-c", "echo one; echo two; exit 101"]), lines).unwrap();
        assert_eq!(result, (Totals { passed: 2, failed: 0, skipped: 0 }, false));
    }
}
