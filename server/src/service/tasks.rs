//! Sections handed out inside a municipality.

use shared::fiscal_year::FiscalYear;
use shared::questionnaire::SectionName;
use shared::response::SectionTaskState;
use shared::wire::FieldProblem;

use super::answering::Form;
use super::rounds::done;
use super::{Error, Result, Service};
use crate::store::{AccountRecord, NewSectionTask, SectionTask};

/// Longest name of who fills a section, in characters.
pub const LONGEST_ASSIGNEE: usize = 100;
/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 500;

/// A section's task as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRequest {
    /// The section.
    pub section: SectionName,
    /// Revision on the page; 0 when there was none.
    pub revision: u32,
    /// 課名・氏名 of who fills it; blank takes the task back.
    pub assignee: String,
    /// How far it is.
    pub state: SectionTaskState,
    /// What they tell one another.
    pub comment: String,
}

impl Service {
    /// The tasks of one response, at most one a section.
    pub async fn section_tasks(&self, form: &Form) -> Result<Vec<SectionTask>> {
        Ok(self.store.section_tasks(form.round.year, form.municipality.code).await?)
    }

    /// Names of those who answer for the form's municipality and may still sign in.
    pub async fn colleagues(&self, form: &Form) -> Result<Vec<String>> {
        let accounts = self.store.accounts().await?.into_iter();
        let own = accounts
            .filter(|account| account.answers_for() == Some(form.municipality.code) && account.disabled_at.is_none());
        Ok(own.map(|account| account.display_name).collect())
    }

    /// Names given in earlier years.
    pub async fn earlier_assignees(&self, form: &Form) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for round in self.store.rounds().await?.into_iter().filter(|round| round.year < form.round.year) {
            let tasks = self.store.section_tasks(round.year, form.municipality.code).await?;
            names.extend(tasks.into_iter().map(|task| task.assignee));
        }
        Ok(names)
    }

    /// Hands a section of the own municipality's response to somebody, or says how far it is. Nothing is saved when
    /// nothing changes; [`Error::Changed`] when somebody else changed it since.
    pub async fn save_section_task(
        &self,
        account: &AccountRecord,
        year: FiscalYear,
        request: TaskRequest,
    ) -> Result<()> {
        let form = self.own_form(account, year).await?;
        form.questionnaire.section(request.section.as_str()).ok_or(Error::NotFound)?;
        if !form.round.state.is_under_review() {
            return Err(Error::Refused("調査が確定しているため、分担は変更できません。".to_owned()));
        }
        let request = checked(request)?;
        let tasks = self.section_tasks(&form).await?;
        let stored = tasks.iter().find(|task| task.section == request.section);
        if says_the_same(stored, &request) {
            return Ok(());
        }
        let TaskRequest { section, revision, assignee, state, comment } = request;
        let (code, by, at) = (form.municipality.code, account.author(), self.clock.now());
        let task = NewSectionTask { year, code, section, revision, assignee, state, comment, by, at };
        done(self.store.save_section_task(&task).await?)
    }
}

fn says_the_same(stored: Option<&SectionTask>, request: &TaskRequest) -> bool {
    match stored {
        Some(task) => {
            (&task.assignee, task.state, &task.comment) == (&request.assignee, request.state, &request.comment)
        }
        None => request.assignee.is_empty() && request.comment.is_empty() && request.state == SectionTaskState::Open,
    }
}

/// Trims the words; refuses those that are too long.
fn checked(request: TaskRequest) -> Result<TaskRequest> {
    let (assignee, comment) = (request.assignee.trim().to_owned(), request.comment.trim().to_owned());
    let too_long = |field: &str, words: &str, text: &str, limit: usize| {
        let message = format!("{words}は{limit}文字以内で入力してください。");
        (text.chars().count() > limit).then(|| FieldProblem { field: field.to_owned(), message })
    };
    let problems: Vec<FieldProblem> = [
        too_long("assignee", "担当", &assignee, LONGEST_ASSIGNEE),
        too_long("comment", "連絡事項", &comment, LONGEST_COMMENT),
    ]
    .into_iter()
    .flatten()
    .collect();
    if problems.is_empty() { Ok(TaskRequest { assignee, comment, ..request }) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use shared::time::Timestamp;

    use super::*;
    use crate::store::Author;

    fn request(assignee: &str, state: SectionTaskState, comment: &str) -> TaskRequest {
        let (assignee, comment) = (assignee.to_owned(), comment.to_owned());
        TaskRequest { section: SectionName("industry".to_owned()), revision: 0, assignee, state, comment }
    }

    #[test]
    fn saying_again_what_is_known_changes_nothing() {
        let typed = request("商工観光課", SectionTaskState::Open, "");
        let task = SectionTask {
            section: typed.section.clone(),
            revision: 3,
            assignee: typed.assignee.clone(),
            state: typed.state,
            comment: typed.comment.clone(),
            by: Author { account: None, name: "企画課".to_owned() },
            at: Timestamp(0),
        };
        assert!(says_the_same(Some(&task), &typed));
        assert!(!says_the_same(Some(&task), &request("商工観光課", SectionTaskState::Done, "")));
        assert!(!says_the_same(None, &typed));
        assert!(says_the_same(None, &request("", SectionTaskState::Open, "")), "nobody was asked and nobody is");
    }

    #[test]
    fn words_are_trimmed_and_limited() {
        assert_eq!(checked(request("　商工観光課 ", SectionTaskState::Open, "\n")).unwrap().assignee, "商工観光課");
        assert_eq!(checked(request("　商工観光課 ", SectionTaskState::Open, "\n")).unwrap().comment, "");
        let long = checked(request(&"課".repeat(101), SectionTaskState::Open, &"連".repeat(501)));
        let Err(Error::Invalid(problems)) = long else { panic!("refused") };
        assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["assignee", "comment"]);
    }
}
