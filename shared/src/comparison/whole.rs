//! The whole comparison of one municipality.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::cases::{Case, cases};
use super::changes::Changes;
use super::elsewhere::{Elsewhere, Others, Own, Wanted, elsewhere};
use super::outline::{Outline, SectionPractices, joined};
use super::peers::{Group, NoPeers, choose, nearest, unnamed_groups};
use super::row::{Measure, Row, Sight, with_undetermined};
use super::standing::{Maturity, Naming, WhatIf, maturity};
use crate::indicator::Field;
use crate::municipality::{Municipality, MunicipalityCode};
use crate::publication::{PublishedMunicipality, Snapshot};
use crate::share::Share;
use crate::statistics::bounds::Change;
use crate::statistics::quantile::QuantileType;
use crate::tabulation::Disclosure;
use crate::visibility::Visibility;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 分野
    Field,
    /// 項目
    Area,
    /// 設問
    Question,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whom with.
    pub group: Group,
    /// What a row is.
    pub level: Level,
    /// Only this section.
    pub section: Option<String>,
    /// Only these questions, by name; all where there are none.
    pub questions: BTreeSet<String>,
    /// How quartiles lie between values.
    pub quartiles: QuantileType,
    /// What is tried out.
    pub what_if: WhatIf,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            group: Group::default(),
            level: Level::Area,
            section: None,
            questions: BTreeSet::new(),
            quartiles: QuantileType::Type7,
            what_if: WhatIf::default(),
        }
    }
}

/// The rounds at hand.
#[derive(Debug, Clone, Copy)]
pub struct Rounds<'s> {
    /// The one compared in.
    pub now: &'s Snapshot,
    /// The one before, for what changed.
    pub then: Option<&'s Snapshot>,
    /// All of them.
    pub all: &'s [&'s Snapshot],
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Code of the section or area, or name of the question; empty for the whole.
    pub code: String,
    /// In words.
    pub label: String,
    /// The field that it belongs to.
    pub field: Option<Field>,
}

/// A topic in two years.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What.
    pub topic: Topic,
    /// Practices asked alike in both years.
    pub practices: usize,
    /// The own share then and now.
    pub own: [Option<Share>; 2],
    /// Own answers then and now that these count as not done and are undetermined.
    pub undetermined: [u32; 2],
}

impl Course {
    /// The change between its bounds, with the undetermined answers of either year not done or all done; `None` without a
    /// share in both years.
    pub fn change(&self) -> Option<Change> {
        let [then, now] = self.own;
        let [(then, before), (now, after)] = [(then?, self.undetermined[0]), (now?, self.undetermined[1])];
        Some(Change {
            lower: now.since(with_undetermined(then, before))?,
            upper: with_undetermined(now, after).since(then)?,
        })
    }

    /// Whether it rose or fell; `None` without a share in both years, and where that is open.
    pub fn sign(&self) -> Option<Ordering> {
        self.change().filter(Change::sign_is_known).map(|change| change.lower.sign())
    }
}

/// One municipality among its peers.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Who.
    pub own: Municipality,
    /// Whether it handed in a response.
    pub responded: bool,
    /// Whom it is compared with.
    pub peers: Vec<Municipality>,
    /// How many of them handed in a response.
    pub peers_responded: usize,
    /// Codes that the round does not know.
    pub unknown: Vec<MunicipalityCode>,
    /// The group is larger than what is compared with.
    pub cut: bool,
    /// The reader may see the peers' values by name.
    pub named: bool,
    /// The sections, for choosing; with the questions of each (name, number and text).
    pub sections: Vec<SectionChoice>,
    /// All practices together.
    pub whole: Row,
    /// The rows, by gap to the median, highest first; those without one last.
    pub rows: Vec<(Topic, Row)>,
    /// Areas × peers: the own share first, then the peers' in their order; where they may be named.
    pub areas: Vec<(Topic, Vec<Option<Share>>)>,
    /// What is not done and others do, those that most do first.
    pub elsewhere: Vec<Elsewhere>,
    /// Cases of the peers.
    pub cases: Vec<Case>,
    /// By area, against the year before.
    pub course: Vec<Course>,
    /// What was answered otherwise then.
    pub changes: Option<Changes>,
    /// 成熟度
    pub maturity: Maturity,
}

