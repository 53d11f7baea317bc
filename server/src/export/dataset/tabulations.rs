//! 単純集計: how many municipalities gave each answer, question by question.

use async_trait::async_trait;

use super::counted::{self, Counted, Year};
use super::{About, Audience, Dataset, Made, Material, Span, status_columns};
use crate::export::table::Held;
use crate::service::Result;
use shared::tabulation::Filter;

/// The dataset.
pub struct Tabulations;

#[async_trait]
impl Dataset for Tabulations {
    fn about(&self) -> About {
        About {
            id: "tabulations",
            title: "単純集計",
            description: "設問ごとに、選択肢や無回答などの状態を数えた市町村数と割合です。1行に1つの項目があります。",
            span: Span::YearOrAll,
            audience: Audience::ByVisibility,
        }
    }

    async fn make(&self, material: &Material<'_>) -> Result<Made> {
        let mut columns = counted::question_columns();
        columns.extend(counted::count_columns());
        columns.extend(status_columns());
        let table = Counted::new(columns, &material.rounds, material.scope.reader, rows);
        Ok(Made::new(table, &[counted::SUPPRESSED, counted::SHARES]))
    }
}

fn rows(year: &Year<'_>) -> Vec<Vec<Held>> {
    let tables = year.variables().filter_map(|(question, variable)| {
        // What the reader may not see has no row.
        let table = year.reader.frequency(year.slab, variable, &Filter::default()).ok()?;
        let row = |counts| [year.question(question), counts, Vec::from(year.status())].concat();
        Some(Year::counts(variable, &table).into_iter().map(row).collect::<Vec<_>>())
    });
    tables.flatten().collect()
}
