//! The rows of the answer sheet.

use app::components::question::in_words;
use rust_xlsxwriter::{Format, IgnoreError, Worksheet, XlsxError};
use shared::questionnaire::{Evaluation, Question, QuestionKind};
use shared::response::AnswerValue;

use super::beside::{Words, part};
use super::format::{self, Look};
use super::lists::Lists;
use super::validation::validation;
use super::{HEADING, height, revision};
use crate::export::format::xlsx;
use crate::service::answering::Form;
use crate::workbook::layout::{self, Column, Line};

/// The rows of the answer sheet.
pub(super) struct Rows<'r> {
    form: &'r Form,
    evaluation: Evaluation<'r>,
    lists: &'r Lists,
    sheet: &'r mut Worksheet,
    read_only: bool,
}

impl<'r> Rows<'r> {
    /// The rows of that response, to be written on that sheet.
    pub(super) fn new(form: &'r Form, lists: &'r Lists, sheet: &'r mut Worksheet) -> Self {
        Self { form, evaluation: form.evaluation(), lists, sheet, read_only: form.read_only().is_some() }
    }

    /// Writes headings and rows.
    pub(super) fn write(&mut self, stamp: &str) -> Result<(), XlsxError> {
        for column in Column::ALL {
            let heading = if column == Column::Stamp { stamp } else { column.heading() };
            self.sheet.write_string_with_format(HEADING, column.place(), heading, &format::head())?;
        }
        let questionnaire = self.form.questionnaire.clone();
        let lines = layout::lines(&questionnaire);
        let mut row = HEADING;
        for section in &questionnaire.sections {
            for (place, group) in section.groups.iter().enumerate() {
                let own = lines.iter().filter(|line| group.questions.contains(&line.index));
                for (nth, line) in own.enumerate() {
                    row += 1;
                    self.line(row, *line, &part(section, group), place == 0 && nth == 0)?;
                }
            }
        }
        // Codes and ticks of digits are texts on purpose.
        let (answer, last) = (Column::Answer.place(), Column::Stamp.place());
        self.sheet.ignore_error_range(HEADING, answer, row, last, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    /// One row; `first` of its section.
    fn line(&mut self, row: u32, line: Line, part: &str, first: bool) -> Result<(), XlsxError> {
        let form = self.form;
        let question = form.questionnaire.question(line.index);
        let choices = question.kind.choices();
        let choice = line.choice.and_then(|place| choices.get(place));
        let look = self.look(line);
        let words = match choice {
            Some(choice) => Words { text: layout::choice_words(choices, choice), ..Words::default() },
            None => Words::of(form, &self.evaluation, line.index, part),
        };
        let number = layout::number(&form.questionnaire, line);
        let answer = match form.value(question) {
            Some(AnswerValue::Text(text)) => text,
            _ => String::new(),
        };
        let room = match question.kind {
            QuestionKind::Text { multiline: true, .. } => 4,
            _ => 1,
        };
        let wrapped = [
            (Column::Part, words.part.as_str()),
            (Column::Question, &words.text),
            (Column::Answer, &answer),
            (Column::Previous, &words.previous),
            (Column::Required, &words.required),
            (Column::Definition, &words.definition),
            (Column::Visibility, &words.visibility),
        ];
        self.sheet.set_row_height(row, height::of_row(wrapped, room))?;
        let border = |format: Format| if first { format::begins_section(&format) } else { format };
        let muted = border(format::cell_muted());
        let text = border(if choice.is_some() { format::choice() } else { format::cell() });
        let body = border(format::cell());
        for (column, words, format) in [
            (Column::Number, &number, if choice.is_some() { &muted } else { &body }),
            (Column::Part, &words.part, &muted),
            (Column::Question, &words.text, if look == Look::Dormant { &muted } else { &text }),
            (Column::Unit, &words.unit, &body),
            (Column::Previous, &words.previous, &body),
            (Column::Required, &words.required, &body),
            (Column::Definition, &words.definition, &muted),
            (Column::Visibility, &words.visibility, &muted),
        ] {
            self.sheet.write_string_with_format(row, column.place(), words, format)?;
        }
        let format = border(format::answer(&question.kind, choice.is_some(), look));
        self.answer(row, line, question, &format)?;
        if let Some(validation) = (look != Look::Closed).then(|| validation(row, line, question, self.lists)) {
            let column = Column::Answer.place();
            if let Some(validation) = validation? {
                self.sheet.add_data_validation(row, column, row, column, &validation)?;
            }
        }
        self.sheet.write_string(row, Column::Key.place(), question.name.as_str())?;
        self.sheet.write_string(row, Column::Choice.place(), choice.map_or("", |choice| &choice.name))?;
        self.sheet.write_number(row, Column::Revision.place(), revision(form, question))?;
        Ok(())
    }

    fn look(&self, line: Line) -> Look {
        let question = self.form.questionnaire.question(line.index);
        let takes_none = !question.kind.takes_answer() || question.readonly;
        let heads_choices = line.choice.is_none() && layout::has_choice_rows(question);
        if takes_none || heads_choices || self.read_only || self.form.locked(line.index).is_some() {
            Look::Closed
        } else if self.evaluation.is_relevant(line.index) {
            Look::Input
        } else {
            Look::Dormant
        }
    }

    /// What stands in the answer cell now.
    fn answer(&mut self, row: u32, line: Line, question: &Question, format: &Format) -> Result<(), XlsxError> {
        let column = Column::Answer.place();
        let value = match question.kind {
            QuestionKind::Calculate | QuestionKind::Hidden => self.evaluation.value(line.index).cloned(),
            _ => self.form.value(question),
        };
        let text = match (&question.kind, line.choice, value) {
            (QuestionKind::SelectMultiple { .. }, None, _) => layout::TICK_BELOW.to_owned(),
            (QuestionKind::Rank { .. }, None, _) => layout::RANK_BELOW.to_owned(),
            (kind, Some(place), Some(AnswerValue::Choices(names))) => {
                let rank = kind.choices().get(place).and_then(|c| names.iter().position(|name| *name == c.name));
                match (rank, kind) {
                    (None, _) => String::new(),
                    (Some(rank), QuestionKind::Rank { .. }) => (rank + 1).to_string(),
                    (Some(_), _) => layout::TICK.to_owned(),
                }
            }
            (_, Some(_), _) | (_, None, None) => String::new(),
            #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, all of which a double holds")]
            (_, None, Some(AnswerValue::Integer(number))) => {
                return self.sheet.write_number_with_format(row, column, number as f64, format).map(drop);
            }
            (_, None, Some(AnswerValue::Decimal(number))) => {
                return self.sheet.write_number_with_format(row, column, number.to_f64(), format).map(drop);
            }
            (_, None, Some(AnswerValue::Date(date))) => match xlsx::day(&date) {
                Some(day) => return self.sheet.write_datetime_with_format(row, column, day, format).map(drop),
                None => date,
            },
            (QuestionKind::Acknowledge, None, Some(_)) => layout::ACKNOWLEDGED.to_owned(),
            (QuestionKind::SelectOne { choices }, None, Some(AnswerValue::Choice(name))) => {
                let choice = choices.iter().find(|choice| choice.name == name);
                choice.map_or(name, |choice| layout::choice_words(choices, choice))
            }
            (_, None, Some(value)) => in_words(question, &value),
        };
        self.sheet.write_string_with_format(row, column, text, format).map(drop)
    }
}
