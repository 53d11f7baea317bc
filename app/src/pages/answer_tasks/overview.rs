//! Everything in one table, for the one who gathers.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::time::Timestamp;

use super::TaskRow;
use crate::components::table_frame::TableFrame;

/// One row a section, and their sum.
#[component]
pub fn Overview(
    /// The round.
    year: FiscalYear,
    /// The sections.
    rows: Vec<TaskRow>,
    /// Whether tasks can still be handed out.
    may_share: bool,
) -> impl IntoView {
    let sum = |of: fn(&TaskRow) -> usize| rows.iter().map(of).sum::<usize>();
    let (answered, asked) = (sum(|row| row.answered), sum(|row| row.asked));
    let (missing, doubtful) = (sum(|row| row.missing), sum(|row| row.doubtful));
    let rows = rows.into_iter().map(|row| overview_row(year, row, may_share)).collect_view();
    view! {
        <TableFrame label="分担と進み具合">
            <table class="table tasks">
                <caption>"分担と進み具合"</caption>
                <thead>
                    <tr>
                        <th scope="col">"区分"</th>
                        <th scope="col">"担当"</th>
                        <th scope="col" class="number">"回答"</th>
                        <th scope="col" class="number">"未回答の必須"</th>
                        <th scope="col" class="number">"要確認"</th>
                        <th scope="col">"連絡事項"</th>
                        <th scope="col">"最後の入力"</th>
                        <th scope="col" class="screen-only">"依頼文"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"合計"</th>
                        <td></td>
                        <td class="number">{format!("{answered}/{asked}")}</td>
                        <td class="number">{missing}</td>
                        <td class="number">{doubtful}</td>
                        <td></td>
                        <td></td>
                        <td class="screen-only"></td>
                    </tr>
                </tfoot>
            </table>
        </TableFrame>
    }
    .into_any()
}

fn overview_row(year: FiscalYear, row: TaskRow, may_share: bool) -> AnyView {
    let TaskRow { section, answered, asked, missing, doubtful, last_answer, task, .. } = row;
    let (href, name, title) = (section.href, section.name.as_str().to_owned(), section.title);
    let letter = format!("/answer/{}/tasks/{name}", year.year());
    let change = may_share.then(|| {
        let href = format!("#edit-{name}");
        view! { " " <a class="screen-only" href=href>"変更" <span class="visually-hidden">"：" {title.clone()}</span></a> }
    });
    let last =
        last_answer.map_or_else(|| "－".to_owned(), |(who, when)| format!("{who} {}", Timestamp::date_time(when)));
    let words = task.words();
    let about = title.clone();
    view! {
        <tr>
            <th scope="row"><a href=href>{title.clone()}</a></th>
            <td>{words} {change}</td>
            <td class="number">{format!("{answered}/{asked}")}</td>
            <td class="number">{missing}</td>
            <td class="number">{doubtful}</td>
            <td class="text">{task.comment}</td>
            <td>{last}</td>
            <td class="screen-only"><a href=letter>"依頼文" <span class="visually-hidden">"：" {about}</span></a></td>
        </tr>
    }
    .into_any()
}
