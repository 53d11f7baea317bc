//! The questions that the rows make: their own, those that come with them, and each for every time of a repeat.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use shared::questionnaire::{Group, GroupLayout, Instance, Question, QuestionIndex, QuestionName};

use super::super::companions;
use super::super::finding::Finding;
use super::super::outline::{Meaning, Named, Outline, Place, Role, Time};
use super::super::question::{self, Reading};
use super::super::row_type::RowType;
use super::super::workbook::Row;
use super::{Reader, Repeated};

impl<'s> Reader<'s, '_> {
    /// Lays a repeat out as a group for each time.
    pub(super) fn lay_out(&mut self, Repeated { group, times, rows }: Repeated<'s>) {
        let Some(repeat) = self.outline.repeats.len().checked_sub(1) else { return };
        for number in 1..=times {
            let instance = group.instance.clone().map(|instance| Instance { number, ..instance });
            self.add_group(Group { instance, ..group.clone() });
            let begin = self.outline.questions.len();
            for (row, kind) in &rows {
                self.question(row, *kind, Some(Time { repeat, number }));
            }
            let outline = &mut self.outline;
            let made = (0_u16..).map(QuestionIndex).zip(&outline.questions).zip(&outline.places).skip(begin);
            let is_typed =
                |question: &Question| question.kind.takes_answer() && !question.readonly && question.default.is_none();
            let typed = made.filter(|((_, question), place)| place.role == Role::Row && is_typed(question));
            let typed = typed.map(|((index, _), _)| index).collect();
            outline.repeats[repeat].typed.push(typed);
        }
    }

    pub(super) fn question(&mut self, row: &'s Row, kind: RowType<'s>, time: Option<Time>) {
        let mut told_before = Vec::new();
        let first = time.is_none_or(|time| time.number == 1);
        let findings = if first { &mut *self.findings } else { &mut told_before };
        let Reading { question, range, threshold } = question::read(row, kind, self.lists, findings);
        let name = question.name.0.clone();
        let explained = question.soft_message.is_some() || threshold.is_some();
        let question = time.map_or_else(|| question.clone(), |time| companions::at_time(question.clone(), time.number));
        let groups = self.open.iter().map(|open| open.row).collect();
        let place = Place { row, kind, role: Role::Row, groups, time, range, threshold };
        if self.open.is_empty() {
            self.findings
                .push(row.error("type", "章の外に質問があります。begin_groupとend_groupの間に移してください。"));
        }
        let Some(index) = self.add(question, place) else { return };
        self.claim_question(name, row, index, time);
        let companions = [kind.has_other().then_some(Role::Other(index)), explained.then_some(Role::Reason(index))];
        for role in companions.into_iter().flatten() {
            if self
                .outline
                .sections
                .last()
                .and_then(|s| s.groups.last())
                .is_some_and(|g| g.layout == GroupLayout::Table)
            {
                self.later.push(role);
            } else {
                self.companion(role);
            }
        }
    }

    /// Adds a question that comes with another.
    pub(super) fn companion(&mut self, role: Role) {
        let (Role::Other(of) | Role::Reason(of)) = role else { return };
        let main = self.outline.question(of);
        let place = Place { role, range: None, threshold: None, ..self.outline.places[usize::from(of.0)].clone() };
        let Place { row, time, .. } = place;
        let Role::Other(_) = role else {
            let question = companions::reason(main, of);
            self.add(question, place);
            return;
        };
        // As the row names it, whichever time it is.
        let cell = |column| row.cell(column).unwrap_or_default().to_owned();
        let name = QuestionName(cell("name"));
        let other =
            companions::other(&Question { name, number: cell("number"), concept: cell("concept"), ..main.clone() });
        let name = other.name.0.clone();
        let question = time.map_or_else(|| other.clone(), |time| companions::at_time(other.clone(), time.number));
        if let Some(index) = self.add(question, place) {
            self.claim_question(name, row, index, time);
        }
    }

    /// Adds a question to the group that is open.
    fn add(&mut self, question: Question, place: Place<'s>) -> Option<QuestionIndex> {
        let Ok(number) = u16::try_from(self.outline.questions.len()) else {
            self.findings.push(place.row.error("", "質問が多すぎます。65,536問までです。"));
            return None;
        };
        let index = QuestionIndex(number);
        self.outline.questions.push(question);
        self.outline.places.push(place);
        if !self.open.is_empty() {
            if !self.group_is_open {
                self.add_group(Group::untitled());
                self.group_is_open = true;
            }
            let group = self.outline.sections.last_mut().and_then(|section| section.groups.last_mut());
            if let Some(group) = group {
                group.questions.push(index);
            }
        }
        Some(index)
    }

    fn claim_question(&mut self, name: String, row: &'s Row, index: QuestionIndex, time: Option<Time>) {
        let Some(Time { repeat, number }) = time else {
            self.claim(name, row, Meaning::Question(index));
            return;
        };
        if number == 1 {
            self.claim(name, row, Meaning::Repeated { repeat, each: vec![index] });
        } else if let Some(Named { row: first, meaning: Meaning::Repeated { each, .. } }) =
            self.outline.names.get_mut(&name)
            && first.number == row.number
        {
            each.push(index);
        }
    }

    pub(super) fn claim(&mut self, name: String, row: &'s Row, meaning: Meaning) {
        if name.is_empty() {
            return;
        }
        match self.outline.names.entry(name) {
            Entry::Vacant(free) => {
                free.insert(Named { row, meaning });
            }
            Entry::Occupied(taken) => {
                let (name, earlier) = (taken.key(), taken.get().row.number);
                let message = format!("name「{name}」は{earlier}行目で使われています。別の名前にしてください。");
                self.findings.push(row.error("name", message));
            }
        }
    }
}

/// Questions that a row makes besides its own may meet an author's name. Two rows of one name were found before.
pub(super) fn names_are_unique(outline: &Outline, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (question, place) in outline.questions.iter().zip(&outline.places) {
        let name = question.name.as_str();
        if let Some(earlier) = seen.insert(name, place)
            && !(earlier.is_first() && place.is_first())
            && (earlier.row.number == place.row.number || earlier.row.cell("name") != place.row.cell("name"))
        {
            let generated = if place.is_first() { earlier } else { place };
            let message =
                format!("この行から作られる質問の名前「{name}」が、ほかの質問と重なっています。nameを変えてください。");
            findings.push(generated.row.error("name", message));
        }
    }
}
