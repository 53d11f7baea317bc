//! `/answer/{year}/{section}`: the questions of one section.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::questionnaire::SectionName;
use shared::wire::LiveForm;

use super::answer_list::{Deadline, DeadlineWords, ProgressWords, SectionItem, section_href};
use crate::components::question::{ErrorSummary, QuestionGroup, QuestionGroupView, control_id};
use crate::islands::SectionForm;

/// What `/answer/{year}/{section}` shows.
///
/// The form is posted to its own address with the fields described at [`crate::components::question::QuestionField`]
/// and `then`: `next`, `list` or, with [`AnswerSection::from_check`], `check`.
#[derive(Debug, Clone)]
pub struct AnswerSection {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's name.
    pub municipality: String,
    /// Until when answers are taken.
    pub deadline: Option<Deadline>,
    /// The section shown.
    pub name: SectionName,
    /// Its heading.
    pub title: String,
    /// Lead below the heading.
    pub lead: Option<String>,
    /// All sections, in order.
    pub sections: Vec<SectionItem>,
    /// Its groups, in order.
    pub groups: Vec<QuestionGroup>,
    /// Why nothing can be changed, in a sentence; answers are then shown as text.
    pub read_only: Option<String>,
    /// Opened from the check page (`?from=check`), to which saving then returns.
    pub from_check: bool,
    /// What the island needs; `None` when read-only.
    pub live: Option<LiveForm>,
}