/// A section that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChoice {
    /// Its name.
    pub code: String,
    /// Its heading.
    pub title: String,
    /// Name, number and text of its practices.
    pub questions: Vec<(String, String, String)>,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoComparison {
    /// Not on the round's register.
    #[error("この年度の調査の対象でなかったため、比べられません。別の年度か団体を選んでください。")]
    NotOnRegister,
    /// Nobody to compare with.
    #[error("{0}")]
    NoPeers(#[from] NoPeers),
    /// The reader may not see names, and the group would tell them.
    #[error(
        "市町村別の値を見られるのは協議会会員と県のアカウントだけです。この比べ方では、ほかの比べ方との違いから1団体の回答が分かってしまうため、値を示せません。「人口規模の近い7団体」か、選べるほかの比較グループにしてください。"
    )]
    GroupNeedsNames,
    /// There is no practice to compare.
    #[error("この年度の調査には、比べられる取組の設問がありません。別の年度を選んでください。")]
    NothingToCompare,
    /// Nothing was selected.
    #[error("選んだ分野・設問に、比べられる取組がありません。選び直してください。")]
    NothingSelected,
}

/// Compares the municipality of that code, for a reader cleared up to `reader`.
pub fn compare(
    rounds: Rounds<'_>,
    code: MunicipalityCode,
    reader: Visibility,
    request: &Request,
) -> Result<Comparison, NoComparison> {
    let now = rounds.now;
    let find = |snapshot: &'_ Snapshot| snapshot.municipalities.iter().position(|m| m.municipality.code == code);
    let own = find(now).and_then(|place| now.municipalities.get(place)).ok_or(NoComparison::NotOnRegister)?;
    let outline = Outline::of(now, rounds.all);
    if outline.sections.is_empty() {
        return Err(NoComparison::NothingToCompare);
    }
    let visible = outline.practices().into_iter().filter_map(|place| now.questions.get(place));
    let named = visible.map(|q| Disclosure::of(q.visibility, reader)).min() == Some(Disclosure::Named);
    let peers = choose(&request.group, &own.municipality, &now.municipalities)?;
    let compared = &peers.municipalities;
    let offered = unnamed_groups(&own.municipality, &now.municipalities);
    let place = offered.iter().position(|(group, _)| *group == request.group);
    if place.is_none() && !named {
        return Err(NoComparison::GroupNeedsNames);
    }
    let beside: Vec<Vec<&PublishedMunicipality>> =
        offered.into_iter().take(place.unwrap_or(0)).map(|(_, municipalities)| municipalities).collect();
    let usual_group = request.group.is_usual();
    let sight = Sight { reader, usual_group, beside: &beside };
    let row = |measure, places: &[usize]| Row::of(now, own, compared, (measure, places), sight, request.quartiles);
    let chosen = chosen(&outline, now, request)?;
    let mut rows: Vec<(Topic, Row)> = topics(&chosen, now, request.level)
        .into_iter()
        .map(|(topic, measure, places)| (topic, row(measure, &places)))
        .collect();
    rows.sort_by(|(_, a), (_, b)| by_gap(a, b));
    let (course, changes) = rounds.then.map_or((Vec::new(), None), |then| against(then, now, own, &outline));
    let mut not_done = not_done(now, own, compared, reader);
    not_done.retain(|found| request.section.is_none() || is_in(&chosen, now, found));
    Ok(Comparison {
        own: own.municipality.clone(),
        responded: own.state.is_handed_in(),
        peers: compared.iter().map(|m| m.municipality.clone()).collect(),
        peers_responded: compared.iter().filter(|m| m.state.is_handed_in()).count(),
        named,
        sections: outline.sections.iter().map(|section| choice(section, now)).collect(),
        whole: row(Measure::Done, &outline.practices()),
        areas: if named { areas(&chosen, own, compared) } else { Vec::new() },
        rows,
        elsewhere: not_done,
        cases: cases(now, compared, reader),
        course,
        changes,
        maturity: maturity(&outline, own, compared, Naming { named, usual_group }, &request.what_if),
        unknown: peers.unknown,
        cut: peers.cut,
    })
}

