//! The course of a response: what its events say together.

use shared::response::ResponseState;

use crate::store::{Author, ResponseEvent};

/// One event with the state that it left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'e> {
    /// The state before.
    pub from: ResponseState,
    /// What happened.
    pub event: &'e ResponseEvent,
}

impl Step<'_> {
    /// The prefecture sent it back.
    pub fn is_return(self) -> bool {
        self.from.is_handed_in() && self.event.to == ResponseState::Returned
    }

    /// An approver sent it back inside the municipality, or the request for approval was withdrawn.
    pub fn ends_request(self) -> bool {
        self.from == ResponseState::AwaitingApproval
            && matches!(self.event.to, ResponseState::InProgress | ResponseState::Returned)
    }

    /// An approver sent it back inside the municipality: only that has a reason.
    pub fn is_sent_back(self) -> bool {
        self.ends_request() && !self.event.note.is_empty()
    }
}

/// The events, oldest first, each with the state that it left.
pub fn steps(events: &[ResponseEvent]) -> impl DoubleEndedIterator<Item = Step<'_>> {
    (0..events.len()).map(|place| Step {
        from: place.checked_sub(1).map_or(ResponseState::NotStarted, |before| events[before].to),
        event: &events[place],
    })
}

/// The last time that the prefecture sent it back.
pub fn last_return(events: &[ResponseEvent]) -> Option<&ResponseEvent> {
    steps(events).rfind(|step| step.is_return()).map(|step| step.event)
}

/// An approver's reason, as long as approval was not asked for again and nothing was handed in.
pub fn open_send_back(events: &[ResponseEvent]) -> Option<&ResponseEvent> {
    steps(events).next_back().filter(|step| step.is_sent_back()).map(|step| step.event)
}

/// What a response that awaits approval was before: in progress or returned.
pub fn before_request(events: &[ResponseEvent]) -> ResponseState {
    let request = steps(events).rfind(|step| step.event.to == ResponseState::AwaitingApproval);
    match request.map(|step| step.from) {
        Some(ResponseState::Returned) => ResponseState::Returned,
        _ => ResponseState::InProgress,
    }
}

/// Who asked for the approval that is awaited.
pub fn awaited_by(events: &[ResponseEvent]) -> Option<&ResponseEvent> {
    events.last().filter(|event| event.to == ResponseState::AwaitingApproval)
}

/// Whose words a submission carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signatures<'e> {
    /// Who asked for approval; `None` when it was handed in without.
    pub answered: Option<&'e Author>,
    /// Who handed it in: the approver, where approval was asked for.
    pub submitted: &'e Author,
}

impl Signatures<'_> {
    /// 自己承認: one account asked for approval and gave it.
    pub fn is_own_approval(self) -> bool {
        self.answered.is_some_and(|answered| answered.account.is_some() && answered.account == self.submitted.account)
    }
}

/// Whose words the submission of that receipt number carries.
pub fn signatures<'e>(events: &'e [ResponseEvent], receipt: &str) -> Option<Signatures<'e>> {
    let place = events.iter().rposition(|e| e.to == ResponseState::Submitted && e.note == receipt)?;
    let before = place.checked_sub(1).map(|before| &events[before]);
    let request = before.filter(|event| event.to == ResponseState::AwaitingApproval);
    Some(Signatures { answered: request.map(|event| &event.by), submitted: &events[place].by })
}

/// What came of the prefecture's last return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction<'e> {
    /// When it was sent back, and why.
    pub returned: &'e ResponseEvent,
    /// When it was handed in again; `None` while it is being corrected.
    pub again: Option<&'e ResponseEvent>,
}

/// What came of the prefecture's last return; `None` when there was none.
pub fn correction(events: &[ResponseEvent]) -> Option<Correction<'_>> {
    let back = steps(events).rev().position(Step::is_return)?;
    let (returned, after) = events[events.len() - 1 - back..].split_first()?;
    Some(Correction { returned, again: after.iter().find(|event| event.to == ResponseState::Submitted) })
}

#[cfg(test)]
mod tests {
    use ResponseState::{Accepted, AwaitingApproval, InProgress, Returned, Submitted};
    use shared::time::Timestamp;

