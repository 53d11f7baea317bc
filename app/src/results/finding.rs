//! 結果の文: what a question's counts say, in one sentence, honest about what is missing.

use shared::tabulation::{Count, Exact, Frequency, NumberSummary, State, Variable, VariableKind};

use crate::components::format;

/// Which choice leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// Nobody is on the register, or passes the filter.
    Nobody,
    /// The year did not ask it.
    NotAsked,
    /// Nobody gave a value.
    NoAnswer,
    /// What could lead is suppressed.
    Hidden,
    /// One choice.
    One {
        /// Its code.
        code: u8,
        /// How many.
        count: u32,
        /// Another one that is suppressed may have more.
        among_shown: bool,
    },
    /// Several choices have the same count, and none has more.
    Tie {
        /// Their codes, ascending.
        codes: Vec<u8>,
        /// How many each.
        count: u32,
        /// Another one that is suppressed may have more.
        among_shown: bool,
    },
}

/// Which choice leads in a table of choices.
pub fn lead(table: &Frequency) -> Lead {
    if table.register == 0 {
        return Lead::Nobody;
    }
    if table.state(State::NotAsked) == Count::Shown(table.register) {
        return Lead::NotAsked;
    }
    if table.answered == Count::Shown(0) {
        return Lead::NoAnswer;
    }
    let shown = || (0..=u8::MAX).zip(&table.choices).filter_map(|(code, count)| Some((code, count.shown()?)));
    let Some(most) = shown().map(|(_, count)| count).max().filter(|most| *most > 0) else { return Lead::Hidden };
    let codes: Vec<u8> = shown().filter(|(_, count)| *count == most).map(|(code, _)| code).collect();
    let among_shown = table.choices.contains(&Count::Suppressed) && most <= most_hidden(table);
    match codes.as_slice() {
        [code] => Lead::One { code: *code, count: most, among_shown },
        _ => Lead::Tie { codes, count: most, among_shown },
    }
}

/// The most that a suppressed choice can have, as anybody can work it out from what is shown.
fn most_hidden(table: &Frequency) -> u32 {
    let sum = |counts: &[Count]| -> u32 { counts.iter().filter_map(|count| count.shown()).sum() };
    let without_states = table.register.saturating_sub(sum(&table.states));
    if table.multiple { without_states } else { without_states.saturating_sub(sum(&table.choices)) }
}

/// The sentence, in phrases between which a line may break. `group` names the municipalities that are counted, such as
/// 「東青の」; empty for everybody.
pub fn finding(variable: &Variable, table: &Frequency, numbers: Option<&NumberSummary>, group: &str) -> Vec<String> {
    let of = format!("{group}{}市町村", format::thousands(u64::from(table.register)));
    if let Some(sentence) = nothing(table, &of) {
        return sentence;
    }
    let edition = variable.edition(table.year);
    match edition.map_or(VariableKind::Text, |edition| edition.kind) {
        VariableKind::Single | VariableKind::Multiple => of_choices(variable, table, &of),
        VariableKind::Number => {
            of_numbers(table, numbers, edition.and_then(|edition| edition.unit.as_deref()).unwrap_or_default(), &of)
        }
        VariableKind::Text => match table.answered {
            Count::Shown(count) => {
                phrases([format!("{of}のうち"), format!("{}が", municipalities(count)), "記入しました。".to_owned()])
            }
            Count::Suppressed | Count::NotOffered => hidden(),
        },
    }
}

fn nothing(table: &Frequency, of: &str) -> Option<Vec<String>> {
    match lead(table) {
        Lead::Nobody => Some(phrases([
            "条件に".to_owned(),
            "当てはまる".to_owned(),
            "市町村は".to_owned(),
            "ありません。".to_owned(),
        ])),
        Lead::NotAsked => Some(phrases([
            format!("{}は", table.year.wareki()),
            "この設問を".to_owned(),
            "聞いていません。".to_owned(),
        ])),
        Lead::NoAnswer => {
            let without = if table.register == 1 { "は" } else { "すべてが" };
            Some(phrases([
                format!("{of}{without}"),
                "値を回答して".to_owned(),
                "いません".to_owned(),
                format!("（{}）。", missing(table)),
            ]))
        }
        Lead::Hidden | Lead::One { .. } | Lead::Tie { .. } => None,
    }
}

