//! The own place among municipalities of like size, right after handing in.

use shared::comparison::outline::{is_practice, joined};
use shared::comparison::{Group, Measure, NoPeers, Outline, Row, Sight, peers};
use shared::municipality::Municipality;
use shared::publication::Snapshot;
use shared::share::Share;
use shared::statistics::quantile::QuantileType;
use shared::visibility::Visibility;

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
    /// The own place in the round compared with.
    pub row: Row,
    /// The own share in the response just handed in, where that is another round.
    pub now: Option<Share>,
}

/// Why there is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPosition {
    /// Not asked then.
    NotOnRegister,
    /// The own population is not known, so nobody is near; or there is nobody else.
    PopulationUnknown,
    /// No practice was asked alike in both questionnaires.
    NothingInCommon,
}

/// The own place in `snapshot`, as far as `reader` may see. `handed_in` is the own response alone, as a round.
pub fn position(handed_in: &Snapshot, snapshot: &Snapshot, reader: Visibility) -> Result<Position, NoPosition> {
    let now = handed_in.municipalities.first().ok_or(NoPosition::NotOnRegister)?;
    let then = snapshot.municipalities.iter().find(|m| m.municipality.code == now.municipality.code);
    let then = then.ok_or(NoPosition::NotOnRegister)?;
    let nearest = peers::choose(&Group::default(), &now.municipality, &snapshot.municipalities);
    let nearest = nearest.map_err(|reason: NoPeers| match reason {
        NoPeers::PopulationUnknown
        | NoPeers::AreaUnknown
        | NoPeers::RegionUnknown
        | NoPeers::NothingChosen
        | NoPeers::Nobody
        | NoPeers::AllAlike => NoPosition::PopulationUnknown,
    })?;
    let nearest = nearest.municipalities;
    let places = joined(handed_in, snapshot);
    let place = |practice: &usize| {
        let place = places.get(*practice).copied().flatten()?;
        snapshot.questions.get(place).filter(|question| is_practice(question)).map(|_| place)
    };
    let outline = Outline::of(handed_in, &[]).keep(|practice| place(&practice).is_some());
    if outline.sections.is_empty() {
        return Err(NoPosition::NothingInCommon);
    }
    let sight = Sight { reader, usual_group: true, beside: &[] };
    let row = |section: Option<&str>, practices: &[usize]| {
        let then_places: Vec<usize> = practices.iter().filter_map(place).collect();
        PositionRow {
            section: section.map(str::to_owned),
            row: Row::of(snapshot, then, &nearest, (Measure::Done, &then_places), sight, QuantileType::Type7),
            now: if snapshot.year == handed_in.year { None } else { Measure::Done.value(now, practices) },
        }
    };
    let sections = outline.sections.iter().map(|section| (section.title.as_str(), section.practices()));
    let apart = sections.filter(|(_, practices)| practices.len() >= FEWEST_PRACTICES);
    let rows = std::iter::once(row(None, &outline.practices())).chain(apart.map(|(title, p)| row(Some(title), &p)));
    Ok(Position {
        responded: nearest.iter().filter(|m| m.state.is_handed_in()).count(),
        rows: rows.collect(),
        peers: nearest.iter().map(|m| m.municipality.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use shared::comparison::peers::NEAREST;
    use shared::comparison::{Rank, Seen};
    use shared::maturity::is_level;
    use shared::questionnaire::Questionnaire;
    use shared::response::Cell;

    use super::super::samples::{at, cells, municipality, questionnaire, round, set};
    use super::*;

    const CODES: [&str; 10] =
        ["022012", "022021", "022039", "022047", "022055", "022063", "022071", "022080", "022098", "022101"];

    fn shares(pairs: &[(u32, u32)]) -> Vec<Share> {
        pairs.iter().map(|(n, d)| Share::new(*n, *d)).collect()
    }

    fn find(
        questionnaire: &Questionnaire,
        cells: &[Cell],
        own: &Municipality,
        snapshot: &Snapshot,
    ) -> Result<Position, NoPosition> {
        let handed_in = round(questionnaire, 2026, vec![(own.clone(), Some(cells.to_vec()))]);
        position(&handed_in, snapshot, Visibility::Public)
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
        let found = find(&questionnaire, &now, &own, &snapshot).unwrap();
        assert_eq!(found.peers.len(), NEAREST);
        assert_eq!(found.responded, 6, "one of the seven did not respond");
        let all = &found.rows[0];
        assert_eq!((all.section.as_deref(), all.row.questions), (None, 67));
        assert_eq!(all.row.own, Some(Share::new(30, 67)));
        assert_eq!(all.now, Some(Share::new(67, 67)));
        // By ratio, the nearest are the places 6, 4, 7, 3, 8, 2 and 9; 3 did not respond.
        let unnamed = shares(&[(12, 67), (24, 67), (36, 67), (42, 67), (48, 67), (54, 67)]);
        assert_eq!(all.row.peers, Seen::Unnamed(unnamed));
        assert_eq!(all.row.median.unwrap().to_string(), "58.2％");
        assert_eq!(all.row.rank, Some(Rank { place: 5, of: 7, equal: 0 }));
        let sections: Vec<_> = found.rows[1..].iter().map(|row| row.section.clone().unwrap()).collect();
        assert_eq!(sections, ["産業・しごと", "暮らし・まち", "行政経営", "各分野を支える基盤整備"]);
        assert_eq!(found.rows[1..].iter().map(|row| row.row.questions).sum::<usize>(), 67);
    }

    #[test]
    fn a_round_compared_with_itself_has_no_second_answer() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2026);
        let own = municipality(CODES[5], Some(20_005));
        let found = find(&questionnaire, &cells(&questionnaire, "3"), &own, &snapshot).unwrap();
        assert!(found.rows.iter().all(|row| row.now.is_none() && row.row.own.is_some()));
    }

    #[test]
    fn who_did_not_respond_has_no_place_but_sees_the_others() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2025);
        let own = municipality(CODES[3], Some(20_003));
        let found = find(&questionnaire, &cells(&questionnaire, "3"), &own, &snapshot).unwrap();
        let all = &found.rows[0];
        assert_eq!((all.row.own, all.row.rank), (None, None));
        assert!(all.now.is_some() && all.row.median.is_some() && all.row.answered == 7);
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
        let found = find(&now, &cells(&now, "3"), &own, &ten(&then, 2025)).unwrap();
        assert_eq!(found.rows[0].row.questions, 64, "three of four are left out, the renamed one stays");
        for question in &mut now.questions {
            question.lineage.not_comparable = true;
        }
        let none = find(&now, &cells(&now, "3"), &own, &ten(&then, 2025));
        assert_eq!(none, Err(NoPosition::NothingInCommon));
    }

    #[test]
    fn without_population_or_place_on_the_register_nobody_is_compared() {
        let questionnaire = questionnaire();
        let snapshot = ten(&questionnaire, 2025);
        let now = cells(&questionnaire, "3");
        let place = |own: &Municipality| find(&questionnaire, &now, own, &snapshot).unwrap_err();
        assert_eq!(place(&municipality(CODES[5], None)), NoPosition::PopulationUnknown);
        assert_eq!(place(&municipality("023019", Some(9))), NoPosition::NotOnRegister);
    }
}
