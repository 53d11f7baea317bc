//! What the survey sheet says: sections and groups, before their expressions.
//!
//! - `questions`: the questions that the rows make

mod questions;

use shared::indicator::Field;
use shared::questionnaire::{Group, GroupLayout, Instance, Section, SectionName};

use self::questions::names_are_unique;
use super::cells;
use super::choices::ChoiceLists;
use super::finding::{Finding, Severity};
use super::outline::{Meaning, Outline, Repeat, Role};
use super::question;
use super::row_type::{self, RowType};
use super::workbook::{Row, Sheet};

/// Most times that a group may be repeated: every time is laid out as questions of its own.
const MOST_TIMES: u16 = 50;

/// Reads the survey sheet.
pub(super) fn read<'s>(sheet: &'s Sheet, lists: &ChoiceLists, findings: &mut Vec<Finding>) -> Outline<'s> {
    let mut reader = Reader {
        outline: Outline::default(),
        lists,
        findings,
        open: Vec::new(),
        group_is_open: false,
        later: Vec::new(),
        repeated: None,
    };
    for row in &sheet.rows {
        if !cells::yes(row, "disabled", reader.findings) {
            reader.read(row);
        }
    }
    while let Some(open) = reader.open.last() {
        let (row, end) = (open.row, if open.repeats { "end_repeat" } else { "end_group" });
        reader.findings.push(row.error("type", format!("このグループを閉じる{end}がありません。")));
        reader.close();
    }
    let outline = reader.outline;
    names_are_unique(&outline, findings);
    if outline.questions.is_empty() {
        findings.push(sheet.finding(Severity::Error, None, "質問がありません。"));
    }
    outline
}

/// A group that is not closed yet.
struct Open<'s> {
    row: &'s Row,
    repeats: bool,
}

/// The rows of a repeat, laid out when it ends.
struct Repeated<'s> {
    group: Group,
    times: u16,
    rows: Vec<(&'s Row, RowType<'s>)>,
}

struct Reader<'s, 'f> {
    outline: Outline<'s>,
    lists: &'f ChoiceLists<'f>,
    findings: &'f mut Vec<Finding>,
    /// The groups that are open, outermost first.
    open: Vec<Open<'s>>,
    /// Whether the section's last group takes a question that stands directly in the section.
    group_is_open: bool,
    /// Questions that come with those of the open table and cannot stand in it.
    later: Vec<Role>,
    repeated: Option<Repeated<'s>>,
}