/// The questions of one section.
#[component]
pub fn AnswerSectionPage(
    /// What it shows.
    model: AnswerSection,
) -> impl IntoView {
    let AnswerSection {
        year,
        municipality,
        deadline,
        name,
        title,
        lead,
        sections,
        groups,
        read_only,
        from_check,
        live,
    } = model;
    let editable = read_only.is_none();
    let mut action = section_href(year, &name);
    if from_check {
        action.push_str("?from=check");
    }
    let errors = errors(&groups);
    let groups =
        groups.into_iter().map(|group| view! { <QuestionGroupView group read_only=!editable /> }).collect_view();
    let body = if editable {
        let (then, save) =
            if from_check { ("check", "保存して確認に戻る") } else { ("next", "保存して次へ") };
        Either::Left(view! {
            <form method="post" action=action autocomplete="off" data-section-form="">
                {groups}
                {live.map(|form| view! { <SectionForm form /> })}
                <p class="actions">
                    <button class="button button--primary" type="submit" name="then" value=then>{save}</button>
                    <button class="button" type="submit" name="then" value="list">"保存して一覧に戻る"</button>
                </p>
            </form>
        })
    } else {
        Either::Right(view! {
            {groups}
            <p class="actions"><a class="button" href="/answer">"一覧に戻る"</a></p>
        })
    };
    view! {
        <p class="page-context">{year.to_string()} "　" {municipality}</p>
        <h1>{title}</h1>
        {deadline.map(|deadline| view! { <p><DeadlineWords deadline /></p> })}
        {lead.map(|lead| view! { <p class="page-lead">{lead}</p> })}
        <div class="answer-layout">
            <SectionList sections current=name year />
            <div class="answer-questions">
                {read_only.map(|reason| view! { <p class="notice">{reason}</p> })}
                <ErrorSummary errors />
                {body}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn SectionList(sections: Vec<SectionItem>, current: SectionName, year: FiscalYear) -> impl IntoView {
    let items = sections
        .into_iter()
        .map(|section| {
            let (href, is_current) = (section.href(year), section.name == current);
            view! {
                <li>
                    <a href=href aria-current=is_current.then_some("page")>
                        <span class="section-list-title">{section.title}</span>
                        <ProgressWords progress=section.progress />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="section-list" aria-label="調査票の構成"><ol class="section-list-items">{items}</ol></nav> }
}

/// What the summary says: every question with an error or a conflict, in order.
fn errors(groups: &[QuestionGroup]) -> Vec<(String, String, String)> {
    let fields = groups.iter().flat_map(|group| &group.questions);
    fields
        .filter_map(|field| {
            let conflict = field.conflict.as_ref().map(|_| "ほかの人が別の値を保存しています。".to_owned());
            let error = field.error.clone().or(conflict)?;
            let question = &field.question;
            let label = format!("{} {}", question.number, question.label);
            Some((format!("#{}", control_id(field)), label.trim().to_owned(), error))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use shared::questionnaire::{ChoiceState, GroupLayout, Question, QuestionKind};
    use shared::response::AnswerValue;
    use shared::time::Timestamp;

    use super::super::answer_list::SectionProgress;
    use super::*;
    use crate::components::question::samples::{field, group, levels, plain, question, select};
    use crate::components::question::{Conflict, QuestionField};

    fn model(groups: Vec<QuestionGroup>) -> AnswerSection {
        let section = |name: &str, title: &str, progress| SectionItem {
            name: SectionName(name.into()),
            title: title.into(),
            progress,
            minutes: 8,
        };
        AnswerSection {
            year: FiscalYear::new(2026).unwrap(),
            municipality: "おいらせ町".into(),
            deadline: Some(Deadline { at: Timestamp::parse_jst("2026-11-30T17:00").unwrap(), days_left: 8 }),
            name: SectionName("industry".into()),
            title: "産業・しごと".into(),
            lead: Some("この分野の取組をお答えください。".into()),
            sections: vec![
                section("basic", "基本情報・推進体制", SectionProgress::Done),
                section("industry", "産業・しごと", SectionProgress::InProgress { answered: 7, asked: 11 }),
                section("base", "各分野を支える基盤整備", SectionProgress::NeedsAttention { count: 2 }),
            ],
            groups,
            read_only: None,
            from_check: false,
            live: None,
        }
    }

    fn rendered(model: AnswerSection) -> String {
        let html = plain(view! { <AnswerSectionPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    fn list(fields: Vec<QuestionField>) -> AnswerSection {
        model(vec![group(GroupLayout::List, fields)])
    }

    #[test]
    fn every_kind_of_question_has_its_input() {
        let budget =
            Question { unit: Some("千円".into()), may_be_unknown: true, ..question("budget", QuestionKind::Decimal) };
        let html = rendered(list(vec![
            field(select("stage"), &["1"]),
            field(question("why", QuestionKind::SelectMultiple { choices: levels() }), &["0", "3"]),
            field(question("name", QuestionKind::Text { multiline: false, max_length: 50 }), &["A&B\"商会"]),
            field(question("wish", QuestionKind::Text { multiline: true, max_length: 500 }), &["要望"]),
            field(question("staff", QuestionKind::Integer), &["12人"]),
            field(budget, &["12400"]),
            field(question("since", QuestionKind::Date), &[]),
            field(question("note", QuestionKind::Note), &[]),
        ]));
        assert!(html.contains("<input type=\"radio\" id=\"f-stage-1\" name=\"stage\" value=\"1\" checked>"), "{html}");
        assert_eq!(html.matches("type=\"radio\" id=\"f-stage-").count(), 8, "seven choices and taking it back");
        assert!(html.contains("<input type=\"checkbox\" id=\"f-why-3\" name=\"why\" value=\"3\" checked>"));
        assert!(html.contains("value=\"A&amp;B&quot;商会\""), "{html}");
        assert!(html.contains(">\n要望</textarea>") && html.contains("500文字以内"));
        assert!(html.contains("value=\"12人\"") && html.contains("inputmode=\"numeric\""));
        assert!(html.contains("inputmode=\"decimal\"") && html.contains("千円"));
        assert!(html.contains("name=\"budget.unknown\" value=\"1\""));
        assert!(html.contains("例：2026-11-30"));
        assert!(html.contains("<input type=\"hidden\" name=\"stage.revision\" value=\"3\">"));
        assert!(!html.contains("name=\"note\"") && !html.contains("type=\"number\""));
        assert_eq!(html.matches("<label for=\"f-staff\"").count(), 1);
    }

    #[test]
    fn questions_that_share_their_choices_are_one_table() {
        let mut late = field(select("ec"), &[]);
        late.saved_at = Timestamp::parse_jst("2026-11-22T16:42");
        let html = rendered(model(vec![group(GroupLayout::Table, vec![field(select("desk"), &["2"]), late])]));
        assert_eq!(html.matches("<table").count(), 1);
        assert_eq!(html.matches("<input type=\"radio\"").count(), 14);
        assert_eq!(html.matches("<th scope=\"col\" class=\"question-table-choice\"").count(), 7);
        assert!(html.contains("aria-labelledby=\"t-desk w-desk-2\"") && html.contains("id=\"w-desk-2\""));
        assert!(html.contains("保存済み 16:42"));
        assert_eq!(html.matches("公開範囲").count(), 1, "said once for the whole table: {html}");
    }

    #[test]
    fn a_table_of_unlike_questions_is_a_list() {
        let fields = vec![field(select("desk"), &[]), field(question("n", QuestionKind::Integer), &[])];
        let html = rendered(model(vec![group(GroupLayout::Table, fields)]));
        assert!(!html.contains("<table") && html.contains("name=\"n\""));
    }

    #[test]
    fn what_is_not_asked_is_there_but_hidden() {
        let mut stage = field(select("stage"), &["1"]);
        stage.relevant = false;
        let html = rendered(list(vec![field(select("engaged"), &[]), stage.clone()]));
        assert!(html.contains("id=\"q-stage\" data-question=\"stage\" hidden"), "{html}");
        assert!(!html.contains("data-question=\"engaged\" hidden"));
        assert!(!html.contains("disabled"));
        let html = rendered(list(vec![stage]));
        assert!(html.contains("data-group=\"\" hidden"), "{html}");
    }

    #[test]
    fn errors_stand_below_their_field_and_first_on_the_page() {
        let mut staff = field(question("staff", QuestionKind::Integer), &["12人"]);
        staff.error = Some("整数で入力してください。例：12".into());
        let mut stage = field(select("stage"), &[]);
        stage.error = Some("回答してください。".into());
        let html = rendered(list(vec![staff, stage]));
        assert!(html.contains("role=\"alert\"") && html.contains("入力内容を確認してください（2件）"));
        assert!(html.contains("href=\"#f-staff\"") && html.contains("href=\"#f-stage-0\""));
        assert!(
            html.contains("id=\"e-staff\" data-error=\"\" class=\"question-error\">＊整数で入力してください。例：12"),
            "{html}"
        );
        assert!(html.contains("aria-invalid=\"true\""));
        assert!(html.find("error-summary").unwrap() < html.find("<form").unwrap());
        assert!(!rendered(list(vec![field(select("stage"), &[])])).contains("role=\"alert\""));
    }

    #[test]
    fn a_conflict_shows_both_values_and_asks() {
        let mut stage = field(select("stage"), &["1"]);
        stage.conflict = Some(Conflict {
            author: "商工観光課".into(),
            at: Timestamp::parse_jst("2026-11-22T16:42").unwrap(),
            value: Some(AnswerValue::Choice("4".into())),
        });
        let html = rendered(list(vec![stage]));
        assert!(html.contains("<strong>実施している（本格運用）</strong>"), "{html}");
        assert!(html.contains("商工観光課") && html.contains("2026年11月22日（日） 16:42"));
        for value in ["theirs", "mine"] {
            assert!(html.contains(&format!("name=\"stage.keep\" value=\"{value}\" required")), "{html}");
        }
        assert!(html.contains("href=\"#f-stage-0\""));
    }

    #[test]
    fn a_form_that_takes_no_answers_is_text() {
        let budget =
            Question { unit: Some("千円".into()), may_be_unknown: true, ..question("budget", QuestionKind::Decimal) };
        let mut unknown = field(budget.clone(), &[]);
        unknown.raw = AnswerValue::State(ChoiceState::Unknown).raw();
        let mut skipped = field(select("skipped"), &["1"]);
        skipped.relevant = false;
        let fields = vec![field(budget, &["12400"]), unknown, field(select("blank"), &[]), skipped];
        let mut model = list(fields);
        model.groups.push(group(GroupLayout::Table, vec![field(select("desk"), &["4"])]));
        let html = rendered(AnswerSection {
            read_only: Some("提出済みのため、変更できません。".into()), ..model
        });
        for words in [
            "提出済みのため、変更できません。",
            "12,400千円",
            "不明",
            "未回答",
            "分岐により対象外",
            "実施している（本格運用）",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
        for control in ["<input", "<button", "<form", "<textarea"] {
            assert!(!html.contains(control), "{control}: {html}");
        }
    }

    #[test]
    fn saving_goes_on_or_back_to_where_one_came_from() {
        let html = rendered(list(vec![field(select("stage"), &[])]));
        assert!(html.contains("action=\"/answer/2026/industry\""));
        assert!(html.contains("name=\"then\" value=\"next\"") && html.contains("name=\"then\" value=\"list\""));
        assert!(html.contains("href=\"/answer/2026/industry\" aria-current=\"page\""), "{html}");
        let html = rendered(AnswerSection { from_check: true, ..list(vec![field(select("stage"), &[])]) });
        assert!(html.contains("action=\"/answer/2026/industry?from=check\"") && html.contains("value=\"check\""));
    }
}
