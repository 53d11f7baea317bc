//! クロス集計: the same by groups of municipalities.

use async_trait::async_trait;
use shared::tabulation::{Attribute, Filter};

use super::counted::{self, Counted, Year};
use super::{About, Audience, Dataset, Made, Material, Span, status_columns};
use crate::export::table::{Column, Held, Kind};
use crate::service::Result;

/// The dataset.
pub struct Crosstabs;

#[async_trait]
impl Dataset for Crosstabs {
    fn about(&self) -> About {
        About {
            id: "crosstabs",
            title: "クロス集計",
            description: "設問ごとの集計を、地域、市町村の別、人口規模、都道府県の別に分けたものです。1行に1つの項目があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut columns = counted::question_columns();
        let attributes = Attribute::ALL.map(|attribute| (code(attribute), attribute.label()));
        columns.push(Column::new("group_by", "分け方", Kind::Code, "市町村の分け方").coded(attributes));
        columns.push(Column::new("group", "グループ", Kind::Text, "グループの名称"));
        columns.extend(counted::count_columns());
        columns.extend(status_columns());
        let table = Counted::new(columns, &material.rounds, material.scope.reader, rows);
        Ok(Made::new(table, &[counted::SUPPRESSED, counted::SHARES]))
    }
}

fn code(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Region => "region",
        Attribute::Kind => "kind",
        Attribute::Band => "population_band",
        Attribute::Prefecture => "prefecture",
    }
}

fn rows(year: &Year<'_>) -> Vec<Vec<Held>> {
    let mut rows = Vec::new();
    for (question, variable) in year.variables() {
        for attribute in Attribute::ALL {
            let Ok(table) = year.reader.crosstab(year.slab, variable, attribute, &Filter::default()) else { continue };
            for group in &table.groups {
                let heading = vec![Held::from(code(attribute)), Held::from(group.label.as_str())];
                let row =
                    |counts| [year.question(question), heading.clone(), counts, Vec::from(year.status())].concat();
                rows.extend(Year::counts(variable, &group.frequency).into_iter().map(row));
            }
        }
    }
    rows
}