fn chosen(outline: &Outline, now: &Snapshot, request: &Request) -> Result<Outline, NoComparison> {
    let mut chosen = outline.clone();
    if let Some(section) = &request.section {
        chosen.sections.retain(|known| known.code == *section);
    }
    let wanted = |place: usize| now.questions.get(place).is_some_and(|q| request.questions.contains(&q.name));
    let chosen = if request.questions.is_empty() { chosen } else { chosen.keep(wanted) };
    if chosen.sections.is_empty() { Err(NoComparison::NothingSelected) } else { Ok(chosen) }
}

fn topics(outline: &Outline, now: &Snapshot, level: Level) -> Vec<(Topic, Measure, Vec<usize>)> {
    match level {
        Level::Field => outline
            .sections
            .iter()
            .map(|section| (topic(&section.code, &section.title, section.field), Measure::Done, section.practices()))
            .collect(),
        Level::Area => outline
            .areas()
            .map(|(section, area)| {
                (topic(&area.code, &area.title, section.field), Measure::Done, area.practices.clone())
            })
            .collect(),
        Level::Question => {
            let questions = outline.areas().flat_map(|(section, area)| {
                area.practices.iter().filter_map(move |place| Some((section.field, *place, now.questions.get(*place)?)))
            });
            questions
                .map(|(field, place, question)| {
                    let label = format!("{} {}", question.number, question.label);
                    (topic(&question.name, &label, field), Measure::Stage, vec![place])
                })
                .collect()
        }
    }
}

fn topic(code: &str, label: &str, field: Option<Field>) -> Topic {
    Topic { code: code.to_owned(), label: label.to_owned(), field }
}