fn of_choices(variable: &Variable, table: &Frequency, of: &str) -> Vec<String> {
    let label = |code: u8| {
        let edition = variable.edition(table.year);
        let then = edition.and_then(|edition| edition.offered.get(usize::from(code)).cloned().flatten());
        then.or_else(|| variable.choices.get(usize::from(code)).map(|choice| choice.label.clone())).unwrap_or_default()
    };
    let share = |count: u32| {
        let share = shared::share::Share::new(count, table.register);
        format!("{}（{share}）", format::thousands(u64::from(count)))
    };
    let several = if table.multiple { "（複数回答）" } else { "" };
    let best = |among_shown: bool| {
        if among_shown { "秘匿した選択肢を除いて最も多く、" } else { "最も多く、" }
    };
    match lead(table) {
        Lead::One { code, count, among_shown } => phrases([
            format!("「{}」が", label(code)),
            best(among_shown).to_owned(),
            format!("{of}のうち"),
            format!("{}です{several}。", share(count)),
        ]),
        Lead::Tie { codes, count, among_shown } => {
            let names = match codes.as_slice() {
                [one, other] => format!("「{}」と「{}」が", label(*one), label(*other)),
                [first, ..] => format!("「{}」など{}つの選択肢が", label(*first), codes.len()),
                [] => String::new(),
            };
            phrases([
                names,
                "同数で".to_owned(),
                best(among_shown).to_owned(),
                format!("{of}のうち"),
                format!("それぞれ{}です{several}。", share(count)),
            ])
        }
        Lead::Hidden | Lead::Nobody | Lead::NotAsked | Lead::NoAnswer => hidden(),
    }
}

fn of_numbers(table: &Frequency, numbers: Option<&NumberSummary>, unit: &str, of: &str) -> Vec<String> {
    let value = |number: Exact| format!("{}{unit}", rounded(number));
    match (numbers.and_then(|numbers| numbers.quartiles), table.answered) {
        (Some([lower, median, upper]), Count::Shown(count)) => phrases([
            format!("回答した{}の", municipalities(count)),
            format!("中央値は{}、", value(median)),
            "中央の半数は".to_owned(),
            format!("{}から{}です。", value(lower), value(upper)),
        ]),
        (None, Count::Shown(count)) => phrases([
            format!("{of}のうち"),
            format!("{}が回答しました。", municipalities(count)),
            "数値は".to_owned(),
            "秘匿しています。".to_owned(),
        ]),
        (_, Count::Suppressed | Count::NotOffered) => hidden(),
    }
}

fn hidden() -> Vec<String> {
    phrases([
        "市町村の回答が".to_owned(),
        "分かる".to_owned(),
        "おそれがあるため、".to_owned(),
        "数を秘匿しています。".to_owned(),
    ])
}

/// 「無回答1、未提出2」: every state that somebody is in; 「不明（秘匿）」 where how many is not told.
pub fn missing(table: &Frequency) -> String {
    let words = State::ALL.into_iter().filter_map(|state| match table.state(state) {
        Count::Shown(0) | Count::NotOffered => None,
        Count::Shown(count) => Some(format!("{}{}", state.label(), format::thousands(u64::from(count)))),
        Count::Suppressed => Some(format!("{}（秘匿）", state.label())),
    });
    words.collect::<Vec<_>>().join("、")
}

/// 「令和7年度（2025年度）、40市町村のうち38が提出。無回答1、未提出2」
pub fn subtitle(table: &Frequency, group: &str) -> String {
    let register = format::thousands(u64::from(table.register));
    let missing = missing(table);
    let missing = if missing.is_empty() { "回答のない市町村はありません".to_owned() } else { missing };
    format!("{}、{group}{register}市町村。{missing}", table.year)
}

