//! The municipalities and their responses.

use leptos::prelude::*;
use shared::fiscal_year::FiscalYear;
use shared::municipality::{Kind, MunicipalityCode, Region, Tile};
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::share::Share;
use shared::tabulation::PopulationBand;
use shared::time::Timestamp;

use crate::components::exhibit::{PageAddress, SortHeading, sorting_of};
use crate::components::table_frame::TableFrame;
use crate::exhibit::sorting::Sorting;
use crate::exhibit::table::Column;
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
        let pairs = self.pairs().into_iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Names and values of what is chosen.
    pub fn pairs(&self) -> Vec<(&'static str, &'static str)> {
        let pairs = [
            ("region", self.region.map(Region::label)),
            ("kind", self.kind.map(Kind::code)),
            ("band", self.band.map(PopulationBand::code)),
            ("state", self.state.map(ResponseState::code)),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
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
    /// It can still hand in, and so can be reminded.
    pub awaited: bool,
}

/// The board's name in addresses.
const BOARD: &str = "board";

/// Its columns that sort it.
fn columns() -> [Column; 8] {
    [
        Column::words("市町村", "municipality"),
        Column::words("区分", "kind"),
        Column::words("地域", "region"),
        Column::words("状態", "state"),
        Column::share("回答数", "answered"),
        Column::words("最終更新", "activity"),
        Column::whole("差戻し", "returned", "問"),
        Column::whole("やりとり", "inquiries", "件"),
    ]
}

/// Sorts the rows; equal ones keep their order, what has no value stands last in either direction.
fn sort(rows: &mut [DeskRow], Sorting { column, descending }: &Sorting) {
    let place = |found: Option<usize>| found.and_then(|place| i64::try_from(place).ok());
    let count = |count: usize| i64::try_from(count).ok();
    let key = |row: &DeskRow| match column.as_str() {
        "municipality" => row.code.as_str().parse::<i64>().ok(),
        "kind" => place(Kind::ALL.into_iter().position(|kind| kind == row.kind)),
        "region" => place(Region::ALL.into_iter().position(|region| Some(region) == row.region)),
        "state" => place(ResponseState::ALL.into_iter().position(|state| state == row.state)),
        "answered" => {
            count(row.answered.saturating_mul(1_000_000)).zip(count(row.asked)).and_then(|(a, of)| a.checked_div(of))
        }
        "activity" => row.last_activity.map(|at| at.0),
        "returned" => count(row.returned),
        "inquiries" => count(row.inquiries),
        _ => None,
    };
    rows.sort_by(|a, b| match (key(a), key(b)) {
        (Some(a), Some(b)) if *descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
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
    let sorted = sorting_of(BOARD).map(|sorting| {
        view! { <input type="hidden" name="sort" value=format!("{BOARD}.{}", sorting.parameter()) /> }
    });
    view! {
        <form class="filter" method="get" action=format!("/desk/{}", year.year())>
            {sorted}
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
    /// Where the round stands.
    state: RoundState,
    /// What the rows are narrowed to.
    filter: DeskFilter,
    /// The municipalities shown.
    rows: Vec<DeskRow>,
    /// How many there are.
    total: usize,
    /// Whether municipalities can be chosen and written to.
    remindable: bool,
) -> impl IntoView {
    let shown = rows.len();
    let awaited = rows.iter().filter(|row| row.awaited).count();
    let mut rows = rows;
    if let Some(sorting) = sorting_of(BOARD) {
        sort(&mut rows, &sorting);
    }
    let rows = rows.into_iter().map(|row| view! { <BoardRow year row remindable /> }).collect_view();
    let write = remindable.then(|| view! { <Write year state filter awaited /> });
    let choose = remindable.then(|| view! { <th scope="col">"選択"</th> });
    // The answer to a form that was refused has another address.
    let own = format!("/desk/{}", year.year());
    let sortable = shown > 1 && use_context::<PageAddress>().is_some_and(|page| page.path == own);
    let headings = columns()
        .into_iter()
        .map(|column| view! { <SortHeading table=BOARD.to_owned() column sortable /> })
        .collect_view();
    view! {
        <form method="get" action=format!("/desk/{}/reminders/new", year.year())>
        <TableFrame label="市町村の一覧">
            <table class="table board" id="board-table">
                <caption>{format!("市町村の一覧（{total} 団体のうち {shown} 団体を表示）")}</caption>
                <thead>
                    <tr>
                        {choose}
                        {headings}
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

/// Writing to those who were chosen, or to all who are shown and still awaited.
#[component]
fn Write(year: FiscalYear, state: RoundState, filter: DeskFilter, awaited: usize) -> impl IntoView {
    let narrowed = filter.pairs();
    let of = if narrowed.is_empty() { "" } else { "絞り込んだうち" };
    let whom = if state == RoundState::Closed { "再提出を待つ" } else { "未提出の" };
    let kept = narrowed.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let all = (awaited > 0).then(|| {
        view! {
            <button class="button" type="submit" name="all" value="1">
                {format!("{of}{whom}{awaited}団体すべてに催促する")}
            </button>
        }
    });
    view! {
        {kept.collect_view()}
        <p class="actions">
            <button class="button" type="submit">"選んだ市町村に催促する"</button>
            {all}
            <a class="button" href=format!("/desk/{}/reminders", year.year())>"催促のメールを見る"</a>
        </p>
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
        // Who has handed in, or cannot any more, gets no reminder.
        let box_of = |code: MunicipalityCode| {
            let label = format!("{}を選ぶ", row.name);
            view! { <input type="checkbox" name="municipality" value=code.to_string() aria-label=label /> }
        };
        view! { <td>{row.awaited.then(|| box_of(row.code))}</td> }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, answered: usize, last_activity: Option<i64>) -> DeskRow {
        DeskRow {
            code: code.parse().unwrap(),
            name: code.into(),
            kind: Kind::City,
            region: None,
            state: ResponseState::InProgress,
            answered,
            asked: 50,
            last_activity: last_activity.map(Timestamp),
            returned: 0,
            inquiries: 0,
            tile: None,
            receipt: None,
            extended_until: None,
            asks_for_extension: false,
            awaited: true,
        }
    }

    #[test]
    fn rows_are_sorted_and_what_has_no_value_stands_last() {
        let sorted = |by: &str| {
            let mut rows = vec![row("022012", 9, None), row("022021", 40, Some(5)), row("022039", 10, Some(7))];
            sort(&mut rows, &Sorting::parse(by));
            rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(sorted("answered"), ["022012", "022039", "022021"]);
        assert_eq!(sorted("-answered"), ["022021", "022039", "022012"]);
        assert_eq!(sorted("activity"), ["022021", "022039", "022012"]);
        assert_eq!(sorted("-activity"), ["022039", "022021", "022012"]);
        assert_eq!(sorted("-municipality"), ["022039", "022021", "022012"]);
        assert_eq!(sorted("no_such_column"), ["022012", "022021", "022039"]);
        for column in columns() {
            assert_eq!(sorted(&column.name).len(), 3);
        }
    }
}
