//! From the request to the findings.

use super::finding::{Finding, Terms};
use super::measure::{Groups, Measure, Scale};
use super::request::{Comparison, Problem, Request, Since, Subject};
use super::{family, groups, ordered, paired};
use crate::fiscal_year::FiscalYear;
use crate::publication::Snapshot;
use crate::tabulation::attribute::Attribute;
use crate::tabulation::cube::{Cube, YearSlab};
use crate::tabulation::variable::Comparability;
use crate::visibility::Visibility;

/// What is explored, for whom.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Every cell of every year.
    pub cube: &'a Cube,
    /// The snapshots of its years.
    pub snapshots: &'a [&'a Snapshot],
    /// The year that is explored.
    pub year: FiscalYear,
    /// Up to which visibility the reader is cleared.
    pub reader: Visibility,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Exploration {
    /// What was stated.
    pub terms: Terms,
    /// One a hypothesis.
    pub findings: Vec<Finding>,
}

impl Exploration {
    /// How many p-values were adjusted together.
    pub fn family(&self) -> usize {
        self.findings.iter().filter(|finding| !finding.tests.is_empty()).count()
    }
}

impl<'a> Sources<'a> {
    /// That year's cells and snapshot.
    pub fn year(&self, year: FiscalYear) -> Option<(&'a YearSlab, &'a Snapshot)> {
        let snapshot = self.snapshots.iter().find(|snapshot| snapshot.year == year)?;
        Some((self.cube.year(year)?, *snapshot))
    }
}

/// Computes what was asked for; the problems where something is missing, unknown, not visible or not comparable.
/// Nothing is computed before a chance model is stated.
pub fn explore(request: &Request, sources: &Sources<'_>) -> Result<Exploration, Vec<Problem>> {
    let mut problems = request.problems.clone();
    let mut missing = |field: &'static str, absent: bool, message: &str| {
        if absent && !problems.iter().any(|problem| problem.field == field) {
            problems.push(Problem { field, message: message.to_owned() });
        }
    };
    missing("compare", request.compare.is_none(), "何を調べるかを選んでください。");
    missing("of", request.of.is_empty(), "比べる設問又は指標を選んでください。");
    let both = matches!(request.compare, Some(Comparison::Agreement | Comparison::Subjects));
    missing("of", both && request.of.len() < 2, "この比べ方では、設問を2つ以上選んでください。");
    missing("by", request.compare == Some(Comparison::Groups) && request.by.is_none(), "組の分け方を選んでください。");
    let years = request.compare == Some(Comparison::Years);
    missing("since", years && request.since.is_none(), "比べる年度を選んでください。");
    missing("chance", request.chance.is_none(), "この分析が前提とする偶然のしくみを選んでください。");
    let (Some(compare), Some(chance), true) = (request.compare, request.chance, problems.is_empty()) else {
        return Err(problems);
    };
    let terms = Terms { chance, alternative: request.alternative, adjustment: request.adjustment };
    let findings = match compare {
        Comparison::Groups => by_groups(request, sources, terms),
        Comparison::Years => by_years(request, sources, terms),
        Comparison::Trend => by_bands(request, sources, terms),
        Comparison::Agreement => measures(request, sources).map(|all| pairs_of(&all, terms)),
        Comparison::Subjects => measures(request, sources).and_then(|all| {
            if all.iter().any(|measure| measure.scale != Scale::Flag) {
                let message = "この比べ方では「はい」か「いいえ」に分けられる設問が必要です。読み方で「選んだ選択肢と、それ以外に分ける」を選んでください。";
                return Err(Problem { field: "as", message: message.to_owned() });
            }
            let all: Vec<(String, Measure)> = all.into_iter().map(|m| (m.label.clone(), m)).collect();
            Ok(paired::several("設問", "選んだ設問", &all, terms))
        }),
    };
    let mut findings = findings.map_err(|problem| vec![problem])?;
    for finding in &mut findings {
        finding.keep_side(terms.alternative);
    }
    family::adjust(&mut findings, terms);
    Ok(Exploration { terms, findings })
}

fn measures(request: &Request, sources: &Sources<'_>) -> Result<Vec<Measure>, Problem> {
    request.of.iter().map(|subject| Measure::of(sources, sources.year, subject, request)).collect()
}

fn by_groups(request: &Request, sources: &Sources<'_>, terms: Terms) -> Result<Vec<Finding>, Problem> {
    let by = request.by.as_ref().ok_or_else(|| Problem { field: "by", message: String::new() })?;
    let made = Groups::of(sources, sources.year, by)?;
    let all = measures(request, sources)?;
    Ok(all.iter().flat_map(|measure| groups::compare(measure, &made, terms)).collect())
}

