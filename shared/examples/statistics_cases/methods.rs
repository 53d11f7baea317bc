//! One entry a method: inputs in, results by name out, null where undefined.

use serde_json::{Map, Value, json};
use shared::share::Share;
use shared::statistics::aggregation::Aggregation;
use shared::statistics::mcnemar::Changes;
use shared::statistics::quantile::{QuantileType, quantiles};
use shared::statistics::rank_grid::{Choices, Normalisation, rank_grid};
use shared::statistics::ranking::Ranks;
use shared::statistics::weighting::{PopulationShare, weighted_mean};
use shared::statistics::{
    Level, Table, Undefined, adjustment, bounds, cliffs_delta::cliffs_delta, cochran_q::cochran_q,
    contingency::chi_square, cramers_v::cramers_v, finite_population, fisher::fisher_exact, kendall::kendall,
    kruskal_wallis::kruskal_wallis, mann_whitney::mann_whitney, normalisation, peers::nearest_peers, proportion,
    signed_rank::signed_rank, spearman::spearman, trend,
};

use crate::auto;
use crate::case::Case;
use crate::input::{outcome, unknown};

/// The results of a case's method; `Err` where the case cannot be understood.
pub fn compute(case: &Case) -> Result<Value, String> {
    match case.method.split_once('.').unwrap_or((case.method.as_str(), "")) {
        ("proportion_ci" | "proportion_difference" | "finite_population_ci" | "nonresponse", _) => shares(case),
        ("test", _) => test(case),
        ("correlation" | "effect", _) => association(case),
        _ => description(case),
    }
}

/// Null where the method says that there is no result.
fn defined<T>(result: Result<T, Undefined>, show: impl FnOnce(T) -> Value) -> Value {
    result.map_or(Value::Null, show)
}

/// Says so where there is a result that is not computed: that is no null.
fn possible<T>(result: Result<T, Undefined>) -> Result<Result<T, Undefined>, String> {
    match result {
        Err(Undefined::TooLarge) => Err("too large for the exact distribution".to_owned()),
        other => Ok(other),
    }
}

fn shares(case: &Case) -> Result<Value, String> {
    let interval = |of: Result<shared::statistics::Interval, Undefined>| {
        defined(of, |interval| json!({ "lower": interval.lower, "upper": interval.upper }))
    };
    let level = || case.option::<f64>("level").and_then(|level| Level::parse(level).map_err(|e| e.to_string()));
    Ok(match case.method.as_str() {
        "proportion_ci.wilson" => {
            interval(proportion::wilson(case.input("x")?, case.input("n")?, level()?, case.flag("continuity")?))
        }
        "proportion_ci.clopper_pearson" => {
            interval(proportion::clopper_pearson(case.input("x")?, case.input("n")?, level()?))
        }
        "proportion_difference.newcombe" => {
            let first = (case.input("x1")?, case.input("n1")?);
            let second = (case.input("x2")?, case.input("n2")?);
            defined(
                proportion::newcombe(first, second, level()?),
                |found| json!({ "diff": found.difference, "lower": found.interval.lower, "upper": found.interval.upper }),
            )
        }
        "finite_population_ci.hypergeometric" => {
            defined(finite_population::hypergeometric(&outcome(&case.inputs)?, level()?), |found| {
                json!({
                    "lower_count": found.lower.numerator,
                    "upper_count": found.upper.numerator,
                    "lower": found.lower.ratio(),
                    "upper": found.upper.ratio(),
                })
            })
        }
        "finite_population_ci.wilson_fpc" => {
            defined(finite_population::wilson(&outcome(&case.inputs)?, level()?), |found| {
                json!({
                    "n_effective": found.effective_sample,
                    "lower": found.interval.lower,
                    "upper": found.interval.upper,
                })
            })
        }
        "nonresponse.manski_bounds" => {
            let bounds = bounds::level(&outcome(&case.inputs)?);
            json!({
                "lower": bounds.lower.ratio(),
                "upper": bounds.upper.ratio(),
                "respondents_only": bounds.among_respondents.ratio(),
                "all_municipalities_confirmed": bounds.lower.ratio(),
                "response_rate": bounds.response_rate.ratio(),
            })
        }
        "nonresponse.manski_change" => {
            let year = |name| case.input::<Map<String, Value>>(name).and_then(|year| outcome(&year));
            bounds::change(&year("year1")?, &year("year2")?).map_or(Value::Null, |change| {
                json!({
                    "lower": change.lower.ratio(),
                    "upper": change.upper.ratio(),
                    "sign_identified": change.sign_is_known(),
                })
            })
        }
        method => return Err(unknown("method", method)),
    })
}