impl<'s> Reader<'s, '_> {
    fn read(&mut self, row: &'s Row) {
        let Some(cell) = row.cell("type") else {
            self.findings.push(row.error("type", "typeがありません。"));
            return;
        };
        let kind = RowType::parse(cell).unwrap_or_else(|| {
            let message = format!("「{cell}」には対応していません。{}", row_type::instead_of(cell));
            self.findings.push(row.error("type", message));
            let word = cell.split([' ', '_']).next().unwrap_or_default();
            let is_group = cell.contains("loop") || cell.contains("group") || cell.contains("repeat");
            match (word, is_group) {
                ("begin", true) => RowType::BeginGroup,
                ("end", true) => RowType::EndGroup,
                _ => RowType::Text,
            }
        });
        match kind {
            RowType::BeginGroup => self.begin(row, false),
            RowType::BeginRepeat => self.begin(row, true),
            RowType::EndGroup => self.end(row, false),
            RowType::EndRepeat => self.end(row, true),
            _ => match &mut self.repeated {
                Some(repeated) => repeated.rows.push((row, kind)),
                None => self.question(row, kind, None),
            },
        }
    }

    fn begin(&mut self, row: &'s Row, repeats: bool) {
        let name = cells::name(row, self.findings);
        let title = cells::needed(row, "label", "見出しの文がありません。", self.findings);
        let meaning = if repeats { Meaning::Repeat(self.outline.repeats.len()) } else { Meaning::Group };
        self.claim(name.clone(), row, meaning);
        match self.open.len() {
            0 => {
                if repeats {
                    let message = "繰り返しは章の中に置きます。begin_groupとend_groupで囲んでください。";
                    self.findings.push(row.error("type", message));
                }
                let section = self.section(row, name, title);
                self.outline.sections.push(section);
            }
            1 if repeats => self.begin_repeat(row, name, title),
            1 => {
                const USED: [&str; 6] = ["type", "name", "label", "relevant", "appearance", "disabled"];
                question::warn_of_unused(row, &[&USED], self.findings);
                let layout = layout(row, self.findings);
                self.add_group(Group { name, title: Some(title), layout, instance: None, questions: Vec::new() });
            }
            _ => self
                .findings
                .push(row.error("type", "グループは2段まで（章と項目）です。この段のグループをなくしてください。")),
        }
        self.open.push(Open { row, repeats });
        self.group_is_open = self.open.len() > 1;
    }

    fn begin_repeat(&mut self, row: &'s Row, name: String, title: String) {
        const USED: [&str; 7] = ["type", "name", "label", "relevant", "appearance", "repeat_count", "disabled"];
        question::warn_of_unused(row, &[&USED], self.findings);
        if layout(row, self.findings) == GroupLayout::Table {
            self.findings.push(row.error("appearance", "繰り返しは表にできません。table-listを消してください。"));
        }
        let count = row.cell("repeat_count").and_then(|count| count.parse().ok());
        let times = count.filter(|times| (1..=MOST_TIMES).contains(times)).unwrap_or_else(|| {
            let message = format!("繰り返しには最大の回数が必要です。1から{MOST_TIMES}までの整数で書いてください。");
            self.findings.push(row.error("repeat_count", message));
            1
        });
        let instance = Some(Instance { repeat: name.clone(), number: 1, of: times });
        let group = Group { name, title: Some(title), layout: GroupLayout::List, instance, questions: Vec::new() };
        self.outline.repeats.push(Repeat::default());
        self.repeated = Some(Repeated { group, times, rows: Vec::new() });
    }

    fn end(&mut self, row: &'s Row, repeats: bool) {
        question::warn_of_unused(row, &[&["type", "name", "label", "disabled"]], self.findings);
        let Some(begin) = self.open.last() else {
            self.findings.push(row.error("type", "対応するbegin_groupがありません。"));
            return;
        };
        if begin.repeats != repeats {
            let message = format!(
                "{}行目の{}を、{}で閉じています。",
                begin.row.number,
                if begin.repeats { "begin_repeat" } else { "begin_group" },
                if repeats { "end_repeat" } else { "end_group" },
            );
            self.findings.push(row.error("type", message));
        }
        if let (Some(name), Some(begun)) = (row.cell("name"), begin.row.cell("name"))
            && name != begun
        {
            let message =
                format!("{}行目で始まるグループ「{begun}」の終わりに、別の名前が書かれています。", begin.row.number);
            self.findings.push(row.error("name", message));
        }
        self.close();
    }

    /// Closes the innermost group.
    fn close(&mut self) {
        if self.open.len() == 2 {
            if let Some(repeated) = self.repeated.take() {
                self.lay_out(repeated);
            }
            let later = std::mem::take(&mut self.later);
            if !later.is_empty() {
                self.add_group(Group::untitled());
            }
            for role in later {
                self.companion(role);
            }
        }
        self.open.pop();
        // What follows directly in the section is a group of its own.
        self.group_is_open = self.open.len() > 1;
    }

    fn section(&mut self, row: &'s Row, name: String, title: String) -> Section {
        const USED: [&str; 9] =
            ["type", "name", "label", "hint", "relevant", "appearance", "minutes", "field", "disabled"];
        question::warn_of_unused(row, &[&USED], self.findings);
        if layout(row, self.findings) == GroupLayout::Table {
            self.findings.push(row.error("appearance", "table-listは、章の中のグループに付けてください。"));
        }
        let minutes = row.cell("minutes").and_then(|minutes| minutes.parse().ok());
        if minutes.is_none() {
            self.findings.push(row.error("minutes", "回答にかかる時間の目安（分）を、整数で書いてください。"));
        }
        let field = cells::code(row, "field", "industry、living、administration、空欄", Field::of_code, self.findings);
        Section {
            name: SectionName(name),
            title,
            lead: row.cell("hint").map(str::to_owned),
            field,
            minutes: minutes.unwrap_or_default(),
            groups: Vec::new(),
        }
    }

    fn add_group(&mut self, group: Group) {
        if let Some(section) = self.outline.sections.last_mut() {
            section.groups.push(group);
        }
    }
}

fn layout(row: &Row, findings: &mut Vec<Finding>) -> GroupLayout {
    match row.cell("appearance") {
        None | Some("field-list") => GroupLayout::List,
        Some("table-list") => GroupLayout::Table,
        Some(other) => {
            findings.push(row.warning("appearance", format!("「{other}」は使いません。")));
            GroupLayout::List
        }
    }
}
