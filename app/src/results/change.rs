//! 前の年度からの増減 in words: known, unknown, or not to be told, and why.

use shared::fiscal_year::FiscalYear;
use shared::indicator::Outcome;
use shared::tabulation::{Comparability, Count, Frequency, Refusal, State, Variable};

/// The year before, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Which year.
    pub year: FiscalYear,
    /// Whether it may be compared.
    pub comparability: Comparability,
    /// Its counts.
    pub table: Result<Frequency, Refusal>,
}

/// How the choice changed since the year before: one sentence.
///
/// An increase or decrease is only called so where it holds whatever those without an answer would have said (the
/// bounds of [`shared::statistics::bounds::change`]).
pub fn sentence(variable: &Variable, code: u8, now: &Frequency, before: &Before) -> String {
    let since = before.year.wareki();
    match before.comparability {
        Comparability::Comparable => {}
        Comparability::NotAsked => return format!("{since}には聞いていないため、増減は示しません。"),
        reason @ (Comparability::KindDiffers | Comparability::ChoicesDiffer | Comparability::Forbidden) => {
            return format!("{since}とは{}", reason.sentence());
        }
    }
    let Ok(earlier) = &before.table else {
        return format!("{since}の値は表示できないため、増減は示しません。");
    };
    let (Some(later), Some(earlier)) = (outcome(now, code), outcome(earlier, code)) else {
        return format!("{since}又は今回の値を秘匿しているため、増減は示しません。");
    };
    let Some(change) = later.change_since(&earlier) else {
        return format!("{since}には当てはまる市町村がないため、増減は示しません。");
    };
    let label = variable.choices.get(usize::from(code)).map_or("", |choice| choice.label.as_str());
    let size = change.confirmed.0.unsigned_abs();
    let points = format!("{}.{}ポイント", size / 10, size % 10);
    let exact = later.share().since(earlier.share()).map(shared::share::Difference::sign);
    match (change.sign_is_known(), exact) {
        (true, Some(std::cmp::Ordering::Greater)) => format!("「{label}」は{since}より{points}増えました。"),
        (true, Some(std::cmp::Ordering::Less)) => format!("「{label}」は{since}より{points}減りました。"),
        (true, _) => format!("「{label}」の割合は{since}と同じです。"),
        (false, _) => format!(
            "「{label}」の{since}との差は{}ですが、回答のない市町村があるため、増えたか減ったかは確定しません。",
            change.confirmed
        ),
    }
}

/// Those with the choice, those certainly without it, and the rest; `None` where that is suppressed or was not offered.
///
/// 該当なし and 対象外 are certain: the choice does not hold. 不明, 無回答 and 未提出 leave it open.
pub fn outcome(table: &Frequency, code: u8) -> Option<Outcome> {
    let chosen = table.choices.get(usize::from(code))?.shown()?;
    let without = [State::NotApplicable, State::Skipped].map(|state| table.state(state));
    let without: Option<u32> = without.into_iter().map(Count::shown).sum();
    Some(Outcome {
        engaged: chosen,
        not_engaged: table.answered.shown()?.checked_sub(chosen)? + without?,
        register: table.register,
        respondents: table.respondents(),
    })
}

#[cfg(test)]
mod tests {
    use shared::tabulation::variable::VariableChoice;

    use super::*;

    fn year(year: u16) -> FiscalYear {
        FiscalYear::new(year).unwrap()
    }

    fn variable() -> Variable {
        let choice = VariableChoice { name: "1".to_owned(), label: "済".to_owned(), short: "済".to_owned() };
        Variable { concept: "q".to_owned(), choices: vec![choice], editions: std::iter::empty().collect() }
    }

    fn table(of: u16, chosen: u32, other: u32, blank: u32) -> Frequency {
        let mut states = [Count::Shown(0); 6];
        states[State::Blank.place()] = Count::Shown(blank);
        Frequency {
            year: year(of),
            multiple: false,
            register: chosen + other + blank,
            answered: Count::Shown(chosen + other),
            choices: vec![Count::Shown(chosen)],
            states,
        }
    }

    fn said(now: &Frequency, before: Frequency) -> String {
        let before = Before { year: before.year, comparability: Comparability::Comparable, table: Ok(before) };
        sentence(&variable(), 0, now, &before)
    }

    #[test]
    fn a_change_is_called_one_only_where_its_sign_is_known() {
        let now = table(2025, 30, 10, 0);
        assert_eq!(said(&now, table(2024, 20, 20, 0)), "「済」は令和6年度より25.0ポイント増えました。");
        assert_eq!(said(&now, table(2024, 35, 5, 0)), "「済」は令和6年度より12.5ポイント減りました。");
        assert_eq!(said(&now, table(2024, 15, 5, 0)), "「済」の割合は令和6年度と同じです。");
        let unsure = said(&now, table(2024, 25, 5, 10));
        assert_eq!(
            unsure,
            "「済」の令和6年度との差は＋12.5ポイントですが、回答のない市町村があるため、増えたか減ったかは確定しません。"
        );
    }

    #[test]
    fn where_there_is_no_change_to_tell_the_reason_is_said() {
        let now = table(2025, 30, 10, 0);
        let before =
            |comparability, table| sentence(&variable(), 0, &now, &Before { year: year(2024), comparability, table });
        let asked = || Ok(table(2024, 20, 20, 0));
        assert_eq!(
            before(Comparability::ChoicesDiffer, asked()),
            "令和6年度とは選択肢が変わったため、比較できません。"
        );
        assert_eq!(before(Comparability::NotAsked, asked()), "令和6年度には聞いていないため、増減は示しません。");
        let hidden = before(Comparability::Comparable, Err(Refusal::NotVisible));
        assert_eq!(hidden, "令和6年度の値は表示できないため、増減は示しません。");
        let mut suppressed = table(2024, 20, 20, 0);
        suppressed.choices[0] = Count::Suppressed;
        assert!(said(&now, suppressed).contains("秘匿している"));
        assert!(said(&now, table(2024, 0, 0, 0)).contains("当てはまる市町村がない"));
    }

    #[test]
    fn what_a_branch_leaves_out_is_certainly_without_the_choice() {
        let mut branched = table(2025, 3, 5, 2);
        branched.register += 30;
        branched.states[State::Skipped.place()] = Count::Shown(30);
        let outcome = outcome(&branched, 0).unwrap();
        assert_eq!((outcome.engaged, outcome.not_engaged, outcome.undetermined()), (3, 35, 2));
    }
}