fn test(case: &Case) -> Result<Value, String> {
    let changes = || case.input("table").map(Changes::of);
    Ok(match case.method.as_str() {
        "test.fisher_exact" => defined(
            fisher_exact(case.input("table")?, case.alternative()?),
            |found| json!({ "p_value": found.p_value, "odds_ratio": found.odds_ratio }),
        ),
        "test.chi2_independence" => {
            let yates = case.flag("yates")?;
            defined(Table::new(case.input("table")?).and_then(|table| chi_square(&table, yates)), |found| {
                json!({
                    "statistic": found.statistic,
                    "dof": found.degrees_of_freedom,
                    "p_value": found.p_value,
                    "expected": found.expected,
                })
            })
        }
        "test.mcnemar_exact" => json!({ "p_value": changes()?.exact(), "discordant": changes()?.discordant() }),
        "test.mcnemar_midp" => json!({ "p_value": changes()?.mid_p() }),
        "test.mcnemar_chi2" => changes()?
            .chi_square(case.flag("continuity")?)
            .map_or(Value::Null, |found| json!({ "statistic": found.statistic, "p_value": found.p_value })),
        "test.mann_whitney" => {
            let (x, y) = (case.input::<Vec<f64>>("x")?, case.input::<Vec<f64>>("y")?);
            let continuity = case.optional("continuity")?;
            let method = case.p_value_method(|| Ok(auto::mann_whitney(&x, &y, continuity)))?;
            defined(
                possible(mann_whitney(&x, &y, case.alternative()?, method))?,
                |found| json!({ "u": found.u, "p_value": found.p_value }),
            )
        }
        "test.wilcoxon_signed_rank" => {
            case.only("zero_method", "wilcox")?;
            let differences = case.input::<Vec<f64>>("differences")?;
            let continuity = case.optional("continuity")?;
            let method = case.p_value_method(|| auto::signed_rank(&differences, continuity))?;
            defined(
                possible(signed_rank(&differences, case.alternative()?, method))?,
                |found| json!({ "w_plus": found.w_plus, "statistic": found.statistic, "p_value": found.p_value }),
            )
        }
        "test.kruskal_wallis" => defined(
            kruskal_wallis(&case.input::<Vec<Vec<f64>>>("groups")?),
            |found| json!({ "h": found.h, "dof": found.degrees_of_freedom, "p_value": found.p_value }),
        ),
        "test.cochran_q" => {
            let rows = case.input::<Vec<Vec<u8>>>("matrix")?;
            let answers: Vec<Vec<bool>> = rows.iter().map(|row| row.iter().map(|cell| *cell == 1).collect()).collect();
            defined(
                cochran_q(&answers),
                |found| json!({ "statistic": found.statistic, "dof": found.degrees_of_freedom, "p_value": found.p_value }),
            )
        }
        "test.cochran_armitage" => {
            let (successes, totals): (Vec<u32>, Vec<u32>) = (case.input("successes")?, case.input("totals")?);
            let scores: Vec<f64> = case.input("scores")?;
            if successes.len() != totals.len() || successes.len() != scores.len() {
                return Err("successes, totals and scores differ in length".to_owned());
            }
            let groups: Vec<trend::Group> = successes
                .into_iter()
                .zip(totals)
                .zip(scores)
                .map(|((successes, total), score)| trend::Group { score, successes, total })
                .collect();
            defined(
                trend::cochran_armitage(&groups, case.alternative()?),
                |found| json!({ "z": found.z, "statistic": found.statistic, "p_value": found.p_value }),
            )
        }
        method => return Err(unknown("method", method)),
    })
}

