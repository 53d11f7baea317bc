//! 成熟度 of a municipality and its peers: scores with intervals, ranks with the ranks that other choices give.

use std::collections::BTreeMap;

use super::outline::Outline;
use super::row::FEWEST_UNNAMED;
use crate::maturity::ranks::WEIGHTINGS;
use crate::maturity::weights::MOST;
use crate::maturity::{
    AreaWeights, FieldWeights, Scale, ScaleKind, Score, Stages, Weights, rank_intervals, ranks_without_one_area, score,
};
use crate::publication::PublishedMunicipality;
use crate::statistics::Undefined;
use crate::statistics::aggregation::Aggregation;
use crate::statistics::rank_grid::RankRange;

/// What is tried out: changes nothing that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// How areas are made comparable.
    pub scale: ScaleKind,
    /// The kind of mean.
    pub aggregation: Aggregation,
    /// Weights by code of the section or area; what is not named weighs 1.
    pub weights: BTreeMap<String, u32>,
    /// Where the drawn weightings begin.
    pub seed: u64,
    /// Ranks with each area left out once, instead of over drawn weightings.
    pub without_one_area: bool,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            scale: ScaleKind::Stage,
            aggregation: Aggregation::Arithmetic,
            weights: BTreeMap::new(),
            seed: crate::maturity::ranks::SEED,
            without_one_area: false,
        }
    }
}

/// 成熟度 of a municipality and its peers.
#[derive(Debug, Clone, PartialEq)]
pub struct Maturity {
    /// As tried out; the scale is the stage itself where the reader may not see names.
    pub what_if: WhatIf,
    /// The weights, as chosen.
    pub weights: Weights,
    /// Names of areas left out of the scores because nobody differs there.
    pub flat: Vec<String>,
    /// The own score first, then the peers' in their order; without names the own one alone.
    pub scores: Vec<MaturityScore>,
    /// The own rank interval and, with names, the peers'; or why there is none.
    pub ranks: Result<Ranks, NoRanks>,
}

/// One municipality's score.
#[derive(Debug, Clone, PartialEq)]
pub struct MaturityScore {
    /// The whole; why there is none otherwise.
    pub whole: Result<Score, Undefined>,
    /// By field, in the order of the weights.
    pub fields: Vec<Option<Score>>,
    /// Answers that are undetermined.
    pub undetermined: u32,
}

/// Which values of others the reader may see.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    /// All, by name.
    pub named: bool,
    /// The peers are those that everybody has: without names, ranks among others are not shown.
    pub usual_group: bool,
}

/// Rank intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// In the order of the scores; `None` where one has no score.
    pub ranges: Vec<Option<RankRange>>,
    /// Out of how many.
    pub of: usize,
    /// Combinations of weights, scale and mean tried.
    pub combinations: u32,
}

/// Why there are no rank intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRanks {
    /// No own score.
    #[error("回答がないため、順位の幅はありません。")]
    NoScore,
    /// Without names, ranks in several groups that overlap would tell single values.
    #[error("市町村別の値を見られないアカウントには、順位の幅は「人口規模の近い7団体」のときだけ示します。")]
    OnlyInUsualGroup,
    /// Too few others with a score.
    #[error("比べられる団体が少ないため、順位の幅は示しません。")]
    TooFew,
    /// Without one area, somebody has none left.
    #[error("1つの項目を除くと比べる回答がなくなる団体があるため、順位の幅はありません。")]
    OneAreaOnly,
    /// All alike.
    #[error("どの項目でも、確認できた段階がすべての団体で同じため、順位の幅はありません。")]
    AllAlike,
}

/// 成熟度 of `own` and its peers over the areas of `outline`.
pub fn maturity(
    outline: &Outline,
    own: &PublishedMunicipality,
    peers: &[&PublishedMunicipality],
    Naming { named, usual_group }: Naming,
    what_if: &WhatIf,
) -> Maturity {
    let mut what_if = what_if.clone();
    if !named {
        // Any other scale is made of the peers' values, and an own score on it would tell them.
        what_if.scale = ScaleKind::Stage;
    }
    let everybody: Vec<&PublishedMunicipality> = std::iter::once(own).chain(peers.iter().copied()).collect();
    let stages: Vec<Vec<Option<Stages>>> = everybody.iter().map(|m| stages_of(outline, m)).collect();
    let weights = weights(outline, &what_if.weights);
    let scales = scales(what_if.scale, &stages);
    let flat =
        outline.areas().zip(&scales).filter(|(_, scale)| scale.is_none()).map(|((_, area), _)| area.title.clone());
    let shown = if named { stages.len() } else { 1 };
    Maturity {
        flat: flat.collect(),
        scores: stages.iter().take(shown).map(|row| score_of(row, &scales, &weights, what_if.aggregation)).collect(),
        ranks: if named || usual_group {
            ranks(&stages, &weights, &what_if, named)
        } else {
            Err(NoRanks::OnlyInUsualGroup)
        },
        weights,
        what_if,
    }
}

