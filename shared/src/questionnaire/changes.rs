//! What a new year's questionnaire asks differently from the one before, in words that officials read.

use std::collections::BTreeSet;

use super::lineage::{Link, Relation, links};
use super::model::{Choice, ChoiceState, Question, QuestionIndex, QuestionKind, Questionnaire, Section};
use super::source::SourceSheet;

/// Columns whose expressions decide when and how a question is asked, and what a change of them is called. They are
/// compared as they are written: what they compile to mentions places, which differ from year to year.
const RULES: [(&str, &str); 14] = [
    ("relevant", "表示する条件"),
    ("required", "必須の条件"),
    ("required_message", "必須であることを伝える文"),
    ("constraint", "入力できる値の条件"),
    ("constraint_message", "入力できない値であることを伝える文"),
    ("parameters", "入力できる範囲などの設定"),
    ("max_length", "入力できる文字数"),
    ("may_be_unknown", "「不明」と答えられるか"),
    ("soft_constraint", "値の確認を求める条件"),
    ("soft_message", "値の確認を求める文"),
    ("change_threshold", "前年からの変化で確認を求める幅"),
    ("choice_filter", "選択肢を出す条件"),
    ("calculation", "計算式"),
    ("default", "初期値"),
];

/// The differences of two questionnaires, in the order of the newer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Questions that continue none.
    pub added: Vec<QuestionIndex>,
    /// Questions of the older one that nothing continues.
    pub dropped: Vec<QuestionIndex>,
    /// Questions that continue others and differ from them.
    pub changed: Vec<ChangedQuestion>,
    /// What differs around the questions, one sentence each: their order, headings, leads and notes.
    pub form: Vec<String>,
    /// How many questions are asked as before.
    pub unchanged: usize,
}

/// A question that is asked differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedQuestion {
    /// The question, and those of the older questionnaire that it continues.
    pub link: Link,
    /// What differs, one sentence each; never empty.
    pub differences: Vec<String>,
}

impl Changes {
    /// Compares the questions that take an answer; reasons of unusual answers belong to theirs.
    pub fn between(now: &Questionnaire, then: &Questionnaire) -> Self {
        let counts = |question: &Question| question.kind.takes_answer() && question.reason_for.is_none();
        let links = links(now, then);
        let continued: BTreeSet<QuestionIndex> = links.iter().flat_map(|link| link.then.iter().copied()).collect();
        let continuing: BTreeSet<QuestionIndex> = links.iter().map(|link| link.now).collect();
        let of = |questionnaire: &Questionnaire, known: &BTreeSet<QuestionIndex>| -> Vec<QuestionIndex> {
            let asked = questionnaire.indexed().filter(|(_, question)| counts(question));
            asked.map(|(index, _)| index).filter(|index| !known.contains(index)).collect()
        };
        let mut changes = Self {
            added: of(now, &continuing),
            dropped: of(then, &continued),
            changed: Vec::new(),
            form: form(now, then, &links),
            unchanged: 0,
        };
        for link in links.into_iter().filter(|link| counts(now.question(link.now))) {
            let differences = differences(&link, now, then);
            if differences.is_empty() {
                changes.unchanged += 1;
            } else {
                changes.changed.push(ChangedQuestion { link, differences });
            }
        }
        changes
    }

    /// New questions with the name or the text of one that was dropped: probably the same one, whose lineage was forgotten.
    pub fn unjoined(&self, now: &Questionnaire, then: &Questionnaire) -> Vec<(QuestionIndex, QuestionIndex)> {
        let alike = |added: &QuestionIndex| {
            let new = now.question(*added);
            let old = self.dropped.iter().find(|index| {
                let old = then.question(**index);
                old.name == new.name || old.label == new.label
            });
            old.map(|old| (*added, *old))
        };
        self.added.iter().filter_map(alike).collect()
    }

    /// The links that an author wrote down: renames, splits and merges.
    pub fn lineage(&self) -> impl Iterator<Item = &Link> {
        self.changed.iter().map(|changed| &changed.link).filter(|link| link.relation != Relation::Same)
    }

    /// Whether nothing is asked differently.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.dropped.is_empty() && self.changed.is_empty() && self.form.is_empty()
    }
}

