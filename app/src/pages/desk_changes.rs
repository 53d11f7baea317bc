//! `/desk/{year}/{code}/changes`: a response beside last year's, and beside what was handed in before.

use leptos::either::Either;
use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::MunicipalityCode;
use shared::response::ResponseState;
use shared::time::Timestamp;

use super::desk::StateWords;
use crate::components::sheet::LastYearWords;
use crate::components::table_frame::TableFrame;

/// What `/desk/{year}/{code}/changes` shows.
#[derive(Debug, Clone)]
pub struct DeskChanges {
    /// The round.
    pub year: FiscalYear,
    /// The municipality's code.
    pub code: MunicipalityCode,
    /// Its name.
    pub municipality: String,
    /// State of its response.
    pub state: ResponseState,
    /// 「令和7年度」; `None` where nothing was answered then.
    pub last_year: Option<String>,
    /// 受付番号 and time of what was handed in before; `None` where nothing was.
    pub before: Option<(String, Timestamp)>,
    /// All questions are shown (`?all=1`), not only those that differ.
    pub all: bool,
    /// Questions that are asked now or were before.
    pub total: usize,
    /// The sections with something to show.
    pub sections: Vec<ChangesSection>,
}

/// A section.
#[derive(Debug, Clone)]
pub struct ChangesSection {
    /// Its heading.
    pub title: String,
    /// Its questions, in order.
    pub rows: Vec<ChangesRow>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct ChangesRow {
    /// Its name.
    pub name: String,
    /// Its number and text.
    pub words: String,
    /// The answer now, in words.
    pub now: String,
    /// The answer of the year before; `None` where nothing was asked that it continues.
    pub last_year: Option<LastYearWords>,
    /// What was handed in before, in words.
    pub before: Option<String>,
}

impl ChangesRow {
    /// Whether the answer is another one than a year ago. Where the question changed, nobody can say.
    pub fn differs_from_last_year(&self) -> bool {
        self.last_year.as_ref().is_some_and(|last_year| !last_year.changed && last_year.words != self.now)
    }

