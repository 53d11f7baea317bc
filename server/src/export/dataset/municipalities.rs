//! 市町村の名簿: codes and names, the key to every other dataset.

use async_trait::async_trait;
use shared::municipality::Municipality;
use shared::tabulation::PopulationBand;
use shared::tabulation::attribute::prefecture_name;

use super::{About, Audience, Dataset, Made, Material, Span};
use crate::export::table::{Column, Held, HeldTable, Kind};
use crate::service::Result;

/// The dataset.
pub struct Municipalities;

#[async_trait]
impl Dataset for Municipalities {
    fn about(&self) -> About {
        About {
            id: "municipalities",
            title: "市町村の名簿",
            description: "全国地方公共団体コード、市町村名、読み、地域、人口、面積です。ほかのデータとは団体コードでつなげます。",
            span: Span::All,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let updated = material.service.register_changed_at().await?;
        let register = material.service.whole_register().await?;
        Ok(Made { updated, ..Made::new(HeldTable::new(columns(), register.iter().map(row).collect()), &[]) })
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("municipality_code", "団体コード", Kind::Code, "全国地方公共団体コード（6桁）"),
        Column::new("prefecture", "都道府県名", Kind::Text, "都道府県の名称"),
        Column::new("municipality_name", "市町村名", Kind::Text, "市町村の正式名称"),
        Column::new("municipality_kana", "市町村名の読み", Kind::Text, "ひらがなの読み"),
        Column::new("kind", "市町村の別", Kind::Text, "市、町、村又は区"),
        Column::new("region", "地域", Kind::Text, "県内の地域（青森県の市町村だけ）"),
        Column::new("population", "人口", Kind::Integer, "名簿に登録された人口（はじめは令和2年（2020年）国勢調査）")
            .in_unit(Some("人")),
        Column::new("population_band", "人口規模", Kind::Text, "人口規模の区分"),
        Column::new("area_km2", "面積", Kind::Decimal, "名簿に登録された面積").in_unit(Some("km2")),
    ]
}

/// Hectares as km²: 「824.61」.
fn square_kilometres(hectares: u32) -> String {
    format!("{}.{:02}", hectares / 100, hectares % 100)
}

fn row(municipality: &Municipality) -> Vec<Held> {
    vec![
        Held::from(municipality.code.as_str()),
        Held::from(prefecture_name(municipality.code.prefecture())),
        Held::from(municipality.name.as_str()),
        Held::from(municipality.kana.as_str()),
        Held::from(municipality.kind.label()),
        Held::from(municipality.region.map(shared::municipality::Region::label)),
        Held::from(municipality.population),
        Held::from(municipality.population.map(|population| PopulationBand::of(population).label())),
        municipality.area.map_or(Held::Empty, |area| Held::Decimal(square_kilometres(area))),
    ]
}
