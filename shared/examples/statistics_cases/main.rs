//! Checks files of reference cases against `shared::statistics`:
//! `cargo run --release -p shared --example statistics_cases -- FILE…`
//!
//! Prints every failure and ends with `N passed, M failed`. Exit code 0; 1 where a case failed or a file could not be
//! read, 2 without a file. A case that cannot be read fails alone. What a case may leave out: options that are off,
//! `alternative` (two-sided), `method` of a p-value (what scipy's `auto` chooses) and a part of the tolerance.
//!
//! - `case`: the format of a file; `compare`: when a value is as expected
//! - `input`: typed access to inputs and options; `methods`: one entry a method; `auto`: the ways that scipy chooses

mod auto;
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
                    let failures = check(case.as_ref());
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
fn check(case: Result<&Case, &String>) -> Vec<String> {
    let case = match case {
        Ok(case) => case,
        Err(reason) => return vec![reason.clone()],
    };
    match methods::compute(case) {
        Ok(got) => compare::differences(case, &got),
        Err(reason) => vec![format!("{}: {reason}", case.id)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Case> {
        File::parse(text).unwrap().cases.into_iter().map(Result::unwrap).collect()
    }

    fn reference() -> Vec<Case> {
        read(include_str!("../../tests/data/statistics_cases.json"))
    }

    fn failures(cases: &[Case]) -> Vec<String> {
        cases.iter().flat_map(|case| check(Ok(case))).collect()
    }

    #[test]
    fn every_reference_case_comes_out_as_computed_elsewhere() {
        let cases = reference();
        assert_eq!(cases.len(), 141);
        let failures = failures(&cases);
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn cases_drawn_at_random_come_out_as_computed_elsewhere() {
        let cases = read(include_str!("../../tests/data/statistics_cases_random.json"));
        let methods: std::collections::BTreeSet<&str> = cases.iter().map(|case| case.method.as_str()).collect();
        assert_eq!(methods.len(), 33);
        let failures = failures(&cases);
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn a_wrong_expectation_is_noticed_in_every_case() {
        for mut case in reference() {
            for value in case.expected.values_mut() {
                *value = compare::spoiled(value);
            }
            assert_eq!(check(Ok(&case)).len(), case.expected.len(), "{}", case.id);
        }
    }

    #[test]
    fn an_unknown_method_and_an_unknown_option_fail() {
        let mut case = reference().swap_remove(0);
        case.method = "test.of_nothing".to_owned();
        assert_eq!(check(Ok(&case)).len(), 1);
        let mut case = reference().into_iter().find(|case| case.method == "quantile").unwrap();
        case.options.insert("type".to_owned(), 8.into());
        assert_eq!(check(Ok(&case)).len(), 1);
    }

    /// Failures of cases written as JSON.
    fn failing(cases: &serde_json::Value) -> Vec<String> {
        let file = File::parse(&serde_json::json!({ "cases": cases }).to_string()).unwrap();
        file.cases.iter().flat_map(|case| check(case.as_ref())).collect()
    }

    #[test]
    fn a_case_that_cannot_be_read_fails_alone_and_half_a_tolerance_is_enough() {
        let share = |id: &str, tolerance: serde_json::Value| {
            serde_json::json!({
                "id": id, "method": "rounding.percent_half_up", "inputs": { "x": 1, "n": 16 },
                "options": { "decimals": 1 }, "expected": { "text": "6.3" }, "tolerance": tolerance,
            })
        };
        let cases = serde_json::json!([
            share("rel", serde_json::json!({ "rel": 1e-6 })),
            { "id": "bad", "method": "quantile" },
            17,
            share("abs", serde_json::json!({ "abs": 1e-6 })),
            share("none", serde_json::json!({})),
        ]);
        let failures = failing(&cases);
        assert_eq!(failures.len(), 2, "{failures:?}");
        assert!(failures[0].starts_with("\"bad\": ") && failures[1].starts_with("case 3: "), "{failures:?}");
        let tolerance: case::Tolerance = serde_json::from_str("{\"abs\": 0.5}").unwrap();
        assert_eq!(tolerance, case::Tolerance { abs: 0.5, ..case::Tolerance::default() });
    }

    #[test]
    fn what_scipy_chooses_by_itself_is_chosen_alike() {
        // Exact, by counting: 2 of 20 splits, 2 of 8 signs, 2 of 6 orders. None of them is told the side.
        let test =
            |method: &str, inputs: serde_json::Value, options: serde_json::Value, expected: serde_json::Value| {
                serde_json::json!({
                    "id": method, "method": method, "inputs": inputs, "options": options, "expected": expected,
                })
            };
        let auto = || serde_json::json!({ "method": "auto" });
        let cases = serde_json::json!([
            test(
                "test.mann_whitney",
                serde_json::json!({ "x": [1, 2, 3], "y": [4, 5, 6] }),
                auto(),
                serde_json::json!({ "u": 0.0, "p_value": 0.1 })
            ),
            test(
                "test.wilcoxon_signed_rank",
                serde_json::json!({ "differences": [1, 2, 3] }),
                serde_json::json!({ "method": "auto", "zero_method": "wilcox" }),
                serde_json::json!({ "w_plus": 6.0, "p_value": 0.25 })
            ),
            test(
                "correlation.kendall_tau_b",
                serde_json::json!({ "x": [1, 2, 3], "y": [1, 2, 3] }),
                auto(),
                serde_json::json!({ "tau": 1.0, "p_value": 1.0 / 3.0 })
            ),
        ]);
        assert_eq!(failing(&cases), Vec::<String>::new());
        // Nine against nine without ties: scipy approximates, with the continuity correction.
        let (x, y): (Vec<u32>, Vec<u32>) = (0..9).map(|i| (2 * i, 2 * i + 1)).unzip();
        let p = |options: serde_json::Value| {
            let case = test("test.mann_whitney", serde_json::json!({ "x": x, "y": y }), options, serde_json::json!({}));
            let case: Case = serde_json::from_value(case).unwrap();
            methods::compute(&case).unwrap()["p_value"].as_f64().unwrap().to_bits()
        };
        let approximate = p(serde_json::json!({ "method": "asymptotic", "continuity": true }));
        assert_eq!(p(auto()), approximate);
        assert_ne!(p(serde_json::json!({ "method": "exact" })), approximate);
    }

    #[test]
    fn what_is_too_large_to_be_exact_says_so() {
        let many: Vec<u32> = (0..300).collect();
        let case = serde_json::json!([{
            "id": "large", "method": "test.mann_whitney", "inputs": { "x": many, "y": many },
            "options": { "method": "exact" }, "expected": { "p_value": null },
        }]);
        let failures = failing(&case);
        assert!(failures.len() == 1 && failures[0].contains("too large"), "{failures:?}");
    }

    #[test]
    fn a_complete_census_leaves_the_corrected_interval_a_point() {
        let case = serde_json::json!([{
            "id": "census", "method": "finite_population_ci.wilson_fpc",
            "inputs": { "population": 40, "respondents": 40, "x": 10 }, "options": { "level": 0.95 },
            "expected": { "n_effective": null, "lower": 0.25, "upper": 0.25 },
        }]);
        assert_eq!(failing(&case), Vec::<String>::new());
    }
}
