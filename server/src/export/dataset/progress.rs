//! 回答の進み具合: how far each municipality has come, for the prefecture's officers.

use async_trait::async_trait;
use shared::response::ResponseState;

use super::{About, Audience, Dataset, Made, Material, Span, Years, note, year_columns};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::rounds::Board;
use crate::service::{Error, Result};

/// The dataset.
pub struct Progress;

#[async_trait]
impl Dataset for Progress {
    fn about(&self) -> About {
        About {
            id: "progress",
            title: "回答の進み具合",
            description: "市町村ごとの回答の段階と、答えた設問の数です。いまの内容です。",
            span: Span::Year,
            audience: Audience::Officers,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let Years::One(year) = material.scope.years else { return Err(Error::NotFound) };
        let board = material.service.board_of(year).await?;
        Ok(Made::new(HeldTable::new(columns(), rows(&board, note(material.service.is_demonstration().await?))), &[]))
    }
}

fn columns() -> Vec<Column> {
    let states = ResponseState::ALL.map(|state| (state.code(), state.label()));
    let mut columns = Vec::from(year_columns());
    columns.extend([
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("response_state", "回答の段階", Kind::Code, "回答の段階").coded(states),
        Column::new("response_state_label", "回答の段階の名称", Kind::Text, "回答の段階の日本語の名称"),
        Column::new("answered", "答えた設問数", Kind::Integer, "答えのある設問の数").in_unit(Some("問")),
        Column::new("asked", "答える設問数", Kind::Integer, "いま聞いている設問の数").in_unit(Some("問")),
        Column::new("note", "注意", Kind::Text, "架空のデータなど、行を使うときに必ず知るべきこと"),
    ]);
    columns
}

fn rows(board: &Board, note: &str) -> Vec<Vec<Held>> {
    let year = board.round.year;
    let count = |count: usize| Held::from(u32::try_from(count).unwrap_or(u32::MAX));
    let row = |row: &crate::service::rounds::BoardRow| {
        vec![
            Held::from(u32::from(year.year())),
            Held::from(year.wareki()),
            Held::from(row.municipality.code.as_str()),
            Held::from(row.municipality.name.as_str()),
            Held::from(row.response.state.code()),
            Held::from(row.response.state.label()),
            count(row.answered),
            count(row.asked),
            Held::from(note),
        ]
    };
    board.rows.iter().map(row).collect()
}
