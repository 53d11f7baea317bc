//! The own place among municipalities of like size: exact shares, no model.

use shared::fiscal_year::FiscalYear;
use shared::municipality::Municipality;
use shared::publication::{PublishedMunicipality, PublishedQuestion, Snapshot};
use shared::questionnaire::{Question, QuestionIndex, Questionnaire};
use shared::response::Cell;
use shared::share::Share;
use shared::visibility::Visibility;

use super::level::{is_level, score};
use super::peers::{Rank, compare, median, nearest, rank};

/// A section with fewer practices is not compared on its own: one answer would decide.
pub const FEWEST_PRACTICES: usize = 3;

/// The own place among the nearest in population.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Whom it is compared with, nearest first.
    pub peers: Vec<Municipality>,
    /// How many of them handed in a response.
    pub responded: usize,
    /// All practices first, then by section.
    pub rows: Vec<PositionRow>,
}

/// One comparison. Shares are practices done out of those that concern the municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionRow {
    /// The section; `None` for all practices together.
    pub section: Option<String>,
    /// How many practices are compared.
    pub practices: usize,
    /// The own share in the round compared with.
    pub own: Option<Share>,
    /// The own share in the response just handed in, where that is another round.
    pub now: Option<Share>,
    /// The peers' shares, ascending; only of those that responded.
    pub peers: Vec<Share>,
    /// The median of the peers' shares.
    pub median: Option<Share>,
    /// The own place, from the highest; `None` among too few.
    pub rank: Option<Rank>,
}

/// Why there is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPosition {
    /// Not asked then.
    NotOnRegister,
    /// The own population is not known, so nobody is near.
    PopulationUnknown,
    /// No practice was asked alike in both questionnaires.
    NothingInCommon,
}

/// The own place in `snapshot`. `now` are the cells of the response just handed in, by question of `questionnaire`,
/// which asked in `asked_in`.
pub fn position(
    questionnaire: &Questionnaire,
    now: &[Cell],
    own: &Municipality,
    asked_in: FiscalYear,
    snapshot: &Snapshot,
) -> Result<Position, NoPosition> {
    let then = snapshot.municipalities.iter().find(|m| m.municipality.code == own.code);
    let then = then.ok_or(NoPosition::NotOnRegister)?;
    let others = snapshot.municipalities.iter().filter(|m| m.municipality.code != own.code);
    let nearest = nearest(own, others).ok_or(NoPosition::PopulationUnknown)?;
    let sections = practices(questionnaire, asked_in, snapshot);
    let all: Vec<Practice> = sections.iter().flat_map(|(_, practices)| practices.iter().copied()).collect();
    if all.is_empty() {
        return Err(NoPosition::NothingInCommon);
    }
    let same_round = snapshot.year == asked_in;
    let row = |section: Option<String>, practices: &[Practice]| {
        let of = |m: &PublishedMunicipality| score(practices.iter().filter_map(|p| m.cells.get(p.then)));
        let (own, mut peers) = (of(then), nearest.iter().filter_map(|m| of(m)).collect::<Vec<Share>>());
        peers.sort_by(|a, b| compare(*a, *b));
        PositionRow {
            section,
            practices: practices.len(),
            own,
            now: if same_round { None } else { score(practices.iter().filter_map(|p| now.get(usize::from(p.now.0)))) },
            median: median(&peers),
            rank: own.and_then(|own| rank(own, &peers)),
            peers,
        }
    };
    let apart = sections.iter().filter(|(_, practices)| practices.len() >= FEWEST_PRACTICES);
    let rows = std::iter::once(row(None, &all)).chain(apart.map(|(title, p)| row(Some(title.clone()), p)));
    Ok(Position {
        responded: nearest.iter().filter(|m| m.state.is_handed_in()).count(),
        rows: rows.collect(),
        peers: nearest.iter().map(|m| m.municipality.clone()).collect(),
    })
}

/// A practice that both questionnaires ask for: its question now, and its place in the snapshot.
#[derive(Clone, Copy)]
struct Practice {
    now: QuestionIndex,
    then: usize,
}

/// The practices that may be compared, by section. What only the prefecture may see enters no comparison.
fn practices(questionnaire: &Questionnaire, asked_in: FiscalYear, snapshot: &Snapshot) -> Vec<(String, Vec<Practice>)> {
    let find = |question: &Question| {
        let place = snapshot.questions.iter().position(|then| continues(question, then, snapshot.year == asked_in))?;
        let then = snapshot.questions.get(place)?;
        let seen =
            then.visibility.named.allows(Visibility::Council) && question.visibility.named.allows(Visibility::Council);
        (is_level(question.kind.choices()) && is_level(&then.choices) && seen).then_some(place)
    };
    let of_section = questionnaire.sections.iter().map(|section| {
        let found =
            section.questions().filter_map(|now| Some(Practice { now, then: find(questionnaire.question(now))? }));
        (section.title.clone(), found.collect::<Vec<_>>())
    });
    of_section.filter(|(_, practices)| !practices.is_empty()).collect()
}

/// Whether `question` asks what `then` asked: the same concept, or its new name, and the author does not forbid it.
pub(super) fn continues(question: &Question, then: &PublishedQuestion, same_round: bool) -> bool {
    if same_round {
        return question.name.as_str() == then.name;
    }
    let concept = match question.lineage.derived_from.as_slice() {
        [] => &question.concept,
        [renamed] => renamed,
        _ => return false,
    };
    !question.lineage.not_comparable && !concept.is_empty() && *concept == then.concept
}

