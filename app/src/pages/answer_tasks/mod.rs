//! `/answer/{year}/tasks`: who fills which section, and how far they are.
//!
//! - `overview`: everything in one table, for the one who gathers
//! - `form`: one section's task

mod form;
mod overview;

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::SectionTaskState;
use shared::time::Timestamp;
use shared::wire::FieldProblem;

use super::answer_list::{Deadline, DeadlineWords, SectionItem};
use crate::components::question::ErrorSummary;

use self::form::TaskForm;
use self::overview::Overview;

/// What `/answer/{year}/tasks` shows.
#[derive(Debug, Clone)]
pub struct AnswerTasks {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Its code: what is typed here is saved for no other.
    pub code: MunicipalityCode,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// Whether tasks can still be handed out.
    pub may_share: bool,
    /// One row a section, in the order of the paper form.
    pub rows: Vec<TaskRow>,
    /// Names that were given before, to choose from.
    pub known: Vec<String>,
}

/// A section with its task and its progress. Counts are of questions asked at present.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// The section.
    pub section: SectionItem,
    /// Questions with an answer.
    pub answered: usize,
    /// Questions asked.
    pub asked: usize,
    /// Required questions without an answer.
    pub missing: usize,
    /// Answers that break a constraint or lack the reason that was asked for.
    pub doubtful: usize,
    /// Who last changed an answer, and when.
    pub last_answer: Option<(String, Timestamp)>,
    /// The task as stored.
    pub task: StoredTask,
    /// The task as typed, where it was not saved.
    pub typed: Option<TypedTask>,
}

/// A task as stored; revision 0 where there is none.
#[derive(Debug, Clone)]
pub struct StoredTask {
    /// Its revision.
    pub revision: u32,
    /// 課名・氏名; may be empty.
    pub assignee: String,
    /// How far they say it is.
    pub state: SectionTaskState,
    /// What they tell one another.
    pub comment: String,
    /// Who changed it last, and when.
    pub last: Option<(String, Timestamp)>,
}

/// A task that was typed and not saved.
#[derive(Debug, Clone)]
pub struct TypedTask {
    /// 課名・氏名.
    pub assignee: String,
    /// How far.
    pub state: SectionTaskState,
    /// The comment.
    pub comment: String,
    /// What is wrong, by field.
    pub problems: Vec<FieldProblem>,
    /// Somebody else changed the task since the page was opened.
    pub conflict: bool,
}

impl StoredTask {
    /// Nobody was asked and nothing was said.
    pub fn none() -> Self {
        let (assignee, comment) = (String::new(), String::new());
        Self { revision: 0, assignee, state: SectionTaskState::Open, comment, last: None }
    }

    /// 「商工観光課（依頼中）」, 「－」 where nobody was asked.
    pub fn words(&self) -> String {
        match (self.assignee.as_str(), self.revision) {
            ("", 0) => "－".to_owned(),
            ("", _) => format!("未定（{}）", self.state.label()),
            (assignee, _) => format!("{assignee}（{}）", self.state.label()),
        }
    }
}

/// Who fills which section.
#[component]
pub fn AnswerTasksPage(
    /// What it shows.
    model: AnswerTasks,
) -> impl IntoView {
    let AnswerTasks { year, municipality, code, deadline, may_share, rows, known } = model;
    let errors = errors(&rows);
    let forms = may_share.then(|| {
        let known = known.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
        let forms = rows.iter().map(|row| view! { <TaskForm year code row=row.clone() /> }).collect_view();
        view! {
            <section class="section screen-only" aria-labelledby="share">
                <h2 id="share">"分担を決める"</h2>
                <p>"課名か氏名を入力すると、一覧と各自の画面に表示されます。だれでもすべての設問に入力でき、分担は目印です。"</p>
                <datalist id="known">{known}</datalist>
                <div class="task-forms">{forms}</div>
            </section>
        }
    });
    let list = format!("/answer/{}", year.year());
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>"分担と進み具合"</h1>
        {deadline.map(|deadline| view! { <p class="deadline-line"><DeadlineWords deadline /></p> })}
        <ErrorSummary errors />
        <Overview year rows may_share />
        {forms}
        <p class="actions"><a class="button" href=list>"一覧に戻る"</a></p>
    }
    .into_any()
}