fn differences(link: &Link, now: &Questionnaire, then: &Questionnaire) -> Vec<String> {
    let question = now.question(link.now);
    let names = || {
        let earlier = link.then.iter().map(|index| then.question(*index));
        earlier.map(|q| format!("{} {}", q.number, q.label)).collect::<Vec<_>>().join("」「")
    };
    let mut found = match link.relation {
        Relation::Same => Vec::new(),
        Relation::Renamed => vec![format!("「{}」を引き継ぎます（概念IDが変わります）。", names())],
        Relation::Split => vec![format!("「{}」を分けたものです。", names())],
        Relation::Merged => vec![format!("「{}」をまとめたものです。", names())],
    };
    if let [one] = link.then.as_slice() {
        let earlier = then.question(*one);
        found.extend(of_one(question, earlier));
        found.extend(rules(row(&now.source.survey, question), row(&then.source.survey, earlier)));
    }
    if !link.comparable {
        found.push("前の年度の結果とは比較しません。".to_owned());
    }
    found
}

/// What differs from the one question that it continues.
fn of_one(now: &Question, then: &Question) -> Vec<String> {
    let mut found = Vec::new();
    if now.label != then.label {
        found.push(format!("文が変わりました（前：{}）。", then.label));
    }
    if std::mem::discriminant(&now.kind) != std::mem::discriminant(&then.kind) {
        found.push("回答の形式が変わりました。".to_owned());
    }
    if now.unit != then.unit {
        let unit = |unit: &Option<String>| unit.clone().unwrap_or_else(|| "なし".to_owned());
        found.push(format!("単位が変わりました（前：{}）。", unit(&then.unit)));
    }
    found.extend(choices(now.kind.choices(), then.kind.choices()));
    for (called, now, then) in [("説明", &now.hint, &then.hint), ("定義", &now.definition, &then.definition)] {
        if now != then {
            found.push(format!("{called}が変わりました（前：{}）。", then.as_deref().unwrap_or("なし")));
        }
    }
    if now.visibility != then.visibility {
        let words = |question: &Question| {
            let (aggregate, named) = (question.visibility.aggregate.label(), question.visibility.named.label());
            format!("集計値は{aggregate}、市町村別の値は{named}")
        };
        found.push(format!("公開範囲が変わりました（前：{}、今回：{}）。", words(then), words(now)));
    }
    found
}

fn form(now: &Questionnaire, then: &Questionnaire, links: &[Link]) -> Vec<String> {
    let mut found = Vec::new();
    let order = links.iter().filter_map(|link| if let [one] = link.then.as_slice() { Some(*one) } else { None });
    if !order.is_sorted() {
        found.push("設問の順番が変わりました。".to_owned());
    }
    for section in &now.sections {
        match then.section(section.name.as_str()) {
            Some(earlier) => found.extend(of_section(section, earlier)),
            None => found.push(format!("章「{}」が加わりました。", section.title)),
        }
    }
    let gone = then.sections.iter().filter(|section| now.section(section.name.as_str()).is_none());
    found.extend(gone.map(|section| format!("章「{}」がなくなりました。", section.title)));
    found.extend(of_notes(now, then));
    found
}

fn of_section(now: &Section, then: &Section) -> Vec<String> {
    let (title, mut found) = (&now.title, Vec::new());
    if *title != then.title {
        found.push(format!("章「{}」の見出しが「{title}」に変わりました。", then.title));
    }
    if now.lead != then.lead {
        let before = then.lead.as_deref().unwrap_or("なし");
        found.push(format!("章「{title}」の前書きが変わりました（前：{before}）。"));
    }
    for group in now.groups.iter().filter(|group| !group.name.is_empty()) {
        let earlier = then.groups.iter().find(|other| (&other.name, &other.instance) == (&group.name, &group.instance));
        if let Some(earlier) = earlier.filter(|earlier| earlier.title != group.title) {
            let words = |title: &Option<String>| title.clone().unwrap_or_else(|| "なし".to_owned());
            let (before, after) = (words(&earlier.title), words(&group.title));
            found.push(format!("章「{title}」の小見出し「{before}」が「{after}」に変わりました。"));
        }
    }
    found
}

/// Texts between the questions.
fn notes(questions: &[Question]) -> impl Iterator<Item = &Question> {
    questions.iter().filter(|question| question.kind == QuestionKind::Note)
}

