//! クロス集計: the same by groups of municipalities.

use std::io;

use async_trait::async_trait;
use shared::tabulation::{Attribute, Filter, Grouping};

use super::counted::{self, Asked, Counted, Counts, Year};
use super::{About, Audience, Dataset, Made, Material, Span, codebook};
use crate::export::table::{Column, Held, Kind, Sink};
use crate::service::Result;

/// The dataset.
pub struct Crosstabs;

/// What it does not hold.
const BY_QUESTION: &str = "設問と設問のクロス集計は、設問の組合せごとに表があるため、ファイルにはありません。画面（設問ごとの結果）とAPI（/api/v1/results）で、設問を選んで取得できます。";

#[async_trait]
impl Dataset for Crosstabs {
    fn about(&self) -> About {
        About {
            id: "crosstabs",
            title: "クロス集計",
            description: "設問ごとの集計を、地域、市町村の別、人口規模、都道府県の別に分けたものです。1行に1つの項目があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut columns = Vec::from(group_columns());
        columns.extend(counted::count_columns());
        let table = Counted::new(material, columns, Groups).await?;
        Ok(Made {
            codebook: Some(Box::new(codebook::of(material)?)),
            ..Made::new(table, &[counted::SUPPRESSED, counted::SHARES, BY_QUESTION])
        })
    }
}

/// The columns that tell the group.
pub(super) fn group_columns() -> [Column; 2] {
    let attributes = Attribute::ALL.map(|attribute| (code(attribute), attribute.label()));
    [
        Column::new("group_by", "分け方", Kind::Code, "市町村の分け方").coded(attributes),
        Column::new("group", "グループ", Kind::Text, "グループの名称"),
    ]
}

/// What the column `group_by` says.
pub(super) fn code(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Region => "region",
        Attribute::Kind => "kind",
        Attribute::Band => "population_band",
        Attribute::Prefecture => "prefecture",
    }
}

/// By which the reader gets tables of the question.
fn attributes(year: &Year<'_>, asked: &Asked<'_>) -> impl Iterator<Item = Attribute> {
    Attribute::ALL.into_iter().filter(|attribute| year.reader.groups_by(year.slab, asked.variable, *attribute))
}

struct Groups;

impl Counts for Groups {
    fn rows(&self, year: &Year<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let everybody = Filter::default();
        for asked in year.asked() {
            for attribute in attributes(year, &asked) {
                let table = year.reader.crosstab(year.slab, asked.variable, attribute, &everybody);
                for group in table.map_err(io::Error::other)?.groups {
                    let heading = [Held::from(code(attribute)), Held::from(group.label)];
                    for item in asked.items() {
                        asked.row(&[&heading, &asked.count(&group.frequency, &item)], sink)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn height(&self, year: &Year<'_>) -> usize {
        let groups = Attribute::ALL.map(|attribute| (attribute, Grouping::by(year.slab, attribute).labels().len()));
        let of = |asked: &Asked<'_>| -> usize {
            let shown: Vec<Attribute> = attributes(year, asked).collect();
            groups.iter().filter(|(attribute, _)| shown.contains(attribute)).map(|(_, groups)| groups).sum()
        };
        year.asked().map(|asked| of(&asked) * asked.items().count()).sum()
    }
}
