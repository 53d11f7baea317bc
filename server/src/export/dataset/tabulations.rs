//! 単純集計: how many municipalities gave each answer, question by question, and how many people live there.

use std::io;

use async_trait::async_trait;
use shared::tabulation::weighted::permille;
use shared::tabulation::{Filter, Weighted};

use super::counted::{self, Counted, Counts, Item, Year};
use super::{About, Audience, Dataset, Made, Material, Span, codebook, tenths};
use crate::export::table::{Column, Held, Kind, Sink};
use crate::service::Result;

/// The dataset.
pub struct Tabulations;

/// What the dataset says of its people.
const PEOPLE: &str = "人口の列は、その回答をした市町村に住む人の数（名簿の人口の合計）と、対象の市町村の人口に占める割合です。取り組んでいる人や利用している人の数ではありません。市町村別の値を見られない設問では空欄です。人口が名簿にない市町村は含みません。";

#[async_trait]
impl Dataset for Tabulations {
    fn about(&self) -> About {
        About {
            id: "tabulations",
            title: "単純集計",
            description: "設問ごとに、選択肢や無回答などの状態を数えた市町村数と割合、その市町村の人口です。1行に1つの項目があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
            by_reader: false,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut columns = counted::count_columns();
        columns.extend([
            Column::new("population", "人口", Kind::Integer, "その回答をした市町村に住む人の数").in_unit(Some("人")),
            Column::new("share_of_population", "人口に占める割合", Kind::Decimal, "対象の市町村の人口に占める割合")
                .in_unit(Some("％")),
        ]);
        let table = Counted::new(material, columns, Frequencies).await?;
        Ok(Made {
            codebook: Some(Box::new(codebook::of(material)?)),
            ..Made::new(table, &[counted::SUPPRESSED, counted::SHARES, PEOPLE])
        })
    }
}

struct Frequencies;

impl Counts for Frequencies {
    fn rows(&self, year: &Year<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let everybody = Filter::default();
        for asked in year.asked() {
            let table = year.reader.frequency(year.slab, asked.variable, &everybody).map_err(io::Error::other)?;
            let people = year.reader.weighted(year.slab, asked.variable, &everybody).ok();
            for item in asked.items() {
                asked.row(&[&asked.count(&table, &item), &weight(people.as_ref(), &item)], sink)?;
            }
        }
        Ok(())
    }

    fn height(&self, year: &Year<'_>) -> usize {
        year.asked().map(|asked| asked.items().count()).sum()
    }
}

/// How many people, and their share; nothing where a sum would name who is in it.
fn weight(table: Option<&Weighted>, item: &Item<'_>) -> [Held; 2] {
    let people = |table: &Weighted| match *item {
        Item::Choice(_, code) => table.choices.get(usize::from(code)).copied().flatten(),
        Item::Answered => Some(table.population - table.states.iter().sum::<u64>()),
        Item::State(state) => Some(table.states[state.place()]),
    };
    let Some((people, of)) = table.and_then(|table| Some((people(table)?, table.population))) else {
        return [Held::Empty, Held::Empty];
    };
    [
        i64::try_from(people).map_or(Held::Empty, Held::Integer),
        permille(people, of).map_or(Held::Empty, |share| Held::Decimal(tenths(i64::from(share)))),
    ]
}