fn of_notes(now: &Questionnaire, then: &Questionnaire) -> Vec<String> {
    let mut found = Vec::new();
    for note in notes(&now.questions) {
        match notes(&then.questions).find(|earlier| earlier.name == note.name) {
            Some(earlier) if earlier.label == note.label => {}
            Some(earlier) => {
                found.push(format!("案内文が変わりました（前：{}、今回：{}）。", earlier.label, note.label));
            }
            None => found.push(format!("案内文「{}」が加わりました。", note.label)),
        }
    }
    let gone = notes(&then.questions).filter(|earlier| !notes(&now.questions).any(|note| note.name == earlier.name));
    found.extend(gone.map(|note| format!("案内文「{}」がなくなりました。", note.label)));
    found
}

/// A question's row as it is written: cells by heading. A time of a repeated group beyond the first has none.
fn row<'s>(survey: &'s SourceSheet, question: &Question) -> Option<impl Fn(&str) -> &'s str + use<'s>> {
    let named = survey.columns.iter().position(|column| column == "name")?;
    let row = survey.rows.iter().find(|row| row.get(named).is_some_and(|name| name == question.name.as_str()))?;
    Some(move |heading: &str| {
        let place = survey.columns.iter().position(|column| column == heading);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    })
}

/// What differs in the rules of a question that is asked in both years.
fn rules<'s>(now: Option<impl Fn(&str) -> &'s str>, then: Option<impl Fn(&str) -> &'s str>) -> Vec<String> {
    let (Some(now), Some(then)) = (now, then) else { return Vec::new() };
    let differing = RULES.iter().filter(|(column, _)| now(column) != then(column));
    let words = |(column, called): &(&str, &str)| {
        let before = then(column);
        let before = if before.is_empty() { "なし" } else { before };
        format!("{called}が変わりました（前：{before}）。")
    };
    differing.map(words).collect()
}

fn choices(now: &[Choice], then: &[Choice]) -> Vec<String> {
    let place = |all: &[Choice], name: &str| all.iter().position(|choice| choice.name == name);
    let mut found = Vec::new();
    for choice in now {
        match place(then, &choice.name).map(|place| &then[place]) {
            None if !then.is_empty() => found.push(format!("選択肢「{}」が加わりました。", choice.label)),
            None => {}
            Some(before) => {
                if before.label != choice.label {
                    found.push(format!("選択肢「{}」が「{}」に変わりました。", before.label, choice.label));
                }
                if (before.exclusive, before.state) != (choice.exclusive, choice.state) {
                    let (label, was, is) = (&choice.label, meaning(before), meaning(choice));
                    found.push(format!("選択肢「{label}」の扱いが変わりました（前：{was}、今回：{is}）。"));
                }
            }
        }
    }
    let gone = then.iter().filter(|choice| !now.is_empty() && place(now, &choice.name).is_none());
    found.extend(gone.map(|choice| format!("選択肢「{}」がなくなりました。", choice.label)));
    if !now.iter().filter_map(|choice| place(then, &choice.name)).is_sorted() {
        found.push("選択肢の順番が変わりました。".to_owned());
    }
    found
}