/// Highest gap first, those without one last; otherwise in the questionnaire's order.
fn by_gap(a: &Row, b: &Row) -> Ordering {
    match (a.gap(), b.gap()) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn choice(section: &SectionPractices, now: &Snapshot) -> SectionChoice {
    let questions = section.practices().into_iter().filter_map(|place| now.questions.get(place));
    SectionChoice {
        code: section.code.clone(),
        title: section.title.clone(),
        questions: questions.map(|q| (q.name.clone(), q.number.clone(), q.label.clone())).collect(),
    }
}

fn areas(
    outline: &Outline,
    own: &PublishedMunicipality,
    peers: &[&PublishedMunicipality],
) -> Vec<(Topic, Vec<Option<Share>>)> {
    let everybody = || std::iter::once(&own).chain(peers);
    outline
        .areas()
        .map(|(section, area)| {
            let values = everybody().map(|m| Measure::Done.value(m, &area.practices)).collect();
            (topic(&area.code, &area.title, section.field), values)
        })
        .collect()
}

/// What is not done and others do, those that most do first.
fn not_done(
    now: &Snapshot,
    own: &PublishedMunicipality,
    peers: &[&PublishedMunicipality],
    reader: Visibility,
) -> Vec<Elsewhere> {
    let everybody: Vec<&PublishedMunicipality> =
        now.municipalities.iter().filter(|m| m.municipality.code != own.municipality.code).collect();
    // Nearest in population first, those of unknown size last.
    let mut near = nearest(&own.municipality, peers.iter().copied()).unwrap_or_default();
    near.extend(peers.iter().copied().filter(|m| m.municipality.population.is_none_or(|population| population == 0)));
    let named: &[&PublishedMunicipality] = if near.len() == peers.len() { &near } else { peers };
    let mut found = elsewhere(
        Wanted::NotDone,
        Own { round: now, cells: &own.cells },
        Others { round: now, named, counted: &everybody },
        reader,
    );
    found.retain(|practice| practice.doing.count() > 0);
    found.sort_by_key(|practice| std::cmp::Reverse(practice.doing.count()));
    found
}

fn is_in(outline: &Outline, now: &Snapshot, found: &Elsewhere) -> bool {
    outline.practices().iter().filter_map(|place| now.questions.get(*place)).any(|q| q.number == found.number)
}

/// By area, and answer by answer, against an earlier round.
fn against(
    then: &Snapshot,
    now: &Snapshot,
    own: &PublishedMunicipality,
    outline: &Outline,
) -> (Vec<Course>, Option<Changes>) {
    let before = then.municipalities.iter().find(|m| m.municipality.code == own.municipality.code);
    let Some(before) = before else { return (Vec::new(), None) };
    let joined = joined(now, then);
    let earlier = Outline::of(then, &[now]).practices();
    let place = |place: &usize| joined.get(*place).copied().flatten().filter(|place| earlier.contains(place));
    let course = outline.areas().map(|(section, area)| {
        let both: Vec<(usize, usize)> = area.practices.iter().filter_map(|now| Some((*now, place(now)?))).collect();
        let (now, then): (Vec<usize>, Vec<usize>) = both.into_iter().unzip();
        Course {
            topic: topic(&area.code, &area.title, section.field),
            practices: now.len(),
            own: [Measure::Done.value(before, &then), Measure::Done.value(own, &now)],
            undetermined: [Measure::Done.undetermined(before, &then), Measure::Done.undetermined(own, &now)],
        }
    });
    let course = course.filter(|course| course.practices > 0).collect();
    (course, Changes::between((now, then), (own, before), outline, &joined))
}

impl Comparison {
    /// The rows that stand furthest above and below the median, each at most `most`.
    pub fn ahead_and_behind(&self, most: usize) -> (Vec<&Topic>, Vec<&Topic>) {
        let with_sign = |sign: Ordering| move |(_, row): &&(Topic, Row)| row.gap_sign() == Some(sign);
        let ahead = self.rows.iter().filter(with_sign(Ordering::Greater)).take(most).map(|(topic, _)| topic);
        let behind = self.rows.iter().rev().filter(with_sign(Ordering::Less)).take(most).map(|(topic, _)| topic);
        (ahead.collect(), behind.collect())
    }

    /// Whether any row has a median to compare with.
    pub fn median_is_shown(&self) -> bool {
        self.rows.iter().any(|(_, row)| row.own.is_some() && row.median.is_some())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::row::Seen;
    use super::super::samples::{code, placed, round};
    use super::*;

    fn questions() -> Vec<crate::publication::PublishedQuestion> {
        vec![
            placed("a", "f", "f_1"),
            placed("b", "f", "f_1"),
            placed("c", "f", "f_2"),
            placed("d", "f", "f_2"),
            placed("e", "g", "g_1"),
            placed("h", "g", "g_1"),
        ]
    }

    fn find(cells: &[&str], reader: Visibility, request: &Request) -> Result<Comparison, NoComparison> {
        let round = round(2026, &questions(), cells);
        compare(Rounds { now: &round, then: None, all: &[&round] }, code(0), reader, request)
    }

    const EIGHT: [&str; 8] = ["440044", "000000", "444400", "004444", "440000", "333333", "044000", "400400"];

    #[test]
    fn rows_stand_by_their_gap_and_everything_is_named_to_a_member() {
        let found = find(&EIGHT, Visibility::Council, &Request::default()).unwrap();
        let labels: Vec<&str> = found.rows.iter().map(|(topic, _)| topic.label.as_str()).collect();
        assert_eq!(labels.last(), Some(&"項目f_2"));
        assert!(found.rows.iter().all(|(_, row)| matches!(row.peers, Seen::Named(_))));
        assert_eq!((found.peers.len(), found.areas.len(), found.areas[0].1.len()), (7, 3, 8));
        let (ahead, behind) = found.ahead_and_behind(2);
        assert!(!ahead.is_empty() && behind.iter().all(|topic| topic.label == "項目f_2"));
        // c and d are done elsewhere; nothing that is done here is listed.
        assert_eq!(found.elsewhere.iter().map(|e| e.number.as_str()).collect::<Vec<_>>(), ["c", "d"]);
        assert_eq!(found.maturity.scores.len(), 8);
    }

    #[test]
    fn without_names_no_value_of_another_municipality_leaves() {
        let found = find(&EIGHT, Visibility::Public, &Request::default()).unwrap();
        assert!(found.areas.is_empty() && found.maturity.scores.len() == 1 && !found.named);
        assert!(found.rows.iter().all(|(_, row)| !matches!(row.peers, Seen::Named(_))));
        let kinds = Request { group: Group::Kind, ..Request::default() };
        let few = find(&EIGHT, Visibility::Public, &kinds).unwrap();
        assert!(few.rows.iter().all(|(_, row)| row.peers == Seen::Suppressed && row.median.is_none()));
        for group in [Group::Chosen(vec![code(1)]), Group::Near { by: BTreeSet::new(), count: 6 }] {
            let refused = find(&EIGHT, Visibility::Public, &Request { group, ..Request::default() });
            assert_eq!(refused, Err(NoComparison::GroupNeedsNames));
        }
        let questions = Request { level: Level::Question, ..Request::default() };
        let found = find(&EIGHT, Visibility::Public, &questions).unwrap();
        assert!(found.rows.iter().all(|(_, row)| row.peers == Seen::Suppressed && row.own.is_some()));
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        let of = |cells: &[&str], request: &Request| find(cells, Visibility::Council, request).err();
        let nothing = Request { section: Some("none".to_owned()), ..Request::default() };
        assert_eq!(of(&EIGHT, &nothing), Some(NoComparison::NothingSelected));
        let nothing = Request { questions: ["none".to_owned()].into(), ..Request::default() };
        assert_eq!(of(&EIGHT, &nothing), Some(NoComparison::NothingSelected));
        assert_eq!(of(&EIGHT[..1], &Request::default()), Some(NoComparison::NoPeers(NoPeers::Nobody)));
        let empty = round(2026, &[], &["", ""]);
        let rounds = Rounds { now: &empty, then: None, all: &[] };
        let found = |code| compare(rounds, code, Visibility::Council, &Request::default()).err();
        assert_eq!(found(code(0)), Some(NoComparison::NothingToCompare));
        assert_eq!(found(code(9)), Some(NoComparison::NotOnRegister));
    }

    #[test]
    fn against_the_year_before_only_what_was_asked_alike_is_compared() {
        let now = round(2026, &questions(), &["444444", "000000"]);
        let then = round(2025, &questions()[..3], &["404", "000"]);
        let rounds = Rounds { now: &now, then: Some(&then), all: &[&then, &now] };
        let found = compare(rounds, code(0), Visibility::Council, &Request::default()).unwrap();
        let course: Vec<_> = found.course.iter().map(|c| (c.topic.code.as_str(), c.practices, c.own)).collect();
        let share = |n, d| Some(Share::new(n, d));
        assert_eq!(course, [("f_1", 2, [share(1, 2), share(2, 2)]), ("f_2", 1, [share(1, 1), share(1, 1)])]);
        let changes = found.changes.unwrap();
        assert_eq!((changes.advanced.len(), changes.unchanged, changes.not_compared), (1, 2, 3));
    }

    #[test]
    fn a_blank_is_no_fall() {
        let now = round(2026, &questions(), &["4-0044", "000000"]);
        let then = round(2025, &questions(), &["444444", "000000"]);
        let rounds = Rounds { now: &now, then: Some(&then), all: &[&then, &now] };
        let found = compare(rounds, code(0), Visibility::Council, &Request::default()).unwrap();
        let signs: Vec<_> = found.course.iter().map(|c| (c.topic.code.as_str(), c.undetermined, c.sign())).collect();
        let (fell, same) = (Some(Ordering::Less), Some(Ordering::Equal));
        assert_eq!(signs, [("f_1", [0, 1], None), ("f_2", [0, 0], fell), ("g_1", [0, 0], same)]);
        let open = found.course[0].change().unwrap();
        assert_eq!(
            [open.lower, open.upper].map(|end| end.points().unwrap().to_string()),
            ["△50.0ポイント", "±0.0ポイント"]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_was_answered_nothing_is_nan_and_the_public_sees_no_name(
            cells in prop::collection::vec("([0-4x?-]{6}|)", 1..9), level in 0_usize..3,
        ) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let level = [Level::Field, Level::Area, Level::Question][level];
            for reader in [Visibility::Public, Visibility::Council] {
                let request = Request { level, ..Request::default() };
                let Ok(found) = find(&cells, reader, &request) else { continue };
                for (_, row) in &found.rows {
                    prop_assert!(row.gap().is_none_or(f64::is_finite));
                    prop_assert!(reader == Visibility::Council || !matches!(row.peers, Seen::Named(_)));
                    prop_assert!(row.median.is_none_or(|median| median.denominator > 0));
                }
                for score in &found.maturity.scores {
                    prop_assert!(score.whole.as_ref().is_ok_and(|s| s.lower.is_finite()) || score.whole.is_err());
                }
            }
        }
    }
}