#[cfg(test)]
mod tests {
    use super::super::peers::PEERS;
    use super::super::samples::{at, cells, municipality, questionnaire, round, set, year};
    use super::*;

    const CODES: [&str; 10] =
        ["022012", "022021", "022039", "022047", "022055", "022063", "022071", "022080", "022098", "022101"];

    fn shares(pairs: &[(u32, u32)]) -> Vec<Share> {
        pairs.iter().map(|(n, d)| Share::new(*n, *d)).collect()
    }

    /// Ten municipalities of like size; the fourth did not respond, the others do more the later they stand.
    fn ten(questionnaire: &Questionnaire, asked_in: u16) -> Snapshot {
        let level: Vec<&str> = questionnaire
            .questions
            .iter()
            .filter(|question| is_level(question.kind.choices()))
            .map(|question| question.name.as_str())
            .collect();
        let responses = CODES.iter().zip(0u32..).map(|(code, place)| {
            let mut answers = cells(questionnaire, "1");
            for name in level.iter().take(6 * place as usize) {
                set(questionnaire, &mut answers, name, at("4"));
            }
            (municipality(code, Some(20_000 + place)), (place != 3).then_some(answers))
        });
        round(questionnaire, asked_in, responses.collect())
    }

    #[test]
    fn the_own_place_is_counted_from_the_same_round_and_this_years_answer_stands_apart() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2025);
        let own = municipality(CODES[5], Some(20_005));
        let now = cells(&questionnaire, "3");
        let found = position(&questionnaire, &now, &own, year(2026), &snapshot).unwrap();
        assert_eq!(found.peers.len(), PEERS);
        assert_eq!(found.responded, 6, "one of the seven did not respond");
        let all = &found.rows[0];
        assert_eq!((all.section.as_deref(), all.practices), (None, 67));
        assert_eq!(all.own, Some(Share::new(30, 67)));
        assert_eq!(all.now, Some(Share::new(67, 67)));
        // By ratio, the nearest are the places 6, 4, 7, 3, 8, 2 and 9; 3 did not respond.
        assert_eq!(all.peers, shares(&[(12, 67), (24, 67), (36, 67), (42, 67), (48, 67), (54, 67)]));
        assert_eq!(all.median.unwrap().to_string(), "58.2％");
        assert_eq!(all.rank, Some(Rank { place: 5, of: 7, equal: 0 }));
        let sections: Vec<_> = found.rows[1..].iter().map(|row| row.section.clone().unwrap()).collect();
        assert_eq!(sections, ["産業・しごと", "暮らし・まち", "行政経営", "各分野を支える基盤整備"]);
        assert_eq!(found.rows[1..].iter().map(|row| row.practices).sum::<usize>(), 67);
    }

    #[test]
    fn a_round_compared_with_itself_has_no_second_answer() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2026);
        let own = municipality(CODES[5], Some(20_005));
        let found = position(&questionnaire, &cells(&questionnaire, "3"), &own, year(2026), &snapshot).unwrap();
        assert!(found.rows.iter().all(|row| row.now.is_none() && row.own.is_some()));
    }

    #[test]
    fn who_did_not_respond_has_no_place_but_sees_the_others() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2025);
        let own = municipality(CODES[3], Some(20_003));
        let found = position(&questionnaire, &cells(&questionnaire, "3"), &own, year(2026), &snapshot).unwrap();
        let all = &found.rows[0];
        assert_eq!((all.own, all.rank), (None, None));
        assert!(all.now.is_some() && all.median.is_some() && all.peers.len() == 7);
    }

    #[test]
    fn questions_that_must_not_be_compared_are_left_out() {
        let then = questionnaire();
        let mut now = questionnaire();
        for question in &mut now.questions {
            match question.name.as_str() {
                "ind_01_1" => question.lineage.not_comparable = true,
                "ind_01_2" => question.concept = "another".into(),
                "ind_01_3" => {
                    question.lineage.derived_from = vec![question.concept.clone()];
                    question.concept = "renamed".into();
                }
                "ind_01_4" => question.visibility.named = Visibility::Prefecture,
                _ => {}
            }
        }
        let own = municipality(CODES[5], Some(20_005));
        let found = position(&now, &cells(&now, "3"), &own, year(2026), &ten(&then, 2025)).unwrap();
        assert_eq!(found.rows[0].practices, 64, "three of four are left out, the renamed one stays");
        for question in &mut now.questions {
            question.lineage.not_comparable = true;
        }
        let none = position(&now, &cells(&now, "3"), &own, year(2026), &ten(&then, 2025));
        assert_eq!(none, Err(NoPosition::NothingInCommon));
    }

    #[test]
    fn without_population_or_place_on_the_register_nobody_is_compared() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2025);
        let now = cells(&questionnaire, "3");
        let place = |own: &Municipality| position(&questionnaire, &now, own, year(2026), &snapshot).unwrap_err();
        assert_eq!(place(&municipality(CODES[5], None)), NoPosition::PopulationUnknown);
        assert_eq!(place(&municipality("023019", Some(9))), NoPosition::NotOnRegister);
    }
}
