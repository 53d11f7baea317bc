//! What the survey sheet says: sections, groups and questions, before their expressions.

use std::collections::BTreeMap;

use shared::indicator::Field;
use shared::questionnaire::{Group, GroupLayout, Question, QuestionIndex, Section, SectionName};

use super::cells;
use super::choices::ChoiceLists;
use super::finding::{Finding, Severity};
use super::question::{self, RowType};
use super::workbook::{Row, Sheet};

/// The outline of a form.
#[derive(Debug, Default)]
pub(super) struct Outline<'s> {
    pub sections: Vec<Section>,
    pub questions: Vec<Question>,
    /// Where each question stands, by [`QuestionIndex`].
    pub places: Vec<Place<'s>>,
    /// What every name stands for.
    pub names: BTreeMap<&'s str, Named<'s>>,
}

/// Where a question stands.
#[derive(Debug)]
pub(super) struct Place<'s> {
    pub row: &'s Row,
    pub kind: RowType<'s>,
    /// The rows of the groups around it, outermost first.
    pub groups: Vec<&'s Row>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'s> {
    pub row: &'s Row,
    /// The question, unless it is a group.
    pub question: Option<QuestionIndex>,
}

/// Reads the survey sheet.
pub(super) fn read<'s>(sheet: &'s Sheet, lists: &ChoiceLists, findings: &mut Vec<Finding>) -> Outline<'s> {
    let mut reader = Reader { outline: Outline::default(), lists, findings, open: Vec::new(), group_is_open: false };
    for row in &sheet.rows {
        if !cells::yes(row, "disabled", reader.findings) {
            reader.read(row);
        }
    }
    let Reader { outline, open, .. } = reader;
    findings.extend(open.iter().map(|row| row.error("type", "このグループを閉じるend_groupがありません。")));
    if outline.questions.is_empty() {
        findings.push(sheet.finding(Severity::Error, None, "質問がありません。"));
    }
    outline
}

struct Reader<'s, 'f> {
    outline: Outline<'s>,
    lists: &'f ChoiceLists<'f>,
    findings: &'f mut Vec<Finding>,
    /// The rows of the groups that are open, outermost first.
    open: Vec<&'s Row>,
    /// Whether the section's last group takes a question that stands directly in the section.
    group_is_open: bool,
}

impl<'s> Reader<'s, '_> {
    fn read(&mut self, row: &'s Row) {
        let Some(cell) = row.cell("type") else {
            self.findings.push(row.error("type", "typeがありません。"));
            return;
        };
        let kind = RowType::parse(cell).unwrap_or_else(|| {
            let message = format!(
                "「{cell}」には対応していません。使える種類：text、integer、decimal、date、select_one リスト名、\
                 select_multiple リスト名、note、begin_group、end_group"
            );
            self.findings.push(row.error("type", message));
            RowType::Text
        });
        match kind {
            RowType::BeginGroup => self.begin(row),
            RowType::BeginRepeat => {
                self.findings.push(row.error("type", format!("繰り返し（{cell}）には対応していません。")));
                self.begin(row);
            }
            RowType::End => self.end(row),
            _ => self.question(row, kind),
        }
    }

    fn begin(&mut self, row: &'s Row) {
        self.claim_name(row, None);
        let name = cells::name(row, self.findings);
        let title = cells::needed(row, "label", "見出しの文がありません。", self.findings);
        match self.open.len() {
            0 => {
                let section = self.section(row, name, title);
                self.outline.sections.push(section);
            }
            1 => {
                question::warn_of_unused(
                    row,
                    &[&["type", "name", "label", "relevant", "appearance", "disabled"]],
                    self.findings,
                );
                let layout = layout(row, self.findings);
                self.add_group(Group { title: Some(title), layout, questions: Vec::new() });
            }
            _ => self
                .findings
                .push(row.error("type", "グループは2段まで（章と項目）です。この段のグループをなくしてください。")),
        }
        self.open.push(row);
        self.group_is_open = self.open.len() > 1;
    }

    fn end(&mut self, row: &'s Row) {
        question::warn_of_unused(row, &[&["type", "name", "label", "disabled"]], self.findings);
        match self.open.pop() {
            None => self.findings.push(row.error("type", "対応するbegin_groupがありません。")),
            Some(begin) => {
                if let (Some(name), Some(begun)) = (row.cell("name"), begin.cell("name"))
                    && name != begun
                {
                    let message = format!(
                        "{}行目で始まるグループ「{begun}」の終わりに、別の名前が書かれています。",
                        begin.number
                    );
                    self.findings.push(row.error("name", message));
                }
            }
        }
        // What follows directly in the section is a group of its own.
        self.group_is_open = self.open.len() > 1;
    }

    fn question(&mut self, row: &'s Row, kind: RowType<'s>) {
        let Ok(place) = u16::try_from(self.outline.questions.len()) else {
            self.findings.push(row.error("", "質問が多すぎます。65,536問までです。"));
            return;
        };
        let index = QuestionIndex(place);
        self.claim_name(row, Some(index));
        let question = question::read(row, kind, self.lists, self.findings);
        self.outline.questions.push(question);
        self.outline.places.push(Place { row, kind, groups: self.open.clone() });
        if self.open.is_empty() {
            self.findings
                .push(row.error("type", "章の外に質問があります。begin_groupとend_groupの間に移してください。"));
        } else {
            if !self.group_is_open {
                self.add_group(Group { title: None, layout: GroupLayout::List, questions: Vec::new() });
                self.group_is_open = true;
            }
            let group = self.outline.sections.last_mut().and_then(|section| section.groups.last_mut());
            if let Some(group) = group {
                group.questions.push(index);
            }
        }
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

    fn claim_name(&mut self, row: &'s Row, question: Option<QuestionIndex>) {
        let Some(name) = row.cell("name") else { return };
        match self.outline.names.get(name) {
            None => {
                self.outline.names.insert(name, Named { row, question });
            }
            Some(earlier) => {
                let message =
                    format!("name「{name}」は{}行目で使われています。別の名前にしてください。", earlier.row.number);
                self.findings.push(row.error("name", message));
            }
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