/// The weights of the outline's sections and areas.
pub fn weights(outline: &Outline, chosen: &BTreeMap<String, u32>) -> Weights {
    let weight = |code: &str| chosen.get(code).copied().unwrap_or(1).min(MOST);
    let field = outline.sections.iter().map(|section| FieldWeights {
        code: section.code.clone(),
        label: section.title.clone(),
        weight: weight(&section.code),
        areas: section
            .areas
            .iter()
            .map(|area| AreaWeights { code: area.code.clone(), label: area.title.clone(), weight: weight(&area.code) })
            .collect(),
    });
    Weights(field.collect())
}

fn stages_of(outline: &Outline, municipality: &PublishedMunicipality) -> Vec<Option<Stages>> {
    let cells = |practices: &[usize]| Stages::of(practices.iter().filter_map(|place| municipality.cells.get(*place)));
    outline.areas().map(|(_, area)| cells(&area.practices)).collect()
}

/// A scale an area; `None` where nobody differs and the kind lives on differences.
fn scales(kind: ScaleKind, stages: &[Vec<Option<Stages>>]) -> Vec<Option<Scale>> {
    let areas = stages.first().map_or(0, Vec::len);
    let confirmed = |j: usize| stages.iter().filter_map(move |row| row.get(j).copied().flatten()).map(Stages::lower);
    (0..areas).map(|j| Scale::of(kind, &confirmed(j).collect::<Vec<_>>()).ok()).collect()
}

fn score_of(
    row: &[Option<Stages>],
    scales: &[Option<Scale>],
    weights: &Weights,
    aggregation: Aggregation,
) -> MaturityScore {
    let areas: Vec<Option<(Stages, &Scale)>> =
        row.iter().zip(scales).map(|(stages, scale)| Some(((*stages)?, scale.as_ref()?))).collect();
    let of_field = |field: &FieldWeights| score(&areas, &weights.of_field(&field.code)?, aggregation).ok();
    MaturityScore {
        whole: weights.of_areas().and_then(|weights| score(&areas, &weights, aggregation)),
        fields: weights.0.iter().map(of_field).collect(),
        undetermined: row.iter().flatten().map(|stages| stages.undetermined).sum(),
    }
}

