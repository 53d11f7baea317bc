//! What `method="auto"`, or no method at all, chooses: as scipy 1.17 does, not as [`Method::Auto`], which is exact for more.

use shared::statistics::Method;

/// `scipy.stats.mannwhitneyu`: exact where a group has at most eight values and no value comes twice; otherwise
/// approximate, with the continuity correction unless the case says otherwise.
pub fn mann_whitney(x: &[f64], y: &[f64], continuity: Option<bool>) -> Method {
    if x.len().min(y.len()) <= 8 && !repeats([x, y].concat()) {
        Method::Exact
    } else {
        Method::Asymptotic { continuity: continuity.unwrap_or(true) }
    }
}

/// `scipy.stats.wilcoxon`: exact for at most 50 differences, none of them 0 and no two of the same size; otherwise
/// approximate, without the continuity correction unless the case says otherwise.
///
/// Of at most 13 differences with ties or zeros scipy tries every sign; that is not done here, and said.
pub fn signed_rank(differences: &[f64], continuity: Option<bool>) -> Result<Method, String> {
    let sizes: Vec<f64> = differences.iter().map(|d| d.abs()).collect();
    let is_plain = differences.iter().all(|d| *d != 0.0) && !repeats(sizes);
    match differences.len() {
        0..=50 if is_plain => Ok(Method::Exact),
        0..=13 => {
            Err("method “auto” tries every sign of so few differences with ties or zeros, which is not done here"
                .to_owned())
        }
        _ => Ok(Method::Asymptotic { continuity: continuity.unwrap_or(false) }),
    }
}

/// `scipy.stats.kendalltau`: exact where no value comes twice in x or in y and there are at most 33 pairs, or at most one
/// pair of pairs in the rarer order; otherwise approximate.
pub fn kendall(x: &[f64], y: &[f64]) -> Method {
    let points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    let alike = |((a, b), (c, d)): ((f64, f64), (f64, f64))| (a < c) == (b < d);
    let pairs = || points.iter().enumerate().flat_map(|(i, p)| points.iter().skip(i + 1).map(|q| (*p, *q)));
    let rarer = || {
        let (all, alike) = (pairs().count(), pairs().filter(|pair| alike(*pair)).count());
        alike.min(all - alike)
    };
    if !repeats(x.to_vec()) && !repeats(y.to_vec()) && (x.len() <= 33 || rarer() <= 1) {
        Method::Exact
    } else {
        Method::Asymptotic { continuity: false }
    }
}

fn repeats(mut values: Vec<f64>) -> bool {
    values.sort_by(f64::total_cmp);
    values.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}
