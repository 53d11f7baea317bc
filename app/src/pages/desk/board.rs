//! The municipalities and their responses.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, MunicipalityCode, Region, Tile};
use shared::response::ResponseState;
use shared::share::Share;
use shared::tabulation::PopulationBand;
use shared::time::Timestamp;

use crate::components::table_frame::TableFrame;
use crate::results::encoded;

/// The board's filter: `?region={Region::label}&kind={Kind::code}&band={PopulationBand::code}&state={ResponseState::code}`,
/// each may be missing or empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Only this region.
    pub region: Option<Region>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this band of population.
    pub band: Option<PopulationBand>,
    /// Only this state.
    pub state: Option<ResponseState>,
}

impl DeskFilter {
    /// As the board's address holds it, in a fixed order; empty for everybody.
    pub fn query(&self) -> String {
        let pairs = [
            ("region", self.region.map(Region::label)),
            ("kind", self.kind.map(Kind::code)),
            ("band", self.band.map(PopulationBand::code)),
            ("state", self.state.map(ResponseState::code)),
        ];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded(value?))));
        pairs.collect::<Vec<_>>().join("&")
    }
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
    /// Questions that were sent back and have not come again.
    pub returned: usize,
    /// Inquiries that are not settled.
    pub inquiries: usize,
    /// Its place on the tile map, where drawn.
    pub tile: Option<Tile>,
    /// 受付番号, when it was handed in.
    pub receipt: Option<String>,
    /// The later deadline that was granted.
    pub extended_until: Option<Timestamp>,
    /// It asked for a later deadline, which is not decided.
    pub asks_for_extension: bool,
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
        let regions = regions.into_iter();
        let options = regions.map(|region| (region.label(), region.label(), filter.region == Some(region))).collect();
        view! { <Choice name="region" label="地域" options /> }
    });
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.code(), kind.label(), filter.kind == Some(kind)));
    let bands = PopulationBand::ALL.into_iter().map(|band| (band.code(), band.label(), filter.band == Some(band)));
    let states = ResponseState::ALL.into_iter().map(|state| (state.code(), state.label(), filter.state == Some(state)));
    view! {
        <form class="filter" method="get" action=format!("/desk/{}", year.year())>
            {by_region}
            <Choice name="kind" label="市町村の別" options=kinds.collect() />
            <Choice name="band" label="人口規模" options=bands.collect() />
            <Choice name="state" label="状態" options=states.collect() />
            <button class="button" type="submit">"絞り込む"</button>
        </form>
    }
    .into_any()
}

/// One of the filter's lists: code, label, whether it is chosen.
#[component]
fn Choice(name: &'static str, label: &'static str, options: Vec<(&'static str, &'static str, bool)>) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(code, label, chosen)| view! { <option value=code selected=chosen>{label}</option> })
        .collect_view();
    view! {
        <div class="form-field">
            <label for=name>{label}</label>
            <select id=name name=name><option value="">"すべて"</option>{options}</select>
        </div>
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
    /// Whether municipalities can be chosen and written to.
    remindable: bool,
) -> impl IntoView {
    let shown = rows.len();
    let rows = rows.into_iter().map(|row| view! { <BoardRow year row remindable /> }).collect_view();
    let write = remindable.then(|| {
        view! {
            <p class="actions">
                <button class="button" type="submit">"選んだ市町村に催促する"</button>
                <a class="button" href=format!("/desk/{}/reminders", year.year())>"催促のメールを見る"</a>
            </p>
        }
    });
    let choose = remindable.then(|| view! { <th scope="col">"選択"</th> });
    view! {
        <form method="get" action=format!("/desk/{}/reminders/new", year.year())>
        <TableFrame label="市町村の一覧">
            <table class="table board">
                <caption>{format!("市町村の一覧（{total} 団体のうち {shown} 団体を表示）")}</caption>
                <thead>
                    <tr>
                        {choose}
                        <th scope="col">"市町村"</th>
                        <th scope="col">"区分"</th>
                        <th scope="col">"地域"</th>
                        <th scope="col">"状態"</th>
                        <th scope="col" class="number">"回答数"</th>
                        <th scope="col">"最終更新"</th>
                        <th scope="col" class="number">"差戻し"</th>
                        <th scope="col" class="number">"やりとり"</th>
                        <th scope="col">"受付番号"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableFrame>
        {write}
        </form>
    }
    .into_any()
}

#[component]
fn BoardRow(year: FiscalYear, row: DeskRow, remindable: bool) -> impl IntoView {
    let href = format!("/desk/{}/{}", year.year(), row.code);
    let counted = |count: usize, unit: &str| if count == 0 { "－".to_owned() } else { format!("{count}{unit}") };
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let share = Share::new(number(row.answered), number(row.asked));
    let extended =
        row.extended_until.map(|until| view! { <span class="board-extension">{until.date_time()} "まで延長"</span> });
    let asks = row.asks_for_extension.then(|| view! { <span class="board-extension">"延長の申出あり"</span> });
    let choose = remindable.then(|| {
        // Who has handed in gets no reminder.
        let box_of = |code: MunicipalityCode| {
            let label = format!("{}を選ぶ", row.name);
            view! { <input type="checkbox" name="municipality" value=code.to_string() aria-label=label /> }
        };
        let open = !matches!(row.state, ResponseState::Submitted | ResponseState::Accepted);
        view! { <td>{open.then(|| box_of(row.code))}</td> }
    });
    view! {
        <tr>
            {choose}
            <th scope="row"><a href=href>{row.name}</a></th>
            <td>{row.kind.label()}</td>
            <td>{row.region.map_or("－", Region::label)}</td>
            <td><StateWords state=row.state /> {extended} {asks}</td>
            <td class="number">{format!("{}/{}（{share}）", row.answered, row.asked)}</td>
            <td>{row.last_activity.map_or_else(|| "－".to_owned(), Timestamp::date_time)}</td>
            <td class="number">{counted(row.returned, "問")}</td>
            <td class="number">{counted(row.inquiries, "件")}</td>
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
