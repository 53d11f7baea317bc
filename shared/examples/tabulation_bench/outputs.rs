//! The six outputs, made with the product's tables.

use serde_json::{Value, json};
use shared::share::Share;
use shared::tabulation::transition::discordant;
use shared::tabulation::{
    CodeSet, Count, Crosstab, Cube, Frequency, Grouping, Profile, Selection, Variable, kernel, weighted,
};

use super::answers::CHOICES;
use super::municipalities::Places;

/// Questions belong to three areas in turn.
const AREAS: usize = 3;
const BANDS: usize = 6;

/// All six, in memory.
pub struct Outputs {
    /// year × question: counts, engaged, share of all.
    questions: Vec<(Frequency, u32, Share)>,
    /// year × question × band.
    by_band: Vec<Crosstab>,
    /// year: each municipality's score (sum over answered) and rank.
    profiles: Vec<(Profile, Vec<Option<u32>>)>,
    /// year × area.
    areas: Vec<Area>,
    /// year pair × question: who started, who stopped.
    transitions: Vec<(u32, u32)>,
}

/// Municipalities engaged in at least a third of what they answered in an area.
struct Area {
    engaged: u32,
    respondents: u32,
    of_all: Share,
    of_respondents: Share,
    /// Their people, and tenths of a per cent of all.
    people: u64,
    of_people: Option<u32>,
}

/// Makes them.
pub fn make(cube: &Cube, places: &Places) -> Outputs {
    let everybody = Selection::everybody();
    let register = u32::try_from(places.register.len()).unwrap_or(u32::MAX);
    let engaged = CodeSet::new([3, 4]);
    let scores: Vec<(u8, u8)> = (1..CHOICES).map(|code| (code, code)).collect();
    let labels = (0..BANDS).map(|band| band.to_string()).collect();
    let bands = Grouping::new(labels, places.bands.iter().copied().map(Some));
    let all_people: u64 = places.register.iter().filter_map(|place| place.population).map(u64::from).sum();
    let mut outputs = Outputs {
        questions: Vec::new(),
        by_band: Vec::new(),
        profiles: Vec::new(),
        areas: Vec::new(),
        transitions: Vec::new(),
    };
    for slab in cube.years() {
        for variable in cube.variables() {
            let frequency = Frequency::count(slab, variable, &everybody);
            let count = sum(engaged.codes().iter().map(|code| frequency.choices[usize::from(*code)]));
            outputs.questions.push((frequency, count, Share::new(count, register)));
            outputs.by_band.push(Crosstab::count(slab, variable, &bands, &everybody));
        }
        let mut whole: Option<Profile> = None;
        for area in 0..AREAS {
            let of_area = cube.variables().iter().skip(area).step_by(AREAS);
            let profile = Profile::count(slab, of_area, &engaged, &scores);
            outputs.areas.push(Area::of(&profile, slab.populations(), register, all_people));
            match &mut whole {
                Some(whole) => whole.add(&profile),
                None => whole = Some(profile),
            }
        }
        outputs.profiles.extend(whole.map(|profile| (profile.clone(), profile.ranks())));
    }
    for pair in cube.years().windows(2) {
        let change = |variable: &Variable| discordant(variable, &pair[0], &pair[1], &engaged);
        outputs.transitions.extend(cube.variables().iter().map(change));
    }
    outputs
}

impl Area {
    fn of(profile: &Profile, populations: &[u32], register: u32, all_people: u64) -> Self {
        let reached = profile.reaching(1, 3);
        let (engaged, respondents) = (kernel::count_equal(&reached, 1), profile.respondents());
        let people = kernel::weight_of(&reached, populations, 1);
        Self {
            engaged,
            respondents,
            of_all: Share::new(engaged, register),
            of_respondents: Share::new(engaged, respondents),
            people,
            of_people: weighted::permille(people, all_people),
        }
    }
}

impl Outputs {
    /// The integers that every engine must agree on. Rows without an answer are no rows.
    pub fn check(&self) -> Value {
        let answered = |frequency: &Frequency| sum([frequency.answered]);
        let total = |counts: &mut dyn Iterator<Item = u32>| counts.map(u64::from).sum::<u64>();
        let groups = || self.by_band.iter().flat_map(|table| &table.groups).map(|group| &group.frequency);
        debug_assert!(self.areas.iter().all(|a| a.of_all.numerator == a.of_respondents.numerator));
        debug_assert!(self.areas.iter().all(|a| a.of_people.is_some()));
        debug_assert!(self.questions.iter().all(|(_, engaged, share)| *engaged == share.numerator));
        json!({
            "answered": total(&mut self.questions.iter().map(|(f, _, _)| answered(f))),
            "engaged": total(&mut self.questions.iter().map(|(_, engaged, _)| *engaged)),
            "o1": self.questions.iter().filter(|(f, _, _)| answered(f) > 0).count(),
            "o2": groups().filter(|frequency| answered(frequency) > 0).count(),
            "o2a4": total(&mut groups().map(|frequency| sum(frequency.choices.last().copied()))),
            "o3": total(&mut self.profiles.iter().map(|(profile, _)| profile.respondents())),
            "ranks": total(&mut self.profiles.iter().flat_map(|(_, ranks)| ranks).flatten().copied()),
            "on": total(&mut self.areas.iter().map(|area| area.engaged)),
            "resp": total(&mut self.areas.iter().map(|area| area.respondents)),
            "pon": self.areas.iter().map(|area| area.people).sum::<u64>(),
            "yn": total(&mut self.transitions.iter().map(|(_, stops)| *stops)),
            "ny": total(&mut self.transitions.iter().map(|(starts, _)| *starts)),
        })
    }
}

fn sum(counts: impl IntoIterator<Item = Count>) -> u32 {
    counts.into_iter().filter_map(Count::shown).sum()
}