/// What the summary says: every field with a problem, every conflict.
fn errors(rows: &[TaskRow]) -> Vec<(String, String, String)> {
    let typed = rows.iter().filter_map(|row| Some((row, row.typed.as_ref()?)));
    typed
        .flat_map(|(row, typed)| {
            let name = row.section.name.as_str();
            let at = move |field: &str| format!("#{name}-{field}");
            let problems = typed.problems.iter();
            let problems = problems.map(|p| (at(&p.field), row.section.title.clone(), p.message.clone()));
            let conflict = typed.conflict.then(|| {
                let message = "ほかの人が先に変更しました。今回の内容はまだ保存していません。".to_owned();
                (at("assignee"), row.section.title.clone(), message)
            });
            problems.chain(conflict).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use shared::questionnaire::SectionName;

    use super::super::answer_list::SectionProgress;
    use super::*;
    use crate::components::question::samples::plain;

    fn row(name: &str, title: &str) -> TaskRow {
        let progress = SectionProgress::InProgress { answered: 7, asked: 11 };
        TaskRow {
            section: SectionItem {
                name: SectionName(name.into()),
                href: format!("/answer/2026/{name}"),
                title: title.into(),
                progress,
                minutes: 8,
            },
            answered: 7,
            asked: 11,
            missing: 3,
            doubtful: 1,
            last_answer: Some(("商工 鈴木".into(), Timestamp::parse_jst("2026-11-22T16:42").unwrap())),
            task: StoredTask {
                revision: 2,
                assignee: "商工観光課".into(),
                state: SectionTaskState::Done,
                comment: "25日まで".into(),
                last: Some(("企画課 佐藤".into(), Timestamp::parse_jst("2026-11-20T09:00").unwrap())),
            },
            typed: None,
        }
    }

    fn model() -> AnswerTasks {
        AnswerTasks {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            code: "024121".parse().unwrap(),
            deadline: None,
            may_share: true,
            rows: vec![
                row("industry", "産業・しごと"),
                TaskRow { task: StoredTask::none(), last_answer: None, ..row("life", "暮らし・まち") },
            ],
            known: vec!["農林水産課".into()],
        }
    }

    fn rendered(model: AnswerTasks) -> String {
        let html = plain(view! { <AnswerTasksPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn who_gathers_sees_everything_in_one_table() {
        let html = rendered(model());
        for words in [
            "商工観光課（入力済み）",
            "7/11",
            "25日まで",
            "商工 鈴木",
            "2026年11月22日（日） 16:42",
            "合計",
            "14/22",
            "/answer/2026/tasks/industry",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains("<option value=\"農林水産課\">") && html.contains("list=\"known\""));
    }

    #[test]
    fn each_task_is_saved_on_its_own_revision() {
        let html = rendered(model());
        assert_eq!(html.matches("action=\"/answer/2026/tasks\"").count(), 2);
        assert!(html.contains("name=\"revision\" value=\"2\"") && html.contains("name=\"revision\" value=\"0\""));
        assert!(html.contains("id=\"industry-done\"") && html.contains("value=\"商工観光課\""));
        let html = rendered(AnswerTasks { may_share: false, ..model() });
        assert!(!html.contains("<form") && html.contains("商工観光課（入力済み）"));
    }

    #[test]
    fn a_conflict_shows_both_and_saves_nothing_unasked() {
        let mut conflict = model();
        conflict.rows[0].typed = Some(TypedTask {
            assignee: "農林水産課".into(),
            state: SectionTaskState::Open,
            comment: "</textarea>急ぎ".into(),
            problems: Vec::new(),
            conflict: true,
        });
        let html = rendered(conflict.clone());
        assert!(html.contains("role=\"alert\"") && html.contains("ほかの人が先に変更しました"), "{html}");
        assert!(html.contains("value=\"農林水産課\"") && html.contains("商工観光課（入力済み）"));
        assert!(html.contains("&lt;/textarea&gt;急ぎ</textarea>") && html.contains("企画課 佐藤"));
        let typed = conflict.rows[0].typed.as_mut().unwrap();
        typed.conflict = false;
        typed.problems = vec![FieldProblem { field: "comment".into(), message: "長すぎます。".into() }];
        let html = rendered(conflict);
        assert!(html.contains("＊長すぎます。") && html.contains("href=\"#industry-comment\""), "{html}");
    }
}