/// A number rounded half up to two decimals: quartiles have two more than the answers.
pub fn rounded(number: Exact) -> String {
    format::grouped(&number.rounded(2).to_string())
}

fn municipalities(count: u32) -> String {
    format!("{}市町村", format::thousands(u64::from(count)))
}

fn phrases<const N: usize>(phrases: [String; N]) -> Vec<String> {
    phrases.into_iter().filter(|phrase| !phrase.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::fiscal_year::FiscalYear;
    use shared::tabulation::Edition;
    use shared::tabulation::variable::VariableChoice;
    use shared::visibility::{QuestionVisibility, Visibility};

    use super::*;

    const YEAR: u16 = 2025;

    fn variable(kind: VariableKind, choices: &[&str]) -> Variable {
        let edition = Edition {
            name: "q".to_owned(),
            number: "1".to_owned(),
            concept: "q".to_owned(),
            label: "設問".to_owned(),
            unit: (kind == VariableKind::Number).then(|| "人".to_owned()),
            visibility: QuestionVisibility { aggregate: Visibility::Public, named: Visibility::Council },
            withheld: None,
            kind,
            offered: choices.iter().map(|label| Some((*label).to_owned())).collect(),
            not_comparable: false,
            continues: Vec::new(),
            column: 0,
        };
        let choice = |label: &&str| VariableChoice {
            name: (*label).to_owned(),
            label: (*label).to_owned(),
            short: (*label).to_owned(),
        };
        Variable {
            concept: "q".to_owned(),
            choices: choices.iter().map(choice).collect(),
            editions: BTreeMap::from([(FiscalYear::new(YEAR).unwrap(), edition)]),
        }
    }

    /// Blank and 未提出 as given, everything else answered.
    fn table(choices: &[Count], blank: u32, not_submitted: u32) -> Frequency {
        let answered: u32 = choices.iter().filter_map(|count| count.shown()).sum();
        let mut states = [Count::Shown(0); 6];
        states[State::Blank.place()] = Count::Shown(blank);
        states[State::NotSubmitted.place()] = Count::Shown(not_submitted);
        Frequency {
            year: FiscalYear::new(YEAR).unwrap(),
            multiple: false,
            register: answered + blank + not_submitted,
            answered: Count::Shown(answered),
            choices: choices.to_vec(),
            states,
        }
    }

    fn said(kind: VariableKind, table: &Frequency) -> String {
        finding(&variable(kind, &["済", "検討中", "予定なし"]), table, None, "").concat()
    }

    fn shown(counts: [u32; 3]) -> Vec<Count> {
        counts.map(Count::Shown).to_vec()
    }

    #[test]
    fn the_choice_that_leads_is_named_with_its_count_and_share_of_the_register() {
        let said = said(VariableKind::Single, &table(&shown([12, 20, 5]), 1, 2));
        assert_eq!(said, "「検討中」が最も多く、40市町村のうち20（50.0％）です。");
    }

    #[test]
    fn choices_of_the_same_count_lead_together() {
        let two = said(VariableKind::Single, &table(&shown([8, 8, 4]), 0, 0));
        assert_eq!(two, "「済」と「検討中」が同数で最も多く、20市町村のうちそれぞれ8（40.0％）です。");
        let all = said(VariableKind::Single, &table(&shown([1, 1, 1]), 0, 0));
        assert_eq!(all, "「済」など3つの選択肢が同数で最も多く、3市町村のうちそれぞれ1（33.3％）です。");
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(said(VariableKind::Single, &table(&shown([0, 0, 0]), 0, 0)), "条件に当てはまる市町村はありません。");
        let blank = said(VariableKind::Single, &table(&shown([0, 0, 0]), 3, 2));
        assert_eq!(blank, "5市町村すべてが値を回答していません（無回答3、未提出2）。");
        let one = said(VariableKind::Multiple, &table(&shown([0, 0, 0]), 0, 1));
        assert_eq!(one, "1市町村は値を回答していません（未提出1）。");
        for words in [&blank, &one] {
            assert!(!words.contains('％') && !words.contains("NaN"), "{words}");
        }
    }

    #[test]
    fn a_year_that_did_not_ask_says_so() {
        let mut unasked = table(&[], 0, 0);
        unasked.register = 40;
        unasked.states[State::NotAsked.place()] = Count::Shown(40);
        assert_eq!(said(VariableKind::Single, &unasked), "令和7年度はこの設問を聞いていません。");
    }

    #[test]
    fn what_is_suppressed_is_not_overlooked() {
        // 40 on the register: 17 are hidden in two choices, so that 23 leads whatever they are.
        let mut sure = table(&[Count::Shown(23), Count::Suppressed, Count::Suppressed], 0, 0);
        (sure.register, sure.answered) = (40, Count::Shown(40));
        assert_eq!(said(VariableKind::Single, &sure), "「済」が最も多く、40市町村のうち23（57.5％）です。");
        let mut unsure = sure.clone();
        unsure.choices[0] = Count::Shown(13);
        assert_eq!(
            said(VariableKind::Single, &unsure),
            "「済」が秘匿した選択肢を除いて最も多く、40市町村のうち13（32.5％）です。"
        );
        let mut hidden = sure;
        hidden.choices = vec![Count::Suppressed; 3];
        hidden.answered = Count::Suppressed;
        let words = said(VariableKind::Single, &hidden);
        assert_eq!(words, "市町村の回答が分かるおそれがあるため、数を秘匿しています。");
    }

    #[test]
    fn several_answers_of_one_municipality_are_said_to_be_so() {
        let mut multiple = table(&shown([30, 25, 3]), 0, 0);
        (multiple.multiple, multiple.register, multiple.answered) = (true, 40, Count::Shown(40));
        assert_eq!(
            said(VariableKind::Multiple, &multiple),
            "「済」が最も多く、40市町村のうち30（75.0％）です（複数回答）。"
        );
    }

    #[test]
    fn a_text_counts_who_wrote_something() {
        let mut text = table(&[], 2, 1);
        (text.register, text.answered) = (1741, Count::Shown(1738));
        assert_eq!(said(VariableKind::Text, &text), "1,741市町村のうち1,738市町村が記入しました。");
    }

    #[test]
    fn numbers_have_their_middle_or_say_that_they_are_suppressed() {
        let mut counted = table(&[], 1, 1);
        (counted.register, counted.answered) = (40, Count::Shown(38));
        let quartiles = Some([Exact::new(2, 0), Exact::new(45, 1), Exact::new(12_125, 3)]);
        let mut summary =
            NumberSummary { frequency: counted.clone(), sum: None, min: None, quartiles, max: None, suppressed: false };
        let number = variable(VariableKind::Number, &[]);
        let said = |summary: &NumberSummary| finding(&number, &counted, Some(summary), "").concat();
        assert_eq!(said(&summary), "回答した38市町村の中央値は4.5人、中央の半数は2人から12.13人です。");
        (summary.quartiles, summary.suppressed) = (None, true);
        assert_eq!(said(&summary), "40市町村のうち38市町村が回答しました。数値は秘匿しています。");
    }

    #[test]
    fn who_is_counted_stands_before_the_number() {
        let words = finding(
            &variable(VariableKind::Single, &["済", "検討中", "予定なし"]),
            &table(&shown([1, 2, 0]), 0, 0),
            None,
            "東青・町の",
        );
        assert_eq!(words.concat(), "「検討中」が最も多く、東青・町の3市町村のうち2（66.7％）です。");
        assert_eq!(
            subtitle(&table(&shown([1, 2, 0]), 1, 0), "東青の"),
            "令和7年度（2025年度）、東青の4市町村。無回答1"
        );
    }
}
