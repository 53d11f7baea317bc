//! 確率モデル: where chance is supposed to come from in a survey that asks everybody.
//!
//! A census has no sampling error, so an interval or a test means something only under a model that somebody states.
//! The platform asks for it and prints it with the figure.

use super::Undefined;
use crate::indicator::Outcome;

/// What an interval or a test supposes to be random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChanceModel {
    /// Which municipalities are undetermined is as good as random.
    NonResponse,
    /// The municipalities' answers are one draw of a process that could have come out differently (超母集団).
    Superpopulation,
    /// Without a relation, any assignment of the answers to the groups would be equally likely (並べ替え).
    Exchangeable,
}

impl ChanceModel {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Exchangeable, Self::Superpopulation, Self::NonResponse];

    /// The code used in addresses and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::NonResponse => "non_response",
            Self::Superpopulation => "superpopulation",
            Self::Exchangeable => "exchangeable",
        }
    }

    /// The model of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.code() == code)
    }

    /// Its name in a list to choose from.
    pub fn label(self) -> &'static str {
        match self {
            Self::NonResponse => "値の確定していない市町村は偶然に抜けた（標本）",
            Self::Superpopulation => "回答は、ばらつきうる過程の1回の結果（超母集団）",
            Self::Exchangeable => "どの市町村がどの回答になるかは入れ替わりえた（並べ替え）",
        }
    }

    /// The assumption, to be printed beside the figure.
    pub fn assumption(self) -> &'static str {
        match self {
            Self::NonResponse => {
                "値が確定していない市町村は、確定した市町村から偏りなく抜け落ちたものと仮定しています。"
            }
            Self::Superpopulation => {
                "各市町村の回答は、同じ条件でもばらつきうる過程の1回の結果であると仮定しています。"
            }
            Self::Exchangeable => "関係がなければ、回答がどの組に入るかは等しく起こりうると仮定しています。",
        }
    }

    /// Whether an interval may stand beside the share. On a complete census never, whatever is assumed: the share is
    /// known.
    pub fn check_interval(self, outcome: &Outcome) -> Result<(), Undefined> {
        if outcome.engaged + outcome.not_engaged == 0 {
            return Err(Undefined::NoData);
        }
        if outcome.undetermined() == 0 { Err(Undefined::CompleteCensus) } else { Ok(()) }
    }

    /// Whether a test may be made. On a complete census not under [`Self::NonResponse`]: nobody is missing.
    pub fn check_test(self, outcome: &Outcome) -> Result<(), Undefined> {
        match self {
            Self::NonResponse => self.check_interval(outcome),
            Self::Superpopulation | Self::Exchangeable if outcome.engaged + outcome.not_engaged == 0 => {
                Err(Undefined::NoData)
            }
            Self::Superpopulation | Self::Exchangeable => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_census_has_no_interval_and_no_test_of_non_response() {
        let complete = Outcome { engaged: 27, not_engaged: 13, register: 40, respondents: 40 };
        for model in [ChanceModel::NonResponse, ChanceModel::Superpopulation, ChanceModel::Exchangeable] {
            assert_eq!(model.check_interval(&complete), Err(Undefined::CompleteCensus));
        }
        assert_eq!(ChanceModel::NonResponse.check_test(&complete), Err(Undefined::CompleteCensus));
        assert_eq!(ChanceModel::Exchangeable.check_test(&complete), Ok(()));
    }

    #[test]
    fn every_model_is_known_by_its_code() {
        assert!(ChanceModel::ALL.into_iter().all(|model| ChanceModel::of_code(model.code()) == Some(model)));
        assert_eq!(ChanceModel::of_code("none"), None);
    }

    #[test]
    fn nothing_is_said_before_anybody_answered() {
        let empty = Outcome { register: 40, ..Outcome::default() };
        assert_eq!(ChanceModel::NonResponse.check_interval(&empty), Err(Undefined::NoData));
        assert_eq!(ChanceModel::Superpopulation.check_test(&empty), Err(Undefined::NoData));
    }
}