fn by_bands(request: &Request, sources: &Sources<'_>, terms: Terms) -> Result<Vec<Finding>, Problem> {
    let (slab, _) = sources.year(sources.year).ok_or_else(|| Problem { field: "of", message: String::new() })?;
    let bands = Groups::by(slab, Attribute::Band);
    let all = measures(request, sources)?;
    Ok(all.iter().map(|measure| ordered::trend(measure, &bands, terms)).collect())
}

/// Every pair of the measures.
fn pairs_of(all: &[Measure], terms: Terms) -> Vec<Finding> {
    let later = |(i, one): (usize, &Measure)| {
        all.iter().skip(i + 1).map(|other| ordered::agreement(one, other, terms)).collect::<Vec<_>>()
    };
    all.iter().enumerate().flat_map(later).collect()
}

fn by_years(request: &Request, sources: &Sources<'_>, terms: Terms) -> Result<Vec<Finding>, Problem> {
    let mut findings = Vec::new();
    for subject in &request.of {
        let mut years: Vec<FiscalYear> = match request.since {
            Some(Since::Year(year)) => {
                check_years(sources, subject, year)?;
                vec![year, sources.year]
            }
            Some(Since::All) | None => {
                let all = sources.cube.years().iter().map(YearSlab::year);
                all.filter(|year| *year == sources.year || check_years(sources, subject, *year).is_ok()).collect()
            }
        };
        years.sort_unstable();
        if years.len() < 2 {
            return Err(Problem {
                field: "since", message: "比べられる年度がほかにありません。".to_owned()
            });
        }
        let of = |year: &FiscalYear| Ok((year.wareki(), Measure::of(sources, *year, subject, request)?));
        let measures: Vec<(String, Measure)> = years.iter().map(of).collect::<Result<_, Problem>>()?;
        let label = measures.last().map(|(_, measure)| measure.label.clone()).unwrap_or_default();
        match measures.as_slice() {
            [_, _, _, ..] if measures.iter().all(|(_, measure)| measure.scale == Scale::Flag) => {
                findings.extend(paired::several("年度", &label, &measures, terms));
            }
            all => findings.extend(all.windows(2).filter_map(|two| match two {
                [earlier, later] => Some(paired::two(&label, earlier, later, terms)),
                _ => None,
            })),
        }
    }
    Ok(findings)
}