fn association(case: &Case) -> Result<Value, String> {
    let pairs = || Ok::<_, String>((case.input::<Vec<f64>>("x")?, case.input::<Vec<f64>>("y")?));
    Ok(match case.method.as_str() {
        "correlation.spearman" => {
            case.only("p_value", "t approximation")?;
            let (x, y) = pairs()?;
            defined(spearman(&x, &y), |found| json!({ "rho": found.rho, "p_value": found.p_value }))
        }
        "correlation.kendall_tau_b" => {
            let (x, y) = pairs()?;
            let method = case.p_value_method(|| Ok(auto::kendall(&x, &y)))?;
            defined(possible(kendall(&x, &y, method))?, |found| json!({ "tau": found.tau, "p_value": found.p_value }))
        }
        "effect.cliffs_delta" => {
            let (x, y) = pairs()?;
            defined(
                cliffs_delta(&x, &y),
                |found| json!({ "delta": found.delta, "probability_of_superiority": found.probability_of_superiority }),
            )
        }
        "effect.cramers_v" => {
            let corrected = case.option("bias_corrected")?;
            defined(
                Table::new(case.input("table")?).and_then(|table| cramers_v(&table, corrected)),
                |v| json!({ "v": v }),
            )
        }
        method => return Err(unknown("method", method)),
    })
}

fn description(case: &Case) -> Result<Value, String> {
    let numbers = |name: &str| case.input::<Vec<f64>>(name);
    let adjusted = |of: Result<Vec<f64>, Undefined>| defined(of, |p_values| json!({ "adjusted": p_values }));
    Ok(match case.method.as_str() {
        "adjust.holm" => adjusted(adjustment::holm(&numbers("p_values")?)),
        "adjust.benjamini_hochberg" => adjusted(adjustment::benjamini_hochberg(&numbers("p_values")?)),
        "quantile" => {
            let kind = match case.option::<u8>("type")? {
                6 => QuantileType::Type6,
                7 => QuantileType::Type7,
                other => return Err(unknown("type", &other.to_string())),
            };
            defined(quantiles(&numbers("x")?, &numbers("p")?, kind), |values| json!({ "values": values }))
        }
        "weighted.mean" => defined(
            weighted_mean(&numbers("x")?, &numbers("w")?),
            |found| json!({ "mean": found.mean, "variance_population": found.variance }),
        ),
        "weighted.proportion" => {
            let (flags, population): (Vec<u8>, Vec<u64>) = (case.input("flag")?, case.input("population")?);
            if flags.len() != population.len() {
                return Err("flag and population differ in length".to_owned());
            }
            defined(
                PopulationShare::of(flags.into_iter().map(|flag| flag == 1).zip(population)),
                |found| json!({ "share": found.ratio(), "unweighted": found.municipalities.ratio() }),
            )
        }
        "normalise.min_max" => {
            let (lower, upper) = (case.option("lower")?, case.option("upper")?);
            by_column(&case.input::<Vec<Vec<f64>>>("matrix")?, |column| normalisation::min_max(column, lower, upper))
        }
        "normalise.z_score" => {
            let ddof = case.option("ddof")?;
            by_column(&case.input::<Vec<Vec<f64>>>("matrix")?, |column| normalisation::z_score(column, ddof))
        }
        "aggregate" => {
            let (components, weights) = (numbers("x")?, numbers("w")?);
            let mean = |kind: Aggregation| kind.mean(&components, &weights).ok();
            json!({
                "arithmetic": mean(Aggregation::Arithmetic),
                "geometric": mean(Aggregation::Geometric),
                "harmonic": mean(Aggregation::Harmonic),
            })
        }
        "rank" => defined(
            Ranks::of(&numbers("x")?, case.order()?),
            |ranks| json!({ "min": ranks.competition, "average": ranks.middle, "dense": ranks.dense }),
        ),
        "sensitivity.rank_grid" => {
            defined(rank_grid(&case.input::<Vec<Vec<Option<f64>>>>("matrix")?, &choices(case)?), |grid| {
                json!({
                    "configurations": grid.combinations,
                    "rank_min": grid.ranges.iter().map(|range| range.min).collect::<Vec<_>>(),
                    "rank_median": grid.ranges.iter().map(|range| range.median).collect::<Vec<_>>(),
                    "rank_max": grid.ranges.iter().map(|range| range.max).collect::<Vec<_>>(),
                })
            })
        }
        "similar.nearest" => {
            case.only("standardise", "z (ddof=1)")?;
            case.only("metric", "euclidean")?;
            let matrix: Vec<Vec<f64>> = case.input("matrix")?;
            defined(nearest_peers(&matrix, case.input("target")?, case.option("k")?), |found| {
                json!({
                    "neighbours": found.iter().map(|peer| peer.row).collect::<Vec<_>>(),
                    "distances": found.iter().map(|peer| peer.distance).collect::<Vec<_>>(),
                })
            })
        }
        "rounding.percent_half_up" => {
            let text = Share::new(case.input("x")?, case.input("n")?).percent(case.option("decimals")?);
            json!({ "text": text })
        }
        method => return Err(unknown("method", method)),
    })
}

