//! 締切の延長: a municipality asks for a later deadline of its own, the prefecture grants it or not.

/// One step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExtensionStep {
    /// The municipality asked, with a date and a reason.
    Requested,
    /// The prefecture granted it, with the date that holds.
    Granted,
    /// The prefecture did not, with a reason.
    Declined,
}

impl ExtensionStep {
    /// All steps.
    pub const ALL: [Self; 3] = [Self::Requested, Self::Granted, Self::Declined];

    /// The code stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Granted => "granted",
            Self::Declined => "declined",
        }
    }

    /// The step of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Requested => "申出",
            Self::Granted => "承認",
            Self::Declined => "不承認",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_found_by_its_code() {
        for step in ExtensionStep::ALL {
            assert_eq!(ExtensionStep::of_code(step.code()), Some(step));
        }
        assert_eq!(ExtensionStep::of_code("x"), None);
    }
}
