//! The municipalities and their responses.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, MunicipalityCode, Region};
use shared::response::ResponseState;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;

/// The board's filter: `?region={Region::label}&state={ResponseState::code}`, each may be missing or empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Only this region.
    pub region: Option<Region>,
    /// Only this state.
    pub state: Option<ResponseState>,
}

/// A municipality on the board.
#[derive(Debug, Clone)]
pub struct DeskRow {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// 市, 町 or 村.
    pub kind: Kind,
    /// Its region.
    pub region: Option<Region>,
    /// State of its response.
    pub state: ResponseState,
    /// Questions with an answer, of those asked at present.
    pub answered: usize,
    /// Questions asked at present.
    pub asked: usize,
    /// When an answer was last saved or the state last changed.
    pub last_activity: Option<Timestamp>,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
}

/// What the board is narrowed to.
#[component]
pub fn Filter(
    /// The round.
    year: FiscalYear,
    /// What is chosen.
    filter: DeskFilter,
    /// The regions to choose from.
    regions: Vec<Region>,
) -> impl IntoView {
    let by_region = (!regions.is_empty()).then(|| {
        let options = regions
            .into_iter()
            .map(|region| {
                let selected = filter.region == Some(region);
                view! { <option value=region.label() selected=selected>{region.label()}</option> }
            })
            .collect_view();
        view! {
            <div class="form-field">
                <label for="region">"地域"</label>
                <select id="region" name="region"><option value="">"すべて"</option>{options}</select>
            </div>
        }
    });
    let states = ResponseState::ALL
        .into_iter()
        .map(|state| {
            let selected = filter.state == Some(state);
            view! { <option value=state.code() selected=selected>{state.label()}</option> }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=format!("/desk/{}", year.year())>
            {by_region}
            <div class="form-field">
                <label for="state">"状態"</label>
                <select id="state" name="state"><option value="">"すべて"</option>{states}</select>
            </div>
            <button class="button" type="submit">"絞り込む"</button>
        </form>
    }
    .into_any()
}

/// One row a municipality.
#[component]
pub fn Board(
    /// The round.
    year: FiscalYear,
    /// The municipalities shown.
    rows: Vec<DeskRow>,
    /// How many there are.
    total: usize,
) -> impl IntoView {
    let shown = rows.len();
    let rows = rows.into_iter().map(|row| view! { <BoardRow year row /> }).collect_view();
    view! {
        <TableFrame label="市町村の一覧">
            <table class="table board">
                <caption>{format!("市町村の一覧（{total} 団体のうち {shown} 団体を表示）")}</caption>
                <thead>
                    <tr>
                        <th scope="col">"市町村"</th>
                        <th scope="col">"区分"</th>
                        <th scope="col">"地域"</th>
                        <th scope="col">"状態"</th>
                        <th scope="col" class="number">"回答数"</th>
                        <th scope="col">"最終更新"</th>
                        <th scope="col">"受付番号"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn BoardRow(year: FiscalYear, row: DeskRow) -> impl IntoView {
    let href = format!("/desk/{}/{}", year.year(), row.code);
    view! {
        <tr>
            <th scope="row"><a href=href>{row.name}</a></th>
            <td>{row.kind.label()}</td>
            <td>{row.region.map_or("－", Region::label)}</td>
            <td><StateWords state=row.state /></td>
            <td class="number">{format!("{}/{}", row.answered, row.asked)}</td>
            <td>{row.last_activity.map_or_else(|| "－".to_owned(), Timestamp::date_time)}</td>
            <td>{row.receipt.unwrap_or_else(|| "－".to_owned())}</td>
        </tr>
    }
    .into_any()
}

/// A response's state in words.
#[component]
pub fn StateWords(
    /// The state.
    state: ResponseState,
) -> impl IntoView {
    let class = match state {
        ResponseState::NotStarted => "progress",
        ResponseState::InProgress | ResponseState::AwaitingApproval => "progress progress--open",
        ResponseState::Returned => "progress progress--attention",
        ResponseState::Submitted | ResponseState::Accepted => "progress progress--done",
    };
    view! { <span class=class>{state.label()}</span> }
}
