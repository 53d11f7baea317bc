//! Three-way merge of one answer: as it was when a workbook was downloaded, as the workbook has it now, as it is stored
//! now.
//!
//! Nothing is decided silently that could lose an answer: a value disappears only when whoever replaced it had seen it,
//! or chose so on the merge page.

use super::answer::AnswerValue;

/// What the answer was when the workbook was downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// That answer, `None` for a blank.
    Known(Option<AnswerValue>),
    /// The workbook no longer says (its hidden columns were taken out on the way).
    Unknown,
}

/// What stands in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// An answer, `None` for an empty cell.
    Answer(Option<AnswerValue>),
    /// Something that cannot be an answer, and why.
    Unreadable(String),
}

/// How the three go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// Nobody changed it.
    Unchanged,
    /// Changed since the download, but not in the workbook: what is stored stays.
    KeepNow,
    /// The workbook says what is stored by now.
    Same,
    /// Changed in the workbook only.
    TakeWorkbook {
        /// The workbook's answer.
        workbook: AnswerValue,
    },
    /// 消去: emptied in the workbook, unchanged since the download.
    Clear,
    /// Changed to different answers on both sides.
    Conflict {
        /// The workbook's answer, `None` when it was emptied there.
        workbook: Option<AnswerValue>,
    },
    /// The workbook's cell cannot be read as an answer.
    Invalid {
        /// Why, and what to do.
        reason: String,
    },
}

/// Which answer shall stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The workbook's.
    Workbook,
    /// The stored one.
    Now,
}

impl Decision {
    /// The code that forms send.
    pub fn code(self) -> &'static str {
        match self {
            Self::Workbook => "workbook",
            Self::Now => "now",
        }
    }

    /// The decision of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Workbook, Self::Now].into_iter().find(|decision| decision.code() == code)
    }
}

/// There are two answers and nobody chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("どちらの回答にするか選んでください。")]
pub struct Undecided;

impl Merge {
    /// Compares the three.
    pub fn of(base: &Base, reading: Reading, now: Option<&AnswerValue>) -> Self {
        let workbook = match reading {
            Reading::Answer(workbook) => workbook,
            Reading::Unreadable(reason) => return Self::Invalid { reason },
        };
        if workbook.as_ref() == now {
            return if *base == Base::Known(workbook) { Self::Unchanged } else { Self::Same };
        }
        match (base, workbook) {
            (Base::Known(base), workbook) if *base == workbook => Self::KeepNow,
            // An empty cell of which nobody knows that it ever was filled is not an answer taken away.
            (Base::Unknown, None) => Self::KeepNow,
            (Base::Known(base), None) if base.as_ref() == now => Self::Clear,
            (Base::Known(base), Some(workbook)) if base.as_ref() == now => Self::TakeWorkbook { workbook },
            (Base::Known(_) | Base::Unknown, workbook) => Self::Conflict { workbook },
        }
    }

    /// Whether the workbook asks for another answer than the stored one, so that somebody must look.
    pub fn is_offer(&self) -> bool {
        match self {
            Self::TakeWorkbook { .. } | Self::Clear | Self::Conflict { .. } => true,
            Self::Unchanged | Self::KeepNow | Self::Same | Self::Invalid { .. } => false,
        }
    }

    /// What is chosen before anybody chose: a new answer is taken, a deletion is not, a conflict is left open.
    pub fn proposed(&self) -> Option<Decision> {
        match self {
            Self::TakeWorkbook { .. } => Some(Decision::Workbook),
            Self::Conflict { .. } => None,
            Self::Clear | Self::Unchanged | Self::KeepNow | Self::Same | Self::Invalid { .. } => Some(Decision::Now),
        }
    }