/// Whether the subject is the same in that year.
fn check_years(sources: &Sources<'_>, subject: &Subject, other: FiscalYear) -> Result<(), Problem> {
    let refuse = |message: &str| Err(Problem { field: "since", message: message.to_owned() });
    if other == sources.year {
        return refuse("同じ年度どうしは比べられません。別の年度を選んでください。");
    }
    let Some((_, snapshot)) = sources.year(other) else {
        return refuse("その年度の結果はありません。一覧から選び直してください。");
    };
    match subject {
        Subject::Indicator(id) => {
            let version = |snapshot: &Snapshot| snapshot.indicator(id).map(|one| one.definition.version);
            let own = sources.year(sources.year).and_then(|(_, snapshot)| version(snapshot));
            match (version(snapshot), own) {
                (Some(one), Some(other)) if one == other => Ok(()),
                (Some(_), Some(_)) => refuse("指標の定義の版が年度によって異なるため、比べられません。"),
                _ => refuse("一方の年度にこの指標がないため、比べられません。"),
            }
        }
        Subject::Question(concept) => {
            let variable = sources.cube.variable(concept);
            match variable.map(|variable| variable.comparability(sources.year, other)) {
                Some(Comparability::Comparable) => Ok(()),
                Some(reason) => refuse(reason.sentence()),
                None => refuse("一方の年度にこの設問がないため、比べられません。"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Method;
    use super::*;
    use crate::tabulation::samples::{question, small_cube, snapshot, with_answers, year};

    /// Municipalities of three kinds in turn, asked `level` in two years.
    fn two_years() -> [Snapshot; 2] {
        let of = |answers: [&'static str; 18]| answers.map(Some);
        let level = question("level", &["a", "b", "c"]);
        [
            with_answers(2026, &level, &of(["a"; 18])),
            with_answers(
                2027,
                &level,
                &of(["a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c", "a", "b", "c"]),
            ),
        ]
    }

    fn asked(query: &[(&str, &str)], reader: Visibility) -> Result<Exploration, Vec<Problem>> {
        let snapshots = two_years();
        let snapshots: Vec<&Snapshot> = snapshots.iter().collect();
        let cube = Cube::from_snapshots(&snapshots).unwrap();
        let sources = Sources { cube: &cube, snapshots: &snapshots, year: year(2027), reader };
        explore(&Request::read(query.iter().copied()), &sources)
    }

    fn fields(problems: Result<Exploration, Vec<Problem>>) -> Vec<&'static str> {
        problems.unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn nothing_is_computed_before_chance_is_stated() {
        let query = [("compare", "groups"), ("of", "q.level"), ("by", "kind")];
        assert_eq!(fields(asked(&query, Visibility::Council)), ["chance"]);
        assert_eq!(fields(asked(&[], Visibility::Council)), ["compare", "of", "chance"]);
        let years = [("compare", "years"), ("of", "q.level"), ("chance", "exchangeable")];
        assert_eq!(fields(asked(&years, Visibility::Council)), ["since"]);
        let pair = [("compare", "agreement"), ("of", "q.level"), ("chance", "exchangeable")];
        assert_eq!(fields(asked(&pair, Visibility::Council)), ["of"]);
    }

    #[test]
    fn one_side_halves_what_both_sides_say_where_the_test_has_one() {
        let query = |sides| {
            [
                ("compare", "groups"),
                ("of", "q.level"),
                ("as", "yes"),
                ("choice", "level:a"),
                ("by", "kind"),
                ("chance", "exchangeable"),
                ("sides", sides),
            ]
        };
        let p_values = |sides| -> Vec<f64> {
            let found = asked(&query(sides), Visibility::Council).unwrap().findings;
            let fisher = found.iter().filter_map(|f| f.tests.first()).filter(|test| test.method == Method::Fisher);
            fisher.map(|test| test.p_value).collect()
        };
        let (both, greater, less) = (p_values("two_sided"), p_values("greater"), p_values("less"));
        assert!(!both.is_empty() && both.len() == greater.len() && both.len() == less.len());
        for ((both, greater), less) in both.iter().zip(greater).zip(less) {
            assert!(greater.min(less) <= *both + 1e-12 && greater + less >= 1.0 - 1e-12);
        }
    }

    #[test]
    fn who_may_not_see_named_values_gets_no_test_of_them() {
        let query = [("compare", "groups"), ("of", "q.level"), ("by", "kind"), ("chance", "exchangeable")];
        let refused = asked(&query, Visibility::Public).unwrap_err();
        assert!(refused[0].message.contains("公開範囲"), "{refused:?}");
        assert!(asked(&query, Visibility::Council).is_ok());
    }

    #[test]
    fn answers_that_follow_the_kind_differ_between_kinds() {
        let chance = ("chance", "exchangeable");
        let found =
            asked(&[("compare", "groups"), ("of", "q.level"), ("by", "kind"), chance], Visibility::Council).unwrap();
        // Three kinds of six: together and three pairs, each pair completely apart.
        assert_eq!((found.findings.len(), found.family()), (4, 4));
        assert_eq!(found.findings[0].tests[0].method, Method::KruskalWallis);
        assert!(found.findings[1..].iter().all(|pair| (pair.effects[0].value.abs() - 1.0).abs() < 1e-12));
        let yes = [("compare", "groups"), ("of", "q.level"), ("as", "yes"), ("by", "kind"), chance];
        assert_eq!(fields(asked(&yes, Visibility::Council)), ["choice"]);
        let yes = [&yes[..], &[("choice", "level:a")]].concat();
        let found = asked(&yes, Visibility::Council).unwrap();
        assert!(found.findings[0].statement.contains("6団体のうち6（100.0％）"), "{}", found.findings[0].statement);
    }

    #[test]
    fn years_are_compared_only_where_the_question_is_the_same() {
        let of = |since| {
            asked(
                &[("compare", "years"), ("of", "q.level"), ("chance", "superpopulation"), ("since", since)],
                Visibility::Council,
            )
        };
        let found = of("2026").unwrap();
        // Twelve rose, none fell: 2/2¹².
        assert!((found.findings[0].tests[0].p_value - 2.0_f64.powi(-11)).abs() < 1e-15);
        assert_eq!(of("all").unwrap().findings.len(), 1);
        assert_eq!([fields(of("2027")), fields(of("2020"))], [["since"], ["since"]]);
    }

    #[test]
    fn what_the_year_does_not_ask_is_said() {
        let cube = small_cube(&[vec![Some("a"); 5]]);
        let (asked, later) = (snapshot(2026, &[]), snapshot(2099, &[]));
        let snapshots = [&asked, &later];
        let sources = Sources { cube: &cube, snapshots: &snapshots, year: year(2026), reader: Visibility::Prefecture };
        for (of, words) in [
            ("q.later", "聞いていません"),
            ("q.nothing", "一覧から"),
            ("i.nothing", "一覧から"),
            ("q.triggers", "1つだけ"),
        ] {
            let query = [("compare", "trend"), ("of", of), ("chance", "exchangeable")];
            let problems = explore(&Request::read(query), &sources).unwrap_err();
            assert!(problems[0].message.contains(words), "{of}: {problems:?}");
        }
    }
}
