//! The answer sheet's columns and rows.

use std::collections::BTreeMap;

use shared::questionnaire::{Choice, Question, QuestionIndex, QuestionKind, Questionnaire};

/// Name of the sheet with the answers.
pub const ANSWERS: &str = "回答";
/// Name of the sheet that says how to fill it in.
pub const NOTES: &str = "記入のしかた";
/// Name of the sheet with the choices.
pub const LISTS: &str = "選択肢";
/// Name of the hidden sheet with the stamp and every answer's revision.
pub const REVISIONS: &str = "管理情報";

/// What stands in the cell of a choice that applies.
pub const TICK: &str = "○";
/// What stands in the cell of a value that is not known, where the question allows it.
pub const UNKNOWN: &str = "不明";
/// What stands in the cell of an acknowledgement.
pub const ACKNOWLEDGED: &str = "確認しました";

/// What stands in the answer cell of a question whose choices have rows of their own, instead of an answer.
pub const TICK_BELOW: &str = "↓ あてはまる行に「○」";
/// The same for a ranking.
pub const RANK_BELOW: &str = "↓ 順位を1、2、3…で";

/// A column of the answer sheet, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 番号
    Number,
    /// 章・項目
    Part,
    /// 設問
    Question,
    /// 回答: the only cells to fill.
    Answer,
    /// 単位
    Unit,
    /// 前年度の回答
    Previous,
    /// 必須・任意
    Required,
    /// 説明・定義
    Definition,
    /// 公開範囲
    Visibility,
    /// Name of the question (hidden).
    Key,
    /// Name of the choice, for a row that asks about one (hidden).
    Choice,
    /// Revision of the answer that was written into the row (hidden).
    Revision,
    /// Its heading is the stamp (hidden).
    Stamp,
}

impl Column {
    /// All, in order.
    pub const ALL: [Self; 13] = [
        Self::Number,
        Self::Part,
        Self::Question,
        Self::Answer,
        Self::Unit,
        Self::Previous,
        Self::Required,
        Self::Definition,
        Self::Visibility,
        Self::Key,
        Self::Choice,
        Self::Revision,
        Self::Stamp,
    ];

    /// Its place, from 0.
    pub fn place(self) -> u16 {
        self as u16
    }

    /// What stands above it; the stamp's column has the stamp there.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Number => "番号",
            Self::Part => "章・項目",
            Self::Question => "設問",
            Self::Answer => "回答",
            Self::Unit => "単位",
            Self::Previous => "前年度の回答",
            Self::Required => "必須・任意",
            Self::Definition => "説明・定義",
            Self::Visibility => "公開範囲",
            Self::Key => "設問キー",
            Self::Choice => "選択肢キー",
            Self::Revision => "版",
            Self::Stamp => "",
        }
    }

    /// The column of that heading, blanks and line ends disregarded.
    pub fn of_heading(text: &str) -> Option<Self> {
        let heading: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Self::ALL.into_iter().find(|column| !heading.is_empty() && column.heading() == heading)
    }

    /// Width in characters of half width.
    pub fn width(self) -> u16 {
        match self {
            Self::Number | Self::Key | Self::Choice | Self::Revision | Self::Stamp => 11,
            Self::Part | Self::Visibility => 16,
            Self::Answer => 30,
            Self::Unit => 7,
            Self::Previous => 20,
            Self::Required => 10,
            Self::Question | Self::Definition => 40,
        }
    }

    /// Whether it is for the program only.
    pub fn is_hidden(self) -> bool {
        self >= Self::Key
    }
}

/// What a row asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The question.
    pub index: QuestionIndex,
    /// The place of one of its choices, counted from 0: a row of its own with 「○」 or a rank.
    pub choice: Option<usize>,
}

/// Whether the question takes a row for each of its choices.
///
/// A paper form says 「あてはまるものすべてに○」, and so does the sheet: a drop-down of one mark in each row. Labels in
/// one cell would need a separator, and labels of this questionnaire hold every separator that officials use.
pub fn has_choice_rows(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::SelectMultiple { .. } | QuestionKind::Rank { .. })
}

/// Every row in order: each question that has something to show, and below it its choices where each has a row.
pub fn lines(questionnaire: &Questionnaire) -> Vec<Line> {
    let mut lines = Vec::new();
    for index in questionnaire.sections.iter().flat_map(shared::questionnaire::Section::questions) {
        let question = questionnaire.question(index);
        let silent = matches!(question.kind, QuestionKind::Calculate | QuestionKind::Hidden);
        if silent && question.label.is_empty() {
            continue;
        }
        lines.push(Line { index, choice: None });
        if has_choice_rows(question) {
            lines.extend((0..question.kind.choices().len()).map(|choice| Line { index, choice: Some(choice) }));
        }
    }
    lines
}

/// What stands in the column 番号: 「産-3」, for a choice 「産-3［1］」, for the reason of an unusual answer 「体-6［理由］」.
pub fn number(questionnaire: &Questionnaire, line: Line) -> String {
    let question = questionnaire.question(line.index);
    if let Some(explained) = question.reason_for.filter(|_| question.number.is_empty()) {
        return format!("{}［理由］", questionnaire.question(explained).number);
    }
    match line.choice.and_then(|place| question.kind.choices().get(place)) {
        Some(choice) if !question.number.is_empty() => format!("{}［{}］", question.number, choice.name),
        _ => question.number.clone(),
    }
}

/// The rows that their number alone tells apart.
pub fn by_number(questionnaire: &Questionnaire) -> BTreeMap<String, Line> {
    let mut found: BTreeMap<String, Option<Line>> = BTreeMap::new();
    for line in lines(questionnaire) {
        let number = number(questionnaire, line);
        found.entry(number).and_modify(|known| *known = None).or_insert(Some(line));
    }
    found.into_iter().filter_map(|(number, line)| Some((number, line?))).filter(|(n, _)| !n.is_empty()).collect()
}

/// A choice as it stands in a cell: its label, with its name before it where two choices share the label.
pub fn choice_words(choices: &[Choice], choice: &Choice) -> String {
    let twins = choices.iter().filter(|other| other.label == choice.label).count();
    if twins > 1 { format!("{} {}", choice.name, choice.label) } else { choice.label.clone() }
}