    /// The answer that shall be stored, given what is stored now and what somebody chose.
    pub fn resolve(self, now: Option<AnswerValue>, chosen: Option<Decision>) -> Result<Option<AnswerValue>, Undecided> {
        match chosen.or(self.proposed()).ok_or(Undecided)? {
            Decision::Now => Ok(now),
            Decision::Workbook => Ok(match self {
                Self::TakeWorkbook { workbook } => Some(workbook),
                Self::Conflict { workbook } => workbook,
                Self::Clear => None,
                Self::Unchanged | Self::KeepNow | Self::Same | Self::Invalid { .. } => now,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Value = Option<AnswerValue>;

    #[expect(clippy::unnecessary_wraps, reason = "it stands where an answer may be missing")]
    fn number(n: i64) -> Value {
        Some(AnswerValue::Integer(n))
    }

    fn merge(base: Value, workbook: Value, now: &Value) -> Merge {
        Merge::of(&Base::Known(base), Reading::Answer(workbook), now.as_ref())
    }

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            1 => Just(None),
            4 => (0_i64..4).prop_map(number),
            1 => "[あい]{0,1}".prop_map(|text| Some(AnswerValue::Text(text))),
        ]
    }

    fn any_base() -> impl Strategy<Value = Base> {
        prop_oneof![4 => any_value().prop_map(Base::Known), 1 => Just(Base::Unknown)]
    }

    fn any_decision() -> impl Strategy<Value = Option<Decision>> {
        prop::sample::select(vec![None, Some(Decision::Workbook), Some(Decision::Now)])
    }

    #[test]
    fn each_case_has_its_name() {
        let (one, two, three) = (number(1), number(2), number(3));
        let take = |n| Merge::TakeWorkbook { workbook: AnswerValue::Integer(n) };
        for (base, workbook, now, expected) in [
            (&one, &one, &one, Merge::Unchanged),
            (&None, &None, &None, Merge::Unchanged),
            (&one, &one, &two, Merge::KeepNow),
            (&one, &one, &None, Merge::KeepNow),
            (&one, &two, &two, Merge::Same),
            (&one, &None, &None, Merge::Same),
            (&one, &two, &one, take(2)),
            (&None, &two, &None, take(2)),
            (&one, &None, &one, Merge::Clear),
            (&one, &two, &three, Merge::Conflict { workbook: two.clone() }),
            (&one, &None, &two, Merge::Conflict { workbook: None }),
            (&one, &two, &None, Merge::Conflict { workbook: two.clone() }),
            (&None, &two, &three, Merge::Conflict { workbook: two.clone() }),
        ] {
            assert_eq!(merge(base.clone(), workbook.clone(), now), expected, "{base:?} {workbook:?} {now:?}");
        }
    }

    #[test]
    fn without_a_base_nothing_is_taken_for_granted() {
        let of = |workbook: Value, now: Value| Merge::of(&Base::Unknown, Reading::Answer(workbook), now.as_ref());
        assert_eq!(of(number(1), number(1)), Merge::Same);
        assert_eq!(of(None, number(1)), Merge::KeepNow);
        assert_eq!(of(number(2), number(1)), Merge::Conflict { workbook: number(2) });
        assert_eq!(of(number(2), None), Merge::Conflict { workbook: number(2) });
    }

    #[test]
    fn a_deletion_is_proposed_to_be_left() {
        assert_eq!(merge(number(1), None, &number(1)).resolve(number(1), None), Ok(number(1)));
        assert_eq!(merge(number(1), None, &number(1)).resolve(number(1), Some(Decision::Workbook)), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        for base in [Base::Unknown, Base::Known(number(1))] {
            let merge = Merge::of(&base, Reading::Unreadable("数値で".to_owned()), number(2).as_ref());
            assert!(!merge.is_offer());
            for chosen in [None, Some(Decision::Workbook), Some(Decision::Now)] {
                assert_eq!(merge.clone().resolve(number(2), chosen), Ok(number(2)));
            }
        }
    }

    #[test]
    fn decisions_are_read_back() {
        for decision in [Decision::Workbook, Decision::Now] {
            assert_eq!(Decision::of_code(decision.code()), Some(decision));
        }
        assert_eq!(Decision::of_code("mine"), None);
    }

    /// One step in the life of an answer that is filled in online and in several workbooks at once.
    #[derive(Debug, Clone)]
    enum Step {
        /// Somebody saves an answer on the screen, having seen the stored one.
        Online(Value),
        /// A workbook is downloaded into that place.
        Download(usize),
        /// A cell is filled or emptied there.
        Fill(usize, Value),
        /// The workbook loses its hidden columns on the way.
        Strip(usize),
        /// It is uploaded, and somebody chooses.
        Upload(usize, Option<Decision>),
    }

    fn any_step() -> impl Strategy<Value = Step> {
        let place = 0_usize..3;
        prop_oneof![
            any_value().prop_map(Step::Online),
            place.clone().prop_map(Step::Download),
            (place.clone(), any_value()).prop_map(|(place, value)| Step::Fill(place, value)),
            place.clone().prop_map(Step::Strip),
            (place, any_decision()).prop_map(|(place, chosen)| Step::Upload(place, chosen)),
        ]
    }

    proptest! {
        #[test]
        fn merging_with_no_change_is_identity(base in any_value(), now in any_value()) {
            for chosen in [None, Some(Decision::Workbook), Some(Decision::Now)] {
                let untouched = merge(base.clone(), base.clone(), &now);
                prop_assert!(!untouched.is_offer());
                prop_assert_eq!(untouched.resolve(now.clone(), chosen), Ok(now.clone()));
            }
        }

        #[test]
        fn a_conflict_is_one_from_both_sides(base in any_base(), a in any_value(), b in any_value()) {
            let of = |workbook: &Value, now: &Value| {
                Merge::of(&base, Reading::Answer(workbook.clone()), now.as_ref())
            };
            let is_conflict = |merge: Merge| matches!(merge, Merge::Conflict { .. });
            let blank = base == Base::Unknown && (a.is_none() || b.is_none());
            prop_assert!(blank || is_conflict(of(&a, &b)) == is_conflict(of(&b, &a)));
        }

        #[test]
        fn a_decision_is_followed(base in any_base(), workbook in any_value(), now in any_value()) {
            let merge = Merge::of(&base, Reading::Answer(workbook.clone()), now.as_ref());
            prop_assert_eq!(merge.clone().resolve(now.clone(), Some(Decision::Now)), Ok(now.clone()));
            let taken = merge.clone().resolve(now.clone(), Some(Decision::Workbook)).unwrap();
            if merge.is_offer() {
                prop_assert_eq!(&taken, &workbook);
                prop_assert_ne!(&workbook, &now);
            } else {
                prop_assert_eq!(&taken, &now);
            }
        }

        /// Whatever is done in whatever order: a stored answer goes only when its remover had it before the eyes, and
        /// what was filled into a workbook and uploaded is stored or was declined by choice.
        #[test]
        fn no_answer_is_ever_lost(steps in prop::collection::vec(any_step(), 0..24)) {
            let mut now: Value = None;
            // What the workbook says and what it was downloaded with.
            let mut workbooks: [Option<(Value, Base)>; 3] = Default::default();
            for step in steps {
                match step {
                    Step::Online(value) => now = value,
                    Step::Download(place) => workbooks[place] = Some((now.clone(), Base::Known(now.clone()))),
                    Step::Fill(place, value) => {
                        if let Some((cell, _)) = &mut workbooks[place] {
                            *cell = value;
                        }
                    }
                    Step::Strip(place) => {
                        if let Some((_, base)) = &mut workbooks[place] {
                            *base = Base::Unknown;
                        }
                    }
                    Step::Upload(place, chosen) => {
                        let Some((cell, base)) = workbooks[place].clone() else { continue };
                        let merge = Merge::of(&base, Reading::Answer(cell.clone()), now.as_ref());
                        let Ok(stored) = merge.clone().resolve(now.clone(), chosen) else {
                            prop_assert!(matches!(merge, Merge::Conflict { .. }), "only a conflict stays open");
                            continue;
                        };
                        let seen = base == Base::Known(now.clone()) && cell.is_some();
                        prop_assert!(stored == now || seen || chosen == Some(Decision::Workbook), "{merge:?}");
                        let touched = !matches!(&base, Base::Known(base) if *base == cell);
                        let emptied = cell.is_none() && chosen != Some(Decision::Workbook);
                        let declined = emptied || chosen == Some(Decision::Now)
                            || base == Base::Unknown && cell.is_none();
                        prop_assert!(stored == cell || !touched || declined, "{merge:?}");
                        now = stored;
                    }
                }
            }
        }
    }
}