    use super::*;
    use crate::store::AccountId;

    /// Events in that order; the author's account is the number.
    fn course(steps: &[(ResponseState, i64, &str)]) -> Vec<ResponseEvent> {
        (0..)
            .zip(steps)
            .map(|(at, (to, account, note))| ResponseEvent {
                at: Timestamp(at),
                by: Author { account: Some(AccountId(*account)), name: format!("職員{account}") },
                to: *to,
                note: (*note).to_owned(),
            })
            .collect()
    }

    #[test]
    fn an_approvers_reason_stands_until_approval_is_asked_for_again() {
        let mut events = course(&[(InProgress, 1, ""), (AwaitingApproval, 1, ""), (InProgress, 2, "数値を確認")]);
        assert_eq!(open_send_back(&events).unwrap().note, "数値を確認");
        events.extend(course(&[(AwaitingApproval, 1, "")]));
        assert_eq!(open_send_back(&events), None);
        assert_eq!(awaited_by(&events).unwrap().by.name, "職員1");
        events.extend(course(&[(InProgress, 1, "")]));
        assert_eq!(open_send_back(&events), None, "withdrawn, not sent back");
        assert_eq!(awaited_by(&events), None);
    }

    #[test]
    fn what_awaits_approval_comes_back_as_what_it_was() {
        let first = [(InProgress, 1, ""), (AwaitingApproval, 1, "")];
        assert_eq!(before_request(&course(&first)), InProgress);
        let again = [first.as_slice(), &[(Submitted, 2, "1"), (Returned, 9, ""), (AwaitingApproval, 1, "")]].concat();
        assert_eq!(before_request(&course(&again)), Returned);
        let and_again = [again.as_slice(), &[(Returned, 1, ""), (AwaitingApproval, 1, "")]].concat();
        assert_eq!(before_request(&course(&and_again)), Returned, "withdrawn once");
    }

    #[test]
    fn a_return_by_the_approver_is_none_by_the_prefecture() {
        let events = course(&[
            (InProgress, 1, ""),
            (Submitted, 1, "1"),
            (Returned, 9, "県から"),
            (AwaitingApproval, 1, ""),
            (Returned, 2, "庁内で"),
        ]);
        assert_eq!(last_return(&events).unwrap().note, "県から");
        assert_eq!(open_send_back(&events).unwrap().note, "庁内で");
        let correction = correction(&events).unwrap();
        assert_eq!((correction.returned.note.as_str(), correction.again), ("県から", None));
    }

    #[test]
    fn a_correction_ends_with_the_next_submission() {
        let mut events = course(&[(InProgress, 1, ""), (Submitted, 1, "1")]);
        assert_eq!(correction(&events), None);
        events.extend(course(&[(Accepted, 9, ""), (Returned, 9, "誤り"), (Submitted, 1, "2"), (Accepted, 9, "")]));
        let found = correction(&events).unwrap();
        assert_eq!((found.returned.note.as_str(), found.again.unwrap().note.as_str()), ("誤り", "2"));
        events.extend(course(&[(Returned, 9, "また")]));
        let found = correction(&events).unwrap();
        assert_eq!((found.returned.note.as_str(), found.again), ("また", None));
    }

    #[test]
    fn a_submission_names_who_answered_and_who_approved() {
        let events = course(&[
            (InProgress, 1, ""),
            (AwaitingApproval, 1, ""),
            (Submitted, 2, "1"),
            (Returned, 9, ""),
            (AwaitingApproval, 2, ""),
            (Submitted, 2, "2"),
            (Returned, 9, ""),
            (Submitted, 1, "3"),
        ]);
        let names = |receipt: &str| {
            let found = signatures(&events, receipt).unwrap();
            (found.answered.map(|by| by.name.as_str()), found.submitted.name.as_str(), found.is_own_approval())
        };
        assert_eq!(names("1"), (Some("職員1"), "職員2", false));
        assert_eq!(names("2"), (Some("職員2"), "職員2", true));
        assert_eq!(names("3"), (None, "職員1", false), "without approval");
        assert_eq!(signatures(&events, "4"), None);
    }
}