/// A matrix normalised column by column; null in the columns for which that is undefined.
fn by_column(rows: &[Vec<f64>], normalise: impl Fn(&[f64]) -> Result<Vec<f64>, Undefined>) -> Value {
    let width = rows.first().map_or(0, Vec::len);
    let column = |j: usize| rows.iter().filter_map(|row| row.get(j).copied()).collect::<Vec<f64>>();
    let columns: Vec<Option<Vec<f64>>> = (0..width).map(|j| normalise(&column(j)).ok()).collect();
    let cell = |i: usize, column: &Option<Vec<f64>>| column.as_ref().and_then(|values| values.get(i).copied());
    let row = |i: usize| columns.iter().map(|column| cell(i, column)).collect::<Vec<_>>();
    json!({ "matrix": (0..rows.len()).map(row).collect::<Vec<_>>() })
}

fn choices(case: &Case) -> Result<Choices, String> {
    case.only("weights", "equal")?;
    case.only("tie", "min rank, scores rounded to 1e-12")?;
    let normalisation = |name: &String| match name.as_str() {
        "min_max to [0.01,1]" => Ok(Normalisation::MinMax { lower: 0.01, upper: 1.0 }),
        "average rank / n" => Ok(Normalisation::RankShare),
        other => Err(unknown("normalisation", other)),
    };
    let aggregation = |name: &String| match name.as_str() {
        "arithmetic" => Ok(Aggregation::Arithmetic),
        "geometric" => Ok(Aggregation::Geometric),
        "harmonic" => Ok(Aggregation::Harmonic),
        other => Err(unknown("aggregation", other)),
    };
    let normalisations: Vec<Normalisation> =
        case.option::<Vec<String>>("normalisations")?.iter().map(normalisation).collect::<Result<_, _>>()?;
    let aggregations: Vec<Aggregation> =
        case.option::<Vec<String>>("aggregations")?.iter().map(aggregation).collect::<Result<_, _>>()?;
    let ways = |n: &Normalisation| aggregations.iter().map(|a| (*n, *a)).collect::<Vec<_>>();
    Ok(Choices {
        ways: normalisations.iter().flat_map(ways).collect(),
        leave_one_out: case.option("leave_one_indicator_out")?,
    })
}
