//! 回答の進み具合: how far each municipality has come, for the prefecture's officers.

use async_trait::async_trait;
use shared::municipality::Region;
use shared::response::ResponseState;
use shared::round::RoundState;
use shared::share::Share;
use shared::time::Timestamp;

use super::{About, Audience, Dataset, Made, Material, Span, YES_NO, note, year_columns, yes_no};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;
use crate::service::rounds::{Board, BoardRow};

/// The dataset.
pub struct Progress;

#[async_trait]
impl Dataset for Progress {
    fn about(&self) -> About {
        About {
            id: "progress",
            title: "回答の進み具合",
            description: "市町村ごとの回答の段階、答えた設問の数、最後の更新、差戻し、やりとり、締切です。いまの内容です。",
            span: Span::YearOrAll,
            audience: Audience::Officers,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let (service, years) = (material.service, material.scope.years);
        let note = note(service.is_demonstration().await?);
        let mut rounds = service.rounds().await?;
        rounds.retain(|round| years.include(round.year) && round.state != RoundState::Draft);
        let mut rows = Vec::new();
        for round in rounds.iter().rev() {
            let board = service.board_of(round.year).await?;
            rows.extend(board.rows.iter().map(|of| row(&board, of, note)));
        }
        Ok(Made::new(HeldTable::new(columns(), rows), &[]))
    }
}

fn columns() -> Vec<Column> {
    let states = ResponseState::ALL.map(|state| (state.code(), state.label()));
    let count =
        |name, label, description, unit| Column::new(name, label, Kind::Integer, description).in_unit(Some(unit));
    let time = |name, label, description| Column::new(name, label, Kind::Text, description);
    let mut columns = Vec::from(year_columns());
    columns.extend([
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("kind", "市町村の別", Kind::Text, "市、町、村又は区"),
        Column::new("region", "地域", Kind::Text, "県内の地域（青森県の市町村だけ）"),
        Column::new("response_state", "回答の段階", Kind::Code, "回答の段階").coded(states),
        Column::new("response_state_label", "回答の段階の名称", Kind::Text, "回答の段階の日本語の名称"),
        count("answered", "答えた設問数", "答えのある設問の数", "問"),
        count("asked", "答える設問数", "いま聞いている設問の数", "問"),
        Column::new("share_answered", "答えた割合", Kind::Decimal, "答える設問数に占める答えた設問数")
            .in_unit(Some("％")),
        time("last_activity", "最終更新", "回答を保存したか段階が変わった最後の日時。日本時間（RFC 3339）"),
        count("returned", "差戻し中の設問数", "差し戻されて、まだ提出し直していない設問の数", "問"),
        count("inquiries", "続いているやりとりの数", "解決していない確認と質問の数", "件"),
        Column::new("receipt", "受付番号", Kind::Code, "提出したときの受付番号"),
        time("deadline", "締切", "その市町村の締切。延長を認めたときは延長後。日本時間（RFC 3339）"),
        time("extended_until", "延長後の締切", "延長を認めた締切。日本時間（RFC 3339）"),
        Column::new("asks_for_extension", "延長の申出", Kind::Code, "決めていない延長の申出があるか").coded(YES_NO),
        Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]);
    columns
}

fn row(board: &Board, row: &BoardRow, note: &str) -> Vec<Held> {
    let year = board.round.year;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let time = |at: Option<Timestamp>| Held::from(at.map(Timestamp::rfc3339));
    let share = Share::new(count(row.answered), count(row.asked)).percent(1);
    vec![
        Held::from(u32::from(year.year())),
        Held::from(year.wareki()),
        Held::from(row.municipality.code.as_str()),
        Held::from(row.municipality.name.as_str()),
        Held::from(row.municipality.kind.label()),
        Held::from(row.municipality.region.map(Region::label)),
        Held::from(row.response.state.code()),
        Held::from(row.response.state.label()),
        Held::from(count(row.answered)),
        Held::from(count(row.asked)),
        share.map_or(Held::Empty, Held::Decimal),
        time(row.response.updated_at),
        Held::from(count(row.returned)),
        Held::from(count(row.inquiries)),
        Held::from(row.response.receipt.as_ref().map(|receipt| receipt.number.as_str())),
        time(row.extension.deadline(&board.round)),
        time(row.extension.granted_until()),
        Held::from(yes_no(row.extension.open_request().is_some())),
        Held::from(note),
    ]
}