fn ranks(stages: &[Vec<Option<Stages>>], weights: &Weights, what_if: &WhatIf, named: bool) -> Result<Ranks, NoRanks> {
    let has_score = |row: &Vec<Option<Stages>>| row.iter().any(Option::is_some);
    if !stages.first().is_some_and(has_score) {
        return Err(NoRanks::NoScore);
    }
    let with_score: Vec<Vec<Option<Stages>>> = stages.iter().filter(|row| has_score(row)).cloned().collect();
    let fewest = if named { 2 } else { FEWEST_UNNAMED + 1 };
    if with_score.len() < fewest {
        return Err(NoRanks::TooFew);
    }
    let grid = if what_if.without_one_area {
        ranks_without_one_area(&with_score)
    } else {
        rank_intervals(&with_score, weights, what_if.seed, WEIGHTINGS)
    };
    let grid = grid.map_err(|error| match error {
        Undefined::NoVariation => NoRanks::AllAlike,
        Undefined::OutOfRange => NoRanks::OneAreaOnly,
        _ => NoRanks::TooFew,
    })?;
    let mut found = grid.ranges.into_iter();
    let ranges = stages.iter().map(|row| has_score(row).then(|| found.next()).flatten());
    let shown = if named { stages.len() } else { 1 };
    Ok(Ranks { ranges: ranges.take(shown).collect(), of: with_score.len(), combinations: grid.combinations })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{placed, round};
    use super::*;
    use crate::publication::Snapshot;

    fn sample(cells: &[&str]) -> (Snapshot, Outline) {
        let questions =
            [placed("a", "f", "f_1"), placed("b", "f", "f_1"), placed("c", "f", "f_2"), placed("d", "g", "g_1")];
        let round = round(2026, &questions, cells);
        let outline = Outline::of(&round, &[]);
        (round, outline)
    }

    fn find(cells: &[&str], named: bool, what_if: &WhatIf) -> Maturity {
        let (round, outline) = sample(cells);
        let peers: Vec<_> = round.municipalities[1..].iter().collect();
        maturity(&outline, &round.municipalities[0], &peers, Naming { named, usual_group: true }, what_if)
    }

    #[test]
    fn a_score_goes_from_question_to_area_to_field_to_the_whole() {
        let found = find(&["4422", "0000"], true, &WhatIf::default());
        let words = |score: &Score| score.words();
        let own = &found.scores[0];
        // Areas 4 and 2 of the first field, 2 of the second: (3 + 2) / 2 stages.
        assert_eq!(own.fields.iter().flatten().map(words).collect::<Vec<_>>(), ["75", "51"]);
        assert_eq!(own.whole.as_ref().map(|score| score.words()), Ok("63".to_owned()));
        assert_eq!(found.scores[1].whole.as_ref().map(|score| score.words()), Ok("1".to_owned()));
        let weights = BTreeMap::from([("g".to_owned(), 0), ("f_1".to_owned(), 3)]);
        let heavier = find(&["4422", "0000"], true, &WhatIf { weights, ..WhatIf::default() });
        assert_eq!(heavier.scores[0].whole.as_ref().map(|score| score.words()), Ok("88".to_owned()));
    }

    #[test]
    fn what_is_undetermined_widens_the_score_and_who_did_not_respond_has_none() {
        let found = find(&["4-22", "", "1111"], true, &WhatIf::default());
        assert_eq!(found.scores[0].undetermined, 1);
        assert_eq!(found.scores[0].whole.as_ref().map(|score| score.words()), Ok("50〜63".to_owned()));
        assert_eq!(found.scores[1].whole, Err(Undefined::NoData));
        let ranks = found.ranks.unwrap();
        assert_eq!((ranks.of, ranks.ranges[1], ranks.combinations), (2, None, 20_000));
        // Three areas, each of them left out once, and none.
        let without = WhatIf { without_one_area: true, ..WhatIf::default() };
        let ranks = find(&["4422", "0130"], true, &without).ranks.unwrap();
        assert_eq!((ranks.combinations, ranks.ranges.len()), (4 * 10, 2));
        assert_eq!(find(&["", "1111"], true, &WhatIf::default()).ranks, Err(NoRanks::NoScore));
        assert_eq!(find(&["1111", ""], true, &WhatIf::default()).ranks, Err(NoRanks::TooFew));
        assert_eq!(find(&["1111", "1111"], true, &WhatIf::default()).ranks, Err(NoRanks::AllAlike));
    }

    #[test]
    fn without_names_only_the_own_score_on_the_scale_of_stages_is_there() {
        let cells = ["4422", "0000", "1111", "2222", "3333", "4444"];
        let what_if = WhatIf { scale: ScaleKind::MinMax, ..WhatIf::default() };
        let found = find(&cells, false, &what_if);
        assert_eq!((found.scores.len(), found.what_if.scale), (1, ScaleKind::Stage));
        assert_eq!(found.ranks.unwrap().ranges.len(), 1);
        assert_eq!(find(&cells[..5], false, &what_if).ranks, Err(NoRanks::TooFew));
        let (round, outline) = sample(&cells);
        let peers: Vec<_> = round.municipalities[1..].iter().collect();
        let other = Naming { named: false, usual_group: false };
        let found = maturity(&outline, &round.municipalities[0], &peers, other, &what_if);
        assert_eq!((found.ranks, found.scores.len()), (Err(NoRanks::OnlyInUsualGroup), 1));
    }

    #[test]
    fn an_area_in_which_nobody_differs_tells_nobody_apart() {
        let what_if = WhatIf { scale: ScaleKind::MinMax, ..WhatIf::default() };
        let found = find(&["4421", "0021"], true, &what_if);
        assert_eq!(found.flat, ["項目f_2", "項目g_1"]);
        assert_eq!(found.scores[0].whole.as_ref().map(|score| score.words()), Ok("100".to_owned()));
        let all_alike = find(&["2222", "2222"], true, &what_if);
        assert_eq!(all_alike.scores[0].whole, Err(Undefined::NoData));
        let zero = WhatIf { weights: [("f", 0), ("g", 0)].map(|(c, w)| (c.to_owned(), w)).into(), ..what_if };
        assert_eq!(find(&["4421", "0021"], true, &zero).scores[0].whole, Err(Undefined::OutOfRange));
    }
}