    /// Whether the answer is another one than was handed in before.
    pub fn differs_from_before(&self) -> bool {
        self.before.as_ref().is_some_and(|before| *before != self.now)
    }
}

/// A response beside last year's, and beside what was handed in before.
#[component]
pub fn DeskChangesPage(
    /// What it shows.
    model: DeskChanges,
) -> impl IntoView {
    let DeskChanges { year, code, municipality, state, last_year, before, all, total, sections } = model;
    let response = format!("/desk/{}/{code}", year.year());
    let shown: usize = sections.iter().map(|section| section.rows.len()).sum();
    let of_last_year = match &last_year {
        Some(last_year) => format!("前年は、{last_year}の回答です。"),
        None => "前年の回答はありません。".to_owned(),
    };
    let of_before = match &before {
        Some((receipt, at)) => format!("前の提出は、{}の提出（受付番号 {receipt}）です。", at.date_time()),
        None => "前に提出した内容はありません。".to_owned(),
    };
    let other = if all {
        view! { <a class="button" href=format!("{response}/changes")>"違う設問だけを表示する"</a> }.into_any()
    } else {
        view! { <a class="button" href=format!("{response}/changes?all=1")>"すべての設問を表示する"</a> }.into_any()
    };
    let columns = (last_year.is_some(), before.is_some());
    let tables = if shown == 0 {
        Either::Left(view! { <p>"違う設問はありません。"</p> })
    } else {
        let table = |section| view! { <Section section columns response=response.clone() /> };
        Either::Right(sections.into_iter().map(table).collect_view())
    };
    view! {
        <p class="page-context"><a href=response.clone()>{municipality.clone()} "の回答（" {year.wareki()} "）"</a></p>
        <h1>{municipality} "の回答の比較"</h1>
        <p>"状態：" <StateWords state /></p>
        <p class="page-lead">{of_last_year} {of_before} {format!("{total}問のうち{shown}問を表示しています。")}</p>
        <p class="actions">{other}</p>
        {tables}
    }
    .into_any()
}

#[component]
fn Section(section: ChangesSection, columns: (bool, bool), response: String) -> impl IntoView {
    let (with_last_year, with_before) = columns;
    let ChangesSection { title, rows } = section;
    let rows = rows.into_iter().map(|row| view! { <Row row columns response=response.clone() /> }).collect_view();
    view! {
        <section class="section">
            <h2>{title.clone()}</h2>
            <TableFrame label=title>
                <table class="table changes">
                    <thead>
                        <tr>
                            <th scope="col">"設問"</th>
                            <th scope="col">"今の回答"</th>
                            {with_last_year.then(|| view! { <th scope="col">"前年の回答"</th> })}
                            {with_before.then(|| view! { <th scope="col">"前の提出"</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
        </section>
    }
    .into_any()
}

#[component]
fn Row(row: ChangesRow, columns: (bool, bool), response: String) -> impl IntoView {
    let (with_last_year, with_before) = columns;
    let (of_last_year, of_before) = (row.differs_from_last_year(), row.differs_from_before());
    let ChangesRow { name, words, now, last_year, before } = row;
    let mark = |differs: bool| differs.then(|| view! { <span class="change change--rise">"違い"</span> " " });
    let last_year = with_last_year.then(|| {
        let words = match last_year {
            Some(LastYearWords { words, changed: true, .. }) => {
                format!("{words}（設問が変わったため、比べられません）")
            }
            Some(LastYearWords { words, .. }) => words,
            None => "前年度設問なし".to_owned(),
        };
        view! { <td class="text">{mark(of_last_year)} {words}</td> }
    });
    let before = with_before.then(|| {
        view! { <td class="text">{mark(of_before)} {before.unwrap_or_else(|| "－".to_owned())}</td> }
    });
    view! {
        <tr>
            <th scope="row" class="text"><a href=format!("{response}#a-{name}")>{words}</a></th>
            <td class="text">{now}</td>
            {last_year}
            {before}
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn last_year(words: &str, changed: bool) -> LastYearWords {
        LastYearWords { year: "令和7年度".into(), words: words.into(), changed }
    }

    fn row(now: &str, last_year: Option<LastYearWords>, before: Option<&str>) -> ChangesRow {
        ChangesRow {
            name: "org_6a".into(),
            words: "体-6 職員の数".into(),
            now: now.into(),
            last_year,
            before: before.map(str::to_owned),
        }
    }

    fn rendered(rows: Vec<ChangesRow>, before: bool) -> String {
        let model = DeskChanges {
            year: FiscalYear::new(2026).unwrap(),
            code: "024121".parse().unwrap(),
            municipality: "おいらせ町".into(),
            state: ResponseState::Returned,
            last_year: Some("令和7年度".into()),
            before: before.then(|| ("2026-024121-1".into(), Timestamp::parse_jst("2026-11-22T16:42").unwrap())),
            all: false,
            total: 97,
            sections: vec![ChangesSection { title: "推進体制".into(), rows }],
        };
        let html = plain(view! { <DeskChangesPage model /> });
        assert!(!html.contains(" style="), "{html}");
        html
    }

    #[test]
    fn each_difference_is_marked_in_words() {
        let html = rendered(vec![row("16人", Some(last_year("10人", false)), Some("16人"))], true);
        for words in
            ["16人", "10人", "2026-024121-1", "97問のうち1問", "/changes?all=1", "href=\"/desk/2026/024121#a-org_6a\""]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert_eq!(html.matches("違い</span>").count(), 1, "only last year's differs: {html}");
        let html = rendered(vec![row("16人", Some(last_year("10人", true)), None)], false);
        assert!(!html.contains("違い</span>") && html.contains("比べられません"), "{html}");
        assert!(
            html.contains("前に提出した内容はありません。") && !html.contains("<th scope=\"col\">前の提出"),
            "{html}"
        );
    }

    #[test]
    fn a_question_that_changed_or_is_new_differs_from_nothing() {
        assert!(row("1", Some(last_year("2", false)), None).differs_from_last_year());
        assert!(!row("1", Some(last_year("2", true)), None).differs_from_last_year());
        assert!(!row("1", None, None).differs_from_last_year() && !row("1", None, None).differs_from_before());
        assert!(row("1", None, Some("2")).differs_from_before() && !row("1", None, Some("1")).differs_from_before());
        assert!(rendered(Vec::new(), true).contains("違う設問はありません。"));
    }
}