/// What choosing it means.
fn meaning(choice: &Choice) -> &'static str {
    match (choice.state, choice.exclusive) {
        (Some(ChoiceState::Unknown), _) => "不明",
        (Some(ChoiceState::NotApplicable), _) => "該当なし",
        (None, true) => "ほかと一緒に選べない",
        (None, false) => "ふつうの選択肢",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::SectionName;
    use crate::questionnaire::samples::{choices as labelled, question, questionnaire};

    #[test]
    fn every_question_is_added_dropped_changed_or_as_before() {
        let then = questionnaire(["same", "reworded", "old", "gone", "parted"].map(|c| question(c, &[])).into());
        let reworded =
            Question { label: "新しい文".to_owned(), unit: Some("件".to_owned()), ..question("reworded", &[]) };
        let now = questionnaire(vec![
            question("same", &[]),
            reworded,
            question("renamed", &["old"]),
            question("part_a", &["parted"]),
            question("part_b", &["parted"]),
            question("new", &[]),
        ]);
        let changes = Changes::between(&now, &then);
        assert_eq!((changes.added, changes.dropped), (vec![QuestionIndex(5)], vec![QuestionIndex(3)]));
        assert_eq!(changes.unchanged, 1);
        let words: Vec<String> = changes.changed.iter().map(|changed| changed.differences.concat()).collect();
        for (said, expected) in words.iter().zip([
            &["文が変わりました（前：reworded）。", "単位が変わりました（前：なし）。", "比較しません"][..],
            &["「 old」を引き継ぎます"],
            &["「 parted」を分けたものです。", "比較しません"],
            &["「 parted」を分けたものです。"],
        ]) {
            assert!(expected.iter().all(|words| said.contains(words)), "{said}");
        }
        assert!(Changes::between(&then, &then).is_empty());
    }

    #[test]
    fn what_stands_around_the_questions_is_compared_too() {
        let note =
            |label: &str| Question { kind: QuestionKind::Note, label: label.to_owned(), ..question("note", &[]) };
        let section = |title: &str, lead: Option<&str>| Section {
            name: SectionName("all".to_owned()),
            title: title.to_owned(),
            lead: lead.map(str::to_owned),
            field: None,
            minutes: 5,
            groups: Vec::new(),
        };
        let (before, title) = ("前の見出し", "新しい見出し");
        let mut then = questionnaire(vec![question("a", &[]), question("b", &[]), note("前の案内")]);
        then.sections = vec![section(before, None)];
        let mut now = questionnaire(vec![question("b", &[]), question("a", &[]), note("新しい案内")]);
        now.sections = vec![section(title, Some("前書き"))];
        let changes = Changes::between(&now, &then);
        assert_eq!((changes.unchanged, changes.is_empty()), (2, false));
        let expected = [
            "設問の順番が変わりました。".to_owned(),
            format!("章「{before}」の見出しが「{title}」に変わりました。"),
            format!("章「{title}」の前書きが変わりました（前：なし）。"),
            "案内文が変わりました（前：前の案内、今回：新しい案内）。".to_owned(),
        ];
        assert_eq!(changes.form, expected);
    }

    #[test]
    fn rules_are_compared_as_they_are_written() {
        let with = |relevant: &str, required: &str| {
            let mut asked = questionnaire(vec![question("q", &[])]);
            let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
            asked.source.survey = SourceSheet {
                columns: cells(["name", "relevant", "required"]),
                rows: vec![cells(["q", relevant, required])],
            };
            asked
        };
        let changes = Changes::between(&with("${a} = '1'", ""), &with("${a} = '2'", ""));
        assert_eq!(changes.changed[0].differences, ["表示する条件が変わりました（前：${a} = '2'）。"]);
        let changes = Changes::between(&with("", "yes"), &with("", ""));
        assert_eq!(changes.changed[0].differences, ["必須の条件が変わりました（前：なし）。"]);
        assert!(Changes::between(&with("1", "yes"), &with("1", "yes")).is_empty());
    }

    #[test]
    fn a_lineage_that_was_probably_forgotten_is_found_and_one_that_was_written_is_listed() {
        let labelled = |concept: &str, label: &str| Question { label: label.to_owned(), ..question(concept, &[]) };
        let then = questionnaire(vec![labelled("a", "同じ文"), question("b", &[]), question("c", &[])]);
        let now = questionnaire(vec![labelled("d", "同じ文"), question("e", &["b"]), question("f", &[])]);
        let changes = Changes::between(&now, &then);
        assert_eq!(changes.unjoined(&now, &then), [(QuestionIndex(0), QuestionIndex(0))]);
        assert_eq!(changes.lineage().map(|link| link.now).collect::<Vec<_>>(), [QuestionIndex(1)]);
    }

    #[test]
    fn choices_that_came_went_or_were_reworded_are_named() {
        let with = |labels: &[&str]| Question {
            kind: QuestionKind::SelectOne { choices: labelled(labels) },
            ..question("q", &[])
        };
        let (now, then) = (with(&["未着手", "検討している", "実施"]), with(&["未着手", "検討中"]));
        assert_eq!(
            of_one(&now, &then),
            ["選択肢「検討中」が「検討している」に変わりました。", "選択肢「実施」が加わりました。"]
        );
        assert_eq!(of_one(&then, &now)[1], "選択肢「実施」がなくなりました。");
        let mut turned = with(&["未着手", "検討中"]);
        if let QuestionKind::SelectOne { choices } = &mut turned.kind {
            choices.swap(0, 1);
            choices[0].state = Some(ChoiceState::Unknown);
        }
        assert_eq!(
            of_one(&turned, &then),
            [
                "選択肢「検討中」の扱いが変わりました（前：ふつうの選択肢、今回：不明）。",
                "選択肢の順番が変わりました。"
            ]
        );
    }
}
