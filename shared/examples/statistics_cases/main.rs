//! Checks files of reference cases against `shared::statistics`:
//! `cargo run --release -p shared --example statistics_cases -- FILE…`
//!
//! Prints every failure and ends with `N passed, M failed`. Exit code 0; 1 where a case failed or a file could not be
//! read, 2 without a file.
//!
//! - `case`: the format of a file; `compare`: when a value is as expected
//! - `input`: typed access to inputs and options; `methods`: one entry a method

mod case;
mod compare;
mod input;
mod methods;

use std::process::ExitCode;

use case::{Case, File};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: statistics_cases FILE…");
        return ExitCode::from(2);
    }
    let (mut passed, mut failed, mut unreadable) = (0_u32, 0_u32, false);
    for path in files {
        match std::fs::read_to_string(&path).map_err(|e| e.to_string()).and_then(|text| File::parse(&text)) {
            Ok(file) => {
                for case in &file.cases {
                    let failures = check(case);
                    for failure in &failures {
                        println!("{failure}");
                    }
                    if failures.is_empty() {
                        passed += 1;
                    } else {
                        failed += 1;
                    }
                }
            }
            Err(reason) => {
                eprintln!("{path}: {reason}");
                unreadable = true;
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 || unreadable { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What is not as expected, a line each.
fn check(case: &Case) -> Vec<String> {
    match methods::compute(case) {
        Ok(got) => compare::differences(case, &got),
        Err(reason) => vec![format!("{}: {reason}", case.id)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> File {
        File::parse(include_str!("../../tests/data/statistics_cases.json")).unwrap()
    }

    #[test]
    fn every_reference_case_comes_out_as_computed_elsewhere() {
        let file = reference();
        assert_eq!(file.cases.len(), 141);
        let failures: Vec<String> = file.cases.iter().flat_map(check).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn cases_drawn_at_random_come_out_as_computed_elsewhere() {
        let file = File::parse(include_str!("../../tests/data/statistics_cases_random.json")).unwrap();
        let methods: std::collections::BTreeSet<&str> = file.cases.iter().map(|case| case.method.as_str()).collect();
        assert_eq!(methods.len(), 33);
        let failures: Vec<String> = file.cases.iter().flat_map(check).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn a_wrong_expectation_is_noticed_in_every_case() {
        for mut case in reference().cases {
            for value in case.expected.values_mut() {
                *value = compare::spoiled(value);
            }
            assert_eq!(check(&case).len(), case.expected.len(), "{}", case.id);
        }
    }

    #[test]
    fn an_unknown_method_and_an_unknown_option_fail() {
        let mut case = reference().cases.swap_remove(0);
        case.method = "test.of_nothing".to_owned();
        assert_eq!(check(&case).len(), 1);
        let mut case = reference().cases.into_iter().find(|case| case.method == "quantile").unwrap();
        case.options.insert("type".to_owned(), 8.into());
        assert_eq!(check(&case).len(), 1);
    }
}
